"""A separable layer as PyTorch, Keras and ONNX code, and the check of it against PyTorch."""

from engine import SeparableConv2d, Trace
from kinds.separable.roles import POINTWISE_BIAS, POINTWISE_KERNEL
from kinds.shared.keras_text import IMAGES, PRINT, built, keras_padding, padded_as, sizes, spread
from kinds.shared.onnx_text import conv_parts, run
from kinds.shared.program_text import array, call
from kinds.shared.torch_call import Array, Check, bias_of, conv_call
from kinds.shared.torch_text import conv_lines, tensor
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import Operands


def torch_code(layer: SeparableConv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a PyTorch program that runs the layer on its numbers."""
    roles = {"depthwise_bias": BIAS, "pointwise_weight": POINTWISE_KERNEL, "pointwise_bias": POINTWISE_BIAS}
    others = [tensor(name, numbers[role], "") for name, role in roles.items() if role in numbers]
    fill = "".join(
        f"    {one}.weight.copy_({one}_weight)\n" + (f"    {one}.bias.copy_({one}_bias)\n" if layer.bias else "")
        for one in ("depthwise", "pointwise")
    )
    height, width = numbers[INPUT].shape[1:]
    padding, depthwise, given = conv_lines(layer.depthwise, height, width, name="depthwise")
    between_height, between_width = layer.depthwise.output_size(height, width)
    _, pointwise, _ = conv_lines(layer.pointwise, between_height, between_width, name="pointwise")
    return (
        tensor("x", numbers[INPUT], "(channel, row, column)"),
        tensor("depthwise_weight", numbers[KERNEL], "(channel in between, 1, row, column)"),
        *others,
        padding,
        depthwise,
        pointwise,
        f"with torch.no_grad():\n{fill}    output = pointwise(depthwise({given}))[0]\n\nprint(output.tolist())",
    )


def keras_code(layer: SeparableConv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a Keras program that runs the layer on its numbers."""
    first, second = layer.depthwise, layer.pointwise
    height, width = numbers[INPUT].shape[1:]
    common = {"use_bias": layer.bias, "dtype": "float64"}
    padding = keras_padding(first)
    depthwise = sizes(first.kernel, first.strides, first.dilations, padding)
    depthwise |= {"depth_multiplier": layer.depth_multiplier}
    pointwise = {"filters": layer.out_channels, "kernel_size": 1} | common
    down, across = (axis.before for axis in second.axes(*first.output_size(height, width)))
    around = f"np.pad(output, (({down}, {down}), ({across}, {across}), (0, 0)))" if down or across else "output"
    multiplied = f"reshape({layer.in_channels}, {layer.depth_multiplier}, *depthwise_weight.shape[2:])"
    return (
        *_arrays(numbers),
        padded_as(first, first.axes(height, width)),
        spread(first.dilations, first.strides, "depthwise_weight"),
        IMAGES,
        f"depthwise = {call('keras.layers.DepthwiseConv2D', depthwise | common)}",
        built(
            "depthwise",
            f"depthwise_weight.{multiplied}.transpose(2, 3, 0, 1)",
            "depthwise_bias" if layer.bias else None,
        ),
        f"between = {around}[None]",
        f"pointwise = {call('keras.layers.Conv2D', pointwise)}",
        built(
            "pointwise", "pointwise_weight.transpose(2, 3, 1, 0)", "pointwise_bias" if layer.bias else None, "between"
        ),
        PRINT,
    )


def onnx_code(layer: SeparableConv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of an ONNX program that runs the layer on its numbers."""
    size = numbers[INPUT].shape[1:]
    between = layer.depthwise.output_size(*size)
    parts = (
        *conv_parts(layer.depthwise, size, makes="between", prefix="depthwise_"),
        *conv_parts(layer.pointwise, between, given="between", prefix="pointwise_"),
    )
    return (*_arrays(numbers), *run(parts, (layer.out_channels, *layer.pointwise.output_size(*between))))


def _arrays(numbers: Operands) -> tuple[str, ...]:
    """The lines that make the input, the weights and the biases as arrays of NumPy."""
    given = {"depthwise_bias": BIAS, "pointwise_weight": POINTWISE_KERNEL, "pointwise_bias": POINTWISE_BIAS}
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        array("depthwise_weight", numbers[KERNEL], "(channel in between, 1, row, column)"),
        *(array(name, numbers[role], "") for name, role in given.items() if role in numbers),
    )


def check(traces: tuple[Trace, Trace]) -> Check:
    """`conv2d` on what `conv2d` makes of the input, with the numbers of the two layers of a separable one."""
    depthwise, pointwise = traces
    between, sources = conv_call(depthwise, Array("x"), "depthwise", bias_of(depthwise, "depthwise_bias"))
    arrays = {
        "x": depthwise.input[None],
        "depthwise": depthwise.weight,
        "depthwise_bias": depthwise.bias,
        "pointwise": pointwise.weight,
        "pointwise_bias": pointwise.bias,
    }
    call, _ = conv_call(pointwise, between, "pointwise", bias_of(pointwise, "pointwise_bias"))
    return Check(call, pointwise.output, {**arrays, **sources})
