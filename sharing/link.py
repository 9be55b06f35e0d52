"""A page's state as the query of its link, and back. A link has slugs and numbers, never labels.

    /standard?v=1&preset=floor&stride_height=1&values=typed&input_values=4+1_4+4

The page is the path. The preset is always named, and a field that is left out has the preset's value; a link in full
names every field. The meaning of a parameter never changes, so that old links go on working.
"""

from collections.abc import Iterable, Mapping
from dataclasses import Field, fields, replace
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from engine import LayerError
from sharing.errors import LinkCode, Problem
from sharing.fields import WIDEST, Limits, Stops, limits, types
from sharing.packing import pack, unpack
from sharing.page_state import PageState, Values
from sharing.paths import paths, read_place
from sharing.presets import Preset, presets_of
from sharing.roles import Role
from sharing.shown import shown

VERSION = "1"
PRESENT = "present"
PATH = "path"
OF_A_FRAME = ("embed", "embed_options")
"""Those of Streamlit that a frame of another page has."""

ASIDE = ("v", PRESENT, PATH, *OF_A_FRAME)
"""Parameters of a link that are not part of a page's state."""

LONGEST_QUERY = 60_000
"""Characters: a server refuses to be asked for an address much longer than this."""

MOST_PROBLEMS = 8
"""So many are told one by one; how many more there are is told once."""

_TYPED = Limits(-WIDEST, WIDEST)
_SWITCH = {"1": True, "0": False, "true": True, "false": False}

Query = Mapping[str, str | Iterable[str]]


class State(Protocol):
    """A state that can be written as a link: a frozen dataclass of numbers with limits, StrEnums, bools and texts."""

    page: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def encode(state: State) -> dict[str, str]:
    """Return a state as a short query: the preset, and the fields that differ from it.

    >>> from dataclasses import replace
    >>> from kinds.registry import PRESETS
    >>> encode(replace(PRESETS["standard"]["floor"].state, stride_height=1))
    {'v': '1', 'preset': 'floor', 'stride_height': '1'}
    """
    opening = _opening(type(state), getattr(state, "preset", ""))
    return _head(state) | {
        parameter: _written(state, name)
        for name, parameter in _parameters(type(state)).items()
        if getattr(state, name) != getattr(opening, name)
    }


def encode_in_full(state: State) -> dict[str, str]:
    """Return a state as a query with all its fields, also those that are as in its preset."""
    return _head(state) | {parameter: _written(state, name) for name, parameter in _parameters(type(state)).items()}


def read_link(state_class: type[State], query: Query, linked: Iterable[type[State]]) -> tuple[Any, tuple[Problem, ...]]:
    """Read a state of a class from a query, and say what in it was not understood; never raises.

    `linked` are the states of all pages that have a link: a parameter may belong to another of them.
    """
    reading = _Reading(state_class, query, tuple(linked))
    return reading.state(), reading.problems()


def _head(state: State) -> dict[str, str]:
    preset = {"preset": state.preset} if isinstance(state, PageState) else {}
    return {"v": VERSION} | preset


def _opening(state_class: type[State], preset: str) -> Any:
    """Return the state that a link is compared with: a preset's, or the default of a page without presets."""
    presets = _presets(state_class)
    return presets[preset].state if presets else state_class()


def _presets(state_class: type[State]) -> dict[str, Preset[Any]]:
    """The presets of a page by their slugs; none for a page without a stage."""
    return presets_of(state_class) if issubclass(state_class, PageState) else {}


def _roles(state_class: type[State]) -> dict[str, Role]:
    """The roles of the texts of a state, by the field's name."""
    return {f"{role.name}_text": role for role in getattr(state_class, "roles", ())}


def _parameters(state_class: type[State]) -> dict[str, str]:
    """The names in a link of the fields of a state, by the field's own."""
    names = {field.name: field.name for field in fields(state_class) if field.name != "preset"}
    return names | {name: f"{role.name}_values" for name, role in _roles(state_class).items()}


def _written(state: State, name: str) -> str:
    value = getattr(state, name)
    if types(type(state))[name] is str:
        return pack(value, _roles(type(state)).get(name))
    if value is None:
        return ""
    if isinstance(value, StrEnum):
        return slug_of(value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def slug_of(option: StrEnum) -> str:
    """Return an option's name in the code, which stays the same in every language."""
    return option.name.lower().replace("_", "-")


class _Reading:
    """One query being read: what was understood, and what was not."""

    def __init__(self, state_class: type[State], query: Query, linked: tuple[type[State], ...]) -> None:
        self.state_class = state_class
        self.linked = linked
        self.parameters = _parameters(state_class)
        self.found: list[Problem] = []
        self.query = {parameter: self._one(parameter, said) for parameter, said in query.items()}

    def problems(self) -> tuple[Problem, ...]:
        """What was not understood, cut to a number that can be read."""
        if len(self.found) <= MOST_PROBLEMS:
            return tuple(self.found)
        more = len(self.found) - MOST_PROBLEMS + 1
        rest = Problem(LinkCode.REST, "", "", places={"count": more})
        return (*self.found[: MOST_PROBLEMS - 1], rest)

    def state(self) -> State:
        """The state that the query describes, as far as it can be understood."""
        self._check_aside()
        opening = _opening(self.state_class, self._preset())
        asked = {name: said for name, said in self.parameters.items() if said in self.query}
        read = {name: self._read(opening, name, parameter) for name, parameter in asked.items()}
        self._tell_unknown()
        return self._with_numbers(opening, replace(opening, **read))

    def _one(self, parameter: str, said: str | Iterable[str]) -> str:
        """The one value of a parameter: of several, the last."""
        if isinstance(said, str):
            return said
        values = [str(value) for value in said] or [""]
        if len(set(values)) > 1 and parameter not in OF_A_FRAME:  # those are Streamlit's own: one says several options
            given = " and ".join(values[:4])
            self._tell(LinkCode.SEVERAL_VALUES, parameter, given, used=shown(values[-1]))
        return values[-1]

    def _tell(self, code: LinkCode, parameter: str, said: str, variant: str = "", **places: Any) -> None:
        self.found.append(Problem(code, shown(parameter), shown(said), variant, places))

    def _check_aside(self) -> None:
        version, present = self.query.get("v", VERSION), self.query.get(PRESENT, "1")
        if version != VERSION:
            self._tell(LinkCode.VERSION, "v", version, version=VERSION)
        if present != "1":
            self._tell(LinkCode.PRESENT, PRESENT, present)
        if PATH in self.query and read_place(self.query[PATH]) is None:
            self._tell(LinkCode.PATH, PATH, self.query[PATH], paths=tuple(paths()))

    def _preset(self) -> str:
        presets = _presets(self.state_class)
        first = next(iter(presets), "")
        slug = self.query.get("preset", first)
        if slug in presets or not presets:
            return slug
        self._tell(LinkCode.PRESET, "preset", slug, presets=tuple(presets), used=first)
        return first

    def _read(self, opening: State, name: str, parameter: str) -> Any:
        """The value of a field; what it has in `opening` where the link's is not understood."""
        said, kept = self.query[parameter], getattr(opening, name)
        bounds, kind = limits(self.state_class).get(name), types(self.state_class)[name]
        if kind is str:
            return self._read_text(name, parameter, kept)
        if bounds is not None:
            if isinstance(bounds, Stops):
                return self._read_number(bounds, bounds, parameter, kept)
            # What can be typed is kept though the page has no layer of it: it says so beside the control.
            return self._read_number(bounds, _TYPED, parameter, kept) if said else None
        choices = {slug_of(option): option for option in kind} if issubclass(kind, StrEnum) else _SWITCH
        if said not in choices:
            self._tell(LinkCode.OPTION, parameter, said, options=tuple(choices), used=_written(opening, name))
        return choices.get(said, kept)

    def _read_number(self, bounds: Limits, read: Limits, parameter: str, kept: int) -> int:
        """The number that is said, where `read` has room for it, and else the nearest of its `bounds`."""
        said = self.query[parameter]
        number = _whole_number(said)
        if number is not None and number == read.nearest(number):
            return number
        used = kept if number is None else bounds.nearest(number)
        self._tell(LinkCode.NUMBER, parameter, said, least=bounds.least, most=bounds.most, used=used)
        return used

    def _read_text(self, name: str, parameter: str, kept: str) -> str:
        said = self.query[parameter]
        try:
            return unpack(said, _roles(self.state_class).get(name))
        except LayerError as error:
            places = {"role": error.parameter, **error.places}
            del places["parameter"]
            self._tell(LinkCode.TEXT, parameter, said, error.key, **places)
            return kept

    def _with_numbers(self, opening: State, state: State) -> State:
        """Go back to the preset's numbers where the typed ones were not understood."""
        if not isinstance(state, PageState) or state.values is not Values.TYPED:
            return state
        lost = {problem.parameter for problem in self.found} & {f"{role.name}_values" for role in state.shapes()}
        if not lost:
            return state
        used = getattr(opening, "values", Values.PRESET)
        self._tell(LinkCode.NUMBERS_LOST, "values", "typed", lost=tuple(sorted(lost)), used=used)
        return replace(state, values=used)

    def _tell_unknown(self) -> None:
        known = {*self.parameters.values(), *ASIDE, *({"preset"} if _presets(self.state_class) else ())}
        for parameter, said in self.query.items():
            if parameter not in known:
                pages = tuple(one.page for one in self.linked if parameter in _parameters(one).values())
                variant = ("of_another_page" if len(pages) == 1 else "of_other_pages") if pages else ""
                self._tell(LinkCode.UNKNOWN, parameter, said, variant, pages=pages)


def _whole_number(said: str) -> int | None:
    """The whole number that a text is; None where it is none, or longer than any that could be meant."""
    digits = said.removeprefix("-")
    return int(said) if digits.isascii() and digits.isdecimal() and len(digits) <= 12 else None
