"""The pages of the other kinds of layer, as a visitor finds them."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from kinds.one_dimensional.state import SequencePadding
from kinds.pooling.state import PoolingKind
from kinds.registry import PRESETS
from kinds.separable.state import SeparableView
from pages.shared.labels import label_of
from sharing.page_state import Values
from tests.pages.driver import errors, open_app, page_text, press_and_wait, texts, type_into, typed

PAGES = [page for page in PRESETS if page != "standard"]
ALL = [(page, slug) for page in PAGES for slug in PRESETS[page]]


def number(app: AppTest, name: str, value: int | None) -> AppTest:
    return app.number_input(key=name).set_value(value).run()


@pytest.mark.parametrize(("page", "slug"), ALL)
def test_a_preset_opens_with_its_sentence_and_pytorch_computes_the_same(page: str, slug: str) -> None:
    app = open_app(slug, page)
    assert errors(app) == []
    assert PRESETS[page][slug].look_for in texts(app)
    text = page_text(press_and_wait(app, "Check against PyTorch", "check"))
    assert "PyTorch computes the same numbers." in text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("values", [Values.WHOLE, Values.REAL, Values.TYPED])
def test_values_from_anywhere_are_computed_as_pytorch_does(page: str, values: Values) -> None:
    app = open_app(page=page)
    app.selectbox(key="values").set_value(values).run()
    assert errors(app) == []
    assert "PyTorch computes the same numbers." in page_text(press_and_wait(app, "Check against PyTorch", "check"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("value", [None, 0, 10**9])
def test_a_number_in_each_field_is_at_most_one_sentence(page: str, value: int | None) -> None:
    """What the state makes of any number is tested with the states; here, what the page does with its answer."""
    app = open_app(page=page)
    for name in [one.key for one in app.number_input if not one.key.endswith("_control")]:
        before = app.number_input(key=name).value
        number(app, name, value)
        said = errors(app)
        if said or value != 0:  # no padding is a padding too
            (error,) = said
            assert error.startswith(f"{label_of(name)} is ")
        assert app.number_input(key=name).value == value
        app.number_input(key=name).set_value(before)
    assert errors(app.run()) == []


def test_groups_offer_what_divides_both_channel_counts() -> None:
    app = open_app(page="grouped")
    assert app.select_slider(key="groups").options == ["1", "2", "4 (depthwise)"]


def test_groups_that_no_longer_divide_stay_and_are_explained() -> None:
    app = open_app(page="grouped")
    number(app, "in_channels", 3)
    (error,) = errors(app)
    assert error.startswith("Groups is 2, but it must divide In channels, which is 3")
    assert app.select_slider(key="groups").options == ["1", "2 (does not divide)"]
    assert app.select_slider(key="groups").value == 2  # what the sentence says


def test_a_depth_multiplier_makes_the_output_channels() -> None:
    app = open_app("depthwise", "grouped")
    app.number_input(key="depth_multiplier_control").set_value(2).run()
    assert errors(app) == []
    assert app.number_input(key="out_channels").value == 6
    assert "3 → 6 channels in 3 groups: each filter sees 1 of 3 channels, so 150 weights" in page_text(app)


@pytest.mark.parametrize(
    ("page", "slug", "sentences"),
    [
        ("grouped", "eight-groups", ["9,216 weights and 1,327,104 multiplies, ⅛ of the 73,728 and 10,616,832"]),
        ("grouped", "one-group", ["19,200 weights, 1,228,800 multiplies"]),
        ("separable", "separable", ["75 + 768 = 843 weights", "19,200 weights (22.8× as many)"]),
        ("separable", "padding-bug", ["here separable is dearer"]),
        # 27 * 64 * 64 and (9 + 3) * 64 * 144 weights, each at 16 * 56 * 56 outputs.
        (
            "three_dimensional",
            "same",
            ["with 144 channels between", "110,592 weights and 5,549,064,192 multiplies. The"],
        ),
    ],
)
def test_the_full_size_of_a_case_is_counted(page: str, slug: str, sentences: list[str]) -> None:
    text = page_text(open_app(slug, page))
    assert all(sentence in text for sentence in sentences), text


def test_a_full_size_goes_with_its_preset() -> None:
    app = open_app("eight-groups", "grouped")
    number(app, "height", 5)
    assert "In full size" not in page_text(app)


def test_the_pointwise_layer_alone_is_shown_with_its_own_numbers() -> None:
    app = open_app(page="separable")
    before = typed(app, "pointwise_kernel")
    app.button_group(key="view_control").set_value(SeparableView.POINTWISE).run()
    assert errors(app) == []
    assert typed(app, "pointwise_kernel") == before


def test_typed_pointwise_weights_are_a_matrix_with_a_row_an_output() -> None:
    app = type_into(open_app(page="separable"), "pointwise_kernel", "1 0 0\n0 1 0\n0 0 1")
    assert errors(app) == []
    assert app.number_input(key="out_channels").value == 3


def test_a_typed_sequence_has_a_line_a_channel() -> None:
    app = type_into(open_app(page="one_dimensional"), "input", "1 2 3 4\n5 6 7 8")
    assert errors(app) == []
    assert (app.number_input(key="in_channels").value, app.number_input(key="length").value) == (2, 4)


def test_causal_padding_is_in_the_formula() -> None:
    app = open_app(page="one_dimensional")
    app.selectbox(key="padding").set_value(SequencePadding.CAUSAL).run()
    assert "⌊(8 + 1 + 0 − 1·(2 − 1) − 1) / 1⌋ + 1 = ⌊7 / 1⌋ + 1 = ⌊7⌋ + 1 = 8" in page_text(app)


@pytest.mark.parametrize(
    ("slug", "formula"),
    [
        ("floor", "rows: ⌊(5 + 2·0 − 1·(2 − 1) − 1) / 2⌋ + 1 = ⌊1.5⌋ + 1 = 2"),
        ("ceil", "rows: ⌈(5 + 2·0 − 1·(2 − 1) − 1) / 2⌉ + 1 = ⌈1.5⌉ + 1 = 3"),
    ],
)
def test_the_pooled_size_is_rounded_as_ceil_mode_says(slug: str, formula: str) -> None:
    assert formula in page_text(open_app(slug, "pooling"))


@pytest.mark.parametrize(
    ("padding", "stride", "formula"),
    [
        # At stride 5 the next window would start at 5, at stride 3 at 6, counted from the padding: behind 5 cells.
        (0, 5, "rows: ⌈(5 + 2·0 − 1·(2 − 1) − 1) / 5⌉ + 1 = ⌈0.6⌉ + 1 = 2, less the last, which would start behind "),
        (
            1,
            3,
            "rows: ⌈(5 + 2·1 − 1·(2 − 1) − 1) / 3⌉ + 1 = ⌈1.66667⌉ + 1 = 3, less the last, which would start behind ",
        ),
    ],
)
def test_a_window_that_would_start_behind_the_input_is_left_out(padding: int, stride: int, formula: str) -> None:
    app = open_app("ceil", "pooling")
    number(app, "padding_height", padding)
    text = page_text(number(app, "stride_height", stride))
    assert f"{formula}the input: {2 if padding else 1}" in text


def test_a_shift_that_stays_in_its_window_changes_no_maximum_and_every_mean() -> None:
    app = open_app("shift", "pooling")
    assert "max: 0 of 9 outputs changed; mean: 9 of 9 outputs changed." in page_text(app)
    app.slider(key="shift").set_value(2).run()
    assert "max: 9 of 9 outputs changed; mean: 9 of 9 outputs changed." in page_text(app)


def test_windows_of_a_maximum_and_a_mean_that_differ_are_said_to() -> None:
    said = "Average pooling has no dilation: its windows here are not spread as those of the maximum are."
    assert said not in page_text(open_app("shift", "pooling"))
    app = open_app("dilated", "pooling")
    # 6 × 6 leaves room for 4 × 4 windows that are spread over 3 × 3, and for 5 × 5 of 2 × 2.
    assert re.search(rf"max: \d+ of 16 outputs changed; mean: \d+ of 25 outputs changed\. {said}", page_text(app))
    app.selectbox(key="kind").set_value(PoolingKind.AVERAGE).run()
    assert said not in page_text(app)


def test_a_mean_has_no_dilation_and_a_maximum_counts_no_padding() -> None:
    app = open_app(page="pooling")
    assert "dilation_height" in [one.key for one in app.number_input]
    assert [one.key for one in app.toggle] == ["ceil_mode"]
    app.selectbox(key="kind").set_value(PoolingKind.AVERAGE).run()
    assert "dilation_height" not in [one.key for one in app.number_input]
    assert [one.key for one in app.toggle] == ["ceil_mode", "count_include_pad"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_left_and_opened_again_is_as_it_was(page: str) -> None:
    app = open_app(page=page)
    app.selectbox(key="values").set_value(Values.WHOLE).run()
    number(app, "seed", 99)
    numbers = typed(app, "input")
    app.switch_page("pages/standard.py").run()
    assert app.selectbox(key="values").value is Values.PRESET
    app.switch_page(f"pages/{page}.py").run()
    assert (app.number_input(key="seed").value, typed(app, "input")) == (99, numbers)
