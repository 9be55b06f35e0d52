"""What a layer accepts, what it refuses and in which words, and the sizes it comes to."""

import ast
import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from engine import Conv2d, LayerError, PaddingMode
from tests.engine.strategies import Case, as_pair, cases, sides_of, torch_output, torch_refuses


@given(cases())
@settings(max_examples=300)
def test_sizes_and_shapes_are_torchs(case: Case) -> None:
    layer, (_, height, width) = case.layer, case.x.shape
    assert (layer.out_channels, *layer.output_size(height, width)) == torch_output(case).shape
    assert layer.weight_shape == case.weight.shape
    assert layer.bias_shape == (None if case.bias is None else case.bias.shape)
    sides = sides_of(layer.padding, as_pair(layer.kernel_size), as_pair(layer.dilation))
    assert layer.padding_amounts(height, width) == sides
    rows, columns = layer.axes(height, width)
    assert ((rows.before, rows.after), (columns.before, columns.after)) == sides
    assert (rows.mode, columns.mode) == (layer.padding_mode, layer.padding_mode)


ANY_NUMBER = st.integers(0, 5) | st.sampled_from([-1, 1.0, 1.5, "2", None])
ANY_SIZE = ANY_NUMBER | st.tuples(ANY_NUMBER, ANY_NUMBER)


@st.composite
def any_arguments(draw: st.DrawFn) -> tuple[Any, ...]:
    """Draw arguments of torch's layer, possible or not, but for the three it takes and the engine's manual refuses."""
    padding = draw(st.one_of(st.sampled_from(["valid", "same", "sane"]), ANY_SIZE))
    mode = draw(st.sampled_from([*(str(mode) for mode in PaddingMode), "mirror"]))
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
        draw(st.sampled_from([str(mode) for mode in PaddingMode])),
    )


@given(any_arguments() | almost_possible(), st.integers(0, 6), st.integers(0, 6))
@settings(max_examples=2000)
@example((1, 1, 1, 1, 0, 1, 1, True, "reflect"), 1, 1)
@example((1, 1, 1, 1, 5, 1, 1, True, "circular"), 5, 4)
@example((1, 1, 1, 1, (4, 0), 1, 1, True, "reflect"), 5, 1)
def test_it_refuses_what_torch_refuses_and_nothing_else(arguments: tuple[Any, ...], height: int, width: int) -> None:
    try:
        Conv2d(*arguments).axes(height, width)
    except LayerError as error:
        assert torch_refuses(arguments, height, width), str(error)
    else:
        assert not torch_refuses(arguments, height, width)


ONE_NUMBER = "it must be a whole number of at least 1"
NUMBERS = "it must be a whole number of at least 1, or a pair of them (rows, columns)"
PADDINGS = (
    "it must be a whole number of at least 0, a pair of them (rows, columns), "
    "pairs ((top, bottom), (left, right)), or 'valid', 'same' or 'full'"
)
MODES = "it must be 'zeros', 'reflect', 'replicate' or 'circular'"
UNSTRIDED = (
    "padding='same' is not supported for strided convolutions, "
    "because the output would no longer be the size of the input"
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
        ({"padding": "sane"}, "padding is 'sane', but it must be 'valid', 'same' or 'full': use 'same'."),
        ({"padding": "FULL"}, "padding is 'FULL', but it must be 'valid', 'same' or 'full': use 'full'."),
        ({"padding_mode": "reflekt"}, f"padding_mode is 'reflekt', but {MODES}: use 'reflect'."),
        ({"padding_mode": None}, f"padding_mode is None, but {MODES}: use 'zeros'."),
        ({"in_channels": 8, "groups": 3}, "groups is 3, but it must divide in_channels, which is 8: use 2 or 4."),
        ({"out_channels": 6, "groups": 4}, "groups is 4, but it must divide out_channels, which is 6: use 2."),
        ({"in_channels": 4, "groups": 64}, "groups is 64, but it must divide in_channels, which is 4: use 4."),
        (
            {"padding": "same", "stride": 2},
            f"padding is 'same' and stride is 2, but {UNSTRIDED}: use stride=1, or padding=1.",
        ),
        (
            {"padding": "same", "stride": (1, 2), "kernel_size": (3, 4), "dilation": 3},
            f"padding is 'same' and stride is (1, 2), but {UNSTRIDED}: use stride=1, or padding=(3, 4).",
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


@pytest.mark.parametrize(
    ("layer", "size", "sentence"),
    [
        (
            Conv2d(1, 1, 5),
            (4, 9),
            "kernel_size is 5 rows, but the padded input has only 4 rows: "
            "use a kernel of at most 4 rows, or a dilation of at most 0, or a padding of at least 1.",
        ),
    ],
)
def test_placeholder(layer: Conv2d, size: tuple[int, int], sentence: str) -> None: ...
