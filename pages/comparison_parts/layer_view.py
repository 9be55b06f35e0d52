"""One job, every kind: the chart, what a separable layer saves, the table and the formulas."""

import streamlit as st

from engine import ConvolutionKind, Costed, Formula, LayerError, every_kind, formulas
from pages.comparison_parts.controls import choose_job, choose_kind
from pages.comparison_parts.kinds_chart import Done, show_kinds
from pages.comparison_parts.kinds_table import rows_of, show_table
from pages.comparison_parts.numbers import times
from pages.comparison_parts.saving_chart import explain_saving, show_saving
from pages.shared.plain_text import escaped
from sharing.comparison import ComparisonState, Measure, Scale


def show_layer_view(state: ComparisonState) -> None:
    """Show what each kind of convolution costs for the job of a state; LayerError where there is no job."""
    example = choose_job(state)
    job = state.job()
    done = every_kind(job)
    with st.container(key="message"):
        said = verdict(done)
        st.markdown(f"{said}  \n{example.look_for}" if example else said)
    left, right = st.columns(2)
    with left:
        show_measures()
        show_kinds(done, state.measure, state.scale, state.kind)
    with right:
        st.markdown("**Standard against separable**, over the output channels")
        show_saving(job)
    explain_saving(job)
    other_sizes = differing(done)
    if other_sizes:
        st.markdown(other_sizes)
    show_table(rows_of(done))
    show_formulas(state, done)


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
        st.info(escaped(str(of)))


def _written(line: Formula) -> str:
    value = f"{line.value:,}" if isinstance(line.value, int) else f"{line.value:,.2f}"
    return f"**{line.quantity}** = {line.words} = {line.numbers} = **{value}**"
