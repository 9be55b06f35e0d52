"""One job, every kind: the chart, what a separable layer saves, the table and the formulas."""

import streamlit as st

from engine import ConvolutionKind, Costed, Formula, Job, LayerError, Shortfall, every_kind, formulas, shortfall
from pages.comparison_parts.areas_chart import show_areas
from pages.comparison_parts.blocks_table import show_blocks
from pages.comparison_parts.controls import choose_job, choose_kind, made
from pages.comparison_parts.kinds_chart import Done, Shortfalls, show_kinds
from pages.comparison_parts.kinds_table import rows_of, show_table
from pages.comparison_parts.numbers import times
from pages.comparison_parts.saving_chart import explain_saving, show_saving
from pages.shared.faults import in_words_of_controls
from pages.shared.plain_text import escaped
from sharing.comparison import ComparisonState, Measure, Scale
from sharing.link import VERSION

STAGES = {
    ConvolutionKind.STANDARD: ("standard", "channels"),
    ConvolutionKind.GROUPED: ("grouped", "two-groups"),
    ConvolutionKind.DEPTHWISE: ("grouped", "depthwise"),
    ConvolutionKind.POINTWISE: ("separable", "pointwise"),
    ConvolutionKind.SEPARABLE: ("separable", "separable"),
    ConvolutionKind.TRANSPOSED: ("transposed", "simplest"),
}
"""The page and the preset on which a small layer of each kind is played."""

SEE_AT_WORK = "See a {kind} layer at work"
WITH_GROUPS = "The grouped layer has {groups:,} groups, and so has the transposed one."
LEFT_OUT = {
    Shortfall.MIXES_NO_CHANNELS: "A {kind} layer mixes no channels: each output channel reads one input channel.",
    Shortfall.READS_ONE_PIXEL: "A {kind} layer reads one pixel at a time: it sees no edge and no shape.",
    Shortfall.MAKES_ANOTHER_SIZE: "A {kind} layer makes an output of another size.",
}


def show_layer_view(state: ComparisonState) -> None:
    """Show what each kind of convolution costs for the job of a state; LayerError where there is no job."""
    example = choose_job(state, lambda job: made(ConvolutionKind.STANDARD, job))
    job = state.job()
    shortfalls = shortfalls_of(job)
    done = alternatives_first(every_kind(job), shortfalls)
    with st.container(key="message"):
        said = verdict(done)
        st.markdown(f"{said}  \n{example.look_for}" if example else said)
    left, right = st.columns(2)
    with left:
        show_measures()
        show_kinds(done, shortfalls, state.measure, state.scale, state.kind)
        say_what_is_left_out(shortfalls)
        if job.groups > 1:
            st.caption(WITH_GROUPS.format(groups=job.groups))
    with right:
        st.markdown("**Standard against separable**, over the output channels")
        show_saving(job)
    st.markdown("**The same saving as areas**: mult-adds for each output pixel of each input channel")
    show_areas(job)
    explain_saving(job)
    other_sizes = differing(done)
    if other_sizes:
        st.markdown(other_sizes)
    show_table(rows_of(done))
    show_blocks(job)
    show_formulas(state, done)


def shortfalls_of(job: Job) -> Shortfalls:
    """What each kind that can be made leaves out of a job."""
    found = every_kind(job)
    return {kind: shortfall(kind, job) for kind, of in found.items() if isinstance(of, Costed)}


def alternatives_first(done: Done, shortfalls: Shortfalls) -> Done:
    """The kinds that do the whole job before those that do a part of it, and those that cannot be made last."""

    def rank(kind: ConvolutionKind) -> int:
        return 2 if kind not in shortfalls else 1 if shortfalls[kind] else 0

    return {kind: done[kind] for kind in sorted(done, key=rank)}


def say_what_is_left_out(shortfalls: Shortfalls) -> None:
    """Say of each grey bar what its layer does not do."""
    lines = [LEFT_OUT[found].format(kind=kind) for kind, found in shortfalls.items() if found]
    if lines:
        st.caption(" ".join(["Grey bars are no alternatives.", *lines]))


def show_measures() -> None:
    """Show the controls of the chart."""
    which, scale = st.columns([3, 2], vertical_alignment="bottom")
    which.selectbox("Compare", list(Measure), key="measure", label_visibility="collapsed", persist_state="session")
    scale.segmented_control(
        "Scale", list(Scale), key="scale", required=True, label_visibility="collapsed", persist_state="session"
    )


def verdict(done: Done) -> str:
    """What it comes to in a sentence: the separable layer against the standard one, or why there is no standard one."""
    standard, separable = done[ConvolutionKind.STANDARD], done[ConvolutionKind.SEPARABLE]
    if isinstance(standard, LayerError):
        raise standard
    if isinstance(separable, LayerError):
        raise separable
    one, other = standard.cost, separable.cost
    return (
        f"Standard takes {one.macs:,} mult-adds for this job, depthwise separable {other.macs:,}: "
        f"**{times(one.macs / other.macs)}**. It has {other.params:,} parameters for {one.params:,}: "
        f"**{times(one.params / other.params)}**."
    )


def differing(done: Done) -> str:
    """Say which kinds make an output of another size with the same numbers, and so do another job; or nothing."""
    sizes = {kind: of.output_size for kind, of in done.items() if isinstance(of, Costed)}
    asked = sizes[ConvolutionKind.STANDARD]
    others = [f"{kind} makes {size[0]:,}×{size[1]:,}" for kind, size in sizes.items() if size != asked]
    if not others:
        return ""
    return f"Not quite the same job: {' and '.join(others)} of it, where standard makes {asked[0]:,}×{asked[1]:,}."


def show_formulas(state: ComparisonState, done: Done) -> None:
    """Show how the counts of the selected kind come about, with its numbers."""
    choose_kind("Formulas of")
    of = done[state.kind]
    if isinstance(of, Costed):
        st.markdown("  \n".join(map(_written, formulas(of.layer, state.height, state.width))))
    else:
        st.info(escaped(str(in_words_of_controls(state, of))))
    page, preset = STAGES[state.kind]
    st.page_link(
        f"pages/{page}.py",
        label=SEE_AT_WORK.format(kind=state.kind),
        icon=":material/play_circle:",
        query_params={"v": VERSION, "preset": preset},
    )


def _written(line: Formula) -> str:
    value = f"{line.value:,}" if isinstance(line.value, int) else f"{line.value:,.2f}"
    sign = "=" if float(value.replace(",", "")) == line.value else "≈"
    return f"**{line.quantity}** = {line.words} = {line.numbers} {sign} **{value}**"
