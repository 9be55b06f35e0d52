"""The one error the engine raises: what is wrong as data, and the catalogue of sentences that say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any

from engine.messages import MessageCode, Templates, fill
from engine.space_templates import OF_SEQUENCES, OF_VOLUMES


@dataclass(frozen=True)
class Change:
    """An argument and the value that would do; of numbers for each direction, `axis` is which of them it is for.

    For an array the value is its shape.
    """

    parameter: str
    value: Any
    axis: int | None = None


@dataclass(frozen=True)
class Choice:
    """One way out of an error: what to change; `code`, `variant` and `places` word it in a list of several."""

    changes: tuple[Change, ...]
    code: "ChoiceCode | None" = None
    variant: str = ""
    places: Mapping[str, Any] = field(default_factory=dict)


def use(parameter: str, value: Any) -> tuple[Choice]:
    """Return the one way out that is to give a parameter this value.

    >>> use("stride", 1)[0].changes[0].value
    1
    """
    return (Choice((Change(parameter, value),)),)


class LayerError(ValueError):
    """An impossible layer, or an array that does not belong to it.

    - `code` and `variant` say which sentence it is: their `key` has a template in the catalogue of the code;
    - `parameter` is the argument at fault under its own name, `value` what the caller gave (of an array, its shape);
    - `choices` are the ways out, each with the nearest values that would do, the most natural one first;
    - `places` are all named places of the template.

    `str(error)` is the sentence in English; `sentence` is that of another catalogue.

    >>> nearest = Choice((Change("stride", 1),))
    >>> str(LayerError(LayerCode.NOT_WHOLE, "stride", 0, choices=(nearest,), least=1))
    'stride is 0, but it must be a whole number of at least 1: use 1.'
    """

    def __init__(
        self,
        code: MessageCode,
        parameter: str,
        value: Any,
        *variant: str,
        choices: tuple[Choice, ...] = (),
        templates: Templates | None = None,
        **places: Any,
    ) -> None:
        """Keep what is wrong; `templates`, where given, have sentences that go before the catalogue's own."""
        super().__init__(code, parameter, value, *variant)
        self.code = code
        self.parameter = parameter
        self.value = value
        self.variant = variant
        self.choices = choices
        self.templates = templates or {}
        self._more = places
        self._said: Mapping[str, Any] = {}  # what is said in some places instead

    @property
    def key(self) -> str:
        """The key of its sentence in a catalogue: the code and the variants."""
        return ".".join((self.code, *filter(None, self.variant)))

    @property
    def places(self) -> dict[str, Any]:
        """Every named place of its sentence; `nearest` is the first value of the first choice."""
        nearest = {"nearest": self.choices[0].changes[0].value} if self.choices else {}
        return {"parameter": self.parameter, "value": self.value, **nearest, **self._more, **self._said}

    def sentence(self, templates: Templates | None = None) -> str:
        """Return the sentence in the words of a catalogue; of one that lacks it, and without any, in English."""
        known = {**TEMPLATES, **self.code.templates, **self.templates, **(templates or {})}
        worded = [
            fill(known[".".join(filter(None, (one.code, one.variant)))], one.places)
            for one in self.choices
            if one.code is not None
        ]
        return fill(known[self.key], self.places | {"choices": _either(worded)})

    def reworded(self, templates: Templates, places: Mapping[str, Any] | None = None) -> "LayerError":
        """Return the same error with sentences, and places of them, that go before its own."""
        other = LayerError(
            self.code, self.parameter, self.value, *self.variant,
            choices=self.choices, templates={**self.templates, **templates}, **self._more,
        )  # fmt: skip
        other._said = {**self._said, **(places or {})}
        return other

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.sentence()


def _either(choices: list[str]) -> str:
    """Return "a", "a, or b", "a, b, or c"."""
    *others, last = choices or [""]
    return f"{', '.join(others)}, or {last}" if others else last


class LayerCode(MessageCode):
    """What can be wrong with a layer, its input or its arrays."""

    NOT_WHOLE = auto()
    NOT_WHOLE_OR_PAIR = auto()
    NOT_A_PADDING = auto()
    NOT_A_NAME = auto()
    GROUPS_DO_NOT_DIVIDE = auto()
    SAME_WITH_STRIDE = auto()
    SAME_WITH_OUTPUT_PADDING = auto()
    OUTPUT_PADDING_TOO_LARGE = auto()
    OUTPUT_SIZE_OUT_OF_REACH = auto()
    POOLING_PADDING_TOO_LARGE = auto()
    POOLING_SIDE_TOO_LARGE = auto()
    MODE_CANNOT_FILL = auto()
    MODE_TAKES_NO_VALUE = auto()
    NOT_FINITE = auto()
    KERNEL_TOO_LARGE = auto()
    WINDOW_TOO_LARGE = auto()
    NO_OUTPUT_LEFT = auto()
    CHANNELS_OF_INPUT = auto()
    CHANNEL_AXIS_MISSING = auto()
    BATCH_AXIS = auto()
    NOT_THREE_AXES = auto()
    RAGGED = auto()
    NOT_REAL = auto()
    WEIGHT_MISSING = auto()
    WEIGHT_SHAPE = auto()
    BIAS_MISSING = auto()
    BIAS_NOT_TAKEN = auto()
    BIAS_SHAPE = auto()
    GRADIENT_SHAPE = auto()
    NOT_TWO_ARRAYS = auto()
    POOLING_TAKES_NONE = auto()
    IN_FEATURES = auto()
    CHANNELS_BEFORE = auto()
    DEPTHWISE_CHANNELS = auto()
    SHUFFLED_CHANNELS = auto()
    UNPOOLED_SHAPE = auto()
    SHAPES_TO_ADD = auto()
    SHAPES_TO_MULTIPLY = auto()
    SIZES_TO_CONCAT = auto()


class ChoiceCode(StrEnum):
    """The ways out that a sentence may offer beside each other."""

    KERNEL = auto()
    DILATION = auto()
    OUTPUT_PADDING_AT_MOST = auto()
    STRIDE_AT_LEAST = auto()
    DILATION_AT_LEAST = auto()
    PADDING_AT_LEAST = auto()
    PADDINGS_TOGETHER = auto()
    PADDING_AT_MOST = auto()
    INPUT = auto()
    REPLICATE = auto()


TEMPLATES: Templates = {
    "not_whole": "{parameter} is {value:code}, but it must be a whole number of at least {least}: use {nearest}.",
    "not_whole_or_pair": (
        "{parameter} is {value:code}, but it must be a whole number of at least {least}, "
        "or a pair of them (rows, columns): use {nearest}."
    ),
    "not_a_padding": (
        "{parameter} is {value:code}, but it must be a whole number of at least 0, a pair of them (rows, columns), "
        "pairs ((top, bottom), (left, right)), or one of {names:names}: use {nearest}."
    ),
    "not_a_name": "{parameter} is {value:code}, but it must be one of {names:names}: use {nearest:code}.",
    "groups_do_not_divide": (
        "{parameter} is {value}, but it must divide {divided}, which is {channels}: use {nearest:or}."
    ),
    "same_with_stride": (
        "{parameter} is {value:code} and stride is {stride}, but in PyTorch padding='same' is not supported for "
        "strided convolutions, as the output could not keep its size: use stride=1, padding='same_upper' (TensorFlow's "
        "SAME), or padding={padding} (often its shape, with other numbers)."
    ),
    "same_with_output_padding": (
        "{parameter} is {value}, but padding={padding:code} makes the output size * stride, so that there is nothing "
        "to add: use {nearest}."
    ),
    "output_padding_too_large.rows": (
        "{parameter} is {value}, but for its rows it must be less than the larger of the stride, {stride}, and the "
        "dilation, {dilation}: use {choices}."
    ),
    "output_padding_too_large.columns": (
        "{parameter} is {value}, but for its columns it must be less than the larger of the stride, {stride}, and the "
        "dilation, {dilation}: use {choices}."
    ),
    "output_size_out_of_reach.rows": (
        "{parameter} is {value:row|rows}, but this layer makes {least} to {most} of {length:row|rows}, by its "
        "output_padding: use {nearest}."
    ),
    "output_size_out_of_reach.rows.fixed": (
        "{parameter} is {value:row|rows}, but this layer makes {nearest} of {length:row|rows}, and no "
        "output_padding makes more: use {nearest}."
    ),
    "output_size_out_of_reach.columns": (
        "{parameter} is {value:column|columns}, but this layer makes {least} to {most} of {length:column|columns}, by "
        "its output_padding: use {nearest}."
    ),
    "output_size_out_of_reach.columns.fixed": (
        "{parameter} is {value:column|columns}, but this layer makes {nearest} of {length:column|columns}, and no "
        "output_padding makes more: use {nearest}."
    ),
    "pooling_padding_too_large.rows": (
        "{parameter} is {value}, but a pooling layer's must be at most half of its kernel, "
        "for its rows at most {most}: use {nearest}."
    ),
    "pooling_padding_too_large.columns": (
        "{parameter} is {value}, but a pooling layer's must be at most half of its kernel, "
        "for its columns at most {most}: use {nearest}."
    ),
    "pooling_side_too_large.top": (
        "{parameter} is {value:row|rows} at the top, but a window of {kernel:row|rows} would then lie on padding "
        "alone: use at most {most}."
    ),
    "pooling_side_too_large.bottom": (
        "{parameter} is {value:row|rows} at the bottom, but a window of {kernel:row|rows} would then lie on padding "
        "alone: use at most {most}."
    ),
    "pooling_side_too_large.left": (
        "{parameter} is {value:column|columns} at the left, but a window of {kernel:column|columns} would then lie on "
        "padding alone: use at most {most}."
    ),
    "pooling_side_too_large.right": (
        "{parameter} is {value:column|columns} at the right, but a window of {kernel:column|columns} would then lie on "
        "padding alone: use at most {most}."
    ),
    "mode_takes_no_value": (
        "{parameter} is {value:g}, but with padding_mode {mode:code} the padding holds something else: "
        "use padding_mode='constant', or a {parameter} of 0."
    ),
    "not_finite": "{parameter} is {value}, but it must be a finite number: use {nearest}.",
    "mode_cannot_fill.reflect.top": (
        "{parameter} is {value:row|rows} at the top, but reflect padding mirrors the input without repeating its edge, "
        "and an input of {length:row|rows} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.reflect.bottom": (
        "{parameter} is {value:row|rows} at the bottom, but reflect padding mirrors the input without repeating its "
        "edge, and an input of {length:row|rows} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.reflect.left": (
        "{parameter} is {value:column|columns} at the left, but reflect padding mirrors the input without repeating "
        "its edge, and an input of {length:column|columns} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.reflect.right": (
        "{parameter} is {value:column|columns} at the right, but reflect padding mirrors the input without repeating "
        "its edge, and an input of {length:column|columns} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.top": (
        "{parameter} is {value:row|rows} at the top, but circular padding goes round the input once, "
        "and an input of {length:row|rows} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.bottom": (
        "{parameter} is {value:row|rows} at the bottom, but circular padding goes round the input once, "
        "and an input of {length:row|rows} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.left": (
        "{parameter} is {value:column|columns} at the left, but circular padding goes round the input once, "
        "and an input of {length:column|columns} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.right": (
        "{parameter} is {value:column|columns} at the right, but circular padding goes round the input once, "
        "and an input of {length:column|columns} has at most {most} to give: use {choices}."
    ),
    "kernel_too_large.rows": (
        "{parameter} is {value:row|rows}, but the padded input has only {padded:row|rows}: use {choices}."
    ),
    "kernel_too_large.rows.dilated": (
        "{parameter} is {value:row|rows}, spread over {extent} by dilation {dilation}, "
        "but the padded input has only {padded:row|rows}: use {choices}."
    ),
    "kernel_too_large.columns": (
        "{parameter} is {value:column|columns}, but the padded input has only {padded:column|columns}: use {choices}."
    ),
    "kernel_too_large.columns.dilated": (
        "{parameter} is {value:column|columns}, spread over {extent} by dilation {dilation}, "
        "but the padded input has only {padded:column|columns}: use {choices}."
    ),
    "window_too_large.rows": (
        "{parameter} is {value:row|rows}, but the padded input has only {padded:row|rows}: use {choices}."
    ),
    "window_too_large.rows.dilated": (
        "{parameter} is {value:row|rows}, spread over {extent} by dilation {dilation}, "
        "but the padded input has only {padded:row|rows}: use {choices}."
    ),
    "window_too_large.rows.ceil": (
        "{parameter} is {value:row|rows}, but the padded input has only {padded:row|rows}, "
        "and {ceil_mode} lets a window stand out by at most {overhang}: use {choices}."
    ),
    "window_too_large.rows.dilated.ceil": (
        "{parameter} is {value:row|rows}, spread over {extent} by dilation {dilation}, but the padded input has only "
        "{padded:row|rows}, and {ceil_mode} lets a window stand out by at most {overhang}: use {choices}."
    ),
    "window_too_large.columns": (
        "{parameter} is {value:column|columns}, but the padded input has only {padded:column|columns}: use {choices}."
    ),
    "window_too_large.columns.dilated": (
        "{parameter} is {value:column|columns}, spread over {extent} by dilation {dilation}, "
        "but the padded input has only {padded:column|columns}: use {choices}."
    ),
    "window_too_large.columns.ceil": (
        "{parameter} is {value:column|columns}, but the padded input has only {padded:column|columns}, "
        "and {ceil_mode} lets a window stand out by at most {overhang}: use {choices}."
    ),
    "window_too_large.columns.dilated.ceil": (
        "{parameter} is {value:column|columns}, spread over {extent} by dilation {dilation}, but the padded input has "
        "only {padded:column|columns}, and {ceil_mode} lets a window stand out by at most {overhang}: use {choices}."
    ),
    "no_output_left.rows": (
        "{parameter} is {value:row|rows} at the top and the bottom, but a transposed layer crops its padding off the "
        "output, which has only {uncropped:row|rows}: use a padding of at most {nearest}."
    ),
    "no_output_left.columns": (
        "{parameter} is {value:column|columns} at the left and the right, but a transposed layer crops its padding off "
        "the output, which has only {uncropped:column|columns}: use a padding of at most {nearest}."
    ),
    "no_output_left.rows.sides": (
        "{parameter} is {value:row|rows} at the top and {after} at the bottom, but a transposed layer crops its "
        "padding off the output, which has only {uncropped:row|rows}: use paddings that add up to at most {most}."
    ),
    "no_output_left.columns.sides": (
        "{parameter} is {value:column|columns} at the left and {after} at the right, but a transposed layer crops its "
        "padding off the output, which has only {uncropped:column|columns}: use paddings that add up to at most {most}."
    ),
    "channels_of_input": (
        "{parameter} is of shape {value}, but its channels must be the layer's in_channels, which is {channels}: "
        "use an x of shape {nearest}."
    ),
    "channel_axis_missing": (
        "{parameter} is of shape {value}, but the layer reads (channels, height, width): "
        "the channel axis is missing, use x[None] of shape {nearest}."
    ),
    "batch_axis": (
        "{parameter} is of shape {value}, but the layer reads (channels, height, width): "
        "the batch axis is one too many, use x[0] of shape {nearest}."
    ),
    "not_three_axes": (
        "{parameter} is of shape {value}, but the layer reads (channels, height, width): "
        "use an array with these three axes."
    ),
    "ragged": (
        "{parameter} is ragged, but its rows must all be of one length: use an array, or lists of equal length."
    ),
    "not_real": "{parameter} is of dtype {value}, but the engine multiplies real numbers: use an array of float64.",
    "weight_missing": "{parameter} is None, but the layer multiplies by one: give an array of shape {nearest}.",
    "weight_shape": "{parameter} is of shape {value}, but the layer's is {axes}: use an array of shape {nearest}.",
    "bias_missing": (
        "{parameter} is None, but the layer adds one: "
        "give an array of shape {nearest}, or make the layer with bias=False."
    ),
    "bias_not_taken": (
        "{parameter} is of shape {value}, but the layer adds none: leave it out, or make the layer with bias=True."
    ),
    "bias_shape": (
        "{parameter} is of shape {value}, but the layer adds one number to each output channel: "
        "use an array of shape {nearest}."
    ),
    "gradient_shape": (
        "{parameter} is of shape {value}, but each number of the layer's output has one gradient: "
        "use an array of shape {nearest}."
    ),
    "not_two_arrays": (
        "{parameter} is a {value}, but a separable layer takes two, the depthwise layer's and the pointwise layer's: "
        "use a tuple of two arrays."
    ),
    "not_two_arrays.counted": (
        "{parameter} is a {value} of {count}, but a separable layer takes two, the depthwise layer's and the pointwise "
        "layer's: use a tuple of two arrays."
    ),
    "pooling_takes_none": "{parameter} is of shape {value}, but a pooling layer has none: leave it out.",
    "in_features": (
        "{parameter} is {value:,}, but the {channels:,}×{height:,}×{width:,} values before it are {nearest:,} "
        "when they are flattened: use {nearest:,}."
    ),
    "channels_before": (
        "{parameter} is {value:,}, but what comes before it has {nearest:,channel|channels}: use {nearest:,}."
    ),
    "depthwise_channels": (
        "{parameter} is {value}, but a depthwise layer makes {multiplier} of each of its {in_channels} input channels, "
        "which is {nearest}: use {parameter} {nearest}."
    ),
    "depthwise_channels.multiplied": (
        "{parameter} is {value}, but a depthwise layer makes {multiplier} of each of its {in_channels} input channels, "
        "which is {nearest}: use {parameter} {nearest}, or {beside} {other}."
    ),
    "shuffled_channels": (
        "{parameter} is {value}, but a pixel shuffle makes one channel of {square}, and {channels:,} cannot be divided "
        "by that: use an input of a multiple of {square} channels."
    ),
    "unpooled_shape": (
        "{parameter} is of shape {value}, but the pooling that is undone made {nearest}: use an input of that shape."
    ),
    "shapes_to_add": (
        "{parameter} is of shape {value}, but what is added to it is of shape {other}: use outputs of one shape."
    ),
    "shapes_to_multiply": (
        "{parameter} is of shape {value}, but what it is multiplied by is of shape {other}: use one of the same shape, "
        "or one of shape ({channels}, 1, 1)."
    ),
    "sizes_to_concat": (
        "{parameter} is of shape {value}, but what is put beside it is of shape {other}: use outputs of one height and "
        "width."
    ),
    # The ways out that stand in {choices}.
    "kernel.rows": "a kernel of at most {most:row|rows}",
    "kernel.columns": "a kernel of at most {most:column|columns}",
    "dilation": "a dilation of at most {most}",
    "output_padding_at_most": "an output_padding of at most {most}",
    "stride_at_least": "a stride of at least {least}",
    "dilation_at_least": "a dilation of at least {least}",
    "padding_at_least": "a padding of at least {least}",
    "paddings_together": "paddings that add up to at least {least}",
    "padding_at_most": "a padding of at most {most}",
    "input.rows": "an input of at least {least:row|rows}",
    "input.columns": "an input of at least {least:column|columns}",
    "replicate": "padding_mode='replicate'",
    **OF_SEQUENCES,
    **OF_VOLUMES,
}
"""The English catalogue: a template for each code and variant."""
