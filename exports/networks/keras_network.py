"""A stack of layers as a functional model of Keras, with the channels last."""

from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from engine import (
    AvgPool2d,
    Axis,
    BatchNorm2d,
    Conv2d,
    ConvTranspose2d,
    GlobalAvgPool2d,
    LayerNorm2d,
    Linear,
    MaxPool2d,
    ReLU,
    SeparableConv2d,
)
from engine.checks import Sides
from engine.layers import as_pair
from engine.merging import Add, Concat, Multiply
from engine.modules import Activation, Dropout, Flatten, LayerScale, Shape
from engine.resampling import AdaptiveAvgPool2d, AdaptiveMaxPool2d, PixelShuffle, Upsample
from exports.networks.network import INPUTS, Held, counts_all, held_layers, short_call
from kinds.shared.keras_text import keras_padding
from kinds.shared.program_text import Name, program, squared
from sharing.stack_text import StackRow

_RESERVED = frozenset({"keras", "layers", "math", "network"})
_ACTIVATIONS = {
    "leakyrelu": "layers.LeakyReLU(negative_slope=0.01)",
    "hardswish": "layers.Activation('hard_swish')",
    "hardsigmoid": "layers.Activation('hard_sigmoid')",
}
"""The activations that Keras has another name for, or another default of."""

_GIVEN = "{given}"
"""Where a function, which is no layer, takes what it is given."""

_LAYER_SCALE = '''class LayerScale(layers.Layer):
    """A factor for each channel, learnt from a small one on."""

    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(1e-6))

    def call(self, x):
        return x * self.scale'''


def keras_network(rows: Sequence[StackRow], inputs: Shape, link: str = "") -> str:
    """A program that makes the network of a stack and prints the shape it makes, and how many parameters it learns.

    `inputs` is (channels, height, width). LayerError where Keras has no such layer.

    >>> from sharing.stack_text import run_stack
    >>> print(keras_network(run_stack("conv 8 3; relu", (1, 6, 6)), (1, 6, 6)).split("\\n\\n")[3])
    inputs = keras.Input((6, 6, 1))
    x = layers.Conv2D(8, 3)(inputs)  # (4, 4, 8)
    x = layers.ReLU()(x)  # (4, 4, 8)
    """
    held = list(held_layers(rows, _RESERVED))
    channels, height, width = inputs
    has_scale = any(isinstance(one.applied.layer, LayerScale) for one in held)
    return program(
        f"A network of {len(held)} layers, in Keras's order: (row, column, channel)"
        + (f", from {link}" if link else ""),
        "import math\n\nimport keras\nfrom keras import layers",
        _LAYER_SCALE if has_scale else "",
        "\n".join((f"{INPUTS} = keras.Input(({height}, {width}, {channels}))", *map(_lines, held))),
        f"network = keras.Model({INPUTS}, {held[-1].variable if held else INPUTS})\nprint(network.output_shape)\n"
        "print(sum(math.prod(weights.shape) for weights in network.trainable_weights))",
    )


def _lines(held: Held) -> str:
    """The lines that run a layer, with the shape that it makes."""
    channels, height, width = held.applied.outputs
    shape = f"({channels},)" if held.is_flat else f"({height}, {width}, {channels})"
    reads = held.reads_as("layers.Reshape((1, 1, -1))({})".format)
    given = f"[{', '.join(reads)}]" if len(reads) > 1 else reads[0]
    lines = []
    for call in _calls(held.applied.layer, held):
        run = call.replace(_GIVEN, given) if _GIVEN in call else f"{call}({given})"
        lines.append(f"{held.variable} = {run}")
        given = held.variable
    return "\n".join(lines) + f"  # {shape}"


@singledispatch
def _calls(layer: object, held: Held) -> tuple[str, ...]:
    """The layers of Keras that do what a layer does, the first one first."""
    match layer:
        case GlobalAvgPool2d():
            return ("layers.GlobalAveragePooling2D(keepdims=True)",)
        case BatchNorm2d():
            return ("layers.BatchNormalization(momentum=0.9, epsilon=1e-5)",)
        case LayerNorm2d():
            return ("layers.LayerNormalization(epsilon=1e-5)",)
        case LayerScale():
            return ("LayerScale()",)
        case ReLU():
            return ("layers.ReLU()",)
        case Activation():
            return (_ACTIVATIONS.get(layer.function, f"layers.Activation({layer.function!r})"),)
        case Dropout():
            return (f"layers.Dropout({layer.p})",)
        case Flatten():
            return ("layers.Flatten()",)
        case AdaptiveAvgPool2d():
            return (f"layers.AdaptiveAveragePooling2D({squared(as_pair(layer.output_size))})",)
        case AdaptiveMaxPool2d():
            return (f"layers.AdaptiveMaxPooling2D({squared(as_pair(layer.output_size))})",)
        case Upsample():
            return (f"layers.UpSampling2D({squared(as_pair(layer.scale_factor))}, interpolation={layer.mode!r})",)
        case Add():
            return ("layers.Add()",)
        case Multiply():
            return ("layers.Multiply()",)
        case Concat():
            return ("layers.Concatenate()",)
    raise held.refused("Keras")


@_calls.register
def _(layer: Conv2d, held: Held) -> tuple[str, ...]:
    return _conv2d(layer, held, *held.applied.inputs[1:])


def _conv2d(layer: Conv2d, held: Held, height: int, width: int) -> tuple[str, ...]:
    if max(layer.dilations) > 1 < max(layer.strides):  # Keras takes one or the other
        raise held.refused("Keras")
    padding = keras_padding(layer)
    window = _strides(layer) | {"padding": padding, "dilation_rate": squared(layer.dilations)}
    padded = () if padding == "same" else _padded(layer.axes(height, width))
    kernel = squared(layer.kernel)
    if layer.groups == layer.in_channels > 1 and len(set(layer.strides)) == 1:  # Keras's depthwise layer has only one
        window |= {"depth_multiplier": layer.out_channels // layer.groups, "use_bias": layer.bias}
        return (*padded, short_call("layers.DepthwiseConv2D", kernel, **window))
    window |= {"groups": layer.groups, "use_bias": layer.bias}
    return (*padded, short_call("layers.Conv2D", layer.out_channels, kernel, **window))


def _strides(layer: Conv2d | ConvTranspose2d) -> dict[str, Any]:
    return {} if layer.strides == (1, 1) else {"strides": squared(layer.strides)}


def _padded(axes: Sequence[Axis]) -> tuple[str, ...]:
    return _around("layers.ZeroPadding2D", tuple((axis.before, axis.after) for axis in axes))


def _around(function: str, sides: Sides) -> tuple[str, ...]:
    """A layer that adds or takes away cells at the sides; none where there are none."""
    return (f"{function}({sides})",) if any(map(any, sides)) else ()


@_calls.register
def _(layer: SeparableConv2d, held: Held) -> tuple[str, ...]:
    height, width = held.applied.inputs[1:]
    between = layer.depthwise.output_size(height, width)
    return (*_conv2d(layer.depthwise, held, height, width), *_conv2d(layer.pointwise, held, *between))


@_calls.register
def _(layer: ConvTranspose2d, held: Held) -> tuple[str, ...]:
    if layer.groups > 1 or max(layer.dilations) > 1:
        raise held.refused("Keras")
    arguments = _strides(layer) | {"use_bias": layer.bias}
    if any(layer.output_paddings) or any(s > k for s, k in zip(layer.strides, layer.kernel, strict=True)):
        arguments["output_padding"] = Name(squared(layer.output_paddings))  # 0 is not what it is without one
    return (
        short_call("layers.Conv2DTranspose", layer.out_channels, squared(layer.kernel), **arguments),
        *_around("layers.Cropping2D", layer.cropping),
    )


@_calls.register
def _(layer: MaxPool2d, held: Held) -> tuple[str, ...]:
    if max(layer.dilations) > 1:
        raise held.refused("Keras")
    if layer.padding == "same_upper":
        return (short_call("layers.MaxPooling2D", **_window(layer), padding="same"),)
    axes = layer.axes(*held.applied.inputs[1:])
    sides = ((0, 0), *((axis.before, axis.after) for axis in axes), (0, 0))
    padded = f"keras.ops.pad({_GIVEN}, {sides}, constant_values=-math.inf)"
    return (*([padded] if any(map(any, sides)) else []), short_call("layers.MaxPooling2D", **_window(layer)))


@_calls.register
def _(layer: AvgPool2d, held: Held) -> tuple[str, ...]:
    height, width = held.applied.inputs[1:]
    if not counts_all(layer, height, width):
        raise held.refused("Keras")
    return (*_padded(layer.axes(height, width)), short_call("layers.AveragePooling2D", **_window(layer)))


def _window(layer: MaxPool2d | AvgPool2d) -> dict[str, Any]:
    """The arguments of a pooling's window; the stride is the window's size where none is given."""
    stride = {} if layer.strides == layer.kernel else {"strides": squared(layer.strides)}
    return {"pool_size": squared(layer.kernel), **stride}


@_calls.register
def _(layer: Linear, held: Held) -> tuple[str, ...]:
    flatten = () if held.read_flat[0] else ("layers.Flatten()",)
    return (*flatten, short_call("layers.Dense", layer.out_features, use_bias=layer.bias))


@_calls.register
def _(layer: PixelShuffle, held: Held) -> tuple[str, ...]:
    (_, height, width), factor, (channels, *made) = held.applied.inputs, layer.upscale_factor, held.applied.outputs
    return (
        f"layers.Reshape({(height, width, channels, factor, factor)})",
        "layers.Permute((1, 4, 2, 5, 3))",
        f"layers.Reshape({(*made, channels)})",
    )
