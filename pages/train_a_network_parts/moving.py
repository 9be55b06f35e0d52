"""What changes on the page from checkpoint to checkpoint, part by part, as HTML: a run of the page shows the parts of
one checkpoint, and a film has those of all.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum, auto
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from engine.arrays import Floats
from learning.classes import CLASS_NAMES
from learning.data_sets import DataSet, held_out
from learning.recording import CHECKPOINTS, Recording
from pages.shared.example_choice import matching
from pages.shared.maps import maps_html
from pages.shared.plain_text import paragraph
from pages.train_a_network_parts.map_picture import Maps, Mark, map_pictures
from pages.train_a_network_parts.reading import Reading, read_held_out, stage_parts
from pages.train_a_network_parts.words import (
    OF_FIRST_LAYER,
    after_first,
    cell_words,
    convolutions,
    kernel_words,
    kernels_words,
    made_words,
    misread_words,
    mistakes_words,
    moment_words,
    one_misread,
    open_words,
    percent,
    reading_words,
    shares_words,
)
from sharing.training import MapCell, TrainingState, TrainingView
from sharing.training_examples import MOMENTS
from stage.model import largest

MOST_MISREAD = 40
_MAPS_IN_A_ROW = 8
_ADDRESS = re.compile(r' href="[^"]*"')
_WIDEST = 900


class Part(StrEnum):
    """A part of the page that changes with the checkpoint."""

    MOMENT = auto()
    """How well the network reads."""
    LOOK_FOR = auto()
    """What to look for, where it is an example."""
    KERNELS = auto()
    """How far the kernels have moved, in words."""
    KERNEL_PICTURES = auto()
    KERNEL = auto()
    """The numbers of one kernel."""
    READING = auto()
    """What a picture is read as, in words."""
    SHARES = auto()
    FIRST = auto()
    """The maps of the first layer."""
    AFTER_FIRST = auto()
    CELL = auto()
    """A cell of the first layer, in words, and the way to its stage."""
    SECOND = auto()
    SECOND_CELL = auto()
    """A cell of the second layer, in words."""
    SECOND_STAGES = auto()
    """The ways to its stages."""
    AFTER_SECOND = auto()
    MISTAKES = auto()
    """How many pictures are misread, in words."""
    CONFUSION = auto()
    MISREAD = auto()
    """How many of them are shown, in words."""
    MISREAD_PICTURES = auto()


Parts = Mapping[Part, str]


def show_part(parts: Parts, part: Part) -> None:
    """Show a part, if there is one."""
    if part in parts:
        st.html(f'<div data-film="{part}">{parts[part]}</div>')


def film_of(recording: Recording, state: TrainingState) -> dict[str, Any]:
    """Return the parts at every checkpoint, by their names."""
    frames = [{**moving_parts(recording, replace(state, checkpoint=one))} for one in range(CHECKPOINTS)]
    for frame in frames:
        if Part.SECOND_STAGES in frame:
            # What they lead to would be more than all the rest. It is there again when the film stops.
            frame[Part.SECOND_STAGES] = _ADDRESS.sub("", frame[Part.SECOND_STAGES])
    return {"parts": {part: [frame[part] for frame in frames] for part in frames[0]}}


def moving_parts(recording: Recording, state: TrainingState) -> Parts:
    """Return what the page shows at the checkpoint of a state without a fault, but for what somebody draws."""
    checkpoint, digit = state.checkpoint, state.digit
    example = matching(state, MOMENTS)
    moment = {
        Part.MOMENT: paragraph(moment_words(recording, checkpoint)),
        Part.LOOK_FOR: paragraph(MOMENTS[example].look_for) if example else "",
    }
    match state.view:
        case TrainingView.LEARNING:
            kernels = _kernel_parts(recording, checkpoint, state.map_number)
            return moment | kernels | _held_out_parts(read_held_out(recording, checkpoint, digit), digit)
        case TrainingView.DIGIT:
            reading = read_held_out(recording, checkpoint, digit)
            return moment | _held_out_parts(reading, digit) | maps_parts(reading, state.cells())
        case TrainingView.MISTAKES:
            mistakes = _mistake_parts(recording, checkpoint, digit)
            return moment | mistakes | _held_out_parts(read_held_out(recording, checkpoint, digit), digit)
        case TrainingView.DRAW:
            return moment


def _kernel_parts(recording: Recording, checkpoint: int, number: int) -> dict[Part, str]:
    start, now = _kernels(recording, 0), _kernels(recording, checkpoint)
    change, limit = now - start, largest(start, now)
    shown = (("At the start", start, limit), ("Now", now, limit), ("Change", change, largest(change)))
    words = f"the {len(now)} kernels of the first layer, 3 by 3 each; kernel {number} is marked"
    pictures = (Maps(name, f"{name}: {words}", kernels, most, 4, Mark(number)) for name, kernels, most in shown)
    numbers = {"at the start": start[number], "now": now[number], "change": change[number]}
    written = maps_html(numbers, {"change": largest(change[number])})
    return {
        Part.KERNELS: paragraph(kernels_words(recording, checkpoint)),
        Part.KERNEL_PICTURES: map_pictures(180, *pictures),
        Part.KERNEL: paragraph(kernel_words(recording, checkpoint, number)) + written,
    }


def _kernels(recording: Recording, checkpoint: int) -> Floats:
    """The kernels of the first layer, (kernels, rows, columns)."""
    return recording.parameters(checkpoint)[OF_FIRST_LAYER[0]][:, 0]


def _held_out_parts(reading: Reading, digit: int) -> dict[Part, str]:
    data_set = reading.recording.recipe.data_set
    label = int(held_out(data_set).labels[digit])
    words = reading_words(data_set, digit, label, reading.shares)
    return {Part.READING: paragraph(words), Part.SHARES: shares_bars(data_set, reading.shares, label)}


def shares_bars(data_set: DataSet, shares: Floats, label: int | None) -> str:
    """The shares of the ten classes as bars, the right one, where it is known, in another colour."""
    rows = []
    for one, (named, share) in enumerate(zip(CLASS_NAMES[data_set], shares.tolist(), strict=True)):
        right = ' class="right"' if one == label else ""
        rows.append(f'<dt>{escape(named.name)}</dt><dd{right} style="--share:{share:.4f}">{percent(share)}</dd>')
    return (
        f'<dl class="shares" aria-label="The share of each class: {escape(shares_words(data_set, shares))}">'
        f"{''.join(rows)}</dl>"
    )


def maps_parts(reading: Reading, cells: Iterable[MapCell], target: str = "_self") -> dict[Part, str]:
    """Return what every layer makes of a picture, and the ways to the arithmetic of a cell of each convolution."""
    recipe = reading.recording.recipe
    after = after_first(recipe)
    parts = {}
    for place, cell, part, after_part in zip(
        convolutions(recipe), cells, (Part.FIRST, Part.SECOND), (Part.AFTER_FIRST, Part.AFTER_SECOND), strict=True
    ):
        parts[part] = _made(part, reading.made[place], Mark(cell.number, (cell.row, cell.column)))
        if after:
            parts[after_part] = _made(".".join(["after", *after]), reading.made[place + len(after)])
        words, links = _cell(reading, cell, "ReLU" in after), _stage_links(reading, cell, target)
        parts |= {Part.CELL: words + links} if cell.layer == 0 else {Part.SECOND_CELL: words, Part.SECOND_STAGES: links}
    return parts


def _cell(reading: Reading, cell: MapCell, has_relu: bool) -> str:
    place = convolutions(reading.recording.recipe)[cell.layer]
    parameters = reading.recording.parameters(reading.checkpoint)
    value, bias = float(reading.made[place][cell.number, cell.row, cell.column]), parameters[f"{place}.bias"]
    products = parameters[f"{place}.weight"][cell.number].size
    return paragraph(cell_words(cell, products, value, float(bias[cell.number]), has_relu))


def _stage_links(reading: Reading, cell: MapCell, target: str) -> str:
    parts = stage_parts(reading, cell)
    links = (
        f'<a class="stage-link" target="{target}" href="{escape(part.address)}">'
        f"{open_words(part.channels, part.total, part.has_bias, len(parts) == 1)}</a>"
        for part in parts
    )
    return "<br>".join(links)


def _made(key: str, maps: Floats, mark: Mark | None = None) -> str:
    name = made_words(key, maps)
    marked = "" if mark is None else f"; map {mark.number} is marked"
    alt = f"{name}, from {maps.min():.2f} to {maps.max():.2f}{marked}"
    return map_pictures(_WIDEST, Maps(name, alt, maps, largest(maps), _MAPS_IN_A_ROW, mark))


def _mistake_parts(recording: Recording, checkpoint: int, digit: int) -> dict[Part, str]:
    """What is read as what, and the pictures that are misread; the chosen one is marked."""
    wrong = recording.misread(checkpoint)
    shown = wrong[:MOST_MISREAD]
    pictures = ""
    if shown:
        alt = "; ".join(one_misread(recording, checkpoint, number) for number in shown)
        mark = Mark(shown.index(digit)) if digit in shown else None
        pictures = map_pictures(
            _WIDEST, Maps("", alt, held_out(recording.recipe.data_set).images[shown] / 255, 1.0, _MAPS_IN_A_ROW, mark)
        )
    return {
        Part.MISTAKES: paragraph(mistakes_words(recording, checkpoint)),
        Part.CONFUSION: _confusion(recording, checkpoint),
        Part.MISREAD: paragraph(misread_words(len(shown), len(wrong))),
        Part.MISREAD_PICTURES: pictures,
    }


def _confusion(recording: Recording, checkpoint: int) -> str:
    table = recording.confusion(checkpoint)
    mistaken = table - np.diag(table.diagonal())
    shares = np.rint(100 * mistaken / max(1, int(mistaken.max()))).astype(int).tolist()
    names = [escape(named.name) for named in CLASS_NAMES[recording.recipe.data_set]]
    head = "".join(f'<th scope="col"><span>{name}</span></th>' for name in names)
    rows = []
    for at, counts in enumerate(table.tolist()):
        cells = [
            f'<td class="right">{count}</td>'
            if at == column
            else f'<td style="--share:{shares[at][column]}%">{count or "·"}</td>'
            for column, count in enumerate(counts)
        ]
        rows.append(f'<tr><th scope="row">{names[at]}</th>{"".join(cells)}</tr>')
    caption = "<caption>What each picture is, and what it is read as</caption>"
    body = f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<table class="confusion {recording.recipe.data_set}">{caption}{body}</table>'
