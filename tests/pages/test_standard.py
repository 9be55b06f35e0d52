"""The standard-convolution page, as a visitor finds it."""

import pytest
from streamlit.testing.v1 import AppTest

from kinds.registry import PRESETS as ALL_PRESETS
from kinds.standard.state import StandardState
from sharing.matrices import parse
from sharing.page_state import Values
from tests.pages.driver import errors, open_app, open_link, page_text, press, press_and_wait, texts, typed
from tests.serving.test_record import stage_data
from tests.stage.strategies import decode

PRESETS = ALL_PRESETS["standard"]
IMPOSSIBLE = {
    "same-with-stride": "in PyTorch padding='same' is not supported for strided convolutions",
    "missing-axis": "the channel axis is missing",
}
POSSIBLE = [slug for slug in PRESETS if slug not in IMPOSSIBLE]


def check_against_pytorch(app: AppTest) -> AppTest:
    return press_and_wait(app, "Check against PyTorch", "check")


def test_the_page_opens_on_the_lessons_first_case() -> None:
    app = open_app()
    assert errors(app) == []
    assert app.selectbox(key="preset").value == "simplest"
    assert parse("input", typed(app, "input")).tolist() == [[[[4, 1, 7, 5], [4, 4, 2, 5], [7, 7, 2, 4], [1, 0, 2, 4]]]]
    assert parse("kernel", typed(app, "kernel")).tolist() == [[[[1, 0], [2, 1]]]]


@pytest.mark.parametrize("slug", POSSIBLE)
def test_a_preset_opens_with_its_sentence_and_no_error(slug: str) -> None:
    app = open_app(slug)
    assert errors(app) == []
    assert PRESETS[slug].look_for in texts(app)


@pytest.mark.parametrize(("slug", "reason"), IMPOSSIBLE.items())
def test_an_impossible_preset_opens_with_one_error_that_says_why(slug: str, reason: str) -> None:
    app = open_app(slug)
    (error,) = errors(app)
    assert reason in error


@pytest.mark.parametrize("slug", IMPOSSIBLE)
def test_another_preset_ends_the_error_of_an_impossible_one(slug: str) -> None:
    app = open_app(slug)
    assert errors(app.selectbox(key="preset").set_value("channels").run()) == []


@pytest.mark.parametrize("slug", IMPOSSIBLE)
def test_an_impossible_layer_has_no_size_and_no_check(slug: str) -> None:
    app = open_app(slug)
    assert "rows: ⌊" not in page_text(app)  # the formula stands there without numbers
    assert [button.label for button in app.button if "PyTorch" in button.label] == []


def test_choosing_a_preset_puts_every_control_to_its_values() -> None:
    app = open_app("floor")
    state: StandardState = PRESETS["floor"].state
    for name in ("height", "width", "kernel_height", "stride_width", "padding_height", "padding_width"):
        assert app.number_input(key=name).value == getattr(state, name)
    assert app.selectbox(key="padding").value == state.padding


def test_choosing_a_preset_again_puts_back_what_was_changed() -> None:
    app = open_app()
    app.number_input(key="height").set_value(9).run()
    app.selectbox(key="preset").set_value("same").run()
    app.selectbox(key="preset").set_value("simplest").run()
    assert app.number_input(key="height").value == 4
    assert PRESETS["simplest"].look_for in texts(app)


def test_a_presets_sentence_goes_once_its_layer_is_changed() -> None:
    app = open_app("cross-correlation")
    app.number_input(key="height").set_value(5).run()
    assert PRESETS["cross-correlation"].look_for not in texts(app)
    assert "1 channel of 5×3 in, 1 channel of 4×2 out" in page_text(app)


def test_a_changed_layer_is_summed_up_in_its_own_numbers() -> None:
    app = open_app("channels")
    app.number_input(key="out_channels").set_value(4).run()
    # 3 channels of 4x4 with 2x2 kernels: 3x3 outputs in each of 4 maps, of 3 * 2 * 2 products each
    (sentence,) = (text for text in texts(app) if text.startswith("3 channels of 4×4 in, 4 channels of 3×3 out: "))
    assert "12 products" in sentence
    assert "432" in sentence


def test_the_output_size_is_worked_out_in_numbers() -> None:
    text = page_text(open_app("floor"))
    assert text.count("⌊(5 + 1 + 1 − 1·(2 − 1) − 1) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = ⌊2.5⌋ + 1 = 3") == 2


def test_rows_and_columns_are_worked_out_apart() -> None:
    text = page_text(open_app("uneven-stride"))
    assert "rows: ⌊(3 + 1 + 1 − 1·(2 − 1) − 1) / 3⌋ + 1 = ⌊3 / 3⌋ + 1 = ⌊1⌋ + 1 = 2" in text
    assert "columns: ⌊(3 + 1 + 1 − 1·(2 − 1) − 1) / 2⌋ + 1 = ⌊3 / 2⌋ + 1 = ⌊1.5⌋ + 1 = 2" in text


def test_the_row_and_column_that_are_never_read_are_named() -> None:
    assert "Never read: row 6 and column 6 of the padded input" in page_text(open_app("floor"))


def test_where_everything_is_read_the_page_says_so() -> None:
    assert "Every row and column of the padded input is read." in page_text(open_app())


@pytest.mark.parametrize("slug", POSSIBLE)
def test_pytorch_computes_the_same_whole_numbers(slug: str) -> None:
    app = check_against_pytorch(open_app(slug))
    assert errors(app) == []
    assert "PyTorch computes the same numbers. Largest difference: **0** over" in page_text(app)


def test_pytorch_computes_the_same_real_numbers() -> None:
    app = open_app("channels")
    app.selectbox(key="values").set_value(Values.REAL).run()
    assert "PyTorch computes the same numbers." in page_text(check_against_pytorch(app))


def test_the_check_shows_the_call_that_was_made() -> None:
    app = check_against_pytorch(open_app("uneven-stride"))
    assert [code.value for code in app.code] == [
        "conv2d(pad(x, (1, 1, 1, 1), mode='constant'), weight, None, stride=(3, 2), dilation=(1, 1), groups=1)"
    ]


def test_the_check_goes_with_the_layer_it_was_made_for() -> None:
    app = check_against_pytorch(open_app())
    app.number_input(key="height").set_value(5).run()
    assert "Largest difference" not in page_text(app)


def test_two_visitors_do_not_see_each_others_choices() -> None:
    one, other = open_app(), open_app()
    one.number_input(key="height").set_value(7).run()
    assert other.run().number_input(key="height").value == 4


def test_a_way_out_is_a_button_that_makes_the_layer_work() -> None:
    app = open_app("same-with-stride")
    assert len(errors(app)) == 1
    (beside,) = (button for button in app.button if button.key == "way_out_padding_0")
    assert beside.label == "Set Stride height to 1, Stride width to 1"
    press(app, beside.label)
    assert errors(app) == []
    assert (app.number_input(key="stride_height").value, app.number_input(key="stride_width").value) == (1, 1)
    assert [button.label for button in app.button if button.label.startswith("Set ")] == []


def test_tensorflows_numbers_are_a_button_away() -> None:
    app = open_link({"preset": "same-upper", "padding": "same"})
    assert len(errors(app)) == 1
    assert [button.label for button in app.button if (button.key or "").startswith("way_out_stage")] == [
        "Set Stride height to 1, Stride width to 1",
        "Set Padding to same_upper (TensorFlow's SAME)",
        "Set Padding height to 1, Padding width to 1 (TensorFlow's shape, but other numbers)",
    ]
    press(app, "Set Padding to same_upper (TensorFlow's SAME)")
    assert errors(app) == []
    assert "**same_upper** makes ⌈input / stride⌉ outputs, as TensorFlow's SAME does." in page_text(app)
    assert "rows and columns: (3 − 1)·2 + 3 − 6 = 1: 0 before, 1 after" in page_text(app)
    recorded = stage_data(app)["layers"][0]["arrays"]["output"]
    assert decode(recorded).tolist() == [[[366, 438, 294], [798, 870, 546], [451, 481, 271]]]


def test_a_way_out_may_be_another_padding() -> None:
    app = open_app("simplest")
    app.number_input(key="kernel_height").set_value(6).run()
    press(app, "Set Padding height to 1, Padding width to 0")
    assert errors(app) == []
    assert app.number_input(key="padding_height").value == 1
    assert app.number_input(key="kernel_height").value == 6
