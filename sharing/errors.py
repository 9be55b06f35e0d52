"""What a page's state, a typed text or a link can be refused for: the codes, and the catalogue of their sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import auto
from typing import Any

from engine.messages import MessageCode, Templates, fill


class StateCode(MessageCode):
    """What can be wrong with the numbers of a page's state."""

    NUMBER_EMPTY = auto()
    NUMBER_OUT_OF_BOUNDS = auto()
    TOO_MANY_MULTIPLIES = auto()


class TextCode(MessageCode):
    """What can be wrong with numbers that were typed or that a link carries as text."""

    NOT_A_NUMBER = auto()
    NAN = auto()
    VALUE_TOO_LARGE = auto()
    TEXT_TOO_LONG = auto()
    TEXT_EMPTY = auto()
    ROW_RAGGED = auto()
    MATRIX_UNEVEN = auto()
    FILTERS_UNEVEN = auto()
    PACKED_TEXT_CHANGED = auto()
    PACKED_TEXT_TOO_LONG = auto()


class StackCode(MessageCode):
    """What can be wrong with a stack of layers that was typed."""

    LINE_TOO_LONG = auto()
    LAYER_UNKNOWN = auto()
    WORD_UNKNOWN = auto()
    NUMBER_MISSING = auto()
    SET_TWICE = auto()
    NAME_IMPOSSIBLE = auto()
    NAME_UNKNOWN = auto()
    NO_POOLING = auto()
    NUMBER_TOO_LARGE = auto()
    NO_LAYER = auto()
    TOO_MANY_LAYERS = auto()
    SPREAD_TOO_LARGE = auto()
    OUTPUT_TOO_LARGE = auto()
    COUNT_TOO_LARGE = auto()
    NO_CODE = auto()


class LinkCode(MessageCode):
    """What in a link can fail to be understood."""

    SEVERAL_VALUES = auto()
    VERSION = auto()
    PRESENT = auto()
    PATH = auto()
    PRESET = auto()
    NUMBER = auto()
    OPTION = auto()
    TEXT = auto()
    NUMBERS_LOST = auto()
    UNKNOWN = auto()
    REST = auto()


@dataclass(frozen=True)
class Problem:
    """Something in a link that was not understood: where it stands, what it says, and the places of its sentence.

    `str(problem)` is the sentence in English; `sentence` is that of another catalogue, or with its texts made safe.
    """

    code: LinkCode
    parameter: str
    said: str
    variant: str = ""
    places: Mapping[str, Any] = field(default_factory=dict)

    def sentence(
        self,
        templates: Templates | None = None,
        quote: Callable[[str], str] = "“{}”".format,
        name: Callable[[str], str] = str,
        plain: Callable[[str], str] = str,
    ) -> str:
        """Return the sentence; `quote` shows what stands in the link, `name` a parameter's name, `plain` all else."""
        known = {**TEMPLATES, **(templates or {})}
        key = f"{self.code}.{self.variant}" if self.variant else self.code
        places = {"parameter": self.parameter, "said": self.said, **self.places}
        return fill(known[key], places, quote, name, plain)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.sentence()


TEMPLATES: Templates = {
    # Numbers of a page's state.
    "number_empty.shows": "{parameter} is empty, but this page shows {least:,} to {most:,}: use {nearest}.",
    "number_empty.compares": "{parameter} is empty, but this page compares {least:,} to {most:,}: use {nearest}.",
    "number_out_of_bounds.shows": (
        "{parameter} is {value:,}, but this page shows {least:,} to {most:,}: use {nearest:,}."
    ),
    "number_out_of_bounds.compares": (
        "{parameter} is {value:,}, but this page compares {least:,} to {most:,}: use {nearest:,}."
    ),
    "number_out_of_bounds.shows.several_channels": (
        "{parameter} is {value:,}, but this page shows {least:,} to {most:,} when there is more than one input channel "
        "({most_of_one} with one): use {nearest:,}."
    ),
    "too_many_multiplies": (
        "{parameter} is {value}, which makes {multiplies:,} multiplies, but this page plays at most {most:,}: "
        "use a smaller input or kernel."
    ),
    "too_many_multiplies.fewer_channels": (
        "{parameter} is {value}, which makes {multiplies:,} multiplies, but this page plays at most {most:,}: "
        "use {parameter} {nearest}, or a smaller input."
    ),
    # Numbers as text.
    "not_a_number": (
        "{cell} (row {row}, column {column}) is {value:quote}, but every value must be a number: "
        "use digits, such as 3, -1 or 0.5."
    ),
    "nan": (
        "{cell} (row {row}, column {column}) is {value:quote}, but every value must be a number, and NaN makes every "
        "sum it enters NaN: use 0."
    ),
    "value_too_large": (
        "{cell} (row {row}, column {column}) is {value:quote}, but values go up to {most:,} so that every sum stays "
        "exact: use {nearest}."
    ),
    "text_too_long": (
        "{parameter} is {value:,} characters long, but this page reads at most {most:,}: type fewer or shorter numbers."
    ),
    "text_empty": ("{parameter} is empty, but it needs at least one number: type rows of numbers, such as 1 0 2."),
    "row_ragged": (
        "{parameter} is ragged: row {row} has {value:value|values} and row 1 has {columns}, but every row must have "
        "the same number of values: give row {row} {columns:value|values}."
    ),
    "row_ragged.of_matrix": (
        "{parameter} is ragged: row {row} of matrix {matrix} has {value:value|values} and row 1 has {columns}, "
        "but every row must have the same number of values: give row {row} {columns:value|values}."
    ),
    "matrix_uneven": (
        "{parameter} is uneven: matrix {matrix} has {value:row|rows} and matrix 1 has {rows}, but every matrix must "
        "have the same number of rows: give matrix {matrix} {rows:row|rows}."
    ),
    "filters_uneven": (
        "{parameter} is uneven: its filters have {value:list} matrices, but every filter has one for each channel: "
        "give each {matrices}."
    ),
    "packed_text_changed": (
        "{parameter} is cut off or changed, but what follows a ~ must be a text that was packed for a link: "
        "copy the link whole."
    ),
    "packed_text_too_long.characters": (
        "{parameter} is {value:,} characters long, but a link carries at most {most:,}: type fewer or shorter numbers."
    ),
    "packed_text_too_long.bytes": (
        "{parameter} is more than {value:,} bytes long once unpacked, but a link carries at most {most:,}: "
        "type fewer or shorter numbers."
    ),
    # A stack of layers.
    "no_code": "{library} has no layer that does what line {line} does, {value:quote}: without it there is code.",
    "line_too_long": (
        "{parameter} is '{value}', which is {length:,} characters long, but a line has at most {most}: "
        "write a layer a line."
    ),
    "layer_unknown": "{parameter} is {value:code}, which this page cannot stack: it stacks {names:list}.",
    "layer_unknown.meant": "{parameter} is {value:code}, which has another name here: use {nearest:code}.",
    "word_unknown": "{parameter} is '{value}', but '{word}' means nothing there: write it like: {example}.",
    "number_missing": "{parameter} is '{value}', but its {missing} is missing: write it like: {example}.",
    "set_twice": (
        "{parameter} is '{value}', but '{first}' and '{second}' both set its {argument}: leave one of them out."
    ),
    "name_impossible": (
        "{parameter} is '{value}', but '{name}' is no name of a layer: use a letter, and then letters or digits, "
        "but not input, and not x and a number."
    ),
    "name_unknown": (
        "{parameter} is '{value}', but no layer before it is called {name:quote}: it can read {names:or}. "
        "A layer gets a name so: a = relu."
    ),
    "no_pooling": (
        "{parameter} is '{value}', but {name:quote} is no max pooling: name the one to undo, as in a = maxpool 2."
    ),
    "number_too_large": "{parameter} is {value:,}, but this page stacks up to {nearest:,}: use {nearest:,}.",
    "no_layer": "{parameter} is '{value}', but it stands for no layer at all: use x1, or take it out.",
    "too_many_layers": (
        "{parameter} is '{value}', but that makes {made:,} layers, and this page stacks up to {most}: use x{room}."
    ),
    "too_many_layers.after_others": (
        "{parameter} is '{value}', but with the {before} before it that makes {made:,} layers, "
        "and this page stacks up to {most}: use x{room}."
    ),
    "too_many_layers.without_room": (
        "{parameter} is '{value}', but with the {before} before it that makes {made:,} layers, "
        "and this page stacks up to {most}: take some out."
    ),
    "spread_too_large": (
        "{parameter} is {value}, but all layers together may spread a cell over up to {most:,}: use a smaller stride."
    ),
    "spread_too_large.pattern": (
        "{parameter} is {value}, but what its outputs see would repeat only after more than {most:,} of them: "
        "use a size that divides that of its input."
    ),
    "output_too_large": (
        "{parameter} is {height:,}×{width:,} after this layer, but this page follows sizes up to {most:,}: "
        "use a smaller stride."
    ),
    "count_too_large.macs": (
        "{parameter} is '{value}', but it comes to more than {most:,} mult-adds, and this page counts no further: "
        "use smaller numbers, here or before it."
    ),
    "count_too_large.params": (
        "{parameter} is '{value}', but it comes to more than {most:,} parameters, and this page counts no further: "
        "use smaller numbers, here or before it."
    ),
    "count_too_large.seen": (
        "{parameter} is '{value}', but it comes to more than {most:,} cells that one output sees, "
        "and this page counts no further: use smaller numbers, here or before it."
    ),
    "count_too_large.shift": (
        "{parameter} is '{value}', but it comes to more than {most:,} cells from one output to the next, "
        "and this page counts no further: use smaller numbers, here or before it."
    ),
    # A link.
    "several_values": "{parameter:name} is {said:quote}, but it can have one value only: “{used}” is used.",
    "version": (
        "{parameter:name} is {said:quote}, but this program writes and reads version {version}: "
        "the rest is read as version {version}."
    ),
    "present": "{parameter:name} is {said:quote}, but it can only be 1, for presenter view: it is left out.",
    "path": (
        "{parameter:name} is {said:quote}, but it is a path and one of its steps, such as basics.1, and the paths are "
        "{paths:list}: it is left out."
    ),
    "preset": "{parameter:name} is {said:quote}, but the presets of this page are {presets:list}: {used} is used.",
    "number": "{parameter:name} is {said:quote}, but it goes from {least} to {most:,}: {used} is used.",
    "option": "{parameter:name} is {said:quote}, but it is one of {options:list}: {used} is used.",
    "numbers_lost": "{parameter:name} is {said:quote}, but {lost:and} cannot be read: {used} is used.",
    "unknown": "{parameter:name} is {said:quote}, but there is no such parameter: it is left out.",
    "unknown.of_another_page": (
        "{parameter:name} is {said:quote}, but it belongs to another page ({pages:list}): it is left out."
    ),
    "unknown.of_other_pages": (
        "{parameter:name} is {said:quote}, but it belongs to other pages ({pages:list}): it is left out."
    ),
    "rest": "The rest is “{count} problems more”, but they are too many: each was settled as these were.",
    # A text of a link that cannot be read: for every code of a text, what it is in a link.
    "text.not_a_number": (
        "{parameter:name} is {said:quote}, but {cell} is “{value}” and every value must be a number: it is left out."
    ),
    "text.nan": (
        "{parameter:name} is {said:quote}, but {cell} is “{value}” and every value must be a number, and NaN makes "
        "every sum it enters NaN: it is left out."
    ),
    "text.value_too_large": (
        "{parameter:name} is {said:quote}, but {cell} is “{value}” and values go up to {most:,} so that every sum "
        "stays exact: it is left out."
    ),
    "text.text_too_long": (
        "{parameter:name} is {said:quote}, but {role} is {value:,} characters long and this page reads at most "
        "{most:,}: it is left out."
    ),
    "text.text_empty": (
        "{parameter:name} is {said:quote}, but {role} is empty and it needs at least one number: it is left out."
    ),
    "text.row_ragged": (
        "{parameter:name} is {said:quote}, but {role} is ragged: row {row} has {value:value|values} and row 1 has "
        "{columns}, where every row must have the same number of values: it is left out."
    ),
    "text.row_ragged.of_matrix": (
        "{parameter:name} is {said:quote}, but {role} is ragged: row {row} of matrix {matrix} has {value:value|values} "
        "and row 1 has {columns}, where every row must have the same number of values: it is left out."
    ),
    "text.matrix_uneven": (
        "{parameter:name} is {said:quote}, but {role} is uneven: matrix {matrix} has {value:row|rows} and matrix 1 has "
        "{rows}, where every matrix must have the same number of rows: it is left out."
    ),
    "text.filters_uneven": (
        "{parameter:name} is {said:quote}, but {role} is uneven: its filters have {value:list} matrices and every "
        "filter has one for each channel: it is left out."
    ),
    "text.packed_text_changed": (
        "{parameter:name} is {said:quote}, but {role} is cut off or changed and what follows a ~ must be a text that "
        "was packed for a link: it is left out."
    ),
    "text.packed_text_too_long.characters": (
        "{parameter:name} is {said:quote}, but {role} is {value:,} characters long and a link carries at most "
        "{most:,}: it is left out."
    ),
    "text.packed_text_too_long.bytes": (
        "{parameter:name} is {said:quote}, but {role} is more than {value:,} bytes long once unpacked and a link "
        "carries at most {most:,}: it is left out."
    ),
}
"""The English catalogue: a template for each code and variant."""
