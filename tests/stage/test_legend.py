"""The legend says what is on the stage, all of it and nothing else."""

import pytest

from kinds.links import decode
from kinds.registry import SPECS
from stage.model import LegendMark, Stage

CELLS = {LegendMark.PADDING, LegendMark.INSERTED, LegendMark.EXTRA, LegendMark.UNUSED, LegendMark.CHOSEN}


def stage_of(page: str, **query: str) -> Stage:
    return SPECS[page].play(decode(page, {"v": "1", **query})[0])[1]


@pytest.mark.parametrize(
    ("page", "query", "marks"),
    [
        ("standard", {"preset": "simplest"}, set()),
        ("standard", {"preset": "half-padding"}, {LegendMark.PADDING}),
        ("standard", {"preset": "simplest", "stride_height": "3"}, {LegendMark.UNUSED}),
        ("pooling", {"preset": "max"}, {LegendMark.CHOSEN}),
        ("pooling", {"preset": "average"}, set()),
        # what a transposed layer puts between and around its inputs is said in captions, with the numbers
        ("transposed", {"preset": "stride", "view": "zero-inserted"}, set()),
    ],
)
def test_the_marks_of_cells_are_those_on_the_stage(page: str, query: dict[str, str], marks: set[LegendMark]) -> None:
    legend = stage_of(page, **query).legend
    assert {entry.mark for entry in legend} & CELLS == marks
    assert [entry.mark for entry in legend].count(LegendMark.SCALE) == 1


def test_groups_are_named_with_their_numbers() -> None:
    legend = stage_of("grouped", preset="two-groups").legend
    assert [(entry.group, entry.text) for entry in legend if entry.mark is LegendMark.GROUP] == [
        (0, "group 0"),
        (1, "group 1"),
    ]
    assert not [entry for entry in stage_of("standard", preset="channels").legend if entry.group is not None]


def test_the_ends_are_the_largest_values_that_are_shown() -> None:
    """Of what is computed last none is said: it would tell what a person is about to predict."""
    stage = stage_of("standard", preset="simplest")
    (view,) = stage.layers
    largest = [float(abs(values).max()) for values in (view.arrays.input, view.arrays.kernel, view.arrays.products)]
    texts = [entry.text for entry in stage.legend if entry.mark is LegendMark.NONE]
    assert texts == [f"{name} to ±{end:g}" for name, end in zip(("input", "kernel", "products"), largest, strict=True)]


def test_of_layers_with_scales_of_their_own_no_end_is_said() -> None:
    assert not [entry for entry in stage_of("separable").legend if entry.mark is LegendMark.NONE]


def test_where_nothing_is_multiplied_no_products_are_named() -> None:
    assert not [entry for entry in stage_of("pooling", preset="max").legend if "products" in entry.text]
