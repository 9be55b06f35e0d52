"""A stack of layers as a module of PyTorch."""

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch
from typing import Any

from engine import AvgPool2d, Conv2d, ConvTranspose2d, Linear, MaxPool2d, SeparableConv2d
from engine.layers import as_pair
from engine.merging import Add, Concat, Multiply
from engine.modules import (
    Activation,
    BatchNorm2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    LayerNorm2d,
    LayerScale,
    ReLU,
    Shape,
)
from engine.resampling import AdaptiveAvgPool2d, AdaptiveMaxPool2d, MaxUnpool2d, PixelShuffle, Upsample
from exports.networks.network import INPUTS, Held, counts_all, held_layers, short_call
from kinds.pooling.code import own_padding as own_pooling_padding
from kinds.pooling.code import window_arguments
from kinds.shared.program_text import program, squared
from kinds.shared.torch_text import conv_arguments, is_padded_first, own_padding
from kinds.transposed.code import torch_arguments
from sharing.stack_text import StackRow

LIBRARY = "PyTorch"
_RESERVED = frozenset({"self", "nn", "torch"})
_ACTIVATIONS = {
    "leakyrelu": "nn.LeakyReLU()",
    "relu6": "nn.ReLU6()",
    "elu": "nn.ELU()",
    "gelu": "nn.GELU()",
    "silu": "nn.SiLU()",
    "hardswish": "nn.Hardswish()",
    "hardsigmoid": "nn.Hardsigmoid()",
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "softmax": "nn.Softmax(dim=1)",
}
_STEP = ("stride", 1)
"""What a convolution's stride is where it is not given."""

_LAYER_NORM = '''class LayerNorm2d(nn.LayerNorm):
    """Over the channels of each pixel."""

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)'''
_LAYER_SCALE = '''class LayerScale(nn.Module):
    """A factor for each channel, learnt from a small one on."""

    def __init__(self, channels):
        super().__init__()
        self.scale = nn.Parameter(torch.full((channels, 1, 1), 1e-6))

    def forward(self, x):
        return x * self.scale'''


def torch_network(rows: Sequence[StackRow], inputs: Shape, link: str = "") -> str:
    """A program that makes the network of a stack and prints what it makes, and how many parameters it has.

    `inputs` is (channels, height, width). LayerError where PyTorch has no such layer.

    >>> from sharing.stack_text import run_stack
    >>> print(torch_network(run_stack("conv 8 3; relu", (1, 6, 6)), (1, 6, 6)).split("\\n\\n")[2])
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1 = nn.Conv2d(1, 8, 3)
            self.relu2 = nn.ReLU()
    """
    layers = list(held_layers(rows, _RESERVED))
    modules = {one.attribute: text for one in layers if (text := _module_text(one))}
    helpers = [text for kind, text in ((LayerNorm2d, _LAYER_NORM), (LayerScale, _LAYER_SCALE)) if _has(layers, kind)]
    made = "".join(f"        self.{name} = {text}\n" for name, text in modules.items())
    run = "".join(f"        {line}\n" for one in layers for line in _run_lines(one, one.attribute in modules))
    return program(
        f"A network of {len(layers)} layers" + (f", from {link}" if link else ""),
        "import torch\nfrom torch import nn",
        *helpers,
        f"class Network(nn.Module):\n    def __init__(self):\n        super().__init__()\n{made}".rstrip(),
        f"    def forward(self, {INPUTS}):  # (image, {', '.join(map(str, inputs))})\n"
        f"{run}        return {layers[-1].variable if layers else INPUTS}",
        f"network = Network().eval()\nprint(tuple(network(torch.zeros(1, {', '.join(map(str, inputs))})).shape))\n"
        "print(sum(weights.numel() for weights in network.parameters()))",
    )


def _has(layers: Sequence[Held], kind: type) -> bool:
    return any(isinstance(one.applied.layer, kind) and not (kind is LayerNorm2d and one.is_flat) for one in layers)


def _run_lines(held: Held, is_module: bool) -> list[str]:
    """The lines of `forward` that run a layer, with the shape that it makes."""
    channels, height, width = held.applied.outputs
    shape = f"  # ({channels},)" if held.is_flat else f"  # ({channels}, {height}, {width})"
    reads = held.reads_as("{}[:, :, None, None]".format)
    match held.applied.layer:
        case Add():
            return [f"{held.variable} = {' + '.join(reads)}{shape}"]
        case Multiply():
            return [f"{held.variable} = {' * '.join(reads)}{shape}"]
        case Concat():
            return [f"{held.variable} = torch.cat([{', '.join(reads)}], dim=1){shape}"]
        case MaxUnpool2d():
            size = f"output_size=({height}, {width})"
            return [f"{held.variable} = self.{held.attribute}({reads[0]}, {_places(reads[1])}, {size}){shape}"]
    assert is_module
    made = f"{held.variable}, {_places(held.variable)}" if held.is_undone else held.variable
    return [f"{made} = self.{held.attribute}({reads[0]}){shape}"]


def _places(variable: str) -> str:
    """What a program calls the places where a max pooling found its values."""
    return f"{variable}_places"


def _module_text(held: Held) -> str:
    """The module of a layer; "" for one that is no module."""
    text = _text(held.applied.layer, held)
    return text.replace("\n", "\n        ")


@singledispatch
def _text(layer: object, held: Held) -> str:
    """The module of a layer; LayerError where PyTorch has none. Those that have a window have a function each."""
    match layer:
        case GlobalAvgPool2d():
            return "nn.AdaptiveAvgPool2d(1)"
        case BatchNorm2d():
            return f"nn.BatchNorm{1 if held.is_flat else 2}d({layer.num_features})"
        case LayerNorm2d():
            return f"{'nn.LayerNorm' if held.is_flat else 'LayerNorm2d'}({layer.num_channels})"
        case LayerScale():
            return f"LayerScale({layer.num_channels})"
        case ReLU():
            return "nn.ReLU()"
        case Activation():
            return _ACTIVATIONS[layer.function]
        case Dropout():
            return f"nn.Dropout({layer.p})"
        case Flatten():
            return "nn.Flatten()"
        case AdaptiveAvgPool2d():
            return f"nn.AdaptiveAvgPool2d({squared(as_pair(layer.output_size))})"
        case AdaptiveMaxPool2d():
            return f"nn.AdaptiveMaxPool2d({squared(as_pair(layer.output_size))})"
        case Upsample():
            return f"nn.Upsample(scale_factor={squared(as_pair(layer.scale_factor))}, mode={layer.mode!r})"
        case PixelShuffle():
            return f"nn.PixelShuffle({layer.upscale_factor})"
    raise held.refused(LIBRARY)


@_text.register(Add)
@_text.register(Multiply)
@_text.register(Concat)
def _(layer: Add | Multiply | Concat, held: Held) -> str:
    return ""


@_text.register
def _(layer: Conv2d, held: Held) -> str:
    return _conv2d(layer, *held.applied.inputs[1:])


def _conv2d(layer: Conv2d, height: int, width: int) -> str:
    axes = layer.axes(height, width)
    if not is_padded_first(layer, axes):
        return _sliding("nn.Conv2d", conv_arguments(layer, own_padding(layer, height, width)))
    return _in_order(_padded(axes), _sliding("nn.Conv2d", conv_arguments(replace(layer, padding=0), 0)))


def _sliding(function: str, arguments: dict[str, Any]) -> str:
    first = [arguments.pop(name) for name in ("in_channels", "out_channels", "kernel_size")]
    return short_call(function, *first, **{name: value for name, value in arguments.items() if (name, value) != _STEP})


def _padded(axes: Sequence[Any], fill: str = "") -> str:
    (top, bottom), (left, right) = ((axis.before, axis.after) for axis in axes)
    sides = f"({left}, {right}, {top}, {bottom})"
    return f"nn.ConstantPad2d({sides}, {fill})" if fill else f"nn.ZeroPad2d({sides})"


def _in_order(*modules: str) -> str:
    return f"nn.Sequential({', '.join(modules)})"


@_text.register
def _(layer: SeparableConv2d, held: Held) -> str:
    height, width = held.applied.inputs[1:]
    between = layer.depthwise.output_size(height, width)
    return _in_order(_conv2d(layer.depthwise, height, width), _conv2d(layer.pointwise, *between))


@_text.register
def _(layer: ConvTranspose2d, held: Held) -> str:
    made = _sliding("nn.ConvTranspose2d", torch_arguments(layer))
    (top, bottom), (left, right) = layer.cropping
    if (top, left) == (bottom, right):
        return made
    return _in_order(made, f"nn.ZeroPad2d(({-left}, {-right}, {-top}, {-bottom}))")


@_text.register
def _(layer: MaxPool2d, held: Held) -> str:
    own = own_pooling_padding(layer, *held.applied.inputs[1:])
    arguments = _window(layer) | {"dilation": squared(layer.dilations)}
    undone = {"return_indices": True} if held.is_undone else {}
    if own is not None:
        return short_call("nn.MaxPool2d", **arguments, padding=own, ceil_mode=layer.ceil_mode, **undone)
    padded = _padded(layer.axes(*held.applied.inputs[1:]), "float('-inf')")
    return _in_order(padded, short_call("nn.MaxPool2d", **arguments))


@_text.register
def _(layer: AvgPool2d, held: Held) -> str:
    height, width = held.applied.inputs[1:]
    own = own_pooling_padding(layer, height, width)
    if own is not None:
        counted = {"count_include_pad": layer.count_include_pad, "ceil_mode": layer.ceil_mode}
        return short_call("nn.AvgPool2d", **_window(layer), padding=own, **counted)
    if not counts_all(layer, height, width):
        raise held.refused(LIBRARY)
    return _in_order(_padded(layer.axes(height, width)), short_call("nn.AvgPool2d", **_window(layer)))


def _window(layer: MaxPool2d | AvgPool2d) -> dict[str, Any]:
    """The arguments of a pooling's window; PyTorch's stride is the window's size where none is given."""
    arguments = window_arguments(layer)
    return {name: value for name, value in arguments.items() if name == "kernel_size" or layer.strides != layer.kernel}


@_text.register
def _(layer: MaxUnpool2d, held: Held) -> str:
    height, width = held.applied.outputs[1:]
    own = own_pooling_padding(layer.pool, height, width)
    # PyTorch takes only sizes that the window alone can have made, and places in an image that was not padded before.
    if own is None or layer.pool.dilations != (1, 1):
        raise held.refused(LIBRARY)
    return short_call("nn.MaxUnpool2d", **_window(layer.pool), padding=own)


@_text.register
def _(layer: Linear, held: Held) -> str:
    made = short_call("nn.Linear", layer.in_features, layer.out_features, bias=layer.bias)
    return made if held.read_flat[0] else _in_order("nn.Flatten()", made)
