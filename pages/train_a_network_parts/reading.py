"""What the network of a checkpoint makes of a picture, and where a cell of a map is played."""

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
from pages.train_a_network_parts.words import convolutions
from sharing.fields import limits
from sharing.link import encode
from sharing.page_state import PaddingChoice, Values
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.training import MapCell
from sharing.values import as_text

CROP = 12
"""So many rows and columns of a picture are shown on the stage around a window: their numbers can still be read."""
CROP_OF_MANY = 6
"""So many where there are several channels."""
MOST_CHANNELS = limits(StandardState)["in_channels"].most
"""So many channels the stage has room for."""


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


@dataclass(frozen=True, eq=False)
class StagePart:
    """A state of the standard page that plays a cell of a map, over some of the channels that its layer reads.

    `step` is that of the window, counted from 1; `channels` are those that are read, `total` what they come to, with
    the bias where `has_bias`.
    """

    state: StandardState
    step: int
    channels: range
    total: float
    has_bias: bool

    @property
    def address(self) -> str:
        """Where it is opened, at the window's step."""
        return f"{self.state.page}?{urlencode(encode(self.state))}#step={self.step}"


def stage_parts(reading: Reading, cell: MapCell) -> list[StagePart]:
    """Return the parts in which the standard page plays a cell: one, or several where it has not room for all channels.

    The bias is in the first of them. The zeros of the padding are in the input: so it holds what the layer reads, and
    the sums are its own.
    """
    place = convolutions(reading.recording.recipe)[cell.layer]
    layer = reading.recording.recipe.layers[place]
    assert isinstance(layer, Conv2d)
    parameters = reading.recording.parameters(reading.checkpoint)
    weight, bias = (parameters[f"{place}.{name}"][cell.number : cell.number + 1] for name in ("weight", "bias"))
    read = reading.made[place - 1] if place else reading.image
    (before, _), _ = [(axis.before, axis.after) for axis in layer.axes(*read.shape[1:])]
    padded = np.pad(read, [(0, 0), (before, before), (before, before)])
    crop = CROP if len(read) == 1 else CROP_OF_MANY
    corners = [at * step for at, step in zip((cell.row, cell.column), layer.strides, strict=True)]
    starts = [
        min(max(0, corner - (crop - size) // 2), length - crop) // step * step
        for corner, size, length, step in zip(corners, layer.kernel, padded.shape[1:], layer.strides, strict=True)
    ]
    shown = padded[:, starts[0] : starts[0] + crop, starts[1] : starts[1] + crop]
    row, column = ((corner - start) // step for corner, start, step in zip(corners, starts, layer.strides, strict=True))
    step = row * ((crop - layer.kernel[1]) // layer.strides[1] + 1) + column + 1
    window = padded[:, corners[0] : corners[0] + layer.kernel[0], corners[1] : corners[1] + layer.kernel[1]]
    parts = []
    for first in range(0, len(read), MOST_CHANNELS):
        channels = range(first, min(first + MOST_CHANNELS, len(read)))
        part = slice(channels.start, channels.stop)
        state = _stage_state(layer, shown[part], weight[:, part], bias if first == 0 else None)
        total = float((window[part] * weight[0, part]).sum()) + (float(bias[0]) if first == 0 else 0.0)
        parts.append(StagePart(state, step, channels, total, first == 0))
    return parts


def _stage_state(layer: Conv2d, shown: Floats, weight: Floats, bias: Floats | None) -> StandardState:
    """The state of the standard page with what a part of a layer reads, and its weights."""
    opening: StandardState = PRESETS[StandardState.page]["simplest"].state
    return replace(
        opening,
        in_channels=len(shown),
        height=shown.shape[1],
        width=shown.shape[2],
        kernel_height=layer.kernel[0],
        kernel_width=layer.kernel[1],
        stride_height=layer.strides[0],
        stride_width=layer.strides[1],
        padding=PaddingChoice.VALID,
        bias=bias is not None,
        values=Values.TYPED,
        input_text=as_text(INPUT, shown),
        kernel_text=as_text(KERNEL, weight),
        bias_text="" if bias is None else as_text(BIAS, bias),
    )
