"""A stack of layers as a model of ONNX, whose weights are inputs beside the image: a stack has no numbers."""

from collections.abc import Sequence
from functools import reduce, singledispatch
from typing import Any

from engine import (
    AvgPool2d,
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
from engine.layers import as_pair
from engine.merging import Add, Concat, Multiply
from engine.modules import Activation, Dropout, Flatten, LayerScale, Shape
from engine.resampling import AdaptiveAvgPool2d, AdaptiveMaxPool2d, MaxUnpool2d, PixelShuffle, Upsample
from exports.networks.network import INPUTS, Held, held_layers
from kinds.shared.onnx_text import pads, sides_of
from kinds.shared.program_text import program
from sharing.stack_text import StackRow

_LIBRARY = "ONNX"
_RESERVED = frozenset(
    {"TensorProto", "constant", "constants", "graph", "helper", "learnt", "math", "model", "node", "nodes", "np"}
    | {"numpy_helper", "onnx", "weight"}
)
_HELPERS = '''nodes, learnt, constants = [], {}, {}


def node(operator, *reads, **attributes):
    """Add a node that reads these, and return the name of what it makes."""
    made = f"{operator}_{len(nodes)}"
    makes = [made, f"{made}_places"] if operator == "MaxPool" else [made]
    nodes.append(helper.make_node(operator, reads, makes, **attributes))
    return made


def weight(*shape):
    """Add an array that is learnt, and return its name: it is an input of the model, beside the image."""
    name = f"weight_{len(learnt)}"
    learnt[name] = shape
    return name


def constant(values, dtype=np.float32):
    """Add an array that is not learnt, and return its name."""
    name = f"constant_{len(constants)}"
    constants[name] = np.array(values, dtype=dtype)
    return name'''
_ACTIVATIONS = {
    "leakyrelu": "node('LeakyRelu', {0}, alpha=0.01)",
    "relu6": "node('Clip', {0}, constant(0), constant(6))",
    "elu": "node('Elu', {0})",
    "gelu": "node('Gelu', {0})",
    "silu": "node('Mul', {0}, node('Sigmoid', {0}))",
    "hardswish": "node('HardSwish', {0})",
    "hardsigmoid": "node('HardSigmoid', {0}, alpha=1 / 6, beta=0.5)",
    "sigmoid": "node('Sigmoid', {0})",
    "tanh": "node('Tanh', {0})",
    "softmax": "node('Softmax', {0}, axis=1)",
}


def onnx_network(rows: Sequence[StackRow], inputs: Shape, link: str = "") -> str:
    """A program that makes the network of a stack as a model, and prints the shape it makes, and what it learns.

    `inputs` is (channels, height, width). LayerError where ONNX has no such layer.

    >>> from sharing.stack_text import run_stack
    >>> print(onnx_network(run_stack("conv 8 3; relu", (1, 6, 6)), (1, 6, 6)).split("\\n\\n")[-2])
    inputs = 'inputs'
    x = node('Conv', inputs, weight(8, 1, 3, 3), weight(8))  # (8, 4, 4)
    x = node('Relu', x)  # (8, 4, 4)
    """
    held = list(held_layers(rows, _RESERVED))
    last = held[-1].variable if held else INPUTS
    return program(
        f"A network of {len(held)} layers" + (f", from {link}" if link else ""),
        "import math\n\nimport numpy as np\nimport onnx\nfrom onnx import TensorProto, helper, numpy_helper",
        _HELPERS,
        "\n".join((f"{INPUTS} = {INPUTS!r}", *map(_line, held))),
        f"shapes = {{{INPUTS!r}: {(1, *inputs)}, **learnt}}\n"
        "graph = helper.make_graph(\n"
        "    nodes,\n"
        "    'network',\n"
        "    [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()],\n"
        f"    [helper.make_tensor_value_info({last}, TensorProto.FLOAT, None)],\n"
        "    [numpy_helper.from_array(values, name) for name, values in constants.items()],\n"
        ")\n"
        "model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 20)], ir_version=9)\n"
        "model = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)\n"
        "onnx.checker.check_model(model)\n"
        "print(tuple(side.dim_value for side in model.graph.output[0].type.tensor_type.shape.dim))\n"
        "print(sum(map(math.prod, learnt.values())))",
    )


def _line(held: Held) -> str:
    """The line that adds the nodes of a layer, with the shape that it makes."""
    channels, height, width = held.applied.outputs
    shape = f"({channels},)" if held.is_flat else f"({channels}, {height}, {width})"
    reads = held.reads_as("node('Unsqueeze', {}, constant([2, 3], np.int64))".format)
    return f"{held.variable} = {_nodes(held.applied.layer, held, reads)}  # {shape}"


def _node(operator: str, *reads: str, **attributes: Any) -> str:
    """A call that adds a node, without the attributes that are None."""
    named = (f"{name}={value!r}" for name, value in attributes.items() if value is not None)
    return f"node({', '.join((repr(operator), *reads, *named))})"


def _weights(*shapes: Sequence[int]) -> list[str]:
    return [f"weight({', '.join(map(str, shape))})" for shape in shapes]


def _other_than(default: int, amounts: Sequence[int]) -> list[int] | None:
    """An attribute of a number for each direction; None where all are the default."""
    return None if set(amounts) == {default} else list(amounts)


@singledispatch
def _nodes(layer: object, held: Held, reads: Sequence[str]) -> str:
    """The calls that add the nodes of a layer, which reads these; those that have a window have a function each."""
    x, *_ = reads
    channels, height, width = held.applied.inputs
    match layer:
        case GlobalAvgPool2d():
            return _node("GlobalAveragePool", x)
        case BatchNorm2d():
            kept = [f"constant(np.{made}({channels}))" for made in ("zeros", "ones")]
            return _node("BatchNormalization", x, *_weights([channels], [channels]), *kept)
        case LayerNorm2d() if held.is_flat:
            return _node("LayerNormalization", x, *_weights([channels], [channels]))
        case LayerNorm2d():
            last = _node("Transpose", x, perm=[0, 2, 3, 1])
            normed = _node("LayerNormalization", last, *_weights([channels], [channels]))
            return _node("Transpose", normed, perm=[0, 3, 1, 2])
        case LayerScale():
            return _node("Mul", x, *_weights([channels, 1, 1]))
        case ReLU():
            return _node("Relu", x)
        case Activation():
            return _ACTIVATIONS[layer.function].format(x)
        case Dropout():
            return _node("Dropout", x, f"constant({layer.p})")
        case Flatten():
            return _node("Flatten", x)
        case Linear():
            shapes = [layer.out_features, layer.in_features], [layer.out_features]
            flat = x if held.read_flat[0] else _node("Flatten", x)
            return _node("Gemm", flat, *_weights(*shapes[: 1 + layer.bias]), transB=1)
        case Upsample():
            scales = f"constant({[1, 1, *as_pair(layer.scale_factor)]})"
            is_nearest = layer.mode == "nearest"
            how = {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"} if is_nearest else {}
            return _node("Resize", x, "''", scales, mode="nearest" if is_nearest else "linear", **how)
        case PixelShuffle():
            return _node("DepthToSpace", x, blocksize=layer.upscale_factor, mode="CRD")
        case Add():
            return _node("Sum", *reads)
        case Multiply():
            return reduce(lambda first, second: _node("Mul", first, second), reads)
        case Concat():
            return _node("Concat", *reads, axis=1)
        case AdaptiveAvgPool2d() | AdaptiveMaxPool2d():
            made = held.applied.outputs[1:]
            if height % made[0] == 0 == width % made[1]:  # ONNX has only windows of one size
                kernel = [height // made[0], width // made[1]]
                operator = "AveragePool" if isinstance(layer, AdaptiveAvgPool2d) else "MaxPool"
                return _node(operator, x, kernel_shape=kernel, strides=kernel)
    raise held.refused(_LIBRARY)


@_nodes.register
def _(layer: Conv2d, held: Held, reads: Sequence[str]) -> str:
    return _conv(layer, reads[0], *held.applied.inputs[1:])


def _conv(layer: Conv2d, given: str, height: int, width: int) -> str:
    sides = pads(sides_of(layer.axes(height, width)))
    return _sliding("Conv", layer, given, pads=_other_than(0, sides))


def _sliding(operator: str, layer: Conv2d | ConvTranspose2d, given: str, **attributes: Any) -> str:
    shapes = layer.weight_shape, (layer.out_channels,)
    return _node(
        operator,
        given,
        *_weights(*shapes[: 1 + layer.bias]),
        strides=_other_than(1, layer.strides),
        dilations=_other_than(1, layer.dilations),
        group=None if layer.groups == 1 else layer.groups,
        **attributes,
    )


@_nodes.register
def _(layer: SeparableConv2d, held: Held, reads: Sequence[str]) -> str:
    height, width = held.applied.inputs[1:]
    between = layer.depthwise.output_size(height, width)
    return _conv(layer.pointwise, _conv(layer.depthwise, reads[0], height, width), *between)


@_nodes.register
def _(layer: ConvTranspose2d, held: Held, reads: Sequence[str]) -> str:
    cropped, more = _other_than(0, pads(layer.cropping)), _other_than(0, layer.output_paddings)
    return _sliding("ConvTranspose", layer, reads[0], pads=cropped, output_padding=more)


@_nodes.register
def _(layer: MaxPool2d, held: Held, reads: Sequence[str]) -> str:
    dilations, ceil_mode = _other_than(1, layer.dilations), int(layer.ceil_mode) or None
    window = _window(layer, held.applied.inputs)
    return _node("MaxPool", reads[0], **window, dilations=dilations, ceil_mode=ceil_mode)


@_nodes.register
def _(layer: AvgPool2d, held: Held, reads: Sequence[str]) -> str:
    counted, ceil_mode = int(layer.count_include_pad), int(layer.ceil_mode) or None
    window = _window(layer, held.applied.inputs)
    return _node("AveragePool", reads[0], **window, count_include_pad=counted, ceil_mode=ceil_mode)


def _window(layer: MaxPool2d | AvgPool2d, pooled: Shape) -> dict[str, Any]:
    """The attributes that the window of a pooling has, on an image of the shape that is pooled."""
    return {
        "kernel_shape": list(layer.kernel),
        "strides": _other_than(1, layer.strides),
        "pads": _other_than(0, pads(layer.padding_amounts(*pooled[1:]))),
    }


@_nodes.register
def _(layer: MaxUnpool2d, held: Held, reads: Sequence[str]) -> str:
    pool, size = layer.pool, held.applied.outputs[1:]
    sides = pool.padding_amounts(*size)
    made = [
        (pooled - 1) * step + taps - sum(side)
        for pooled, step, taps, side in zip(held.applied.inputs[1:], pool.strides, pool.kernel, sides, strict=True)
    ]
    # ONNX counts places in the image that the windows just fill, and knows of no dilation.
    if pool.dilations != (1, 1) or made != list(size):
        raise held.refused(_LIBRARY)
    given, undone = reads
    return _node("MaxUnpool", given, f"{undone} + '_places'", **_window(pool, held.applied.outputs))
