"""Theory against this machine: standard and separable timed here, and the roofline that says why they differ."""

from typing import Any

import streamlit as st

from engine import Job
from pages.comparison_parts.controls import choose_job
from pages.comparison_parts.measuring import REFERENCE, Result, Timed, measure
from pages.comparison_parts.numbers import short, times
from pages.comparison_parts.roofline_chart import show_roofline
from pages.comparison_parts.timing import check_can_be_timed
from pages.shared.heavy_work import LIMIT_SECONDS, TORCH_SECONDS, Ended, Work
from pages.shared.torch_installed import NO_TORCH, torch_is_installed
from pages.shared.waiting import begin_work, show_work
from sharing.comparison import ComparisonState

_KEY = "timing"
_LAST_ROUND = 0.25  # of the limit: the round that is under way comes to its end


def show_machine_view(state: ComparisonState) -> None:
    """Offer to time a job here, and show what came of it; LayerError where it cannot be timed."""
    choose_job(state, check_can_be_timed)
    job = state.job()
    check_can_be_timed(job)
    with st.container(key="message"):
        st.markdown(
            "Counts are one thing, seconds another. This times the standard and the separable layer on the machine "
            f"that serves this page, with torch, in float32: at most {LIMIT_SECONDS:g} seconds."
        )
    show_work(_KEY, lambda work: _show_timing(job, work))


def _show_timing(job: Job, work: Work | None) -> None:
    def begin() -> None:
        if torch_is_installed():
            seconds = (1 - _LAST_ROUND) * LIMIT_SECONDS
            begin_work(_KEY, job, measure, job, seconds, limit=LIMIT_SECONDS + TORCH_SECONDS)

    if st.button("Time it on this machine", on_click=begin) and not torch_is_installed():
        st.info(NO_TORCH)
    if work is None:
        return
    try:
        result: Result = work.result()
    except Ended as ended:
        st.info(str(ended))
        return
    if work.about != job:
        st.info("The layer has changed since it was timed. Time it again.")
    else:
        _show_result(job, result)


def _show_result(job: Job, result: Result) -> None:
    st.markdown(
        f"{compared(job, result.job)}  \n{compared(REFERENCE, result.reference)}  \n"
        f"Median of {_plural(result.rounds, 'round')}, {_plural(result.threads, 'thread')}, batch of one, "
        f"torch {result.torch}. At most {short(result.peak_flops, 'flops/s')} and {short(result.peak_bytes, 'B/s')} "
        f"were seen here.{_busy(result)}"
    )
    left, right = st.columns(2)
    with left:
        show_roofline(result, _shape(job), _shape(REFERENCE))
        st.caption(f"Discs are {_shape(job)}, rings {_shape(REFERENCE)}.")
    with right:
        pairs = [(job, one) for one in result.job] + [(REFERENCE, one) for one in result.reference]
        st.dataframe([_row(_shape(of), one) for of, one in pairs], hide_index=True, key="timed")
    st.markdown(
        "The slope is memory: so many flops for each byte that arrives. The flat part is arithmetic. A 3×3 depthwise "
        "layer does at most 2.25 flops a byte, so that the slope bounds it whatever its mult-adds are, and it may well "
        "stay under it; a small layer may stay above the slope when it fits into a cache, and far below everything "
        "when calling it takes longer than computing it."
    )


def _busy(result: Result) -> str:
    """A warning where so much else was running that the times say little about the layers."""
    if result.load <= result.threads:
        return ""
    return (
        f" The machine was **busy**: {result.load:.1f} processes wanted its "
        f"{_plural(result.threads, 'thread')}, which slows small layers down more than large ones."
    )


def compared(job: Job, timed: tuple[Timed, ...]) -> str:
    """What separable comes to against standard in a sentence: by its count, and as measured."""
    standard, separable = timed[0], timed[-1]
    counted = times(standard.flops / separable.flops, "times cheaper", "times dearer", "as dear as standard")
    measured = times(standard.seconds / separable.seconds, "times faster", "times slower", "as fast as standard")
    return (
        f"{_shape(job)}: by its count separable is **{counted}**; measured, **{measured}** "
        f"({_time(standard.seconds)} against {_time(separable.seconds)})."
    )


def _plural(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _shape(job: Job) -> str:
    return f"{job.in_channels:,}→{job.out_channels:,} at {job.height:,}×{job.width:,}"


def _time(seconds: float) -> str:
    return f"{1000 * seconds:.3g} ms" if seconds >= 0.001 else f"{1_000_000 * seconds:.3g} µs"


def _row(shape: str, timed: Timed) -> dict[str, Any]:
    return {
        "job": shape,
        "layer": timed.name,
        "median": _time(timed.seconds),
        "flops a byte": round(timed.flops / timed.bytes, 2),
        "flops a second": short(timed.attained),
    }
