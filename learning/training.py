"""Training a network with torch, step by step, and saving it. torch is imported where it is used, and not before."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import SGD, Adam, AvgPool2d, Conv2d, MaxPool2d, ReLU
from engine.arrays import Floats
from engine.feed_forward import NetworkLayer, cross_entropy
from engine.modules import Flatten, Linear
from learning.data_sets import Pictures, Pixels
from learning.recipe import Recipe

Vector = NDArray[np.float32]
Weights = dict[str, NDArray[np.float32]]
_AT_ONCE = 250
"""Pictures that are read at once, so that what a layer makes of them stays small."""


@dataclass(frozen=True, eq=False)
class Trained:
    """A network after so many steps: all its parameters one after the other, and the loss of the batch before it."""

    step: int
    parameters: Vector
    loss: float | None


def train(recipe: Recipe, pictures: Pictures) -> Iterator[Trained]:
    """Train a network on pictures, on one thread; yield it as it starts, and after each step."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    network = _network(recipe)
    optimizer = _optimizer(recipe, network)
    images = torch.from_numpy(pictures.inputs())
    labels = torch.from_numpy(pictures.labels.astype(np.int64))
    yield Trained(0, _vector(network), None)
    step = 0
    for _ in range(recipe.epochs):
        for batch in torch.randperm(len(labels)).split(recipe.batch_size):
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(network(images[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            step += 1
            yield Trained(step, _vector(network), loss.item())


def scores_of(
    recipe: Recipe, vector: Vector, pictures: Pictures, precision: type[np.floating[Any]] = np.float64
) -> Floats:
    """Return the scores of pictures, (pictures, classes), by these parameters of a network, reckoned in a precision."""
    import torch

    torch.set_num_threads(1)
    with torch.random.fork_rng(devices=[]):  # a network begins with random numbers: a training under way has its own
        network = _network(recipe)
    torch.nn.utils.vector_to_parameters(torch.from_numpy(vector.copy()), network.parameters())
    images = torch.from_numpy(pictures.inputs().astype(precision))
    network = network.to(images.dtype)
    with torch.inference_mode():
        parts = [network(part).numpy() for part in images.split(_AT_ONCE)]
    scores: Floats = np.concatenate(parts).astype(float)
    return scores


@dataclass(frozen=True, eq=False)
class Judged:
    """How a network reads pictures, and its loss on them, a mean cross entropy.

    `read`, (pictures,), is the class of the largest score, `accuracy` the share that is read right.
    """

    read: Pixels
    loss: float
    accuracy: float


def judge(recipe: Recipe, vector: Vector, pictures: Pictures, precision: type[np.floating[Any]] = np.float64) -> Judged:
    """Return how a network with these parameters reads pictures."""
    scores = scores_of(recipe, vector, pictures, precision)
    read = scores.argmax(axis=1).astype(np.uint8)
    return Judged(read, cross_entropy(scores, pictures.labels), float((read == pictures.labels).mean()))


def state_dict_file(weights: Weights) -> bytes:
    """Return weights as torch saves a `state_dict`: `torch.load` reads it, also with `weights_only`."""
    import torch

    file = io.BytesIO()
    torch.save({name: torch.from_numpy(values) for name, values in weights.items()}, file)
    return file.getvalue()


def _network(recipe: Recipe) -> Any:
    from torch import nn

    return nn.Sequential(*(_module(layer) for layer in recipe.layers))


def _module(layer: NetworkLayer) -> Any:
    """The module of torch's that a layer is."""
    from torch import nn

    match layer:
        case Conv2d():
            sizes = {name: getattr(layer, name) for name in ("stride", "padding", "dilation", "groups", "bias")}
            return nn.Conv2d(layer.in_channels, layer.out_channels, layer.kernel_size, **sizes)
        case MaxPool2d():
            return nn.MaxPool2d(layer.kernel_size, layer.stride, layer.padding, layer.dilation)
        case AvgPool2d():
            return nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)
        case ReLU():
            return nn.ReLU()
        case Flatten():
            return nn.Flatten()
        case Linear():
            return nn.Linear(layer.in_features, layer.out_features, layer.bias)


def _optimizer(recipe: Recipe, network: Any) -> Any:
    from torch import optim

    match recipe.optimizer:
        case SGD(lr=lr, momentum=momentum):
            return optim.SGD(network.parameters(), lr, momentum)
        case Adam(lr=lr, betas=betas, eps=eps):
            return optim.Adam(network.parameters(), lr, betas, eps)


def _vector(network: Any) -> Vector:
    vector: Vector = np.concatenate([one.detach().numpy().ravel() for one in network.parameters()])
    return vector
