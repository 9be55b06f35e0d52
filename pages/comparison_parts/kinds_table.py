"""The table of one job: every count of every kind, to be sorted and taken along as CSV."""

from collections.abc import Callable

import streamlit as st

from engine import ConvolutionKind, Cost, Costed
from pages.comparison_parts.csv_text import Row, as_csv
from pages.comparison_parts.kinds_chart import MEASURES, Done
from pages.shared.late_values import pressed

RATIOS: dict[str, Callable[[Cost], int]] = {
    "parameters ÷ standard": lambda cost: cost.params,
    "mult-adds ÷ standard": lambda cost: cost.macs,
}
"""What is divided by the standard layer's, by the name of its column."""


def rows_of(done: Done) -> list[Row]:
    """A row of counts for each kind; a kind that cannot do the job has none, and the reason in the last column.

    The ratios are its own count against the standard layer's: below 1 it is the cheaper one.
    """
    standard = done[ConvolutionKind.STANDARD]
    rows = []
    for kind, of in done.items():
        row: Row = {"kind": kind.value, "output": None}
        counts: Row = {measure.value: None for measure in MEASURES}
        ratios: Row = dict.fromkeys(RATIOS)
        if isinstance(of, Costed):
            row["output"] = "×".join(str(side) for side in of.output_size)
            counts = {measure.value: read(of.cost) for measure, read in MEASURES.items()}
            if isinstance(standard, Costed):
                ratios = {name: count(of.cost) / count(standard.cost) for name, count in RATIOS.items()}
        rows.append(row | counts | ratios | {"why not": "" if isinstance(of, Costed) else str(of)})
    return rows


def show_table(rows: list[Row]) -> None:
    """Show the rows; the one that is clicked becomes the kind whose formulas are shown."""

    def choose() -> None:
        chosen = st.session_state["costs"]["selection"]["rows"]
        if chosen:
            st.session_state["kind"] = ConvolutionKind(rows[chosen[0]]["kind"])

    # On a phone the table's own tools stand over the line above it.
    st.markdown("**Every count of every kind**")
    names = list(MEASURES)
    numbers = {name.value: st.column_config.NumberColumn(format="localized") for name in names}
    ratios = {name: st.column_config.NumberColumn(format="%.4f") for name in RATIOS}
    columns = numbers | ratios | {"intensity": st.column_config.NumberColumn(format="%.2f", help="flops for each byte")}
    st.dataframe(
        rows,
        hide_index=True,
        column_config=columns,
        column_order=[name for name in rows[0] if name != "why not" or any(row[name] for row in rows)],
        key="costs",
        on_select=pressed(choose),
        selection_mode="single-row",
        placeholder="–",
    )
    st.download_button(
        "Download as CSV", as_csv(rows), "what-each-kind-costs.csv", "text/csv", on_click="ignore", key="costs_csv"
    )
