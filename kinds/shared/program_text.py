"""What the PyTorch, Keras and ONNX code of a layer have in common: numbers and calls as a person would write them."""

from collections.abc import Mapping
from typing import Any

from engine import PaddingMode
from engine.arrays import Floats
from engine.checks import Sides
from sharing.matrices import exact

_WIDTH = 100

NUMPY_MODES: Mapping[PaddingMode, str] = {
    PaddingMode.ZEROS: "constant",
    PaddingMode.CONSTANT: "constant",
    PaddingMode.REFLECT: "reflect",
    PaddingMode.REPLICATE: "edge",
    PaddingMode.CIRCULAR: "wrap",
    PaddingMode.SYMMETRIC: "symmetric",
}
"""What `numpy.pad` calls the padding modes."""


def literal(values: Floats) -> str:
    """An array as a nested list, a row a line; whole numbers without a point, every other number in full.

    >>> import numpy as np
    >>> print(literal(np.array([[1.0, 0.5], [-2.0, 3.0]])))
    [[1, 0.5],
     [-2, 3]]
    """
    return _nested(values, 0)


def _nested(values: Floats, depth: int) -> str:
    if values.ndim == 1:
        return "[" + ", ".join(exact(value) for value in values.tolist()) + "]"
    between = ",\n" + "\n" * (values.ndim - 2) + " " * (depth + 1)
    return "[" + between.join(_nested(part, depth + 1) for part in values) + "]"


def assigned(name: str, made_by: str, values: Floats, comment: str = "", tail: str = "") -> str:
    """`name = made_by(values, tail)`, whose rows stand under each other, after a comment."""
    head = f"{name} = {made_by}("
    first, *others = literal(values).split("\n")
    rows = [first, *(" " * len(head) + row if row else "" for row in others)]
    return (f"# {comment}\n" if comment else "") + head + "\n".join(rows) + f"{tail})"


def array(name: str, values: Floats, comment: str) -> str:
    """A line that makes an array of NumPy of these values, after a comment."""
    return assigned(name, "np.array", values, comment, ", dtype=float")


def call(function: str, arguments: Mapping[str, Any]) -> str:
    """A call with keyword arguments, broken into lines where it is long.

    >>> call("nn.Conv2d", {"in_channels": 1, "bias": False})
    'nn.Conv2d(in_channels=1, bias=False)'
    """
    written = [f"{name}={value if isinstance(value, Name) else repr(value)}" for name, value in arguments.items()]
    line = f"{function}({', '.join(written)})"
    if len(line) <= _WIDTH:
        return line
    return f"{function}(\n" + "".join(f"    {argument},\n" for argument in written) + ")"


class Name(str):
    """An argument that is written as it is: a name, not a text."""


def squared(amount: int | tuple[int, ...]) -> int | tuple[int, ...]:
    """A number for each direction as the one number it is where all are the same.

    >>> squared((2, 2)), squared((2, 3)), squared((4,)), squared(5)
    (2, (2, 3), 4, 5)
    """
    return amount[0] if isinstance(amount, tuple) and len(set(amount)) == 1 else amount


def squared_sides(sides: Sides) -> int | tuple[int, ...] | None:
    """Padding as the number, or the one for each direction, that it is where opposite sides are alike; else None.

    >>> squared_sides(((1, 1), (1, 1))), squared_sides(((1, 1), (2, 2))), squared_sides(((0, 1), (0, 1)))
    (1, (1, 2), None)
    """
    return squared(tuple(before for before, _ in sides)) if all(before == after for before, after in sides) else None


def program(head: str, *parts: str) -> str:
    """A program of several parts with an empty line between them, under a comment that says what it is of."""
    return "\n\n".join(part for part in (f"# {head}", *parts) if part) + "\n"
