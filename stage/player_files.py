"""The player as files: its HTML, its CSS, and its JavaScript modules joined into one."""

import re
from functools import cache
from graphlib import TopologicalSorter
from hashlib import sha256
from pathlib import Path

from stage.theme import PAGE_COLORS, variables

PLAYER = Path(__file__).parent / "player"
ENTRY = "stage"
"""The module that has the default export: what Streamlit, or a page, calls."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const|let) )", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/)[\s\S])*\*/)[ \t]*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_COMMENT_AFTER = re.compile(r"""(?<=[;{},)\]]) +// [^"'`\n]*$""", re.MULTILINE)  # without quotes: a string has an end
_EMPTY_LINES = re.compile(r"\n{2,}")
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def join(folder: Path, entry: str) -> str:
    """Join the modules that `entry` needs into one, each after those that it imports.

    A module imports by `import { names } from "./module.js";` and exports declarations; only the entry has a default
    export, which stays. Empty lines are left out, and comments, and all but a space of an indent: a browser has no use
    for them.

    Raises graphlib.CycleError where modules import each other in a circle, and ValueError where one has an import or
    an export of another form.
    """
    texts: dict[str, str] = {}
    imports: dict[str, list[str]] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in texts:
            texts[name] = (folder / f"{name}.js").read_text(encoding="utf-8")
            imports[name] = _IMPORT.findall(texts[name])
            waiting += imports[name]
    return "\n".join(_bare(name, texts[name], name == entry) for name in TopologicalSorter(imports).static_order())


def _bare(name: str, text: str, is_entry: bool) -> str:
    """The text of a module without its imports, and with no export but the entry's default one."""
    bare = _EXPORT.sub("", _IMPORT.sub("", _COMMENT.sub("", text))).strip("\n") + "\n"
    left = [line for line in _LEFT.findall(bare) if not (is_entry and line.startswith("export default function"))]
    if left:
        raise ValueError(f"{name}.js: {left[0]!r} is no import or export that can be joined")
    return _EMPTY_LINES.sub("\n", _INDENT.sub(" ", _COMMENT_AFTER.sub("", bare)))


@cache
def script() -> str:
    """The player's JavaScript: one module made of all its files."""
    return join(PLAYER, ENTRY)


@cache
def placing_script() -> str:
    """The JavaScript that places the picture in the first HTML, as one that stands written out in it."""
    return f"(() => {{\n{join(PLAYER, 'place_picture')}}})();"


@cache
def page_presenter_script() -> str:
    """The JavaScript of the button that presents a page without a stage, as a component's."""
    return join(PLAYER, "page_presenter")


@cache
def image_lab_script() -> str:
    """The JavaScript of the page of pictures, as a component's."""
    return join(PLAYER, "image_lab")


@cache
def picture_row_script() -> str:
    """The JavaScript of pictures beside each other, as a component's."""
    return join(PLAYER, "picture_row")


@cache
def address() -> str:
    """Where the script is served, below the address of the app: another one for every text, so that it can be kept.

    >>> address()[:13], address()[-3:]
    ('player/stage.', '.js')
    """
    return f"player/{ENTRY}.{sha256(script().encode()).hexdigest()[:12]}.js"


@cache
def html() -> str:
    """What the player finds on its page."""
    return (PLAYER / "stage.html").read_text(encoding="utf-8")


@cache
def css() -> str:
    """How it looks, on the page and in a picture that is taken in the colours of a theme that is not the page's."""
    other_themes = "".join(f".stage-root.in-{theme} {{ {variables(theme)} }}\n" for theme in PAGE_COLORS)
    return (PLAYER / "stage.css").read_text(encoding="utf-8") + other_themes
