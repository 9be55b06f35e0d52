"""The counts that people argue about, each under its own name, and what each common tool would print."""

import streamlit as st

from engine import (
    Conv2d,
    ConvolutionKind,
    ConvTranspose2d,
    Costed,
    LayerError,
    Printed,
    SeparableConv2d,
    printed_by_tools,
    stack,
)
from engine.convolution_kinds import ConvolutionLayer
from engine.messages import fill
from engine.running import peak_values, saved_values
from pages.comparison_parts.controls import choose_job, choose_kind, choose_running, made
from pages.comparison_parts.running_table import show_running
from pages.shared.faults import in_words_of_controls
from pages.shared.plain_text import escaped
from sharing.comparison import ComparisonState

NONE_IS_WRONG = (
    "One layer, and every tool another number. None of them is wrong: they count different things, and few say which."
)
SOME_ARE_WRONG = "One layer, and every tool another number. Most only count different things; wrong here: {wrong:list}."
TOOL = "{tool} {version}"
WRONG_RULE = "**wrong here**: {rule}"


def show_counts_view(state: ComparisonState) -> None:
    """Show the counts of the selected kind beside what tools print for it; LayerError where there is no job."""
    choose_job(state, lambda job: made(state.kind, job))
    choose_running(state)
    job = state.job()
    message = st.container(key="message")
    choose_kind("Counts of")
    try:
        of = made(state.kind, job)
    except LayerError as error:
        st.info(escaped(str(in_words_of_controls(state, error))))
        return
    printed = printed_by_tools(of.layer, job.height, job.width)
    with message:
        st.markdown(_verdict(printed))
    left, right = st.columns([2, 3])
    with left:
        st.markdown("**The counts, kept apart**")
        st.table(_counts(of, state.kind), hide_index=True)
    with right:
        st.markdown("**What each tool would print**")
        st.table([_printed(one) for one in printed], hide_index=True)
    if state.kind is ConvolutionKind.TRANSPOSED:
        rows, columns = of.output_size
        st.markdown(
            "A transposed layer stamps each weight once for each **input** position, "
            f"{job.height:,} · {job.width:,} of them. A tool that multiplies its weights by the "
            f"{rows:,} · {columns:,} output positions says {rows * columns / (job.height * job.width):.3g} times that."
        )
    done = stack(parts(of.layer), (job.in_channels, job.height, job.width))
    show_running(state, [one.cost for one in done], saved_values(done), peak_values(done))


def parts(layer: ConvolutionLayer) -> tuple[Conv2d | ConvTranspose2d, ...]:
    """The convolutions that a layer is made of, one after the other."""
    return (layer.depthwise, layer.pointwise) if isinstance(layer, SeparableConv2d) else (layer,)


def _verdict(printed: tuple[Printed, ...]) -> str:
    """Whether the tools only count different things, or which of them are wrong about this layer."""
    wrong = [TOOL.format(tool=one.tool, version=one.version) for one in printed if not one.is_right]
    return fill(SOME_ARE_WRONG, {"wrong": wrong}) if wrong else NONE_IS_WRONG


def _printed(one: Printed) -> dict[str, str]:
    tool = one.tool.replace(".", ".\u200b")  # with a place to break, so that the other columns have room on a phone
    return {
        "tool": TOOL.format(tool=tool, version=one.version),
        "prints": f"{one.number:,} {one.label}",
        "because it counts": one.rule if one.is_right else WRONG_RULE.format(rule=one.rule),
    }


def _counts(of: Costed, kind: ConvolutionKind) -> list[dict[str, str]]:
    cost = of.cost
    positions = "input" if kind is ConvolutionKind.TRANSPOSED else "output"
    nothing = "cropped off" if kind is ConvolutionKind.TRANSPOSED else "on padding"
    return [
        {"count": name, "number": f"{number:,}", "what is counted": what}
        for name, number, what in (
            ("mult-adds", cost.macs, f"each weight once for each {positions} position, as papers do"),
            ("real-data mult-adds", cost.valid_macs, f"the same without the taps {nothing}, as XLA does"),
            ("flops", cost.flops, "a multiply and an add for each mult-add"),
            ("flops with bias", cost.flops_with_bias, "and one add more for each output with a bias"),
        )
    ]
