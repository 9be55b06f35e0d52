"""One direction of a plan against np.pad and against counting one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Axis, PaddingMode, TransposedAxis
from tests.draws import examples
from tests.engine.strategies import least_length, transposed_axes

NUMPY_NAMES = {
    "zeros": "constant",
    "constant": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
    "symmetric": "symmetric",
}


@st.composite
def axes(draw: st.DrawFn) -> Axis:
    before, after = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    kernel, dilation = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    mode = draw(st.sampled_from(PaddingMode))
    length = least_length(kernel, dilation, (before, after), mode) + draw(st.integers(0, 8))
    return Axis(length, before, after, kernel, draw(st.integers(1, 6)), dilation, mode)


def taps_of_windows(axis: Axis) -> list[list[int]]:
    """Slide the window cell by cell until its last tap falls off the end."""
    windows = []
    start = 0
    while (taps := [start + tap * axis.dilation for tap in range(axis.kernel)])[-1] < axis.padded:
        windows.append(taps)
        start += axis.stride
    return windows


@given(axes())
@settings(max_examples=examples(40))
def test_windows_are_those_of_sliding_until_the_end(axis: Axis) -> None:
    windows = taps_of_windows(axis)
    assert axis.output == len(windows)
    assert [[start + offset for offset in axis.offsets] for start in axis.starts] == windows
    assert axis.extent == windows[0][-1] + 1
    assert axis.remainder == axis.padded - 1 - windows[-1][-1]


@given(axes())
@settings(max_examples=examples(40))
def test_sources_are_those_of_numpy_pad(axis: Axis) -> None:
    given = {"constant_values": -1} if axis.mode in ("zeros", "constant") else {}
    padded = np.pad(np.arange(axis.length), (axis.before, axis.after), mode=NUMPY_NAMES[axis.mode], **given)
    assert list(axis.sources) == padded.tolist()
    assert axis.padded == len(padded)


@given(axes())
@settings(max_examples=examples(40))
def test_unread_and_valid_taps_are_those_counted_one_by_one(axis: Axis) -> None:
    taps = [tap for window in taps_of_windows(axis) for tap in window]
    assert list(axis.unused_cells) == sorted(set(range(axis.padded)) - set(taps))
    inside = range(axis.before, axis.before + axis.length) if axis.mode in ("zeros", "constant") else range(axis.padded)
    assert axis.valid_taps == sum(tap in inside for tap in taps)


@pytest.mark.parametrize(
    ("mode", "most"),
    [("zeros", None), ("constant", None), ("replicate", None), ("symmetric", None), ("reflect", 4), ("circular", 5)],
    ids=str,
)
def test_most_padding_is_the_modes_limit(mode: str, most: int | None) -> None:
    assert Axis(5, 0, 0, 1, 1, 1, PaddingMode(mode)).most_padding == most


# "A guide to convolution arithmetic" (arXiv 1603.07285): input, kernel, stride, padding, dilation, output, and the
# a = (i + 2p - d(k-1) - 1) mod s rows that are left over.
@pytest.mark.parametrize(
    ("i", "k", "s", "p", "d", "o", "a"),
    [
        pytest.param(4, 3, 1, 0, 1, 2, 0, id="no padding, unit strides"),
        pytest.param(5, 4, 1, 2, 1, 6, 0, id="arbitrary padding"),
        pytest.param(5, 3, 1, 1, 1, 5, 0, id="half (same) padding"),
        pytest.param(5, 3, 1, 2, 1, 7, 0, id="full padding"),
        pytest.param(5, 3, 2, 0, 1, 2, 0, id="no padding, strides"),
        pytest.param(5, 3, 2, 1, 1, 3, 0, id="padding, strides"),
        pytest.param(6, 3, 2, 1, 1, 3, 1, id="padding, strides, odd"),
        pytest.param(7, 3, 1, 0, 2, 3, 0, id="dilation"),
    ],
)
def test_the_guides_table(i: int, k: int, s: int, p: int, d: int, o: int, a: int) -> None:
    axis = Axis(i, p, p, k, s, d, PaddingMode.ZEROS)
    assert (axis.output, axis.remainder) == (o, a)


def test_the_floor_leaves_the_last_line_unread() -> None:
    axis = Axis(length=5, before=1, after=1, kernel=2, stride=2, dilation=1, mode=PaddingMode.ZEROS)
    assert (axis.output, axis.remainder, axis.unused_cells) == (3, 1, (6,))


def test_gaps_of_stride_and_dilation_are_unread() -> None:
    assert Axis(5, 0, 0, 1, 2, 1, PaddingMode.ZEROS).unused_cells == (1, 3)
    assert Axis(5, 0, 0, 2, 1, 4, PaddingMode.ZEROS).unused_cells == (1, 2, 3)


@given(transposed_axes())
@settings(max_examples=examples(40))
def test_overlaps_are_those_of_stamping_one_by_one(axis: TransposedAxis) -> None:
    cells = [
        start * axis.stride + tap * axis.dilation - axis.before
        for start in range(axis.length)
        for tap in range(axis.kernel)
    ]
    assert axis.output == (
        (axis.length - 1) * axis.stride - axis.before - axis.after + axis.extent + axis.output_padding
    )
    assert list(axis.overlaps) == [cells.count(cell) for cell in range(axis.output)]
    assert axis.valid_taps == sum(axis.overlaps) == sum(cell in range(axis.output) for cell in cells)
    assert axis.windows == axis.length == axis.forward_axis.output


@given(transposed_axes())
@settings(max_examples=examples(40))
def test_the_convolved_axis_reads_what_lands(axis: TransposedAxis) -> None:
    zeros = [0] * (axis.stride - 1)
    inserted = [cell for number in range(1, axis.length + 1) for cell in (number, *zeros)][: axis.inserted]
    assert len(inserted) == axis.inserted
    inside = [inserted[cell] if cell < len(inserted) else 0 for cell in axis.cropped_range]
    convolved = axis.convolved
    padded = [0] * convolved.before + inside + [0] * convolved.after
    assert convolved.output == axis.output
    assert min(convolved.before, convolved.after) >= 0
    for start in convolved.starts:
        read = [number for number in (padded[start + offset] for offset in convolved.offsets) if number]
        assert len(read) == axis.overlaps[start]


@pytest.mark.parametrize(
    ("kernel", "overlaps"), [(3, (1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1)), (4, (1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1))]
)
def test_the_checkerboard(kernel: int, overlaps: tuple[int, ...]) -> None:
    axis = TransposedAxis(length=5, before=0, after=0, kernel=kernel, stride=2, dilation=1, output_padding=0)
    assert axis.overlaps == overlaps
