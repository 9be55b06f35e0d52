"""Which transposed layers make a size of another: every one within the bounds, against torch and by trying all."""

from itertools import product

import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import TransposedAxis
from engine.resizing import is_even, resizings, shared_resizings, unreached

KERNELS, STRIDES = range(1, 6), range(1, 5)
LENGTHS = st.integers(1, 5)
Numbers = tuple[int, int, int, int]


def torch_length(length: int, kernel: int, stride: int, padding: int, output_padding: int) -> int:
    """Return what torch makes of so many cells; 0 where it makes nothing."""
    layer = torch.nn.ConvTranspose1d(1, 1, kernel, stride, padding, output_padding, device="meta")
    try:
        return layer(torch.empty(1, 1, length, device="meta")).shape[-1]
    except RuntimeError:
        return 0


def all_numbers(kernels: range = KERNELS, strides: range = STRIDES) -> list[Numbers]:
    """Return every kernel, stride, padding and output_padding that is looked at."""
    return [
        (kernel, stride, padding, added)
        for kernel, stride in product(kernels, strides)
        for padding, added in product(range(kernel), range(stride))
    ]


def numbers(plan: TransposedAxis) -> Numbers:
    return plan.kernel, plan.stride, plan.before, plan.output_padding


@given(st.integers(2, 5), st.integers(1, 24))
def test_every_layer_of_one_direction_is_found_and_no_other(length: int, output: int) -> None:
    found = [numbers(plan) for plan in resizings(length, output, KERNELS, STRIDES)]
    assert len(set(found)) == len(found)
    assert set(found) == {one for one in all_numbers() if torch_length(length, *one) == output}


@given(st.tuples(st.integers(2, 5), LENGTHS), st.tuples(st.integers(1, 12), st.integers(1, 12)))
def test_layers_of_both_directions_share_their_numbers(given: tuple[int, int], wanted: tuple[int, int]) -> None:
    found = shared_resizings(given, wanted, KERNELS, STRIDES)
    ways = [{one for one in all_numbers() if torch_length(length, *one) == wanted[i]} for i, length in enumerate(given)]
    both = {(down, across) for down, across in product(*ways) if down[:3] == across[:3]}
    assert {(numbers(rows), numbers(columns)) for rows, columns in found} == both
    assert len(found) == len(both)


@given(LENGTHS, LENGTHS, st.sampled_from(all_numbers()))
def test_a_layer_is_among_those_of_its_own_sizes(length: int, other: int, one: Numbers) -> None:
    output = torch_length(length, *one)
    assume(output > 0 and length > 1)
    assert one in map(numbers, resizings(length, output, KERNELS, STRIDES))
    assert one in map(numbers, resizings(length, output, range(one[0], one[0] + 1), range(one[1], one[1] + 1)))


def test_a_single_cell_is_stamped_once_with_the_smallest_stride_that_its_output_padding_allows() -> None:
    found = {numbers(plan) for plan in resizings(1, 4, KERNELS, STRIDES)}
    assert found == {one for one in all_numbers() if torch_length(1, *one) == 4 and one[1] == one[3] + 1}
    wide = {numbers(plan) for plan in resizings(1, 4, KERNELS, range(3, 4))}
    assert wide == {one for one in all_numbers() if torch_length(1, *one) == 4 and one[1] == 3}


@given(st.integers(1, 6), st.sampled_from(all_numbers(range(1, 7), range(1, 6))))
def test_how_evenly_it_stamps_and_what_it_leaves_out_is_seen_in_ones_through_torch(length: int, one: Numbers) -> None:
    output = torch_length(length, *one)
    assume(output > 0)
    plan = TransposedAxis(length, one[2], one[2], one[0], one[1], 1, one[3])

    def stamped(cells: int, *layer: int) -> torch.Tensor:
        ones = torch.ones(1, 1, cells), torch.ones(1, 1, one[0])
        return torch.nn.functional.conv_transpose1d(*ones, None, *layer).flatten()

    assert unreached(plan) == int((stamped(length, *one[1:]) == 0).sum())
    inside = stamped(40, one[1])[one[0] : -one[0]]
    assert is_even(plan) == (inside.min() == inside.max())


def test_what_is_offered_first_is_what_networks_use() -> None:
    first = [numbers(plan) for plan in resizings(32, 64)]
    assert first[:3] == [(2, 2, 0, 0), (3, 2, 1, 1), (4, 2, 1, 0)]  # U-Net, CycleGAN, DCGAN
    assert (64, 32, 16, 0) in map(numbers, resizings(7, 224))  # FCN-32s, as it is trained today
    reached = [unreached(plan) == 0 for plan in resizings(32, 64)]
    assert sorted(reached, reverse=True) == reached
    assert [numbers(plan) for plan in resizings(32, 64, most=2)] == first[:2]


def test_15_by_13_becomes_240_by_200_with_kernel_and_stride_16() -> None:
    found = shared_resizings((15, 13), (240, 200), range(16, 17), range(16, 17))
    assert {(rows.before, rows.output_padding, columns.output_padding) for rows, columns in found} == {
        (4, 8, 0), (5, 10, 2), (6, 12, 4), (7, 14, 6),
    }  # fmt: skip
