"""What cannot be computed is said in one sentence, nothing typed is lost, and undoing it brings the stage back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.stage import HEATMAPS, PAGES, Stage
from tests.browser.tabs import Place

# From a preset to a layer that is impossible: the preset, the field, what is put into it, and part of the sentence.
NUMBERS = {
    "a kernel wider than the input": ("simplest", "Kernel width", 5, "Kernel width is 5 columns"),
    "a kernel taller than the padded input": ("padding-zeros", "Kernel height", 7, "Kernel height is 7 rows"),
    "the same with a stride": ("no-padding-strides", "Kernel height", 6, "Kernel height is 6 rows"),
    "a kernel spread too wide": ("dilation", "Dilation width", 4, "dilation 4"),
    "reflect padding as wide as the input": ("padding-reflect", "Padding width", 4, "4 columns at the left"),
    "circular padding wider than the input": ("padding-circular", "Padding height", 5, "5 rows at the top"),
    "same with a stride": ("same", "Stride height", 2, "'same'"),
    "no input": ("simplest", "Input height", 0, "Input height is 0"),
    "an input too large": ("simplest", "Input width", 1000, "Input width is 1,000"),
    "no stride": ("no-padding-strides", "Stride width", 0, "Stride width is 0"),
    "negative padding": ("padding-zeros", "Padding height", -1, "Padding height is -1"),
    "too many channels": ("simplest", "Out channels", 9, "Out channels is 9"),
    "a size left out": ("channels", "Kernel height", "", "Kernel height is "),
}
TEXTS = {
    "empty": ("", "empty"),
    "ragged": ("1 0\n2", "ragged"),
    "a word": ("1 0\n2 one", "“one”"),
    "NaN": ("1 0\n2 nan", "“nan”"),
    "infinity": ("-inf 0\n2 1", "“-inf”"),
    "too large": ("1 0\n2 1e7", "“1e7”"),
    "too large to be a number": ("1 0\n2 1e999", "“1e999”"),
    "HTML": ("1 0\n2 <b>1</b>", "“<b>1</b>”"),
}


@pytest.fixture
def open_preset(open_again: Callable[..., Stage]) -> Callable[[str], Stage]:
    return lambda slug: open_again(PAGES["standard"].link(slug))


def picture(stage: Stage) -> list[object]:
    """Return all that is to be seen of a layer."""
    said = stage.look().said
    return [said[name] for name in ("numbers", "windows", "live", "covers", "equation")]


def check_sentence(stage: Stage, says: str) -> None:
    """Check that the page says one sentence about what is wrong, once, and shows nothing of how it found out."""
    expect(stage.alert).to_have_count(1)
    expect(stage.alert).to_be_visible()
    expect(stage.alert).to_contain_text(says)
    sentence = stage.alert.inner_text().strip()
    assert re.fullmatch(r"[A-Z][^.:]* is .+, but .+: .+\.", sentence), sentence
    assert "\n" not in sentence
    stage.expect(problem=sentence, state="paused", ready="true")
    assert stage.page.get_by_test_id("stException").count() == 0
    assert "Traceback" not in stage.page.locator("body").inner_text()
    # The last picture stays, in its place.
    expect(stage.page.locator(HEATMAPS).first).to_be_attached()


@pytest.mark.parametrize("case", NUMBERS.values(), ids=NUMBERS)
def test_an_impossible_layer(open_preset: Callable[[str], Stage], case: tuple[str, str, object, str]) -> None:
    preset, label, value, says = case
    stage = open_preset(preset)
    shown, possible, size = picture(stage), stage.number(label).input_value(), stage.size()

    stage.set_number(label, value)
    check_sentence(stage, says)
    expect(stage.number(label)).to_have_value(str(value))
    assert stage.size() == size

    stage.set_number(label, possible)
    expect(stage.alert).to_have_count(0)
    stage.expect(problem="")
    assert picture(stage) == shown


def test_the_player_rests_while_there_is_a_problem(open_preset: Callable[[str], Stage]) -> None:
    stage = open_preset("simplest")
    stage.leave_field()
    stage.press("ArrowRight", "-", " ")
    stage.expect(state="playing")
    stage.set_number("Kernel height", 9)
    stage.leave_field()
    expect(stage.alert).to_have_count(1)
    before = stage.look()
    assert before.data["state"] == "paused"
    stage.press(" ", "End", "Home", "3", "ArrowRight")
    after = stage.look()
    assert (after.step, after.steps, after.data["state"]) == (before.step, before.steps, "paused")


@pytest.mark.parametrize("role", ["Input", "Kernel", "Bias"])
def test_a_text_that_is_no_matrix(open_preset: Callable[[str], Stage], role: str) -> None:
    stage = open_preset("channels")
    label = f"{role} values"
    shown, possible = picture(stage), stage.text_area(label).input_value()
    others = [
        stage.text_area(f"{other} values").input_value() for other in ("Input", "Kernel", "Bias") if other != role
    ]
    for name, (text, says) in TEXTS.items():
        if role == "Bias" and name in ("empty", "ragged"):
            continue  # no bias typed is none, and a list of biases has no rows
        stage.set_text(label, text)
        check_sentence(stage, says)
        expect(stage.alert).to_contain_text(f"{role} values")
        expect(stage.text_area(label)).to_have_value(text)

    stage.set_text(label, possible)
    stage.expect(problem="")
    expect(stage.alert).to_have_count(0)
    assert picture(stage) == shown
    for other, text in zip((o for o in ("Input", "Kernel", "Bias") if o != role), others, strict=True):
        expect(stage.text_area(f"{other} values")).to_have_value(text)


@pytest.mark.parametrize(("preset", "says"), [("same-with-stride", "'same'"), ("missing-axis", "channel axis")])
def test_a_preset_of_an_impossible_layer(open_preset: Callable[[str], Stage], preset: str, says: str) -> None:
    stage = open_preset("channels")
    stage.choose_preset(preset)
    check_sentence(stage, says)
    stage.choose_preset("simplest")
    stage.expect(problem="")


def test_a_page_that_opens_with_a_problem(open_again: Callable[..., Stage]) -> None:
    """A link can lead to a layer that is none. There is no picture then, and keys and buttons do no harm."""
    stage = open_again("/standard?v=1&preset=simplest&kernel_height=5", anew=True)
    stage.expect(state="paused")
    expect(stage.alert).to_contain_text("Kernel height is 5 rows")
    expect(stage.root).to_have_attribute("data-problem", re.compile("Kernel height is 5 rows"))
    stage.press(" ", "ArrowRight", "End", "1", "3", "+", "Escape")
    stage.page.mouse.move(*(side / 2 for side in stage.page.viewport_size.values()))
    stage.expect(state="paused")
    stage.set_number("Kernel height", 2)
    expect(stage.alert).to_have_count(0)
    stage.expect(problem="", step=0)


def test_the_stage_stays_where_it_is_when_a_sentence_comes(open_preset: Callable[[str], Stage]) -> None:
    """The longest sentence has room where a preset's stood, so nothing below it jumps."""
    stage = open_preset("same")
    stage.leave_field()
    before = stage.root.bounding_box()
    stage.set_number("Stride height", 2)
    expect(stage.alert).to_have_count(1)
    assert stage.root.bounding_box() == before


def check_told(control: Locator, fault: Locator, says: str) -> None:
    expect(fault).to_contain_text(says)
    expect(control).to_have_attribute("aria-invalid", "true")
    expect(control).to_have_accessible_description(re.compile(says))
    expect(fault).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("place", [Place.DESK, Place.HAND])
def test_what_is_wrong_stands_in_sight_under_its_control_with_a_way_out(
    open_again: Callable[..., Stage], place: Place
) -> None:
    stage = open_again(PAGES["standard"].link("simplest"), place=place)
    if place is Place.HAND:
        stage.page.get_by_test_id("stExpandSidebarButton").click()
    height = stage.number("Input height")
    height.fill("104")
    height.press("Enter")
    fault = stage.page.locator(".st-key-fault_height")
    check_told(height, fault, "Input height is 104, but this page shows 1 to 32")
    fault.get_by_role("button", name="Use 32", exact=True).click()
    expect(fault).to_have_count(0)
    expect(height).to_have_value("32")
    expect(height).to_have_attribute("aria-invalid", "false")
    expect(stage.alert).to_have_count(0)
    if place is Place.HAND:
        stage.page.get_by_test_id("stSidebarCollapseButton").locator("button").click()


@pytest.mark.parametrize("place", [Place.DESK, Place.HAND])
def test_what_is_wrong_with_a_text_stands_in_sight_under_it(open_again: Callable[..., Stage], place: Place) -> None:
    stage = open_again(PAGES["standard"].link("simplest"), place=place)
    area = stage.text_area("Kernel values")
    area.fill("1 0\n2")
    area.press("Control+Enter")
    check_told(area, stage.page.locator(".st-key-fault_kernel_area"), "The text of Kernel values is ragged")
