"""Layers from the first to the last: a bar for what each costs, and over them a line for how much each sees."""

from dataclasses import dataclass
from typing import Any

from pages.shared.charts import GREEN, axis, layout, show

_SHORT = 10


@dataclass(frozen=True)
class Depth:
    """One layer of the chart: its number in the table, name, count, and receptive field (None: no matter of depth).

    `seen` says in words how much of the input one of its outputs sees.
    """

    number: int
    name: str
    count: int
    sees: int | None
    seen: str


def show_depths(key: str, layers: list[Depth], counted: str, colour: str, most: tuple[int, int] | None = None) -> None:
    """Draw the layers; `most` are the largest count and the largest field where two charts are to be compared.

    There is at least one layer.
    """
    numbers = [layer.number for layer in layers]
    most_count, most_seen = most or largest(layers)
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "name": counted,
            "x": numbers,
            "y": [layer.count for layer in layers],
            "text": [layer.name for layer in layers],
            "textposition": "none",
            "marker": {"color": colour},
            "hovertemplate": f"%{{x}}. %{{text}}: %{{y:,}} {counted}<extra></extra>",
        },
        {
            "type": "scatter",
            "name": "receptive field",
            "mode": "lines+markers",
            "connectgaps": True,
            "x": numbers,
            "y": [layer.sees for layer in layers],
            "text": [layer.name for layer in layers],
            "yaxis": "y2",
            "line": {"color": GREEN, "width": 2},
            "marker": {"size": 5},
            "customdata": [layer.seen for layer in layers],
            "hovertemplate": "%{x}. %{text} sees %{customdata}<extra></extra>",
        },
    ]
    field = axis("receptive field", overlaying="y", side="right", range=[0, 1.08 * most_seen], showgrid=False)
    # Streamlit's theme puts these marks at the height of the other axis's, where they are no round numbers.
    green = {"tickfont": {"color": GREEN}, "title": field["title"] | {"font": {"color": GREEN}}}
    green |= {"tickmode": "auto", "nticks": 6}
    chart_layout = layout(
        290,
        axis("layer", range=[numbers[0] - 0.7, numbers[-1] + 0.7], **_whole(len(numbers))),
        axis(counted, range=[0, 1.08 * most_count], tickformat="~s", **_whole(most_count)),
        yaxis2=field | green,
        margin={"l": 62, "r": 60, "t": 6, "b": 48},
    )
    show(key, data, chart_layout, f"{counted} and receptive field of {len(layers)} layers, from the first to the last")


def _whole(most: int) -> dict[str, Any]:
    """Marks at whole numbers alone, on an axis so short that Plotly would put some between them."""
    return {"dtick": 1} if most <= _SHORT else {}


def largest(layers: list[Depth]) -> tuple[int, int]:
    """The largest count and the largest field of any layer; at least 1, for an axis to have a length."""
    counts, fields = (layer.count for layer in layers), (layer.sees or 0 for layer in layers)
    return max(1, *counts, 1), max(1, *fields, 1)
