"""What a pasted text turned out to be: one layer, a stack of layers, or numbers whose layout is still to be said."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from engine.arrays import Floats
from engine.modules import Shape


@dataclass(frozen=True)
class PastedStack:
    """Layers as the stack's text has them, what goes in as far as it is said, and what was left out, in sentences."""

    rows: tuple[str, ...]
    inputs: Shape | None = None
    channels: int | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class PastedLayer:
    """One layer that has a page: the page, the fields of its state that were said, and the layer as a stack of one.

    A volume has no stack. What the page leaves out, in sentences, is not what the stack does.
    """

    page: str
    fields: dict[str, Any]
    stack: PastedStack | None
    left_out: tuple[str, ...] = ()


class Layout(StrEnum):
    """Which axis of an array is which: O and I are output and input channels, H rows, W columns, N a batch of one."""

    W = "W"
    HW = "HW"
    CHW = "CHW"
    HWC = "HWC"
    NCHW = "NCHW"
    NHWC = "NHWC"
    OIHW = "OIHW"
    HWIO = "HWIO"


class Part(StrEnum):
    """What an array is to a layer."""

    INPUT = "input"
    KERNEL = "kernel"


@dataclass(frozen=True)
class Meaning:
    """What an array may be: the input or the kernel, and in which layout."""

    part: Part
    layout: Layout

    def arranged(self, values: Floats) -> Floats:
        """Return the array as (channels, rows, columns), of a kernel (out, in, rows, columns).

        >>> Meaning(Part.KERNEL, Layout.HWIO).arranged(np.zeros((3, 3, 1, 2))).shape
        (2, 1, 3, 3)
        """
        axes = str(self.layout)
        if axes[0] == "N":
            values, axes = values[0], axes[1:]
        wanted = "OIHW" if self.part is Part.KERNEL else "CHW"
        if axes in ("HWC", "HWIO"):
            order = [axes.index(axis) for axis in wanted]
            return np.ascontiguousarray(values.transpose(order))
        return values.reshape((1,) * (len(wanted) - values.ndim) + values.shape)


@dataclass(frozen=True)
class PastedNumbers:
    """An array, and what it may be: where that is one thing only, it is certain."""

    values: Floats = field(compare=False)
    meanings: tuple[Meaning, ...]
    left_out: tuple[str, ...] = ()


Pasted = PastedLayer | PastedStack | PastedNumbers
