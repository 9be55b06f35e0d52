"""Each control varied alone: never a crash, an error where the layer is impossible, and what was chosen stays."""

from enum import StrEnum
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine import PaddingMode
from kinds.registry import SPECS, STATES
from pages.comparison_parts.controls import JOB_ROWS
from pages.shared.labels import label_of, option_label
from sharing.fields import limits, types
from sharing.page_state import PaddingChoice, Values
from tests.pages.driver import errors, open_app, typed


@pytest.mark.parametrize("page", SPECS)
def test_every_control_and_every_option_has_a_label_in_the_catalogue(page: str) -> None:
    """No label is made of a field's own name, whose words are the program's."""
    kinds = types(STATES[page])
    chosen = {name for row in SPECS[page].control_rows for name in row}
    for name in chosen | set(limits(STATES[page])):
        assert label_of(name)[0].isupper()
    for name in chosen | {"values"}:
        options = kinds[name] if issubclass(kinds[name], StrEnum) else ()
        assert all(option_label(option, page) for option in options)


def test_every_control_of_the_comparison_has_a_label_in_the_catalogue() -> None:
    assert all(label_of(name)[0].isupper() for row in JOB_ROWS for name in row)


# What works on the lesson's first case, a 4x4 input under a 2x2 kernel, and what no layer of the page can be.
NUMBERS: dict[str, tuple[list[int], list[int | None]]] = {
    "height": ([2, 3, 5, 32], [1, 0, -1, 33, 10**9, None]),
    "width": ([2, 3, 5, 32], [1, 0, -1, 33, -(10**9), None]),
    "in_channels": ([1, 2, 8], [0, -1, 9, None]),
    "out_channels": ([1, 2, 8], [0, -1, 9, None]),
    "kernel_height": ([1, 2, 3, 4], [5, 7, 8, 0, -1, None]),
    "kernel_width": ([1, 2, 3, 4], [5, 7, 8, 0, -1, None]),
    "stride_height": ([1, 2, 3, 8], [0, -1, 9, None]),
    "stride_width": ([1, 2, 3, 8], [0, -1, 9, None]),
    "dilation_height": ([1, 2, 3], [4, 8, 9, 0, -1, None]),
    "dilation_width": ([1, 2, 3], [4, 8, 9, 0, -1, None]),
}
AMOUNTS: dict[str, tuple[list[int], list[int | None]]] = {
    "padding_height": ([0, 1, 8], [-1, 9, None]),
    "padding_width": ([0, 1, 8], [-1, 9, None]),
}
SEEDS: tuple[list[int], list[int | None]] = ([0, 1, 999_999], [-1, 1_000_000, None])
# The most padding a mode can give a 4x4 input: PyTorch's rules.
MOST = {PaddingMode.ZEROS: 8, PaddingMode.REFLECT: 3, PaddingMode.REPLICATE: 8, PaddingMode.CIRCULAR: 4} | {
    PaddingMode.SYMMETRIC: 8,
    PaddingMode.CONSTANT: 8,
}


def rows(table: dict[str, tuple[list[int], list[int | None]]]) -> list[Any]:
    return [
        pytest.param(name, value, is_possible, id=f"{name}={value}")
        for name, both in table.items()
        for is_possible, values in zip((True, False), both, strict=True)
        for value in values
    ]


def choose(app: AppTest, **choices: Any) -> AppTest:
    for name, choice in choices.items():
        app.selectbox(key=name).set_value(choice).run()
    return app


def assert_set(app: AppTest, name: str, value: int | None, is_possible: bool) -> None:
    app.number_input(key=name).set_value(value).run()
    assert len(errors(app)) == (0 if is_possible else 1)
    assert app.number_input(key=name).value == value


@pytest.mark.parametrize(("name", "value", "is_possible"), rows(NUMBERS))
def test_a_number_is_shown_or_refused_and_stays(name: str, value: int | None, is_possible: bool) -> None:
    assert_set(open_app(), name, value, is_possible)


@pytest.mark.parametrize(("name", "value", "is_possible"), rows(AMOUNTS))
def test_an_amount_of_padding_is_shown_or_refused_and_stays(name: str, value: int | None, is_possible: bool) -> None:
    assert_set(choose(open_app(), padding=PaddingChoice.AMOUNT), name, value, is_possible)


@pytest.mark.parametrize("values", [Values.WHOLE, Values.REAL])
@pytest.mark.parametrize(("name", "value", "is_possible"), rows({"seed": SEEDS}))
def test_a_seed_is_shown_or_refused_and_stays(values: Values, name: str, value: int | None, is_possible: bool) -> None:
    assert_set(choose(open_app(), values=values), name, value, is_possible)


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, (_, refused) in NUMBERS.items() for value in refused]
)
def test_a_refusal_names_its_control_or_its_direction(name: str, value: int | None) -> None:
    app = open_app()
    app.number_input(key=name).set_value(value).run()
    (error,) = errors(app)
    direction = {"height": " row", "width": " column"}.get(name.split("_")[-1], name)
    assert error.startswith(f"{label_of(name)} is ") or direction in error


@pytest.mark.parametrize("name", NUMBERS)
def test_a_refusal_ends_when_its_control_is_put_back(name: str) -> None:
    app = open_app()
    before = app.number_input(key=name).value
    app.number_input(key=name).set_value(0).run()
    assert len(errors(app)) == 1
    app.number_input(key=name).set_value(before).run()
    assert errors(app) == []


@pytest.mark.parametrize("padding", PaddingChoice)
def test_every_kind_of_padding_works(padding: PaddingChoice) -> None:
    app = choose(open_app(), padding=padding)
    assert errors(app) == []
    assert app.selectbox(key="padding").value == padding


@pytest.mark.parametrize("padding", PaddingChoice)
def test_amounts_of_padding_are_asked_for_where_they_count(padding: PaddingChoice) -> None:
    app = choose(open_app(), padding=padding)
    asked = [number.key for number in app.number_input if number.key.startswith("padding")]
    sides = ["padding_top", "padding_bottom", "padding_left", "padding_right"]
    counts = {PaddingChoice.AMOUNT: ["padding_height", "padding_width"], PaddingChoice.SIDES: sides}
    assert asked == counts.get(padding, [])


@pytest.mark.parametrize("mode", PaddingMode)
def test_a_padding_mode_gives_as_much_as_it_has(mode: PaddingMode) -> None:
    app = choose(open_app(), padding=PaddingChoice.AMOUNT, padding_mode=mode)
    assert_set(app, "padding_height", MOST[mode], is_possible=True)


@pytest.mark.parametrize("mode", [PaddingMode.REFLECT, PaddingMode.CIRCULAR])
def test_a_padding_mode_gives_no_more_than_it_has(mode: PaddingMode) -> None:
    app = choose(open_app(), padding=PaddingChoice.AMOUNT, padding_mode=mode)
    assert_set(app, "padding_width", MOST[mode] + 1, is_possible=False)


def test_the_paddings_value_is_asked_while_its_mode_is_constant_and_is_kept_till_it_is_again() -> None:
    app = choose(open_app(), padding=PaddingChoice.AMOUNT, padding_mode=PaddingMode.CONSTANT)
    assert_set(app, "padding_value", 1000, is_possible=False)
    assert_set(app, "padding_value", -5, is_possible=True)
    choose(app, padding_mode=PaddingMode.REFLECT)
    assert [number.key for number in app.number_input if number.key == "padding_value"] == []
    choose(app, padding_mode=PaddingMode.CONSTANT)
    assert app.number_input(key="padding_value").value == -5


@pytest.mark.parametrize("values", Values)
def test_values_from_anywhere_fit_the_layer(values: Values) -> None:
    app = choose(open_app(), values=values)
    assert errors(app) == []
    assert app.selectbox(key="values").value == values


def test_choosing_to_type_starts_from_the_numbers_that_are_there() -> None:
    app = open_app()
    before = {role: typed(app, role) for role in ("input", "kernel")}
    choose(app, values=Values.TYPED)
    assert {role: typed(app, role) for role in before} == before
    assert errors(app) == []


@pytest.mark.parametrize("is_on", [True, False])
def test_a_bias_can_be_typed_where_there_is_one(is_on: bool) -> None:
    app = open_app()
    app.toggle(key="bias").set_value(is_on).run()
    assert errors(app) == []
    assert app.text_area(key="bias_area").disabled is not is_on


def test_same_padding_with_a_stride_is_refused_until_either_goes() -> None:
    app = choose(open_app(), padding=PaddingChoice.SAME)
    app.number_input(key="stride_height").set_value(2).run()
    (error,) = errors(app)
    assert "padding='same' is not supported for strided convolutions" in error
    assert errors(choose(app, padding=PaddingChoice.VALID)) == []


def test_too_many_multiplies_are_refused() -> None:
    app = open_app("one-deep-filter")
    for name, value in {"height": 16, "width": 16, "in_channels": 8, "out_channels": 8, "kernel_height": 7}.items():
        app.number_input(key=name).set_value(value).run()
    assert errors(choose(app, padding=PaddingChoice.SAME)) == []  # 16 * 16 * 8 * 8 * 7 * 5 = 573,440
    app.number_input(key="kernel_width").set_value(7).run()  # 802,816
    assert errors(app) == []
    (error,) = errors(choose(app, padding=PaddingChoice.FULL))  # 22 * 22 * 8 * 8 * 7 * 7
    assert "1,517,824 multiplies" in error


def test_a_wide_input_is_for_one_channel() -> None:
    app = open_app()
    app.number_input(key="height").set_value(17).run()
    assert errors(app) == []
    app.number_input(key="in_channels").set_value(2).run()
    (error,) = errors(app)
    assert error.startswith("Input height is 17, but this page shows 1 to 16 when there is more than one input channel")


def test_an_amount_of_padding_that_was_hidden_is_no_fault_any_more() -> None:
    app = choose(open_app(), padding=PaddingChoice.AMOUNT)
    app.number_input(key="padding_height").set_value(9).run()
    assert errors(choose(app, padding=PaddingChoice.VALID)) == []


def test_an_amount_of_padding_is_still_there_after_it_was_hidden() -> None:
    app = choose(open_app(), padding=PaddingChoice.AMOUNT)
    app.number_input(key="padding_height").set_value(2).run()
    choose(app, padding=PaddingChoice.VALID)
    app.number_input(key="stride_height").set_value(2).run()
    choose(app, padding=PaddingChoice.AMOUNT)
    assert app.number_input(key="padding_height").value == 2


def test_another_control_leaves_seeded_numbers_alone_while_the_seed_is_hidden() -> None:
    app = choose(open_app("channels"), values=Values.WHOLE)
    app.number_input(key="seed").set_value(7).run()
    choose(app, values=Values.PRESET)
    before = typed(app, "input")
    app.number_input(key="stride_height").set_value(2).run()
    assert typed(app, "input") == before
