"""The transposed page, as a visitor finds it."""

import re
from html import unescape
from urllib.parse import parse_qs

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from engine import record
from kinds.registry import PRESETS as ALL_PRESETS
from kinds.transposed.state import TransposedState, TransposedView
from sharing.matrices import parse
from sharing.page_state import Values
from sharing.values import operands
from tests.pages.driver import errors, open_app, open_link, page_text, press_and_wait, texts, type_into, typed

PRESETS = ALL_PRESETS["transposed"]


def open_transposed(preset: str | None = None) -> AppTest:
    return open_app(preset, "transposed")


def maps(app: AppTest) -> dict[str, list[list[str]]]:
    """Return what is written in every small map under the stage, by its name."""
    found = {}
    for block in app.get("html"):
        for name, body in re.findall(r"<figcaption>(.*?)</figcaption>(.*?)</figure>", block.proto.body):
            rows = re.findall(r"<tr>(.*?)</tr>", body)
            found[name] = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]
    return found


def numbers(written: list[list[str]]) -> list[list[float]]:
    return [[float(text.replace("−", "-")) for text in row] for row in written]


@pytest.mark.parametrize(("preset", "first"), [(None, 1), ("simplest", 0)])
def test_the_page_opens_with_1_to_4_and_links_to_the_published_example_keep_its_numbers(
    preset: str | None, first: int
) -> None:
    app = open_transposed(preset)
    assert errors(app) == []
    for role in ("input", "kernel"):
        assert parse(role, typed(app, role)).ravel().tolist() == list(range(first, first + 4))


def test_the_check_shows_the_call_that_was_made() -> None:
    app = open_transposed("groups")
    app.selectbox(key="values").set_value(Values.REAL).run()
    app = press_and_wait(app, "Check against PyTorch", "check")
    assert [code.value for code in app.code] == [
        "conv_transpose2d(x, weight, None, stride=(1, 1), padding=(0, 0), output_padding=(0, 0), groups=2, "
        "dilation=(1, 1))"
    ]
    assert "PyTorch computes the same numbers." in page_text(app)


def test_size_and_equivalent_convolution_are_worked_out_in_numbers() -> None:
    text = page_text(open_transposed("guide-padding-strides-odd"))
    assert "rows and columns: (3 − 1)·2 − 2·1 + 1·(3 − 1) + 1 + 1 = 6" in text
    assert "i′ = 3 + (3 − 1)·(2 − 1) = 5, p′ = 3 − 1 − 1 = 1, a = 1: 5 + 2·1 + 1 − (3 − 1) = 6" in text


def test_rows_and_columns_are_worked_out_apart_where_they_differ() -> None:
    app = open_transposed("stride")
    app.number_input(key="stride_width").set_value(3).run()
    text = page_text(app)
    assert "rows: (2 − 1)·2 − 2·0 + 1·(2 − 1) + 0 + 1 = 4" in text
    assert "columns: (2 − 1)·3 − 2·0 + 1·(2 − 1) + 0 + 1 = 5" in text


@pytest.mark.parametrize("view", TransposedView)
def test_every_view_opens_and_keeps_the_sentence(view: TransposedView) -> None:
    """However it is looked at, it is the layer that the preset describes."""
    app = open_transposed("stride")
    app.session_state["view"] = view
    app.run()
    assert errors(app) == []
    assert PRESETS["stride"].look_for in texts(app)


def test_a_changed_layer_is_summed_up_in_its_own_numbers() -> None:
    app = open_transposed("padding")
    app.number_input(key="height").set_value(3).run()
    assert PRESETS["padding"].look_for not in texts(app)
    # 3x2 inputs, 2x2 kernels: 24 products; of the 4x3 cells they land on, the 2x1 in the middle are left, 8 landings
    (sentence,) = (text for text in texts(app) if text.startswith("1 channel of 3×2 in, 1 channel of 2×1 out: "))
    assert "every input value stamps 4 products on the output, 24 in all, of which padding crops 16." in sentence


def test_the_overlaps_of_the_layer_are_counted() -> None:
    app = open_transposed("guide-padding-strides-odd")
    line = [1, 2, 1, 2, 1, 1]
    assert numbers(maps(app)["taps on each output of this layer"]) == np.outer(line, line).tolist()
    assert "3 is not divisible by 2: away from the border the counts go 2, 1, 2, 1 …, unevenly." in page_text(app)


def test_what_output_padding_adds_and_no_stamp_reaches_is_said() -> None:
    """Two stamps of 2 with stride 2 end at row 3: the fifth row and column have only what was there before."""
    app = open_transposed("stride")
    for name in ("output_padding_height", "output_padding_width"):
        app.number_input(key=name).set_value(1).run()
    line = [1, 1, 1, 1, 0]
    assert numbers(maps(app)["taps on each output of this layer"]) == np.outer(line, line).tolist()
    said = "No stamp reaches row 4 and column 4 of the output (counted from 0): "
    assert said + "without a bias the output is 0 there." in page_text(app)
    app.toggle(key="bias").set_value(True).run()
    assert said + "the output is only the bias there." in page_text(app)


def test_both_output_paddings_stand_side_by_side() -> None:
    """As PyTorch computes them; of a stride of 1 there is no choice, and of one direction only that one changes."""
    app = open_transposed("output-padding")
    state = PRESETS["output-padding"].state
    x, weight, *_ = (torch.tensor(one) for one in operands(state).values())
    for amount, size in ((0, 5), (1, 6)):
        wanted = torch.nn.functional.conv_transpose2d(x[None], weight, stride=2, padding=1, output_padding=amount)
        shown = numbers(maps(app)[f"output_padding {amount}: {size}×{size}"])
        np.testing.assert_allclose(shown, wanted[0, 0].numpy(), atol=0.005)
    assert "makes 3×3 of 5×5 and of 6×6." in page_text(app)
    app.number_input(key="output_padding_width").set_value(0).run()
    app.number_input(key="stride_width").set_value(1).run()
    assert {"output_padding 0: 5×3", "output_padding 1: 6×3"} <= set(maps(app))
    assert not [name for name in maps(open_transposed("simplest")) if name.startswith("output_padding")]


@pytest.mark.parametrize(
    ("kernel", "stride", "counts", "verdict"),
    [
        (3, 2, "1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1", "3 is not divisible by 2"),
        (4, 2, "1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1", "every cell is stamped 2 times"),
        (2, 3, "1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1", "unevenly and with holes"),
        (1, 1, "1, 1, 1, 1, 1", "every cell is stamped once"),
        (6, 1, "1, 2, 3, 4, 5, 5, 4, 3, 2, 1", "stamped 6 times. This input is too small to get there."),
    ],
)
def test_the_sliders_of_the_checkerboard(kernel: int, stride: int, counts: str, verdict: str) -> None:
    app = open_transposed()
    app.slider(key="checkerboard_kernel").set_value(kernel).run()
    app.slider(key="checkerboard_stride").set_value(stride).run()
    assert f"5 inputs in a row, k = {kernel}, s = {stride}: **{counts}**" in page_text(app)
    assert verdict in page_text(app)
    line = [int(count) for count in counts.split(", ")]
    assert numbers(maps(app)[f"5×5 inputs, k = {kernel}, s = {stride}"]) == np.outer(line, line).tolist()
    # They are of the checkerboard alone: the layer is still the preset's.
    assert PRESETS["stamps"].look_for in texts(app)


def test_the_shape_comes_back_and_the_values_do_not() -> None:
    """Case 17: 4x4 becomes 2x2 and 4x4 again, by torch's own two functions."""
    import torch
    from torch.nn import functional

    app = open_transposed("round-trip")
    there, between, back = (numbers(written) for written in list(maps(app).values())[-3:])
    kernel = torch.arange(1.0, 10.0).reshape(1, 1, 3, 3)
    start = torch.tensor(there)[None, None]
    assert start.shape == (1, 1, 4, 4)
    made = functional.conv2d(start, kernel)
    again = functional.conv_transpose2d(made, kernel)
    assert (between, back) == (made[0, 0].tolist(), again[0, 0].tolist())
    difference = float((again - start).abs().max())
    assert difference > 0
    assert f"The largest difference between the first map and the last is **{difference:g}**." in page_text(app)


def test_an_output_padding_as_large_as_the_stride_brings_back_no_shape() -> None:
    app = open_transposed()
    for name, value in {"dilation_height": 3, "output_padding_height": 1}.items():
        app.number_input(key=name).set_value(value).run()
    assert errors(app) == []
    assert "Here the shape does not come back either" in page_text(app)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "output_padding_height",
            1,
            "Output padding height is 1, but it must be less than the larger of",
        ),
        ("padding_height", 2, "Padding height is 2 rows at the top and the bottom, but a transposed layer crops"),
        ("kernel_height", 9, "Kernel height is 9, but this page shows 1 to 7: use 7."),
    ],
)
def test_an_impossible_layer_is_explained_and_nothing_of_it_is_shown(name: str, value: int, sentence: str) -> None:
    app = open_transposed()
    before = typed(app, "kernel")
    app.number_input(key=name).set_value(value).run()
    (error,) = errors(app)
    assert error.startswith(sentence)
    assert maps(app) == {}
    assert "**Output size** = (input − 1)·stride" in page_text(app)  # the formula, without numbers
    assert [button.label for button in app.button if "PyTorch" in button.label] == []
    app.number_input(key=name).set_value(getattr(PRESETS["stamps"].state, name)).run()
    assert errors(app) == []
    assert typed(app, "kernel") == before


def test_a_typed_kernel_has_its_input_channels_first() -> None:
    """torch's weight of a transposed layer is (in_channels, out_channels // groups, rows, columns)."""
    app = open_transposed("simplest")
    app = type_into(app, "kernel", "1 2\n\n3 4\n\n5 6")  # one input channel, three maps
    assert errors(app) == []
    assert [app.number_input(key=name).value for name in ("in_channels", "out_channels", "kernel_height")] == [1, 3, 1]
    state = TransposedState("simplest", 2, 2, out_channels=3, kernel_height=1, kernel_width=2, values=Values.TYPED)
    state = TransposedState(**{**state.__dict__, "input_text": typed(app, "input"), "kernel_text": "1 2\n\n3 4\n\n5 6"})
    output = record(state.layer(), *operands(state).values()).output
    assert output[2].tolist() == [[0, 5, 6], [10, 27, 18]]


QUESTION = {"given_height": "15", "given_width": "13", "wanted_height": "240", "wanted_width": "200"}


def listed(app: AppTest) -> list[list[str]]:
    """Return the list of the layers that make a size, its last column as the address that it leads to."""
    (body,) = (block.proto.body for block in app.get("html") if 'class="layer-list"' in block.proto.body)
    _, *rows = re.findall(r"<tr>(.*?)</tr>", body)
    return [
        [re.sub(r'<a href="([^"]*)".*', r"\1", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
        for row in rows
    ]


def test_a_link_asks_which_output_padding_makes_240_by_200_of_15_by_13() -> None:
    app = open_link(
        {"v": "1", "preset": "stamps", **QUESTION, "wanted_kernel": "16", "wanted_stride": "16"}, "transposed"
    )
    assert errors(app) == []
    assert ["16", "16", "7", "(14, 6)", "evenly", "7 rows", "226 to 241 × 194 to 209", "too large to play"] in listed(
        app
    )
    assert "does not make 240×200 of 15×13, whatever its output_padding: of 15×13 it makes 16 rows" in page_text(app)


def test_the_question_follows_its_controls_and_its_links_lead_to_layers_that_play() -> None:
    app = open_transposed()
    for name, value in {"given_height": 5, "wanted_height": 10}.items():
        app.number_input(key=name).set_value(value).run()
    *_, address = next(row for row in listed(app) if row[:4] == ["4", "2", "1", "0"])
    page, _, query = unescape(address).partition("?")
    assert page == "transposed"
    led = open_link(parse_qs(query), page)
    assert errors(led) == []
    assert "makes 10×14 of 5×7 with output_padding 0." in page_text(led)
    assert "rows: (5 − 1)·2 + 4 − 2·1 = 10" in page_text(led)


def test_a_size_that_cannot_be_read_is_told_and_the_stage_plays_on() -> None:
    app = open_transposed()
    app.number_input(key="wanted_height").set_value(5000).run()
    assert errors(app) == ["To height is 5,000, but this page shows 1 to 1,024: use 1,024."]
    assert maps(app) != {}


def test_an_impossible_layer_leaves_the_question_there() -> None:
    app = open_transposed()
    app.number_input(key="output_padding_height").set_value(1).run()
    ways = [button.label for button in app.button if (button.key or "").startswith("way_out_stage")]
    assert ways == ["Set Output padding height to 0", "Set Stride height to 2", "Set Dilation height to 2"]
    assert listed(app)[0][:4] == ["2", "2", "0", "0"]
