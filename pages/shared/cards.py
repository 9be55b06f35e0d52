"""The cards of the gallery: for each preset its title, one sentence, a picture of its stage, and its link."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from math import prod
from pathlib import Path as File
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from engine import Costed, LayerError, every_kind
from engine.feed_forward import parameter_shapes
from kinds.links import decode
from kinds.registry import PRESETS
from learning.recording import recorded_run
from pages.shared.navigation import PAGES
from pages.shared.picture_cards import enlarged_piece, filtered_piece
from pages.shared.playing import play
from sharing.comparison import OPENING, ComparisonState, ComparisonView
from sharing.examples import JOBS, STACKS, Example
from sharing.image_examples import PICTURES
from sharing.images import ImagesState
from sharing.learning import LearningState
from sharing.learning_examples import LESSONS
from sharing.link import State, encode
from sharing.page_state import PageState
from sharing.paths import Path, PathPlace, paths
from sharing.presets import Preset
from sharing.stack_text import run_stack
from sharing.training import ChosenRun, TrainingState
from sharing.training_examples import MOMENTS
from sharing.upsampling import UpsamplingState
from sharing.upsampling_examples import UPSAMPLINGS
from stage.thumbnail import bars_thumbnail, thumbnail

MOST_CHARACTERS = 300
"""Of a search: more is not read."""

FAILING = "What fails, and why"
"""The title of the cards whose layer cannot be."""

PATH_TITLE = "{title}: {steps} lessons"

OTHER_WORDS = {
    "atrous": "dilat",
    "blur": "average",
    "deconv": "transposed",
    "deconvolution": "transposed",
    "downsample": "stride",
    "downsampling": "stride",
    "fractionally": "transposed",
    "smooth": "average",
    "sobel": "edge detector",
    "subsampling": "pooling",
    "upconv": "transposed",
    "upsample": "transposed",
    "upsampling": "transposed",
    "wavenet": "causal",
}
"""Words that people search with, and the word of the cards that means the same."""

_IN_AN_ADDRESS = " =:;,.()/'-_"  # what may stand in an address, between double quotes, as it is


WithoutStage = ComparisonState | ImagesState | LearningState | UpsamplingState | TrainingState
WithExamples = TypeVar("WithExamples", ComparisonState, ImagesState, LearningState, UpsamplingState, TrainingState)


@dataclass(frozen=True)
class Card:
    """One preset. `picture` is HTML; `words` is what a search looks through, in small letters.

    One that does not `work` is there to show why: no such layer can be, or it does not take this input.
    """

    title: str
    sentence: str
    link: str
    picture: str
    words: str
    works: bool = True


def found(searched: str) -> dict[str, list[Card]]:
    """The cards whose text has every word that is searched for, by the title of their page.

    >>> [card.title for card in found("checkerboard none")["Transposed"]]
    ['21. None: k = 4, s = 2']
    """
    words = searched[:MOST_CHARACTERS].lower().split()
    matching = {
        title: [card for card in cards if all(_has(card, word) for word in words)] for title, cards in _cards().items()
    }
    return {title: cards for title, cards in matching.items() if cards}


def _has(card: Card, word: str) -> bool:
    return word in card.words or (word in OTHER_WORDS and OTHER_WORDS[word] in card.words)


def cards_html(cards: Iterable[Card]) -> str:
    """Cards in rows, each a link to its page."""
    return f'<div class="cards">{"".join(map(_html, cards))}</div>'


def style() -> str:
    """The style sheet of the cards."""
    sheet = File(__file__).with_name("cards.css").read_text(encoding="utf-8")
    return f"<style>{sheet}</style>"


@cache
def path_cards() -> list[Card]:
    """A card for each path, with a picture of its first stage; its link is the path's first step."""
    return [_path_card(path) for path in paths().values()]


def _path_card(path: Path) -> Card:
    first = PathPlace(path, 1)
    state, _ = decode(first.step.page, first.step.query)
    picture = _picture(state)
    title = PATH_TITLE.format(title=path.title, steps=len(path.steps))
    return Card(title, path.summary, f"{first.step.page}?{urlencode(first.query)}", picture, "")


@cache
def _cards() -> dict[str, list[Card]]:
    """Every card, made once a process."""
    cards = {PAGES[page]: [_preset_card(preset) for preset in presets.values()] for page, presets in PRESETS.items()}
    opening = OPENING
    jobs = (_example_card(opening, example, _job_picture) for example in JOBS.values())
    stacks = (
        _example_card(replace(opening, view=ComparisonView.STACK), example, _stack_picture)
        for example in STACKS.values()
    )
    lessons = [_example_card(LearningState(), lesson, _losses_picture) for lesson in LESSONS.values()]
    enlargements = [_example_card(UpsamplingState(), example, _piece) for example in UPSAMPLINGS.values()]
    pictures = [_example_card(ImagesState(), example, _filtered) for example in PICTURES.values()]
    moments = [_example_card(TrainingState(), moment, _misread_picture) for moment in MOMENTS.values()]
    every = cards | {
        PAGES[LearningState.page]: lessons,
        PAGES[TrainingState.page]: moments,
        PAGES[ImagesState.page]: pictures,
        PAGES[UpsamplingState.page]: enlargements,
        PAGES[ComparisonState.page]: [*jobs, *stacks],
    }
    works = {title: [card for card in of_page if card.works] for title, of_page in every.items()}
    return works | {FAILING: [card for of_page in every.values() for card in of_page if not card.works]}


def _preset_card(preset: Preset[PageState]) -> Card:
    return replace(_card(preset.state, preset, _stage_picture(preset.state)), works=_works(preset.state))


def _example_card(opening: WithExamples, example: Example, picture: Callable[[WithExamples], str]) -> Card:
    state = replace(opening, **example.fields)
    return _card(state, example, picture(state))


def _card(state: State, of: Preset[Any] | Example, picture: str) -> Card:
    words = f"{PAGES[state.page]} {state.page} {of.title} {of.look_for} {getattr(state, 'preset', '')}".lower()
    return Card(of.title, of.summary, f"{state.page}?{urlencode(encode(state))}", picture, words)


def _works(state: PageState) -> bool:
    try:
        play(state)
    except LayerError:
        return False
    return True


def _picture(state: PageState | WithoutStage) -> str:
    """What a page shows, whichever page it is; of the comparison page, what its layer view does."""
    match state:
        case ComparisonState():
            return _job_picture(state)
        case LearningState():
            return _losses_picture(state)
        case UpsamplingState():
            return _piece(state)
        case TrainingState():
            return _misread_picture(state)
        case ImagesState():
            return _filtered(state)
    return _stage_picture(state)


def _stage_picture(state: PageState) -> str:
    try:
        return _image(thumbnail(play(state).stage))
    except LayerError as error:
        return f'<p class="impossible">{escape(str(error))}</p>'


def _job_picture(state: ComparisonState) -> str:
    """The multiply-adds of every kind that can do the job, the standard layer's first."""
    costed = [found for found in every_kind(state.job()).values() if isinstance(found, Costed)]
    return _image(bars_thumbnail([found.cost.macs for found in costed]))


def _stack_picture(state: ComparisonState) -> str:
    """The multiply-adds of each layer that is possible."""
    rows = run_stack(state.stack, state.stack_input())
    return _image(bars_thumbnail([row.applied.cost.macs for row in rows if row.applied is not None]))


def _losses_picture(state: LearningState) -> str:
    """The loss at the start and after each step."""
    return _image(bars_thumbnail(state.run(state.lesson()).losses))


def _piece(state: UpsamplingState) -> str:
    return _image(enlarged_piece(state))


def _filtered(state: ImagesState) -> str:
    return _image(filtered_piece(state))


def _misread_picture(state: TrainingState) -> str:
    """How many held-out pictures are read wrong, at each checkpoint up to the one that is shown.

    Of a run that is trained when somebody asks for it, how many parameters each layer has.
    """
    if state.run is ChosenRun.OWN:
        shapes = parameter_shapes(state.recipe().layers)
        return _image(bars_thumbnail([prod(shape) for name, shape in shapes.items() if name.endswith("weight")]))
    recording = recorded_run(state.data_set)
    return _image(bars_thumbnail([len(recording.misread(one)) for one in range(state.checkpoint + 1)]))


def _image(drawn: str) -> str:
    # As an image, because Streamlit takes drawings out of a page's HTML.
    return f'<img alt="" loading="lazy" src="data:image/svg+xml,{quote(drawn, safe=_IN_AN_ADDRESS)}">'


def _html(card: Card) -> str:
    title, sentence = escape(card.title), escape(card.sentence)
    return (
        f'<a class="card" href="{escape(card.link)}" target="_self">{card.picture}'
        f"<strong>{title}</strong><span>{sentence}</span></a>"
    )
