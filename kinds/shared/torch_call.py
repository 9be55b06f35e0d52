"""A call of torch's functions as data: run to check a layer, and shown as text. To make one, no torch is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

from engine import Axis, Trace, TransposedTrace
from engine.arrays import Floats


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
    """The call that PyTorch is to make, the arrays it names (None where a layer has no bias), and our own output."""

    call: Call
    ours: Floats
    arrays: Mapping[str, Floats | None]


def conv2d_call(trace: Trace, x: Array | Call, weight: str, bias: Array | None) -> Call:
    """The call that does what a trace's layer does to `x`."""
    layer = trace.layer
    padded = padded_call(x, trace.axes, {"mode": padding_mode(trace)})
    named = {"stride": layer.strides, "dilation": layer.dilations, "groups": layer.groups}
    return Call("conv2d", (padded, Array(weight), bias), named)


def padded_call(x: Array | Call, axes: tuple[Axis, Axis], named: Mapping[str, Any]) -> Call:
    """The call that puts the padding of both axes around `x`; `named` says what it holds."""
    rows, columns = axes
    return Call("pad", (x, (columns.before, columns.after, rows.before, rows.after)), named)


def padding_mode(trace: Trace) -> str:
    """The padding mode of a trace's layer as `torch.nn.functional.pad` calls it."""
    return "constant" if trace.layer.padding_mode == "zeros" else str(trace.layer.padding_mode)


def bias_of(trace: Trace | TransposedTrace, name: str = "bias") -> Array | None:
    """The bias of a trace's layer as an argument, or None where it has none."""
    return None if trace.bias is None else Array(name)
