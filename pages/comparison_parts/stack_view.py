"""A stack of one's own: layers as text, and the shape, the receptive field and the cost of each."""

from collections.abc import Callable, Mapping

import streamlit as st

from engine import Applied
from engine.messages import fill
from engine.modules import Shape
from engine.running import peak_values, saved_values
from pages.comparison_parts.controls import choose_input, choose_running
from pages.comparison_parts.csv_text import Row, as_csv
from pages.comparison_parts.depth_chart import Depth, show_depths
from pages.comparison_parts.field_picture import show_field
from pages.comparison_parts.layer_words import (
    centre,
    described,
    field_sentences,
    first_cells,
    jump,
    sees,
    size_of,
)
from pages.comparison_parts.running_table import show_running
from pages.comparison_parts.stack_code import show_stack_code
from pages.comparison_parts.stack_editor import edit_stack
from pages.shared.charts import BLUE
from pages.shared.example_choice import choose_example
from pages.shared.plain_text import escaped
from sharing.comparison import ComparisonState
from sharing.examples import STACKS
from sharing.shown import shown
from sharing.stack_text import StackRow, run_stack

WHERE: Mapping[str, Callable[[Applied], str]] = {"first output sees": first_cells, "centre": centre, "jump": jump}
"""The columns of the table that say where on the input a receptive field lies."""

SEES_WIDTH = 150
"""Pixels: room for 224×224 of 1,000×1,000."""

NO_LAYERS = "No layers yet: write one a line, such as conv 16 3 p1."
NONE_YET = "No layer can be yet."
TOTALS = "{layers:layer|layers} from {begin} to {end}: **{params:,}** parameters, **{macs:,}** mult-adds."
NAMED = "{name} = {layer}"
READS = "{layer} ← {names}"
PROBLEM = "Line {line}, “{text}”: {problem}"


def show_stack_view(state: ComparisonState) -> None:
    """Show the layers that were typed and what becomes of them; LayerError where the input has no size."""
    example = choose_example(state, STACKS)
    choose_input(state)
    choose_running(state)
    inputs = state.stack_input()
    rows = run_stack(state.stack, inputs)
    problem = next((row for row in rows if row.problem), None)
    with st.container(key="message"):
        if problem is not None:
            st.error(escaped(PROBLEM.format(line=problem.line, text=shown(problem.text), problem=problem.problem)))
        st.markdown("  \n".join(filter(None, (totals(rows, inputs), example.look_for if example else ""))))
    left, right = st.columns(2)
    with left:
        edit_stack(state)
    layers = [
        Depth(number, row.text, row.applied.cost.macs, row.applied.receptive_field[0], sees(row.applied))
        for number, row in enumerate(rows, 1)
        if row.applied
    ]
    if layers:
        with right:
            show_depths("stack_depth", layers, "mult-adds", BLUE)
            _show_what_it_sees(rows, inputs)
    if rows:
        table = rows_of(rows)
        st.markdown("**What becomes of them**")
        st.dataframe(table, hide_index=True, key="stack_layers", column_config=_columns(), placeholder="–")
        with st.container(horizontal=True):
            st.download_button(
                "Download as CSV", as_csv(table), "stack.csv", "text/csv", on_click="ignore", key="stack_csv"
            )
            show_stack_code(state, rows)

    done = [row.applied for row in rows if row.applied]
    if done:
        show_running(state, [one.cost for one in done], saved_values(done), peak_values(done))


def totals(rows: tuple[StackRow, ...], inputs: Shape) -> str:
    """What all layers that can be come to, in a sentence."""
    done = [row.applied for row in rows if row.applied]
    if not done:
        return NO_LAYERS if not rows else NONE_YET
    places = {
        "layers": len(done),
        "begin": size_of(inputs),
        "end": size_of(done[-1].outputs),
        "params": sum(one.cost.params for one in done),
        "macs": sum(one.cost.macs for one in done),
    }
    return fill(TOTALS, places)


def _show_what_it_sees(rows: tuple[StackRow, ...], inputs: Shape) -> None:
    last = next(row.applied for row in reversed(rows) if row.applied)
    st.markdown(field_sentences(last, inputs[1:]))
    show_field(last, inputs[1:])


def rows_of(rows: tuple[StackRow, ...]) -> list[Row]:
    """The layers of a stack as a table; one that cannot be says so, and those after it wait."""
    return [_row(number, row) for number, row in enumerate(rows, 1)]


def _row(number: int, row: StackRow) -> Row:
    if row.applied is None:
        what = "impossible" if row.problem else "waiting"
        empty = dict.fromkeys(("output", "sees"), "") | dict.fromkeys(("parameters", "mult-adds"))
        where = dict.fromkeys(WHERE, "")
        return {"layer": number, "typed": row.text, "what": what} | empty | where | {"why": row.problem}
    return {
        "layer": number,
        "typed": row.text,
        "what": _what(row, described(row.applied.layer)),
        "output": size_of(row.applied.outputs),
        "sees": sees(row.applied),
        "parameters": row.applied.cost.params,
        "mult-adds": row.applied.cost.macs,
        **{name: write(row.applied) for name, write in WHERE.items()},
        "why": "",
    }


def _what(row: StackRow, layer: str) -> str:
    """A layer under its name, if it has one, with the names of what it reads but for the layer before it."""
    named = NAMED.format(name=row.name, layer=layer) if row.name else layer
    return READS.format(layer=named, names=", ".join(row.reads)) if row.reads else named


def _columns() -> Row:
    numbers = {name: st.column_config.NumberColumn(format="localized") for name in ("parameters", "mult-adds")}
    # By themselves, columns are as wide as their first few rows.
    wide = {"sees": st.column_config.TextColumn(width=SEES_WIDTH), "layer": st.column_config.NumberColumn(width=56)}
    return numbers | wide | {"typed": None, "why": None}
