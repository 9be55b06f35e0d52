"""A stack of layers as a person types it: a layer a line, in words and numbers, such as "conv 16 3 s2 p1".

A layer reads the one before it. One that was given a name, as in "a = relu", can be read further on: by any layer in
place of the one before it ("conv 8 1 from a"), and beside it by those that merge ("add a", "concat a b") and by an
unpooling ("unpool a"). What the stack begins with is called "input".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from engine import AvgPool2d, Conv2d, ConvTranspose2d, LayerError, MaxPool2d, SeparableConv2d, use
from engine.merging import Add, Concat, Multiply
from engine.modules import (
    ACTIVATIONS,
    Activation,
    BatchNorm2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    LayerNorm2d,
    LayerScale,
    Linear,
    ReLU,
    Shape,
)
from engine.resampling import MODES, AdaptiveAvgPool2d, AdaptiveMaxPool2d, MaxUnpool2d, PixelShuffle, Upsample
from engine.stack import Applied, StackLayer, apply, entrance
from sharing.errors import StackCode
from sharing.shown import shown
from sharing.stack_limits import MOST_LAYERS, check_numbers, check_outcome, check_repeats, check_spread
from sharing.stack_names import layer_meant

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
_RATE = re.compile(r"0?\.\d{1,6}|0|1")
_NAMED = re.compile(r"\s*(\S*?)\s*=\s*(.*)")
_NAME = re.compile(r"(?![x×]\d+$)[a-z][a-z0-9_]{0,19}")  # not like a number of times
INPUT = "input"
"""The name of what the stack begins with."""

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """How a kind of layer is written: its leading numbers, its option letters and words, an example, and its maker.

    `reads` tells whether its words are the names of layers that it reads beside the one before it.
    """

    numbers: tuple[str, ...]
    letters: str
    words: tuple[str, ...]
    example: str
    make: Callable[[int, Arguments], StackLayer]
    reads: bool = False


@dataclass(frozen=True)
class StackRow:
    """One layer of a stack: the line it was typed in, counted from 1, and what became of it.

    A layer that cannot be has its `error`; those after it have neither. `name` is what it is called, if anything, and
    `reads` are the names of what it reads in place of, or beside, the layer before it.
    """

    line: int
    text: str
    applied: Applied | None
    error: LayerError | None = None
    name: str = ""
    reads: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        """Why the layer cannot be, in a sentence; "" where it can, or where one before it cannot."""
        return "" if self.error is None else str(self.error)


def _depthwise(channels: int, arguments: Arguments) -> StackLayer:
    made = channels * arguments.pop("depth_multiplier", 1)
    return Conv2d(channels, made, groups=channels, **arguments)


def _linear(features: int, arguments: Arguments) -> StackLayer:
    return Linear(arguments.pop("in_channels", features), arguments.pop("out_channels"), **arguments)


def _activation(name: str, channels: int, arguments: Arguments) -> StackLayer:
    return Activation(name)


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
    "layernorm": Form((), "", (), "layernorm", lambda channels, arguments: LayerNorm2d(channels)),
    "layerscale": Form((), "", (), "layerscale", lambda channels, arguments: LayerScale(channels)),
    "relu": Form((), "", (), "relu", lambda channels, arguments: ReLU()),
    **{name: Form((), "", (), name, partial(_activation, name)) for name in ACTIVATIONS},
    "dropout": Form((), "", ("0.5",), "dropout 0.5", lambda channels, arguments: Dropout(**arguments)),
    "adaptiveavgpool": Form(
        ("output_size",), "", (), "adaptiveavgpool 7", lambda channels, arguments: AdaptiveAvgPool2d(**arguments)
    ),
    "adaptivemaxpool": Form(
        ("output_size",), "", (), "adaptivemaxpool 7", lambda channels, arguments: AdaptiveMaxPool2d(**arguments)
    ),
    "upsample": Form(
        ("scale_factor",), "", MODES, "upsample 2 bilinear", lambda channels, arguments: Upsample(**arguments)
    ),
    "pixelshuffle": Form(
        ("upscale_factor",), "", (), "pixelshuffle 2", lambda channels, arguments: PixelShuffle(**arguments)
    ),
    "unpool": Form((), "", (), "unpool a", lambda channels, arguments: MaxUnpool2d(**arguments), reads=True),
    "add": Form((), "", (), "add a", lambda channels, arguments: Add(), reads=True),
    "multiply": Form((), "", (), "multiply a", lambda channels, arguments: Multiply(), reads=True),
    "concat": Form((), "", (), "concat a b", lambda channels, arguments: Concat(), reads=True),
    "flatten": Form((), "", (), "flatten", lambda channels, arguments: Flatten()),
    "linear": Form(("out_channels",), "", ("nobias",), "linear 10", _linear),
}  # fmt: skip
"""Every kind of layer that can be typed, by its name."""

LONGEST_LINE = 120
"""Characters of a line: more are no layer, and would be slow to find a name for."""


def split(text: str) -> list[str]:
    """Return the layers of a text, parted by lines or by semicolons; empty ones are left out.

    >>> split("conv 16 3 p1; relu\\n\\nmaxpool 2")
    ['conv 16 3 p1', 'relu', 'maxpool 2']
    """
    return [line for line in (part.strip() for part in re.split(r"[;\n]", text)) if line]


def join(lines: list[str]) -> str:
    """Write layers as one line, as a link has them."""
    return "; ".join(lines)


@dataclass(frozen=True)
class _Line:
    """A line that was read: the layer's form and arguments, its name, and the names of what it reads.

    `source` is what it reads in place of the layer before it, `others` what it reads beside; "" and () for nothing.
    """

    text: str
    form: Form
    arguments: Arguments
    name: str
    source: str
    others: tuple[str, ...]

    def make(self, inputs: Shape) -> StackLayer:
        """Return the layer, for an input of (channels, height, width)."""
        channels, height, width = inputs
        is_linear = self.form is FORMS["linear"]
        return self.form.make(channels * height * width if is_linear else channels, dict(self.arguments))


def read_layer(text: str, inputs: Shape) -> StackLayer:
    """Read one layer, for an input of (channels, height, width); LayerError where it cannot be read or cannot be.

    >>> read_layer("conv 16 3 s2 p1", (3, 32, 32)).weight_shape
    (16, 3, 3, 3)
    """
    line = _read_line(text)
    if line.form is FORMS["unpool"]:
        raise LayerError(StackCode.NAME_UNKNOWN, "layer", text, name=line.others[0], names=(INPUT,))
    return line.make(inputs)


def _read_line(text: str) -> _Line:
    """Read a line without the x3 at its end; LayerError where it cannot be read."""
    if len(text) > LONGEST_LINE:
        raise LayerError(StackCode.LINE_TOO_LONG, "layer", shown(text), length=len(text), most=LONGEST_LINE)
    named = _NAMED.fullmatch(text.lower())
    name, rest = named.groups() if named else ("", text.lower())
    if named and (name == INPUT or not _NAME.fullmatch(name)):
        raise LayerError(StackCode.NAME_IMPOSSIBLE, "layer", text, name=shown(name))
    kind, *words = rest.split() or [""]
    form = _form(kind)
    source = words.pop() if words[-2:-1] == ["from"] else ""
    if source:
        words.pop()
    if form.reads:
        if not words:
            raise LayerError(
                StackCode.NUMBER_MISSING, "layer", text, missing="name of another output", example=form.example
            )
        return _Line(text, form, {}, name, source, tuple(words))
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
    return _Line(text, form, arguments, name, source, ())


def _form(name: str) -> Form:
    """The form of a layer's name; LayerError, with the name of the same layer here where there is one."""
    if name in FORMS:
        return FORMS[name]
    meant = layer_meant(name, FORMS)
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
    if form is FORMS["dropout"] and _RATE.fullmatch(word):
        return {"p": float(word)}
    if word in form.words and word in MODES:
        return {"mode": word}
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
    is_broken = False
    last = begin = entrance(inputs)
    made = {INPUT: begin}
    for number, line in enumerate(split(text)[: MOST_LAYERS + 1], 1):  # the last of them is one too many
        once, repeats = _repeats(line)
        if is_broken:
            rows.append(StackRow(number, line, None))
            continue
        try:
            check_repeats(line, repeats, len(rows))
            read = _read_line(once)
            for turn in range(repeats):
                source = read.source if turn == 0 else ""
                last = _next_layer(read, _called(source, read, made) if source else last, made)
                reads = (source, *read.others) if source else read.others
                rows.append(StackRow(number, once, last, name=read.name, reads=reads))
            made |= {read.name: last} if read.name else {}
        except LayerError as error:
            rows.append(StackRow(number, once, None, error))
            is_broken = True
    return tuple(rows)


def _next_layer(line: _Line, source: Applied, made: Mapping[str, Applied]) -> Applied:
    """Return what a line's layer makes of what it reads; LayerError where it cannot be."""
    others = tuple(_called(name, line, made) for name in line.others)
    if line.form is FORMS["unpool"]:
        pool = others[0].layer
        if not isinstance(pool, MaxPool2d) or len(others) > 1:
            raise LayerError(StackCode.NO_POOLING, "layer", line.text, name=line.others[-1])
        line = replace(line, arguments={"pool": pool})
    layer = line.make(source.outputs)
    check_spread(layer, source)
    applied = apply(layer, source.outputs, source, others)
    check_outcome(line.text, applied)
    return applied


def _called(name: str, line: _Line, made: Mapping[str, Applied]) -> Applied:
    """The layer of a name; LayerError where none before a line is called so."""
    if name not in made:
        raise LayerError(StackCode.NAME_UNKNOWN, "layer", line.text, name=name, names=tuple(made))
    return made[name]


def _repeats(line: str) -> tuple[str, int]:
    """Return a line without the x3 at its end, and how many layers it stands for."""
    first, _, last = line.rpartition(" ")
    match = _TIMES.fullmatch(last.lower())
    return (first.strip(), int(match[1])) if match and first else (line, 1)
