"""A network of layers in a row: what each of them makes of one input, and what its scores say of the classes."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats
from engine.forward import forward
from engine.layers import Conv2d
from engine.modules import Flatten, Linear, ReLU
from engine.pooling import AvgPool2d, MaxPool2d

NetworkLayer = Conv2d | MaxPool2d | AvgPool2d | ReLU | Flatten | Linear
Parameters = Mapping[str, Floats]
"""Weights and biases by their names in the `state_dict` of a `torch.nn.Sequential`: the layer's place and the name."""


def parameter_shapes(layers: Sequence[NetworkLayer]) -> dict[str, tuple[int, ...]]:
    """Return the shape of each parameter of a network, by its name, in the order of the layers.

    >>> parameter_shapes([Conv2d(1, 2, 3), ReLU(), Flatten(), Linear(8, 10)])
    {'0.weight': (2, 1, 3, 3), '0.bias': (2,), '3.weight': (10, 8), '3.bias': (10,)}
    """
    shapes: dict[str, tuple[int, ...]] = {}
    for place, layer in enumerate(layers):
        match layer:
            case Conv2d():
                shapes[f"{place}.weight"] = layer.weight_shape
                if layer.bias_shape is not None:
                    shapes[f"{place}.bias"] = layer.bias_shape
            case Linear(in_features=inputs, out_features=outputs, bias=bias):
                shapes[f"{place}.weight"] = (outputs, inputs)
                if bias:
                    shapes[f"{place}.bias"] = (outputs,)
    return shapes


def feed_forward(layers: Sequence[NetworkLayer], parameters: Parameters, x: ArrayLike) -> tuple[Floats, ...]:
    """Return what each layer of a network makes of one input, (channels, height, width), the last layer's at the end.

    LayerError where a layer does not take what the one before it makes.

    >>> layers = [Conv2d(1, 1, 2, bias=False), ReLU()]
    >>> one = np.array([[[[1.0, -1.0], [0.0, 0.0]]]])
    >>> [made.tolist() for made in feed_forward(layers, {"0.weight": one}, [[[1, 2, 0], [0, 0, 0]]])]
    [[[[-1.0, 2.0]]], [[[0.0, 2.0]]]]
    """
    made: list[Floats] = []
    values = np.asarray(x, dtype=float)
    for place, layer in enumerate(layers):
        weight, bias = (parameters.get(f"{place}.{name}") for name in ("weight", "bias"))
        match layer:
            case Conv2d():
                assert weight is not None
                values = forward(layer, values, weight, bias)
            case MaxPool2d() | AvgPool2d():
                values = forward(layer, values)
            case ReLU():
                values = np.maximum(values, 0)
            case Flatten():
                values = values.ravel()
            case Linear():
                assert weight is not None
                values = weight @ values if bias is None else weight @ values + bias
        made.append(values)
    return tuple(made)


def softmax(scores: ArrayLike) -> Floats:
    """Return the shares of classes with these scores, along the last axis: exp(score), divided by their sum.

    >>> softmax([0.0, 0.0]).tolist(), softmax([1000.0, 0.0]).tolist()
    ([0.5, 0.5], [1.0, 0.0])
    """
    values = np.asarray(scores, dtype=float)
    powers = np.exp(values - values.max(axis=-1, keepdims=True))  # so shifted, none is too large to be written
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def cross_entropy(scores: ArrayLike, labels: ArrayLike) -> float:
    """Return the mean of −log of the share of the right class, over rows of scores: torch's CrossEntropyLoss.

    Infinite scores have no loss: it is not a number.

    >>> round(cross_entropy([[0.0, 0.0], [2.0, 2.0]], [0, 1]), 6)  # log 2
    0.693147
    >>> cross_entropy([[np.inf, np.inf]], [0])
    nan
    """
    values, right = np.atleast_2d(np.asarray(scores, dtype=float)), np.atleast_1d(np.asarray(labels))
    largest = values.max(axis=1)
    with np.errstate(invalid="ignore"):  # of a network that diverged
        sums = largest + np.log(np.exp(values - largest[:, None]).sum(axis=1))
    return float((sums - values[np.arange(len(values)), right]).mean())
