"""The same layer and numbers through PyTorch. torch is imported when the check is asked for, not before."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from engine import Trace


@dataclass(frozen=True)
class Comparison:
    """What PyTorch made of the same numbers, the largest difference from ours, and the call that was made."""

    output: NDArray[np.float64]
    largest_difference: float
    call: str


def compare(trace: Trace) -> Comparison:
    """Run `torch.nn.functional.conv2d` in float64 on the numbers of a trace, padded by `torch.nn.functional.pad`."""
    import torch
    from torch.nn import functional

    layer, (rows, columns) = trace.layer, trace.axes
    sides = (columns.before, columns.after, rows.before, rows.after)
    mode = "constant" if layer.padding_mode == "zeros" else str(layer.padding_mode)
    with torch.inference_mode():
        padded = functional.pad(torch.from_numpy(trace.input.copy())[None], sides, mode=mode)
        output = functional.conv2d(
            padded,
            torch.from_numpy(trace.weight.copy()),
            None if trace.bias is None else torch.from_numpy(trace.bias.copy()),
            stride=layer.strides,
            dilation=layer.dilations,
            groups=layer.groups,
        )[0].numpy()
    arguments = f"stride={layer.strides}, dilation={layer.dilations}, groups={layer.groups}"
    call = f"conv2d(pad(x, {sides}, mode={mode!r}), weight, {'None' if trace.bias is None else 'bias'}, {arguments})"
    return Comparison(output, float(np.abs(output - trace.output).max()), call)


def offer_check(trace: Trace) -> None:
    """Offer to run the same numbers through PyTorch, and say how far apart the two are."""
    if st.button("Check against PyTorch", help="Runs torch.nn.functional on the very same numbers"):
        found = compare(trace)
        verdict = "PyTorch computes the same numbers." if found.largest_difference <= 1e-9 else "PyTorch differs."
        st.markdown(f"{verdict} Largest difference: **{found.largest_difference:g}** over {found.output.size} outputs.")
        st.code(found.call, language="python", wrap_lines=True)
