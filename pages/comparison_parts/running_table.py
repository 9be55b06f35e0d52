"""What it takes to run and to train what was counted: for a batch, in a number format, on a processor."""

from collections.abc import Sequence

import streamlit as st

from engine import Cost
from engine.devices import NumberFormat
from engine.running import running, training
from pages.comparison_parts.numbers import short
from sharing.comparison import ComparisonState

NO_PEAK = "{device} has no peak for {numbers} in print."
AT_LEAST = "at least {time}"
BOUND = (
    "The time is a bound, which no program beats that runs layer by layer: each takes the longer of its flops at the "
    "peak of {device} and its bytes at its bandwidth ({source}). Real programs take longer, small layers many times."
)
NOT_TRAINED = "int8 is for running a network: nothing is trained in it."
Rows = list[dict[str, str]]


def show_running(state: ComparisonState, costs: Sequence[Cost], saved: int, peak: int) -> None:
    """Show what layers of these costs take, with so many values saved for training and so many held at once."""
    device = state.processor()
    left, right = st.columns(2)
    with left:
        st.markdown("**To run it**")
        st.table(running_rows(state, costs, peak), hide_index=True)
    with right:
        st.markdown("**To train it**, a step with Adam")
        if state.numbers is NumberFormat.INT8:
            st.markdown(NOT_TRAINED)
        else:
            st.table(training_rows(state, costs, saved), hide_index=True)
    st.caption(BOUND.format(device=device.title, source=device.source))


def running_rows(state: ComparisonState, costs: Sequence[Cost], peak: int) -> Rows:
    """What one pass takes, each count with what is counted."""
    device, batch, size = state.processor(), state.batch, state.number_bytes()
    runs = [running(one, batch, state.numbers) for one in costs]
    bounds = [run.least_seconds(device, state.numbers) for run in runs]
    known = [bound for bound in bounds if bound is not None]
    if len(known) == len(runs):
        time = AT_LEAST.format(time=written_time(sum(known)))
    else:
        time = NO_PEAK.format(device=device.title, numbers=state.numbers)
    return [
        _row("flops", f"{sum(run.flops for run in runs):,}", "two for each mult-add"),
        _row("weights", _bytes(sum(run.weight_bytes for run in runs)), "read once for the whole batch"),
        _row("values moved", _bytes(sum(run.activation_bytes for run in runs)), "read and written by each layer"),
        _row(
            "held at once",
            _bytes(batch * size * peak),
            "what a layer reads and makes, and later ones read",
        ),
        _row("time", time, "the roofline's bound"),
    ]


def training_rows(state: ComparisonState, costs: Sequence[Cost], saved: int) -> Rows:
    """What one step of training takes, each count with what is counted."""
    step = training(sum(costs, Cost()), saved, state.batch, state.numbers)
    return [
        _row("forward flops", f"{step.forward_flops:,}", "as when it runs"),
        _row("backward flops", f"{step.backward_flops:,}", "twice as many: for the input's gradient and the weights'"),
        _row("flops", f"{step.flops:,}", "both"),
        _row("weights", _bytes(step.weight_bytes), "parameters"),
        _row("gradients", _bytes(step.gradient_bytes), "one for each parameter"),
        _row("Adam", _bytes(step.adam_bytes), "two numbers for each parameter, in fp32"),
        _row("saved values", _bytes(step.saved_bytes), "kept from the forward pass for the backward one"),
        _row("held in all", _bytes(step.held_bytes), "the four together"),
    ]


def _row(count: str, number: str, what: str) -> dict[str, str]:
    return {"count": count, "number": number, "what is counted": what}


def _bytes(count: int) -> str:
    """Bytes in full where they are few, and else in short."""
    return f"{count:,} B" if count < 10**6 else short(count, "B")


def written_time(seconds: float) -> str:
    """Write a time in three digits.

    >>> written_time(0.00123), written_time(2.5e-8), written_time(70)
    ('1.23 ms', '0.025 µs', '70 s')
    """
    for size, unit in ((1.0, "s"), (1e-3, "ms")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"
