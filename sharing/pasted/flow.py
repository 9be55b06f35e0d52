"""How layers follow each other: what each reads, and their order in a stack, with names for what is read further on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from string import ascii_lowercase

from sharing.pasted.calls import Call
from sharing.pasted.layers import is_counted
from sharing.stack_text import INPUT


@dataclass(frozen=True, eq=False)
class Step:
    """A layer and what it reads: one output, or several where it merges them."""

    call: Call
    inputs: tuple["Flow", ...]


_IN_ANY_ORDER = ("Add", "Multiply")

Flow = Step | None
"""What a value has been led through so far: None is what the network begins with."""


def in_order(end: Flow) -> list[Call]:
    """Return the layers that lead to a value, each after what it reads.

    >>> conv = Step(Call("Conv2d", 1, (8, 8, 1)), (None,))
    >>> [(call.name, call.called, call.beside) for call in in_order(Step(Call("Add", 2), (conv, None)))]
    [('Conv2d', '', ()), ('Add', '', ('input',))]
    """
    steps = _steps(end)
    read = [_read(step, before) for step, before in zip(steps, [None, *steps], strict=False)]
    by_name = Counter(id(one) for source, beside in read for one in (*source, *beside))
    names = _names()
    called = {id(step): next(names) for step in steps if by_name[id(step)] and is_counted(step.call)}
    return [
        replace(
            step.call,
            called=called.get(id(step), ""),
            source="".join(called.get(id(one), INPUT) for one in source),
            beside=tuple(called.get(id(one), INPUT) for one in beside),
        )
        for step, (source, beside) in zip(steps, read, strict=True)
    ]


def _read(step: Step, before: Flow) -> tuple[tuple[Flow, ...], tuple[Flow, ...]]:
    """What a step reads in place of the line before it, nothing or one, and what it reads beside that."""
    first, *others = step.inputs
    if first is before:
        return (), tuple(others)
    if step.call.name in _IN_ANY_ORDER and before in others:
        others.remove(before)
        return (), (first, *others)
    return (first,), tuple(others)


def _names() -> Iterator[str]:
    """a to z, then a1 to z1, and so on."""
    yield from ascii_lowercase
    for number in count(1):
        yield from (f"{letter}{number}" for letter in ascii_lowercase if letter != "x")


def _steps(end: Flow) -> list[Step]:
    """Every step that leads to the end, once, and after all that it reads."""
    found: dict[int, Step] = {}
    waiting = [(end, False)]
    while waiting:
        step, is_read = waiting.pop()
        if step is None or id(step) in found:
            continue
        if is_read:
            found[id(step)] = step
        else:
            waiting.append((step, True))
            waiting.extend((one, False) for one in reversed(step.inputs))
    return list(found.values())
