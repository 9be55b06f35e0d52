"""What every kind does whose layer is a `Conv2d`: its code, and the check of it against PyTorch."""

from engine import Conv2d, Trace
from kinds.shared.keras_text import IMAGES, PRINT, built, keras_padding, padded_as, sizes, spread
from kinds.shared.onnx_text import bias_line, conv_run
from kinds.shared.program_text import array, call
from kinds.shared.torch_call import Array, Check, bias_of, conv_call
from kinds.shared.torch_text import KERNEL_AXES, conv_lines, operand_lines, run_lines
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import Operands


def torch_code(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a PyTorch program that runs the layer on its numbers."""
    padding, made, given = conv_lines(layer, *numbers[INPUT].shape[1:])
    return (*operand_lines(numbers), padding, made, run_lines(layer.bias, given))


def keras_code(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a Keras program that runs the layer on its numbers."""
    height, width = numbers[INPUT].shape[1:]
    padding = keras_padding(layer)
    arguments = {"filters": layer.out_channels, **sizes(layer.kernel, layer.strides, layer.dilations, padding)}
    arguments |= {"groups": layer.groups, "use_bias": layer.bias, "dtype": "float64"}
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        array("weight", numbers[KERNEL], KERNEL_AXES),
        array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        padded_as(layer, layer.axes(height, width)),
        spread(layer.dilations, layer.strides),
        IMAGES,
        f"layer = {call('keras.layers.Conv2D', arguments)}",
        built("layer", "weight.transpose(2, 3, 1, 0)", "bias" if layer.bias else None),
        PRINT,
    )


def onnx_code(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of an ONNX program that runs the layer on its numbers."""
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        array("weight", numbers[KERNEL], KERNEL_AXES),
        bias_line(numbers),
        *conv_run(layer, numbers[INPUT].shape[1:]),
    )


def check(trace: Trace) -> Check:
    """`conv2d`, or for a volume `conv3d`, on the numbers of a trace, padded by `pad`."""
    call, sources = conv_call(trace, Array("x"), "weight", bias_of(trace))
    arrays = {"x": trace.input[None], "weight": trace.weight, "bias": trace.bias}
    return Check(call, trace.output, {**arrays, **sources})
