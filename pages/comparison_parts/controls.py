"""The controls that several views of the comparison page have."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from engine import ConvolutionKind, Costed, Job, LayerError, every_kind
from pages.shared.example_choice import choose_example
from pages.shared.faults import fault_in
from pages.shared.labels import label_of
from pages.shared.late_values import appear, changed
from pages.shared.layer_controls import show_rows
from sharing.comparison import ComparisonState
from sharing.examples import JOBS, Example

SIZE_ROWS = (("height", "width"), ("in_channels", "out_channels"))
WINDOW_ROWS = (
    ("kernel_size", "stride"),
    ("kernel_height", "kernel_width"),
    ("stride_height", "stride_width"),
    ("padding_given",),
    ("padding", "dilation"),
    ("padding_top", "padding_bottom"),
    ("padding_left", "padding_right"),
    ("dilation_height", "dilation_width"),
    ("groups", "depth_multiplier"),
    ("output_padding",),
    ("output_padding_height", "output_padding_width"),
    ("bias",),
)
JOB_ROWS = (*SIZE_ROWS, *WINDOW_ROWS)
RUNNING_ROWS = (("numbers", "batch"), ("device",), ("own_gigaflops", "own_gigabytes"))
INPUT_ROWS = (("input_channels",), ("input_height", "input_width"))


def choose_job(state: ComparisonState, check: Callable[[Job], object]) -> Example | None:
    """Show the controls of a job in the sidebar; return the example that it is, if it is one.

    What is wrong of a job is said beside the controls at fault: `check` raises LayerError where its view has none.
    """
    example = choose_example(state, JOBS)
    fault = fault_in(state, lambda asked: check(asked.job()))
    show_rows(state, SIZE_ROWS, fault)
    appear("apart")
    st.sidebar.toggle(
        label_of("apart"), key="apart", persist_state="session", on_change=changed("apart", _take_over_numbers)
    )
    show_rows(state, WINDOW_ROWS, fault)
    return example


def _take_over_numbers() -> None:
    """Let rows, columns and sides begin as what they were together, and that as what the rows, or the top, were."""
    session: Any = st.session_state
    for alike, fields in ComparisonState.apart_fields.items():
        if session["apart"]:
            session.update(dict.fromkeys(fields, session[alike]))
        else:
            session[alike] = session[fields[0]]


def choose_input(state: ComparisonState) -> None:
    """Show the controls of the input of a stack in the sidebar, and what is wrong of them."""
    show_rows(state, INPUT_ROWS, fault_in(state, ComparisonState.stack_input))


def choose_running(state: ComparisonState) -> None:
    """Show the controls of how something runs in the sidebar, and what is wrong of them."""
    show_rows(state, RUNNING_ROWS, fault_in(state, ComparisonState.processor))


def made(kind: ConvolutionKind, job: Job) -> Costed:
    """What a kind makes of a job; LayerError where it cannot be made."""
    of = every_kind(job)[kind]
    if isinstance(of, LayerError):
        raise of
    return of


def choose_kind(label: str) -> None:
    """Offer the kinds of convolution; one of them is always chosen."""
    st.segmented_control(label, list(ConvolutionKind), key="kind", required=True, persist_state="session")
