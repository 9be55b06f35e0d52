"""The controls of the page on which a kernel is learned: what is known in the sidebar, how it is learned beside it."""

from enum import StrEnum
from typing import Any

import streamlit as st

from engine import LayerError, Run, curvature
from pages.shared.example_choice import choose_example
from pages.shared.faults import Fault, find_fault, show_fault
from pages.shared.labels import label_of, option_label
from pages.shared.late_values import appear, changed, pressed, send_all
from pages.shared.layer_controls import choose_up_to, show_rows
from pages.shared.walking import offer_way
from sharing.examples import Example
from sharing.learning import RATES_IN_ONE, GivenInput, LearningState, OptimizerName, WantedOutput
from sharing.learning_examples import LESSONS
from sharing.matrices import write
from stage.number_text import write_number

INPUT_SIZE = ("height", "width")
KERNEL_SIZE = ("kernel_height", "kernel_width")
LAST = ("noise", "seed")
RATES = (*range(1, 10), *range(10, 1000, 10), *range(1000, RATES_IN_ONE + 1, 500))
_HELP = "A line a row; an empty line between channels; --- between images, or filters."
USE_BEST = "Best: {rate}"
WHY_BEST = "Use the rate with which the slowest error shrinks fastest"


def fault_of(state: LearningState) -> Fault | None:
    """Return what is wrong of a state, or None."""
    try:
        state.lesson()
    except LayerError as error:
        return find_fault(state, error, LearningState.lesson)
    return None


def show_task_controls(state: LearningState, fault: Fault | None) -> Example | None:
    """Show in the sidebar what is known; return the example that it is, if it is one."""
    idle = state.idle()
    chosen = choose_example(state, LESSONS)
    _choose_source(state, "given", GivenInput)
    _row(state, INPUT_SIZE, fault)
    _text("input_text", idle, fault)
    _choose_source(state, "wanted", WantedOutput)
    _row(state, KERNEL_SIZE, fault)
    _text("kernel_text", idle, fault)
    _text("wanted_text", idle, fault)
    _row(state, LAST, fault)
    return chosen


def show_run_controls(state: LearningState, run: Run | None, fault: Fault | None) -> None:
    """Show how the kernel is learned: the optimizer, its rate with a way to the best one, and how many steps."""
    optimizer, rate, best, steps = st.columns([3, 5, 2, 2], vertical_alignment="bottom")
    appear("optimizer")
    optimizer.selectbox(
        label_of("optimizer"),
        list(OptimizerName),
        format_func=lambda name: option_label(name, state.page),
        key="optimizer",
        persist_state="session",
    )
    appear("learning_rate")
    rates = sorted({*RATES, state.learning_rate})
    rate.select_slider(
        label_of("learning_rate"),
        rates,
        value=state.learning_rate,
        format_func=lambda one: write_number(one / RATES_IN_ONE),
        key="learning_rate",
        persist_state="session",
    )
    with best:
        if run is not None:
            _offer_best_rate(state, run)
    appear("steps")
    steps.number_input(label_of("steps"), key="steps", value=None, step=1, persist_state="session")
    with steps:
        show_fault(fault, "steps", ["steps"])


def _offer_best_rate(state: LearningState, run: Run) -> None:
    """Offer the rate at which plain descent is fastest, where it is not chosen already."""
    bends = curvature(run.task)
    best = round(bends.best_rate * RATES_IN_ONE) if bends.values[0] else 0
    if state.optimizer is OptimizerName.SGD and 1 <= best <= RATES_IN_ONE and best != state.learning_rate:
        label = USE_BEST.format(rate=write_number(best / RATES_IN_ONE))
        st.button(label, key="best_rate", help=WHY_BEST, on_click=pressed(lambda: send_all({"learning_rate": best})))


def choose_step(state: LearningState, run: Run) -> None:
    """Choose the step that is shown, by buttons or by a slider."""
    most = len(run.steps)
    buttons, slider = st.columns([2, 5], vertical_alignment="bottom")
    with buttons.container(key="step_buttons", horizontal=True, gap="small"):
        offer_way("Step back", ":material/arrow_back:", "step", state.step - 1, state.step > 1)
        offer_way("Next step", ":material/arrow_forward:", "step", state.step + 1, state.step < most)
    with slider:
        choose_up_to(label_of("step"), most, "step", least=1)


def _choose_source(state: LearningState, name: str, options: type[StrEnum]) -> None:
    """Choose where X or Y comes from."""
    appear(name)
    st.sidebar.selectbox(
        label_of(name),
        list(options),
        format_func=lambda option: option_label(option, state.page),
        key=name,
        persist_state="session",
        on_change=changed(name, lambda: _begin_typing(name)),
    )


def _begin_typing(name: str) -> None:
    """Let the numbers that are typed from now on begin as those that were shown, where none are typed yet."""
    session: Any = st.session_state
    text = "input_text" if name == "given" else "wanted_text"
    if session[name] != GivenInput.TYPED or session[text]:
        return
    try:
        before = LearningState(**session["left"][LearningState.page]).lesson().task
    except LayerError:
        return  # nothing was shown
    send_all({text: write(before.inputs if name == "given" else before.wanted)})


def _row(state: LearningState, row: tuple[str, ...], fault: Fault | None) -> None:
    idle = state.idle()
    show_rows(state, [tuple(name for name in row if name not in idle)], fault)


def _text(name: str, idle: set[str], fault: Fault | None) -> None:
    """A text area in a place of its own, whether it has anything to say at present or not."""
    with st.sidebar.container():
        if name not in idle:
            appear(name)
            st.text_area(label_of(name), key=name, height=110, help=_HELP, persist_state="session")
            show_fault(fault, name, [name])
