"""A whole network as the text of a stack, with its channels as wide as is asked for."""

from functools import singledispatch
from typing import Any

from engine import (
    Add,
    AvgPool2d,
    Concat,
    Conv2d,
    ConvTranspose2d,
    GlobalAvgPool2d,
    LayerNorm2d,
    LayerScale,
    Linear,
    MaxPool2d,
    Multiply,
)
from engine.checks import Numbers
from engine.layers import as_pair
from engine.networks import Network
from engine.networks.later import eighths
from engine.networks.rows import INPUT as NETWORK_INPUT
from sharing.stack_text import INPUT, join


def network_text(network: Network, width: float = 1.0) -> str:
    """Return a network as a text for `run_stack`.

    `width` multiplies the output channels of every layer but the linear ones and the last: MobileNet's alpha, rounded
    as MobileNetV2 does, to a multiple of 8.

    >>> from engine.networks import NetworkName, network
    >>> network_text(network(NetworkName.MOBILENET_V1), 0.5).split("; ")[:6]
    ['conv 16 3 s2 p1 nobias', 'batchnorm', 'relu', 'depthwise 3 p1 nobias', 'batchnorm', 'relu']
    """
    rows = network.rows
    called = {number for row in rows for number in row.others}
    called |= {row.reads for at, row in enumerate(rows) if row.reads != at - 1}
    lines: list[str] = []
    for at, row in enumerate(rows):
        scale = 1.0 if at == len(rows) - 1 else width
        one = _written(row.applied.layer, scale)
        if row.others:
            one = " ".join((one, *map(_name, row.others)))
        if row.reads != at - 1:
            one = f"{one} from {_name(row.reads)}"
        own = [one, *(["batchnorm"] if row.norm_params else []), *([row.activation] if row.activation else [])]
        if at in called:
            own[-1] = f"{_name(at)} = {own[-1]}"
        lines += own
    return join(lines)


def _name(number: int) -> str:
    return INPUT if number == NETWORK_INPUT else f"r{number + 1}"


@singledispatch
def _written(layer: object, width: float) -> str:
    raise TypeError(f"{layer!r} stands in no network")


@_written.register
def _(layer: Conv2d, width: float) -> str:
    bias = "" if layer.bias else " nobias"
    if layer.groups == layer.in_channels == layer.out_channels > 1:
        return f"depthwise {_pair(layer.kernel_size)}{_window(layer)}{bias}"
    groups = f" g{layer.groups}" if layer.groups > 1 else ""
    return f"conv {_wide(layer.out_channels, width)} {_pair(layer.kernel_size)}{_window(layer)}{groups}{bias}"


@_written.register
def _(layer: ConvTranspose2d, width: float) -> str:
    bias = "" if layer.bias else " nobias"
    return f"transposed {_wide(layer.out_channels, width)} {_pair(layer.kernel_size)}{_window(layer)}{bias}"


@_written.register
def _(layer: MaxPool2d, width: float) -> str:
    return f"maxpool {_pair(layer.kernel_size)}{_window(layer)}"


@_written.register
def _(layer: AvgPool2d, width: float) -> str:
    return f"avgpool {_pair(layer.kernel_size)}{_window(layer)}"


@_written.register
def _(layer: Linear, width: float) -> str:
    return f"linear {layer.out_features}"


@_written.register(GlobalAvgPool2d)
@_written.register(LayerNorm2d)
@_written.register(LayerScale)
@_written.register(Add)
@_written.register(Multiply)
@_written.register(Concat)
def _(layer: object, width: float) -> str:
    return _WORDS[type(layer)]


_WORDS = {
    GlobalAvgPool2d: "globalpool",
    LayerNorm2d: "layernorm",
    LayerScale: "layerscale",
    Add: "add",
    Multiply: "multiply",
    Concat: "concat",
}


def _wide(channels: int, width: float) -> int:
    return channels if width == 1 else eighths(channels * width)


def _window(layer: Any) -> str:
    """The stride and the padding, where they are not those of a layer that says nothing of them."""
    usual = 1 if isinstance(layer, Conv2d | ConvTranspose2d) else layer.kernel_size
    stride = "" if layer.stride in (usual, None) else f" s{_pair(layer.stride)}"
    padding = "" if layer.padding == 0 else f" p{_pair(layer.padding)}"
    return stride + padding


def _pair(value: int | Numbers) -> str:
    rows, columns = as_pair(value)
    return str(rows) if rows == columns else f"{rows}x{columns}"
