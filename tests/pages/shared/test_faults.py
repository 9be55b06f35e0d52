"""What is wrong is said in the words of the control that caused it, with the ways out: of every field of every page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from string import Formatter
from typing import Any

import pytest
from hypothesis import given

import engine.errors
from engine import ConvolutionKind, Job, LayerError
from kinds.registry import PRESETS, SPECS, STATES
from pages.comparison_parts.controls import INPUT_ROWS, JOB_ROWS, made
from pages.shared.fault_words import TEMPLATES
from pages.shared.faults import Fault, find_fault, worded
from pages.shared.labels import label_of
from sharing.comparison import ComparisonState
from sharing.errors import TEMPLATES as SHARED
from sharing.fields import Limits, limits
from sharing.page_state import PageState, Values
from sharing.ways_out import check_layer
from tests.pages.driver import open_app, open_link, texts, type_into
from tests.sharing.strategies import states

# The words of a program: names with underscores, settings, and pairs of numbers.
OF_A_PROGRAM = re.compile(r"(?!e_[ul])\w_\w|=|\(\d+, \d+\)")  # same_upper and same_lower are names of paddings
OF_PYTORCH = "padding='same'"  # its message has it, and that is what people look for


def fault_of(state: PageState) -> Fault | None:
    """Return what is wrong of a state as its page finds out: its numbers, and then its layer."""
    try:
        check_layer(state)
        SPECS[state.page].play(state)
    except LayerError as error:
        return find_fault(state, error, check_layer)
    return None


def numbers() -> Iterator[Any]:
    """Yield every number of every page, with values that it cannot have and the nearest that it can."""
    for page, state_class in STATES.items():
        state = replace(next(iter(PRESETS[page].values())).state, values=Values.WHOLE)
        if hasattr(state, "padding"):
            state = replace(state, padding=type(state.padding)("amount"))
        for name, bounds in state.limits().items():
            for value, nearest in outside(bounds):
                yield pytest.param(replace(state, **{name: value}), name, nearest, id=f"{page}-{name}-{value}")
        assert state_class is type(state)


def outside(bounds: Limits) -> Iterator[tuple[int | None, int]]:
    yield from ((None, bounds.least), (bounds.least - 1, bounds.least), (bounds.most + 1, bounds.most))


@pytest.mark.parametrize(("state", "name", "nearest"), list(numbers()))
def test_a_number_that_a_page_has_not_is_told_at_its_control(state: PageState, name: str, nearest: int) -> None:
    fault = fault_of(state)
    assert fault is not None
    assert fault.fields == (name,)
    assert fault.sentence.startswith(f"{label_of(name)} is ")
    if {name: nearest} in [dict(way) for way in fault.ways]:  # else another number is wrong then
        assert worded(fault.ways[0], state.page, name) == f"Use {nearest}"
    else:
        assert fault_of(replace(state, **{name: nearest})) is not None


@given(states(STATES))
def test_no_sentence_on_a_page_has_the_words_of_a_program(state: PageState) -> None:
    fault = fault_of(state)
    if fault is None or state.preset == "missing-axis":  # which is about a line of a program
        return
    said = fault.sentence.replace(OF_PYTORCH, "")
    assert OF_A_PROGRAM.search(said) is None or fault.fields[0].endswith("_text"), said
    assert label_of(fault.fields[0]) in fault.sentence
    shown = {name for row in SPECS[state.page].control_rows for name in row} | {"view", "seed"}
    shown |= {f"{role.name}_text" for role in state.roles}
    assert {*fault.fields} <= shown - state.idle()
    for way in fault.ways:
        assert OF_A_PROGRAM.search(worded(way, state.page, fault.fields[0])) is None


NUMBERS_COMPARED = [name for row in (*JOB_ROWS, *INPUT_ROWS) for name in row if name in limits(ComparisonState)]


@pytest.mark.parametrize("name", NUMBERS_COMPARED)
def test_a_number_of_the_comparison_is_told_at_its_control(name: str) -> None:
    is_of_stack = name.startswith("input_")

    def check(state: ComparisonState) -> object:
        return state.stack_input() if is_of_stack else state.job()

    for value, nearest in outside(limits(ComparisonState)[name]):
        state = replace(ComparisonState(apart=name in ComparisonState().idle()), **{name: value})
        with pytest.raises(LayerError) as raised:
            check(state)
        fault = find_fault(state, raised.value, check)
        assert (fault.fields, [dict(way) for way in fault.ways]) == ((name,), [{name: nearest}])
        assert fault.sentence.startswith(f"{label_of(name)} is ")


def test_a_kernel_that_fits_no_job_is_told_in_the_words_of_the_comparison() -> None:
    def check(state: ComparisonState) -> object:
        job: Job = state.job()
        return made(ConvolutionKind.STANDARD, job)

    state = ComparisonState(kernel_size=31)
    with pytest.raises(LayerError) as raised:
        check(state)
    fault = find_fault(state, raised.value, check)
    assert fault.sentence.startswith("Kernel size is 31 rows, but the padded input has only 16 rows")
    assert [worded(way, state.page, "kernel_size") for way in fault.ways] == ["Use 16", "Set Padding to 9"]


def test_every_sentence_for_controls_stands_for_one_that_is_raised() -> None:
    known = {**engine.errors.TEMPLATES, **SHARED}
    assert TEMPLATES.keys() <= known.keys()
    for key, template in TEMPLATES.items():
        places = {place for _, place, _, _ in Formatter().parse(template) if place}
        of_error = {place for _, place, _, _ in Formatter().parse(known[key]) if place}
        assert places - of_error <= {"parameter", "own", "nearest"}


def test_a_view_that_is_too_large_leads_back_to_one_that_is_not() -> None:
    app = open_link({"preset": "simplest", "height": "16", "width": "16", "in_channels": "2", "view": "matrix"})
    (error,) = (error.value for error in app.error)
    assert error.startswith("View is Sparse matrix, a matrix of ")
    app.button(key="way_out_stage_0").click().run()
    assert [error.value for error in app.error] == []
    assert app.session_state["view"] == "windows"


@pytest.mark.parametrize(
    ("role", "text", "sentence"),
    [
        ("kernel", "1 0\n2", "The text of Kernel values is ragged"),
        ("kernel", "1 2 3 4 5", "Kernel width is 5 columns"),
        ("input", "1 " * 33, "Input width is 33"),
    ],
)
def test_what_was_typed_is_told_under_its_text(role: str, text: str, sentence: str) -> None:
    """Also where its size has gone into a control, which may be out of sight: there it is told, too."""
    app = type_into(open_app(), role, text)
    below = [said for said in texts(app) if said.startswith(sentence)]
    assert len(below) == (1 if "text of" in sentence else 2)
    (column,) = (one for one in app.columns if [area.key for area in one.text_area] == [f"{role}_area"])
    assert [said.value for said in column.markdown] == below[-1:]
