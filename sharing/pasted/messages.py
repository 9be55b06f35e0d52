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
    ONLY_VALUE = auto()
    NOT_ALONE = auto()
    VOLUME_NOT_PLAYED = auto()
    NO_CHAIN = auto()
    PADS_NOTHING = auto()
    NOT_SAID = auto()
    NO_NUMBER = auto()
    NUMBER_TWO_WAYS = auto()
    NUMBER_TOO_LARGE_HERE = auto()
    SHORTENED = auto()
    UNEVEN = auto()
    BRACKETS = auto()


class FileCode(MessageCode):
    """What can be wrong with a file of arrays."""

    NO_ARRAY_FILE = auto()
    NO_REAL_NUMBERS = auto()
    ARRAY_TOO_LARGE = auto()
    NUMBER_NOT_SHOWN = auto()


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
    "only_value": (
        "Line {line} has {layer} with {argument} {said:quote}, which cannot be shown here: only {only:code} can."
    ),
    "not_alone": "Line {line} has {said:quote}, whose volumes no stack has: paste the code of that layer alone.",
    "volume_not_played": "The page {page} cannot play it, and a stack has no volumes: {problem}",
    "no_chain": "Line {line} is no step that leads through layers: {said:quote}.",
    "pads_nothing": (
        "Line {line} has {said:quote}, which can be shown only beside a convolution that has no padding of its own: "
        "right before it, or after a transposed one where it crops."
    ),
    "not_said": "Line {line} has {layer}, but this summary does not let its {argument} be worked out: paste the code.",
    "no_number": "Line {line} has {said:quote}, which is no number.",
    "number_two_ways": "Line {line} has {said:quote}, which may mean decimals or thousands: write a decimal point.",
    "number_too_large_here": "Line {line} has {said:quote}: numbers are shown up to {most:,}.",
    "shortened": "Line {line} leaves numbers out with “...”: print the whole array.",
    "uneven": "Line {line} ends a row or matrix of {count}, but the one before it has {other}.",
    "brackets": "Line {line} has a bracket without its partner: {said:quote}.",
    "no_array_file": "The file has no array that can be read: save one with np.save, or several with np.savez.",
    "no_real_numbers": "The array is of {kind}, which is no real number: save it as float or int.",
    "no_real_numbers.named": "The array {said:quote} is of {kind}, which is no real number: save it as float or int.",
    "array_too_large": "The array has more than {most:,} numbers, which no page shows: save a part.",
    "array_too_large.named": "The array {said:quote} has more than {most:,} numbers, which no page shows: save a part.",
    "number_not_shown": "The array has a number beyond {most:,}, or one that is not finite: no page shows it.",
    "number_not_shown.named": (
        "The array {said:quote} has a number beyond {most:,}, or one that is not finite: no page shows it."
    ),
}  # fmt: skip


def refusal(code: PastedCode, line: int, said: str = "", **places: Any) -> LayerError:
    """Return what a line, counted from 1, is refused for; `said` is what stands in it."""
    return LayerError(code, "paste", shown(said), said=shown(said), line=line, **places)


def file_refusal(code: FileCode, array: str = "", **places: Any) -> LayerError:
    """Return what a file is refused for, or an array in it, named if it has a name there."""
    return LayerError(code, "file", shown(array), "named" if array else "", said=shown(array), **places)
