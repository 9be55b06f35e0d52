"""The page on which a kernel is learned: descent on the squared error, each step of it with all its numbers."""

from dataclasses import replace

import streamlit as st

from pages.learn_a_kernel_parts.charts import show_bowl, show_losses
from pages.learn_a_kernel_parts.code import torch_code
from pages.learn_a_kernel_parts.controls import (
    choose_step,
    show_run_controls,
    show_task_controls,
)
from pages.learn_a_kernel_parts.step_view import show_step, weight_names
from pages.learn_a_kernel_parts.words import came_words, rate_words
from pages.shared.address import follow
from pages.shared.faults import fault_in
from pages.shared.late_values import send_all
from pages.shared.maps import show_maps
from pages.shared.offer_code import offer_code
from pages.shared.path_bar import show_path_bar
from pages.shared.plain_heading import show_plain_heading
from pages.shared.plain_text import escaped
from pages.shared.problems import show_problems
from pages.shared.session import enter, leave_behind
from sharing.learning import LearningState, WantedOutput

TITLE = "How a kernel is learned"

enter(LearningState)
state = show_plain_heading(LearningState, TITLE)
fault = fault_in(state, LearningState.lesson)
lesson = None if fault else state.lesson()
run = None if lesson is None else state.run(lesson)
if run is not None and state.step > len(run.steps):
    state = replace(state, step=len(run.steps))
    send_all({"step": state.step})
leave_behind(state)
link = follow(state)
show_path_bar(state)
show_problems(link)
example = show_task_controls(state, fault)
show_run_controls(state, run, fault)
with st.container(key="message"):
    if fault is not None:
        st.error(escaped(fault.sentence))
    elif run is not None:
        st.markdown("  \n".join([*([example.look_for] if example else []), rate_words(run)]))
if lesson is not None and run is not None:
    left, right = st.columns(2)
    with left:
        st.markdown(came_words(run))
        show_losses(run, state.step)
    with right:
        st.markdown("**The bowl of the loss**, and the path in it: rings of equal loss, × the best kernel")
        show_bowl(run, state.step, weight_names(run))
    choose_step(state, run)
    show_step(run, state.step)
    if state.wanted is WantedOutput.HIDDEN and lesson.kernel is not None:
        with st.expander("Show the hidden kernel"):
            show_maps({f"kernel[{channel}]": one for channel, one in enumerate(lesson.kernel[0])})
    offer_code("PyTorch", torch_code(state, lesson), "learn_a_kernel.py")
