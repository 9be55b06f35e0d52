"""What a pasted layer was read as."""

from dataclasses import dataclass, field
from typing import Any

Pair = tuple[int, int]
Sides = tuple[Pair, Pair]


@dataclass(frozen=True)
class Read:
    """A layer that was read: the lines of the stack that it is, its page and fields if it has one, and what each lost.

    One that only pads, or crops, is no line: `pads` and `crops` are its ((top, bottom), (left, right)), and `pads_with`
    is what it pads with. `inputs` is what the text says of the input: (channels, rows, columns), each None where it
    says nothing.
    """

    rows: tuple[str, ...]
    page: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    left_out_of_stack: tuple[str, ...] = ()
    inputs: tuple[int | None, int | None, int | None] = (None, None, None)
    pads: Sides | None = None
    pads_with: float = 0
    crops: Sides | None = None
