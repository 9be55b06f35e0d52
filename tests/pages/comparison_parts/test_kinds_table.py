"""The tables as CSV: a spreadsheet reads numbers as numbers, and runs nothing that was typed."""

import csv
import io

import pytest

from pages.comparison_parts.csv_text import as_csv
from pages.comparison_parts.stack_view import rows_of
from sharing.stack_text import run_stack


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("typed", ['=HYPERLINK("http://a.example","b")', "+1+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_text_that_would_be_a_formula_stays_a_text(typed: str) -> None:
    assert read(as_csv([{"layer": 1, "typed": typed}])) == [{"layer": "1", "typed": f"'{typed}"}]


@pytest.mark.parametrize("harmless", ["conv 16 3 p1", "", "3×28×28", "'=1", -5, -0.5, None])
def test_all_else_is_as_it_was(harmless: object) -> None:
    assert read(as_csv([{"cell": harmless, "other": 1}])) == [
        {"cell": "" if harmless is None else str(harmless), "other": "1"}
    ]


def test_a_formula_that_was_typed_as_a_layer_is_a_text_in_its_table() -> None:
    (row,) = read(as_csv(rows_of(run_stack("=HYPERLINK(1)", (1, 28, 28)))))
    assert (row["typed"], row["what"]) == ("'=HYPERLINK(1)", "impossible")
