"""The layers that read several outputs: added or multiplied value by value, or put beside each other as channels."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import LayerCode, LayerError
from engine.modules import Shape


@dataclass(frozen=True)
class Add:
    """The sum of several outputs of one shape, as at the end of a residual block (He et al., arXiv 1512.03385)."""

    def merged(self, shapes: Sequence[Shape]) -> Shape:
        """Return the shape of what is made of these; LayerError where they are not all of one.

        >>> Add().merged([(8, 4, 4), (8, 4, 4)])
        (8, 4, 4)
        """
        for shape in shapes[1:]:
            if shape != shapes[0]:
                raise LayerError(LayerCode.SHAPES_TO_ADD, "input", shapes[0], other=shape)
        return shapes[0]


@dataclass(frozen=True)
class Multiply:
    """The product of several outputs, each of one shape or with one factor for each channel.

    The second is what a squeeze-and-excite does (Hu et al., arXiv 1709.01507).
    """

    def merged(self, shapes: Sequence[Shape]) -> Shape:
        """Return the shape of what is made of these; LayerError where one has another than the largest.

        >>> Multiply().merged([(8, 1, 1), (8, 4, 4)])
        (8, 4, 4)
        """
        whole = max(shapes, key=lambda shape: shape[1] * shape[2])
        for shape in shapes:
            if shape not in (whole, (whole[0], 1, 1)):
                raise LayerError(LayerCode.SHAPES_TO_MULTIPLY, "input", whole, other=shape, channels=whole[0])
        return whole


@dataclass(frozen=True)
class Concat:
    """The channels of several outputs of one size behind each other: `torch.cat(..., dim=1)`."""

    def merged(self, shapes: Sequence[Shape]) -> Shape:
        """Return the shape of what is made of these; LayerError where they are not all of one height and width.

        >>> Concat().merged([(8, 4, 4), (16, 4, 4)])
        (24, 4, 4)
        """
        for shape in shapes[1:]:
            if shape[1:] != shapes[0][1:]:
                raise LayerError(LayerCode.SIZES_TO_CONCAT, "input", shapes[0], other=shape)
        return (sum(shape[0] for shape in shapes), *shapes[0][1:])
