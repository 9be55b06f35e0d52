"""Ways to enlarge an image by a kernel, against PyTorch: the images, the sums of weights by phase, the taps."""

from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from engine import (
    Conv2d,
    ConvTranspose2d,
    LayerError,
    MaxPool2d,
    PhasedUpsampling,
    PixelShuffle,
    ResizedUpsampling,
    ShuffledUpsampling,
    TransposedUpsampling,
    UnpooledUpsampling,
    Upsample,
    checkerboard,
    enlarged,
    largest_places,
    mean_phase_sums,
    phase_sums,
    resized,
    shuffled,
    taps_reaching,
    tent,
    unpooled,
)
from engine.arrays import Floats


def image(*shape: int, seed: int = 0) -> Floats:
    return np.random.default_rng(seed).normal(size=shape)


def made(values: torch.Tensor) -> Floats:
    return values[0].numpy()


def batch(values: Floats) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(values))[None]


@given(st.sampled_from(["nearest", "bilinear"]), *[st.integers(1, 5)] * 4)
def test_an_image_is_resized_as_by_torch(mode: str, rows: int, columns: int, down: int, across: int) -> None:
    x = image(2, rows, columns)
    ours = resized(Upsample((down, across), mode), x)
    theirs = made(torch.nn.Upsample(scale_factor=(down, across), mode=mode)(batch(x)))
    np.testing.assert_allclose(ours, theirs, atol=1e-12)


@given(st.integers(1, 4), st.integers(1, 3), st.integers(1, 4), st.integers(1, 4))
def test_channels_are_shuffled_as_by_torch(factor: int, channels: int, rows: int, columns: int) -> None:
    x = image(channels * factor**2, rows, columns)
    assert np.array_equal(shuffled(PixelShuffle(factor), x), made(functional.pixel_shuffle(batch(x), factor)))


def test_channels_that_do_not_fit_are_refused() -> None:
    with pytest.raises(LayerError):
        shuffled(PixelShuffle(2), np.ones((3, 1, 1)))


@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 1), st.integers(1, 2), st.integers(0, 9))
def test_places_and_unpooling_are_those_of_torch(k: int, stride: int, padding: int, dilation: int, seed: int) -> None:
    x = np.random.default_rng(seed).integers(-3, 3, (2, 9, 8)).astype(float)  # with many that are equal
    padding = min(padding, k // 2)
    pool = MaxPool2d(k, stride, padding, dilation)
    values, places = functional.max_pool2d(batch(x), k, stride, padding, dilation, return_indices=True)
    ours = largest_places(pool, x)
    assert np.array_equal(ours, made(places))
    if dilation == 1 and stride >= k:  # where windows meet, torch leaves open which value stays
        theirs = functional.max_unpool2d(values, places, k, stride, padding, output_size=(9, 8))
        assert np.array_equal(unpooled(made(values), ours, (9, 8)), made(theirs))


def ways(kernel: int, stride: int, seed: int = 0) -> dict[str, PhasedUpsampling]:
    plain = Conv2d(1, 1, kernel, padding="same", bias=False)
    filters = Conv2d(1, stride**2, kernel, padding="same", bias=False)
    weight = image(1, 1, kernel, kernel, seed=seed)
    transposed = ConvTranspose2d(1, 1, kernel, stride, padding=kernel // 3, output_padding=stride - 1, bias=False)
    return {
        "transposed": TransposedUpsampling(transposed, weight),
        "nearest": ResizedUpsampling(Upsample(stride), plain, weight),
        "bilinear": ResizedUpsampling(Upsample(stride, "bilinear"), plain, weight),
        "shuffled": ShuffledUpsampling(filters, PixelShuffle(stride), image(stride**2, 1, kernel, kernel, seed=seed)),
    }


def by_torch(name: str, way: PhasedUpsampling, kernel: int, stride: int, x: torch.Tensor) -> torch.Tensor:
    weight = torch.from_numpy(way.weight)
    same = partial(functional.conv2d, weight=weight, padding="same")
    match name:
        case "transposed":
            return functional.conv_transpose2d(x, weight, None, stride, kernel // 3, stride - 1)
        case "shuffled":
            return functional.pixel_shuffle(same(x), stride)
    return same(functional.interpolate(x, scale_factor=stride, mode=name))


CASES = [(kernel, stride, layers) for kernel in (1, 2, 3, 4, 7) for stride in (2, 3) for layers in (1, 2, 3)]
ignore_even = pytest.mark.filterwarnings("ignore:Using padding='same'")


@ignore_even
@pytest.mark.parametrize("name", ways(1, 2))
@pytest.mark.parametrize(("kernel", "stride", "layers"), CASES)
def test_a_way_makes_what_torch_makes_and_its_sums_are_what_ones_become(
    name: str, kernel: int, stride: int, layers: int
) -> None:
    stack = [ways(kernel, stride, seed)[name] for seed in range(layers)]
    x = image(1, 5, 6)
    theirs, ones = batch(x), torch.ones(1, 1, 12 * stride, 12 * stride, dtype=torch.float64)
    for way in stack:
        theirs = by_torch(name, way, kernel, stride, theirs)
        ones = by_torch(name, way, kernel, stride, ones)
    np.testing.assert_allclose(enlarged(stack, x)[-1], made(theirs), atol=1e-9)
    period = stride**layers
    start = ones.shape[-1] // 2 // period * period
    inside = made(ones)[:, start : start + period, start : start + period]
    np.testing.assert_allclose(phase_sums(stack), inside, atol=1e-9)


def test_sums_of_a_layer_with_channels_groups_dilation_and_sides() -> None:
    layer = ConvTranspose2d(4, 2, (3, 2), (2, 3), ((1, 0), (0, 2)), 1, groups=2, bias=False, dilation=(2, 1))
    weight = image(*layer.weight_shape)
    whole = functional.conv_transpose2d(
        torch.ones(1, 4, 20, 20, dtype=torch.float64), torch.from_numpy(weight), None, (2, 3), 0, 0, 2, (2, 1)
    )
    inside = made(whole)[:, 1 + 20 : 1 + 22, 30:33]
    np.testing.assert_allclose(phase_sums([TransposedUpsampling(layer, weight)]), inside, atol=1e-12)


def transposed(kernel: Floats, stride: int = 2, padding: int = 1) -> TransposedUpsampling:
    layer = ConvTranspose2d(1, 1, len(kernel), stride, padding, bias=False)
    return TransposedUpsampling(layer, kernel[None, None])


def test_the_condition_is_equal_sums_and_not_divisible_sizes() -> None:
    """k = 3, s = 2 with a tent has no checkerboard in spite of uneven overlap, k = 4 with other weights has one."""
    flat, triangle = transposed(np.ones((3, 3)) / 2.25), transposed(tent(3, 2))
    assert phase_sums([flat]).round(2).tolist() == [[[0.44, 0.89], [0.89, 1.78]]]
    assert checkerboard(phase_sums([flat])) == pytest.approx(4 / 2.25 - 1 / 2.25)
    assert phase_sums([triangle]).tolist() == [[[1, 1], [1, 1]]]
    assert checkerboard(phase_sums([triangle])) == 0
    assert taps_reaching(triangle, 4, 4)[0, :2, :2].tolist() == [[1, 2], [2, 4]]
    assert checkerboard(phase_sums([transposed(image(4, 4))])) > 0.1
    assert checkerboard(phase_sums([transposed(np.ones((4, 4)))])) == 0
    assert set(taps_reaching(transposed(image(4, 4)), 9, 9)[0, 1:-1, 1:-1].ravel()) == {4}


@pytest.mark.parametrize("stride", [2, 3, 4])
def test_a_tent_as_long_as_long_et_al_say_interpolates_bilinearly_away_from_the_border(stride: int) -> None:
    kernel = 2 * stride - stride % 2
    x = image(1, 6, 6)
    ours = transposed(tent(kernel, stride), stride, (kernel - stride) // 2).enlarge(x)
    theirs = made(functional.interpolate(batch(x), scale_factor=stride, mode="bilinear"))
    inner = slice(stride, -stride)
    np.testing.assert_allclose(ours[:, inner, inner], theirs[:, inner, inner], atol=1e-12)


@pytest.mark.parametrize("stride", [2, 3, 4])
def test_a_tent_with_a_cell_in_its_middle_keeps_each_value_and_goes_straight_between(stride: int) -> None:
    x = image(1, 5, 5)
    ours = transposed(tent(2 * stride - 1, stride), stride, stride - 1).enlarge(x)
    last = 4 * stride + 1
    theirs = made(functional.interpolate(batch(x), size=(last, last), mode="bilinear", align_corners=True))
    np.testing.assert_allclose(ours, theirs, atol=1e-12)


def unpooling(side: int, kernel: Floats) -> UnpooledUpsampling:
    places = largest_places(MaxPool2d(2), image(1, 2 * side, 2 * side))
    layer = Conv2d(1, 1, len(kernel), padding="same", bias=False)
    return UnpooledUpsampling(places, (2 * side, 2 * side), layer, kernel[None, None])


def test_unpooled_sums_are_the_means_of_what_ones_become_away_from_the_border() -> None:
    way = unpooling(10, image(3, 3))
    places = torch.from_numpy(way.places)[None]
    ones = functional.max_unpool2d(torch.ones(1, 1, 10, 10, dtype=torch.float64), places, 2)
    theirs = made(functional.conv2d(ones, torch.from_numpy(way.weight), padding=1))[0]
    means = [[theirs[2 + row : 18 : 2, 2 + column : 18 : 2].mean() for column in (0, 1)] for row in (0, 1)]
    np.testing.assert_allclose(mean_phase_sums([way])[0], means, atol=1e-12)


def test_taps_of_padding_and_of_zeros_between_values_count_for_none() -> None:
    counted = taps_reaching(unpooling(4, np.ones((1, 1))), 4, 4)
    assert counted.sum() == 16
    nearest = ways(3, 2)["nearest"]
    assert taps_reaching(nearest, 2, 2)[0].tolist() == [[4, 6, 6, 4], [6, 9, 9, 6], [6, 9, 9, 6], [4, 6, 6, 4]]


@ignore_even
@pytest.mark.parametrize("kernel", [2, 3])
def test_a_cell_is_its_window_times_the_weights(kernel: int) -> None:
    x = image(1, 5, 5)
    layers = [ways(kernel, 2)[name] for name in ("nearest", "bilinear", "shuffled")]
    for way in (*layers, unpooling(5, image(kernel, kernel))):
        assert not isinstance(way, TransposedUpsampling)
        result = way.enlarge(x)[0]
        for row, column in ((0, 0), (3, 6), (9, 9)):
            values, weight = way.window(x, row, column)
            assert (values * weight).sum() == pytest.approx(result[row, column])
