"""What the network of a checkpoint makes of a picture, and where a cell of its first layer is played."""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

import numpy as np

from engine import Conv2d
from engine.arrays import Floats
from engine.feed_forward import feed_forward, softmax
from kinds.registry import PRESETS
from kinds.standard.state import StandardState
from learning.data_sets import held_out
from learning.recording import Recording
from pages.train_a_network_parts.words import OF_FIRST_LAYER
from sharing.link import encode
from sharing.page_state import PaddingChoice, Values
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import as_text

CROP = 12
"""So many rows and columns of a picture are shown on the stage around a window: their numbers can still be read."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A picture, (1, 28, 28) from 0 to 1, and what the network of a checkpoint makes of it."""

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


def read_held_out(recording: Recording, checkpoint: int, number: int) -> Reading:
    """Return how a checkpoint reads one of the pictures that are held out."""
    return Reading(recording, checkpoint, held_out(recording.recipe.data_set).inputs()[number].astype(float))


def stage_address(reading: Reading, number: int, cell: tuple[int, int]) -> str:
    """The address of the standard page that plays a cell of a map of the first layer, from its window's first step."""
    state, step = stage_state(reading, number, cell)
    return f"{state.page}?{urlencode(encode(state))}#step={step}"


def stage_state(reading: Reading, number: int, cell: tuple[int, int]) -> tuple[StandardState, int]:
    """The state of the standard page with the part of a picture around a window, and the step of the window.

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
