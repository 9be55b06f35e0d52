"""What the pages say of a layer, where the layer is not the one that the words are mostly said of."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from kinds.one_dimensional.state import SequencePadding
from pages.shared.problems import TOO_LONG
from sharing.page_state import Values
from tests.pages.driver import errors, open_app, open_link, page_text, press_and_wait, type_into


def number(app: AppTest, name: str, value: int) -> AppTest:
    return app.number_input(key=name).set_value(value).run()


def test_the_summary_of_a_separable_layer_is_of_both_its_layers() -> None:
    """3 maps of 3x3 of 4 products each, then 2 maps of 3x3 of 3 each: 108 + 54."""
    app = open_app("two-steps", "separable")
    app.selectbox(key="values").set_value(Values.WHOLE).run()
    assert (
        "3 channels of 4×4 in, 2 channels of 3×3 out: 4 products for every value between the two layers, "
        "3 products for every output, 162 products in all." in page_text(app)
    )


def test_the_sizes_of_a_separable_layer_are_those_of_both_its_layers() -> None:
    """Pointwise padding makes 18 of 16, and that is what the picture shows."""
    text = page_text(open_app("padding-bug", "separable"))
    between, output = (text.split(f"**{what}** =")[1] for what in ("Size between the two layers", "Output size"))
    assert between.index("= 16") < between.index("**Output size**")
    assert "rows: ⌊(16 + 1 + 1 − 1·(1 − 1) − 1) / 1⌋ + 1 = ⌊17 / 1⌋ + 1 = ⌊17⌋ + 1 = 18" in output


def test_pytorch_runs_both_layers_of_a_separable_layer() -> None:
    app = press_and_wait(open_app("padding-bug", "separable"), "Check against PyTorch", "check")
    assert "PyTorch computes the same numbers." in page_text(app)
    assert app.code[0].value.count("conv2d(") == 2


@pytest.mark.parametrize(
    ("page", "query", "name", "sentence"),
    [
        (
            "separable",
            {"preset": "two-steps", "pixel": "900"},
            "pixel",
            "Pixel: 900 is more than this layer has room for: 8",
        ),
        (
            "pooling",
            {"preset": "max", "shift": "8"},
            "shift",
            "Columns to the right: 8 is more than this layer has room for: 3",
        ),
    ],
)
def test_a_choice_beyond_the_layer_is_said_and_brought_back(
    page: str, query: dict[str, str], name: str, sentence: str
) -> None:
    app = open_link(query, page)
    assert errors(app) == []
    assert sentence in page_text(app)
    last = int(app.slider(key=name).max)
    assert app.slider(key=name).value == last
    app.run()
    assert sentence not in page_text(app)
    assert app.query_params[name] == str(last)


def test_a_choice_is_brought_back_when_the_layer_gets_smaller() -> None:
    app = open_app("two-steps", "separable")
    app.slider(key="pixel").set_value(8).run()
    number(app, "height", 2)
    assert errors(app) == []
    assert "Pixel: 8 is more than this layer has room for: 2" in page_text(app)
    assert app.slider(key="pixel").value == 2


def test_a_sequence_has_values_and_no_rows_and_columns() -> None:
    app = open_app(page="one_dimensional")
    app.selectbox(key="values").set_value(Values.WHOLE).run()
    text = page_text(app)
    assert "1 channel of 8 values in, 1 channel of 7 values out: 2 products for every output, 14 in all." in text
    assert "Every value is read." in text
    number(app, "length", 1)
    assert errors(app) == [
        "Kernel size is 2 values, but the padded input has only 1 value: use a kernel of at most 1 value, "
        "or a padding of at least 1."
    ]
    number(app, "length", 8)
    number(app, "stride", 4)
    assert "Never read: values 2, 3, 6 and 7 of the padded input" in page_text(app)
    app.selectbox(key="padding").set_value(SequencePadding.SAME).run()
    assert errors(app) == [
        "Padding is 'same' and stride is 4, but with a stride the output cannot stay as long as the input, and PyTorch "
        "refuses it: use stride 1, the padding of TensorFlow's SAME, or a padding of 0 (often its length, with other "
        "numbers)."
    ]


def test_the_full_size_of_a_layer_that_was_cut_down_is_counted() -> None:
    """3 x 3 x 4 x 4 weights, each on 32 x 32 inputs; padding crops one row and column of stamps at every side."""
    text = page_text(open_app("upsampling", "transposed"))
    weights, multiplies = 3 * 3 * 4 * 4, 3 * 3 * 4 * 4 * 32 * 32
    taps_in_a_row = 32 * 4 - 2  # the first and the last input's outermost tap are cropped
    cropped = multiplies - 9 * taps_in_a_row**2
    assert (
        f"**In full size** 3 → 3 channels on 32×32 inputs: {weights:,} weights and {multiplies:,} multiplies, "
        f"counted over the inputs, of which padding crops {cropped:,}." in text
    )


def test_what_does_not_come_back_is_not_said_to() -> None:
    """With output_padding 2 and stride 1, but dilation 3, one more row of windows fits than there were inputs."""
    app = open_app(page="transposed")
    number(number(app, "dilation_height", 3), "output_padding_height", 2)
    assert errors(app) == []
    text = page_text(app)
    assert "**There and back**" in text
    assert "rows and columns swapped" not in text
    assert "**The shape comes back, the values do not**" not in text


def test_what_is_too_long_for_a_link_is_said() -> None:
    """Random digits hardly pack."""
    drawn = np.random.default_rng(7)

    def numbers(channels: int, rows: int, columns: int) -> str:
        shape = (channels, rows, columns)
        digits = drawn.integers(0, 10, (*shape, 44))
        maps = ["\n".join(" ".join("0." + "".join(map(str, cell)) for cell in row) for row in one) for one in digits]
        return "\n\n".join(maps)

    app = open_app()
    app.selectbox(key="values").set_value(Values.TYPED).run()
    type_into(app, "input", numbers(8, 16, 16))
    type_into(app, "kernel", numbers(8, 7, 7))
    assert errors(app) == []
    assert [warning.value for warning in app.warning] == [TOO_LONG]
    type_into(app, "input", "1")
    assert [warning.value for warning in app.warning] == []


def test_a_stack_that_was_typed_is_no_markup_in_an_error() -> None:
    app = open_link({"view": "stack", "stack": "*conv 8 ![x](https://evil.example/x.png)"}, "comparison")
    (error,) = errors(app)
    assert "\\!\\[x\\]" in error
    assert "https://" not in error


@pytest.mark.parametrize(
    ("page", "plain", "general"),
    [
        ("standard", "rows and columns: (4 − 2) / 1 + 1 = 3", "**Output size** = ⌊(input + padding before + after"),
        ("one_dimensional", "**Output length**  \n(8 − 2) / 1 + 1 = 7", "**Output length** = ⌊(input + padding before"),
        ("pooling", "rows and columns: (4 − 2) / 2 + 1 = 2", "**Output size** = ⌊(input + 2·padding"),
        ("transposed", "rows and columns: (2 − 1)·1 + 2 = 3", "**Output size** = (input − 1)·stride"),
    ],
)
def test_the_size_is_said_in_the_layers_numbers_and_in_general_on_demand(page: str, plain: str, general: str) -> None:
    app = open_app(page=page)
    (folded,) = (one for one in app.expander if one.label == "The general formula")
    assert not folded.proto.expanded
    assert general in "\n".join(one.value for one in folded.markdown)
    assert plain in page_text(app)
    assert plain not in "\n".join(one.value for one in folded.markdown)
