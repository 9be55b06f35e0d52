"""What the page on which a network learns digits shows, view by view."""

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from urllib.parse import urlencode

import numpy as np
import streamlit as st

from engine import Conv2d
from engine.arrays import Floats
from engine.feed_forward import feed_forward, softmax
from kinds.registry import PRESETS
from kinds.standard.state import StandardState
from learning.digits import CLASSES, held_out
from learning.recording import Recording
from pages.shared.maps import show_maps
from pages.train_a_network_parts.charts import show_accuracies, show_losses, show_moved, show_shares
from pages.train_a_network_parts.map_picture import Maps, Mark, show_map_pictures
from pages.train_a_network_parts.words import (
    OF_FIRST_LAYER,
    TEMPLATES,
    after_first,
    cell_words,
    chart_words,
    convolutions,
    kernel_words,
    kernels_words,
    made_words,
    misread_words,
    mistakes_words,
    one_misread,
    reading_words,
)
from sharing.link import encode
from sharing.page_state import PaddingChoice, Values
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import as_text
from stage.model import largest

MOST_MISREAD = 40
OPEN_CELL = "Open this cell on the stage, with its window, weights and sum"
CROP = 12
"""So many rows and columns of a digit are shown on the stage around a window: their numbers can still be read."""
_MAPS_IN_A_ROW = 8
_WIDEST = 900


@dataclass(frozen=True, eq=False)
class Reading:
    """A digit, (1, 28, 28) from 0 to 1, and what the network of a checkpoint makes of it."""

    recording: Recording
    checkpoint: int
    image: Floats

    @cached_property
    def made(self) -> tuple[Floats, ...]:
        """What each layer makes of it."""
        layers = self.recording.recipe.layers
        return feed_forward(layers, self.recording.parameters(self.checkpoint), self.image)

    @property
    def shares(self) -> Floats:
        """The share of each class."""
        return softmax(self.made[-1])


def read_held_out(recording: Recording, checkpoint: int, digit: int) -> Reading:
    """Return how a checkpoint reads one of the digits that are held out."""
    return Reading(recording, checkpoint, held_out().inputs()[digit].astype(float))


def show_reading(recording: Recording, checkpoint: int, digit: int) -> Reading:
    """Show a held-out digit, and the shares of what it is read as; return how it is read."""
    reading = read_held_out(recording, checkpoint, digit)
    label = int(held_out().labels[digit])
    picture, chart = st.columns([1, 3])
    with picture:
        show_map_pictures(180, Maps("Digit", f"Held-out digit {digit}, a {label}", reading.image, 1.0, 1))
    with chart:
        st.markdown(reading_words(digit, label, reading.shares))
        show_shares(reading.shares, label)
    return reading


def show_learning(recording: Recording, checkpoint: int, number: int) -> None:
    """Show how the run went, and what has changed in the kernels of the first layer."""
    left, right = st.columns(2)
    with left:
        st.markdown(chart_words("losses", recording))
        show_losses(recording, checkpoint)
    with right:
        st.markdown(chart_words("accuracies", recording))
        show_accuracies(recording, checkpoint)
    left, right = st.columns(2)
    with left:
        st.markdown(kernels_words(recording, checkpoint))
        _show_kernels(recording, checkpoint, number)
    with right:
        st.markdown(TEMPLATES["moved"])
        show_moved(recording, checkpoint)
    st.markdown(kernel_words(recording, checkpoint, number))
    start, now = _kernels(recording, 0)[number], _kernels(recording, checkpoint)[number]
    change = now - start
    show_maps({"at the start": start, "now": now, "change": change}, {"change": largest(change)})


def _show_kernels(recording: Recording, checkpoint: int, number: int) -> None:
    start, now = _kernels(recording, 0), _kernels(recording, checkpoint)
    change, limit = now - start, largest(start, now)
    shown = (("At the start", start, limit), ("Now", now, limit), ("Change", change, largest(change)))
    words = f"the {len(now)} kernels of the first layer, 3 by 3 each; kernel {number} is marked"
    show_map_pictures(
        180,
        *(Maps(name, f"{name}: {words}", kernels, most, 4, Mark(number)) for name, kernels, most in shown),
    )


def _kernels(recording: Recording, checkpoint: int) -> Floats:
    """The kernels of the first layer, (kernels, rows, columns)."""
    return recording.parameters(checkpoint)[OF_FIRST_LAYER[0]][:, 0]


def show_maps_of(reading: Reading, number: int, cell: tuple[int, int]) -> None:
    """Show what every layer makes of a digit, and lead to the arithmetic of one cell of the first."""
    recipe = reading.recording.recipe
    after = after_first(recipe)
    for place, key in zip(convolutions(recipe), ("first", "second"), strict=True):
        left, right = st.columns(2)
        with left:
            maps = reading.made[place]
            if key == "first":
                _show_made(key, maps, Mark(number, cell))
                _lead_to_cell(reading, number, cell, "ReLU" in after)
            else:
                _show_made(key, maps)
        if after:
            with right:
                _show_made(".".join(["after", *after]), reading.made[place + len(after)])


def _lead_to_cell(reading: Reading, number: int, cell: tuple[int, int], has_relu: bool) -> None:
    value = float(reading.made[0][number][cell])
    bias = reading.recording.parameters(reading.checkpoint)[OF_FIRST_LAYER[1]]
    st.markdown(cell_words(number, cell, value, float(bias[number]), has_relu))
    address = escape(stage_address(reading, number, cell))
    st.html(f'<a class="stage-link" target="_self" href="{address}">{OPEN_CELL}</a>')


def _show_made(key: str, maps: Floats, mark: Mark | None = None) -> None:
    name = made_words(key, maps)
    marked = "" if mark is None else f"; map {mark.number} is marked"
    alt = f"{name}, from {maps.min():.2f} to {maps.max():.2f}{marked}"
    show_map_pictures(_WIDEST, Maps(name, alt, maps, largest(maps), _MAPS_IN_A_ROW, mark))


def stage_address(reading: Reading, number: int, cell: tuple[int, int]) -> str:
    """The address of the standard page that plays a cell of a map of the first layer, from its window's first step."""
    state, step = stage_state(reading, number, cell)
    return f"{state.page}?{urlencode(encode(state))}#step={step}"


def stage_state(reading: Reading, number: int, cell: tuple[int, int]) -> tuple[StandardState, int]:
    """The state of the standard page with the part of a digit around a window, and the step of the window.

    The zeros of the padding are in the input: so it holds what the layer reads, and the sums are its own.
    """
    layer = reading.recording.recipe.layers[0]
    assert isinstance(layer, Conv2d)
    parameters = reading.recording.parameters(reading.checkpoint)
    weight, bias = (parameters[name][number : number + 1] for name in OF_FIRST_LAYER)
    (before, _), _ = [(axis.before, axis.after) for axis in layer.axes(*reading.image.shape[1:])]
    padded = np.pad(reading.image, [(0, 0), (before, before), (before, before)])
    corners = [place * step for place, step in zip(cell, layer.strides, strict=True)]
    starts = [
        min(max(0, corner - (CROP - size) // 2), length - CROP) // step * step
        for corner, size, length, step in zip(corners, layer.kernel, padded.shape[1:], layer.strides, strict=True)
    ]
    crop = padded[:, starts[0] : starts[0] + CROP, starts[1] : starts[1] + CROP]
    row, column = ((corner - start) // step for corner, start, step in zip(corners, starts, layer.strides, strict=True))
    opening: StandardState = PRESETS[StandardState.page]["simplest"].state
    state = replace(
        opening,
        height=CROP,
        width=CROP,
        kernel_height=layer.kernel[0],
        kernel_width=layer.kernel[1],
        stride_height=layer.strides[0],
        stride_width=layer.strides[1],
        padding=PaddingChoice.VALID,
        bias=True,
        values=Values.TYPED,
        input_text=as_text(INPUT, crop),
        kernel_text=as_text(KERNEL, weight),
        bias_text=as_text(BIAS, bias),
    )
    return state, row * ((CROP - layer.kernel[1]) // layer.strides[1] + 1) + column + 1


def show_mistakes(recording: Recording, checkpoint: int, digit: int) -> None:
    """Show what is read as what, and the digits that are misread; the chosen one is marked."""
    wrong = recording.misread(checkpoint)
    left, right = st.columns(2)
    with left:
        st.markdown(mistakes_words(recording, checkpoint))
        _show_confusion(recording, checkpoint)
    with right:
        shown = wrong[:MOST_MISREAD]
        st.markdown(misread_words(len(shown), len(wrong)))
        if shown:
            alt = "; ".join(one_misread(recording, checkpoint, number) for number in shown)
            mark = Mark(shown.index(digit)) if digit in shown else None
            images = held_out().images[shown] / 255
            show_map_pictures(_WIDEST, Maps("", alt, images, 1.0, _MAPS_IN_A_ROW, mark))


def _show_confusion(recording: Recording, checkpoint: int) -> None:
    table = recording.confusion(checkpoint)
    mistaken = table - np.diag(table.diagonal())
    shares = np.rint(100 * mistaken / max(1, int(mistaken.max()))).astype(int).tolist()
    head = "".join(f'<th scope="col">{one}</th>' for one in range(CLASSES))
    rows = []
    for at, counts in enumerate(table.tolist()):
        cells = [
            f'<td class="right">{count}</td>'
            if at == column
            else f'<td style="--share:{shares[at][column]}%">{count or "·"}</td>'
            for column, count in enumerate(counts)
        ]
        rows.append(f'<tr><th scope="row">{at}</th>{"".join(cells)}</tr>')
    caption = "<caption>What each digit is, and what it is read as</caption>"
    body = f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    st.html(f'<table class="confusion">{caption}{body}</table>')
