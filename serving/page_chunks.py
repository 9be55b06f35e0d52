"""Which of Streamlit's scripts a page needs beyond those that its first HTML names.

Streamlit asks for the script of an element when the first such element arrives, and for what that script imports after
it. Named in the first HTML, they come while the server is still being connected to.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.file_util import get_static_dir

from kinds.registry import SPECS

STAGE = ("BidiComponent", "Html")
"""The elements, as Streamlit's own sources call them, that the stage is drawn with."""
CONTROLS = ("Selectbox", "NumberInput", "Checkbox", "TextArea")
"""Those that stand around it on every page."""
OTHER_PAGES = {
    "home": STAGE,
    "gallery": ("Html", "TextInput"),
    "glossary": ("Html",),
    "learn_a_kernel": ("Html", "ButtonGroup", "Button", "Selectbox", "NumberInput", "TextArea", "Slider"),
    "train_a_network": ("Html", "ButtonGroup", "Button", "Selectbox", "NumberInput", "Slider"),
    "images": ("BidiComponent", "Html", "ButtonGroup", "Button", "Selectbox", "NumberInput"),
    "upsampling": ("BidiComponent", "Html", "Button", "Selectbox", "NumberInput"),
    "comparison": ("Html", "ButtonGroup", "Button", "Selectbox", "NumberInput"),
}
"""The elements of the pages that are of no kind of layer, in every view."""


def elements(page: str, is_embedded: bool) -> tuple[str, ...]:
    """The elements that a page always shows, those first that it is waited for.

    >>> elements("pooling", is_embedded=True), elements("no-page", is_embedded=False)
    (('BidiComponent', 'Html'), ())
    """
    if page not in SPECS:
        return OTHER_PAGES.get(page, ())
    if is_embedded:
        return STAGE
    return (*STAGE, *(["ButtonGroup"] if SPECS[page].views else []), *CONTROLS)


def chunks(shown: Iterable[str]) -> list[str]:
    """The files of Streamlit's that elements are drawn with, as paths in its static folder; what they import as well.

    Those that Streamlit's own HTML asks for anyway are not among them. One that Streamlit does not know has none.
    """
    manifest = _manifest()
    found: dict[str, None] = {}

    def add(key: str) -> None:
        if key not in found:
            found[key] = None
            for imported in manifest[key].get("imports", []):
                add(imported)

    sources = {key.rpartition("/")[2]: key for key in manifest if key.endswith(".tsx")}
    for element in shown:
        if f"{element}.tsx" in sources:
            add(sources[f"{element}.tsx"])
    text = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
    return [file for key in found if (file := manifest[key]["file"]) not in text]


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    """What Streamlit's build says of its own files: by their sources, the file and the sources that it imports."""
    path = Path(get_static_dir(), "manifest.json")
    manifest: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return manifest
