"""Numbers as people have them: a tensor as printed, nested lists, MATLAB's rows, fractions, a spreadsheet's tabs."""

import re
from fractions import Fraction
from math import isfinite
from typing import Any, cast

import numpy as np

from sharing.matrices import LARGEST_VALUE
from sharing.pasted.messages import PastedCode, refusal
from sharing.pasted.results import Layout, Meaning, Part, PastedNumbers
from sharing.roles import INPUT, KERNEL

_HEAD = re.compile(
    r"(?P<parameter>Parameter containing:\s{0,20})?(?:\w{1,40}\s{0,8}=\s{0,8})?"
    r"(?P<tensorflow><?tf\.[^>\[(]{0,200}?(?:\([^)]{0,80}\)[^>\[(]{0,200})?numpy=\s{0,8})?"
    r"(?P<call>(?:\w{1,20}\.){0,3}(?:array|[tT]ensor|asarray|constant|Parameter|Variable)\s{0,8}\(\s{0,20})?"
    r"(?P<scale>[-+0-9.e]{1,24}\s{0,8}\*\s{0,8})?"
)  # fmt: skip
_TAIL = re.compile(
    r"\s{0,20}(?:,\s{0,40}\w{1,40}\s{0,8}=\s{0,8}(?:<[^>]{0,60}>|torch\.Size\([^)]{0,60}\)|\([^)]{0,60}\)|'[^']{0,40}'|[\w.]{1,60})\s{0,8}){0,6},?\s{0,20}\)?>?;?\s{0,200}"
)
_TOKEN = re.compile(r"\.\.\.|…|[\[\](){};,\n]|[^\s\[\](){};,…]{1,400}")
_COMMA_CELL = re.compile(r"[-+\u2212]?\d{1,15},\d{1,15}(?:[eE][-+]?\d{1,3})?")
_IMAGE_PAGE = {Part.INPUT: INPUT.largest, Part.KERNEL: KERNEL.largest}
_LAYOUTS: dict[int, tuple[Meaning, ...]] = {
    1: (Meaning(Part.INPUT, Layout.W), Meaning(Part.KERNEL, Layout.W)),
    2: (Meaning(Part.INPUT, Layout.HW), Meaning(Part.KERNEL, Layout.HW)),
    3: (Meaning(Part.INPUT, Layout.CHW), Meaning(Part.INPUT, Layout.HWC), Meaning(Part.KERNEL, Layout.CHW)),
    4: (
        Meaning(Part.KERNEL, Layout.OIHW),
        Meaning(Part.KERNEL, Layout.HWIO),
        Meaning(Part.INPUT, Layout.NCHW),
        Meaning(Part.INPUT, Layout.NHWC),
    ),
}
_CHANNELS_LAST = (Layout.HWC, Layout.NHWC, Layout.HWIO)
_CHANNELS_FIRST = (Layout.CHW, Layout.NCHW, Layout.OIHW)


def looks_like_numbers(text: str) -> bool:
    """Return whether a text begins as numbers do, so that a mistake in it is a mistake in numbers."""
    head = _head(text)
    return bool(head["call"]) or bool(re.match(r"\s{0,8}[\[(\s]{0,40}[-+\u2212]?[.\d]", text[head.end() :]))


def read_numbers(text: str, first_line: int = 1) -> PastedNumbers:
    """Read an array, and say what it may be; LayerError, with the line, where it cannot be read.

    >>> read_numbers("tensor([[1., 0.], [2., 1.]])").values.tolist()
    [[1.0, 0.0], [2.0, 1.0]]
    >>> read_numbers("[1 2; 3 4]").values.tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    head = _head(text)
    scale = _number(head["scale"].rstrip(" \t*\n"), first_line) if head["scale"] else 1.0
    body, first = text[head.end() :], text[: head.end()].count("\n") + first_line
    is_list = body.lstrip()[:1] in ("[", "(")
    values = _nested(body, first) if is_list else _lines(body, first)
    call = head["call"] or ""
    is_tensorflow = bool(head["tensorflow"]) or call.startswith("tf.")
    is_torch = bool(head["parameter"]) or (bool(re.search(r"[tT]ensor|Parameter", call)) and not is_tensorflow)
    meanings = _meanings(values.shape, bool(head["parameter"]), is_torch or not is_list, is_tensorflow)
    return PastedNumbers(values * scale, meanings)


def _head(text: str) -> re.Match[str]:
    """What stands before the numbers, which may be nothing."""
    return cast("re.Match[str]", _HEAD.match(text))


def meanings_of(shape: tuple[int, ...]) -> tuple[Meaning, ...]:
    """Everything that an array of a shape may be and a page can hold.

    >>> [(one.part.value, one.layout.value) for one in meanings_of((3, 3, 1, 2))]
    [('kernel', 'OIHW'), ('kernel', 'HWIO')]
    """
    return tuple(meaning for meaning in _LAYOUTS.get(len(shape), ()) if _fits(meaning, shape))


def _meanings(
    shape: tuple[int, ...], is_parameter: bool, is_channels_first: bool, is_tensorflow: bool
) -> tuple[Meaning, ...]:
    """What an array of a shape may be: of what the text says and the page can hold, everything."""
    possible = meanings_of(shape)
    wrong = _CHANNELS_LAST if is_channels_first else _CHANNELS_FIRST if is_tensorflow else ()
    possible = tuple(meaning for meaning in possible if meaning.layout not in wrong)
    kernels = tuple(meaning for meaning in possible if meaning.part is Part.KERNEL)
    return kernels if is_parameter and kernels else possible


def _fits(meaning: Meaning, shape: tuple[int, ...]) -> bool:
    if meaning.layout[0] == "N" and shape[0] != 1:
        return False
    arranged = meaning.arranged(np.empty(shape)).shape
    return all(ours <= most for ours, most in zip(arranged, _IMAGE_PAGE[meaning.part], strict=True))


def _number(word: str, line: int) -> float:
    """The number that a word is, a fraction such as 1/9 included."""
    plain = word.replace("\u2212", "-")
    try:
        above, slash, below = plain.partition("/")
        value = float(Fraction(above) / Fraction(below)) if slash else float(plain)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise refusal(PastedCode.NO_NUMBER, line, word) from None
    if "_" in word or not isfinite(value):
        raise refusal(PastedCode.NO_NUMBER, line, word)
    if abs(value) > LARGEST_VALUE:
        raise refusal(PastedCode.NUMBER_TOO_LARGE_HERE, line, word, most=LARGEST_VALUE)
    return value


def _nested(body: str, first: int) -> Any:
    """The array of nested brackets; a semicolon, as MATLAB has it, ends a row."""
    line, end = first, len(body)
    stack: list[list[Any]] = [[]]
    rows: list[Any] | None = None
    for token in _TOKEN.finditer(body):
        word = token[0]
        if word == "\n":
            line += 1
        elif word in ("...", "…"):
            raise refusal(PastedCode.SHORTENED, line)
        elif word in ("[", "("):
            stack.append([])
        elif word in ("]", ")"):
            done = stack.pop()
            if rows is not None:
                done, rows = [*rows, done] if done else rows, None
                _check_even(done, line)
            if not stack:
                raise refusal(PastedCode.BRACKETS, line, word)
            stack[-1].append(done)
            _check_even(stack[-1], line)
            if len(stack) == 1:
                end = token.end()
                break
        elif word == ";":
            rows = [*(rows or []), stack[-1]]
            stack[-1] = []
        elif word != ",":
            stack[-1].append(_number(word, line))
    if len(stack) > 1:
        raise refusal(PastedCode.BRACKETS, line, body.strip()[-24:])
    rest = body[end:]
    if not _TAIL.fullmatch(rest):
        raise refusal(PastedCode.NO_NUMBER, line, rest.strip())
    try:
        return _array(stack[0][0], line)
    except ValueError:
        raise refusal(PastedCode.UNEVEN, line, count=len(stack[0][0]), other="another number") from None


def _array(lists: Any, line: int) -> Any:
    values = np.array(lists, dtype=float)
    if not values.size:
        raise refusal(PastedCode.PASTED_EMPTY, line)
    return values


def _check_even(parts: list[Any], line: int) -> None:
    """LayerError where the last list among the parts is not as long as the one before it."""
    lists = [part for part in parts[-2:] if isinstance(part, list)]
    if len(lists) == 2 and len(lists[0]) != len(lists[1]):
        raise refusal(PastedCode.UNEVEN, line, count=len(lists[1]), other=len(lists[0]))


def _lines(body: str, first: int) -> Any:
    """The array of lines of numbers: an empty line ends a channel, --- a filter."""
    filters: list[list[list[list[float]]]] = [[[]]]
    for line, text in enumerate(body.splitlines(), first):
        plain = text.strip()
        if re.fullmatch(r"-{2,80}", plain):
            filters.append([[]])
        elif plain:
            row = _row(text, line)
            matrix = filters[-1][-1]
            if matrix and len(matrix[-1]) != len(row):
                raise refusal(PastedCode.UNEVEN, line, count=len(row), other=len(matrix[-1]))
            matrix.append(row)
        elif filters[-1][-1]:
            filters[-1].append([])
    whole: Any = [[matrix for matrix in channels if matrix] for channels in filters]
    whole = [channels for channels in whole if channels]
    last = first + body.count("\n")
    if not whole:
        raise refusal(PastedCode.PASTED_EMPTY, last)
    while len(whole) == 1 and isinstance(whole[0][0], list):
        whole = whole[0]
    try:
        return _array(whole, last)
    except ValueError:
        raise refusal(PastedCode.UNEVEN, last, count=len(whole[-1]), other=len(whole[0])) from None


def _row(text: str, line: int) -> list[float]:
    """The numbers of a line: between tabs a comma is a decimal one, elsewhere it parts numbers."""
    if "..." in text or "…" in text:
        raise refusal(PastedCode.SHORTENED, line)
    if "\t" not in text and not re.search(r"\d;", text):
        return [_number(word, line) for word in text.replace(",", " ").split()]
    words = re.split(r"[\t;]", text.strip("\t ;"))
    return [_cell(word.strip(), line) for word in words]


def _cell(word: str, line: int) -> float:
    if _COMMA_CELL.fullmatch(word):
        if len(word.partition(",")[2]) == 3 and not word.lstrip("-+\u2212").startswith("0"):
            raise refusal(PastedCode.NUMBER_TWO_WAYS, line, word)
        word = word.replace(",", ".")
    return _number(word or "an empty cell", line)
