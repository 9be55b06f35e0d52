"""The gallery: a card for every preset, found by its words, whose link opens what it shows."""

import re
from html import escape, unescape
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from engine import LayerError
from kinds.links import decode
from kinds.registry import PRESETS
from pages.shared.cards import FAILING, Card, cards_html, found
from pages.shared.playing import play
from sharing.comparison import ComparisonState
from sharing.examples import JOBS, STACKS
from sharing.image_examples import PICTURES
from sharing.images import ImagesState
from sharing.learning import LearningState
from sharing.learning_examples import LESSONS
from sharing.training import TrainingState
from sharing.training_examples import MOMENTS
from sharing.upsampling import UpsamplingState
from sharing.upsampling_examples import UPSAMPLINGS
from tests.pages.driver import errors, open_link, page_text

EXAMPLES = {**JOBS, **STACKS, **LESSONS, **MOMENTS, **PICTURES, **UPSAMPLINGS}
PRESET_CARDS = [(page, slug) for page in PRESETS for slug in PRESETS[page]]


def every_card() -> list[Card]:
    return [card for cards in found("").values() for card in cards]


def open_gallery(searched: str = "") -> AppTest:
    app = open_link({}, "gallery")
    return app.text_input(key="search").set_value(searched).run() if searched else app


def test_every_preset_and_every_example_has_a_card() -> None:
    titles = [card.title for card in every_card()]
    presets = [preset.title for presets in PRESETS.values() for preset in presets.values()]
    examples = [example.title for example in EXAMPLES.values()]
    assert sorted(titles) == sorted(presets + examples)


def refusal(card: Card) -> str | None:
    """Return why the layer of a card cannot be; None where it plays, or on a page without a stage."""
    state, _ = decode(urlsplit(card.link).path, dict(parse_qsl(urlsplit(card.link).query)))
    if isinstance(state, ComparisonState | ImagesState | LearningState | TrainingState | UpsamplingState):
        return None
    try:
        play(state)
    except LayerError as error:
        return str(error)
    return None


def test_what_fails_stands_in_a_section_of_its_own_with_the_reason() -> None:
    failing = found("")[FAILING]
    assert len(failing) >= 2
    for card in every_card():
        reason = refusal(card)
        assert (card in failing) is (reason is not None)
        assert reason is None or escape(reason) in card.picture


@pytest.mark.parametrize(("page", "slug"), PRESET_CARDS)
def test_a_cards_link_is_its_preset(page: str, slug: str) -> None:
    preset = PRESETS[page][slug]
    (card,) = (card for card in every_card() if card.link.startswith(f"{page}?") and card.title == preset.title)
    link = urlsplit(card.link)
    assert decode(link.path, parse_qs(link.query)) == (preset.state, ())
    assert card.sentence == preset.summary


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_an_examples_link_is_its_choice(example: object) -> None:
    (card,) = (card for card in every_card() if card.title == example.title)
    link = urlsplit(card.link)
    state, problems = decode(link.path, parse_qs(link.query))
    assert problems == ()
    assert {name: getattr(state, name) for name in example.fields} == example.fields


@pytest.mark.parametrize(
    ("searched", "titles"),
    [
        ("checkerboard guide", set()),
        ("checkerboard random even", {"Even overlap, a checkerboard: k = 4, s = 2, random"}),
        ("GUIDE transposed dilation", {"Guide: dilation, transposed"}),
        ("1-d causal", {"Causal padding: nothing reads the future", "Causal with dilation 4"}),
        ("case that is not there", set()),
        ("Atrous guide", {"Guide: dilation", "Guide: dilation, transposed"}),
        ("sobel detector", {"An edge detector: the kernel [1, −1]"}),
        ("sobel photograph", {"A photograph’s edges, each with its sign"}),
        ("gabor bricks side", {"Gabor at 90° on bricks: the level joints"}),
        ("blur five", {"A moving average"}),
        ("deconvolution simplest", {"The simplest: 2×2 stamped four times", "The same from 0 on: a stamp of zeros"}),
    ],
)
def test_a_search_finds_what_has_all_its_words(searched: str, titles: set[str]) -> None:
    assert {card.title for cards in found(searched).values() for card in cards} == titles


def test_an_old_link_to_a_search_on_the_home_page_finds_the_same() -> None:
    app = open_link({"search": "checkerboard none"}, "home")
    assert "## Transposed" in page_text(app)
    assert "## Standard" not in page_text(app)


def test_the_page_shows_the_cards_that_were_found() -> None:
    app = open_gallery()
    assert errors(app) == []
    assert [title for title in ("Standard", "Transposed", "Compare") if f"## {title}" in page_text(app)] == [
        "Standard",
        "Transposed",
        "Compare",
    ]
    assert "## Standard" not in page_text(open_gallery("checkerboard"))


@pytest.mark.parametrize("searched", ["no such thing", "<script>alert(1)</script>", "%", "x" * 5000, "\x00"])
def test_a_search_for_nothing_there_is_says_so(searched: str) -> None:
    app = open_gallery(searched)
    assert errors(app) == []
    assert [info.value for info in app.info] == [
        "No case has all of these words. Try fewer: padding, stride, groups, transposed or pooling."
    ]


def test_pictures_are_drawings_of_their_own_and_impossible_layers_say_why() -> None:
    pictures = [card.picture for card in every_card()]
    drawn = [re.search(r'src="data:image/svg\+xml,([^"]*)"', picture) for picture in pictures]
    for match, picture in zip(drawn, pictures, strict=True):
        if match is None:
            assert "but" in picture  # the sentence of what cannot be
        else:
            root = ElementTree.fromstring(unquote(match[1]))
            assert root.tag.endswith("svg")
            assert len(list(root)) >= 1
    assert sum(match is None for match in drawn) == 2


def test_text_of_a_card_is_text() -> None:
    card = Card("<b>", "a & b", "standard?v=1&preset=x", "", "")
    html = cards_html([card])
    assert "<strong>&lt;b&gt;</strong>" in html
    assert unescape(re.search(r'href="([^"]*)"', html)[1]) == card.link
