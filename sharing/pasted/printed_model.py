"""A model as PyTorch prints it: a line a layer, containers with brackets around what is in them."""

import ast
import re

from sharing.pasted.calls import Call, call_of, parse_python
from sharing.pasted.messages import PastedCode, refusal
from sharing.pasted.signatures import is_layer

_OPENS = re.compile(r"\s*(?:\((?P<name>[\w.-]{1,80})\): )?(?:(?P<times>\d{1,4}) x )?(?P<kind>\w{1,80})\(\s*$")
_LAYER = re.compile(
    r"\s*(?:\((?P<name>[\w.-]{1,80})\): )(?:(?P<times>\d{1,4}) x )?(?P<call>(?P<kind>\w{1,80})\(.*\))\s*$"
)
_WORD = re.compile(r"=([A-Za-z]\w{0,40})(?=[,)])")
_PLAIN_WORDS = ("True", "False", "None")


def is_printed(text: str) -> bool:
    """Return whether a text has a line as only a printed model has."""
    return any(_LAYER.match(line) for line in text.splitlines())


def read_printed(text: str, first_line: int = 1) -> list[Call]:
    """Return the layers of a printed model in their order; LayerError, with the line, where one cannot be read.

    >>> read_printed("Sequential(\\n  (0): Conv2d(3, 16, kernel_size=(3, 3), stride=(1, 1))\\n)")[0].arguments
    (3, 16)
    """
    calls: list[Call] = []
    repeats: list[tuple[int, int]] = []  # of each open bracket: how often what is in it stands, and where that began
    for number, line in enumerate(text.splitlines(), first_line):
        plain = line.strip()
        if not plain:
            continue
        if plain == ")":
            if not repeats:
                raise refusal(PastedCode.BRACKETS, number, plain)
            times, start = repeats.pop()
            calls = calls[:start] + calls[start:] * min(times, 200)
        elif opened := _OPENS.match(line):
            repeats.append((int(opened["times"] or 1), len(calls)))
        elif found := _LAYER.match(line):
            calls += [_layer(found["call"], found["kind"], number)] * min(int(found["times"] or 1), 200)
        else:
            raise refusal(PastedCode.NOT_PYTHON, number, plain)
        if len(calls) > 1000:
            raise refusal(PastedCode.NOT_PYTHON, number, plain)
    if repeats:
        raise refusal(PastedCode.BRACKETS, len(text.splitlines()) + first_line - 1, text.splitlines()[-1].strip())
    return calls


def _layer(text: str, kind: str, line: int) -> Call:
    """A printed layer, whose words stand without quotes."""
    if not is_layer(kind, is_keras=False):
        raise refusal(PastedCode.NO_LAYER_HERE, line, kind)
    quoted = _WORD.sub(lambda word: word[0] if word[1] in _PLAIN_WORDS else f"={word[1]!r}", text)
    match parse_python(quoted, line).body:
        case [ast.Expr(value=ast.Call() as call)]:
            return call_of(call, line, is_keras=False)
    raise refusal(PastedCode.NOT_PYTHON, line, text)
