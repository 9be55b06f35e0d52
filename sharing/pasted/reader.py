"""Reads what a person pastes, whatever it is: code, a printed model, a summary, or numbers. Nothing of it is run."""

import re
import textwrap

from sharing.pasted.calls import check_bounds
from sharing.pasted.layers import as_stack
from sharing.pasted.messages import PastedCode, refusal
from sharing.pasted.numbers import looks_like_numbers, read_numbers
from sharing.pasted.printed_model import is_printed, read_printed
from sharing.pasted.python_code import read_code
from sharing.pasted.results import Pasted
from sharing.pasted.summary import is_summary, read_summary

_PROMPT = re.compile(r"^(?:>>> ?|\.\.\. ?|In \[\d{1,4}\]: )", re.MULTILINE)
_FENCE = re.compile(r"^```\w{0,12}[ \t]*$", re.MULTILINE)


def read_pasted(text: str) -> Pasted:
    """Return the layer, the stack or the numbers of a text; LayerError, in a sentence with the line, where it has none.

    >>> read_pasted("nn.Conv2d(3, 16, 3, stride=2)").stack.rows
    ('conv 3>16 3 s2',)
    >>> read_pasted("[1 2; 3 4]").values.tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    check_bounds(text)
    whole = textwrap.dedent(_FENCE.sub("", _PROMPT.sub("", text)))
    body = whole.lstrip("\n\r")
    first = whole[: len(whole) - len(body)].count("\n") + 1
    if not body.strip():
        raise refusal(PastedCode.PASTED_EMPTY, 1)
    if is_summary(body):
        return read_summary(body, first)
    if is_printed(body):
        return as_stack(read_printed(body, first))
    if looks_like_numbers(body.strip(" ")):
        return read_numbers(body.strip(" "), first)
    return as_stack(read_code(body, first))
