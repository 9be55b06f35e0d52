"""What a separable layer saves: the curve over the output channels, its limit, and where it is the dearer one."""

from functools import cache
from math import log10, prod
from typing import Any

import streamlit as st

from engine import Job, break_even, saving, saving_limit
from engine.checks import Pair
from pages.comparison_parts.numbers import area_name, kernel_name, relation
from pages.shared.charts import BLUE, GREEN, GREY, ORANGE, PURPLE, axis, layout, show

KERNELS = ((1, 1), (3, 3), (5, 5), (7, 7))
COLOURS = (GREY, BLUE, GREEN, PURPLE)
MOST_CHANNELS = 2048
# Every number of channels while they are few, then six for each doubling: smooth, and little to send and draw.
_CHANNELS = sorted({*range(1, 9), *(round(8 * 2 ** (step / 6)) for step in range(49))})


@cache
def _curve(kernel_size: Pair, depth_multiplier: int) -> list[float]:
    return [float(saving(channels, kernel_size, depth_multiplier)) for channels in _CHANNELS]


def show_saving(job: Job) -> None:
    """Draw the saving over the output channels for each kernel, with the limits and this job's own point."""
    multiplier = job.depth_multiplier
    kernels = dict(zip(KERNELS, COLOURS, strict=True))
    kernels.setdefault(job.kernel, ORANGE)
    limits = [float(saving_limit(kernel_size, multiplier)) for kernel_size in kernels]
    here = float(saving(job.out_channels, job.kernel, multiplier))
    data = [
        _limits(limits),
        *(_kernel(kernel_size, multiplier, colour) for kernel_size, colour in kernels.items()),
        {
            "type": "scatter",
            "name": "this layer",
            "mode": "markers",
            "x": [job.out_channels],
            "y": [here],
            "marker": {"color": ORANGE, "size": 12, "line": {"color": "white", "width": 2}},
            "hovertemplate": "this layer: %{y:.3g} times<extra></extra>",
        },
        {
            "type": "scatter",
            "name": "ends",
            "mode": "text",
            "x": [MOST_CHANNELS] * len(kernels),
            "y": limits,
            "text": [f" k={kernel_name(size)}: {limit:.4g}" for size, limit in zip(kernels, limits, strict=True)],
            "textposition": "middle right",
            "textfont": {"color": list(kernels.values()), "size": 12},
            "cliponaxis": False,
            "hoverinfo": "skip",
        },
    ]
    lowest = min(0.5, here, *(_curve(kernel_size, multiplier)[0] for kernel_size in kernels))
    chart_layout = layout(
        270,
        axis("output channels", type="log", range=[0, log10(MOST_CHANNELS)], tickvals=[1, 8, 64, 512, 2048]),
        axis("times fewer mult-adds", type="log", range=[log10(lowest * 0.85), log10(max(limits) * 1.25)], dtick=1),
        margin={"l": 48, "r": 76, "t": 6, "b": 48},
    )
    show("saving", data, chart_layout, f"The saving over the output channels: this layer's is {here:.3g} times")


def _limits(limits: list[float]) -> dict[str, Any]:
    """A dotted line at each limit, and one where both layers cost the same."""
    x, y = [], []
    for limit in sorted({*limits, 1.0}):
        x += [1, MOST_CHANNELS, None]
        y += [limit, limit, None]
    line = {"color": GREY, "width": 1, "dash": "dot"}
    return {"type": "scatter", "name": "limits", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def _kernel(kernel_size: Pair, multiplier: int, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": f"k = {kernel_name(kernel_size)}",
        "mode": "lines",
        "x": _CHANNELS,
        "y": _curve(kernel_size, multiplier),
        "line": {"color": colour, "width": 2},
        "hovertemplate": f"k = {kernel_name(kernel_size)}, %{{x}} out: %{{y:.3g}} times<extra></extra>",
    }


def explain_saving(job: Job) -> None:
    """Work the saving out in numbers, and say where the separable layer is the dearer one."""
    channels, kernel, multiplier = job.out_channels, job.kernel, job.depth_multiplier
    area, taps = area_name(kernel), prod(kernel)
    here = saving(channels, kernel, multiplier)
    written = f"{float(here):.3g}"
    if multiplier == 1:
        words, numbers = f"1 / (1/C_out + 1/{area})", f"1 / (1/{channels:,} + 1/{taps})"
    else:
        words = f"1 / (m/C_out + m/{area})"
        numbers = f"1 / ({multiplier}/{channels:,} + {multiplier}/{taps})"
    limit = saving_limit(kernel, multiplier)
    limit_written = f"{float(limit):.4g}"
    verdict = "the separable layer is **dearer**" if here < 1 else "the two cost the same" if here == 1 else ""
    lines = [
        f"**Saving** = {words} = {numbers} {relation(here, written)} **{written}**"
        + (f": {verdict}." if verdict else "."),
        f"{_shares(area, multiplier)} As C_out grows, the saving nears {area if multiplier == 1 else f'{area}/m'} "
        f"{relation(limit, limit_written)} {limit_written} and never reaches it.",
        _dearer(kernel, multiplier),
    ]
    st.markdown("  \n".join(lines))


def _shares(area: str, multiplier: int) -> str:
    """What each layer multiplies, in the same measure: its parts add up to the saving's formula."""
    separable = (area, "C_out", f"{area} + C_out")
    if multiplier > 1:
        separable = (f"m · {area}", "m · C_out", f"m · ({area} + C_out)")
    return (
        "For each output pixel of each input channel, the depthwise layer takes {} mult-adds and the pointwise layer "
        "{}, together {}; the standard one takes {} · C_out."
    ).format(*separable, area)


def _dearer(kernel: Pair, multiplier: int) -> str:
    even = break_even(kernel, multiplier)
    written = kernel_name(kernel)
    with_multiplier = "" if multiplier == 1 else f" and depth multiplier {multiplier}"
    if even is None:
        return f"With k = {written}{with_multiplier} the separable layer is dearer, however many channels there are."
    at_most = (even.numerator - 1) // even.denominator
    return (
        f"With k = {written}{with_multiplier} it is dearer up to {at_most:,} output channel{'s' * (at_most != 1)}; "
        "with k = 1 it always is, because the standard layer is pointwise already."
    )
