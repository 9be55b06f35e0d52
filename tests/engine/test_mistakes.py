"""What comes out under a mistake is what torch makes of the arguments that the mistake stands for."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from numpy.typing import NDArray
from torch.nn import functional

from engine import (
    AvgPool2d,
    Conv2d,
    Conv3d,
    CornerMistake,
    MaxPool2d,
    PoolMistake,
    SizeMistake,
    SumMistake,
    mistaken_corners,
    mistaken_pools,
    mistaken_sizes,
    mistaken_sums,
    record,
)
from tests.draws import examples
from tests.engine.strategies import Case, as_pair, cases, pooling_cases, sides_of, torch_padded, torch_pooled

Floats = NDArray[np.float64]


def convolved(layer: Conv2d, x: Any, weight: Any, bias: Any, size: tuple[int, int]) -> Floats:
    """Return what torch makes of padded values, at the positions that there are of `size`; NaN at the others."""
    found = np.full((layer.out_channels, *size), np.nan)
    kernel, strides, dilations = as_pair(layer.kernel_size), as_pair(layer.stride), as_pair(layer.dilation)
    if all(length > d * (k - 1) for length, k, d in zip(x.shape[1:], kernel, dilations, strict=True)):
        tensors = (None if one is None else torch.tensor(one.copy()).double() for one in (weight, bias))
        values = torch.tensor(x.copy()).double()[None]
        made = functional.conv2d(values, *tensors, strides, 0, dilations, layer.groups)[0].numpy()
        rows, columns = (min(one, most) for one, most in zip(made.shape[1:], size, strict=True))
        found[:, :rows, :columns] = made[:, :rows, :columns]
    return found


def mistaken(mistake: SumMistake, case: Case[Conv2d], size: tuple[int, int]) -> Floats:
    layer, x, weight, bias = case.layer, torch_padded(case), case.weight, case.bias
    depth, strides = layer.in_channels // layer.groups, as_pair(layer.stride)
    match mistake:
        case SumMistake.KERNEL_FLIPPED:
            weight = np.flip(weight, (2, 3))
        case SumMistake.BIAS_DROPPED:
            bias = None
        case SumMistake.FIRST_CHANNEL_ONLY:
            weight = weight * (np.arange(depth) == 0)[:, None, None]
        case SumMistake.FIRST_CHANNEL_WITHOUT_BIAS:
            weight, bias = weight * (np.arange(depth) == 0)[:, None, None], None
        case SumMistake.FIRST_GROUP_READ:
            x = x[np.arange(layer.in_channels) % depth]
        case SumMistake.PADDING_FORGOTTEN:
            x = case.x
        case SumMistake.PADDING_OF_ZEROS:
            x = torch_padded(replace(case, layer=replace(layer, padding_mode="zeros", padding_value=0)))
        case SumMistake.SIDES_SWAPPED:
            (top, bottom), (left, right) = sides_of(layer, *case.x.shape[1:])
            x = torch_padded(replace(case, layer=replace(layer, padding=((bottom, top), (right, left)))))
        case SumMistake.STRIDE_TOO_SMALL:
            layer = replace(layer, padding=0, stride=tuple(max(1, one - 1) for one in strides))
        case SumMistake.STRIDE_TOO_LARGE:
            layer = replace(layer, padding=0, stride=tuple(one + 1 for one in strides))
        case SumMistake.DILATION_FORGOTTEN:
            layer = replace(layer, dilation=1)
    return convolved(layer, x, weight, bias, size)


@given(cases(whole=True))
@settings(max_examples=examples(40))
def test_a_wrong_sum_is_that_of_a_layer_with_the_mistake(case: Case[Conv2d]) -> None:
    trace = record(*case.arguments)
    found = mistaken_sums(trace)
    for mistake in set(SumMistake) - {SumMistake.FIRST_SLICE_ONLY}:
        made = mistaken(mistake, case, trace.output.shape[1:])
        expected = np.where(made == trace.output, np.nan, made)
        if np.isnan(expected).all():
            assert mistake not in found
        else:
            np.testing.assert_array_equal(found[mistake], expected, err_msg=mistake)


def test_what_is_only_rounded_otherwise_is_no_mistake() -> None:
    trace = record(Conv2d(1, 1, 3, bias=False), np.full((1, 3, 3), 0.1), np.full((1, 1, 3, 3), 1 / 3))
    assert mistaken_sums(trace) == {}


VOLUMES = {
    SumMistake.KERNEL_FLIPPED: lambda weight: np.flip(weight, (2, 3, 4)),
    SumMistake.FIRST_SLICE_ONLY: lambda weight: weight * (np.arange(weight.shape[2]) == 0)[:, None, None],
    SumMistake.FIRST_CHANNEL_ONLY: lambda weight: weight * (np.arange(weight.shape[1]) == 0)[:, None, None, None],
}


@pytest.mark.parametrize("mistake", VOLUMES)
@pytest.mark.parametrize("layer", [Conv3d(2, 3, 2), Conv3d(4, 2, (3, 1, 2), (2, 1, 1), (1, 0, 1), (1, 2, 1), 2)])
def test_a_wrong_sum_of_a_volume_is_that_of_a_layer_with_the_mistake(layer: Conv3d, mistake: SumMistake) -> None:
    drawn = np.random.default_rng(3)
    x, bias = drawn.integers(-9, 10, (layer.in_channels, 4, 3, 4)), drawn.integers(1, 9, layer.out_channels)
    weight = drawn.integers(-9, 10, layer.weight_shape)
    trace = record(layer, x, weight, bias)
    tensors = (torch.tensor(one.copy()).double() for one in (x[None], VOLUMES[mistake](weight), bias))
    made = functional.conv3d(*tensors, layer.stride, layer.padding, layer.dilation, layer.groups)[0].numpy()
    np.testing.assert_array_equal(mistaken_sums(trace)[mistake], np.where(made == trace.output, np.nan, made))


def test_where_a_window_of_a_volume_begins_and_its_wrong_sizes() -> None:
    """Counted by hand: 4 slices of 3x5, a kernel of 2x3x3 with stride 2 and padding (0, 1, 1)."""
    axes = Conv3d(1, 1, (2, 3, 3), 2, (0, 1, 1)).axes(4, 3, 5)
    found = mistaken_sizes(axes)
    assert found[SizeMistake.PADDING_FORGOTTEN] == (2, 1, 2)
    assert found[SizeMistake.STRIDE_FORGOTTEN] == (3, 3, 5)
    corners = mistaken_corners(axes)
    # padded 4x5x7; the last window begins at slice 2, row 2, column 4: with a stride of 1 at 1, 1, 2
    assert corners[CornerMistake.STRIDE_FORGOTTEN][-1] == 1 * 35 + 1 * 7 + 2
    assert corners[CornerMistake.PADDING_FORGOTTEN][0] == 0 * 35 + 1 * 7 + 1
    assert corners[CornerMistake.CENTRE][0] == 1 * 35 + 1 * 7 + 1


def size_of(case: Case[Conv2d], mistake: SizeMistake, right: tuple[int, int]) -> tuple[int, ...]:
    layer = case.layer
    kernel, strides, dilations = layer.kernel, layer.strides, layer.dilations
    height, width = case.x.shape[1:]
    (top, bottom), (left, right_side) = sides_of(layer, height, width)
    if mistake is SizeMistake.AS_INPUT:
        return height, width
    if mistake is SizeMistake.ONE_FORGOTTEN:
        return right[0] - 1, right[1] - 1
    sides = [(top, bottom), (left, right_side)]
    if mistake is SizeMistake.PADDING_FORGOTTEN:
        sides = [(0, 0), (0, 0)]
    if mistake is SizeMistake.PADDING_COUNTED_ONCE:
        sides = [(top, 0), (left, 0)]
    if mistake is SizeMistake.DILATION_FORGOTTEN:
        dilations = (1, 1)
    if mistake is SizeMistake.STRIDE_FORGOTTEN:
        strides = (1, 1)
    starts = [
        range(0, length + sum(side) - d * (k - 1), s)
        for length, side, k, s, d in zip((height, width), sides, kernel, strides, dilations, strict=True)
    ]
    if mistake is SizeMistake.ROUNDED_UP:  # one more window, if it begins before the others' last cell
        padded = [length + sum(side) for length, side in zip((height, width), sides, strict=True)]
        return tuple(
            len(one) + (one[-1] + d * (k - 1) + 1 < length)
            for one, length, k, d in zip(starts, padded, kernel, dilations, strict=True)
        )
    return tuple(map(len, starts))


@given(cases())
@settings(max_examples=examples(40))
def test_a_wrong_size_counts_the_windows_of_a_layer_with_the_mistake(case: Case[Conv2d]) -> None:
    trace = record(*case.arguments)
    right = trace.output.shape[1:]
    found = mistaken_sizes(trace.axes)
    for mistake in SizeMistake:
        size = size_of(case, mistake, right)
        assert found.get(mistake) == (size if size != right and min(size) > 0 else None), mistake


def test_of_mistakes_that_make_one_size_the_likelier_is_named_first() -> None:
    same = [
        mistake
        for mistake, size in mistaken_sizes(Conv2d(1, 1, 2, padding="same").axes(4, 4)).items()
        if size == (3, 3)
    ]
    assert same[0] is SizeMistake.PADDING_FORGOTTEN
    assert SizeMistake.ONE_FORGOTTEN in same


@pytest.mark.parametrize(
    ("layer", "size", "mistake", "cells"),
    [
        (Conv2d(1, 1, 3, 2, 1), (5, 5), CornerMistake.PADDING_FORGOTTEN, [8, 10, 12, 22, 24, 26, 36, 38, 40]),
        (Conv2d(1, 1, 3, 2, 1), (5, 5), CornerMistake.STRIDE_FORGOTTEN, [-1, 1, 2, 7, 8, 9, 14, 15, 16]),
        (Conv2d(1, 1, 3, 2, 1), (5, 5), CornerMistake.CENTRE, [8, 10, 12, 22, 24, 26, 36, 38, 40]),
        (Conv2d(1, 1, 2, (2, 1)), (4, 3), CornerMistake.AXES_SWAPPED, [-1, 6, 1, -1]),
        (Conv2d(1, 1, 2, 1), (4, 4), CornerMistake.STRIDE_FORGOTTEN, None),
    ],
)
def test_a_wrong_corner(layer: Conv2d, size: tuple[int, int], mistake: CornerMistake, cells: list[int] | None) -> None:
    assert mistaken_corners(layer.axes(*size)).get(mistake) == cells


def pooled(mistake: PoolMistake, layer: MaxPool2d | AvgPool2d, x: Floats) -> Floats:
    """Return what torch makes of the window by the mistake."""
    if mistake is PoolMistake.MAX_TAKEN:
        return torch_pooled(MaxPool2d(layer.kernel, layer.strides, layer.padding, ceil_mode=layer.ceil_mode), x)
    if mistake is PoolMistake.NOT_DIVIDED:
        return torch_pooled(layer, x) * np.multiply.outer(*layer.counts(*x.shape[1:]))
    return torch_pooled(replace(layer, count_include_pad=mistake is PoolMistake.PADDING_COUNTED), x)


@given(pooling_cases(AvgPool2d))
@settings(max_examples=examples(25))
def test_a_wrong_mean_is_that_of_a_layer_with_the_mistake(case: tuple[AvgPool2d, Floats]) -> None:
    layer, x = case
    trace = record(layer, x)
    found = mistaken_pools(trace)
    other = PoolMistake.PADDING_LEFT_OUT if layer.count_include_pad else PoolMistake.PADDING_COUNTED
    forms = {PoolMistake.MAX_TAKEN, PoolMistake.NOT_DIVIDED, other}
    assert found.keys() <= forms
    for mistake in forms:
        made = pooled(mistake, layer, x)
        expected = np.where(np.isclose(made, trace.output, rtol=1e-9, atol=1e-9), np.nan, made)
        np.testing.assert_allclose(found.get(mistake, np.full_like(made, np.nan)), expected, rtol=0, atol=1e-9)


def test_the_mean_of_a_window_of_which_the_largest_is_taken() -> None:
    x = np.random.default_rng(3).integers(-9, 10, (2, 6, 7)).astype(float)
    found = mistaken_pools(record(MaxPool2d(3, 2, 1), x))[PoolMistake.MEAN_TAKEN]
    made = functional.avg_pool2d(torch.tensor(x)[None], 3, 2, 1, count_include_pad=False)[0].numpy()
    right = functional.max_pool2d(torch.tensor(x)[None], 3, 2, 1)[0].numpy()
    np.testing.assert_allclose(found, np.where(made == right, np.nan, made))
