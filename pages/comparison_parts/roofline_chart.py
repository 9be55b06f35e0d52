"""The roofline: how many flops a second each layer attains, over how many it does for each byte.

Source: Williams, Waterman and Patterson, "Roofline: an insightful visual performance model" (2009).
"""

from math import log10
from typing import Any

from pages.comparison_parts.measuring import Result, Timed
from pages.shared.charts import BLUE, GREEN, GREY, ORANGE, PURPLE, axis, layout, show

_COLOURS = {"standard": ORANGE, "depthwise": BLUE, "pointwise": PURPLE, "separable": GREEN}


def show_roofline(result: Result, shape: str, reference_shape: str) -> None:
    """Draw what this machine can do, and where each layer stands: full marks for the job, rings for the reference."""
    every = (*result.job, *result.reference)
    at = [one.flops / one.bytes for one in every]
    first, last = min(0.5, *at) / 1.5, max(100.0, *at) * 1.5
    ridge = result.peak_flops / result.peak_bytes
    corners = sorted({first, min(max(ridge, first), last), last})
    lowest = min(min(one.attained for one in every), result.peak_bytes * first)
    roof: dict[str, Any] = {
        "type": "scatter",
        "name": "at most",
        "mode": "lines",
        "x": corners,
        "y": [min(result.peak_flops, result.peak_bytes * x) for x in corners],
        "line": {"color": GREY, "width": 2},
        "hovertemplate": "%{y:.3s}flops/s at most<extra></extra>",
    }
    chart_layout = layout(
        340,
        axis("flops for each byte", type="log", range=[log10(first), log10(last)], dtick=1),
        axis(
            "flops a second",
            type="log",
            range=[log10(lowest / 2), log10(result.peak_flops * 2)],
            dtick=1,
            tickformat="~s",
        ),
        showlegend=True,
        legend={"orientation": "h", "y": 1.03, "yanchor": "bottom", "x": 0},
        margin={"l": 62, "r": 12, "t": 62, "b": 48},
    )
    data = [
        roof,
        *(_mark(one, shape, "circle") for one in result.job),
        *(_mark(one, reference_shape, "circle-open") for one in result.reference),
    ]
    attained = ", ".join(f"{one.name} {one.attained:.3g}" for one in result.job)
    show("roofline", data, chart_layout, f"Flops a second over flops for each byte: {attained}")


def _mark(timed: Timed, shape: str, symbol: str) -> dict[str, Any]:
    colour = _COLOURS[timed.name]
    return {
        "type": "scatter",
        "name": timed.name,
        "mode": "markers",
        "x": [timed.flops / timed.bytes],
        "y": [timed.attained],
        "marker": {"color": colour, "symbol": symbol, "size": 12, "line": {"width": 2, "color": colour}},
        "showlegend": symbol == "circle",
        "hovertemplate": f"{timed.name}, {shape}: %{{y:.3s}}flops/s at %{{x:.3g}} a byte<extra></extra>",
    }
