"""Small maps of numbers beside each other, coloured as on the stage, for what is explained under it."""

from collections.abc import Mapping

import plotly.graph_objects as go
import streamlit as st

from engine.arrays import Floats
from stage.act import largest
from stage.palette import palette

CELL_PIXELS = 34
LETTERS_A_CELL = 4
INKS = {"light": "#1f2329", "dark": "#e6e6e6"}


def show_maps(maps: Mapping[str, Floats], key: str = "maps") -> None:
    """Show maps, (rows, columns) each, under their names, all on one scale symmetric about zero."""
    st.plotly_chart(map_figure(maps, _theme()), key=key, config={"staticPlot": True}, theme=None)


def map_figure(maps: Mapping[str, Floats], theme: str) -> go.Figure:
    """Return the maps beside each other in one figure, every cell a square of one size, each map under its name."""
    end, colours = largest(*maps.values()), palette(theme)
    scale = [[index / (len(colours) - 1), colour] for index, colour in enumerate(colours)]
    rows = max(len(values) for values in maps.values())
    figure = go.Figure()
    left = 0.0
    for name, values in maps.items():
        width, room = values.shape[1], max(values.shape[1], len(name) / LETTERS_A_CELL)
        top = (rows - len(values)) / 2
        heatmap = go.Heatmap(
            z=values,
            x0=left + (room - width) / 2 + 0.5,
            y0=top + 0.5,
            zmin=-end,
            zmax=end,
            colorscale=scale,
            showscale=False,
            xgap=1,
            ygap=1,
            texttemplate="%{z:.4~g}",
        )
        figure.add_trace(heatmap)
        figure.add_annotation(text=name, x=left + room / 2, y=top, yanchor="bottom", showarrow=False)
        left += room + 1
    figure.update_layout(
        height=CELL_PIXELS * (rows + 1),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": INKS[theme], "size": 13},
        xaxis={"visible": False, "range": [0, left - 1]},
        yaxis={"visible": False, "range": [rows, -1], "scaleanchor": "x", "constrain": "domain"},
    )
    return figure


def _theme() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"
