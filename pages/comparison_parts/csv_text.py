"""The rows of a table as the text of a CSV file."""

import csv
import io
from typing import Any

Row = dict[str, Any]


def as_csv(rows: list[Row]) -> str:
    """The rows as a file: numbers without separators, so that a spreadsheet reads them, and texts that stay texts."""
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue()


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula with an apostrophe before it; all else as it is."""
    is_formula = isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t"))
    return f"'{cell}" if is_formula else cell
