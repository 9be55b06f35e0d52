"""True convolution against the convolution theorem: a product of Fourier transforms, which knows of no window."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine import SumMistake
from engine.arrays import Floats
from kinds.registry import PRESETS
from kinds.standard.play import play
from kinds.standard.state import Operation, StandardState, StandardView
from sharing.page_state import PaddingChoice, Values
from sharing.roles import INPUT, KERNEL
from sharing.values import as_text
from stage.model import WindowsView
from stage.scene import GridRole

WHOLE = st.integers(-9, 9).map(float)
IMAGES = arrays.arrays(np.float64, st.tuples(st.just(1), st.integers(3, 6), st.integers(3, 6)), elements=WHOLE)
KERNELS = arrays.arrays(
    np.float64, st.tuples(*map(st.just, (1, 1)), st.integers(1, 3), st.integers(1, 3)), elements=WHOLE
)


def by_fourier(image: Floats, kernel: Floats) -> Floats:
    """The full convolution, by the product of both transforms."""
    size = [one + other - 1 for one, other in zip(image.shape, kernel.shape, strict=True)]
    return np.fft.irfft2(np.fft.rfft2(image, size) * np.fft.rfft2(kernel, size), size)


def state_of(image: Floats, kernel: Floats) -> StandardState:
    return StandardState(
        "",
        *image.shape[1:],
        kernel_height=kernel.shape[2],
        kernel_width=kernel.shape[3],
        padding=PaddingChoice.FULL,
        operation=Operation.CONVOLUTION,
        values=Values.TYPED,
        input_text=as_text(INPUT, image),
        kernel_text=as_text(KERNEL, kernel),
    )


@given(IMAGES, KERNELS)
def test_it_is_the_product_of_fourier_transforms(image: Floats, kernel: Floats) -> None:
    trace, _ = play(state_of(image, kernel))
    np.testing.assert_allclose(trace.output[0], by_fourier(image[0], kernel[0, 0]), atol=1e-9)


def test_one_pixel_comes_out_as_the_kernel() -> None:
    trace, _ = play(PRESETS["standard"]["true-convolution"].state)
    assert trace.output[0, 1:4, 1:4].tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert trace.output.sum() == 45


@pytest.mark.parametrize("view", StandardView)
def test_what_slides_is_called_flipped_on_every_view(view: StandardView) -> None:
    state = replace(PRESETS["standard"]["channels"].state, operation=Operation.CONVOLUTION, view=view)
    _, stage = play(state)
    named = [grid.label for grid in stage.grids if grid.role in (GridRole.KERNEL, GridRole.FILTER)]
    assert all("flipped" in label for label in named), named
    assert stage.layers[0].names is not None
    assert all("flipped" in name for name in stage.layers[0].names.kernel)


def wrong_sums(state: StandardState) -> tuple[Floats, dict[str, Floats]]:
    """The output, and each output that a mistake makes."""
    trace, stage = play(state)
    view = stage.layers[0]
    assert isinstance(view, WindowsView)
    assert view.questions is not None
    assert view.questions.sums is not None
    return trace.output, {wrong.mistake: wrong.values for wrong in view.questions.sums}


def test_a_wrong_sum_is_named_by_what_was_forgotten() -> None:
    state = PRESETS["standard"]["cross-correlation"].state
    plain, of_plain = wrong_sums(state)
    flipped, of_flipped = wrong_sums(replace(state, operation=Operation.CONVOLUTION))
    assert plain.tolist() == [[[19, 25], [37, 43]]]
    assert flipped.tolist() == [[[5, 11], [23, 29]]]
    assert np.array_equal(of_plain[SumMistake.KERNEL_FLIPPED], flipped)
    assert np.array_equal(of_flipped[SumMistake.KERNEL_NOT_FLIPPED], plain)
