"""The types and constants that the player shares with Python, written from `stage.model`: `python -m stage.wire_types`.

A test holds `stage/player/wire.d.ts` and `stage/player/generated_constants.js` equal to what this module writes.
"""

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from inspect import getdoc
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

from stage import film
from stage.heard import FEWEST_ACROSS, HEARD_WORDS, MOST_HEARD
from stage.hints import HINTS
from stage.labels import NAMED_BY_PLAYER, NAMED_IN_STRIP, TEMPLATES
from stage.model import CELL_NAMES, CellKind, Stage, Surroundings, Unplayable
from stage.number_text import DIGITS
from stage.palette import GROUP_COLORS, NEUTRALS, ink_on, palette
from stage.player_files import PLAYER
from stage.questions import MOST_ASKED, MOST_PRODUCTS
from stage.questions import TEMPLATES as QUESTION_TEMPLATES
from stage.scene import BEFORE_MAP, SLICE_GAP, GridRole
from stage.theme import FONTS
from stage.wire import sent_fields

_WRITTEN = "Written by `python -m stage.wire_types` from stage/model.py: do not edit."


def wire_types() -> str:
    """The text of `wire.d.ts`: an interface for each dataclass that is sent, a union for each enum."""
    written: dict[str, str] = {}
    for of in (Stage, Unplayable, Surroundings):
        _declare(of, written)
    packed = (
        "/** An array as base64 of its bytes; its last axis varies fastest. */\n"
        "export interface Packed {\n"
        '  dtype: "int8" | "int16" | "int32" | "float64";\n'
        "  shape: number[];\n"
        "  base64: string;\n"
        "}\n"
    )
    message = (
        "/** What a stage is told after a run of the page. */\n"
        "export type Message = Surroundings & (Stage | Unplayable);\n"
    )
    return "\n".join((f"// What Python sends to the player. {_WRITTEN}\n", packed, *written.values(), message))


def _declare(of: type[Any], written: dict[str, str]) -> None:
    """Write a type and first those that it is made of."""
    if of.__name__ in written:
        return
    comment = f"/** {(getdoc(of) or '').splitlines()[0]} */\n"
    if issubclass(of, Enum):
        written[of.__name__] = f"{comment}export type {of.__name__} =\n  | " + "\n  | ".join(map(_value, of)) + ";\n"
        return
    hints, lines = get_type_hints(of), []
    for name, is_optional in sent_fields(of):
        hint = hints[name]
        if is_optional:
            hint = Union[tuple(one for one in get_args(hint) if one is not NoneType)]  # noqa: UP007
        lines.append(f"  {name}{'?' if is_optional else ''}: {_type(hint, written)};")
    written[of.__name__] = f"{comment}export interface {of.__name__} {{\n" + "\n".join(lines) + "\n}\n"


def _value(one: Any) -> str:
    return json.dumps(one.value if isinstance(one, Enum) else one, ensure_ascii=False)


def _type(hint: Any, written: dict[str, str]) -> str:
    """A Python type as TypeScript writes it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(map(_value, arguments))
    if origin in (UnionType, Union):
        return " | ".join(dict.fromkeys(_type(one, written) for one in arguments))
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            inner = _type(arguments[0], written)
            return f"({inner})[]" if " " in inner else f"{inner}[]"
        return f"[{', '.join(_type(one, written) for one in arguments)}]"
    if origin is Mapping:
        return f"Record<{', '.join(_type(one, written) for one in arguments)}>"
    if origin is np.ndarray:
        return "Packed"
    if hint in (int, float, str, bool, NoneType):
        return {int: "number", float: "number", str: "string", bool: "boolean", NoneType: "null"}[hint]
    if isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Enum)):
        _declare(hint, written)
        return hint.__name__
    raise TypeError(f"{hint} has no place on the wire")


def generated_constants() -> str:
    """The text of `generated_constants.js`: what Python and the player call by one name."""
    themes = {theme: palette(theme) for theme in NEUTRALS}
    drawn = [color for colors in themes.values() for color in colors]
    drawn += [color for colors in NEUTRALS.values() for color in colors.values()]
    by_theme = "Record<Theme, {}>".format
    constants = (
        ("GRID_ROLES", list(GridRole), "What a grid can show.", "GridRole[]"),
        ("CELL_KINDS", {kind.name: kind for kind in CellKind},
         "What a cell of a padded array is.", "Record<string, number>"),
        ("CELL_NAMES", [CELL_NAMES.get(kind) for kind in CellKind],
         "The neutral colour of each kind of cell; the layer's own values have none.", "(string | null)[]"),
        ("LABELS", {key: text for key, text in TEMPLATES.items() if key.removesuffix(".numbered") in NAMED_BY_PLAYER},
         "What the player calls by name, as templates.", "Record<string, string>"),
        ("NAMED_IN_STRIP", list(NAMED_IN_STRIP), "Which grids a strip names too.", "GridRole[]"),
        ("HINTS", HINTS, "What one can do now, by what one does.", "Record<string, string>"),
        ("HEARD_WORDS", HEARD_WORDS, "What a screen reader is given of the numbers.", "Record<string, string>"),
        ("MOST_HEARD", MOST_HEARD, "So many cells are heard at once.", "number"),
        ("FEWEST_ACROSS", FEWEST_ACROSS, "And so many rows and columns of a grid, at least.", "number"),
        ("QUESTION_WORDS", QUESTION_TEMPLATES, "What is asked, and said of an answer, as templates.",
         "Record<string, string>"),
        ("MOST_ASKED", MOST_ASKED, "So many sums are asked of a layer.", "number"),
        ("MOST_PRODUCTS", MOST_PRODUCTS, "Of so many products is a sum that is asked.", "number"),
        ("NEUTRAL_COLORS", NEUTRALS, "Those colours, by theme.", by_theme("Record<string, string>")),
        ("PALETTES", themes, "The colours of values, from the most negative on, by theme.", by_theme("string[]")),
        ("BEFORE_MAP", BEFORE_MAP, "How many columns before an output map the arrow to it stands.", "number"),
        ("SLICE_GAP", SLICE_GAP, "Columns beside the slices of a volume, and rows under them.", "number"),
        ("FONTS", FONTS, "The typeface, and the nearest ones for a machine that has it not.", "string"),
        ("GROUP_COLORS", GROUP_COLORS, "The colours of groups of channels.", "string[]"),
        ("DARK_COLORS", sorted({color for color in drawn if ink_on(color) == "#ffffff"}),
         "The colours on which white can be read better than black.", "string[]"),
        ("DIGITS", DIGITS, "Significant digits of a real number in a sentence.", "number"),
        ("MOST_FRAMES", film.MOST_FRAMES, "The most frames of a film.", "number"),
        ("SHORTEST_FRAME", film.SHORTEST_FRAME, "For how many milliseconds a frame is shown, at least.", "number"),
        ("LONGEST_FRAME", film.LONGEST_FRAME, "And at most.", "number"),
        ("LAST_STAYS", film.LAST_STAYS, "For how many milliseconds the last frame is shown.", "number"),
    )  # fmt: skip
    texts = (
        f"/** {comment} @type {{{of}}} */\nexport const {name} = {_literal(value)};\n"
        for name, value, comment, of in constants
    )
    head = f"// Constants that Python and the player share. {_WRITTEN}\n"
    imports = '/** @import { Theme } from "./types" */\n/** @import { GridRole } from "./wire" */\n'
    return "\n".join((head, imports, *texts))


def _literal(value: Any, indent: str = "") -> str:
    """A value as JavaScript, in lines of at most 120 characters where it is a list or one value a line."""
    if isinstance(value, Mapping):
        inner = indent + "  "
        names = (key if key.isidentifier() else json.dumps(key) for key in map(str, value))
        lines = [f"{inner}{name}: {_literal(one, inner)}," for name, one in zip(names, value.values(), strict=True)]
        return "{\n" + "\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list | tuple):
        rows = [value[start : start + 10] for start in range(0, len(value), 10)]
        lines = [f"{indent}  {', '.join(map(_value, row))}," for row in rows]
        return "[\n" + "\n".join(lines) + f"\n{indent}]"
    return _value(value)


FILES = {"wire.d.ts": wire_types, "generated_constants.js": generated_constants}
"""What is written into the player's folder, and by what."""

if __name__ == "__main__":
    for name, write in FILES.items():
        (PLAYER / name).write_text(write(), encoding="utf-8")
