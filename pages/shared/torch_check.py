"""The same layer and numbers through PyTorch. torch is imported when the check is asked for, not before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from engine import AvgPool2d, PoolingTrace, Trace, TransposedTrace
from pages.shared.torch_installed import NO_TORCH, torch_is_installed

Record = TypeVar("Record")


@dataclass(frozen=True)
class Comparison:
    """What PyTorch made of the same numbers, the largest difference from ours, and the call that was made."""

    output: NDArray[np.float64]
    largest_difference: float
    call: str


@dataclass(frozen=True)
class Array:
    """An argument that is one of the arrays of a check, by its name there."""

    name: str


@dataclass(frozen=True)
class Call:
    """A call of a function of `torch.nn.functional`: what is run, and as text what is shown.

    >>> str(Call("pad", (Array("x"), (0, 1)), {"mode": "constant"}))
    "pad(x, (0, 1), mode='constant')"
    """

    function: str
    positional: tuple[Any, ...]
    named: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        named = (f"{name}={_written(value)}" for name, value in self.named.items())
        return f"{self.function}({', '.join((*map(_written, self.positional), *named))})"

    def run(self, functions: Any, tensors: Mapping[str, Any]) -> Any:
        """Make the call with the functions of a module, its arrays by their names; a call within it is made first."""

        def value_of(argument: Any) -> Any:
            if isinstance(argument, Call):
                return argument.run(functions, tensors)
            return tensors[argument.name] if isinstance(argument, Array) else argument

        named = {name: value_of(value) for name, value in self.named.items()}
        return getattr(functions, self.function)(*map(value_of, self.positional), **named)


def _written(argument: Any) -> str:
    """An argument as it is written in code."""
    if isinstance(argument, Call):
        return str(argument)
    return argument.name if isinstance(argument, Array) else repr(argument)


def compare(trace: Trace) -> Comparison:
    """Run `torch.nn.functional.conv2d` in float64 on the numbers of a trace, padded by `torch.nn.functional.pad`."""
    call = _conv2d(trace, Array("x"), "weight", _bias(trace))
    return _compared(call, trace.output, x=trace.input[None], weight=trace.weight, bias=trace.bias)


def compare_separable(traces: tuple[Trace, Trace]) -> Comparison:
    """Run `conv2d` on what `conv2d` makes of the input, with the numbers of the two layers of a separable one."""
    depthwise, pointwise = traces
    between = _conv2d(depthwise, Array("x"), "depthwise", _bias(depthwise, "depthwise_bias"))
    return _compared(
        _conv2d(pointwise, between, "pointwise", _bias(pointwise, "pointwise_bias")),
        pointwise.output,
        x=depthwise.input[None],
        depthwise=depthwise.weight,
        depthwise_bias=depthwise.bias,
        pointwise=pointwise.weight,
        pointwise_bias=pointwise.bias,
    )


def _conv2d(trace: Trace, x: Array | Call, weight: str, bias: Array | None) -> Call:
    """The call that does what a trace's layer does to `x`."""
    layer, (rows, columns) = trace.layer, trace.axes
    padded = Call("pad", (x, (columns.before, columns.after, rows.before, rows.after)), {"mode": _mode(trace)})
    named = {"stride": layer.strides, "dilation": layer.dilations, "groups": layer.groups}
    return Call("conv2d", (padded, Array(weight), bias), named)


def compare_transposed(trace: TransposedTrace) -> Comparison:
    """Run `torch.nn.functional.conv_transpose2d` in float64 on the numbers of a trace."""
    layer, (rows, columns) = trace.layer, trace.axes
    named = {
        "stride": layer.strides,
        "padding": (rows.padding, columns.padding),
        "output_padding": (rows.extra, columns.extra),
        "groups": layer.groups,
        "dilation": layer.dilations,
    }
    call = Call("conv_transpose2d", (Array("x"), Array("weight"), _bias(trace)), named)
    return _compared(call, trace.output, x=trace.input[None], weight=trace.weight, bias=trace.bias)


def compare_sequence(trace: Trace) -> Comparison:
    """Run `torch.nn.functional.conv1d` in float64 on the numbers of a trace of a single row."""
    layer, (_, columns) = trace.layer, trace.axes
    padded = Call("pad", (Array("x"), (columns.before, columns.after)), {"mode": _mode(trace)})
    named = {"stride": layer.strides[1], "dilation": layer.dilations[1], "groups": layer.groups}
    return _compared(
        Call("conv1d", (padded, Array("weight"), _bias(trace)), named),
        trace.output[:, 0],
        x=trace.input[None, :, 0],
        weight=trace.weight[:, :, 0],
        bias=trace.bias,
    )


def compare_pooling(trace: PoolingTrace) -> Comparison:
    """Run `torch.nn.functional.max_pool2d` or `avg_pool2d` in float64 on the numbers of a trace."""
    layer = trace.layer
    sizes = (Array("x"), layer.kernel, layer.strides, (trace.axes[0].before, trace.axes[1].before))
    if isinstance(layer, AvgPool2d):
        call = Call("avg_pool2d", (*sizes, layer.ceil_mode, layer.count_include_pad))
    else:
        call = Call("max_pool2d", (*sizes, layer.dilations), {"ceil_mode": layer.ceil_mode})
    return _compared(call, trace.output, x=trace.input[None])


def _mode(trace: Trace) -> str:
    return "constant" if trace.layer.padding_mode == "zeros" else str(trace.layer.padding_mode)


def _bias(trace: Trace | TransposedTrace, name: str = "bias") -> Array | None:
    return None if trace.bias is None else Array(name)


def _compared(call: Call, ours: NDArray[np.float64], **arrays: NDArray[np.float64] | None) -> Comparison:
    """Make a call with these arrays, and compare what comes of it with ours."""
    import torch
    from torch.nn import functional

    tensors = {name: torch.from_numpy(array.copy()) for name, array in arrays.items() if array is not None}
    with torch.inference_mode():
        output = call.run(functional, tensors)[0].numpy()
    return Comparison(output, float(np.nan_to_num(np.abs(output - ours), nan=np.inf).max()), str(call))


def offer_check(compare: Callable[[Record], Comparison], trace: Record) -> None:
    """Offer to run the same numbers through PyTorch, and say how far apart the two are."""
    if st.button("Check against PyTorch", help="Runs torch.nn.functional on the very same numbers"):
        if not torch_is_installed():
            st.info(NO_TORCH)
            return
        found = compare(trace)
        verdict = "PyTorch computes the same numbers." if found.largest_difference <= 1e-9 else "PyTorch differs."
        st.markdown(f"{verdict} Largest difference: **{found.largest_difference:g}** over {found.output.size} outputs.")
        st.code(found.call, language="python", wrap_lines=True)
