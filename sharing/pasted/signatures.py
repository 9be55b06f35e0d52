"""The arguments of the layers that can be pasted, in the order in which PyTorch and Keras take them."""

from typing import Any

from sharing.pasted.calls import Call
from sharing.pasted.messages import PastedCode, refusal

_CONV = "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode"
_TRANSPOSED = "in_channels out_channels kernel_size stride padding output_padding groups bias dilation padding_mode"
_NORM = "num_features eps momentum affine track_running_stats bias"
_TORCH = {
    "Conv1d": _CONV,
    "Conv2d": _CONV,
    "Conv3d": _CONV,
    "ConvTranspose2d": _TRANSPOSED,
    "MaxPool2d": "kernel_size stride padding dilation return_indices ceil_mode",
    "AvgPool2d": "kernel_size stride padding ceil_mode count_include_pad divisor_override",
    "AdaptiveAvgPool2d": "output_size",
    "AdaptiveMaxPool2d": "output_size return_indices",
    "BatchNorm2d": _NORM,
    "Linear": "in_features out_features bias",
    "Dropout": "p",
    "Dropout2d": "p",
    "Flatten": "start_dim end_dim",
    "Upsample": "size scale_factor mode align_corners recompute_scale_factor",
    "PixelShuffle": "upscale_factor",
    "ReLU": "inplace",
    "ReLU6": "inplace",
    "LeakyReLU": "negative_slope inplace",
    "ELU": "alpha inplace",
    "GELU": "approximate",
    "SiLU": "inplace",
    "Hardswish": "inplace",
    "Hardsigmoid": "inplace",
    "Sigmoid": "",
    "Tanh": "",
    "Softmax": "dim",
    "LogSoftmax": "dim",
    "Identity": "",
    "ZeroPad2d": "padding",
    "ConstantPad2d": "padding value",
    # no layers of PyTorch's: what torch.add, torch.mul and torch.cat do
    "Add": "",
    "Multiply": "",
    "Concat": "",
}
_REST = "data_format dilation_rate activation use_bias"
_SHARED = "filters kernel_size strides padding data_format dilation_rate"
_KERAS = {
    "Conv1D": f"{_SHARED} groups activation use_bias",
    "Conv2D": f"{_SHARED} groups activation use_bias",
    "Conv3D": f"{_SHARED} groups activation use_bias",
    "Conv2DTranspose": f"filters kernel_size strides padding output_padding {_REST}",
    "DepthwiseConv2D": "kernel_size strides padding depth_multiplier data_format dilation_rate activation use_bias",
    "SeparableConv2D": f"{_SHARED} depth_multiplier activation use_bias",
    "MaxPooling2D": "pool_size strides padding data_format",
    "AveragePooling2D": "pool_size strides padding data_format",
    "GlobalAveragePooling2D": "data_format keepdims",
    "ZeroPadding2D": "padding data_format",
    "Cropping2D": "cropping data_format",
    "AdaptiveAveragePooling2D": "output_size data_format",
    "AdaptiveMaxPooling2D": "output_size data_format",
    "BatchNormalization": "axis momentum epsilon center scale",
    "Dense": "units activation use_bias",
    "Dropout": "rate noise_shape seed",
    "SpatialDropout2D": "rate data_format seed",
    "Flatten": "data_format",
    "UpSampling2D": "size data_format interpolation",
    "Activation": "activation",
    "ReLU": "max_value negative_slope threshold",
    "LeakyReLU": "negative_slope alpha",
    "ELU": "alpha",
    "Softmax": "axis",
    "Input": "shape batch_size sparse",
    "InputLayer": "shape input_shape batch_shape batch_size sparse",
}
VOLUMES = ("Conv3d", "Conv3D")
"""Layers that take and make volumes: each has its page, but none a place in a stack."""
_KERAS_ONLY = ("input_shape", "batch_input_shape")
_ALSO = {
    "MaxPool2D": "MaxPooling2D",
    "AvgPool2D": "AveragePooling2D",
    "GlobalAvgPool2D": "GlobalAveragePooling2D",
    "Convolution2D": "Conv2D",
    "SeparableConvolution2D": "SeparableConv2D",
    "Convolution2DTranspose": "Conv2DTranspose",
}


def is_layer(name: str, is_keras: bool) -> bool:
    """Return whether a framework has a layer of this name that is read."""
    return _ALSO.get(name, name) in (_KERAS if is_keras else _TORCH)


def bound(call: Call) -> tuple[str, dict[str, Any]]:
    """Return a layer's name and its arguments by their names; LayerError where there are others.

    >>> bound(Call("Conv2d", 1, (3, 16, 3), {"stride": 2}))
    ('Conv2d', {'in_channels': 3, 'out_channels': 16, 'kernel_size': 3, 'stride': 2})
    """
    name = _ALSO.get(call.name, call.name)
    signature = (_KERAS if call.is_keras else _TORCH).get(name)
    if signature is None:
        raise refusal(PastedCode.NO_LAYER_HERE, call.line, call.name)
    names = signature.split()
    if len(call.arguments) > len(names):
        raise refusal(PastedCode.ARGUMENT_UNKNOWN, call.line, str(call.arguments[len(names)]), layer=call.name)
    found = dict(zip(names, call.arguments, strict=False))
    for argument, value in call.keywords.items():
        if argument in found or argument not in (*names, *(_KERAS_ONLY if call.is_keras else ())):
            raise refusal(PastedCode.ARGUMENT_UNKNOWN, call.line, argument, layer=call.name)
        found[argument] = value
    return name, found
