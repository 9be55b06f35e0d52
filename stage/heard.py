"""What a screen reader is given of the numbers on the stage, as templates: a table for each grid."""

from collections.abc import Mapping

HEARD_WORDS: Mapping[str, str] = {
    "numbers": "The numbers on the stage",
    "step": "At step {step} of {count}.",
    "pointed": "While this cell is pointed at: {sentence}.",
    "asked": "What is asked is left out.",
    "grid": "{grid}: {rows} by {columns}",
    "grid.line": "{grid}: {columns} cells",
    "grid.volume": "{grid}: {slices} slices of {rows} by {columns}",
    "part": "{whole}; from row {row}, column {column} on",
    "row": "row {row}",
    "row.volume": "slice {slice}, row {row}",
    "column": "column {column}",
    "column.line": "cell {column}",
    "line": "{grid}",
    "one": "{grid} of this step: {value}",
    "pending": "not yet",
    "nothing": "nothing",
    "padding": "{value}, padding",
    "inserted": "{value}, put in",
    "extra": "{value}, added at the end",
}
"""The English catalogue; of a sequence (`line`) and of a volume other words are said."""

MOST_HEARD = 2_000
"""So many cells stand in the tables at once: of larger grids a part, near the step, so that stepping stays quick."""
FEWEST_ACROSS = 4
"""That part has so many rows and columns at least."""
