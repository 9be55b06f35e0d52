"""In a style sheet a selector stands once in a block: what is said of it twice was pasted, or is out of date."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("exports", "kinds", "pages", "stage")
SHEETS = sorted(sheet for folder in FOLDERS for sheet in (ROOT / folder).rglob("*.css"))


def blocks(sheet: str) -> Iterator[list[str]]:
    """The selectors of the rules outside every @-rule, and then those within each of them."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    within = re.compile(r"@[^{]+\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
    for block in (within.sub("", text), *within.findall(text)):
        yield [" ".join(selector.split()) for selector in re.findall(r"([^{}]+)\{[^{}]*\}", block)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_selector_stands_twice_in_a_block(sheet: Path) -> None:
    for block in blocks(sheet.read_text(encoding="utf-8")):
        assert [selector for selector, count in Counter(block).items() if count > 1] == []
