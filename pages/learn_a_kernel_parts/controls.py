"""The controls of the page on which a kernel is learned: what is known in the sidebar, how it is learned beside it."""

from typing import Any

import streamlit as st

from engine import LayerError, Run, curvature
from pages.shared.example_choice import choose_example
from pages.shared.faults import Fault, show_fault
from pages.shared.labels import label_of
from pages.shared.late_values import appear, pressed, send_all
from pages.shared.layer_controls import choose_up_to, show_control, show_rows, show_text
from pages.shared.rate_slider import choose_rate
from pages.shared.walking import offer_way
from sharing.examples import Example
from sharing.learning import GivenInput, LearningState
from sharing.learning_examples import LESSONS
from sharing.matrices import write
from sharing.optimizers import RATES_IN_ONE, OptimizerName
from stage.number_text import write_number

INPUT_SIZE = ("height", "width")
KERNEL_SIZE = ("kernel_height", "kernel_width")
LAST = ("noise", "seed")
_HELP = "A line a row; an empty line between channels; --- between images, or filters."
USE_BEST = "Best: {rate}"
WHY_BEST = "Use the rate with which the slowest error shrinks fastest"


def show_task_controls(state: LearningState, fault: Fault | None) -> Example | None:
    """Show in the sidebar what is known; return the example that it is, if it is one."""
    chosen = choose_example(state, LESSONS)
    show_control(st.sidebar, state, "given", lambda: _begin_typing("given"))
    show_rows(state, [INPUT_SIZE], fault)
    show_text(state, "input_text", fault, _HELP)
    show_control(st.sidebar, state, "wanted", lambda: _begin_typing("wanted"))
    show_rows(state, [KERNEL_SIZE], fault)
    show_text(state, "kernel_text", fault, _HELP)
    show_text(state, "wanted_text", fault, _HELP)
    show_rows(state, [LAST], fault)
    return chosen


def show_run_controls(state: LearningState, run: Run | None, fault: Fault | None) -> None:
    """Show how the kernel is learned: the optimizer, its rate with a way to the best one, and how many steps."""
    optimizer, rate, best, steps = st.columns([3, 5, 2, 2], vertical_alignment="bottom")
    show_control(optimizer, state, "optimizer")
    with rate:
        choose_rate(state.learning_rate)
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
