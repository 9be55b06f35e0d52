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
    verdict = "PyTorch computes the same numbers." if found.largest_difference <= 1e-9 else "PyTorch differs."
    difference = write_number(found.largest_difference)
    st.markdown(f"{verdict} Largest difference: **{difference}** over {found.output.size} outputs.")
    st.code(found.call, language="python", wrap_lines=True)
