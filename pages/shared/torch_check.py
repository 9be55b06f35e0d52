"""The same layer and numbers through PyTorch. torch is imported when the check is asked for, not before."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from engine.arrays import Floats
from kinds.shared.torch_call import Check
from pages.shared.torch_installed import NO_TORCH, torch_is_installed
from stage.number_text import write_number


@dataclass(frozen=True, eq=False)
class Comparison:
    """What PyTorch made of the same numbers, the largest difference from ours, and the call that was made."""

    output: Floats
    largest_difference: float
    call: str


def compare(check: Check) -> Comparison:
    """Make the call of a check with `torch.nn.functional` in float64, and compare what comes of it with ours."""
    import torch
    from torch.nn import functional

    tensors = {name: torch.from_numpy(array.copy()) for name, array in check.arrays.items() if array is not None}
    with torch.inference_mode():
        output = check.call.run(functional, tensors)[0].numpy()
    largest = float(np.nan_to_num(np.abs(output - check.ours), nan=np.inf).max())
    return Comparison(output, largest, str(check.call))


def offer_check(check: Check) -> None:
    """Offer to run the same numbers through PyTorch, and say how far apart the two are."""
    if st.button("Check against PyTorch", help="Runs torch.nn.functional on the very same numbers"):
        if not torch_is_installed():
            st.info(NO_TORCH)
            return
        found = compare(check)
        verdict = "PyTorch computes the same numbers." if found.largest_difference <= 1e-9 else "PyTorch differs."
        difference = write_number(found.largest_difference)
        st.markdown(f"{verdict} Largest difference: **{difference}** over {found.output.size} outputs.")
        st.code(found.call, language="python", wrap_lines=True)
