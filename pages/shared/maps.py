"""Small maps of numbers beside each other, coloured as on the stage, for what is explained under it."""

from collections.abc import Mapping

import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from engine.arrays import Floats
from stage.act import largest
from stage.palette import palette


def show_maps(maps: Mapping[str, Floats], key: str = "maps") -> None:
    """Show maps, (rows, columns) each, under their names, all on one scale symmetric about zero."""
    st.plotly_chart(map_figure(maps, _theme()), key=key, config={"staticPlot": True}, theme=None)


def map_figure(maps: Mapping[str, Floats], theme: str) -> go.Figure:
    """Return the maps as one figure, a cell as wide as it is high and of one size in all of them."""
    widths = [values.shape[1] for values in maps.values()]
    figure = make_subplots(1, len(maps), column_widths=widths, subplot_titles=list(maps), horizontal_spacing=0.06)
    end, colours = largest(*maps.values()), palette(theme)
    scale = [[index / (len(colours) - 1), colour] for index, colour in enumerate(colours)]
    for column, values in enumerate(maps.values(), start=1):
        heatmap = go.Heatmap(
            z=values[::-1],
            zmin=-end,
            zmax=end,
            colorscale=scale,
            showscale=False,
            xgap=1,
            ygap=1,
            texttemplate="%{z:.4~g}",
        )
        figure.add_trace(heatmap, 1, column)
        figure.update_yaxes(scaleanchor=f"x{column}" if column > 1 else "x", row=1, col=column)
    rows = max(values.shape[0] for values in maps.values())
    ink = "#1f2329" if theme == "light" else "#e6e6e6"
    figure.update_layout(
        height=40 + 34 * rows,
        margin={"l": 0, "r": 0, "t": 26, "b": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": ink},
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.update_annotations(font_size=13)
    return figure


def _theme() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"
