"""A layer of PyTorch or Keras as a line of the stack, and as the fields of the page that shows it alone."""

from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any

from sharing.pasted.arguments import NO_CHANNELS, PADDING_MODES, Arguments, activation_left_out, keras_activation
from sharing.pasted.calls import Call
from sharing.pasted.messages import PastedCode, refusal
from sharing.pasted.padding_layers import folded
from sharing.pasted.read_layer import Pair, Read, Sides
from sharing.pasted.results import PastedLayer, PastedStack
from sharing.pasted.signatures import VOLUMES, bound
from sharing.pasted.volume_layers import read_volume

_TORCH_ACTIVATIONS = {
    "ReLU", "ReLU6", "LeakyReLU", "ELU", "GELU", "SiLU", "Hardswish", "Hardsigmoid", "Sigmoid", "Tanh", "Softmax",
}  # fmt: skip


def read_call(call: Call) -> Read:
    """Return a layer as lines of the stack and as a page's fields; LayerError, with the line, where it cannot be.

    >>> read_call(Call("Conv2d", 1, (3, 16, 3), {"stride": 2})).rows
    ('conv 3>16 3 s2',)
    """
    arguments = Arguments(call)
    known = _KERAS if call.is_keras else _TORCH
    if arguments.name in known:
        return known[arguments.name](arguments)
    if not call.is_keras and arguments.name in _TORCH_ACTIVATIONS:
        return Read((arguments.name.lower(),))
    raise refusal(PastedCode.NO_LAYER_HERE, call.line, call.name)


def _amount(letter: str, pair: Pair, default: int) -> str:
    """A pair as the stack writes it, with a blank before it; nothing where it is what it is anyway."""
    if pair == (default, default):
        return ""
    return f" {letter}{pair[0]}" if pair[0] == pair[1] else f" {letter}{pair[0]}x{pair[1]}"


def _sizes(**pairs: Pair) -> dict[str, int]:
    return {f"{name}_{way}": pair[at] for name, pair in pairs.items() for at, way in enumerate(("height", "width"))}


def _torch_padding(arguments: Arguments, names: tuple[str, ...], length: int = 2) -> tuple[str, dict[str, Any]]:
    """Padding as the stack writes it, and as the page's fields."""
    said = arguments.said.get("padding", 0)
    if isinstance(said, str):
        if said not in names:
            raise arguments.refuse("padding")
        return ("" if said == "valid" else f" {said}"), {"padding": said}
    pair = arguments.pair("padding", 0, length)
    if length == 1:
        return _amount("p", (0, pair[1]), 0), {"padding": "amount", "padding_amount": pair[1]}
    return _amount("p", pair, 0), {"padding": "amount", **_sizes(padding=pair)}


def _torch_conv(arguments: Arguments, length: int = 2) -> Read:
    given, made = arguments.number("in_channels"), arguments.number("out_channels")
    kernel, stride = arguments.size("kernel_size", None, length), arguments.pair("stride", 1, length)
    dilation, groups = arguments.pair("dilation", 1, length), arguments.number("groups", 1)
    padding, padding_fields = _torch_padding(arguments, ("same", "valid"), length)
    bias, mode = arguments.truth("bias", True), arguments.word("padding_mode", PADDING_MODES, "zeros")
    row = f"conv {given}>{made}{_amount('', kernel, 0)}{_amount('s', stride, 1)}{padding}{_amount('d', dilation, 1)}"
    row += (f" g{groups}" if groups > 1 else "") + ("" if bias else " nobias")
    fields = {"in_channels": given, "out_channels": made, "bias": bias, "padding_mode": mode, **padding_fields}
    left_out_of_stack = (
        (f"padding_mode={mode} changes numbers, not counts: the stack leaves it out.",) if mode != "zeros" else ()
    )
    if length == 1:
        arguments.only(groups=1)
        fields |= {"kernel_size": kernel[1], "stride": stride[1], "dilation": dilation[1]}
        return Read((row,), "one_dimensional", fields, (), left_out_of_stack, (given, 1, None))
    fields |= _sizes(kernel=kernel, stride=stride, dilation=dilation)
    page = "grouped" if groups > 1 else "standard"
    fields |= {"groups": groups} if groups > 1 else {}
    return Read((row,), page, fields, (), left_out_of_stack, (given, None, None))


def _torch_transposed(arguments: Arguments) -> Read:
    arguments.only(padding_mode="zeros")
    given, made = arguments.number("in_channels"), arguments.number("out_channels")
    kernel, stride, dilation = arguments.size("kernel_size"), arguments.pair("stride", 1), arguments.pair("dilation", 1)
    padding, padding_fields = _torch_padding(arguments, ())
    output_padding, groups = arguments.pair("output_padding", 0), arguments.number("groups", 1)
    bias = arguments.truth("bias", True)
    row = f"transposed {given}>{made}{_amount('', kernel, 0)}{_amount('s', stride, 1)}{padding}"
    row += f"{_amount('d', dilation, 1)}{_amount('o', output_padding, 0)}"
    row += (f" g{groups}" if groups > 1 else "") + ("" if bias else " nobias")
    fields = {"in_channels": given, "out_channels": made, "bias": bias, "groups": groups, **padding_fields}
    fields |= _sizes(kernel=kernel, stride=stride, dilation=dilation, output_padding=output_padding)
    return Read((row,), "transposed", fields, inputs=(given, None, None))


def _torch_pool(arguments: Arguments) -> Read:
    is_max = arguments.name == "MaxPool2d"
    arguments.only(return_indices=False, divisor_override=None)
    kernel = arguments.size("kernel_size")
    stride = kernel if arguments.said.get("stride") is None else arguments.pair("stride")
    padding, fields = _torch_padding(arguments, ())
    ceil = arguments.truth("ceil_mode", False)
    dilation = arguments.pair("dilation", 1) if is_max else (1, 1)
    with_pad = arguments.truth("count_include_pad", True)
    row = f"{'max' if is_max else 'avg'}pool{_amount('', kernel, 0)}"
    row += ("" if stride == kernel else _amount("s", stride, 0)) + padding + _amount("d", dilation, 1)
    fields |= {"kind": "max" if is_max else "average", "ceil_mode": ceil, "count_include_pad": with_pad}
    fields |= _sizes(kernel=kernel, stride=stride, dilation=dilation)
    return Read((row + (" ceil" if ceil else ""),), "pooling", fields)


def _torch_adaptive(arguments: Arguments) -> Read:
    size = arguments.size("output_size")
    is_max = arguments.name == "AdaptiveMaxPool2d"
    arguments.only(return_indices=False)
    if size == (1, 1) and not is_max:
        return Read(("globalpool",))
    return Read((f"adaptive{'max' if is_max else 'avg'}pool{_amount('', size, 0)}",))


def _torch_linear(arguments: Arguments) -> Read:
    given, made = arguments.number("in_features"), arguments.number("out_features")
    return Read((f"linear {given}>{made}" + ("" if arguments.truth("bias", True) else " nobias"),))


def _torch_upsample(arguments: Arguments) -> Read:
    arguments.only(size=None)
    scale = arguments.said.get("scale_factor")
    if isinstance(scale, (float, tuple)):
        parts = scale if isinstance(scale, tuple) else (scale,)
        whole = tuple(int(part) if isinstance(part, float) and part == int(part) else part for part in parts)
        arguments.said["scale_factor"] = whole if len(whole) > 1 else whole[0]
    mode = arguments.word("mode", ("nearest", "bilinear"), "nearest")
    return Read(
        (f"upsample{_amount('', arguments.size('scale_factor'), 0)}" + (f" {mode}" if mode != "nearest" else ""),)
    )


def _dropout(arguments: Arguments) -> Read:
    rate = arguments.said.get("rate" if arguments.call.is_keras else "p", 0.5)
    if not isinstance(rate, (int, float)) or not 0 <= rate <= 1:
        raise arguments.refuse("rate" if arguments.call.is_keras else "p")
    return Read((f"dropout {rate:g}",))


def _plain(*rows: str) -> Callable[[Arguments], Read]:
    return lambda arguments: Read(rows)


def _batch_norm(arguments: Arguments) -> Read:
    for argument in ("affine", "center", "scale"):
        arguments.only(**{argument: True})
    return Read(("batchnorm",))


def _torch_pad(arguments: Arguments) -> Read:
    """PyTorch's sides are (left, right, top, bottom); around a layer's input are zeros, or what no maximum is."""
    value = arguments.said.get("value", 0)
    if value not in (0, -inf):
        raise arguments.refuse("value")
    said = arguments.said.get("padding")
    sides = (said,) * 4 if type(said) is int else said
    if not isinstance(sides, tuple) or len(sides) != 4 or not all(type(one) is int and one >= 0 for one in sides):
        raise arguments.refuse("padding")
    left, right, top, bottom = sides
    return Read((), pads=((top, bottom), (left, right)), pads_with=value)


def _keras_sides(arguments: Arguments, argument: str) -> Sides:
    """A number, (rows, columns), or ((top, bottom), (left, right))."""
    arguments.only(data_format="channels_last")
    said = arguments.said.get(argument, 1 if argument == "padding" else 0)
    rows, columns = said if isinstance(said, tuple) and len(said) == 2 else (said, said)
    found = [one if isinstance(one, tuple) else (one, one) for one in (rows, columns)]
    if not all(len(one) == 2 and all(type(side) is int and side >= 0 for side in one) for one in found):
        raise arguments.refuse(argument)
    (top, bottom), (left, right) = found
    return (top, bottom), (left, right)


_TORCH: dict[str, Callable[[Arguments], Read]] = {
    "Conv1d": lambda arguments: _torch_conv(arguments, 1),
    "Conv2d": _torch_conv,
    "ConvTranspose2d": _torch_transposed,
    "MaxPool2d": _torch_pool,
    "AvgPool2d": _torch_pool,
    "AdaptiveAvgPool2d": _torch_adaptive,
    "AdaptiveMaxPool2d": _torch_adaptive,
    "BatchNorm2d": _batch_norm,
    "Linear": _torch_linear,
    "Dropout": _dropout,
    "Dropout2d": _dropout,
    "Flatten": _plain("flatten"),
    "Upsample": _torch_upsample,
    "PixelShuffle": lambda arguments: Read((f"pixelshuffle {arguments.number('upscale_factor')}",)),
    "LogSoftmax": _plain("softmax"),
    "ZeroPad2d": _torch_pad,
    "ConstantPad2d": _torch_pad,
    "Identity": _plain(),
    "Add": _plain("add"),
    "Multiply": _plain("multiply"),
    "Concat": _plain("concat"),
}


def _keras_input(arguments: Arguments, argument: str) -> tuple[int | None, int | None, int | None]:
    """What a Keras shape says of the input, channels last, with or without its batch."""
    shape = arguments.said.get(argument)
    if shape is None:
        return (None, None, None)
    sides = shape[1:] if isinstance(shape, tuple) and len(shape) == 4 else shape
    if not isinstance(sides, tuple) or len(sides) not in (1, 2, 3):
        raise arguments.refuse(argument)
    if not all(side is None or (type(side) is int and side > 0) for side in sides):
        raise arguments.refuse(argument)
    if len(sides) == 1:
        return (sides[0], 1, 1)
    height, width, channels = sides if len(sides) == 3 else (1, *sides)
    return (channels, height, width)


def separable_rows(geometry: str, made: int) -> tuple[str, str]:
    """Return Keras's separable layer with its one bias as lines; the stack's own has one after each stage."""
    return f"depthwise{geometry} nobias", f"pointwise {made}"


def _keras_conv(arguments: Arguments) -> Read:
    name = arguments.name
    length = 1 if name == "Conv1D" else 2
    arguments.only(data_format="channels_last")
    kernel, stride = arguments.size("kernel_size", None, length), arguments.pair("strides", 1, length)
    dilation, bias = arguments.pair("dilation_rate", 1, length), arguments.truth("use_bias", True)
    is_transposed = name == "Conv2DTranspose"
    paddings = ("valid", "same", "causal") if length == 1 else ("valid", "same")
    padding = arguments.word("padding", paddings, "valid")
    shape = _keras_input(arguments, "input_shape")
    given = shape[0]
    groups, multiplier = arguments.number("groups", 1), arguments.number("depth_multiplier", 1)
    is_depthwise = name == "DepthwiseConv2D"
    made = 0 if is_depthwise else arguments.number("filters")
    words = {"Conv2DTranspose": "transposed", "DepthwiseConv2D": "depthwise", "SeparableConv2D": "separable"}
    geometry = f"{_amount('', kernel, 0)}{_amount('s', stride, 1)}"
    geometry += " same_upper" if padding == "same" else ""
    geometry += f" p0:0x{dilation[1] * (kernel[1] - 1)}:0" if padding == "causal" else ""
    geometry += _amount("d", dilation, 1)
    multiplied = f" m{multiplier}" if multiplier > 1 else ""
    row = words.get(name, "conv") + ("" if is_depthwise else f" {f'{given}>' if given else ''}{made}") + geometry
    row += (f" g{groups}" if groups > 1 else "") + multiplied + ("" if bias else " nobias")
    fields: dict[str, Any] = {"bias": bias, "out_channels": made} | ({"in_channels": given} if given else {})
    left_out = activation_left_out(arguments)
    if length == 1:
        arguments.only(groups=1)
        fields |= {"kernel_size": kernel[1], "stride": stride[1], "dilation": dilation[1]}
        fields["padding"] = "same_upper" if padding == "same" else padding
        page = "one_dimensional"
    else:
        fields |= _sizes(kernel=kernel, stride=stride, dilation=dilation)
        fields["padding"] = "same_upper" if padding == "same" else "amount" if is_transposed else "valid"
        page = {"transposed": "transposed", "separable": "separable"}.get(row.split()[0], "standard")
    if is_transposed:
        more = (max(0, stride[0] - kernel[0]), max(0, stride[1] - kernel[1])) if padding == "valid" else (0, 0)
        if arguments.said.get("output_padding") is not None:
            if padding == "same":
                raise arguments.refuse("output_padding")
            more = arguments.pair("output_padding")
        row = row.replace(" nobias", "") + _amount("o", more, 0) + ("" if bias else " nobias")
        fields |= _sizes(output_padding=more)
    if is_depthwise:
        channels = given or 2
        fields |= {"in_channels": channels, "groups": channels, "out_channels": channels * multiplier}
        page = "grouped"
        if not given:
            left_out.append(NO_CHANNELS.format(taken=2))
    elif groups > 1:
        page = "grouped"
        fields |= {"groups": groups, "in_channels": given or groups}
    rows = [row]
    if name == "SeparableConv2D":
        fields["depth_multiplier"] = multiplier
        if bias:
            rows = [*separable_rows(geometry + multiplied, made)]
            left_out.append("Keras's layer has one bias, after both stages; here each stage has one.")
    if not given and page not in ("grouped",):
        left_out.append(NO_CHANNELS.format(taken=1))
    return Read((*rows, *keras_activation(arguments)), page, fields, tuple(left_out), (), shape)


def _keras_pool(arguments: Arguments) -> Read:
    arguments.only(data_format="channels_last")
    kernel = arguments.size("pool_size", 2)
    stride = kernel if arguments.said.get("strides") is None else arguments.pair("strides")
    padding = arguments.word("padding", ("valid", "same"), "valid")
    is_max = arguments.name == "MaxPooling2D"
    row = f"{'max' if is_max else 'avg'}pool{_amount('', kernel, 0)}"
    row += ("" if stride == kernel else _amount("s", stride, 0)) + (" same_upper" if padding == "same" else "")
    fields = {
        "kind": "max" if is_max else "average",
        "padding": "same_upper" if padding == "same" else "amount",
        "count_include_pad": False,
        **_sizes(kernel=kernel, stride=stride),
    }
    return Read((row,), "pooling", fields, inputs=_keras_input(arguments, "input_shape"))


def _keras_adaptive(arguments: Arguments) -> Read:
    arguments.only(data_format="channels_last")
    kind = "max" if arguments.name == "AdaptiveMaxPooling2D" else "avg"
    return Read((f"adaptive{kind}pool{_amount('', arguments.size('output_size'), 0)}",))


def _keras_dense(arguments: Arguments) -> Read:
    row = f"linear {arguments.number('units')}" + ("" if arguments.truth("use_bias", True) else " nobias")
    return Read((row, *keras_activation(arguments)), inputs=_keras_input(arguments, "input_shape"))


def _keras_relu(arguments: Arguments) -> Read:
    arguments.only(negative_slope=0, threshold=0)
    most = arguments.said.get("max_value")
    if most not in (None, 6):
        raise arguments.refuse("max_value")
    return Read(("relu6" if most else "relu",))


def _keras_upsampling(arguments: Arguments) -> Read:
    arguments.only(data_format="channels_last")
    mode = arguments.word("interpolation", ("nearest", "bilinear"), "nearest")
    return Read((f"upsample{_amount('', arguments.size('size', 2), 0)}" + (f" {mode}" if mode != "nearest" else ""),))


def _keras_start(arguments: Arguments) -> Read:
    named = [argument for argument in ("shape", "input_shape", "batch_shape") if argument in arguments.said]
    if not named:
        raise arguments.refuse("shape", PastedCode.ARGUMENT_MISSING)
    return Read((), inputs=_keras_input(arguments, named[0]))


_KERAS: dict[str, Callable[[Arguments], Read]] = {
    **dict.fromkeys(("Conv1D", "Conv2D", "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv2D"), _keras_conv),
    "MaxPooling2D": _keras_pool,
    "AveragePooling2D": _keras_pool,
    "GlobalAveragePooling2D": _plain("globalpool"),
    "ZeroPadding2D": lambda arguments: Read((), pads=_keras_sides(arguments, "padding")),
    "Cropping2D": lambda arguments: Read((), crops=_keras_sides(arguments, "cropping")),
    "AdaptiveAveragePooling2D": _keras_adaptive,
    "AdaptiveMaxPooling2D": _keras_adaptive,
    "BatchNormalization": _batch_norm,
    "Dense": _keras_dense,
    "Dropout": _dropout,
    "SpatialDropout2D": _dropout,
    "Flatten": _plain("flatten"),
    "UpSampling2D": _keras_upsampling,
    "Activation": lambda arguments: Read(keras_activation(arguments)),
    "ReLU": _keras_relu,
    "LeakyReLU": _plain("leakyrelu"),
    "ELU": _plain("elu"),
    "Softmax": _plain("softmax"),
    "Input": _keras_start,
    "InputLayer": _keras_start,
}


def as_stack(calls: list[Call]) -> PastedLayer | PastedStack:
    """Return layers in their order as a stack, and one that has a page as that page's layer."""
    calls = _with_shape(calls)
    volume = next((call for call in calls if call.name in VOLUMES), None)
    if volume:
        if sum(call.times for call in calls if is_counted(call)) > 1:
            raise refusal(PastedCode.NOT_ALONE, volume.line, volume.name)
        return read_volume(volume)
    calls, read = folded(calls, [read_call(call) for call in calls])
    rows = [row for call, one in zip(calls, read, strict=True) for row in _written(call, one.rows)]
    if not rows:
        raise refusal(PastedCode.PASTED_EMPTY, 1)
    known = next((one.inputs for one in read if one.inputs != (None, None, None)), (None, None, None))
    channels, height, width = known
    inputs = (channels, height, width) if channels and height and width else None
    layers = [one for one in read if one.rows]
    if len(layers) == 1 and layers[0].page and sum(call.times for call in calls if is_counted(call)) == 1:
        [layer] = layers
        sides = {name: side for name, side in zip(("height", "width"), known[1:], strict=True) if side}
        if layer.page == "one_dimensional":
            sides = {"length": width} if width else {}
        stack = PastedStack(tuple(rows), inputs, channels, layer.left_out_of_stack)
        return PastedLayer(layer.page, layer.fields | sides, stack, layer.left_out)
    left_out = tuple(note for one in read for note in one.left_out_of_stack)
    return PastedStack(tuple(rows), inputs, channels, left_out)


def _written(call: Call, rows: tuple[str, ...]) -> list[str]:
    """The lines of a call, with what they read and the name of what they make, where layers branch."""
    written = [row + f" x{call.times}" * (call.times > 1) for row in rows]
    if written:
        written[0] = " ".join([written[0], *call.beside, *(("from", call.source) if call.source else ())])
        written[-1] = f"{call.called} = {written[-1]}" if call.called else written[-1]
    return written


def _with_shape(calls: list[Call]) -> list[Call]:
    """The layers, the first of which is told the shape that Keras gives in a line of its own."""
    if len(calls) < 2 or is_counted(calls[0]) or not calls[1].is_keras:
        return calls
    said = bound(calls[0])[1]
    shape = next((said[name] for name in ("shape", "input_shape", "batch_shape") if name in said), None)
    first = replace(calls[1], keywords={"input_shape": shape} | calls[1].keywords)
    return [calls[0], first, *calls[2:]]


def is_counted(call: Call) -> bool:
    """Return whether a call is a layer, and not what the network begins with."""
    return call.name not in ("Input", "InputLayer", "Identity")
