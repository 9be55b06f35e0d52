"""A transposed layer as PyTorch, Keras and ONNX code, and the check of it against PyTorch."""

from collections.abc import Mapping
from typing import Any

from engine import ConvTranspose2d, TransposedAxis, TransposedTrace
from kinds.shared.keras_text import IMAGES, PRINT, spread
from kinds.shared.onnx_text import OUTPUT, Part, bias_line, node, padded_part, pads, run
from kinds.shared.program_text import array, call, squared, squared_sides
from kinds.shared.torch_call import Array, Call, Check, bias_of
from kinds.shared.torch_text import FLOAT64, operand_lines, run_lines
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import Operands

_KERNEL_AXES = "(input channel, output channel of its group, row, column)"
UNEVEN_SAME = (
    "# padding='same' is this too on TensorFlow and JAX; on PyTorch Keras would crop the odd cell at the other end"
)

_GROUPS = "ConvTranspose has groups, but onnx.reference does not compute them right: here each is a node of its own"
_ZEROS_AFTER = (
    "onnx.reference takes no output_padding of a stride or more: stamps of zeros after the input make the same cells"
)


def torch_code(layer: ConvTranspose2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a PyTorch program that runs the layer on its numbers."""
    axes = f"{_KERNEL_AXES}: the other way round than in a Conv2d"
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
        array("weight", numbers[KERNEL], _KERNEL_AXES),
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


def onnx_code(layer: ConvTranspose2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of an ONNX program that runs the layer on its numbers."""
    axes = layer.axes(*numbers[INPUT].shape[1:])
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        array("weight", numbers[KERNEL], _KERNEL_AXES),
        bias_line(numbers),
        *run(_onnx_parts(layer), (layer.out_channels, *(axis.output for axis in axes))),
    )


def _onnx_parts(layer: ConvTranspose2d) -> list[Part]:
    """The nodes of the layer, with zeros after its input where onnx.reference takes no such output_padding."""
    steps, more = layer.strides, layer.output_paddings
    window = {"kernel_shape": list(layer.kernel), "strides": list(steps), "dilations": list(layer.dilations)}
    if all(added < step for added, step in zip(more, steps, strict=True)):
        return _onnx_groups(layer, "x", window | {"pads": pads(layer.cropping), "output_padding": list(more)})
    zeros = [-(-added // step) for added, step in zip(more, steps, strict=True)]
    sides = zip(layer.cropping, zeros, steps, more, strict=True)
    cropped = tuple((before, after + count * step - added) for (before, after), count, step, added in sides)
    first = padded_part(tuple((0, count) for count in zeros), _ZEROS_AFTER)
    return [first, *_onnx_groups(layer, "padded", window | {"pads": pads(cropped)})]


def _onnx_groups(layer: ConvTranspose2d, given: str, attributes: Mapping[str, list[int]]) -> list[Part]:
    """The node of the layer, or one of each of its groups between those that part the channels and join them again."""
    names = ("weight", "bias")[: 1 + layer.bias]
    if layer.groups == 1:
        made = node("ConvTranspose", [given, *names], [OUTPUT], attributes)
        return [Part((made,), {name: name for name in names})]
    groups = range(layer.groups)
    parts, maps = [f"part_{group}" for group in groups], [f"map_{group}" for group in groups]
    arrays = [{f"{name}_{group}": f"np.split({name}, {layer.groups})[{group}]" for name in names} for group in groups]
    split = node("Split", [given], parts, {"axis": 1, "num_outputs": layer.groups}, _GROUPS)
    each = [
        Part((node("ConvTranspose", [part, *held], [made], attributes),), held)
        for part, held, made in zip(parts, arrays, maps, strict=True)
    ]
    return [Part((split,)), *each, Part((node("Concat", maps, [OUTPUT], {"axis": 1}),))]


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
