"""The saving as a picture: the area that a standard layer multiplies, and the two strips of a separable one."""

from math import prod
from typing import Any

from engine import Job
from pages.comparison_parts.numbers import area_name
from pages.shared.charts import BLUE, GREEN, GREY, axis, layout, show

_THINNEST = 0.005  # of the whole width: a strip that is thinner could not be seen
_WORDS = 0.42  # of the highest shape: room above each of the two for its words


def show_areas(job: Job) -> None:
    """Draw k² · C_out as a rectangle and under it, at the same scale, the strips k² and C_out.

    k² are the kernel's taps. An area is the mult-adds that a layer takes for one output pixel of one input channel.
    """
    taps, channels, multiplier = prod(job.kernel), job.out_channels, job.depth_multiplier
    area = area_name(job.kernel)
    standard, depthwise, pointwise = taps * channels, taps * multiplier, channels * multiplier
    strip = max(multiplier, _THINNEST * channels)
    highest = max(taps, multiplier)
    room = _WORDS * highest
    upper = highest + room  # where the standard layer's rectangle stands
    shapes = [
        _rectangle((strip, strip + channels), (upper, upper + taps), GREY),
        _rectangle((0, strip), (0, taps), GREEN),
        _rectangle((strip, strip + channels), (0, multiplier), BLUE),
    ]
    both = f"{_coloured('depthwise', GREEN)} {area} + {_coloured('pointwise', BLUE)} C_out"
    if multiplier > 1:
        both = f"{_coloured('depthwise', GREEN)} m · {area} + {_coloured('pointwise', BLUE)} m · C_out"
    words = [
        _words(strip, upper + taps, f"standard {area} · C_out = {taps:,} · {channels:,} = <b>{standard:,}</b>"),
        _words(2 * strip, highest, f"{both} = {depthwise:,} + {pointwise:,} = <b>{depthwise + pointwise:,}</b>"),
    ]
    chart_layout = layout(
        190,
        axis("", range=[0, strip + channels], visible=False),
        axis("", range=[0, upper + taps + room], visible=False),
        margin={"l": 8, "r": 8, "t": 0, "b": 4},
        shapes=shapes,
        annotations=words,
    )
    # A chart without a trace has no axes.
    data = [{"type": "scatter", "x": [0], "y": [0], "mode": "markers", "marker": {"opacity": 0}, "hoverinfo": "skip"}]
    alt = (
        "Mult-adds for each output pixel of each input channel, as areas: "
        f"standard {standard:,}, separable {depthwise + pointwise:,}"
    )
    show("areas", data, chart_layout, alt)


def _coloured(word: str, colour: str) -> str:
    return f'<span style="color:{colour}">■</span> {word}'


def _rectangle(across: tuple[float, float], up: tuple[float, float], colour: str) -> dict[str, Any]:
    edges = {"x0": across[0], "x1": across[1], "y0": up[0], "y1": up[1]}
    return {"type": "rect", **edges, "fillcolor": colour, "line": {"width": 0}}


def _words(left: float, bottom: float, text: str) -> dict[str, Any]:
    return {
        "x": left,
        "y": bottom,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "yshift": 2,
    }
