"""A convolution over a volume, of PyTorch or Keras, as the fields of the page that shows it: a stack has no volumes."""

from typing import Any

from sharing.pasted.arguments import NO_CHANNELS, PADDING_MODES, Arguments, activation_left_out
from sharing.pasted.calls import Call
from sharing.pasted.results import PastedLayer

_PAGE = "three_dimensional"
_DIRECTIONS = ("depth", "height", "width")


def read_volume(call: Call) -> PastedLayer:
    """Return the layer with its fields; LayerError, with the line, where an argument is nothing that the page has.

    >>> read_volume(Call("Conv3d", 1, (1, 2, (1, 3, 3)))).fields["kernel_depth"]
    1
    """
    arguments = Arguments(call)
    arguments.only(groups=1)
    return _keras_volume(arguments) if call.is_keras else _torch_volume(arguments)


def _sizes(**numbers: tuple[int, ...]) -> dict[str, int]:
    return {f"{name}_{way}": one for name, each in numbers.items() for way, one in zip(_DIRECTIONS, each, strict=True)}


def _torch_volume(arguments: Arguments) -> PastedLayer:
    fields: dict[str, Any] = {
        "in_channels": arguments.number("in_channels"),
        "out_channels": arguments.number("out_channels"),
        "bias": arguments.truth("bias", True),
        "padding_mode": arguments.word("padding_mode", PADDING_MODES, "zeros"),
    }
    fields |= _sizes(
        kernel=arguments.numbers("kernel_size", 3),
        stride=arguments.numbers("stride", 3, 1),
        dilation=arguments.numbers("dilation", 3, 1),
    )
    if isinstance(arguments.said.get("padding"), str):
        fields["padding"] = arguments.word("padding", ("same", "valid"), "valid")
    else:
        fields |= {"padding": "amount", **_sizes(padding=arguments.numbers("padding", 3, 0))}
    return PastedLayer(_PAGE, fields, None)


def _keras_volume(arguments: Arguments) -> PastedLayer:
    arguments.only(data_format="channels_last")
    padding = arguments.word("padding", ("valid", "same"), "valid")
    fields: dict[str, Any] = {
        "out_channels": arguments.number("filters"),
        "bias": arguments.truth("use_bias", True),
        "padding": "same_upper" if padding == "same" else padding,
    }
    fields |= _sizes(
        kernel=arguments.numbers("kernel_size", 3),
        stride=arguments.numbers("strides", 3, 1),
        dilation=arguments.numbers("dilation_rate", 3, 1),
    )
    shape = _keras_input(arguments)
    left_out = activation_left_out(arguments)
    if shape.get("in_channels") is None:
        left_out.append(NO_CHANNELS.format(taken=1))
    return PastedLayer(_PAGE, fields | shape, None, tuple(left_out))


def _keras_input(arguments: Arguments) -> dict[str, int]:
    """The fields of a Keras shape, (depth, height, width, channels) with or without its batch."""
    shape = arguments.said.get("input_shape")
    if shape is None:
        return {}
    sides = shape[1:] if isinstance(shape, tuple) and len(shape) == 5 else shape
    if not isinstance(sides, tuple) or len(sides) != 4:
        raise arguments.refuse("input_shape")
    if not all(side is None or (type(side) is int and side > 0) for side in sides):
        raise arguments.refuse("input_shape")
    named = zip((*_DIRECTIONS, "in_channels"), sides, strict=True)
    return {name: side for name, side in named if side is not None}
