"""The chart of one job: a bar for each kind of convolution that does it."""

from collections.abc import Callable
from math import ceil, floor, log10
from typing import Any

import streamlit as st

from engine import ConvolutionKind, Cost, Costed, LayerError, Shortfall
from pages.comparison_parts.numbers import short
from pages.shared.charts import BLUE, GREY, ORANGE, axis, layout, show_clickable
from pages.shared.late_values import pressed
from sharing.comparison import Measure, Scale

Done = dict[ConvolutionKind, Costed | LayerError]

_ROOM = 1.5  # times the longest bar, for the numbers at the ends of the bars, on a phone too

MEASURES: dict[Measure, Callable[[Cost], float]] = {
    Measure.MACS: lambda cost: cost.macs,
    Measure.VALID_MACS: lambda cost: cost.valid_macs,
    Measure.FLOPS: lambda cost: cost.flops,
    Measure.FLOPS_WITH_BIAS: lambda cost: cost.flops_with_bias,
    Measure.PARAMS: lambda cost: cost.params,
    Measure.WEIGHT_BYTES: lambda cost: cost.weight_bytes,
    Measure.ACTIVATION_BYTES: lambda cost: cost.input_bytes + cost.output_bytes,
    Measure.INTENSITY: lambda cost: cost.intensity,
}
"""What each measure reads from a cost."""


Shortfalls = dict[ConvolutionKind, Shortfall | None]
"""What each kind that can be made leaves out of the job; None for an alternative."""


def show_kinds(done: Done, shortfalls: Shortfalls, measure: Measure, scale: Scale, selected: ConvolutionKind) -> None:
    """Draw one measure of every kind, each bar with its number; a kind that cannot do the job has a word for a bar.

    Kinds that leave out a part of the job are grey. A click on a bar chooses its kind.
    """
    found = {kind: MEASURES[measure](of.cost) for kind, of in done.items() if isinstance(of, Costed)}
    kinds = list(done)
    values = [found.get(kind) for kind in kinds]
    data = {
        "type": "bar",
        "orientation": "h",
        "y": [kind.value for kind in kinds],
        "x": values,
        "text": [_written(value, found.get(ConvolutionKind.STANDARD), measure) for value in values],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": f"%{{y}}: %{{x:,}} {measure.value}<extra></extra>",
        "marker": {"color": [ORANGE if kind is selected else GREY if shortfalls.get(kind) else BLUE for kind in kinds]},
        # The chosen bar is orange already: the others need not fade.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    numbers = list(found.values())
    chart_layout = layout(
        270,
        axis(_title(measure), **_range(numbers, scale)),
        axis("", autorange="reversed"),
        annotations=[_missing(kind, scale, numbers) for kind in kinds if kind not in found],
        margin={"l": 84, "r": 8, "t": 6, "b": 48},
    )
    listed = ", ".join(f"{kind} {short(value)}" for kind, value in found.items())
    alt = f"{measure} of each kind of convolution: {listed}"

    def choose() -> None:
        points = st.session_state["kinds"]["selection"]["points"]
        if points:
            st.session_state["kind"] = kinds[points[0]["point_index"]]

    show_clickable("kinds", [data], chart_layout, alt, pressed(choose))


def _written(value: float | None, standard: float | None, measure: Measure) -> str:
    """A bar's number, and how it compares with the standard layer's."""
    if value is None:
        return ""
    number = short(value, "B" if measure in (Measure.WEIGHT_BYTES, Measure.ACTIVATION_BYTES) else "")
    if not standard or not value or value == standard:
        return number
    ratio = standard / value
    return f"{number} (÷{ratio:.3g})" if ratio > 1 else f"{number} (×{1 / ratio:.3g})"


def _title(measure: Measure) -> str:
    return "intensity: flops for each byte moved" if measure is Measure.INTENSITY else measure.value


def _range(values: list[float], scale: Scale) -> dict[str, Any]:
    """A range that leaves room for the numbers at the ends of the bars."""
    most = max(values, default=1)
    if scale is Scale.LINEAR:
        return {"type": "linear", "range": [0, _ROOM * (most or 1)], "tickformat": "~s"}
    first = min(0, floor(log10(min(values, default=1))))
    span = max(1.0, log10(most) - first)
    # A mark at every power of ten, or at every second or third where there are many.
    return {"type": "log", "range": [first, first + _ROOM * span], "dtick": ceil(span / 6), "tickformat": "~s"}


def _missing(kind: ConvolutionKind, scale: Scale, values: list[float]) -> dict[str, Any]:
    first = _range(values, scale)["range"][0]
    return {
        "x": first,
        "y": kind.value,
        "text": "cannot do this job",
        "showarrow": False,
        "xanchor": "left",
        "xshift": 6,
        "font": {"color": GREY},
    }
