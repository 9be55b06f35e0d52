"""The same layer and numbers through PyTorch. torch is imported when the check is asked for, not before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from engine import AvgPool2d, PoolingTrace, Trace, TransposedTrace

Record = TypeVar("Record")


@dataclass(frozen=True)
class Comparison:
    """What PyTorch made of the same numbers, the largest difference from ours, and the call that was made."""

    output: NDArray[np.float64]
    largest_difference: float
    call: str


def compare(trace: Trace) -> Comparison:
    """Run `torch.nn.functional.conv2d` in float64 on the numbers of a trace, padded by `torch.nn.functional.pad`."""
    call = _conv2d(trace, "x", "weight", _bias(trace))
    return _compared(call, trace.output, x=trace.input[None], weight=trace.weight, bias=trace.bias)


def compare_separable(traces: tuple[Trace, Trace]) -> Comparison:
    """Run `conv2d` on what `conv2d` makes of the input, with the numbers of the two layers of a separable one."""
    depthwise, pointwise = traces
    between = _conv2d(depthwise, "x", "depthwise", _bias(depthwise, "depthwise_bias"))
    return _compared(
        _conv2d(pointwise, between, "pointwise", _bias(pointwise, "pointwise_bias")),
        pointwise.output,
        x=depthwise.input[None],
        depthwise=depthwise.weight,
        depthwise_bias=depthwise.bias,
        pointwise=pointwise.weight,
        pointwise_bias=pointwise.bias,
    )


def _conv2d(trace: Trace, x: str, weight: str, bias: str) -> str:
    """The call that does what a trace's layer does, with these expressions for its arrays."""
    layer, (rows, columns) = trace.layer, trace.axes
    arguments = f"stride={layer.strides}, dilation={layer.dilations}, groups={layer.groups}"
    padded = f"pad({x}, {(columns.before, columns.after, rows.before, rows.after)}, mode={_mode(trace)!r})"
    return f"conv2d({padded}, {weight}, {bias}, {arguments})"


def compare_transposed(trace: TransposedTrace) -> Comparison:
    """Run `torch.nn.functional.conv_transpose2d` in float64 on the numbers of a trace."""
    layer, (rows, columns) = trace.layer, trace.axes
    amounts = f"padding={(rows.padding, columns.padding)}, output_padding={(rows.extra, columns.extra)}"
    arguments = f"stride={layer.strides}, {amounts}, groups={layer.groups}, dilation={layer.dilations}"
    return _compared(
        f"conv_transpose2d(x, weight, {_bias(trace)}, {arguments})",
        trace.output,
        x=trace.input[None],
        weight=trace.weight,
        bias=trace.bias,
    )


def compare_sequence(trace: Trace) -> Comparison:
    """Run `torch.nn.functional.conv1d` in float64 on the numbers of a trace of a single row."""
    layer, (_, columns) = trace.layer, trace.axes
    arguments = f"stride={layer.strides[1]}, dilation={layer.dilations[1]}, groups={layer.groups}"
    padded = f"pad(x, {(columns.before, columns.after)}, mode={_mode(trace)!r})"
    return _compared(
        f"conv1d({padded}, weight, {_bias(trace)}, {arguments})",
        trace.output[:, 0],
        x=trace.input[None, :, 0],
        weight=trace.weight[:, :, 0],
        bias=trace.bias,
    )


def compare_pooling(trace: PoolingTrace) -> Comparison:
    """Run `torch.nn.functional.max_pool2d` or `avg_pool2d` in float64 on the numbers of a trace."""
    layer = trace.layer
    sizes = f"{layer.kernel}, {layer.strides}, {(trace.axes[0].before, trace.axes[1].before)}"
    call = f"max_pool2d(x, {sizes}, {layer.dilations}, ceil_mode={layer.ceil_mode})"
    if isinstance(layer, AvgPool2d):
        call = f"avg_pool2d(x, {sizes}, {layer.ceil_mode}, {layer.count_include_pad})"
    return _compared(call, trace.output, x=trace.input[None])


def _mode(trace: Trace) -> str:
    return "constant" if trace.layer.padding_mode == "zeros" else str(trace.layer.padding_mode)


def _bias(trace: Trace | TransposedTrace, name: str = "bias") -> str:
    return "None" if trace.bias is None else name


def _compared(call: str, ours: NDArray[np.float64], **arrays: NDArray[np.float64] | None) -> Comparison:
    """Make a call, which is written here and holds nothing but numbers and the names of the arrays."""
    import torch
    from torch.nn import functional

    tensors = {name: None if array is None else torch.from_numpy(array.copy()) for name, array in arrays.items()}
    names: dict[str, Any] = {name: getattr(functional, name) for name in _FUNCTIONS}
    with torch.inference_mode():
        output = eval(call, {"__builtins__": {}}, names | tensors)[0].numpy()
    return Comparison(output, float(np.nan_to_num(np.abs(output - ours), nan=np.inf).max()), call)


_FUNCTIONS = ("conv1d", "conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d", "pad")


def offer_check(compare: Callable[[Record], Comparison], trace: Record) -> None:
    """Offer to run the same numbers through PyTorch, and say how far apart the two are."""
    if st.button("Check against PyTorch", help="Runs torch.nn.functional on the very same numbers"):
        found = compare(trace)
        verdict = "PyTorch computes the same numbers." if found.largest_difference <= 1e-9 else "PyTorch differs."
        st.markdown(f"{verdict} Largest difference: **{found.largest_difference:g}** over {found.output.size} outputs.")
        st.code(found.call, language="python", wrap_lines=True)
