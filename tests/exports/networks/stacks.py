"""The stacks whose programs are run: every kind of layer alone, every example, every published network."""

from collections.abc import Iterator

from engine.modules import Shape
from engine.networks import NetworkName, network
from sharing.examples import STACKS
from sharing.network_text import network_text

# Every kind of layer, in every way that has code of its own, from an input of 8 channels, 12 x 13.
LINES = [
    "conv 8 3", "conv 8 3 p1 nobias", "conv 8 3x2 s2x1 p0:1x2:0", "conv 8 3 same", "conv 8 4 s2 same_upper",
    "conv 8 3 same_lower", "conv 8 3 g4 full", "conv 16 3 d2 p2", "depthwise 3 p1 m2", "depthwise 3 s2x1 p1",
    "pointwise 8 s2", "separable 8 3 p1", "separable 8 3 s2 same_upper m2", "transposed 8 4 s2 p1", "transposed 8 2 s3",
    "transposed 8 3 s2 p1 o1", "transposed 8 3 s2 p0:1x1:0", "transposed 8 3 s2 same_upper",
    "maxpool 2", "maxpool 3 s2 p1", "maxpool 2 ceil", "maxpool 3 s2 same_upper", "maxpool 3 s1 p2:1",
    "avgpool 2", "avgpool 3 s1 p1", "avgpool 3 s2 p0:1x1:0", "globalpool", "batchnorm", "layernorm", "layerscale",
    "relu", "leakyrelu", "relu6", "elu", "gelu", "silu", "hardswish", "hardsigmoid", "sigmoid", "tanh", "softmax",
    "dropout 0.2", "adaptiveavgpool 5", "adaptivemaxpool 4x3", "upsample 2", "upsample 2x3 bilinear",
    "pixelshuffle 2", "flatten", "linear 6", "linear 6 nobias",
    "a = relu", "x = relu; add x", "class = conv 8 3 p1; multiply class", "self = relu; concat self input from self",
    "inputs = globalpool; multiply inputs from inputs", "a = relu; conv 8 1 from input; add a",
]  # fmt: skip
# What only PyTorch has, and not Keras.
TORCH_ALONE = ["conv 8 3 d2 s2", "transposed 8 3 g4", "maxpool 2 d2", "avgpool 2 ceil", "a = maxpool 2; relu; unpool a"]


def known_stacks() -> Iterator[tuple[str, str, Shape]]:
    """Every example, published network and line, by a name, with what goes in."""
    for slug, example in STACKS.items():
        said = example.fields
        if slug == "too-small":  # whose last layer cannot be
            continue
        yield slug, said["stack"], (said["input_channels"], said["input_height"], said["input_width"])
    for name in NetworkName:
        known = network(name)
        yield name, network_text(known), known.rows[0].applied.inputs
    for line in LINES:
        yield line, line, (8, 12, 13)


KNOWN = {name: (text, inputs) for name, text, inputs in known_stacks()}
