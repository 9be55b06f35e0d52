"""Whole networks: two of them side by side, layer by layer, and what was printed of all of them."""

from functools import cache
from typing import Any

import streamlit as st

from engine.modules import GlobalAvgPool2d, Linear
from engine.networks import NETWORKS, Network, NetworkName, NetworkRow, network
from pages.comparison_parts.csv_text import Row, as_csv
from pages.comparison_parts.depth_chart import Depth, largest, show_depths
from pages.comparison_parts.layer_words import described, sees, size_of
from pages.comparison_parts.numbers import times
from pages.shared.charts import BLUE, ORANGE
from pages.shared.late_values import pressed
from sharing.comparison import ComparisonState, ComparisonView, NetworkMeasure
from sharing.network_text import network_text
from sharing.stack_limits import MOST_CELLS

OPEN = "Open {title} in the stack"
HELP_SIDE = "Rows and columns of the image that the network reads: its resolution."
HELP_WIDTH = "What the channels of every layer but the last are multiplied by, to a multiple of 8: MobileNet's alpha."


def show_networks_view(state: ComparisonState) -> None:
    """Show two networks beside each other, and what was printed of every one."""
    for label, key in (("Network", "network"), ("Compared with", "other_network")):
        st.sidebar.selectbox(label, list(NETWORKS), format_func=NETWORKS.__getitem__, key=key, persist_state="session")
    st.sidebar.selectbox("Count", list(NetworkMeasure), key="network_measure", persist_state="session")
    one, other = network(state.network), network(state.other_network)
    with st.container(key="message"):
        st.markdown(_verdict(one, other))
    _offer_as_stack(state.network)
    measure = state.network_measure
    left, right = depths(state.network, measure), depths(state.other_network, measure)
    most_count, most_seen = (max(pair) for pair in zip(largest(left), largest(right), strict=True))
    for place, which, layers, colour, key in zip(
        st.columns(2), (one, other), (left, right), (BLUE, ORANGE), ("network_depth", "other_depth"), strict=True
    ):
        with place:
            st.markdown(f"**{which.title}**, layer by layer")
            show_depths(key, layers, measure.value, colour, (most_count, most_seen))
    st.markdown("**What was printed, and what has to be counted to get there**")
    st.table(facts(), hide_index=True)
    st.markdown(f"**{one.title}**, its {len(one.rows)} layers")
    rows = rows_of(one)
    st.dataframe(rows, hide_index=True, key="network_layers", column_config=_columns(rows))
    st.download_button(
        "Download as CSV", as_csv(rows), f"{state.network}.csv", "text/csv", on_click="ignore", key="network_csv"
    )


def _verdict(one: Network, other: Network) -> str:
    said = f"{one.title}: **{one.totals.macs:,}** mult-adds, **{one.totals.params:,}** parameters."
    if one is other:
        return said
    return (
        f"{said} {other.title}: **{other.totals.macs:,}** and **{other.totals.params:,}**. {one.title} takes "
        f"{times(other.totals.macs / one.totals.macs)} mult-adds, and "
        f"{times(other.totals.params / one.totals.params)} parameters."
    )


def _offer_as_stack(name: NetworkName) -> None:
    """Offer to open a network as a stack, on an input of another size and with other widths."""
    of = network(name)
    own: Any = of.rows[0].applied.inputs
    with st.container(horizontal=True, vertical_alignment="bottom"):
        side = st.number_input(
            "Side of its input", 1, MOST_CELLS, own[1], key=f"side_{name.name}", width=150, help=HELP_SIDE
        )
        width = st.number_input(
            "Width", 0.05, 4.0, 1.0, 0.05, format="%.2f", key=f"width_{name.name}", width=150, help=HELP_WIDTH
        )
        opened: dict[str, Any] = {"view": ComparisonView.STACK, "input_channels": own[0]}
        opened |= {"input_height": side, "input_width": side, "stack": network_text(of, width)}
        open_it = pressed(lambda: st.session_state.update(opened))
        st.button(OPEN.format(title=of.title), on_click=open_it, key="open_network")


@cache
def depths(name: NetworkName, measure: NetworkMeasure) -> list[Depth]:
    """Every layer of a network that costs something, and how much of the input it sees."""
    rows = [(number, row) for number, row in enumerate(network(name).rows, 1) if row.cost.params]
    return [
        Depth(
            number,
            row.name,
            row.cost.macs if measure is NetworkMeasure.MACS else row.cost.params + row.norm_params,
            None if row.beside or isinstance(row.applied.layer, Linear) else row.applied.receptive_field[0],
            sees(row.applied),
        )
        for number, row in rows
    ]


@cache
def facts() -> list[dict[str, str]]:
    """Every count that was printed of a network, beside ours."""
    return [
        {
            "network": found.title,
            "printed": f"{fact.printed} {fact.quantity}",
            "ours": f"{fact.ours:,}",
            "what is counted, and where it is printed": f"{fact.convention} ({fact.source})",
        }
        for found in map(network, NETWORKS)
        for fact in found.facts
    ]


def rows_of(of: Network) -> list[Row]:
    """The layers of a network as a table."""
    return [_row(number, row, of.totals.macs) for number, row in enumerate(of.rows, 1)]


def _row(number: int, row: NetworkRow, all_macs: int) -> Row:
    is_whole = isinstance(row.applied.layer, Linear | GlobalAvgPool2d) or row.beside
    return {
        "layer": number,
        "name": row.name,
        "what": described(row.applied.layer),
        "output": size_of(row.applied.outputs),
        "sees": "" if is_whole else sees(row.applied),
        "parameters": row.cost.params,
        "batch norm": row.norm_params,
        "mult-adds": row.cost.macs,
        "of all": row.cost.macs / all_macs,
    }


def _columns(rows: list[Row]) -> Row:
    numbers = {name: st.column_config.NumberColumn(format="localized") for name in rows[0] if name in _COUNTED}
    return numbers | {"of all": st.column_config.NumberColumn("of all mult-adds", format="percent")}


_COUNTED = ("parameters", "batch norm", "mult-adds")
