"""What comes out of a transposed layer under a mistake: stamped here one by one, with the mistake made."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from numpy.typing import NDArray
from torch.nn import functional

from engine import (
    ConvTranspose2d,
    CornerMistake,
    SizeMistake,
    SumMistake,
    mistaken_stamp_corners,
    mistaken_stamp_sizes,
    mistaken_stamp_sums,
    record,
)
from tests.draws import examples
from tests.engine.strategies import Case, torch_transposed, transposed_cases

Floats = NDArray[np.float64]
Pair = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Stamped:
    """A layer in plain numbers, and what is on its output."""

    x: Any
    weight: Any
    bias: Any
    stride: Pair
    dilation: Pair
    before: Pair
    after: Pair
    more: Pair
    groups: int
    adds: bool = True

    @property
    def size(self) -> tuple[int, ...]:
        numbers = zip(
            self.x.shape[1:], self.weight.shape[2:], self.stride, self.dilation, self.before, self.after, self.more,
            strict=True,
        )  # fmt: skip
        return tuple((n - 1) * s + d * (k - 1) + 1 + more - b - a for n, k, s, d, b, a, more in numbers)

    def output(self) -> Floats:
        """Return the output, stamp by stamp and tap by tap."""
        filters, depth = self.weight.shape[1], len(self.x) // self.groups
        whole = tuple(one + b + a for one, b, a in zip(self.size, self.before, self.after, strict=True))
        canvas = np.zeros((filters * self.groups, *whole))
        for row, column in np.ndindex(self.x.shape[1:]):
            for i, j in np.ndindex(self.weight.shape[2:]):
                y, x = row * self.stride[0] + i * self.dilation[0], column * self.stride[1] + j * self.dilation[1]
                for group in range(self.groups):
                    own = slice(group * depth, (group + 1) * depth)
                    made = self.weight[own, :, i, j].T @ self.x[own, row, column]
                    cell = canvas[group * filters : (group + 1) * filters, y, x]
                    cell[:] = cell + made if self.adds else made
        (top, left), (rows, columns) = self.before, self.size
        kept = canvas[:, top : top + rows, left : left + columns]
        return kept if self.bias is None else kept + self.bias[:, None, None]


def plain(case: Case[ConvTranspose2d]) -> Stamped:
    layer = case.layer
    (top, bottom), (left, right) = layer.cropping
    rows, columns = layer.output_paddings
    down, across = layer.strides
    dilated = layer.dilations[0], layer.dilations[1]
    sides = (top, left), (bottom, right)
    return Stamped(
        case.x, case.weight, case.bias, (down, across), dilated, *sides, (rows, columns), layer.groups
    )  # fmt: skip


def with_mistake(mistake: SumMistake, right: Stamped) -> Stamped:
    depth = len(right.x) // right.groups
    first = right.weight * (np.arange(len(right.x)) % depth == 0)[:, None, None, None]
    down, across = right.stride
    match mistake:
        case SumMistake.LAST_STAMP_ONLY:
            return replace(right, adds=False)
        case SumMistake.KERNEL_FLIPPED:
            return replace(right, weight=right.weight[:, :, ::-1, ::-1])
        case SumMistake.BIAS_DROPPED:
            return replace(right, bias=None)
        case SumMistake.FIRST_CHANNEL_ONLY:
            return replace(right, weight=first)
        case SumMistake.FIRST_CHANNEL_WITHOUT_BIAS:
            return replace(right, weight=first, bias=None)
        case SumMistake.FIRST_GROUP_READ:
            return replace(right, x=right.x[np.arange(len(right.x)) % depth])
        case SumMistake.PADDING_FORGOTTEN:
            return replace(right, before=(0, 0), after=(0, 0))
        case SumMistake.SIDES_SWAPPED:
            return replace(right, before=right.after, after=right.before)
        case SumMistake.STRIDE_TOO_SMALL:
            return replace(right, stride=(max(1, down - 1), max(1, across - 1)))
        case SumMistake.STRIDE_TOO_LARGE:
            return replace(right, stride=(down + 1, across + 1))
        case SumMistake.DILATION_FORGOTTEN:
            return replace(right, dilation=(1, 1))
    return right


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(25))
def test_a_wrong_sum_is_that_of_stamps_with_the_mistake(case: Case[ConvTranspose2d]) -> None:
    right, output = plain(case), torch_transposed(case)
    np.testing.assert_array_equal(right.output(), output)  # what is stamped here without a mistake is torch's
    found = mistaken_stamp_sums(record(*case.arguments))
    for mistake in SumMistake:
        wrong = with_mistake(mistake, right)
        made = np.full(output.shape, np.nan)
        if min(wrong.size) > 0:
            rows, columns = map(min, wrong.size, right.size)
            made[:, :rows, :columns] = wrong.output()[:, :rows, :columns]
        expected = np.where(made == output, np.nan, made)
        if np.isnan(expected).all():
            assert mistake not in found
        else:
            np.testing.assert_array_equal(found[mistake], expected, err_msg=mistake)


@given(transposed_cases(whole=True, most_channels=1, most_length=5))
@settings(max_examples=examples(40))
def test_a_wrong_size_is_that_of_a_layer_with_the_mistake(case: Case[ConvTranspose2d]) -> None:
    right = plain(case)
    size, layer = right.size, case.layer
    height, width = case.x.shape[1:]
    padded = [n + b + a for n, b, a in zip((height, width), right.before, right.after, strict=True)]
    ordinary = tuple(
        len(range(0, n - d * (k - 1), s)) if n > d * (k - 1) else 0
        for n, k, s, d in zip(padded, layer.kernel, right.stride, right.dilation, strict=True)
    )
    less = tuple(-one for one in right.before), tuple(-one for one in right.after)
    expected = {
        SizeMistake.PADDING_ADDED: replace(right, before=less[0], after=less[1]).size,
        SizeMistake.STRIDE_FORGOTTEN: replace(right, stride=(1, 1)).size,
        SizeMistake.OUTPUT_PADDING_FORGOTTEN: replace(right, more=(0, 0)).size,
        SizeMistake.ORDINARY_FORMULA: ordinary,
        SizeMistake.PADDING_FORGOTTEN: replace(right, before=(0, 0), after=(0, 0)).size,
        SizeMistake.AS_INPUT: (height, width),
        SizeMistake.TIMES_STRIDE: (height * right.stride[0], width * right.stride[1]),
        SizeMistake.PADDING_COUNTED_ONCE: replace(right, after=(0, 0)).size,
        SizeMistake.DILATION_FORGOTTEN: replace(right, dilation=(1, 1)).size,
    }
    found = mistaken_stamp_sizes(record(*case.arguments).axes)
    for mistake in SizeMistake:
        wrong = expected.get(mistake, size)
        assert found.get(mistake) == (wrong if wrong != size and min(wrong) > 0 else None), mistake


LAYERS = [
    ConvTranspose2d(1, 1, 3, 2, 1, 1),
    ConvTranspose2d(1, 1, (2, 3), (3, 1)),
    ConvTranspose2d(1, 1, 2, 2, 0, 1, dilation=3),
]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_stamp_begins_where_torch_puts_its_first_weight_and_a_wrong_one_does_not(layer: ConvTranspose2d) -> None:
    axes, size = layer.axes(3, 4), (3, 4)
    first = torch.zeros(1, 1, *layer.kernel)
    first[0, 0, 0, 0] = 1
    found = mistaken_stamp_corners(axes)
    more = layer.output_paddings
    middle = [len(range(1, d * (k - 1) + 1, 2)) for k, d in zip(layer.kernel, layer.dilations, strict=True)]
    for position, (row, column) in enumerate(np.ndindex(*size)):
        single = torch.zeros(1, 1, *size)
        single[0, 0, row, column] = 1
        whole = functional.conv_transpose2d(single, first, None, layer.strides, 0, more, 1, layer.dilations)[0, 0]
        (right,) = np.flatnonzero(whole)
        top, left = divmod(int(right), whole.shape[1])
        wrong = {
            CornerMistake.PADDING_FORGOTTEN: (top + layer.cropping[0][0], left + layer.cropping[1][0]),
            CornerMistake.STRIDE_FORGOTTEN: (row, column),
            CornerMistake.CENTRE: (top + middle[0], left + middle[1]),
            CornerMistake.AXES_SWAPPED: (column * layer.strides[0], row * layer.strides[1]),
        }
        for mistake, cells in found.items():
            down, across = wrong[mistake]
            is_there = down < whole.shape[0] and across < whole.shape[1] and (down, across) != (top, left)
            assert cells[position] == (down * whole.shape[1] + across if is_there else -1), mistake
    assert CornerMistake.STRIDE_FORGOTTEN in found
    assert CornerMistake.CENTRE in found
