"""The check on the page: it would find a wrong number, and there is none to find."""

from copy import copy
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine import AvgPool2d, Conv2d, ConvTranspose2d, MaxPool2d, PaddingMode, Trace, record
from kinds.pooling.code import check as pooling_check
from kinds.separable.code import check as separable_check
from kinds.shared.conv2d import check
from kinds.shared.torch_call import Array, Call
from kinds.transposed.code import check as transposed_check
from pages.shared.torch_check import compare
from tests.draws import examples
from tests.engine.strategies import Case, cases, pooling_cases, torch_output, torch_pooled


@given(cases(whole=True))
@settings(max_examples=examples(10))
def test_whole_numbers_differ_by_nothing(case: Case) -> None:
    found = compare(check(record(*case.arguments)))
    assert (found.largest_difference, found.float32_difference) == (0, 0)


@given(cases())
@settings(max_examples=examples(10))
def test_real_numbers_differ_by_rounding(case: Case) -> None:
    assert compare(check(record(*case.arguments))).largest_difference <= 1e-9


def test_in_float32_they_differ_by_its_rounding() -> None:
    """By that of the numbers themselves at the least, and by no more than a few units of 75 sums of up to one."""
    rng = np.random.default_rng(1)
    found = compare(check(record(Conv2d(3, 4, 5, bias=False), rng.random((3, 9, 9)), rng.random((4, 3, 5, 5)))))
    assert found.largest_difference <= 1e-13
    assert 1e-8 < found.float32_difference < 75 * 75 * np.finfo(np.float32).eps


@given(cases())
@settings(max_examples=examples(10))
def test_the_output_is_that_of_pytorchs_own_layer(case: Case) -> None:
    found = compare(check(record(*case.arguments))).output
    np.testing.assert_allclose(found, torch_output(case), rtol=0, atol=1e-9)


@given(pooling_cases(MaxPool2d) | pooling_cases(AvgPool2d))
@settings(max_examples=examples(20))
def test_pooling_is_that_of_pytorch_with_padding_that_its_layer_has_not(
    case: tuple[MaxPool2d | AvgPool2d, NDArray[np.float64]],
) -> None:
    found = compare(pooling_check(record(*case)))
    np.testing.assert_allclose(found.output, torch_pooled(*case), rtol=0, atol=1e-9)


def test_the_call_says_how_padding_and_cropping_of_sides_are_done() -> None:
    sides, x = ((0, 1), (0, 1)), np.zeros((1, 4, 4))
    calls = [pooling_check(record(MaxPool2d(2, 2, sides), x)), pooling_check(record(AvgPool2d(2, 2, sides), x))]
    up = ConvTranspose2d(1, 1, 3, 2, "same_upper", bias=False)
    calls.append(transposed_check(record(up, x, np.zeros((1, 1, 3, 3)))))
    assert [str(one.call) for one in calls] == [
        "max_pool2d(pad(x, (0, 1, 0, 1), value=float('-inf')), (2, 2), (2, 2), 0, (1, 1))",
        "div(avg_pool2d(pad(x, (0, 1, 0, 1)), (2, 2), (2, 2), divisor_override=1), counted)",
        "pad(conv_transpose2d(x, weight, None, stride=(2, 2), padding=0, output_padding=(0, 0), groups=1, "
        "dilation=(1, 1)), (0, -1, 0, -1))",
    ]


def with_output(trace: Trace, output: NDArray[np.float64]) -> Trace:
    """Return the trace as it would be if the engine had made a mistake in its output alone."""
    wrong = copy(trace)
    object.__setattr__(wrong, "output", output)
    return wrong


@given(cases(whole=True), st.data(), st.sampled_from([-1000.0, -0.5, 1e-6, 3.0]))
@settings(max_examples=examples(10))
def test_one_wrong_output_is_found_with_its_size(case: Case, data: st.DataObject, wrong: float) -> None:
    trace = record(*case.arguments)
    output = trace.output.copy()
    output.flat[data.draw(st.integers(0, output.size - 1))] += wrong
    assert compare(check(with_output(trace, output))).largest_difference == pytest.approx(abs(wrong), rel=1e-6)


def test_an_output_that_is_not_a_number_does_not_pass() -> None:
    trace = small()
    output = np.full_like(trace.output, np.nan)
    assert not compare(check(with_output(trace, output))).largest_difference <= 1e-9


def small(**arguments: object) -> Trace:
    layer = Conv2d(1, 1, 2, **arguments)
    return record(layer, np.arange(9.0).reshape(1, 3, 3), np.arange(4.0).reshape(1, 1, 2, 2), np.ones(1))


@pytest.mark.parametrize("mode", [mode for mode in PaddingMode if mode is not PaddingMode.SYMMETRIC])
def test_the_call_that_is_shown_gives_the_output(mode: PaddingMode) -> None:
    import torch
    from torch.nn.functional import conv2d, pad

    value = 5 if mode is PaddingMode.CONSTANT else 0
    trace = small(padding=((0, 1), (2, 1)), padding_mode=mode, padding_value=value, stride=(1, 2))
    found = compare(check(trace))
    x, weight, bias = (torch.tensor(array) for array in (trace.input, trace.weight, trace.bias))
    shown = eval(found.call, {"conv2d": conv2d, "pad": pad, "x": x[None], "weight": weight, "bias": bias})
    np.testing.assert_array_equal(shown[0].numpy(), found.output)


def test_symmetric_padding_which_pytorch_has_not_is_picked_cell_by_cell() -> None:
    trace = small(padding=((0, 1), (4, 1)), padding_mode="symmetric")
    call = check(trace)
    assert str(call.call).startswith("conv2d(index_select(index_select(x, 2, rows), 3, columns), weight, bias, ")
    assert call.arrays["columns"].tolist() == [2, 2, 1, 0, 0, 1, 2, 2]
    assert compare(call).largest_difference == 0


def test_the_record_is_left_alone() -> None:
    trace = small()
    compare(check(trace))
    np.testing.assert_array_equal(trace.input, np.arange(9.0).reshape(1, 3, 3))


def separable(**depthwise: object) -> tuple[Trace, Trace]:
    x, weight = np.arange(32.0).reshape(2, 4, 4), np.arange(8.0).reshape(2, 1, 2, 2)
    between = record(Conv2d(2, 2, 2, groups=2, bias=False, **depthwise), x, weight)
    pointwise = np.arange(6.0).reshape(3, 2, 1, 1)
    return between, record(Conv2d(2, 3, 1, padding=1), between.output, pointwise, np.arange(3.0))


def test_both_layers_of_a_separable_one_are_run_by_pytorch() -> None:
    found = compare(separable_check(separable(stride=2)))
    assert found.largest_difference == 0
    assert found.call.count("conv2d(") == 2


def test_a_mistake_in_the_depthwise_layer_is_found() -> None:
    """The pointwise layer of the wrong numbers is right in itself."""
    depthwise, pointwise = separable()
    wrong = record(pointwise.layer, depthwise.output + 1, pointwise.weight, pointwise.bias)
    assert compare(separable_check((depthwise, wrong))).largest_difference > 1


def test_what_is_shown_is_made_of_what_is_run() -> None:
    """Nothing reads the text again: a call is data, and its text follows from it."""
    ran: list[tuple[object, ...]] = []
    functions = SimpleNamespace(
        outer=lambda *given, **named: ran.append((given, named)) or "done", inner=lambda x, size: (x, size)
    )
    call = Call("outer", (Call("inner", (Array("x"), (1, 2))), None), {"mode": "__import__('os')", "groups": 2})
    assert str(call) == """outer(inner(x, (1, 2)), None, mode="__import__('os')", groups=2)"""
    assert call.run((SimpleNamespace(), functions), {"x": "tensor"}) == "done"
    assert ran == [((("tensor", (1, 2)), None), {"mode": "__import__('os')", "groups": 2})]
