"""Stacks as text: every kind of layer read, every mistake answered in one sentence, and the worked cases."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    ConvTranspose2d,
    GlobalAvgPool2d,
    LayerError,
    Linear,
    MaxPool2d,
    ReLU,
    SeparableConv2d,
)
from sharing.examples import STACKS
from sharing.stack_limits import MOST_CELLS, MOST_LAYERS, MOST_SPREAD
from sharing.stack_text import FORMS, join, read_layer, run_stack, split

INPUT = (12, 20, 24)
READ: dict[str, Any] = {
    "conv 16 3": Conv2d(12, 16, 3),
    "conv 12>16 5x3 s2x1 p1 d2 g4 nobias": Conv2d(12, 16, (5, 3), (2, 1), 1, 2, 4, False),
    "CONV 16 3 same": Conv2d(12, 16, 3, padding="same"),
    "conv 16 3 s2 same_upper": Conv2d(12, 16, 3, 2, "same_upper"),
    "conv 16 3 s2 p0:1": Conv2d(12, 16, 3, 2, ((0, 1), (0, 1))),
    "conv 16 3 p0:1x2:3": Conv2d(12, 16, 3, padding=((0, 1), (2, 3))),
    "depthwise 3 s2 same_lower": Conv2d(12, 12, 3, 2, "same_lower", groups=12),
    "transposed 6 3 s2 same_upper": ConvTranspose2d(12, 6, 3, 2, "same_upper"),
    "transposed 6 3 s2 p0:1": ConvTranspose2d(12, 6, 3, 2, ((0, 1), (0, 1))),
    "maxpool 3 s2 same_upper": MaxPool2d(3, 2, "same_upper"),
    "avgpool 3 s2 p0:1": AvgPool2d(3, 2, ((0, 1), (0, 1))),
    "depthwise 3 p1": Conv2d(12, 12, 3, padding=1, groups=12),
    "depthwise 3 full m2 nobias": Conv2d(12, 24, 3, padding="full", groups=12, bias=False),
    "pointwise 64": Conv2d(12, 64, 1),
    "pointwise 12>64 s2 nobias": Conv2d(12, 64, 1, 2, bias=False),
    "separable 64 3 s2 p1 d2 m2": SeparableConv2d(12, 64, 3, 2, 1, 2, depth_multiplier=2),
    "transposed 6 4 s2 p1 o1 g3": ConvTranspose2d(12, 6, 4, 2, 1, 1, 3),
    "maxpool 3 s2 p1 d2": MaxPool2d(3, 2, 1, 2),
    "maxpool 2 ceil": MaxPool2d(2, ceil_mode=True),
    "avgpool 3 s2 p1": AvgPool2d(3, 2, 1),
    "globalpool": GlobalAvgPool2d(),
    "batchnorm": BatchNorm2d(12),
    "relu": ReLU(),
    "linear 10": Linear(12 * 20 * 24, 10),
    "linear 5760>10 nobias": Linear(5760, 10, bias=False),
}


@pytest.mark.parametrize("text", READ)
def test_a_layer_is_read(text: str) -> None:
    assert read_layer(text, INPUT) == READ[text]


def test_every_kind_of_layer_is_read_above() -> None:
    assert {text.lower().split()[0] for text in READ} == FORMS.keys()


@pytest.mark.parametrize("name", FORMS)
def test_the_example_of_every_form_is_of_that_form(name: str) -> None:
    assert FORMS[name].example.split()[0] == name
    read_layer(FORMS[name].example, INPUT)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("cnov 16 3", "layer is 'cnov', which has another name here: use 'conv'."),
        ("Conv2d 16 3", "layer is 'conv2d', which has another name here: use 'conv'."),
        ("nn.BatchNorm2d", "layer is 'nn.batchnorm2d', which has another name here: use 'batchnorm'."),
        ("dense 10", "layer is 'dense', which has another name here: use 'linear'."),
        ("dropout", "layer is 'dropout', which this page cannot stack: it stacks conv, depthwise, "),
        ("softmax", "layer is 'softmax', which this page cannot stack: it stacks conv, "),
        ("sigmoid", "layer is 'sigmoid', which this page cannot stack: it stacks conv, "),
        ("unpool 2", "layer is 'unpool', which this page cannot stack: it stacks conv, "),
        ("nn.Sequential(", "layer is 'nn.sequential(', which this page cannot stack: it stacks conv, "),
        ("# comment", "layer is '#', which this page cannot stack: it stacks conv, "),
        ("\u202e3 p1 vnoc", "layer is '\ufffd3', which this page cannot stack: it stacks conv, "),
        ("conv 16", "layer is 'conv 16', but its kernel_size is missing: write it like: conv 16 3 s2 p1."),
        ("conv", "layer is 'conv', but its out_channels is missing: write it like: conv 16 3 s2 p1."),
        ("conv 16 3 m2", "layer is 'conv 16 3 m2', but 'm2' means nothing there: write it like: conv 16 3 s2 p1."),
        ("conv 16 3 3", "layer is 'conv 16 3 3', but '3' means nothing there: "),
        ("conv 16 2>3", "layer is 'conv 16 2>3', but '2>3' means nothing there: "),
        ("relu 3", "layer is 'relu 3', but '3' means nothing there: write it like: relu."),
        ("maxpool 2 nobias", "layer is 'maxpool 2 nobias', but 'nobias' means nothing there: "),
        ("conv 0 3", "out_channels is 0, but it must be a whole number of at least 1: use 1."),
        ("conv 16 3 same s2", "padding is 'same' and stride is 2, but in PyTorch padding='same' is not supported for "),
        ("conv 8 3 g5", "groups is 5, but it must divide in_channels, which is 12: use 4."),
        ("conv 70000 3", "out_channels is 70,000, but this page stacks up to 65,536: use 65,536."),
        ("conv 8 3 p0:99999", "padding is 99,999, but this page stacks up to 4,096: use 4,096."),
        ("conv 8 3 p0:1 same_upper", "layer is 'conv 8 3 p0:1 same_upper', but 'p0:1' and 'same_upper' both set its "),
        ("pointwise 8 p0:1", "layer is 'pointwise 8 p0:1', but 'p0:1' means nothing there: "),
        ("conv 8 3 s0:1", "layer is 'conv 8 3 s0:1', but 's0:1' means nothing there: "),
        ("conv 8 3 p99999", "padding is 99,999, but this page stacks up to 4,096: use 4,096."),
        (
            "conv 16 3 s1 s2",
            "layer is 'conv 16 3 s1 s2', but 's1' and 's2' both set its stride: leave one of them out.",
        ),
        ("conv 16 3 p1 same", "layer is 'conv 16 3 p1 same', but 'p1' and 'same' both set its padding: leave one of "),
        (
            "conv 16 3 nobias nobias",
            "layer is 'conv 16 3 nobias nobias', but 'nobias' and 'nobias' both set its bias: ",
        ),
        ("maxpool 2 ceil d1 ceil", "layer is 'maxpool 2 ceil d1 ceil', but 'ceil' and 'ceil' both set its ceil_mode: "),
    ],
)
def test_a_layer_that_cannot_be_read_says_why(text: str, sentence: str) -> None:
    with pytest.raises(LayerError) as caught:
        read_layer(text, INPUT)
    assert str(caught.value).startswith(sentence)


WORDS = ["conv", "relu", "x3", "x0", "x999999999", "16", "3", "s2", ";", "linear", "5>3"]


@given(st.text(max_size=40) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_whatever_is_typed_is_run_or_explained(text: str) -> None:
    rows = run_stack(text, (1, 9, 9))
    lines = split(text)
    assert len([row for row in rows if row.problem]) <= 1
    assert all(lines[row.line - 1].startswith(row.text) for row in rows)
    assert {row.line for row in rows} == set(range(1, len(lines) + 1))


@given(st.lists(st.sampled_from([form.example for form in FORMS.values()])))
def test_a_joined_stack_is_split_again(lines: list[str]) -> None:
    assert split(join(lines)) == split("\n".join(lines)) == lines


def outputs(text: str, inputs: tuple[int, int, int]) -> list[tuple[int, int, int] | None]:
    return [row.applied and row.applied.outputs for row in run_stack(text, inputs)]


def test_a_line_stands_for_as_many_layers_as_it_says() -> None:
    assert outputs("maxpool 2 x3; relu", (1, 16, 16)) == [(1, 8, 8), (1, 4, 4), (1, 2, 2), (1, 2, 2)]
    assert [row.line for row in run_stack("maxpool 2 x3; relu", (1, 16, 16))] == [1, 1, 1, 2]


def test_layers_after_an_impossible_one_wait() -> None:
    rows = run_stack("conv 6 5; conv 120 9; relu; linear 10", (1, 12, 12))
    assert [row.applied is not None for row in rows] == [True, False, False, False]
    assert [bool(row.problem) for row in rows] == [False, True, False, False]
    assert rows[1].problem.startswith("kernel_size is 9 rows, but the padded input has only 8 rows")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("linear 9>10", "in_features is 9, but the 1×28×28 values before it are 784 when they are flattened: use 784."),
        ("relu x0", "layer is 'relu x0', but it stands for no layer at all: use x1, or take it out."),
        ("relu x201", "layer is 'relu x201', but that makes 201 layers, and this page stacks up to 200: use x200."),
        (
            "relu x5; conv 9 3 x999",
            "layer is 'conv 9 3 x999', but with the 5 before it that makes 1,004 layers, and this page stacks up to "
            "200: use x195.",
        ),
        ("relu x200; relu", "layer is 'relu', but with the 200 before it that makes 201 layers, and this page stacks "),
        ("transposed 1 3 s2 x9", "output is 7,423×7,423 after this layer, but this page follows sizes up to 4,096: "),
        ("maxpool 28; transposed 1 1 s64 x9", "stride is 64, but all layers together may spread a cell over "),
        (
            "transposed 1 36 s36; conv 65536 1; conv 65536 99 p49",
            "layer is 'conv 65536 99 p49', but it comes to more than 9,007,199,254,740,992 mult-adds, and this page ",
        ),
        (
            "maxpool 28; conv 1 1 s4096 x4; conv 1 4095 p2047",
            "layer is 'conv 1 4095 p2047', but it comes to more than 9,007,199,254,740,992 cells that one output sees",
        ),
        (
            "maxpool 28; conv 1 1 s4096 x190",
            "layer is 'conv 1 1 s4096', but it comes to more than 9,007,199,254,740,992 cells from one output to the ",
        ),
        ("transposed 1 1 s257", "stride is 257, but all layers together may spread a cell over up to 256: "),
    ],
)  # fmt: skip
def test_a_stack_that_cannot_be_says_why(text: str, sentence: str) -> None:
    (problem,) = (row.problem for row in run_stack(text, (1, 28, 28)) if row.problem)
    assert problem.startswith(sentence)


@pytest.mark.parametrize("text", ["relu x{}", "conv {} 3", "conv 8 3 p{}", "linear {}>10"])
def test_a_number_of_many_digits_is_answered(text: str) -> None:
    (problem,) = (row.problem for row in run_stack(text.format("9" * 100), (1, 28, 28)) if row.problem)
    assert "means nothing there" in problem


@pytest.mark.parametrize("text", ["{}", "relu x{}", "conv {} 3", "conv {}"])
def test_a_line_of_thousands_of_characters_gets_a_short_sentence(text: str) -> None:
    (problem,) = (row.problem for row in run_stack(text.format("9" * 58_000), (1, 28, 28)) if row.problem)
    assert problem.endswith("characters long, but a line has at most 120: write a layer a line.")
    assert len(problem) < 200


def test_the_largest_stack_is_followed() -> None:
    assert len(run_stack(f"conv 1 3 p1 x{MOST_LAYERS}", (1, MOST_CELLS, MOST_CELLS))) == MOST_LAYERS


def test_the_farthest_spread_is_followed() -> None:
    last = run_stack("maxpool 28; transposed 1 16 s16 x2; conv 1 3 p1", (1, 28, 28))[-1].applied
    assert last is not None
    assert len(last.rows.first_cells) == MOST_SPREAD


def test_no_more_lines_wait_than_could_be_layers() -> None:
    assert len(run_stack("a;" * 5000, (1, 28, 28))) == MOST_LAYERS + 1


def test_more_layers_than_a_page_stacks_leave_those_before_as_they_are() -> None:
    rows = run_stack("relu x2; relu x199; linear 10", (1, 28, 28))
    assert [(row.line, row.applied is not None, bool(row.problem)) for row in rows] == [
        (1, True, False), (1, True, False), (2, False, True), (3, False, False),
    ]  # fmt: skip


def example(name: str) -> list[Any]:
    fields = STACKS[name].fields
    shape = tuple(fields[f"input_{name}"] for name in ("channels", "height", "width"))
    return [row.applied for row in run_stack(fields["stack"], shape)]  # type: ignore[arg-type]


def test_the_small_network_has_the_lessons_shapes() -> None:
    assert [layer.outputs for layer in example("small-network")] == [
        (16, 28, 28), (16, 28, 28), (16, 14, 14), (32, 14, 14), (32, 14, 14), (32, 7, 7), (10, 1, 1),
    ]  # fmt: skip
    costs = [layer.cost for layer in example("small-network")]
    assert [cost.params for cost in costs if cost.params] == [160, 4_640, 15_690]
    assert costs[-1].params / sum(cost.params for cost in costs) == pytest.approx(0.75, abs=0.02)
    assert costs[3].macs / sum(cost.macs for cost in costs) == pytest.approx(7 / 8, abs=0.01)


def test_a_fully_connected_layer_has_a_weight_for_each_pixel() -> None:
    assert [layer.cost.weights for layer in example("fully-connected")] == [5_017_600]
    assert [layer.cost.weights for layer in example("one-kernel")] == [25]


def test_from_224_to_4_takes_55_layers_or_five() -> None:
    plain, strided = example("unstrided"), example("strided")
    assert (len(plain), len(strided)) == (55, 5)
    assert plain[-1].outputs == strided[-1].outputs == (1, 4, 4)
    assert sum(layer.cost.weights for layer in plain) == 55 * 25
    assert plain[-1].receptive_field == (221, 221)


def test_there_and_back_has_the_lessons_shapes() -> None:
    assert [layer.outputs for layer in example("there-and-back")] == [(3, 32, 32), (3, 64, 64)]


def test_lenet_on_28_is_impossible_at_its_third_convolution() -> None:
    assert [layer is not None for layer in example("too-small")] == [True] * 4 + [False] * 3
