"""The presets of the other pages are the published cases, with the published numbers, and each of them works.

More on those of the transposed page is in `test_transposed_state.py`.
"""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine import cost, forward
from kinds.gradients.backward import there_and_back
from kinds.gradients.state import GradientsState
from kinds.grouped.state import GroupedState
from kinds.one_dimensional.state import SequenceState
from kinds.pooling.state import PoolingState
from kinds.registry import PRESETS
from kinds.separable.roles import POINTWISE_BIAS, POINTWISE_KERNEL
from kinds.separable.state import SeparableState
from kinds.three_dimensional.state import VolumeState
from sharing.page_state import PageState
from sharing.presets import Preset, find_preset
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import operands

Floats = NDArray[np.float64]

PAGES = [page for page in PRESETS if page != "standard"]
ALL = [(page, slug) for page in PAGES for slug in PRESETS[page]]


def made(state: PageState) -> Floats:
    """Return the output of a state's layer."""
    numbers = operands(state)
    if isinstance(state, SeparableState):
        kernels = numbers[KERNEL], numbers[POINTWISE_KERNEL]
        biases = (numbers[BIAS], numbers[POINTWISE_BIAS]) if state.bias else None
        return forward(state.layer(), numbers[INPUT], kernels, biases)
    if isinstance(state, SequenceState):  # whose arrays have the row in which they are shown
        x, kernels, *bias = numbers.values()
        return forward(state.layer(), x[:, 0], kernels[:, :, 0], *bias)[:, None]
    if isinstance(state, VolumeState):  # whose kernels follow each other
        x, kernels, *bias = numbers.values()
        return forward(state.layer(), x, kernels.reshape(state.layer().weight_shape), *bias)
    if isinstance(state, GradientsState):
        return there_and_back(state).found.input
    return forward(state.layer(), *numbers.values())


def preset(page: str, slug: str) -> Preset[PageState]:
    return PRESETS[page][slug]


def weights(page: str, slug: str, **changes: int) -> int:
    """Return the weights of a preset's layer in its full size, without bias."""
    found = preset(page, slug)
    full = replace(found.state, **(dict(found.full) | changes))
    return cost(full.make_layer(), full.height, full.width).weights


@pytest.mark.parametrize(("page", "slug"), ALL)
def test_a_preset_works_and_is_found_by_its_state(page: str, slug: str) -> None:
    found = preset(page, slug)
    assert np.isfinite(made(found.state)).all()
    assert find_preset(found.state) is found


@pytest.mark.parametrize(("page", "slug"), ALL)
def test_a_preset_says_in_a_few_sentences_what_to_look_for(page: str, slug: str) -> None:
    found = preset(page, slug)
    text = found.look_for.strip()
    assert re.fullmatch(r"\S.*\S", found.title)
    assert text[-1] == "."
    assert "\n" not in text
    assert 1 <= len(re.findall(r"[.?!](?= [A-Z]|$)", text)) <= 3


@pytest.mark.parametrize("page", PAGES)
def test_titles_are_all_different(page: str) -> None:
    titles = [one.title for one in PRESETS[page].values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(("page", "slug"), ALL)
def test_a_presets_values_have_the_shape_its_state_says(page: str, slug: str) -> None:
    found = preset(page, slug)
    shapes = {role.name: shape for role, shape in found.state.shapes().items()}
    assert {name: np.shape(values) for name, values in found.values.items()} == {
        name: shapes[name] for name in found.values
    }


def test_the_cases_counts_in_full_size() -> None:
    assert weights("grouped", "one-group") == 19_200
    assert weights("grouped", "eight-groups") == 9_216
    assert weights("grouped", "eight-groups", groups=1) == 73_728 == 8 * 9_216
    assert [weights("grouped", slug) for slug in ("narrow", "doubled", "doubled-in-groups")] == [36, 144, 72]
    assert weights("grouped", "doubled", groups=4) == 36
    assert weights("grouped", "depthwise") == 75
    assert weights("separable", "separable") == 843
    assert round(19_200 / weights("separable", "separable"), 1) == 22.8
    assert weights("separable", "pointwise") - 75 == 768


def test_depthwise_outputs_depend_on_their_own_channel_alone() -> None:
    state = preset("grouped", "depthwise").state
    assert isinstance(state, GroupedState)
    numbers = operands(state)
    before = made(state)
    assert before.shape == (3, 8, 8)
    for channel in range(3):
        moved = numbers[INPUT].copy()
        moved[channel] += 1
        after = forward(state.layer(), moved, numbers[KERNEL])
        assert [not np.array_equal(before[other], after[other]) for other in range(3)] == [
            other == channel for other in range(3)
        ]


def test_the_padding_bug_grows_the_output_by_a_border_of_bias() -> None:
    state = preset("separable", "padding-bug").state
    assert isinstance(state, SeparableState)
    output, bias = made(state), operands(state)[POINTWISE_BIAS]
    assert (state.height, state.width, output.shape[1:]) == (16, 16, (18, 18))
    border = np.ones((18, 18), bool)
    border[1:-1, 1:-1] = False
    for channel, value in zip(output, bias, strict=True):
        assert set(channel[border]) == {value}
    assert made(replace(state, pointwise_padding=0)).shape[1:] == (16, 16)


@pytest.mark.parametrize(
    ("slug", "numbers"),
    [
        ("max", [[4, 7], [7, 4]]),
        ("average", [[3.25, 4.75], [3.75, 3]]),
        ("padding-counted", [[1, 2, 1], [2, 4, 2], [1, 2, 1]]),
        ("padding-not-counted", [[4, 4, 4]] * 3),
    ],
)
def test_what_a_window_is_pooled_to(slug: str, numbers: list[list[float]]) -> None:
    state = preset("pooling", slug).state
    assert isinstance(state, PoolingState)
    assert made(state)[0].tolist() == numbers


def test_the_sizes_that_ceil_mode_makes() -> None:
    assert [made(preset("pooling", slug).state).shape[1:] for slug in ("floor", "ceil")] == [(2, 2), (3, 3)]


def test_an_edge_is_where_neighbours_differ() -> None:
    assert made(preset("one_dimensional", "edges").state).ravel().tolist() == [0, 1, 0, 0, 0, -1, 0]


def test_the_stacked_layers_see_sixteen_values_as_those_of_pytorch_do() -> None:
    x = torch.zeros(1, 1, 20)
    x[..., 0] = 1
    for dilation in (1, 2, 4, 8):
        state = preset("one_dimensional", f"stacked-dilation-{dilation}").state
        given = operands(state)
        assert next(iter(given.values())).ravel().tolist() == x.ravel().tolist()  # what the layer before has made
        layer = torch.nn.Conv1d(1, 1, 2, dilation=dilation, bias=False)
        torch.nn.init.ones_(layer.weight)
        x = layer(torch.nn.functional.pad(x, (dilation, 0))).detach()
        assert made(state).ravel().tolist() == x.ravel().tolist()
        assert int((x != 0).sum()) == 2 * dilation


def series(slug: str) -> tuple[Floats, Floats, Floats]:
    """The input, the kernel and the output of a preset with one channel."""
    x, kernel = operands(preset("one_dimensional", slug).state).values()
    return x.ravel(), kernel.ravel(), made(preset("one_dimensional", slug).state).ravel()


@pytest.mark.parametrize("slug", ["derivative", "noisy-derivative", "matched-filter", "two-tones"])
def test_a_series_is_filtered_as_numpy_correlates(slug: str) -> None:
    x, kernel, y = series(slug)
    np.testing.assert_allclose(y, np.correlate(x, kernel, "valid"), atol=1e-12)


def test_the_smoothed_series_is_the_mean_of_five_and_its_steps_are_a_quarter_as_large() -> None:
    x, kernel, y = series("noisy-series")
    np.testing.assert_allclose(y, np.convolve(np.pad(x, (4, 0), "edge"), kernel[::-1], "valid"))
    np.testing.assert_allclose(y[4:], [x[at : at + 5].mean() for at in range(28)])
    assert 0.2 < np.abs(np.diff(y[4:])).mean() / np.abs(np.diff(x)).mean() < 0.26


def test_a_derivative_is_the_difference_of_neighbours_and_that_of_noise_is_noise() -> None:
    x, _, y = series("derivative")
    np.testing.assert_array_equal(y, np.diff(x))
    assert y.max() == 3
    assert y[[6, 7]].tolist() == [0, 0]  # on the top
    noisy, _, slopes = series("noisy-derivative")
    np.testing.assert_allclose(np.ptp(slopes), np.ptp(noisy))  # as large as the series itself
    assert np.corrcoef(slopes, np.cos(2 * np.pi * np.arange(31) / 32))[0, 1] ** 2 < 0.1


def test_the_pulse_in_noise_is_found_by_the_output_and_by_no_peak_of_the_input() -> None:
    x, pulse, y = series("matched-filter")
    at = int(y.argmax())
    assert np.sort(y)[-2] < y[at] / 2
    assert np.abs(x).argmax() not in range(at, at + len(pulse))
    without = x.copy()
    without[at : at + len(pulse)] -= pulse
    assert np.std(np.correlate(without, pulse, "valid")) < y[at] / 3


def test_of_two_tones_the_high_one_is_gone() -> None:
    x, _, y = series("two-tones")
    low = 3 * np.sin(2 * np.pi * np.arange(32) / 16)
    np.testing.assert_allclose(x, low + 2 * (-1.0) ** np.arange(32), atol=0.13)
    np.testing.assert_allclose(y, low[1:-1] * (1 + np.cos(np.pi / 8)) / 2, atol=0.13)


@pytest.mark.parametrize("slug", ["causal", "dilated-causal"])
def test_a_causal_layer_reads_nothing_of_the_future(slug: str) -> None:
    state = preset("one_dimensional", slug).state
    assert isinstance(state, SequenceState)
    numbers = operands(state)
    x, kernel = numbers.values()
    before = made(state)
    assert before.shape == x.shape
    for at in range(state.length):
        moved = x.copy()
        moved[..., at:] += 100
        after = forward(state.layer(), moved[:, 0], kernel[:, :, 0])
        assert np.array_equal(before[:, 0, :at], after[:, :at])
