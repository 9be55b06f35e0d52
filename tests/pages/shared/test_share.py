"""What the share dialog gives away: links and a frame that mean what the page shows."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from kinds.links import decode
from kinds.registry import PRESETS
from pages.shared.plain_text import escaped, quoted
from pages.shared.share import Shared
from sharing.page_state import PageState, Values
from sharing.values import operands
from tests.exports.examples import SLUGS
from tests.pages.driver import PATIENCE

BASE = "https://example.org/standard"
POSSIBLE = [PRESETS[page][slug].state for page, slug in SLUGS]


def shared(state: PageState, fragment: str = "step=3&pin=output.0.1") -> Shared:
    return Shared(BASE, state, fragment)


def meaning(link: str, page: str) -> PageState:
    state, problems = decode(page, parse_qs(urlsplit(link).query, keep_blank_values=True))
    assert problems == ()
    return state


@pytest.mark.parametrize("state", POSSIBLE, ids=lambda state: f"{state.page}-{state.preset}")
def test_a_link_in_full_has_the_same_numbers_and_none_of_them_from_its_preset(state: PageState) -> None:
    found = meaning(shared(state).full(is_presented=False), state.page)
    assert found.values is Values.TYPED
    assert found.layer() == state.layer()
    ours, theirs = operands(found), operands(state)
    assert ours.keys() == theirs.keys()
    assert all((ours[role] == theirs[role]).all() for role in ours)


def test_a_short_link_is_the_preset_and_what_the_player_shows() -> None:
    link = shared(PRESETS["standard"]["floor"].state).short(is_presented=False)
    assert link == f"{BASE}?v=1&preset=floor#step=3&pin=output.0.1"


def test_a_link_can_open_in_presenter_view() -> None:
    state = PRESETS["standard"]["floor"].state
    for link in (shared(state).short(is_presented=True), shared(state).full(is_presented=True)):
        assert parse_qs(urlsplit(link).query)["present"] == ["1"]
        assert meaning(link, "standard").layer() == state.layer()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_frame_is_one_element_that_embeds_the_short_link(theme: str) -> None:
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(shared(PRESETS["standard"]["floor"].state).frame('A "title" <b>', theme))
    ((tag, attributes),) = found
    assert (tag, attributes["title"]) == ("iframe", 'A "title" <b>')
    address = urlsplit(str(attributes["src"]))
    assert address.fragment == "step=3&pin=output.0.1"
    assert parse_qs(address.query) == {
        "v": ["1"],
        "preset": ["floor"],
        "embed": ["true"],
        "embed_options": [f"{theme}_theme"],
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("in_channels is 3, but (2, 2)", "in_channels is 3, but (2, 2)"),
        ("*a* _b_ `c` [d](e) <f> $g$ ~h~", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> \\$g\\$ \\~h\\~"),
        (":smile: and http://x", ":\u2060smile: and http:\u2060//x"),
        ("www.example.com a@b.c", "www\u2060.example.com a@\u2060b.c"),
        ("two\n\n# lines", "two # lines"),
    ],
)
def test_nothing_in_a_text_means_anything_to_markdown(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("a", "`a`"), ("", "` `"), ("`", "`` ` ``"), ("a``b", "``` a``b ```"), ("a\nb", "`a b`")]
)
def test_a_quoted_text_cannot_end_its_code_span(text: str, shown: str) -> None:
    assert quoted(text) == shown


def give_away(base: str, page: str = "standard") -> None:
    """Be the script of a page that opens the dialog from which a layer is taken away."""
    from kinds.registry import PRESETS
    from pages.shared.playing import play
    from pages.shared.share import Shared
    from pages.shared.take_away import Taken, take_away

    state = next(iter(PRESETS[page].values())).state
    take_away(Taken(state, play(state).stage, "", "", Shared(base, state)))


@pytest.mark.parametrize(
    ("base", "warnings"),
    [("http://localhost:8501/standard", 1), ("http://[::1]/standard", 1), ("https://example.org/standard", 0)],
)
def test_what_leads_nobody_else_here_is_given_away_with_a_warning(base: str, warnings: int) -> None:
    app = AppTest.from_function(give_away, args=(base,)).run(timeout=PATIENCE)
    assert [crash.value for crash in app.exception] == []
    assert [one.value.startswith("This address works on this machine only") for one in app.info] == [True] * warnings


@pytest.mark.parametrize(
    ("page", "programs"), [("pooling", ["torch", "keras", "onnx"]), ("gradients", ["torch", "keras"])]
)
def test_every_program_of_a_layer_is_given_away_and_one_that_is_none_is_spoken_of(
    page: str, programs: list[str]
) -> None:
    app = AppTest.from_function(give_away, args=("https://example.org", page)).run(timeout=PATIENCE)
    offered = [one.proto.label for one in app.get("download_button")]
    assert [re.search(r"_(\w+)\.py$", one)[1].rpartition("_")[2] for one in offered if one.endswith(".py")] == programs
    assert len(app.expander) == len(programs)
    assert ["no ONNX program" in one.value for one in app.info] == ([True] if "onnx" not in programs else [])


MADE: dict[str, tuple[str, tuple[int, ...]]] = {
    "standard": ("output", (1, 3, 3)),
    "transposed": ("output", (1, 3, 3)),
    "one_dimensional": ("output", (1, 7)),
    "gradients": ("dL/dW", (1, 2, 2)),
}


@pytest.mark.parametrize(("page", "made"), MADE.items(), ids=MADE)
def test_an_array_is_copied_as_a_text_that_says_its_numbers(page: str, made: tuple[str, tuple[int, ...]]) -> None:
    app = AppTest.from_function(give_away, args=("https://example.org", page)).run(timeout=PATIENCE)
    name, shape = made
    app.selectbox(key="copied_array").set_value(name).run()
    held: dict[str, Any] = {"np": np}
    exec(app.code[0].value, held)
    values = held[re.sub(r"\W", "_", name)]
    assert values.shape == shape
    app.selectbox(key="copied_as").set_value("CSV").run()
    written = app.code[0].value
    assert [float(cell) for cell in re.split(r"[,\s]+", written)] == values.ravel().tolist()
    app.selectbox(key="copied_as").set_value("Markdown").run()
    rows = [line.strip("| ").split(" | ")[1:] for line in app.code[0].value.splitlines() if re.match(r"\| \d", line)]
    assert [float(cell) for row in rows for cell in row] == values.ravel().tolist()
