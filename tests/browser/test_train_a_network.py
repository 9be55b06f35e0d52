"""The page on which a network learns digits, in Chromium: by keyboard, on a phone, and where a cell leads."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from learning.data_sets import DataSet
from learning.recording import recorded_run
from pages.train_a_network_parts.reading import read_held_out
from pages.train_a_network_parts.words import TEMPLATES
from sharing.training import LAST, TrainingState
from sharing.training_examples import MOMENTS
from stage.palette import palette
from tests.browser import driver
from tests.browser.slow_network import settle
from tests.browser.stage import Stage
from tests.browser.tabs import Place
from tests.browser.test_quick_edits import KEEP, MADE_ANEW

CHECKPOINT = '[data-testid="stSlider"] input[aria-label="Checkpoint"]'
READY = ".map-pictures img"
RUN = recorded_run(DataSet.DIGITS)
PAPER = ".paper canvas"
TRAIN = ".st-key-train_button button"
MARK_AT = """([key, x]) => {
  const data = document.querySelector(`.st-key-${key} .js-plotly-plot`)?.data;
  return data && data.at(-1).x[0] === x;
}"""
FIT = """() => {
  const page = document.scrollingElement;
  return {
    scrolls: page.scrollWidth > page.clientWidth,
    right: Math.max(...[...document.querySelectorAll(".stMain table, .stMain button, .stMain .map-pictures img")]
      .map((element) => element.getBoundingClientRect().right)),
    type: Math.min(...[...document.querySelectorAll(".confusion td, .map-pictures figcaption")]
      .map((element) => parseFloat(getComputedStyle(element).fontSize))),
  };
}"""
PIXEL = """async (image) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 300 });
  const context = canvas.getContext("2d");
  await image.decode();
  context.drawImage(image, 0, 0, 300, 300);
  return [...context.getImageData(20, 20, 1, 1).data];
}"""


@pytest.fixture
def train(open_again: Callable[..., Stage]) -> Callable[..., Page]:
    return lambda query="", ready=READY, **how: open_again(f"/train_a_network{query}", ready=ready, **how).page


@pytest.mark.parametrize("view", ["learning", "digit", "mistakes"])
@pytest.mark.parametrize("how", [{}, {"place": Place.HAND, "color_scheme": "dark"}], ids=["laptop", "phone"])
def test_it_fits(train: Callable[..., Page], view: str, how: dict[str, Any]) -> None:
    page = train(f"?v=1&view={view}&digit=74", **how)
    at = page.evaluate(FIT)
    assert not at["scrolls"]
    assert at["right"] <= page.evaluate("innerWidth")
    assert at["type"] >= 12


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_has_the_stages_colours_in_either_theme(train: Callable[..., Page], scheme: str) -> None:
    """Paper, which is 0, has the middle colour of the palette."""
    page = train("?v=1&view=digit", color_scheme=scheme)
    middle = palette(scheme)[32]
    found = page.locator(READY).first.evaluate(PIXEL)
    expected = [int(middle[at : at + 2], 16) for at in (1, 3, 5)]
    assert found[:3] == pytest.approx(expected, abs=3)


def test_checkpoints_by_keyboard_move_the_marks_and_the_link(train: Callable[..., Page]) -> None:
    page = train("?v=1&checkpoint=28")
    slider = page.locator(CHECKPOINT)
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**checkpoint=29")
    for key in ("training_losses", "training_accuracies", "training_moved"):
        page.wait_for_function(MARK_AT, arg=[key, 29])
    page.get_by_role("button", name="Next", exact=True).press("Enter")
    page.wait_for_url("**checkpoint=30")
    expect(slider).to_have_value("30")
    page.get_by_role("button", name="End", exact=True).press("Enter")
    expect(page.get_by_text("After step 945 of 945")).to_be_visible()


def test_a_click_on_a_loss_chooses_its_checkpoint(train: Callable[..., Page]) -> None:
    page = train()
    page.locator(".st-key-training_losses .scatterlayer .trace").nth(1).locator(".point").nth(6).click(force=True)
    page.wait_for_url("**checkpoint=6")
    page.wait_for_function(MARK_AT, arg=["training_losses", 6])


def test_a_cell_leads_to_its_own_multiplies(train: Callable[..., Page]) -> None:
    page = train("?v=1&view=digit&map_number=11&map_row=9&map_column=12")
    page.get_by_role("link", name=TEMPLATES["open"]).press("Enter")
    page.wait_for_selector(driver.STAGE_READY)
    value = read_held_out(recorded_run(DataSet.DIGITS), LAST, TrainingState().digit).made[0][11, 9, 12]
    expect(page.locator(".stage-root")).to_contain_text(f"{abs(value):.4f}"[:6])


SEVEN = [(0.3, 0.2), (0.5, 0.2), (0.7, 0.2), (0.6, 0.45), (0.5, 0.65), (0.42, 0.85)]


def draw_seven(page: Page) -> None:
    box = page.locator(PAPER).bounding_box()
    assert box is not None
    for at, (x, y) in enumerate(SEVEN):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)
        if at == 0:
            page.mouse.down()
    page.mouse.up()


def test_a_digit_is_drawn_and_read_and_taken_back(train: Callable[..., Page]) -> None:
    page = train("?v=1&view=draw", ready=PAPER)
    draw_seven(page)
    expect(page.get_by_text("Yours is read as a 7")).to_be_visible()
    page.locator(CHECKPOINT).press("ArrowLeft")
    page.wait_for_url("**checkpoint=56")
    expect(page.get_by_text("Yours is read as a 7")).to_be_visible()
    page.get_by_role("button", name="Undo stroke").click()
    expect(page.get_by_text("Yours is read")).to_have_count(0)
    expect(page.get_by_role("button", name="Clear")).to_be_disabled()


def test_a_digit_is_drawn_by_keys_alone(train: Callable[..., Page]) -> None:
    page = train("?v=1&view=draw", ready=PAPER)
    page.locator(PAPER).focus()
    for key, times in (("ArrowUp", 8), (" ", 1), ("ArrowDown", 16), (" ", 1)):
        for _ in range(times):
            page.keyboard.press(key)
    expect(page.get_by_text("Yours is read as a 1")).to_be_visible()


def test_what_was_drawn_is_there_after_another_page(train: Callable[..., Page]) -> None:
    page = train("?v=1&view=draw", ready=PAPER)
    draw_seven(page)
    expect(page.get_by_text("Yours is read as a 7")).to_be_visible()
    for view in ("Mistakes", "Draw"):
        page.get_by_role("radio", name=view).click()
    expect(page.get_by_text("Yours is read as a 7")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Yours is read")).to_have_count(0)


def test_no_change_makes_another_control_anew(train: Callable[..., Page]) -> None:
    """Controls that come and go with a view leave those beside them as they are."""
    page = train()
    for view in ("One picture", "Draw", "Mistakes", "Learning"):
        page.evaluate(KEEP)
        page.get_by_role("radio", name=view).click()
        settle(page)
        assert page.evaluate(MADE_ANEW) == []


def test_presenter_view_shows_the_page_alone(train: Callable[..., Page]) -> None:
    page = train()
    page.keyboard.press("p")
    expect(page.locator("html.presenting-page")).to_have_count(1)
    page.wait_for_url("**present=1*")
    page.keyboard.press("p")
    page.wait_for_url(lambda url: "present" not in url)


OWN = "?v=1&run=own&epochs=1&first_maps=2&second_maps=2&shrinking=strides"
"""A run of a small network. No test waits for it here: it is trained at a low priority."""


def test_a_training_is_stopped(train: Callable[..., Page]) -> None:
    page = train(OWN.replace("epochs=1", "epochs=15"), ready=TRAIN)
    page.locator(TRAIN).press("Enter")
    page.get_by_role("button", name="Cancel").press("Enter")
    expect(page.get_by_text("Cancelled.")).to_be_visible()
    expect(page.locator(TRAIN)).to_be_enabled()


def test_settings_of_an_own_run_make_no_other_control_anew(train: Callable[..., Page]) -> None:
    page = train(OWN, ready=TRAIN)
    page.evaluate(KEEP)
    page.locator('.st-key-relu input[type="checkbox"]').press(" ")
    page.wait_for_url("**relu=0*")
    settle(page)
    assert page.evaluate(MADE_ANEW) == []


# A film does not have where the ways to the second layer's stages lead.
PARTS = """() => Object.fromEntries([...document.querySelectorAll("[data-film]")].map((part) => {
  const files = part.querySelectorAll(part.dataset.film === "second_stages" ? "img" : "img, a");
  return [part.dataset.film, part.innerText + [...files].map((one) => (one.src ?? one.href) + one.alt)];
}))"""
FILM_SHOWS = """([name, words]) => document.querySelector(`[data-film="${name}"]`).innerText.includes(words)"""
SHOWN = f"(parts) => JSON.stringify(({PARTS})()) === JSON.stringify(parts)"
SHOWS_WHERE_THE_SLIDER_IS = f"""(steps) => {{
  const at = document.querySelector('{CHECKPOINT}').value;
  const isSaid = document.querySelector("[data-film=moment]").innerText.includes(`After step ${{steps[at]}} of`);
  return isSaid && [...document.querySelectorAll(".js-plotly-plot .scatterlayer")].every((traces) => {{
    const [line, mark] = [...traces.children].slice(-2).map((trace) => trace.querySelectorAll(".point"));
    return mark[0].getAttribute("transform") === line[at].getAttribute("transform");
  }});
}}"""


@pytest.mark.parametrize("view", ["learning", "digit", "mistakes"])
def test_the_run_plays_without_the_server_and_stays_where_it_is_halted(
    open_again: Callable[..., Stage], view: str
) -> None:
    """What is shown then is what a run of the page shows at that checkpoint."""
    stage = open_again(f"/train_a_network?v=1&view={view}&checkpoint=3", ready=READY)
    page = stage.page
    slider = page.locator(CHECKPOINT)
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    page.wait_for_function(f"() => document.querySelector('{CHECKPOINT}').value > 5")
    assert "checkpoint=3" in page.url
    page.get_by_role("button", name="Pause", exact=True).press("Enter")
    halted = int(slider.input_value())
    page.wait_for_url(f"**checkpoint={halted}")
    assert 5 < halted < LAST
    played = page.evaluate(PARTS)
    settle(page)
    page.wait_for_function(SHOWN, arg=played)
    opened = open_again(f"/train_a_network?v=1&view={view}&checkpoint={halted}", ready=READY).page
    opened.wait_for_function(SHOWN, arg=played)
    for way in opened.locator('[data-film="second_stages"] a').all():
        expect(way).to_have_attribute("href", re.compile(r"^standard\?"))


def test_a_slider_shows_each_checkpoint_before_it_is_let_go(train: Callable[..., Page]) -> None:
    page = train("?v=1&checkpoint=28")
    slider = page.locator(CHECKPOINT)
    track = page.locator(".st-key-checkpoint [role=group]").bounding_box()
    thumb = slider.locator("xpath=..").bounding_box()
    assert track is not None
    assert thumb is not None
    shown, y = page.evaluate(PARTS), thumb["y"] + thumb["height"] / 2
    page.mouse.move(thumb["x"] + thumb["width"] / 2, y)
    page.mouse.down()
    for part in (0.6, 0.2, 0.8):
        page.mouse.move(track["x"] + part * track["width"], y, steps=3)
        page.wait_for_function(SHOWS_WHERE_THE_SLIDER_IS, arg=RUN.steps.tolist())
        assert slider.input_value() != "28"
    assert "checkpoint=28" in page.url
    assert page.evaluate(PARTS) != shown
    page.mouse.up()
    page.wait_for_url(f"**checkpoint={slider.input_value()}")


def test_a_run_is_halted_at_its_end_and_begins_anew(train: Callable[..., Page]) -> None:
    page = train("?v=1&checkpoint=56")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(CHECKPOINT)).to_have_value(str(LAST))
    play = page.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_visible()
    page.wait_for_url(lambda address: "checkpoint" not in address)
    play.click()
    page.wait_for_function(FILM_SHOWS, arg=["moment", f"After step {RUN.steps[2]} of"])
    page.get_by_role("button", name="Back", exact=True).click()
    page.wait_for_url("**checkpoint=56")
    expect(play).to_be_visible()
    expect(page.get_by_text(f"After step {RUN.steps[56]} of")).to_be_visible()


def play_from(page: Page, checkpoint: int) -> None:
    """Let a run play until it is past a checkpoint."""
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    page.wait_for_function(f"(at) => document.querySelector('{CHECKPOINT}').value > at", arg=checkpoint)


def shown_checkpoint(page: Page) -> int:
    """The checkpoint that slider, sentence and address agree on, once the page rests."""
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    settle(page)
    page.wait_for_function(SHOWS_WHERE_THE_SLIDER_IS, arg=RUN.steps.tolist())
    at = int(page.locator(CHECKPOINT).input_value())
    page.wait_for_url(f"**checkpoint={at}")
    return at


def test_a_key_on_the_slider_while_it_plays_leaves_one_checkpoint(train: Callable[..., Page]) -> None:
    page = train("?v=1&checkpoint=3")
    play_from(page, 5)
    page.locator(CHECKPOINT).press("ArrowRight")
    assert shown_checkpoint(page) > 6


def test_what_is_shared_while_it_plays_is_what_is_shown(train: Callable[..., Page]) -> None:
    page = train("?v=1&checkpoint=3")
    play_from(page, 5)
    page.get_by_role("button", name="Share", exact=True).click()
    field = page.get_by_role("dialog").get_by_role("textbox", name="Link", exact=True)
    at = page.locator(CHECKPOINT).input_value()
    expect(field).to_have_value(re.compile(f"checkpoint={at}$"))
    page.keyboard.press("Escape")
    assert shown_checkpoint(page) == int(at)


def test_an_examples_sentence_goes_when_the_run_plays_on(train: Callable[..., Page]) -> None:
    page = train("?v=1&checkpoint=0")
    sentence = page.locator("[data-film=look_for]")
    expect(sentence).to_have_text(MOMENTS["start"].look_for)
    play_from(page, 2)
    expect(sentence).to_have_text("")
    page.locator(CHECKPOINT).press("Home")
    expect(sentence).to_have_text(MOMENTS["start"].look_for)


INK = """(canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
  .filter((value, at) => at % 4 === 3 && value > 200).length"""


def test_a_dot_is_drawn_and_a_drawing_stays_when_its_cell_is_opened(train: Callable[..., Page]) -> None:
    page = train("?v=1&view=draw", ready=PAPER)
    page.locator(PAPER).click()
    expect(page.get_by_text("Yours is read as")).to_be_visible()
    assert page.locator(PAPER).evaluate(INK) > 100
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text(TEMPLATES["draw.in_no_link"])
    page.keyboard.press("Escape")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=TEMPLATES["open"]).click()
    opened.value.wait_for_selector(driver.STAGE_READY)
    opened.value.close()
    expect(page.get_by_text("Yours is read as")).to_be_visible()


def test_on_a_phone_the_answer_stands_under_the_paper(train: Callable[..., Page]) -> None:
    page = train("?v=1&view=draw", ready=PAPER, place=Place.HAND)
    page.locator(PAPER).click()
    answer, reason = (page.get_by_text(words).bounding_box() for words in ("Yours is read as", "MNIST’s digits were"))
    assert answer is not None
    assert reason is not None
    assert answer["y"] < reason["y"]
