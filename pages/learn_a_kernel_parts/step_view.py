"""One step of a run in four stages: forward, the error, the gradient of the kernel, and the update."""

from dataclasses import replace

import streamlit as st

from engine import LearningStep, Run
from engine.arrays import Floats
from engine.messages import fill
from kinds.gradients.state import GradientsState, Loss
from kinds.registry import PRESETS
from pages.learn_a_kernel_parts.words import TEMPLATES, example_words, loss_text, update_words
from pages.shared.maps import show_maps
from sharing.link import encode
from sharing.matrices import LARGEST_VALUE
from sharing.page_state import Values
from sharing.roles import INPUT, KERNEL, WANTED
from sharing.values import as_text

PLAY = "Play this step’s gradient multiply by multiply"


def show_step(run: Run, number: int) -> None:
    """Show a step, counted from 1; of a batch its first image."""
    step, task = run.steps[number - 1], run.task
    if len(task.inputs) > 1:
        st.caption(fill(TEMPLATES["first_of"], {"images": len(task.inputs)}))
    upper = st.columns(2)
    with upper[0].container(key="stage_forward"):
        st.markdown(TEMPLATES["forward"])
        show_maps(_images("X", task.inputs) | _kernels("kernel", step.weight) | _images("output", step.output))
    with upper[1].container(key="stage_error"):
        st.markdown(fill(TEMPLATES["error"], {"loss": loss_text(step.loss)}))
        show_maps(_images("wanted Y", task.wanted) | _images("output − Y", step.error))
    lower = st.columns(2)
    with lower[0].container(key="stage_gradient"):
        st.markdown(TEMPLATES["gradient"])
        show_maps(_images("dL/dY", step.grad_output) | _kernels("dL/dK", step.gradient))
        _offer_stage(run, step)
    with lower[1].container(key="stage_update"):
        st.markdown(f"{update_words(run)} {example_words(run, step)}")
        show_maps(
            _kernels("kernel", step.weight)
            | _kernels("change", step.change)
            | _kernels("kernel after", step.weight_after)
        )


def weight_names(run: Run) -> list[str]:
    """What each weight is called, in the order of `weight.ravel()`."""
    filters, channels, rows, columns = run.task.layer.weight_shape
    if (filters, channels, rows) == (1, 1, 1) or (filters, channels, columns) == (1, 1, 1):
        return [f"k{'₁₂₃₄₅'[place]}" for place in range(rows * columns)]
    places = [
        (*([one] if filters > 1 else []), *([channel] if channels > 1 else []), row, column)
        for one in range(filters)
        for channel in range(channels)
        for row in range(rows)
        for column in range(columns)
    ]
    return [f"k[{', '.join(map(str, place))}]" for place in places]


def _images(name: str, batch: Floats) -> dict[str, Floats]:
    """The channels of the first image of a batch, by their names."""
    first = batch[0]
    return {name if len(first) == 1 else f"{name}[{channel}]": one for channel, one in enumerate(first)}


def _kernels(name: str, weight: Floats) -> dict[str, Floats]:
    """The slices of a weight, by their names."""
    if weight.shape[:2] == (1, 1):
        return {name: weight[0, 0]}
    return {
        f"{name}[{one}, {channel}]": values
        for one, of_filter in enumerate(weight)
        for channel, values in enumerate(of_filter)
    }


def gradients_state(run: Run, step: LearningStep) -> GradientsState | None:
    """The state of the page of gradients that plays a step; None for a batch, or numbers too large for a text."""
    task = run.task
    numbers = (*task.inputs.ravel(), *task.wanted.ravel(), *step.weight.ravel())
    if len(task.inputs) > 1 or max(map(abs, numbers)) > LARGEST_VALUE:
        return None
    x, wanted = task.inputs[0], task.wanted[0]
    filters, channels, rows, columns = step.weight.shape
    opening: GradientsState = PRESETS[GradientsState.page]["squared-error"].state
    return replace(
        opening,
        in_channels=channels,
        out_channels=filters,
        height=x.shape[1],
        width=x.shape[2],
        kernel_height=rows,
        kernel_width=columns,
        loss=Loss.SQUARED_ERROR,
        values=Values.TYPED,
        input_text=as_text(INPUT, x),
        kernel_text=as_text(KERNEL, step.weight),
        wanted_text=as_text(WANTED, wanted),
    )


def _offer_stage(run: Run, step: LearningStep) -> None:
    state = gradients_state(run, step)
    if state is not None:
        st.page_link("pages/gradients.py", label=PLAY, icon=":material/play_circle:", query_params=encode(state))
