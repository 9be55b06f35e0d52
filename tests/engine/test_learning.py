"""Learning a kernel against torch: every number of every step by autograd and torch.optim, and the curvatures."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch.nn import functional

from engine import SGD, Adam, Conv2d, LayerError, Optimizer, Run, Task, curvature, learn, task
from engine.learning import MOST_LOSS
from tests.draws import examples

Array = NDArray[Any]

BARS = np.ones((1, 1, 6, 8))
BARS[..., 2:6] = 0
EDGES = BARS[..., :-1] - BARS[..., 1:]
LESSON = Conv2d(1, 1, (1, 2), bias=False)


def lesson() -> Task:
    return task(LESSON, BARS, EDGES)


def torch_optimizer(optimizer: Optimizer, weight: torch.Tensor) -> torch.optim.Optimizer:
    if isinstance(optimizer, SGD):
        return torch.optim.SGD([weight], lr=optimizer.lr, momentum=optimizer.momentum)
    return torch.optim.Adam([weight], lr=optimizer.lr, betas=optimizer.betas, eps=optimizer.eps)


def torch_error(layer: Conv2d, x: torch.Tensor, weight: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    amounts: Any = layer.padding
    made = functional.conv2d(x, weight, None, layer.strides, amounts, layer.dilations, layer.groups)
    return made - wanted


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """Draw a run of few steps: batches, channels, groups, stride, padding and dilation, and each optimizer."""
    groups, filters, depth, batch = (draw(st.integers(1, most)) for most in (2, 2, 2, 3))
    kernel = (draw(st.integers(1, 5)), draw(st.integers(1, 3)))
    stride, padding, dilation = draw(st.integers(1, 2)), draw(st.integers(0, 2)), draw(st.integers(1, 2))
    layer = Conv2d(groups * depth, groups * filters, kernel, stride, padding, dilation, groups, draw(st.booleans()))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.normal(size=(batch, groups * depth, draw(st.integers(9, 11)), draw(st.integers(5, 8))))
    wanted = rng.normal(size=(batch, groups * filters, *layer.output_size(*x.shape[2:])))
    rate = draw(st.sampled_from((0.0001, 0.001, 0.01)))
    optimizers = SGD(rate), SGD(rate, momentum=0.9), Adam(rate), Adam(rate, betas=(0.5, 0.9), eps=1e-3)
    start = rng.normal(size=layer.weight_shape)
    return learn(task(layer, x, wanted), start, draw(st.sampled_from(optimizers)), draw(st.integers(1, 8)))


def close(ours: Any, theirs: torch.Tensor) -> None:
    """Equal to 1e-9 of the largest number: what diverges is large."""
    expected = theirs.detach().numpy()
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9 * max(1.0, np.abs(expected).max()))


@settings(max_examples=examples(60))
@given(runs())
def test_every_number_of_every_step_is_torchs(run: Run) -> None:
    of = run.task
    layer: Any = of.layer
    weight = torch.tensor(run.steps[0].weight, requires_grad=True)
    x, wanted = torch.tensor(of.inputs), torch.tensor(of.wanted)
    optimizer = torch_optimizer(run.optimizer, weight)
    for number, step in enumerate(run.steps):
        optimizer.zero_grad()
        error = torch_error(layer, x, weight, wanted)
        error.retain_grad()
        loss = (error**2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        assert error.grad is not None
        assert weight.grad is not None
        close(step.output, error + wanted)
        close(step.error, error)
        close(step.grad_output, error.grad)
        close(step.loss, loss)
        close(step.gradient, weight.grad)
        optimizer.step()
        close(step.weight_after, weight)
        close(run.weights[number + 1], weight)
    close(run.losses[-1], (torch_error(layer, x, weight, wanted) ** 2).sum())


@settings(max_examples=examples(25))
@given(runs())
def test_the_curvatures_are_those_of_torchs_second_derivatives(run: Run) -> None:
    of = run.task
    layer: Any = of.layer
    weight = torch.tensor(run.steps[0].weight)
    x, wanted = torch.tensor(of.inputs), torch.tensor(of.wanted)

    def loss(weight: torch.Tensor) -> torch.Tensor:
        return (torch_error(layer, x, weight, wanted) ** 2).sum()

    second = torch.autograd.functional.hessian(loss, weight).reshape(weight.numel(), -1).numpy()  # type: ignore[no-untyped-call]
    filters = layer.out_channels // layer.groups
    ours = [curvature(of, group).values for group in range(layer.groups) for _ in range(filters)]
    np.testing.assert_allclose(
        np.sort(np.concatenate(ours)), np.linalg.eigvalsh(second), atol=1e-9 * np.abs(second).max()
    )


@settings(max_examples=examples(25))
@given(runs())
def test_no_weight_is_better_than_the_best(run: Run) -> None:
    """At the least squared error the gradient vanishes."""
    of = run.task
    gradient = of.gradient(2 * (of.output(of.best_weight) - of.wanted))
    np.testing.assert_allclose(gradient, 0, atol=1e-8 * max(1.0, np.abs(of.wanted).max() * np.abs(of.inputs).sum()))
    assert of.loss(of.best_weight) <= min(run.losses) + 1e-9


def test_the_lessons_curvatures_and_rates() -> None:
    """60 for k1 + k2 and 12 for k1 - k2: the Gram matrix is [[36, 24], [24, 36]], by counting bars."""
    found = curvature(lesson())
    np.testing.assert_allclose(found.values, [60, 12], rtol=1e-12)
    np.testing.assert_allclose(np.abs(found.directions), np.full((2, 2), 2**-0.5), rtol=1e-12)
    assert found.directions[0].prod() > 0 > found.directions[1].prod()
    assert (found.best_rate, found.largest_rate()) == pytest.approx((1 / 36, 1 / 30))
    assert found.flat == 0


@pytest.mark.parametrize("rate", [0.01, 1 / 36, 0.03, 0.034])
def test_a_plain_step_multiplies_the_lessons_two_errors(rate: float) -> None:
    run = learn(lesson(), [[[[0.4, 0.7]]]], SGD(rate), 10)
    found = curvature(run.task)
    errors = (run.weights.reshape(-1, 2) - [1, -1]) @ found.directions.T
    np.testing.assert_allclose(errors[1:], errors[:-1] * found.factors(rate), atol=1e-12)
    np.testing.assert_allclose(found.factors(rate), [1 - 60 * rate, 1 - 12 * rate], atol=1e-12)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_above_the_largest_rate_it_diverges_and_below_it_arrives(momentum: float) -> None:
    """A thirtieth for the lesson without momentum."""
    largest = curvature(lesson()).largest_rate(momentum)
    assert largest == pytest.approx((1 + momentum) / 30)

    def lasts(rate: float) -> float:
        return learn(lesson(), [[[[0, 0.5]]]], SGD(rate, momentum), 2000).losses[-1]

    assert lasts(0.999 * largest) < 0.5 < 1e3 < lasts(1.005 * largest)


def test_no_rate_shrinks_the_lessons_slowest_error_faster_than_the_best() -> None:
    found = curvature(lesson())
    rates = np.linspace(0.001, 0.033, 321)
    slowest = [np.abs(found.factors(rate)).max() for rate in rates]
    assert np.abs(found.factors(found.best_rate)).max() == pytest.approx(2 / 3)
    assert min(slowest) >= 2 / 3 - 1e-12


def test_of_a_constant_input_only_the_sum_of_the_kernel_can_be_found() -> None:
    found = curvature(task(LESSON, np.ones((1, 1, 6, 8)), np.zeros((1, 1, 6, 7))))
    assert found.values.tolist() == pytest.approx([168, 0])
    assert found.values[1] == 0
    assert found.flat == 1
    assert found.best_rate == pytest.approx(2 / 336)


def test_of_zeros_nothing_can_be_found() -> None:
    found = curvature(task(LESSON, np.zeros((1, 1, 6, 8)), np.ones((1, 1, 6, 7))))
    assert (found.flat, found.best_rate, found.largest_rate()) == (2, np.inf, np.inf)


def test_a_run_that_diverges_ends_while_its_numbers_are_finite() -> None:
    run = learn(lesson(), [[[[0, 0.5]]]], SGD(1.0), 1000)
    assert len(run.steps) < 100
    assert run.steps[-1].loss > MOST_LOSS >= run.steps[-2].loss
    assert np.isfinite(run.losses).all()
    assert np.isfinite(run.weights).all()


def test_what_is_wanted_has_the_shape_of_the_output() -> None:
    with pytest.raises(LayerError, match=r"\(1, 1, 6, 7\)"):
        task(LESSON, BARS, EDGES[..., :-1])
    with pytest.raises(LayerError):
        learn(lesson(), [[[[1.0]]]], SGD(), 1)
    with pytest.raises(LayerError):
        task(Conv2d(2, 1, (1, 2)), BARS, EDGES)
