"""The kernels for pictures are those that were printed, and one's own is read or refused."""

from itertools import product
from math import cos, exp, pi
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import LayerError
from engine.spatial_factors import spatial_factors
from sharing.image_kernels import KERNELS, ImageKernel, ImageKernelName, ImageView
from sharing.image_messages import ImageCode
from sharing.images import ImagesState, own

OWN = ImageKernelName.OWN


# As printed in OpenCV's documentation of Sobel, Scharr and Laplacian, and in Prewitt, "Object enhancement and
# extraction" (1970).
PRINTED = {
    ImageKernelName.SOBEL_X: [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    ImageKernelName.SOBEL_Y: [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    ImageKernelName.PREWITT_X: [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
    ImageKernelName.PREWITT_Y: [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
    ImageKernelName.SCHARR_X: [[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]],
    ImageKernelName.SCHARR_Y: [[-3, -10, -3], [0, 0, 0], [3, 10, 3]],
    ImageKernelName.LAPLACE: [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
    ImageKernelName.UNSHARP: [
        [-1, -4, -6, -4, -1],
        [-4, -16, -24, -16, -4],
        [-6, -24, 476, -24, -6],
        [-4, -16, -24, -16, -4],
        [-1, -4, -6, -4, -1],
    ],
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_kernel_is_as_it_was_printed(name: ImageKernelName) -> None:
    assert [list(row) for row in KERNELS[name].weights] == PRINTED[name]


def test_a_kernel_keeps_the_brightness_or_is_around_zero() -> None:
    assert KERNELS.keys() == {*ImageKernelName} - {OWN}
    for kernel in KERNELS.values():
        total = sum(map(sum, kernel.weights))
        assert total in (0, kernel.divisor)
        assert (kernel.usual_view is ImageView.SIGNED) == (total == 0 and not kernel.offset)


@pytest.mark.parametrize("angle", range(0, 180, 15))
def test_gabor_is_daugmans_to_half_a_weight_but_for_its_mean(angle: int) -> None:
    side, wavelength, deviation, aspect = 7, 4.0, 1.6, 0.7
    turned = np.exp(-1j * np.deg2rad(angle))
    drawn, bells = np.zeros((side, side)), np.zeros((side, side))
    for y, x in product(range(-3, 4), repeat=2):
        point = (x + 1j * y) * turned  # turned back: across the stripes, and along them
        bells[y + 3, x + 3] = exp(-(point.real**2 + aspect**2 * point.imag**2) / (2 * deviation**2))
        drawn[y + 3, x + 3] = bells[y + 3, x + 3] * cos(2 * pi * point.real / wavelength)
    drawn -= bells * drawn.sum() / bells.sum()
    drawn *= 64 / drawn[3, 3]
    kernel = ImagesState(kernel=ImageKernelName.GABOR, angle=angle).chosen_kernel()
    weights = np.array(kernel.weights)
    apart = np.abs(weights - drawn)
    assert np.sort(apart.ravel())[-2] <= 0.5 + 1e-9
    assert apart[3, 3] == apart.max() or apart[3, 3] <= 0.5
    assert weights.sum() == 0
    assert kernel.divisor == weights[weights > 0].sum()
    assert np.array_equal(weights, weights[::-1, ::-1])


def test_gabor_on_its_side_is_gabor_turned() -> None:
    upright, level = (
        np.array(ImagesState(kernel=ImageKernelName.GABOR, angle=angle).chosen_kernel().weights) for angle in (0, 90)
    )
    assert np.array_equal(level, upright.T)


def small(rows: int, columns: int) -> st.SearchStrategy[tuple[tuple[int, ...], ...]]:
    row = st.tuples(*[st.integers(-4, 4)] * columns)
    return st.tuples(*[row] * rows)


@given(st.integers(1, 4).flatmap(lambda rows: st.integers(1, 4).flatmap(lambda columns: small(rows, columns))))
def test_a_kernel_is_a_column_times_a_row_where_its_rank_is_no_more_than_one(kernel: Any) -> None:
    factors = spatial_factors(kernel)
    assert (factors is not None) == (np.linalg.matrix_rank(np.array(kernel)) <= 1)
    if factors is not None:
        assert np.array_equal(np.outer(*factors), kernel)


@given(small(3, 2), st.integers(1, 99), st.integers(-255, 255))
def test_a_kernel_of_ones_own_comes_back(weights: Any, divisor: int, offset: int) -> None:
    kernel = ImageKernel(weights, divisor, offset)
    assert ImagesState(**own(kernel)).chosen_kernel() == kernel


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1\n\n2", ImageCode.SEVERAL_MATRICES),
        ("1 " * 12, ImageCode.KERNEL_TOO_LARGE),
        ("1 0.5", ImageCode.WEIGHT_NOT_WHOLE),
        ("-1000", ImageCode.WEIGHT_TOO_LARGE),
    ],
)
def test_a_kernel_that_cannot_be_is_refused(text: str, code: ImageCode) -> None:
    with pytest.raises(LayerError) as raised:
        ImagesState(kernel=OWN, kernel_text=text).chosen_kernel()
    assert raised.value.code is code
