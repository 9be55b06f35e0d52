"""Paths through the pages: every lesson opens, says what is true, and leads to the next."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import torch

from engine import Conv2d, ConvTranspose2d, LayerError
from kinds.links import decode
from pages.shared.cards import path_cards
from pages.shared.playing import play
from sharing.comparison import ComparisonState
from sharing.fragment import read_fragment
from sharing.images import ImagesState
from sharing.learning import LearningState
from sharing.paths import PathPlace, paths, read_place
from sharing.training import TrainingState
from sharing.upsampling import UpsamplingState
from tests.pages.driver import errors, open_link, page_text, press

PLACES = [PathPlace(path, number) for path in paths().values() for number in range(1, len(path.steps) + 1)]
IMPOSSIBLE = {"padding.7"}
BECOMES = re.compile(r"(\d+)×(\d+) becomes (\d+)×(\d+)")


@pytest.mark.parametrize("path", paths().values(), ids=paths())
def test_a_path_has_four_to_eight_lessons(path: object) -> None:
    assert 4 <= len(path.steps) <= 8 or path.slug == "questions"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.parameter)
def test_every_lesson_opens_a_layer_that_plays(place: PathPlace) -> None:
    state, problems = decode(place.step.page, place.query)
    assert problems == ()
    if isinstance(state, ComparisonState):
        assert state.job().height
    elif isinstance(state, LearningState):
        assert state.run(state.lesson()).losses
    elif isinstance(state, ImagesState):
        assert state.chosen_kernel()
    elif isinstance(state, UpsamplingState | TrainingState):
        state.check()
    elif place.parameter in IMPOSSIBLE:
        with pytest.raises(LayerError):
            play(state)
    else:
        assert play(state).summary


def torch_layer(layer: Conv2d | ConvTranspose2d) -> torch.nn.Module:
    """The same layer in PyTorch."""
    kind = torch.nn.Conv2d if isinstance(layer, Conv2d) else torch.nn.ConvTranspose2d
    names = ["stride", "dilation", "groups"]
    if kind is torch.nn.ConvTranspose2d:
        names.append("output_padding")
    padding = layer.padding
    if padding == "full":
        padding = tuple(d * (k - 1) for d, k in zip(layer.dilations, layer.kernel, strict=True))
    arguments = {name: getattr(layer, name) for name in names} | {"padding": 0 if padding == "valid" else padding}
    return kind(layer.in_channels, layer.out_channels, layer.kernel_size, bias=False, **arguments)


SIZED = [place for place in PLACES if BECOMES.search(place.step.sentence)]


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize("place", SIZED, ids=lambda place: place.parameter)
def test_the_sizes_that_a_lesson_names_are_pytorchs(place: PathPlace) -> None:
    state, _ = decode(place.step.page, place.query)
    (found,) = BECOMES.findall(place.step.sentence)
    height, width, *outputs = map(int, found)
    assert (state.height, state.width) == (height, width)
    made = torch_layer(state.layer())(torch.zeros(1, state.in_channels, height, width))
    assert [*made.shape[2:]] == outputs


def test_most_lessons_name_sizes() -> None:
    assert len(SIZED) >= 18


@pytest.mark.parametrize(
    "said", ["", "basics", "basics.0", "basics.99", "basics.1.2", "none.1", "basics.²", "basics.01"]
)
def test_a_place_that_is_not_there_is_said_and_left_out(said: str) -> None:
    assert read_place(said) is None
    state, problems = decode("standard", {"path": said})
    assert state == decode("standard", {})[0]
    assert [problem.code for problem in problems] == ["path"]


def test_every_card_leads_to_the_first_lesson() -> None:
    for card, path in zip(path_cards(), paths().values(), strict=True):
        link = urlsplit(card.link)
        assert link.path == path.steps[0].page
        assert parse_qs(link.query)["path"] == [f"{path.slug}.1"]


def test_the_next_lesson_of_the_same_page_is_shown_and_kept_in_the_link() -> None:
    app = open_link(PathPlace(paths()["padding"], 1).query)
    assert "**Padding and size**, 1 of 7. Without padding" in page_text(app)
    press(app, "Next lesson")
    assert errors(app) == []
    assert "**Padding and size**, 2 of 7." in page_text(app)
    assert app.query_params["path"] == "padding.2"
    assert app.query_params["preset"] == "half-padding"
    press(app, "Previous lesson")
    assert app.query_params["preset"] == "no-padding-unit-strides"


def test_a_changed_layer_stays_on_the_path_and_comes_back() -> None:
    app = open_link(PathPlace(paths()["padding"], 2).query)
    app.number_input(key="height").set_value(6).run()
    assert "**Padding and size**, 2 of 7. You have changed this layer." in page_text(app)
    assert app.query_params["path"] == "padding.2"
    press(app, "Back to this lesson")
    assert app.number_input(key="height").value == 5
    press(app, "Leave the path")
    assert "of 7" not in page_text(app)
    assert "path" not in app.query_params


def test_the_next_lesson_may_be_on_another_page() -> None:
    app = open_link(PathPlace(paths()["basics"], 4).query)
    press(app, "Next lesson")
    assert "**Basics**, 5 of 8." in page_text(app)
    assert app.query_params["preset"] == "edges"
    assert app.query_params["path"] == "basics.5"


def test_the_last_lesson_leads_to_the_other_paths() -> None:
    app = open_link(PathPlace(paths()["cost"], 7).query, "comparison")
    assert errors(app) == []
    assert "Choose another path" in [link.proto.label for link in app.get("page_link")]


QUESTIONS = [place for place in PLACES if place.step.answers]


def test_there_are_twelve_questions_each_with_one_right_answer() -> None:
    assert len(QUESTIONS) == len(paths()["questions"].steps) == 12
    for place in QUESTIONS:
        texts = [answer.text for answer in place.step.answers]
        assert 2 <= len(texts) == len({*texts}) <= 3
        assert place.step.right in place.step.answers


def test_the_numbers_of_the_right_answers_are_pytorchs() -> None:
    right = [place.step.right_text for place in QUESTIONS]
    numbers = torch.arange(9.0).reshape(1, 1, 3, 3)
    kernel = torch.arange(4.0).reshape(1, 1, 2, 2)
    assert right[3] == f"{torch.nn.functional.conv2d(numbers, kernel)[0, 0, 0, 0]:.0f}"
    assert (
        QUESTIONS[3].step.answers[1].text == f"{torch.nn.functional.conv2d(numbers, kernel.flip(2, 3))[0, 0, 0, 0]:.0f}"
    )
    rows = torch.nn.Conv2d(1, 1, 2, 2, 1)(torch.zeros(1, 1, 5, 5)).shape[2]
    assert right[4] == str(rows)
    assert right[7] == f"{2 * 14 * 14 * 256 * 256 * 9:,}"
    assert torch.nn.ConvTranspose2d(3, 3, 4, 2, 1)(torch.zeros(1, 3, 32, 32)).shape[2:] == (64, 64)
    assert right[8] == f"{32 * 32 * 3 * 3 * 4 * 4:,}"
    assert QUESTIONS[8].step.answers[1].text == f"{64 * 64 * 3 * 3 * 4 * 4:,}"


def test_a_wrong_answer_says_why_and_can_be_changed() -> None:
    place = QUESTIONS[0]
    app = open_link(place.query)
    assert [*app.warning, *app.success] == []
    one, three, _ = (answer for answer in place.step.answers)
    app.radio[0].set_value(one.text).run()
    assert [found.value for found in app.warning] == [f"Not quite. {one.why}"]
    app.radio[0].set_value(three.text).run()
    assert [found.value for found in app.warning] == []
    assert [found.value for found in app.success] == [f"Yes. {three.why}"]


def test_the_end_lists_what_was_missed() -> None:
    last = QUESTIONS[-1]
    app = open_link(last.query, last.step.page)
    app.radio[0].set_value(last.step.right_text).run()
    assert errors(app) == []
    missed = [link.proto.label for link in app.get("page_link") if link.proto.label[0].isdigit()]
    assert missed == [f"{place.number}. {place.step.sentence}" for place in QUESTIONS[:-1]]


def test_another_page_of_the_list_is_not_on_the_path() -> None:
    app = open_link(PathPlace(paths()["padding"], 1).query)
    app.query_params.clear()
    app.switch_page("pages/grouped.py").run()
    assert "of 7" not in page_text(app)


def test_a_lesson_opens_the_player_as_it_is_meant_to() -> None:
    """What it asks of the player can be asked in a link."""
    wanted = {place.parameter: place.step.fragment for place in PLACES if place.step.fragment}
    assert wanted == {
        "basics.8": "predict=sum",
        "gradients.4": "step=3&grain=output&pin=output.0.3",
        "volume.1": "grain=slice",
    }
    assert all(read_fragment(fragment) == fragment for fragment in wanted.values())
