"""Stacks as text: every kind of layer read, every mistake answered in one sentence, and the worked cases."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import (
    ACTIVATIONS,
    Activation,
    AdaptiveAvgPool2d,
    AdaptiveMaxPool2d,
    Add,
    AvgPool2d,
    BatchNorm2d,
    Concat,
    Conv2d,
    ConvTranspose2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    LayerError,
    LayerNorm2d,
    LayerScale,
    Linear,
    MaxPool2d,
    Multiply,
    PixelShuffle,
    ReLU,
    SeparableConv2d,
    Upsample,
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
    "layernorm": LayerNorm2d(12),
    "layerscale": LayerScale(12),
    "relu": ReLU(),
    **{name: Activation(name) for name in ACTIVATIONS},
    "dropout": Dropout(),
    "dropout 0.2": Dropout(0.2),
    "adaptiveavgpool 7x5": AdaptiveAvgPool2d((7, 5)),
    "adaptivemaxpool 7": AdaptiveMaxPool2d(7),
    "upsample 2": Upsample(2),
    "up = upsample 3x1 bilinear from input": Upsample((3, 1), "bilinear"),
    "pixelshuffle 2": PixelShuffle(2),
    "add a": Add(),
    "multiply a": Multiply(),
    "concat a b": Concat(),
    "flatten": Flatten(),
    "linear 10": Linear(12 * 20 * 24, 10),
    "linear 5760>10 nobias": Linear(5760, 10, bias=False),
}


@pytest.mark.parametrize("text", READ)
def test_a_layer_is_read(text: str) -> None:
    assert read_layer(text, INPUT) == READ[text]


def test_every_kind_of_layer_is_read_above() -> None:
    assert {text.lower().rpartition("= ")[2].split()[0] for text in READ} | {"unpool"} == FORMS.keys()


@pytest.mark.parametrize("name", FORMS)
def test_the_example_of_every_form_is_of_that_form(name: str) -> None:
    assert FORMS[name].example.split()[0] == name
    lines = ["b = relu", "a = maxpool 1", FORMS[name].example]
    assert [row.problem for row in run_stack(join(lines), INPUT)] == ["", "", ""]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("cnov 16 3", "layer is 'cnov', which has another name here: use 'conv'."),
        ("Conv2d 16 3", "layer is 'conv2d', which has another name here: use 'conv'."),
        ("nn.BatchNorm2d", "layer is 'nn.batchnorm2d', which has another name here: use 'batchnorm'."),
        ("dense 10", "layer is 'dense', which has another name here: use 'linear'."),
        ("lstm 8", "layer is 'lstm', which this page cannot stack: it stacks conv, depthwise, "),
        ("selu", "layer is 'selu', which this page cannot stack: it stacks conv, "),
        ("prelu", "layer is 'prelu', which this page cannot stack: it stacks conv, "),
        ("groupnorm 4", "layer is 'groupnorm', which this page cannot stack: it stacks conv, "),
        ("pool 2", "layer is 'pool', which has another name here: use 'maxpool'."),
        ("maxunpool 2", "layer is 'maxunpool', which has another name here: use 'unpool'."),
        ("UpSampling2D 2", "layer is 'upsampling2d', which has another name here: use 'upsample'."),
        ("torch.cat a", "layer is 'torch.cat', which this page cannot stack: it stacks conv, "),
        ("cat a", "layer is 'cat', which has another name here: use 'concat'."),
        ("swish", "layer is 'swish', which has another name here: use 'silu'."),
        ("unpool 2", "layer is 'unpool 2', but no layer before it is called “2”: it can read input. "),
        ("add", "layer is 'add', but its name of another output is missing: write it like: add a."),
        ("x3 = relu", "layer is 'x3 = relu', but 'x3' is no name of a layer: use a letter, "),
        ("input = relu", "layer is 'input = relu', but 'input' is no name of a layer: "),
        ("= relu", "layer is '= relu', but '' is no name of a layer: "),
        ("a =", "layer is '', which this page cannot stack: it stacks conv, "),
        ("relu from", "layer is 'relu from', but 'from' means nothing there: write it like: relu."),
        ("dropout 1.5", "layer is 'dropout 1.5', but '1.5' means nothing there: write it like: dropout 0.5."),
        ("upsample 2 cubic", "layer is 'upsample 2 cubic', but 'cubic' means nothing there: "),
        ("conv 8 3 nearest", "layer is 'conv 8 3 nearest', but 'nearest' means nothing there: "),
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


MERGING = ["a = relu", "add a", "concat a input", "unpool a", "upsample 2", "from a", "maxpool 2"]
WORDS = [*MERGING, "conv", "relu", "x3", "x0", "x999999999", "16", "3", "s2", ";", "linear", "5>3"]


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
        ("relu x601", "layer is 'relu x601', but that makes 601 layers, and this page stacks up to 600: use x600."),
        (
            "relu x5; conv 9 3 x999",
            "layer is 'conv 9 3 x999', but with the 5 before it that makes 1,004 layers, and this page stacks up to "
            "600: use x595.",
        ),
        ("relu x600; relu", "layer is 'relu', but with the 600 before it that makes 601 layers, and this page stacks "),
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
        ("add a", "layer is 'add a', but no layer before it is called “a”: it can read input. A layer gets a name "),
        ("a = relu; conv 4 3 from b", "layer is 'conv 4 3 from b', but no layer before it is called “b”: it can read "),
        ("a = relu; unpool a", "layer is 'unpool a', but “a” is no max pooling: name the one to undo, as in a = "),
        ("conv 4 3; add input", "input is of shape (4, 26, 26), but what is added to it is of shape (1, 28, 28): "),
        ("conv 4 3; concat input", "input is of shape (4, 26, 26), but what is put beside it is of shape (1, 28, 28)"),
        ("conv 4 3; multiply input", "input is of shape (1, 28, 28), but what it is multiplied by is of shape (4"),
        ("a = maxpool 2; conv 4 1; unpool a", "input is of shape (4, 14, 14), but the pooling that is undone made (1"),
        ("pixelshuffle 2", "upscale_factor is 2, but a pixel shuffle makes one channel of 4, and 1 cannot be divided "),
        ("adaptiveavgpool 257", "output_size is 257, but what its outputs see would repeat only after more than 256 "),
        ("maxpool 28; upsample 257", "scale_factor is 257, but all layers together may spread a cell over up to 256: "),
        ("conv 256 1; pixelshuffle 16; conv 256 1; pixelshuffle 17", "upscale_factor is 17, but all layers "),
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


BLOCKS: dict[str, tuple[tuple[int, int, int], str, int, int]] = {
    "residual": (  # BasicBlock(64, 128, stride=2) of torchvision's ResNet-18
        (64, 56, 56),
        "conv 128 3 s2 p1 nobias; batchnorm; relu; conv 128 3 p1 nobias; y = batchnorm; "
        "conv 128 1 s2 nobias from input; batchnorm; add y; relu",
        230_144,
        64 * 128 * 9 * 28 * 28 + 128 * 128 * 9 * 28 * 28 + 64 * 128 * 28 * 28,
    ),
    "squeeze-and-excite": (
        (64, 14, 14),
        "globalpool; pointwise 16; relu; pointwise 64; sigmoid; multiply input",
        64 * 16 + 16 + 16 * 64 + 64,
        2 * 64 * 16,
    ),
    "inception": (  # inception3a of GoogLeNet, without its norms: 192 channels at 28x28
        (192, 28, 28),
        "a = pointwise 64 nobias from input; pointwise 96 nobias from input; b = conv 128 3 p1 nobias; "
        "pointwise 16 nobias from input; c = conv 32 5 p2 nobias; maxpool 3 s1 p1 from input; pointwise 32 nobias; "
        "concat a b c",
        192 * 64 + 192 * 96 + 96 * 128 * 9 + 192 * 16 + 16 * 32 * 25 + 192 * 32,
        28 * 28 * (192 * 64 + 192 * 96 + 96 * 128 * 9 + 192 * 16 + 16 * 32 * 25 + 192 * 32),
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_with_branches_can_be_written(name: str) -> None:
    inputs, text, params, macs = BLOCKS[name]
    rows = run_stack(text, inputs)
    assert [row.problem for row in rows if row.problem] == []
    costs = [row.applied.cost for row in rows if row.applied]
    assert (sum(cost.params for cost in costs), sum(cost.macs for cost in costs)) == (params, macs)
    assert rows[-1].applied is not None
    assert rows[-1].applied.outputs == {"residual": (128, 28, 28), "inception": (256, 28, 28)}.get(name, inputs)


def test_a_name_is_that_of_the_last_of_several_layers_and_the_first_of_them_reads_the_source() -> None:
    assert outputs("a = conv 4 3 x2; relu; conv 8 3 from a x2; add input", (1, 9, 9)) == [
        (4, 7, 7), (4, 5, 5), (4, 5, 5), (8, 3, 3), (8, 1, 1), None,
    ]  # fmt: skip


def test_an_unpooling_brings_the_size_back_that_its_pooling_read() -> None:
    assert outputs("a = maxpool 3 s2; b = maxpool 2 ceil; unpool b; unpool a", (2, 28, 31)) == [
        (2, 13, 15), (2, 7, 8), (2, 13, 15), (2, 28, 31),
    ]  # fmt: skip


def test_the_largest_stack_is_followed() -> None:
    assert len(run_stack(f"conv 1 3 p1 x{MOST_LAYERS}", (1, MOST_CELLS, MOST_CELLS))) == MOST_LAYERS


def test_the_farthest_spread_is_followed() -> None:
    last = run_stack("maxpool 28; transposed 1 16 s16 x2; conv 1 3 p1", (1, 28, 28))[-1].applied
    assert last is not None
    assert len(last.rows.first_cells) == MOST_SPREAD


def test_no_more_lines_wait_than_could_be_layers() -> None:
    assert len(run_stack("a;" * 5000, (1, 28, 28))) == MOST_LAYERS + 1


def test_more_layers_than_a_page_stacks_leave_those_before_as_they_are() -> None:
    rows = run_stack("relu x2; relu x599; linear 10", (1, 28, 28))
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
