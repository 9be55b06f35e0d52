"""A call of torch's functions as data: run to check a layer, and shown as text. To make one, no torch is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Axis, PaddingMode, Trace, TransposedTrace
from engine.arrays import Floats
from engine.layers import ConvNd

Arrays = Mapping[str, NDArray[Any] | None]
"""Arrays by their names; None where a layer has no bias."""


@dataclass(frozen=True)
class Array:
    """An argument that is one of the arrays of a check, by its name there."""

    name: str


@dataclass(frozen=True)
class Call:
    """A call of a function of torch, most of `torch.nn.functional`: what is run, and as text what is shown.

    >>> str(Call("pad", (Array("x"), (0, 1)), {"mode": "constant"}))
    "pad(x, (0, 1), mode='constant')"
    """

    function: str
    positional: tuple[Any, ...]
    named: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        named = (f"{name}={_written(value)}" for name, value in self.named.items())
        return f"{self.function}({', '.join((*map(_written, self.positional), *named))})"

    def run(self, modules: Sequence[Any], tensors: Mapping[str, Any]) -> Any:
        """Make the call with the function of the first module that has it; a call within it is made first.

        `tensors` are its arrays by their names.
        """

        def value_of(argument: Any) -> Any:
            if isinstance(argument, Call):
                return argument.run(modules, tensors)
            return tensors[argument.name] if isinstance(argument, Array) else argument

        named = {name: value_of(value) for name, value in self.named.items()}
        function = next(getattr(module, self.function) for module in modules if hasattr(module, self.function))
        return function(*map(value_of, self.positional), **named)


def _written(argument: Any) -> str:
    """An argument as it is written in code."""
    if isinstance(argument, Call):
        return str(argument)
    if argument == -inf:
        return "float('-inf')"
    return argument.name if isinstance(argument, Array) else repr(argument)


@dataclass(frozen=True, eq=False)
class Check:
    """The call that PyTorch is to make, the arrays it names, and our own output."""

    call: Call
    ours: Floats
    arrays: Arrays

    @property
    def text(self) -> str:
        """What is run, as code."""
        return str(self.call)


@dataclass(frozen=True, eq=False, kw_only=True)
class BackwardCheck(Check):
    """The same of the way back: our own gradients of the arrays named `of`, flattened and one after the other.

    `grad_output` names the array that is the gradient of what the call makes.
    """

    of: tuple[str, ...]
    grad_output: str

    @property
    def text(self) -> str:
        """What is run, as code."""
        return f"{self.call}.backward({self.grad_output})"


def conv_call(trace: Trace, x: Array | Call, weight: str, bias: Array | None) -> tuple[Call, Arrays]:
    """The call that does what a trace's layer does to `x`, and the arrays that it needs besides."""
    layer = trace.layer
    padded, sources = padded_call(x, trace.axes, layer)
    named = {"stride": layer.strides, "dilation": layer.dilations, "groups": layer.groups}
    return Call(f"conv{layer.space.dims}d", (padded, Array(weight), bias), named), sources


def padded_call(x: Array | Call, axes: Sequence[Axis], layer: ConvNd) -> tuple[Call, Arrays]:
    """The call that puts a layer's padding around `x`, which has these axes, and the arrays that it needs besides.

    PyTorch has no symmetric padding: there the cells that the padded ones copy are picked, a direction at a time.
    """
    mode = layer.padding_mode
    if mode == PaddingMode.CONSTANT:
        return pad_call(x, axes, {"mode": str(mode), "value": layer.padding_value}), {}
    if mode != PaddingMode.SYMMETRIC:
        return pad_call(x, axes, {"mode": "constant" if mode == PaddingMode.ZEROS else str(mode)}), {}
    names = ("slices", "rows", "columns")[-len(axes) :]
    sources: Arrays = {name: np.array(axis.sources) for name, axis in zip(names, axes, strict=True)}
    padded = x
    for number, name in enumerate(names, 2):
        padded = Call("index_select", (padded, number, Array(name)))
    assert isinstance(padded, Call)
    return padded, sources


def pad_call(x: Array | Call, axes: Sequence[Axis], named: Mapping[str, Any]) -> Call:
    """The call of `pad` for every axis, the last one first, as PyTorch counts them; `named` says what is put there."""
    sides = tuple(amount for axis in reversed(axes) for amount in (axis.before, axis.after))
    return Call("pad", (x, sides), named)


def bias_of(trace: Trace | TransposedTrace, name: str = "bias") -> Array | None:
    """The bias of a trace's layer as an argument, or None where it has none."""
    return None if trace.bias is None else Array(name)
