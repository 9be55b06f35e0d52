"""What a pasted text can be refused for: the codes, and their sentences, each of which names the line."""

from enum import auto
from typing import Any

from engine import LayerError
from engine.messages import MessageCode, Templates
from sharing.shown import shown


class PastedCode(MessageCode):
    """What can be wrong with a text that was pasted."""

    PASTED_TOO_LONG = auto()
    PASTED_EMPTY = auto()
    PASTED_TOO_DEEP = auto()
    NOT_PYTHON = auto()
    NO_LAYER_HERE = auto()
    ARGUMENT_UNKNOWN = auto()
    ARGUMENT_MISSING = auto()
    VALUE_NOT_PLAIN = auto()
    VALUE_NOT_HERE = auto()
    NO_CHAIN = auto()
    NOT_SAID = auto()
    NO_NUMBER = auto()
    NUMBER_TWO_WAYS = auto()
    NUMBER_TOO_LARGE_HERE = auto()
    SHORTENED = auto()
    UNEVEN = auto()
    BRACKETS = auto()


TEMPLATES: Templates = {
    "pasted_too_long": "The text has {length:,} characters, but at most {most:,} are read: paste one layer or array.",
    "pasted_empty": "There is no layer and no number in the text: paste code, a printed model, a summary or an array.",
    "pasted_too_deep": "Line {line} has more than {most} brackets within each other: paste the layers or numbers.",
    "not_python": "Line {line} cannot be read: {said:quote}.",
    "no_layer_here": "Line {line} has {said:quote}, which is no layer that can be shown here.",
    "argument_unknown": "Line {line} gives {layer} {said:quote}, which is none of its arguments.",
    "argument_missing": "Line {line} does not say {argument} of {layer}.",
    "value_not_plain": "Line {line} has {said:quote} for {argument}: write the value itself, since no code is run.",
    "value_not_here": "Line {line} has {layer} with {argument} {said:quote}, which cannot be shown here.",
    "no_chain": "Line {line} is no step of a chain of layers: {said:quote}.",
    "not_said": "Line {line} has {layer}, but this summary does not let its {argument} be worked out: paste the code.",
    "no_number": "Line {line} has {said:quote}, which is no number.",
    "number_two_ways": "Line {line} has {said:quote}, which may mean decimals or thousands: write a decimal point.",
    "number_too_large_here": "Line {line} has {said:quote}: numbers are shown up to {most:,}.",
    "shortened": "Line {line} leaves numbers out with “...”: print the whole array.",
    "uneven": "Line {line} ends a row or matrix of {count}, but the one before it has {other}.",
    "brackets": "Line {line} has a bracket without its partner: {said:quote}.",
}  # fmt: skip


def refusal(code: PastedCode, line: int, said: str = "", **places: Any) -> LayerError:
    """Return what a line, counted from 1, is refused for; `said` is what stands in it."""
    return LayerError(code, "paste", shown(said), said=shown(said), line=line, **places)
