"""A transposed layer as PyTorch and Keras code, and the check of it against PyTorch."""

from typing import Any

from engine import ConvTranspose2d, TransposedAxis, TransposedTrace
from kinds.shared.keras_text import IMAGES, PRINT, array, spread
from kinds.shared.program_text import call, squared, squared_sides
from kinds.shared.torch_call import Array, Call, Check, bias_of
from kinds.shared.torch_text import FLOAT64, operand_lines, run_lines
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import Operands

UNEVEN_SAME = (
    "# padding='same' is this too on TensorFlow and JAX; on PyTorch Keras would crop the odd cell at the other end"
)


def torch_code(layer: ConvTranspose2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a PyTorch program that runs the layer on its numbers."""
    axes = "(input channel, output channel of its group, row, column): the other way round than in a Conv2d"
    is_even = squared_sides(layer.cropping) is not None
    cropped = "" if is_even else _cropped_line(layer, *numbers[INPUT].shape[1:])
    made = f"layer = {call('nn.ConvTranspose2d', torch_arguments(layer) | {'dtype': FLOAT64})}"
    return (*operand_lines(numbers, axes), made, run_lines(layer.bias, cropped=cropped))


def torch_arguments(layer: ConvTranspose2d) -> dict[str, Any]:
    """The arguments of PyTorch's layer, all of them; without padding where that would crop both ends alike."""
    return {
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
        "kernel_size": squared(layer.kernel),
        "stride": squared(layer.strides),
        "padding": squared_sides(layer.cropping) or 0,
        "output_padding": squared(layer.output_paddings),
        "groups": layer.groups,
        "bias": layer.bias,
        "dilation": squared(layer.dilations),
    }


def _cropped_line(layer: ConvTranspose2d, height: int, width: int) -> str:
    """The line that crops an output more on one side than on the other, which PyTorch's layer does not."""
    rows, columns = (slice(axis.before, axis.before + axis.output) for axis in layer.axes(height, width))
    kept = f"{rows.start}:{rows.stop}, {columns.start}:{columns.stop}"
    return f"    output = output[:, {kept}]  # PyTorch's padding would crop both ends alike\n"


def keras_code(layer: ConvTranspose2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a Keras program that runs the layer on its numbers."""
    rows, columns = layer.axes(*numbers[INPUT].shape[1:])
    down, across = (d * (k - 1) + 1 for k, d in zip(layer.kernel, layer.dilations, strict=True))
    filters, depth = layer.out_channels // layer.groups, layer.in_channels // layer.groups
    is_same = layer.padding == "same_upper" and squared_sides(layer.cropping) is not None
    arguments: dict[str, Any] = {
        "filters": filters,
        "kernel_size": squared((down, across)),
        "strides": squared(layer.strides),
        "padding": "same" if is_same else "valid",
        "use_bias": False,
        "dtype": "float64",
    }
    added = ("output = output + bias",) if layer.bias else ()
    channels = f"{depth} channel{'s' * (depth > 1)} to {filters}"
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        array("weight", numbers[KERNEL], "(input channel, output channel of its group, row, column)"),
        array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        spread(layer.dilations, (2, 2)),
        IMAGES,
        f"# Keras has no groups here: each is a layer of its own, {channels}\n"
        f"maps = []\nfor group in range({layer.groups}):\n"
        f"    part = slice(group * {depth}, (group + 1) * {depth})\n"
        f"    layer = {_indented(call('keras.layers.Conv2DTranspose', arguments))}\n"
        f"    layer.build(images[..., part].shape)\n"
        f"    layer.set_weights([weight[part].transpose(2, 3, 1, 0)])\n"
        f"    maps.append(keras.ops.convert_to_numpy(layer(images[..., part]))[0])",
        UNEVEN_SAME if layer.padding == "same_upper" and not is_same else "",
        "\n".join(("output = np.concatenate(maps, axis=-1)", *(() if is_same else _fitted(rows, columns)), *added)),
        PRINT,
    )


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


def _fitted(rows: TransposedAxis, columns: TransposedAxis) -> tuple[str, ...]:
    """The lines that make Keras's output of a transposed layer as large as PyTorch's, none where it is."""
    axes = rows, columns
    made = [(axis.length - 1) * axis.stride + max(axis.extent, axis.stride) for axis in axes]
    ends = [axis.before + axis.output for axis in axes]
    down, across = (max(0, end - size) for end, size in zip(ends, made, strict=True))
    is_cropped = any(axis.before or axis.after for axis in axes)
    has_more = any(end < size and axis.stride > axis.extent for end, size, axis in zip(ends, made, axes, strict=True))
    lines = (
        (down or across, "# output_padding shows rows and columns that no stamp reaches"),
        (down or across, f"output = np.pad(output, ((0, {down}), (0, {across}), (0, 0)))"),
        (is_cropped, "# padding crops the output"),
        (has_more, "# Keras makes rows and columns that no stamp reaches where the stride is larger than the kernel"),
        (is_cropped or has_more, f"output = output[{rows.before}:{ends[0]}, {columns.before}:{ends[1]}]"),
    )
    return tuple(line for is_there, line in lines if is_there)


def check(trace: TransposedTrace) -> Check:
    """`conv_transpose2d` on the numbers of a trace."""
    layer, (rows, columns) = trace.layer, trace.axes
    is_even = squared_sides(layer.cropping) is not None
    named = {
        "stride": layer.strides,
        "padding": (rows.before, columns.before) if is_even else 0,
        "output_padding": layer.output_paddings,
        "groups": layer.groups,
        "dilation": layer.dilations,
    }
    call = Call("conv_transpose2d", (Array("x"), Array("weight"), bias_of(trace)), named)
    if not is_even:
        call = Call("pad", (call, (-columns.before, -columns.after, -rows.before, -rows.after)))
    return Check(call, trace.output, {"x": trace.input[None], "weight": trace.weight, "bias": trace.bias})
