"""The ONNX programs that are given away are run, by ONNX's own reference, and print what PyTorch's print."""

from dataclasses import replace
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from hypothesis import given, settings
from numpy.typing import NDArray
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from torch.nn import functional

from engine import LayerError, PaddingMode
from exports.programs import onnx_code, torch_code
from kinds.one_dimensional.state import SequencePadding
from kinds.pooling.state import PoolingKind
from kinds.registry import PRESETS, STATES
from kinds.standard.state import Operation
from pages.shared.playing import play
from sharing.page_state import PaddingChoice, PageState, SidedPadding
from sharing.values import operands
from tests.draws import examples
from tests.exports.examples import SLUGS
from tests.exports.running import printed
from tests.sharing.strategies import states

DIVIDED = "/ counted"  # a mean that is multiplied by what may be no whole number
FORWARD = {f"{page}-{slug}": PRESETS[page][slug].state for page, slug in SLUGS if page != "gradients"}
SIDES = {"padding": SidedPadding.SIDES, "padding_top": 1, "padding_bottom": 0, "padding_left": 0, "padding_right": 1}


def agrees(state: PageState) -> str:
    """Hold the program to what PyTorch's prints, whole numbers exactly, and return it."""
    code = onnx_code(state)
    assert code is not None
    expected, found = printed(torch_code(state)), printed(code, warned="error")
    assert found.shape == expected.shape, code
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)
    if (
        all((values == values.round()).all() for values in (expected, *operands(state).values()))
        and DIVIDED not in code
    ):
        np.testing.assert_array_equal(found, expected)
    return code


@pytest.mark.parametrize("state", FORWARD.values(), ids=FORWARD)
def test_a_presets_program_prints_what_pytorch_prints(state: PageState) -> None:
    agrees(state)


def test_a_program_says_what_it_is_of_and_leaves_nothing_behind(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code = onnx_code(PRESETS["one_dimensional"]["edges"].state, "a link")
    assert code is not None
    assert code.startswith("# Conv1d, with the numbers of a link\n\nimport numpy as np\nimport onnx\n")
    printed(code)
    assert list(tmp_path.iterdir()) == []


def test_only_the_way_back_has_no_program() -> None:
    assert {page for page, slug in SLUGS if onnx_code(PRESETS[page][slug].state) is None} == {"gradients"}


@settings(max_examples=examples(40))  # four of five draws are no layer
@given(states([page for page in STATES if page != "gradients"]))
def test_the_program_of_any_layer_prints_what_pytorch_prints(state: PageState) -> None:
    try:
        play(state)
    except LayerError:
        return
    agrees(state)


CONV = "ONNX's Conv pads with nothing but 0"


@pytest.mark.parametrize("mode", PaddingMode)
@pytest.mark.parametrize("page", ["standard", "grouped", "separable", "one_dimensional", "three_dimensional"])
def test_every_padding_mode(page: str, mode: PaddingMode) -> None:
    state = next(one for name, one in FORWARD.items() if name.startswith(page))
    sides: dict[str, Any] = {"padding": type(state.padding)("same"), "padding_mode": mode}
    if mode == PaddingMode.CONSTANT:
        sides["padding_value"] = -5
    code = agrees(replace(state, **sides))
    said = {PaddingMode.ZEROS: "pads=[", PaddingMode.SYMMETRIC: "ONNX has no symmetric padding"}.get(mode, CONV)
    assert said in code
    assert ("op_type='Pad'" in code, "op_type='Gather'" in code) == (said == CONV, mode == PaddingMode.SYMMETRIC)


@pytest.mark.parametrize(
    ("page", "slug", "changes", "said"),
    [
        ("standard", "simplest", SIDES, ["pads=[1, 0, 0, 1]"]),
        ("standard", "simplest", {"operation": Operation.CONVOLUTION}, ["weight = weight[:, :, ::-1, ::-1]"]),
        ("standard", "same-upper", {"padding": PaddingChoice.SAME_LOWER}, ["pads=[1, 1, 0, 0]"]),
        (
            "one_dimensional",
            "edges",
            {"padding": SequencePadding.SIDES, "padding_before": 2, "padding_after": 1, "dilation": 2},
            ["pads=[2, 1]", "dilations=[2]"],
        ),
        ("transposed", "simplest", SIDES, ["pads=[1, 0, 0, 1]"]),
        (
            "transposed",
            "groups",
            {"stride_height": 3, "stride_width": 2, "output_padding_height": 2, "output_padding_width": 1},
            ["ConvTranspose has groups, but", "op_type='Split'", "output_padding=[2, 1]", "op_type='Concat'"],
        ),
        ("transposed", "groups", {"bias": True}, ["'bias_1': np.split(bias, 2)[1]"]),
        (
            "transposed",
            "guide-dilation",
            {"dilation_height": 4, "output_padding_height": 3, "dilation_width": 2, "output_padding_width": 0},
            ["takes no output_padding of a stride or more", "op_type='Pad'"],
        ),
        ("transposed", "same-upper", {}, ["pads=[0, 0, 1, 1]"]),
        ("pooling", "overlapping", {"stride_height": 1, "stride_width": 1, **SIDES}, ["in another order", "-np.inf"]),
        ("pooling", "max", {"kernel_height": 3, "kernel_width": 3, **SIDES}, ["['x']", "pads=[1, 0, 0, 1]"]),
        ("pooling", "ceil", {"kind": PoolingKind.MAX}, ["inputs=['x']"]),
        ("pooling", "ceil", {"kind": PoolingKind.AVERAGE}, ["has a ceil_mode, but", "/ counted", "op_type='Mul'"]),
        (
            "pooling",
            "same-upper",
            {"kind": PoolingKind.AVERAGE, "count_include_pad": False},
            ["pads=[0, 0, 1, 1]", "count_include_pad=0"],
        ),
        (
            "pooling",
            "dilated",
            {
                "height": 1,
                "width": 6,
                "kernel_height": 2,
                "padding": SidedPadding.AMOUNT,
                "padding_height": 1,
                "dilation_height": 2,
            },
            ["of a window that has nothing else", "-np.inf"],
        ),
    ],
)
def test_what_is_said_of_a_layer(page: str, slug: str, changes: dict[str, Any], said: list[str]) -> None:
    code = agrees(replace(PRESETS[page][slug].state, **changes))
    assert [part for part in said if part not in code] == [], code


X = np.arange(1.0, 37.0).reshape(1, 1, 6, 6)
KERNELS = np.arange(1.0, 33.0).reshape(4, 2, 2, 2)


def single(operator: str, *reads: NDArray[np.float64], **attributes: Any) -> NDArray[np.float64]:
    """Return what ONNX's reference makes of one node, checked as a model."""
    named = {f"read_{number}": values for number, values in enumerate(reads)}
    node = helper.make_node(operator, list(named), ["made"], **attributes)
    given = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, values.shape) for name, values in named.items()]
    made = helper.make_tensor_value_info("made", TensorProto.DOUBLE, [None] * 4)
    model = helper.make_model(
        helper.make_graph([node], "single", given, [made]), opset_imports=[helper.make_opsetid("", 19)], ir_version=9
    )
    onnx.checker.check_model(model)
    (found,) = ReferenceEvaluator(model).run(None, named)
    return np.asarray(found)


@pytest.mark.parametrize(
    ("node", "torchs"),
    [
        (
            lambda: single("ConvTranspose", np.tile(X, (1, 4, 1, 1)), KERNELS, group=2),
            lambda x: functional.conv_transpose2d(x.tile(1, 4, 1, 1), torch.tensor(KERNELS), groups=2),
        ),
        (
            lambda: single("ConvTranspose", X, KERNELS[:1], output_padding=[2, 2], dilations=[3, 3], strides=[1, 1]),
            lambda x: functional.conv_transpose2d(x, torch.tensor(KERNELS[:1]), output_padding=2, dilation=3),
        ),
        (
            lambda: single("AveragePool", X, kernel_shape=[4, 4], strides=[4, 4], ceil_mode=1),
            lambda x: functional.avg_pool2d(x, 4, 4, ceil_mode=True),
        ),
        (
            lambda: single("MaxPool", X, kernel_shape=[3, 3], strides=[1, 1], pads=[1, 0, 1, 0]),
            lambda x: functional.max_pool2d(x, 3, 1, (1, 0)),
        ),
        (
            lambda: single(
                "MaxPool", X[..., :1, :], kernel_shape=[2, 2], dilations=[2, 1], strides=[1, 1], pads=[1, 0, 1, 0]
            ),
            lambda x: functional.max_pool2d(x[..., :1, :], 2, 1, (1, 0), (2, 1)),
        ),
    ],
    ids=["groups", "output_padding", "ceil_mode", "sides", "nothing-else"],
)
def test_what_the_programs_go_around_is_still_so(node: Any, torchs: Any) -> None:
    """Where this fails, ONNX's reference has been mended, and a program says more than it has to."""
    expected = torchs(torch.tensor(X)).numpy()
    try:
        found = node()
    except ValueError:  # the reference fails with shapes that do not fit
        return
    assert found.shape != expected.shape or not np.array_equal(found, expected)
