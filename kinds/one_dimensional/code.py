"""A layer over a sequence as PyTorch, Keras and ONNX code, of one dimension there, and the check against PyTorch."""

from engine import Conv1d, Trace
from kinds.one_dimensional.roles import SEQUENCE, SEQUENCE_KERNEL
from kinds.shared.keras_text import PRINT, built, keras_padding, padded_as, sizes, spread
from kinds.shared.onnx_text import bias_line, conv_run
from kinds.shared.program_text import array, call
from kinds.shared.torch_call import Array, Call, Check, bias_of, padded_call
from kinds.shared.torch_text import FLOAT64, is_padded_first, own_mode, padded_by_hand, run_lines, tensor
from sharing.roles import BIAS
from sharing.values import Operands


def torch_code(layer: Conv1d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a PyTorch program that runs the layer on its numbers; a padding of its own goes before it."""
    axes = layer.axes(numbers[SEQUENCE].shape[2])
    is_padded = is_padded_first(layer, axes)
    arguments = {
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
        "kernel_size": layer.kernel_size,
        "stride": layer.stride,
        "padding": 0 if is_padded else "same" if layer.padding == "same" else axes[0].before,
        "dilation": layer.dilation,
        "bias": layer.bias,
        "padding_mode": "zeros" if is_padded else own_mode(layer),
        "dtype": FLOAT64,
    }
    bias = tensor("bias", numbers[BIAS], "a number for each output channel") if BIAS in numbers else ""
    return (
        tensor("x", numbers[SEQUENCE][:, 0], "(channel, step)"),
        tensor("weight", numbers[SEQUENCE_KERNEL][:, :, 0], "(output channel, input channel, tap)"),
        bias,
        padded_by_hand(layer, axes) if is_padded else "",
        f"layer = {call('nn.Conv1d', arguments)}",
        run_lines(layer.bias, "padded" if is_padded else "x[None]"),
    )


def keras_code(layer: Conv1d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a Keras program that runs the layer on its numbers."""
    padding = keras_padding(layer)
    arguments = {"filters": layer.out_channels, **sizes(layer.kernel, layer.strides, layer.dilations, padding)}
    arguments |= {"use_bias": layer.bias, "dtype": "float64"}
    return (
        array("x", numbers[SEQUENCE][:, 0], "(channel, step)"),
        array("weight", numbers[SEQUENCE_KERNEL][:, :, 0], "(output channel, input channel, tap)"),
        array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        padded_as(layer, layer.axes(numbers[SEQUENCE].shape[2])),
        spread(layer.dilations, layer.strides),
        "sequences = np.moveaxis(x, 0, -1)[None]  # Keras reads (sequence, step, channel)",
        f"layer = {call('keras.layers.Conv1D', arguments)}",
        built("layer", "weight.transpose(2, 1, 0)", "bias" if layer.bias else None, "sequences"),
        PRINT,
    )


def onnx_code(layer: Conv1d, numbers: Operands) -> tuple[str, ...]:
    """The parts of an ONNX program that runs the layer on its numbers."""
    return (
        array("x", numbers[SEQUENCE][:, 0], "(channel, step)"),
        array("weight", numbers[SEQUENCE_KERNEL][:, :, 0], "(output channel, input channel, tap)"),
        bias_line(numbers),
        *conv_run(layer, numbers[SEQUENCE].shape[2:]),
    )


def check(trace: Trace) -> Check:
    """`conv1d` on the numbers of a trace of a single row."""
    layer, columns = trace.layer, trace.axes[1:]
    padded, sources = padded_call(Array("x"), columns, layer)
    named = {"stride": layer.strides[1], "dilation": layer.dilations[1], "groups": layer.groups}
    call = Call("conv1d", (padded, Array("weight"), bias_of(trace)), named)
    arrays = {"x": trace.input[None, :, 0], "weight": trace.weight[:, :, 0], "bias": trace.bias}
    return Check(call, trace.output[:, 0], {**arrays, **sources})
