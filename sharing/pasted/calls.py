"""A layer as its framework writes it, a name with arguments, and the plain values that arguments can have.

Everything is read from Python's own syntax tree. Nothing is ever run.
"""

import ast
import re
from dataclasses import dataclass, field
from math import inf
from typing import Any

from sharing.pasted.messages import PastedCode, refusal

MOST_CHARACTERS = 60_000
_MOST_OF_CODE = 30_000
MOST_DEPTH = 40
_LARGEST = 10**12
_UNARY = re.compile(r"[-+~\s]{40}[-+~]|(?:\bnot\s+){20}")
_DOTS = re.compile(r"(?:\.\s{0,8}\w{1,80}\s{0,8}){60}")


@dataclass(frozen=True)
class Call:
    """A layer: its name without the module's, its arguments, the line it stands in, and how many of it there are.

    `is_keras` tells in whose words it is said. Where layers branch, `called` is the name under which its output is read
    further on, `source` what it reads in place of the one before it, and `beside` what it reads besides.
    """

    name: str
    line: int
    arguments: tuple[Any, ...] = ()
    keywords: dict[str, Any] = field(default_factory=dict)
    is_keras: bool = False
    times: int = 1
    called: str = ""
    source: str = ""
    beside: tuple[str, ...] = ()


def check_bounds(text: str) -> None:
    """LayerError where a text is longer, or has more brackets within each other, than is read."""
    if len(text) > MOST_CHARACTERS:
        raise refusal(PastedCode.PASTED_TOO_LONG, 1, length=len(text), most=MOST_CHARACTERS)
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        for letter in line:
            depth += (letter in "([{") - (letter in ")]}")
            if depth > MOST_DEPTH:
                raise refusal(PastedCode.PASTED_TOO_DEEP, number, most=MOST_DEPTH)


def parse_python(text: str, first_line: int = 1) -> ast.Module:
    """Return the syntax tree of a text; LayerError, with the line, where it is no Python."""
    if len(text) > _MOST_OF_CODE:
        raise refusal(PastedCode.PASTED_TOO_LONG, first_line, length=len(text), most=_MOST_OF_CODE)
    lines = text.splitlines() or [""]
    for number, written in enumerate(lines, first_line):
        if _UNARY.search(written) or _DOTS.search(written):
            raise refusal(PastedCode.NOT_PYTHON, number, written.strip())
    try:
        return ast.parse(text)
    except SyntaxError as error:
        line = max(1, error.lineno or 1)
    except (ValueError, RecursionError, MemoryError):
        line = 1
    raise refusal(PastedCode.NOT_PYTHON, first_line + line - 1, lines[min(line, len(lines)) - 1].strip())


def plain_value(node: ast.expr, line: int, argument: str) -> Any:
    """Return the number, text, truth or tuple that an expression writes out; LayerError where it is none.

    >>> plain_value(ast.parse("(2 * 8, -1)", mode="eval").body, 1, "padding")
    (16, -1)
    """
    match node:
        case ast.Constant(value=bool() | int() | float() | str() | None as value):
            if isinstance(value, str) or value is None or abs(value) < _LARGEST:
                return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            value = plain_value(operand, line, argument)
            if isinstance(value, (int, float)):
                return -value
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return tuple(plain_value(part, line, argument) for part in parts)
        case ast.BinOp(left=left, op=ast.Mult() | ast.Add() | ast.Sub() | ast.FloorDiv() as operator, right=right):
            ours, theirs = plain_value(left, line, argument), plain_value(right, line, argument)
            if isinstance(ours, int) and isinstance(theirs, int) and (theirs or not isinstance(operator, ast.FloorDiv)):
                made = _reckoned(ours, operator, theirs)
                if abs(made) < _LARGEST:
                    return made
        case ast.Attribute(value=ast.Name(id="math" | "np" | "torch"), attr="inf"):
            return inf
        case ast.Call(func=ast.Name(id="float"), args=[ast.Constant(value="-inf")], keywords=[]):
            return -inf
        case ast.Attribute(value=ast.Name(id="torch" | "tf" | "np" | "jnp"), attr=attribute):
            return attribute
    raise refusal(PastedCode.VALUE_NOT_PLAIN, line, ast.unparse(node), argument=argument)


def _reckoned(ours: int, operator: ast.operator, theirs: int) -> int:
    match operator:
        case ast.Mult():
            return ours * theirs
        case ast.Add():
            return ours + theirs
        case ast.Sub():
            return ours - theirs
    return ours // theirs


def last_name(node: ast.expr) -> str:
    """Return the last part of a dotted name, such as Conv2d of torch.nn.Conv2d; "" where it is no name."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def call_of(node: ast.Call, first_line: int, is_keras: bool) -> Call:
    """Return a call of a layer's class, with its arguments as plain values."""
    name, line = last_name(node.func), first_line + node.lineno - 1
    values = [plain_value(value, line, f"argument {place} of {name}") for place, value in enumerate(node.args, 1)]
    said = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise refusal(PastedCode.VALUE_NOT_PLAIN, line, ast.unparse(keyword.value), argument=name)
        if keyword.arg not in ALWAYS_LEFT_OUT:
            said[keyword.arg] = plain_value(keyword.value, line, keyword.arg)
    return Call(name, line, tuple(values), said, is_keras)


ALWAYS_LEFT_OUT = frozenset({
    "device", "dtype", "inplace", "name", "trainable",
    "kernel_initializer", "bias_initializer", "depthwise_initializer", "pointwise_initializer",
    "kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint",
    "depthwise_regularizer", "pointwise_regularizer", "depthwise_constraint", "pointwise_constraint",
})  # fmt: skip
"""Arguments that change no shape and no count: where the layer stands, how it is called, how it is trained."""
