"""What a layer accepts, what it refuses and in which words, and the sizes it comes to."""

import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from engine import Conv2d, LayerCode, LayerError, PaddingMode
from tests.draws import examples
from tests.engine.strategies import TORCH_NAMES, Case, as_pair, cases, sides_of, torch_output, torch_refuses


@given(cases())
@settings(max_examples=examples(30))
def test_sizes_and_shapes_are_torchs(case: Case) -> None:
    layer, (_, height, width) = case.layer, case.x.shape
    assert (layer.out_channels, *layer.output_size(height, width)) == torch_output(case).shape
    assert layer.weight_shape == case.weight.shape
    assert layer.bias_shape == (None if case.bias is None else case.bias.shape)
    sides = sides_of(layer, height, width)
    assert layer.padding_amounts(height, width) == sides
    rows, columns = layer.axes(height, width)
    assert ((rows.before, rows.after), (columns.before, columns.after)) == sides
    assert (rows.mode, columns.mode) == (layer.padding_mode, layer.padding_mode)


def refusal(*arguments: Any, size: tuple[Any, Any], **named: Any) -> LayerError | None:
    """Return what the layer, or the layer on an input of this size, is refused with."""
    try:
        Conv2d(*arguments, **named).axes(*size)
    except LayerError as error:
        return error
    return None


def fits(**arguments: Any) -> bool:
    return refusal(1, 1, **arguments) is None


OF_TORCH = [name for name in TORCH_NAMES if name != "constant"]
ANY_NUMBER = st.integers(0, 5) | st.sampled_from([-1, 1.0, 1.5, "2", None])
ANY_SIZE = ANY_NUMBER | st.tuples(ANY_NUMBER, ANY_NUMBER)


@st.composite
def any_arguments(draw: st.DrawFn) -> tuple[Any, ...]:
    """Draw arguments of torch's layer, possible or not, but for the three it takes and the engine's manual refuses."""
    padding = draw(st.one_of(st.sampled_from(["valid", "same", "sane"]), ANY_SIZE))
    mode = draw(st.sampled_from([*OF_TORCH, "mirror"]))
    assume(mode == "zeros" or -1 not in as_pair(padding))
    return (
        draw(st.integers(1, 6)),
        draw(st.integers(-1, 6)),
        draw(ANY_SIZE),
        draw(st.just(1) | ANY_SIZE),
        padding,
        draw(st.just(1) | ANY_SIZE),
        draw(st.just(1) | st.integers(-1, 4)),
        draw(st.booleans()),
        mode,
    )


@st.composite
def almost_possible(draw: st.DrawFn) -> tuple[Any, ...]:
    """Draw arguments that are possible one by one, so that what decides is how they go together and the input."""
    size = st.integers(1, 4) | st.tuples(st.integers(1, 4), st.integers(1, 4))
    padding = st.one_of(st.integers(0, 4), st.tuples(st.integers(0, 4), st.integers(0, 4)))
    return (
        draw(st.integers(1, 4)),
        draw(st.integers(1, 4)),
        draw(size),
        draw(st.just(1) | size),
        draw(padding | st.sampled_from(["valid", "same"])),
        draw(size),
        draw(st.just(1) | st.integers(1, 3)),
        True,
        draw(st.sampled_from(OF_TORCH)),
    )


@given(any_arguments() | almost_possible(), st.integers(0, 6), st.integers(0, 6))
@settings(max_examples=examples(200))
@example((1, 1, 1, 1, 0, 1, 1, True, "reflect"), 1, 1)
@example((1, 1, 1, 1, 5, 1, 1, True, "circular"), 5, 4)
@example((1, 1, 1, 1, (4, 0), 1, 1, True, "reflect"), 5, 1)
def test_it_refuses_what_torch_refuses_and_nothing_else(arguments: tuple[Any, ...], height: int, width: int) -> None:
    assert (refusal(*arguments, size=(height, width)) is not None) == torch_refuses(arguments, height, width)


ONE_NUMBER = "it must be a whole number of at least 1"
NUMBERS = "it must be a whole number of at least 1, or a pair of them (rows, columns)"
PADDINGS = (
    "it must be a whole number of at least 0, a pair of them (rows, columns), "
    "pairs ((top, bottom), (left, right)), or one of 'valid', 'same', 'full', 'same_upper', 'same_lower'"
)
MODES = "it must be one of 'zeros', 'constant', 'reflect', 'replicate', 'circular', 'symmetric'"
NAMES = "it must be one of 'valid', 'same', 'full', 'same_upper', 'same_lower'"
UNSTRIDED = (
    "in PyTorch padding='same' is not supported for strided convolutions, as the output could not keep its size: "
    "use stride=1, padding='same_upper' (TensorFlow's SAME), or padding={} (often its shape, with other numbers)."
)
HUGE = 10**400


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"in_channels": 0}, f"in_channels is 0, but {ONE_NUMBER}: use 1."),
        ({"in_channels": -HUGE}, f"in_channels is {-HUGE}, but {ONE_NUMBER}: use 1."),
        ({"out_channels": 2.0}, f"out_channels is 2.0, but {ONE_NUMBER}: use 2."),
        ({"out_channels": np.float64(2.6)}, f"out_channels is 2.6, but {ONE_NUMBER}: use 3."),
        ({"groups": True}, f"groups is True, but {ONE_NUMBER}: use 1."),
        ({"groups": "two"}, f"groups is 'two', but {ONE_NUMBER}: use 1."),
        ({"groups": math.nan}, f"groups is nan, but {ONE_NUMBER}: use 1."),
        ({"groups": math.inf}, f"groups is inf, but {ONE_NUMBER}: use 1."),
        ({"kernel_size": 0}, f"kernel_size is 0, but {NUMBERS}: use 1."),
        ({"kernel_size": 2.6}, f"kernel_size is 2.6, but {NUMBERS}: use 3."),
        ({"kernel_size": True}, f"kernel_size is True, but {NUMBERS}: use 1."),
        ({"kernel_size": None}, f"kernel_size is None, but {NUMBERS}: use 1."),
        ({"kernel_size": (3, 0)}, f"kernel_size is (3, 0), but {NUMBERS}: use (3, 1)."),
        ({"kernel_size": (3, 5, 7)}, f"kernel_size is (3, 5, 7), but {NUMBERS}: use (3, 5)."),
        ({"kernel_size": [3]}, f"kernel_size is [3], but {NUMBERS}: use (3, 3)."),
        ({"kernel_size": ()}, f"kernel_size is (), but {NUMBERS}: use (1, 1)."),
        ({"stride": (1.5, 2)}, f"stride is (1.5, 2), but {NUMBERS}: use (2, 2)."),
        ({"dilation": -2}, f"dilation is -2, but {NUMBERS}: use 1."),
        ({"padding": -1}, f"padding is -1, but {PADDINGS}: use 0."),
        ({"padding": 1.2}, f"padding is 1.2, but {PADDINGS}: use 1."),
        ({"padding": (True, 2)}, f"padding is (True, 2), but {PADDINGS}: use (1, 2)."),
        ({"padding": (1, (2, 3))}, f"padding is (1, (2, 3)), but {PADDINGS}: use ((1, 1), (2, 3))."),
        ({"padding": ((1, -2), (0, 3))}, f"padding is ((1, -2), (0, 3)), but {PADDINGS}: use ((1, 0), (0, 3))."),
        ({"padding": ((1, 2),)}, f"padding is ((1, 2),), but {PADDINGS}: use ((1, 2), (1, 2))."),
        ({"padding": []}, f"padding is [], but {PADDINGS}: use (0, 0)."),
        ({"padding": "sane"}, f"padding is 'sane', but {NAMES}: use 'same'."),
        ({"padding": "FULL"}, f"padding is 'FULL', but {NAMES}: use 'full'."),
        ({"padding_mode": "reflekt"}, f"padding_mode is 'reflekt', but {MODES}: use 'reflect'."),
        ({"padding_mode": None}, f"padding_mode is None, but {MODES}: use 'constant'."),
        (
            {"padding_value": 5, "padding_mode": "reflect"},
            "padding_value is 5, but with padding_mode 'reflect' the padding holds something else: "
            "use padding_mode='constant', or a padding_value of 0.",
        ),
        ({"padding_value": math.inf}, "padding_value is inf, but it must be a finite number: use 0."),
        ({"padding_value": "5"}, "padding_value is 5, but it must be a finite number: use 0."),
        ({"in_channels": 8, "groups": 3}, "groups is 3, but it must divide in_channels, which is 8: use 2 or 4."),
        ({"out_channels": 6, "groups": 4}, "groups is 4, but it must divide out_channels, which is 6: use 2."),
        ({"in_channels": 4, "groups": 64}, "groups is 64, but it must divide in_channels, which is 4: use 4."),
        (
            {"padding": "same", "stride": 2},
            f"padding is 'same' and stride is 2, but {UNSTRIDED.format(1)}",
        ),
        (
            {"padding": "same", "stride": (1, 2), "kernel_size": (3, 4), "dilation": 3},
            f"padding is 'same' and stride is (1, 2), but {UNSTRIDED.format((3, 4))}",
        ),
    ],
)
def test_the_sentence_for_an_impossible_layer(changed: dict[str, Any], sentence: str) -> None:
    possible = {"in_channels": 4, "out_channels": 4, "kernel_size": 3}
    with pytest.raises(LayerError) as caught:
        Conv2d(**{**possible, **changed})
    assert str(caught.value) == sentence
    assert caught.value.parameter in changed


MIRROR = "reflect padding mirrors the input without repeating its edge"
ROUND = "circular padding goes round the input once"


FEW = "the padded input has only"


@pytest.mark.parametrize(
    ("arguments", "size", "sentence"),
    [
        (
            {"kernel_size": 5},
            (4, 9),
            f"kernel_size is 5 rows, but {FEW} 4 rows: use a kernel of at most 4 rows, or a padding of at least 1.",
        ),
        (
            {"kernel_size": (1, 2)},
            (2, 1),
            f"kernel_size is 2 columns, but {FEW} 1 column: "
            "use a kernel of at most 1 column, or a padding of at least 1.",
        ),
        (
            {"kernel_size": 3, "dilation": 3, "padding": 1},
            (4, 9),
            f"kernel_size is 3 rows, spread over 7 by dilation 3, but {FEW} 6 rows: "
            "use a kernel of at most 2 rows, a dilation of at most 2, or a padding of at least 2.",
        ),
        (
            {"kernel_size": 6, "padding": ((1, 0), (2, 3))},
            (2, 1),
            f"kernel_size is 6 rows, but {FEW} 3 rows: "
            "use a kernel of at most 3 rows, or paddings that add up to at least 4.",
        ),
        (
            {"kernel_size": 9, "padding": "valid", "padding_mode": "circular"},
            (3, 20),
            f"kernel_size is 9 rows, but {FEW} 3 rows: use a kernel of at most 3 rows, or a padding of at least 3.",
        ),
        (
            {"kernel_size": 9, "padding_mode": "reflect"},
            (3, 20),
            f"kernel_size is 9 rows, but {FEW} 3 rows: use a kernel of at most 3 rows.",
        ),
        (
            {"kernel_size": 3, "padding": 3, "padding_mode": "reflect"},
            (3, 5),
            f"padding is 3 rows at the top, but {MIRROR}, and an input of 3 rows has at most 2 to give: "
            "use a padding of at most 2, or padding_mode='replicate'.",
        ),
        (
            {"kernel_size": 3, "padding": ((0, 0), (0, 4)), "padding_mode": "circular"},
            (3, 3),
            f"padding is 4 columns at the right, but {ROUND}, and an input of 3 columns has at most 3 to give: "
            "use a padding of at most 3, or padding_mode='replicate'.",
        ),
        (
            {"kernel_size": 3, "padding": "same", "padding_mode": "reflect"},
            (5, 1),
            f"padding is 1 column at the left, but {MIRROR}, and an input of 1 column has at most 0 to give: "
            "use padding_mode='replicate'.",
        ),
        (
            {"kernel_size": (2, 1), "padding": "full", "padding_mode": "reflect"},
            (1, 3),
            f"padding is 1 row at the top, but {MIRROR}, and an input of 1 row has at most 0 to give: "
            "use padding_mode='replicate'.",
        ),
        (
            {"kernel_size": 1, "padding": ((0, 2), (0, 0)), "padding_mode": "circular"},
            (1, 1),
            f"padding is 2 rows at the bottom, but {ROUND}, and an input of 1 row has at most 1 to give: "
            "use a padding of at most 1, or padding_mode='replicate'.",
        ),
        ({"kernel_size": 1}, (0, 3), f"height is 0, but {ONE_NUMBER}: use 1."),
        ({"kernel_size": 1}, (3, 2.6), f"width is 2.6, but {ONE_NUMBER}: use 3."),
        ({"kernel_size": 1}, (True, 3), f"height is True, but {ONE_NUMBER}: use 1."),
    ],
)
def test_the_sentence_for_an_input_the_layer_does_not_fit(
    arguments: dict[str, Any], size: tuple[Any, Any], sentence: str
) -> None:
    layer = Conv2d(1, 1, **arguments)
    for method in (layer.axes, layer.output_size, layer.padding_amounts):
        with pytest.raises(LayerError) as caught:
            method(*size)
        assert str(caught.value) == sentence
        assert sentence.startswith(f"{caught.value.parameter} is ")


@given(
    kernel=st.integers(2, 9),
    dilation=st.integers(1, 4),
    before=st.integers(0, 3),
    after=st.integers(0, 3),
    mode=st.sampled_from(PaddingMode),
    length=st.integers(1, 9),
)
@settings(max_examples=examples(50))
def test_what_a_sentence_suggests_is_the_nearest_that_would_do(
    kernel: int, dilation: int, before: int, after: int, mode: PaddingMode, length: int
) -> None:
    given: dict[str, Any] = {
        "kernel_size": (kernel, 1),
        "dilation": (dilation, 1),
        "padding": ((before, after), (0, 0)),
        "padding_mode": mode,
        "size": (length, 1),
    }
    error = refusal(1, 1, **given)
    assume(error is not None)
    said = str(error)
    if number := re.search(r"a kernel of at most (\d+)", said):
        assert fits(**{**given, "kernel_size": (int(number[1]), 1)})
        assert not fits(**{**given, "kernel_size": (int(number[1]) + 1, 1)})
    if number := re.search(r"a dilation of at most (\d+)", said):
        assert fits(**{**given, "dilation": (int(number[1]), 1)})
        assert not fits(**{**given, "dilation": (int(number[1]) + 1, 1)})
    if number := re.search(r"a padding of at least (\d+)", said):
        assert fits(**{**given, "padding": (int(number[1]), 0)})
        assert not fits(**{**given, "padding": (int(number[1]) - 1, 0)})
    if number := re.search(r"paddings that add up to at least (\d+)", said):
        total = int(number[1])
        assert fits(**{**given, "padding": ((total // 2, total - total // 2), (0, 0))})
        assert not fits(**{**given, "padding": ((total // 2, total - total // 2 - 1), (0, 0))})
    if number := re.search(r"a padding of at most (\d+)", said):
        most = int(number[1])
        assert fits(**{**given, "padding": ((min(before, most), min(after, most)), (0, 0))})
        assert not fits(**{**given, "padding": ((most + 1, most + 1), (0, 0))})
    if error.parameter == "padding":
        assert "padding_mode='replicate'" in said
    else:
        assert "a kernel of at most" in said


WRONG_VALUES = (LayerCode.NOT_WHOLE, LayerCode.NOT_WHOLE_OR_PAIR, LayerCode.NOT_A_PADDING)
JUNK = st.one_of(
    ANY_NUMBER, st.booleans(), st.floats(), st.lists(ANY_NUMBER | st.floats(), max_size=3), st.just(((1,), 2))
)


@given(st.sampled_from(["kernel_size", "stride", "dilation", "padding"]), JUNK | st.tuples(JUNK, JUNK))
@settings(max_examples=examples(50))
def test_the_value_suggested_for_a_wrong_one_is_taken(parameter: str, value: Any) -> None:
    arguments = {"kernel_size": 1, "size": (99, 99)}
    error = refusal(1, 1, **{**arguments, parameter: value})
    assume(error is not None and error.code in WRONG_VALUES and not isinstance(value, str))
    assert error.parameter == parameter
    again = refusal(1, 1, **{**arguments, parameter: error.choices[0].changes[0].value})
    assert again is None or again.code not in WRONG_VALUES


def test_arguments_are_torchs_in_order_with_their_defaults() -> None:
    short = Conv2d(1, 2, 3)
    assert short == Conv2d(1, 2, 3, 1, 0, 1, 1, True, "zeros")
    assert (short.stride, short.padding, short.dilation, short.groups) == (1, 0, 1, 1)
    assert (short.bias, short.padding_mode) == (True, PaddingMode.ZEROS)


def test_fields_keep_what_was_written_and_properties_are_pairs() -> None:
    layer = Conv2d(1, 1, 3, stride=(2, 1), dilation=2, padding=((1, 0), (2, 3)))
    assert (layer.kernel_size, layer.stride, layer.dilation) == (3, (2, 1), 2)
    assert (layer.kernel, layer.strides, layer.dilations) == ((3, 3), (2, 1), (2, 2))
    assert layer.padding == ((1, 0), (2, 3))


def test_lists_and_numpy_numbers_make_the_same_hashable_layer() -> None:
    plain = Conv2d(4, 2, (3, 2), (2, 1), ((1, 0), (2, 3)), (1, 2), 2)
    other = Conv2d(np.int64(4), np.int8(2), [np.int64(3), 2], [2, 1], [[1, 0], [2, np.int32(3)]], [1, 2], np.uint8(2))
    assert other == plain
    assert hash(other) == hash(plain)
    assert repr(other) == repr(plain)


def test_same_gives_an_even_kernel_its_extra_line_at_the_bottom_and_right() -> None:
    layer = Conv2d(1, 1, (2, 4), padding="same")
    assert layer.padding_amounts(4, 4) == ((0, 1), (1, 2))
    assert layer.output_size(4, 4) == (4, 4)


def test_full_same_and_valid_of_an_odd_kernel() -> None:
    amounts = [Conv2d(1, 1, 5, padding=padding).padding_amounts(9, 9)[0] for padding in ("full", "same", "valid")]
    assert amounts == [(4, 4), (2, 2), (0, 0)]


def test_worked_weight_shapes() -> None:
    assert np.prod(Conv2d(3, 256, 5).weight_shape) == 19_200
    assert Conv2d(256, 32, 3, groups=8).weight_shape == (32, 32, 3, 3)
    assert np.prod(Conv2d(256, 32, 3, groups=8).weight_shape) == 9_216
    assert np.prod(Conv2d(3, 3, 5, groups=3).weight_shape) == 75
