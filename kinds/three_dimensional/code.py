"""A layer over a volume as PyTorch, Keras and ONNX code."""

from engine import Conv3d
from kinds.shared.keras_text import PRINT, built, keras_padding, padded_as, sizes, spread
from kinds.shared.onnx_text import bias_line, conv_run
from kinds.shared.program_text import array, call
from kinds.shared.torch_text import conv_lines, run_lines, tensor
from kinds.three_dimensional.roles import VOLUME, VOLUME_KERNEL
from sharing.roles import BIAS
from sharing.values import Operands

_VOLUME_AXES = "(channel, slice, row, column)"
_KERNEL_AXES = "(output channel, input channel, slice, row, column)"


def torch_code(layer: Conv3d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a PyTorch program that runs the layer on its numbers; a padding of its own goes before it."""
    x, weight = numbers[VOLUME], numbers[VOLUME_KERNEL].reshape(layer.weight_shape)
    padding, made, given = conv_lines(layer, *x.shape[1:])
    bias = tensor("bias", numbers[BIAS], "a number for each output channel") if BIAS in numbers else ""
    arrays = tensor("x", x, _VOLUME_AXES), tensor("weight", weight, _KERNEL_AXES), bias
    return (*arrays, padding, made, run_lines(layer.bias, given))


def keras_code(layer: Conv3d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a Keras program that runs the layer on its numbers."""
    x, weight = numbers[VOLUME], numbers[VOLUME_KERNEL].reshape(layer.weight_shape)
    arguments = {
        "filters": layer.out_channels,
        **sizes(layer.kernel, layer.strides, layer.dilations, keras_padding(layer)),
        "use_bias": layer.bias,
        "dtype": "float64",
    }
    return (
        array("x", x, _VOLUME_AXES),
        array("weight", weight, _KERNEL_AXES),
        array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        padded_as(layer, layer.axes(*x.shape[1:])),
        spread(layer.dilations, layer.strides),
        "volumes = np.moveaxis(x, 0, -1)[None]  # Keras reads (volume, slice, row, column, channel)",
        f"layer = {call('keras.layers.Conv3D', arguments)}",
        built("layer", "weight.transpose(2, 3, 4, 1, 0)", "bias" if layer.bias else None, "volumes"),
        PRINT,
    )


def onnx_code(layer: Conv3d, numbers: Operands) -> tuple[str, ...]:
    """The parts of an ONNX program that runs the layer on its numbers."""
    x = numbers[VOLUME]
    return (
        array("x", x, _VOLUME_AXES),
        array("weight", numbers[VOLUME_KERNEL].reshape(layer.weight_shape), _KERNEL_AXES),
        bias_line(numbers),
        *conv_run(layer, x.shape[1:]),
    )
