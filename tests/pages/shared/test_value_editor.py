"""Values typed as text or edited one by one: they count, the sizes follow, and nothing typed is lost."""

from dataclasses import asdict

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from kinds.standard.state import Operation, StandardState
from sharing.matrices import parse
from sharing.page_state import Values
from sharing.values import operands
from tests.pages.driver import errors, open_app, page_text, type_into, typed

ROLES = ("input", "kernel", "bias")
UNREADABLE = {
    "ragged": ("1 2\n3", " is ragged: row 2 has 1 value and row 1 has 2"),
    "empty": (" \n", " is empty, but it needs at least one number"),
    "not a number": ("1 two", " (row 0, column 1) is “two”, but every value must be a number"),
    "nan": ("nan 1", "NaN makes every sum it enters NaN"),
    "infinity": ("inf 1", "values go up to 1,000,000"),
    "too large": ("1e7 1", "values go up to 1,000,000"),
    "too small": ("-1e7 1", "values go up to 1,000,000"),
}
FIXED = {"input": "1 2 3\n4 5 6\n7 8 9", "kernel": "1 2\n3 4", "bias": "1"}


def with_bias(app: AppTest) -> AppTest:
    return app.toggle(key="bias").set_value(True).run()


def unreadable(role: str) -> list[object]:
    # A bias of which nothing is left is zero, so an empty one is no error.
    return [pytest.param(role, *case, id=f"{role} {name}") for name, case in UNREADABLE.items()
            if (role, name) != ("bias", "empty")]  # fmt: skip


def sizes(app: AppTest, *names: str) -> list[int]:
    return [app.number_input(key=name).value for name in names]


@pytest.mark.parametrize("role", ROLES)
def test_typing_makes_the_values_typed(role: str) -> None:
    app = type_into(with_bias(open_app()), role, FIXED[role])
    assert errors(app) == []
    assert app.selectbox(key="values").value == Values.TYPED
    np.testing.assert_array_equal(parse(role, typed(app, role)), parse(role, FIXED[role]))


@pytest.mark.parametrize("role", ROLES)
def test_typing_leaves_the_other_numbers_as_they_are(role: str) -> None:
    app = with_bias(open_app("channels"))
    before = {other: typed(app, other) for other in ROLES if other != role}
    first, rest = typed(app, role).split(maxsplit=1)
    type_into(app, role, f"{int(first) + 1} {rest}")
    assert {other: typed(app, other) for other in before} == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1 2 3\n4 5 6", [1, 2, 3]), ("1 2\n3 4\n\n5 6\n7 8\n\n9 0\n1 2", [3, 2, 2]), ("1 2\n" * 20, [1, 20, 2])],
)
def test_the_inputs_size_follows_what_is_typed(text: str, expected: list[int]) -> None:
    app = type_into(open_app(), "input", text)
    assert errors(app) == []
    assert sizes(app, "in_channels", "height", "width") == expected


@pytest.mark.parametrize(("text", "expected"), [("1 2 3\n4 5 6", [1, 2, 3]), ("1\n---\n2\n---\n3", [3, 1, 1])])
def test_the_kernels_size_follows_what_is_typed(text: str, expected: list[int]) -> None:
    app = type_into(open_app(), "kernel", text)
    assert errors(app) == []
    assert sizes(app, "out_channels", "kernel_height", "kernel_width") == expected


@pytest.mark.parametrize(("role", "text", "reason"), [case for role in ROLES for case in unreadable(role)])
def test_text_that_cannot_be_read_is_one_error_and_stays(role: str, text: str, reason: str) -> None:
    app = type_into(with_bias(open_app()), role, text)
    (error,) = errors(app)
    assert f"{role.capitalize()} values" in error
    assert reason in error
    assert typed(app, role) == text


@pytest.mark.parametrize("role", ROLES)
def test_text_that_cannot_be_read_stays_while_something_else_is_changed(role: str) -> None:
    app = type_into(with_bias(open_app()), role, "1 two")
    app.number_input(key="dilation_height").set_value(2).run()
    (error,) = errors(app)
    cell = "1" if role == "bias" else "0, 1"
    assert error.startswith(f"In {role.capitalize()} values, {role}\\[{cell}\\] (row 0, column 1) is “two”")
    assert typed(app, role) == "1 two"


@pytest.mark.parametrize(("role", "text", "reason"), [case for role in ROLES for case in unreadable(role)])
def test_fixing_the_text_ends_the_error(role: str, text: str, reason: str) -> None:
    app = type_into(type_into(with_bias(open_app()), role, text), role, FIXED[role])
    assert errors(app) == [], reason
    np.testing.assert_array_equal(parse(role, typed(app, role)), parse(role, FIXED[role]))


@pytest.mark.parametrize("slug", ["simplest", "channels"])
def test_a_preset_ends_the_error_of_what_was_typed(slug: str) -> None:
    app = type_into(open_app("same"), "input", "1 two")
    assert errors(app.selectbox(key="preset").set_value(slug).run()) == []


@pytest.mark.parametrize(
    ("role", "text", "sentence"),
    [
        ("input", "1 " * 33, "Input width is 33, but this page shows 1 to 32: use 32."),
        ("input", "1\n" * 33, "Input height is 33, but this page shows 1 to 32: use 32."),
        ("input", "1\n\n" * 9, "In channels is 9, but this page shows 1 to 8: use 8."),
        ("kernel", "1 " * 8, "Kernel width is 8, but this page shows 1 to 7: use 7."),
        ("kernel", "1\n---\n" * 9, "Out channels is 9, but this page shows 1 to 8: use 8."),
    ],
)
def test_more_than_the_page_shows_is_one_error_and_stays(role: str, text: str, sentence: str) -> None:
    app = type_into(open_app(), role, text)
    assert errors(app) == [sentence]
    assert typed(app, role) == text


def test_a_kernel_too_large_for_the_input_is_one_error_and_stays() -> None:
    app = type_into(open_app(), "kernel", "1 2 3 4 5")
    (error,) = errors(app)
    assert error.startswith("Kernel width is 5 columns")
    np.testing.assert_array_equal(parse("kernel", typed(app, "kernel")), [[[[1, 2, 3, 4, 5]]]])


@pytest.mark.parametrize(
    ("role", "text"),
    [("kernel", "1 0\n2 1\n\n3 3\n3 3"), ("bias", "1 2 3"), ("bias", "1\n2")],
    ids=["a kernel deeper than the input", "more biases than filters", "biases in a column"],
)
def test_nothing_typed_is_dropped_in_silence(role: str, text: str) -> None:
    app = type_into(with_bias(open_app()), role, text)
    kept = sorted(parse(role, typed(app, role)).ravel()) == sorted(parse(role, text).ravel())
    assert kept or errors(app), typed(app, role)


def test_a_typed_input_convolves_to_the_published_size() -> None:
    app = type_into(open_app(), "input", "0 1 2\n3 4 5\n6 7 8")
    assert "rows: ⌊(3 + 0 + 0 − 1·(2 − 1) − 1) / 1⌋ + 1 = ⌊1 / 1⌋ + 1 = ⌊1⌋ + 1 = 2" in page_text(app)


def test_values_that_a_smaller_size_hides_come_back_with_the_size() -> None:
    app = type_into(open_app(), "input", "1 2 3\n4 5 6\n7 8 9")
    app.number_input(key="height").set_value(2).run()
    assert parse("input", typed(app, "input")).tolist() == [[[[1, 2, 3], [4, 5, 6]]]]
    app.number_input(key="height").set_value(3).run()
    assert parse("input", typed(app, "input")).tolist() == [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]]


def test_a_grown_input_is_typed_values_and_zeros() -> None:
    app = type_into(open_app(), "input", "1 2\n3 4")
    app.number_input(key="width").set_value(3).run()
    assert parse("input", typed(app, "input")).tolist() == [[[[1, 2, 0], [3, 4, 0]]]]


def test_a_bias_that_was_cleared_is_zero() -> None:
    app = type_into(with_bias(open_app()), "bias", "")
    assert errors(app) == []
    assert parse("bias", typed(app, "bias")).tolist() == [[[[0]]]]


def stage_page(fields: dict[str, object], edit: dict[str, object] | None) -> None:
    """A page's state and one button, which edits as the stage's component does."""
    from dataclasses import asdict

    import streamlit as st

    from kinds.standard.state import StandardState
    from pages.shared.value_editor import edit_on_stage
    from sharing.page_state import Values

    session = st.session_state
    if "values" not in session:
        session.update(asdict(StandardState("simplest", 4, 4, values=Values.TYPED)) | fields)
        session["stage"] = {"edit": edit}
    st.button("edit", on_click=edit_on_stage, args=("stage", StandardState))


TEXTS = {"input_text": "1 2 3\n4 5 6\n\n7 8 9\n0 1 2", "kernel_text": "1 2\n\n3 4\n---\n5 6\n\n7 8", "bias_text": "1 2"}
SIZES = {"height": 2, "width": 3, "in_channels": 2, "out_channels": 2, "kernel_height": 1, "kernel_width": 2}
FIELDS = TEXTS | SIZES | {"bias": True}
SHAPES = {"input": [2, 2, 3], "kernel": [2, 2, 1, 2], "bias": [2]}


def edited(edit: dict[str, object] | None, **fields: object) -> AppTest:
    app = AppTest.from_function(stage_page, args=(FIELDS | fields, edit)).run()
    app.button[0].click().run()
    assert [crash.value for crash in app.exception] == []
    return app


@pytest.mark.parametrize(
    ("role", "index", "expected"),
    [
        ("input", 4, [[[[1, 2, 3], [4, -9.5, 6]], [[7, 8, 9], [0, 1, 2]]]]),
        ("input", 6, [[[[1, 2, 3], [4, 5, 6]], [[-9.5, 8, 9], [0, 1, 2]]]]),
        ("kernel", 2, [[[[1, 2]], [[-9.5, 4]]], [[[5, 6]], [[7, 8]]]]),
        ("kernel", 5, [[[[1, 2]], [[3, 4]]], [[[5, -9.5]], [[7, 8]]]]),
        ("bias", 1, [[[[1, -9.5]]]]),
    ],
)
def test_an_edit_on_the_stage_changes_one_number(role: str, index: int, expected: list[object]) -> None:
    session = edited({"role": role, "index": index, "shape": SHAPES[role], "text": " −9.5 "}).session_state
    assert session["values"] == Values.TYPED
    assert parse(role, session[f"{role}_text"]).tolist() == expected
    others = [other for other in ROLES if other != role]
    assert [session[f"{other}_text"] for other in others] == [TEXTS[f"{other}_text"] for other in others]


@pytest.mark.parametrize(
    ("index", "shape", "expected"),
    [
        (0, [2, 2, 1, 2], [[[[1, 70]], [[3, 4]]], [[[5, 6]], [[7, 8]]]]),
        (7, [2, 2, 1, 2], [[[[1, 2]], [[3, 4]]], [[[5, 6]], [[70, 8]]]]),
        (0, [2, 2, 1, 3], [[[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8]]]]),  # it was the third column's, which is gone
        (1, [2, 2, 1, 3], [[[[1, 70]], [[3, 4]]], [[[5, 6]], [[7, 8]]]]),
    ],
)
def test_a_weight_edited_on_a_flipped_kernel_is_the_one_that_was_typed(
    index: int, shape: list[int], expected: list[object]
) -> None:
    edit = {"role": "kernel", "index": index, "shape": shape, "text": "70"}
    session = edited(edit, operation=Operation.CONVOLUTION).session_state
    assert parse("kernel", session["kernel_text"]).tolist() == expected


def test_an_edit_of_drawn_numbers_makes_all_of_them_typed() -> None:
    state = StandardState("simplest", 4, 4, values=Values.WHOLE, seed=3, kernel_height=2, kernel_width=2)
    expected = {role.name: values.copy() for role, values in operands(state).items()}
    expected["input"][0, 1, 1] = 70
    session = edited({"role": "input", "index": 5, "shape": [1, 4, 4], "text": "70"}, **asdict(state)).session_state
    assert session["values"] == Values.TYPED
    for role, values in expected.items():
        np.testing.assert_array_equal(parse(role, session[f"{role}_text"]).reshape(values.shape), values)


@pytest.mark.parametrize(
    ("shape", "index", "expected"),
    [
        ([2, 2, 2], 2, [[1, 2, 3], [70, 5, 6]]),  # it was the second row's first value, where a row had two
        ([2, 2, 4], 5, [[1, 2, 3], [4, 70, 6]]),
        ([2, 1, 3], 2, [[1, 2, 70], [4, 5, 6]]),
        ([2, 2, 4], 3, [[1, 2, 3], [4, 5, 6]]),  # the fourth column is gone
        ([2, 3, 3], 6, [[1, 2, 3], [4, 5, 6]]),  # and so is the third row
        ([3, 2, 3], 12, [[1, 2, 3], [4, 5, 6]]),  # and the third channel
    ],
)
def test_an_edit_meets_its_cell_in_a_layer_of_another_shape(shape: list[int], index: int, expected: object) -> None:
    """The layer was changed while the edit was on its way: the index counts in the one that the stage showed."""
    session = edited({"role": "input", "index": index, "shape": shape, "text": "70"}).session_state
    first, second = parse("input", session["input_text"])[0]
    assert (first.tolist(), second.tolist()) == (expected, [[7, 8, 9], [0, 1, 2]])


def test_an_edit_of_a_cell_that_has_just_come_is_kept() -> None:
    """The stage shows a wider layer at once; its width and the edit may reach the server together."""
    session = edited({"role": "input", "index": 3, "shape": [2, 2, 4], "text": "70"}, width=4).session_state
    assert parse("input", session["input_text"]).tolist()[0][0] == [[1, 2, 3, 70], [4, 5, 6, 0]]


def test_an_edit_of_a_bias_that_was_switched_off_changes_nothing() -> None:
    session = edited({"role": "bias", "index": 1, "shape": [2], "text": "70"}, bias=False).session_state
    assert session["bias_text"] == TEXTS["bias_text"]


@pytest.mark.parametrize("text", ["", "two", "nan", "1e9", "1 2"])
def test_an_edit_that_is_no_number_changes_nothing(text: str) -> None:
    edit = {"role": "kernel", "index": 0, "shape": SHAPES["kernel"], "text": text}
    session = edited(edit, values=Values.WHOLE).session_state
    assert session["values"] == Values.WHOLE
    assert session["kernel_text"] == TEXTS["kernel_text"]


@pytest.mark.parametrize(
    ("role", "index", "cell"),
    [
        ("input", 4, "input[0, 1, 1] (row 1, column 1)"),
        ("input", 6, "input[1, 0, 0] (row 0, column 0)"),
        ("kernel", 5, "kernel[1, 0, 0, 1] (row 0, column 1)"),
        ("bias", 1, "bias[1] (row 0, column 1)"),
    ],
)
def test_an_edit_is_refused_by_the_name_of_its_cell(role: str, index: int, cell: str) -> None:
    edit = {"role": role, "index": index, "shape": SHAPES[role], "text": "two"}
    refused = edited(edit).session_state["refused_edit"]
    assert refused == f"{cell} is “two”, but every value must be a number: use digits, such as 3, -1 or 0.5."


@pytest.mark.parametrize("edit", [None, {"role": "output", "index": 0, "shape": [1], "text": "1"}])
def test_what_is_no_edit_of_a_value_changes_nothing(edit: dict[str, object] | None) -> None:
    assert edited(edit, values=Values.WHOLE).session_state["values"] == Values.WHOLE


def test_an_edit_while_the_text_cannot_be_read_changes_nothing() -> None:
    edit: dict[str, object] = {"role": "kernel", "index": 0, "shape": SHAPES["kernel"], "text": "1"}
    app = edited(edit, kernel_text="1 two")
    assert errors(app) == []
    assert app.session_state["kernel_text"] == "1 two"
