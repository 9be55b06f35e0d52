"""A stack of layers as a person types it: a layer a line, in words and numbers, such as "conv 16 3 s2 p1"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any

from engine import AvgPool2d, Conv2d, ConvTranspose2d, LayerError, MaxPool2d, SeparableConv2d, use
from engine.modules import BatchNorm2d, GlobalAvgPool2d, Linear, ReLU, Shape
from engine.stack import Applied, StackLayer, apply
from sharing.errors import StackCode
from sharing.shown import shown
from sharing.stack_limits import MOST_LAYERS, check_numbers, check_outcome, check_repeats, check_spread

LETTERS = {
    "s": "stride",
    "p": "padding",
    "d": "dilation",
    "g": "groups",
    "m": "depth_multiplier",
    "o": "output_padding",
}
"""What a number means that has a letter before it."""

_DIGITS = r"(\d{1,12})"  # more are no number of anything here, and Python reads only so many
_NUMBER = re.compile(rf"{_DIGITS}(?:x{_DIGITS})?")
_OPTION = re.compile(rf"([a-z]){_DIGITS}(?:x{_DIGITS})?")
_SIDES = re.compile(rf"p{_DIGITS}:{_DIGITS}(?:x{_DIGITS}:{_DIGITS})?")
_FROM_TO = re.compile(rf"{_DIGITS}>{_DIGITS}")
_TIMES = re.compile(rf"[x×]{_DIGITS}")

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """How a kind of layer is written: its leading numbers, its option letters and words, an example, and its maker."""

    numbers: tuple[str, ...]
    letters: str
    words: tuple[str, ...]
    example: str
    make: Callable[[int, Arguments], StackLayer]


@dataclass(frozen=True)
class StackRow:
    """One layer of a stack: the line it was typed in, counted from 1, and what became of it.

    A layer that cannot be has its `error`; those after it have neither.
    """

    line: int
    text: str
    applied: Applied | None
    error: LayerError | None = None

    @property
    def problem(self) -> str:
        """Why the layer cannot be, in a sentence; "" where it can, or where one before it cannot."""
        return "" if self.error is None else str(self.error)


def _depthwise(channels: int, arguments: Arguments) -> StackLayer:
    made = channels * arguments.pop("depth_multiplier", 1)
    return Conv2d(channels, made, groups=channels, **arguments)


def _linear(features: int, arguments: Arguments) -> StackLayer:
    return Linear(arguments.pop("in_channels", features), arguments.pop("out_channels"), **arguments)


def _with_channels(make: Callable[..., StackLayer]) -> Callable[[int, Arguments], StackLayer]:
    return lambda channels, arguments: make(**{"in_channels": channels} | arguments)


_SAME = ("same_upper", "same_lower")
_PADDINGS = ("same", *_SAME, "valid", "full")
FORMS = {
    "conv": Form(
        ("out_channels", "kernel_size"), "spdg", (*_PADDINGS, "nobias"), "conv 16 3 s2 p1", _with_channels(Conv2d)
    ),
    "depthwise": Form(("kernel_size",), "spdm", (*_PADDINGS, "nobias"), "depthwise 3 p1", _depthwise),
    "pointwise": Form(
        ("out_channels",), "s", ("nobias",), "pointwise 64",
        _with_channels(partial(Conv2d, kernel_size=1)),
    ),
    "separable": Form(
        ("out_channels", "kernel_size"), "spdm", (*_PADDINGS, "nobias"), "separable 64 3 p1",
        _with_channels(SeparableConv2d),
    ),
    "transposed": Form(
        ("out_channels", "kernel_size"), "spdgo", (*_SAME, "nobias"), "transposed 16 4 s2 p1",
        _with_channels(ConvTranspose2d),
    ),
    "maxpool": Form(
        ("kernel_size",), "spd", (*_SAME, "ceil"), "maxpool 2", lambda channels, arguments: MaxPool2d(**arguments)
    ),
    "avgpool": Form(
        ("kernel_size",), "sp", (*_SAME, "ceil"), "avgpool 2", lambda channels, arguments: AvgPool2d(**arguments)
    ),
    "globalpool": Form((), "", (), "globalpool", lambda channels, arguments: GlobalAvgPool2d()),
    "batchnorm": Form((), "", (), "batchnorm", lambda channels, arguments: BatchNorm2d(channels)),
    "relu": Form((), "", (), "relu", lambda channels, arguments: ReLU()),
    "linear": Form(("out_channels",), "", ("nobias",), "linear 10", _linear),
}  # fmt: skip
"""Every kind of layer that can be typed, by its name."""

LONGEST_LINE = 120
"""Characters of a line: more are no layer, and would be slow to find a name for."""

_ALIKE = 0.75  # as difflib measures it: "cnov" is "conv" with two letters swapped; "unpool" is not "maxpool"
_PLAIN = re.compile(r"^(nn|torch\.nn|layers|keras\.layers)\.|[^a-z0-9]")  # what of a name is left out
_OTHER_NAMES = {
    "conv2d": "conv",
    "convolution": "conv",
    "convolution2d": "conv",
    "depthwiseconv2d": "depthwise",
    "conv1x1": "pointwise",
    "1x1": "pointwise",
    "separableconv2d": "separable",
    "convtranspose2d": "transposed",
    "conv2dtranspose": "transposed",
    "convtranspose": "transposed",
    "deconv": "transposed",
    "deconvolution": "transposed",
    "maxpool2d": "maxpool",
    "maxpooling2d": "maxpool",
    "avgpool2d": "avgpool",
    "averagepooling2d": "avgpool",
    "globalavgpool2d": "globalpool",
    "globalaveragepooling2d": "globalpool",
    "gap": "globalpool",
    "batchnorm2d": "batchnorm",
    "batchnormalization": "batchnorm",
    "bn": "batchnorm",
    "dense": "linear",
    "fc": "linear",
    "fullyconnected": "linear",
}
"""What the layers here are called elsewhere (PyTorch, Keras, papers), without dots, dashes and capitals."""


def split(text: str) -> list[str]:
    """Return the layers of a text, parted by lines or by semicolons; empty ones are left out.

    >>> split("conv 16 3 p1; relu\\n\\nmaxpool 2")
    ['conv 16 3 p1', 'relu', 'maxpool 2']
    """
    return [line for line in (part.strip() for part in re.split(r"[;\n]", text)) if line]


def join(lines: list[str]) -> str:
    """Write layers as one line, as a link has them."""
    return "; ".join(lines)


def read_layer(text: str, inputs: Shape) -> StackLayer:
    """Read one layer, for an input of (channels, height, width); LayerError where it cannot be read or cannot be.

    >>> read_layer("conv 16 3 s2 p1", (3, 32, 32)).weight_shape
    (16, 3, 3, 3)
    """
    if len(text) > LONGEST_LINE:
        raise LayerError(StackCode.LINE_TOO_LONG, "layer", shown(text), length=len(text), most=LONGEST_LINE)
    name, *words = text.lower().split()
    form = _form(name)
    arguments: Arguments = {}
    said: dict[str, str] = {}
    missing = list(form.numbers)
    for word in words:
        found = _read_word(word, form, missing)
        if not found:
            raise LayerError(StackCode.WORD_UNKNOWN, "layer", text, word=word, example=form.example)
        for argument in found:
            if argument in said:
                raise _set_twice(text, argument, said[argument], word)
            said[argument] = word
        arguments |= found
    if missing:
        raise LayerError(StackCode.NUMBER_MISSING, "layer", text, missing=missing[0], example=form.example)
    check_numbers(arguments)
    channels, height, width = inputs
    return form.make(channels * height * width if name == "linear" else channels, arguments)


def _form(name: str) -> Form:
    """The form of a layer's name; LayerError, with the name of the same layer here where there is one."""
    if name in FORMS:
        return FORMS[name]
    alike = get_close_matches(name, FORMS, n=1, cutoff=_ALIKE)
    meant = _OTHER_NAMES.get(_PLAIN.sub("", name)) or (alike[0] if alike else None)
    if meant is None:
        raise LayerError(StackCode.LAYER_UNKNOWN, "layer", shown(name), names=tuple(FORMS))
    raise LayerError(StackCode.LAYER_UNKNOWN, "layer", shown(name), "meant", choices=use("layer", meant))


def _read_word(word: str, form: Form, missing: list[str]) -> Arguments:
    """Return what a word says of a layer, nothing where it means nothing; `missing` loses the numbers it gives."""
    if match := _FROM_TO.fullmatch(word):
        if missing[:1] != ["out_channels"]:
            return {}
        missing.pop(0)
        return {"in_channels": int(match[1]), "out_channels": int(match[2])}
    if (match := _NUMBER.fullmatch(word)) and missing:
        return {missing.pop(0): _amount(match[1], match[2])}
    if (match := _OPTION.fullmatch(word)) and match[1] in form.letters:
        return {LETTERS[match[1]]: _amount(match[2], match[3])}
    if (match := _SIDES.fullmatch(word)) and "p" in form.letters:
        rows, columns = (match[1], match[2]), (match[3] or match[1], match[4] or match[2])
        return {"padding": tuple((int(before), int(after)) for before, after in (rows, columns))}
    if word in form.words:
        return {"nobias": {"bias": False}, "ceil": {"ceil_mode": True}}.get(word, {"padding": word})
    return {}


def _amount(down: str, across: str | None) -> int | tuple[int, int]:
    return int(down) if across is None else (int(down), int(across))


def _set_twice(text: str, argument: str, first: str, second: str) -> LayerError:
    return LayerError(StackCode.SET_TWICE, "layer", text, argument=argument, first=first, second=second)


def run_stack(text: str, inputs: Shape) -> tuple[StackRow, ...]:
    """Return every layer of a text on the output of the one before it, from an input of (channels, height, width).

    A line that ends in x3 stands for three such layers.

    >>> [row.applied.outputs for row in run_stack("conv 16 3 p1; maxpool 2 x2", (1, 28, 28))]
    [(16, 28, 28), (16, 14, 14), (16, 7, 7)]
    >>> run_stack("conv 8 5; relu", (1, 4, 4))[0].problem.partition(":")[0]
    'kernel_size is 5 rows, but the padded input has only 4 rows'
    """
    rows: list[StackRow] = []
    shape, is_broken = inputs, False
    last: Applied | None = None
    for number, line in enumerate(split(text)[: MOST_LAYERS + 1], 1):  # the last of them is one too many
        once, repeats = _repeats(line)
        if is_broken:
            rows.append(StackRow(number, line, None))
            continue
        try:
            check_repeats(line, repeats, len(rows))
            for _ in range(repeats):
                last = _next_layer(once, shape, last)
                shape = last.outputs
                rows.append(StackRow(number, once, last))
        except LayerError as error:
            rows.append(StackRow(number, once, None, error))
            is_broken = True
    return tuple(rows)


def _next_layer(text: str, inputs: Shape, last: Applied | None) -> Applied:
    """Return what a layer makes of the output of the one before it; LayerError where it cannot be."""
    layer = read_layer(text, inputs)
    check_spread(layer, last)
    applied = apply(layer, inputs, last)
    check_outcome(text, applied)
    return applied


def _repeats(line: str) -> tuple[str, int]:
    """Return a line without the x3 at its end, and how many layers it stands for."""
    first, _, last = line.rpartition(" ")
    match = _TIMES.fullmatch(last.lower())
    return (first.strip(), int(match[1])) if match and first else (line, 1)
