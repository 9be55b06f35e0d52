"""The button that runs a layer's numbers through PyTorch, and what came of it."""

import streamlit as st

from kinds.shared.torch_call import Check
from pages.shared.heavy_work import LIMIT_SECONDS, TORCH_SECONDS, Ended, Work
from pages.shared.torch_check import Comparison, compare
from pages.shared.torch_installed import NO_TORCH, torch_is_installed
from pages.shared.waiting import begin_work, keep_work_about, show_work
from sharing.page_state import PageState
from stage.number_text import write_number

_KEY = "check"
VERDICTS = {
    True: "PyTorch computes the same numbers. Largest difference: **{difference}** over {outputs} outputs.",
    False: "PyTorch differs. Largest difference: **{difference}** over {outputs} outputs.",
}
"""What is said, by whether the two are the same in float64, which this page computes in."""

IN_FLOAT32 = {
    True: "In float32, which PyTorch computes in by default, they are the same too.",
    False: (
        "In float32, which PyTorch computes in by default, the largest difference is **{difference}**: "
        "a number keeps about 7 digits there, and 16 in float64, which this page computes in."
    ),
}
"""The same of float32, by whether it makes no difference."""


def offer_check(state: PageState, check: Check) -> None:
    """Offer to run the numbers of a state through PyTorch, and say how far apart the two are."""
    keep_work_about(_KEY, state)

    def begin() -> None:
        if torch_is_installed():
            begin_work(_KEY, state, compare, check, limit=LIMIT_SECONDS + TORCH_SECONDS)

    def show(work: Work | None) -> None:
        label, tip = "Check against PyTorch", "Runs torch.nn.functional on the very same numbers"
        if st.button(label, help=tip, on_click=begin) and not torch_is_installed():
            st.info(NO_TORCH)
        if work is not None:
            _show_verdict(work)

    show_work(_KEY, show)


def _show_verdict(work: Work) -> None:
    try:
        found: Comparison = work.result()
    except Ended as ended:
        st.info(str(ended))
        return
    verdict = VERDICTS[found.largest_difference <= 1e-9]
    difference = write_number(found.largest_difference)
    st.markdown(verdict.format(difference=difference, outputs=found.output.size))
    short = write_number(found.float32_difference)
    st.markdown(IN_FLOAT32[found.float32_difference == 0].format(difference=short))
    st.code(found.call, language="python", wrap_lines=True)
