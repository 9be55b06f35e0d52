"""Networks of layers in a row, against torch."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from engine import AvgPool2d, Conv2d, LayerError, MaxPool2d, ReLU
from engine.feed_forward import NetworkLayer, cross_entropy, feed_forward, parameter_shapes, softmax
from engine.modules import Flatten, Linear

RNG = np.random.default_rng(5)
NETWORKS: dict[str, tuple[list[NetworkLayer], list[nn.Module]]] = {
    "convolutions": (
        [Conv2d(1, 4, 3, padding=1), ReLU(), MaxPool2d(2), Conv2d(4, 6, 3), ReLU(), AvgPool2d(2), Flatten(),
         Linear(24, 10)],
        [nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 6, 3), nn.ReLU(), nn.AvgPool2d(2),
         nn.Flatten(), nn.Linear(24, 10)],
    ),
    "strides, without biases": (
        [Conv2d(1, 3, 3, stride=2, bias=False), ReLU(), Flatten(), Linear(75, 10, bias=False)],
        [nn.Conv2d(1, 3, 3, stride=2, bias=False), nn.ReLU(), nn.Flatten(), nn.Linear(75, 10, bias=False)],
    ),
    "linear alone": ([Flatten(), Linear(144, 10)], [nn.Flatten(), nn.Linear(144, 10)]),
}  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_makes_what_torchs_does(name: str) -> None:
    layers, modules = NETWORKS[name]
    network = nn.Sequential(*modules).double()
    parameters = {key: value.numpy() for key, value in network.state_dict().items()}
    assert parameter_shapes(layers) == {key: value.shape for key, value in parameters.items()}
    x = RNG.normal(size=(1, 12, 12))
    values = torch.from_numpy(x)[None]
    for made, module in zip(feed_forward(layers, parameters, x), network, strict=True):
        values = module(values)
        np.testing.assert_allclose(made, values[0].detach().numpy(), atol=1e-12)


def test_a_layer_that_does_not_fit_the_one_before_is_refused() -> None:
    layers: list[NetworkLayer] = [Conv2d(1, 2, 3, bias=False), Conv2d(3, 1, 1, bias=False)]
    parameters = {"0.weight": np.ones((2, 1, 3, 3)), "1.weight": np.ones((1, 3, 1, 1))}
    with pytest.raises(LayerError):
        feed_forward(layers, parameters, np.ones((1, 5, 5)))


@pytest.mark.parametrize("scale", [0.1, 1, 1000])
def test_shares_and_losses_are_torchs(scale: float) -> None:
    scores: Any = RNG.normal(size=(20, 10)) * scale
    labels = RNG.integers(0, 10, 20)
    rows = torch.from_numpy(scores)
    np.testing.assert_allclose(softmax(scores), torch.softmax(rows, 1), atol=1e-12)
    expected = nn.functional.cross_entropy(rows, torch.from_numpy(labels)).item()
    assert cross_entropy(scores, labels) == pytest.approx(expected, rel=1e-12)
