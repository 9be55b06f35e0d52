"""A page of one file that plays, links and works without a network: the player and a record."""

import json
from functools import cache
from html import escape
from pathlib import Path

from stage.model import Stage, Surroundings
from stage.player_files import css, html, script
from stage.theme import variables
from stage.wire import to_wire

_MOUNTED = "const mount = function"
_EXPORTED = "export default function"

_LOOK = Path(__file__).parent / "page.css"

_START = """
const data = JSON.parse(document.getElementById("record").textContent);
if (!location.hash && data.fragment) history.replaceState(null, "", `#${data.fragment}`);
mount({ parentElement: document.body, data, setTriggerValue() {} });
const { name } = data;
const place = document.querySelector(".stage-pictures");
document.dispatchEvent(new CustomEvent("stage-pictures", { detail: { place, name, title: document.title } }));
"""


def standalone(stage: Stage, title: str, sentence: str, name: str, fragment: str = "", link: str = "") -> str:
    """The page of a stage; it opens at the moment of a player's `fragment`, and says where it came from.

    Values cannot be edited on it: there is no server to compute with. Pictures can be taken from it; they are called
    after the `name` of the layer.
    """
    surroundings = to_wire(Surroundings(fixed=True, offline=True, fragment=fragment))
    record = json.dumps(to_wire(stage) | surroundings | {"name": name}).replace("<", "\\u003c")
    origin = f'Made with Convolution Visualizer: <a href="{escape(link)}">this page</a>.' if link else ""
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{_look()}{css()}</style>\n</head>\n<body>",
            f"<h1>{escape(title)}</h1>\n<p>{escape(sentence)}</p>\n{html()}",
            '<details class="pictures"><summary>Take a picture</summary><div class="stage-pictures"></div></details>',
            f"<footer>{origin} Keys: ? shows them all.</footer>",
            f'<script type="application/json" id="record">{record}</script>',
            f'<script type="module">\n{_module()}\n{_START}</script>\n</body>\n</html>\n',
        )
    )


@cache
def _look() -> str:
    light, dark = (f":root {{ {variables(theme)} }}\n" for theme in ("light", "dark"))
    return f"{light}@media (prefers-color-scheme: dark) {{ {dark}}}\n" + _LOOK.read_text(encoding="utf-8")


@cache
def _module() -> str:
    """The player's module as part of a page: there is nothing to export to."""
    module = script()
    if module.count(_EXPORTED) != 1:
        raise AssertionError("the player's module has one export, its default")
    return module.replace(_EXPORTED, _MOUNTED)
