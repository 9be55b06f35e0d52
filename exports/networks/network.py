"""What the programs of a network have in common, whatever they are written for: its layers, and what holds them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from typing import Any

from engine import Applied, AvgPool2d, BatchNorm2d, LayerError, Linear, ReLU
from engine.modules import Activation, Dropout, Flatten, LayerNorm2d
from engine.resampling import MaxUnpool2d
from kinds.shared.program_text import call
from sharing.errors import StackCode
from sharing.stack_text import INPUT, StackRow

INPUTS = "inputs"
"""What a program calls the input."""

_RUNNING = "x"
"""What it calls the output of a layer that has no name."""

_STAYS_FLAT = BatchNorm2d | LayerNorm2d | ReLU | Activation | Dropout
_DEFAULTS: dict[str, tuple[Any, ...]] = {
    "padding": (0, "valid"),
    "padding_mode": ("zeros",),
    "output_padding": (0,),
    "dilation": (1,),
    "dilation_rate": (1,),
    "groups": (1,),
    "depth_multiplier": (1,),
    "bias": (True,),
    "use_bias": (True,),
    "ceil_mode": (False,),
    "count_include_pad": (True,),
}
"""What an argument of a layer is where it is not given, in PyTorch and in Keras; a stride is not the same in all."""


@dataclass(frozen=True)
class Held:
    """A layer of a network, and the variables of a program that hold what it reads and what it makes.

    `reads` are those that it reads, the one in place of the layer before it first; `read_flat` tells of each whether it
    is a list of values, and `is_flat` of the one that it makes. `is_undone` tells that an unpooling undoes it.
    """

    number: int
    row: StackRow
    applied: Applied
    reads: tuple[str, ...]
    read_flat: tuple[bool, ...]
    variable: str
    is_flat: bool
    is_undone: bool

    @property
    def attribute(self) -> str:
        """What a program may call the layer: its kind, and its number in the stack."""
        return f"{type(self.applied.layer).__name__.lower().removesuffix('2d')}{self.number}"

    def reads_as(self, as_image: Callable[[str], str]) -> list[str]:
        """What it reads: for a layer that makes an image, a list of values is made an image of one pixel."""
        reads = zip(self.reads, self.read_flat, strict=True)
        return [as_image(name) if is_flat and not self.is_flat else name for name, is_flat in reads]

    def refused(self, library: str) -> LayerError:
        """The error that says that a library has no such layer."""
        return LayerError(StackCode.NO_CODE, "layer", self.row.text, line=self.row.line, library=library)


def held_layers(rows: Sequence[StackRow], reserved: frozenset[str]) -> Iterator[Held]:
    """Yield the layers of a stack that can be; a name that a program cannot have, or has already, is changed."""
    variables = {"": _RUNNING, INPUT: INPUTS}
    taken = {*reserved, *variables.values(), *(row.name for row in rows)}
    flat = {INPUTS: False}
    undone = {id(row.applied.others[0]) for row in rows if row.applied and isinstance(row.applied.layer, MaxUnpool2d)}
    last = INPUTS
    for number, row in enumerate(rows, 1):
        applied = row.applied
        if applied is None:
            return
        first = row.reads[: len(row.reads) - len(applied.others)]
        reads = (variables[first[0]] if first else last, *(variables[name] for name in row.reads[len(first) :]))
        last = variables.setdefault(row.name, _possible(row.name, taken, reserved))
        read_flat = tuple(flat[name] for name in reads)
        flat[last] = _is_flat(applied, read_flat)
        yield Held(number, row, applied, reads, read_flat, last, flat[last], id(applied) in undone)


def _possible(name: str, taken: set[str], reserved: frozenset[str]) -> str:
    """Return a name that can be a variable; one that is changed is taken from then on."""
    if not iskeyword(name) and name not in {*reserved, _RUNNING, INPUTS}:
        return name
    while iskeyword(name) or name in taken:
        name += "_"
    taken.add(name)
    return name


def _is_flat(applied: Applied, read_flat: Sequence[bool]) -> bool:
    """Whether what a layer makes is a list of values, and no image of one pixel."""
    if isinstance(applied.layer, _STAYS_FLAT):
        return read_flat[0]
    return isinstance(applied.layer, Linear | Flatten) or (bool(applied.others) and all(read_flat))


def counts_all(layer: AvgPool2d, height: int, width: int) -> bool:
    """Whether every window of an average pooling counts all its cells.

    >>> counts_all(AvgPool2d(2, ceil_mode=True), 4, 4), counts_all(AvgPool2d(2, ceil_mode=True), 5, 4)
    (True, False)
    """
    counts = zip(layer.counts(height, width), layer.kernel, strict=True)
    return all(one == taps for direction, taps in counts for one in direction)


def short_call(function: str, *positional: Any, **named: Any) -> str:
    """A call as a person would write it: without the arguments that say what holds anyway.

    >>> short_call("nn.Conv2d", 3, 16, 3, stride=2, padding=(1, 2), padding_mode="zeros")
    'nn.Conv2d(3, 16, 3, stride=2, padding=(1, 2))'
    """
    first = ", ".join(map(repr, positional))
    others = call("", {name: value for name, value in named.items() if value not in _DEFAULTS.get(name, ())})[1:-1]
    return f"{function}({', '.join(filter(None, (first, others)))})"
