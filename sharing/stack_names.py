"""What a layer that was typed is called here: the same layer under another name, or one letter wrong, or nothing."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

_ALIKE = 0.75  # as difflib measures it: "cnov" is "conv" with two letters swapped
_SHORT = 4
_PLAIN = re.compile(r"^(nn|torch\.nn|f|layers|keras\.layers)\.|[^a-z0-9]")  # what of a name is left out
_OTHER_NAMES = {
    "conv": ("conv2d", "convolution", "convolution2d"),
    "depthwise": ("depthwiseconv", "depthwiseconv2d", "dwconv"),
    "pointwise": ("conv1x1", "1x1", "pointwiseconv", "pwconv"),
    "separable": ("separableconv", "separableconv2d", "depthwiseseparable"),
    "transposed": ("convtranspose2d", "conv2dtranspose", "convtranspose", "deconv", "deconvolution", "upconv"),
    "maxpool": ("maxpool2d", "maxpooling", "maxpooling2d", "pool", "pooling"),
    "avgpool": ("avgpool2d", "averagepool", "averagepooling2d", "meanpool"),
    "globalpool": ("globalavgpool", "globalavgpool2d", "globalaveragepooling2d", "gap"),
    "adaptiveavgpool": ("adaptiveavgpool2d", "adaptivepool", "adaptiveaveragepooling2d"),
    "adaptivemaxpool": ("adaptivemaxpool2d", "adaptivemaxpooling2d"),
    "unpool": ("maxunpool", "maxunpool2d", "unpooling"),
    "upsample": ("upsampling", "upsampling2d", "upsamplingnearest2d", "upsamplingbilinear2d", "interpolate", "resize"),
    "pixelshuffle": ("depthtospace", "subpixel"),
    "batchnorm": ("batchnorm2d", "batchnormalization", "bn"),
    "layernorm": ("layernorm2d", "layernormalization", "ln"),
    "silu": ("swish",),
    "hardswish": ("hswish",),
    "hardsigmoid": ("hsigmoid",),
    "dropout": ("dropout2d", "spatialdropout2d"),
    "linear": ("dense", "fc", "fullyconnected"),
    "add": ("sum", "plus", "residual", "skip", "shortcut"),
    "multiply": ("mul", "scale", "gate"),
    "concat": ("cat", "concatenate"),
}
"""What the layers here are called elsewhere (PyTorch, Keras, papers), without dots, dashes and capitals."""
_HERE = {other: name for name, others in _OTHER_NAMES.items() for other in others}


def layer_meant(name: str, names: Iterable[str]) -> str | None:
    """Return which of the layers' names is that of the layer that was meant; None where none means the same.

    >>> [layer_meant(name, ["conv", "silu", "unpool"]) for name in ("cnov", "nn.MaxUnpool2d", "selu", "lstm")]
    ['conv', 'unpool', None, None]
    """
    plain = _PLAIN.sub("", name.lower())
    if plain in _HERE:
        return _HERE[plain]
    alike = get_close_matches(name, names, n=1, cutoff=_ALIKE)
    if not alike or alike[0][0] != name[0]:  # another beginning is another layer: "pool" is not "unpool"
        return None
    is_other_word = len(name) <= _SHORT and sorted(name) != sorted(alike[0])  # nor is "selu" "silu"
    return None if is_other_word else alike[0]
