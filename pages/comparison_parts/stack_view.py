"""A stack of one's own: layers as text, and the shape, the receptive field and the cost of each."""

from collections.abc import Callable, Mapping

import streamlit as st

from engine import Applied
from engine.modules import Shape
from pages.comparison_parts.charts import BLUE
from pages.comparison_parts.controls import choose_example, choose_input
from pages.comparison_parts.csv_text import Row, as_csv
from pages.comparison_parts.depth_chart import Depth, show_depths
from pages.comparison_parts.layer_words import (
    centre,
    described,
    field_sentences,
    first_cells,
    jump,
    sees,
    size_of,
)
from pages.comparison_parts.stack_editor import edit_stack
from pages.shared.plain_text import escaped
from sharing.comparison import ComparisonState
from sharing.examples import STACKS
from sharing.shown import shown
from sharing.stack_text import StackRow, run_stack

WHERE: Mapping[str, Callable[[Applied], str]] = {"first output sees": first_cells, "centre": centre, "jump": jump}
"""The columns of the table that say where on the input a receptive field lies."""

PROBLEM = "Line {line}, “{text}”: {problem}"


def show_stack_view(state: ComparisonState) -> None:
    """Show the layers that were typed and what becomes of them; LayerError where the input has no size."""
    example = choose_example(state, STACKS)
    choose_input(state)
    inputs = state.stack_input()
    rows = run_stack(state.stack, inputs)
    problem = next((row for row in rows if row.problem), None)
    with st.container(key="message"):
        if problem is not None:
            st.error(escaped(PROBLEM.format(line=problem.line, text=shown(problem.text), problem=problem.problem)))
        else:
            st.markdown(example.look_for if example else _summary(rows, size_of(inputs)))
    left, right = st.columns(2)
    with left:
        edit_stack(state)
    with right:
        if rows:
            table = rows_of(rows)
            st.markdown("**What becomes of them**")
            st.dataframe(
                table, hide_index=True, key="stack_layers", column_config=_columns(), height=290, placeholder="–"
            )
            st.download_button(
                "Download as CSV", as_csv(table), "stack.csv", "text/csv", on_click="ignore", key="stack_csv"
            )
    layers = [
        Depth(number, row.text, row.applied.cost.macs, row.applied.receptive_field[0], sees(row.applied))
        for number, row in enumerate(rows, 1)
        if row.applied
    ]
    if layers:
        show_depths("stack_depth", layers, "mult-adds", BLUE)
        st.markdown(_where_it_sees(rows, inputs))


def _summary(rows: tuple[StackRow, ...], begin: str) -> str:
    done = [row.applied for row in rows if row.applied]
    if not done:
        return "No layers yet: write one a line, such as conv 16 3 p1."
    params, macs = sum(one.cost.params for one in done), sum(one.cost.macs for one in done)
    layers = f"{len(done)} layer{'s' * (len(done) > 1)}"
    return f"{layers} from {begin} to {size_of(done[-1].outputs)}: **{params:,}** parameters, **{macs:,}** mult-adds."


def _where_it_sees(rows: tuple[StackRow, ...], inputs: Shape) -> str:
    last = next(row.applied for row in reversed(rows) if row.applied)
    return field_sentences(last, inputs[1:])


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
        "what": described(row.applied.layer),
        "output": size_of(row.applied.outputs),
        "sees": sees(row.applied),
        "parameters": row.applied.cost.params,
        "mult-adds": row.applied.cost.macs,
        **{name: write(row.applied) for name, write in WHERE.items()},
        "why": "",
    }


def _columns() -> Row:
    numbers = {name: st.column_config.NumberColumn(format="localized") for name in ("parameters", "mult-adds")}
    return numbers | {"typed": None, "why": None}
