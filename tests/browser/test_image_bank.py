"""A bank of filters on the page of pictures, in Chromium: its maps, and what choosing one of them opens."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from sharing.image_kernels import ImageKernelName, ImageView
from sharing.images import ImagesState
from tests.browser.driver import APP_IDLE
from tests.browser.stage import HANDHELD, PHONE, Stage, open_list
from tests.browser.test_images import PIXELS, READY, bring, encoded, sample
from tests.player.image_oracle import Pixels, painted, sums
from tests.player.test_image_convolution import moving_of

BANK = "v=1&kernel=gabor&picture=brick&view=clipped&bank=gabor-4"


@pytest.fixture
def lab(open_again: Callable[..., Stage]) -> Callable[..., Page]:
    return lambda query: open_again(f"/images?{query}", ready=READY).page


def tile(page: Page, name: str) -> Locator:
    return page.locator(".tile").filter(has=page.locator(".name").get_by_text(name, exact=True))


def pixels(canvas: Locator) -> Pixels:
    height, width, values = canvas.evaluate(PIXELS)
    return np.array(values, dtype=np.uint8).reshape(height, width, 3)


def answers(angle: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """What the engine answers at an angle."""
    kernel = ImagesState(kernel=ImageKernelName.GABOR, angle=angle).chosen_kernel()
    return sums(sample("brick"), kernel, moving_of(kernel)) / kernel.divisor


def click(map_of: Locator, row: int, column: int) -> None:
    box = map_of.bounding_box()
    assert box is not None
    map_of.click(position={"x": (column + 0.5) * box["width"] / 256, "y": (row + 0.5) * box["height"] / 256})


def test_every_map_is_the_engines_on_one_scale(lab: Callable[..., Page]) -> None:
    page = lab(BANK)
    every = np.stack([answers(angle) for angle in (0, 45, 90, 135)])
    together = every.max(axis=0)
    full = together.max() / 3
    for name, map_of in zip(("0°", "45°", "90°", "135°", "All together"), (*every, together), strict=True):
        expected = np.clip(np.floor(255 * map_of / full + 0.5), 0, 255).astype(int)
        shown = pixels(tile(page, name).locator(".of-map"))
        assert np.abs(shown - expected[..., None]).max() <= 1  # where a float lies at a half
        assert (shown != expected[..., None]).mean() < 0.001
    expect(page.locator(".bank-scale")).to_contain_text(f"from ≈ {full:.6g} on they are white")


def test_a_clicked_pixel_of_a_map_is_taken_apart_under_its_filter_and_back_leads_to_the_filter_before(
    lab: Callable[..., Page],
) -> None:
    page = lab(BANK)
    expect(tile(page, "0°")).to_have_attribute("aria-pressed", "true")
    box = tile(page, "90°").locator(".of-map").bounding_box()
    assert box is not None
    row, column = (int(at * 256 / box["width"]) for at in (40, 60))
    tile(page, "90°").locator(".of-map").click(position={"x": 60, "y": 40})
    expect(tile(page, "90°")).to_have_attribute("aria-pressed", "true")
    expect(tile(page, "0°")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_label("Angle, degrees", exact=True)).to_have_value("90")
    page.wait_for_url("**angle=90*")
    place = page.locator(".place").inner_text()
    found = [int(number) for number in place.removeprefix("Result at row ").split(", column ")]
    assert max(abs(found[0] - row), abs(found[1] - column)) <= 2  # the mouse is on whole pixels of the screen
    kernel = ImagesState(kernel=ImageKernelName.GABOR, angle=90).chosen_kernel()
    result = sums(sample("brick"), kernel, moving_of(kernel))
    assert np.array_equal(pixels(page.locator("canvas.result")), painted(result, kernel, ImageView.CLIPPED))
    expect(page.locator(".equation")).to_contain_text(str(result[tuple(found)]).replace("-", "−"))
    expect(page.locator(".taps td")).to_have_count(49)
    for angle in (0, 45, 90, 135):
        said = float(tile(page, f"{angle}°").locator(".answer").inner_text().replace("−", "-"))
        assert said == pytest.approx(answers(angle)[tuple(found)], abs=0.005)
    page.locator(APP_IDLE).first.wait_for()
    page.go_back()
    expect(tile(page, "0°")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".place")).to_have_text(place)


def test_a_map_is_chosen_by_keyboard_beside_any_kernel_and_its_pixel_opens_on_the_stage(
    lab: Callable[..., Page],
) -> None:
    page = lab("v=1&kernel=sobel-x&view=signed&bank=gabor-6")
    expect(page.locator('.tile[aria-pressed="true"]')).to_have_count(0)
    page.locator("canvas.result").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".place")).to_have_text("Result at row 128, column 128")
    button = page.get_by_role("button", name="Map of the filter at 120°")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    page.wait_for_url("**kernel=gabor&angle=120*")
    expect(page.locator(".place")).to_have_text("Result at row 128, column 128")
    answer = button.locator(".answer").inner_text()
    expect(button).to_have_attribute("aria-description", f"It answers {answer} at row 128, column 128.")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open this window on the stage").click()
    stage = opened.value
    stage.locator(".stage-root[data-ready='true']").first.wait_for()
    kernel = ImagesState(kernel=ImageKernelName.GABOR, angle=120).chosen_kernel()
    result = sums(sample("chelsea"), kernel, moving_of(kernel))[128, 128]
    stage.get_by_role("application").first.focus()
    stage.keyboard.press("End")
    expect(stage.locator(".stage-root")).to_contain_text(str(result).replace("-", "−"))
    stage.close()


def test_all_together_opens_the_filter_that_answers_most_there(lab: Callable[..., Page]) -> None:
    page = lab(BANK)
    every = np.stack([answers(angle) for angle in (0, 45, 90, 135)])
    wins = every.argmax(axis=0) == 2
    # A pixel around which, as far as a mouse may be off, the level filter answers most.
    around = np.lib.stride_tricks.sliding_window_view(wins, (5, 5)).all(axis=(2, 3))
    row, column = (int(at[0]) + 2 for at in np.nonzero(around))
    click(tile(page, "All together").locator(".of-map"), row, column)
    expect(tile(page, "90°")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".place")).to_contain_text("Result at row")


def test_another_bank_takes_the_place_of_the_one_before_tile_by_tile(lab: Callable[..., Page]) -> None:
    page = lab(BANK)
    for label, count in (("Gabor at 12 angles", 12), ("Gabor at 4 angles", 4)):
        open_list(page.get_by_role("combobox", name="Filters at once"))
        page.get_by_role("option", name=label).click()
        expect(page.locator(".tile")).to_have_count(count + 1)
        expect(page.locator(".of-kernel:visible")).to_have_count(count)
        expect(page.locator(".tile[aria-pressed]")).to_have_count(count)
        expect(tile(page, "0°")).to_have_attribute("aria-pressed", "true")
        page.locator(APP_IDLE).first.wait_for()
    open_list(page.get_by_role("combobox", name="Filters at once"))
    page.get_by_role("option", name="none").click()
    expect(page.locator(".bank")).to_be_hidden()


def test_a_picture_too_small_for_the_bank_is_said(lab: Callable[..., Page]) -> None:
    page = lab("v=1&kernel=identity&view=clipped&bank=gabor-4&padding=valid&dilation=8")
    expect(page.locator(".tile")).to_have_count(5)
    bring(page, "a.png", encoded(Image.new("L", (20, 20), 60), "PNG"))
    expect(page.locator(".bank-use")).to_contain_text("too small for these filters")
    expect(page.locator(".tiles")).to_be_hidden()
    page.get_by_role("button", name="Back to the sample").click()
    expect(page.locator(".tiles")).to_be_visible()


@pytest.mark.parametrize(("context_options", "viewport"), [(HANDHELD, PHONE)])
@pytest.mark.parametrize("bank", ["gabor-4", "gabor-12"])
def test_on_a_phone_nothing_scrolls_sideways_and_a_choice_brings_the_result_into_sight(
    open_page: Callable[..., Page], bank: str
) -> None:
    page = open_page("/images", ready=READY, kernel="gabor", view="clipped", bank=bank)
    assert page.locator(".lab").evaluate("lab => lab.scrollWidth <= lab.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tile(page, "45°").tap()
    expect(page.locator("canvas.result")).to_be_in_viewport(ratio=0.9)


def test_escape_lets_a_clicked_pixel_go_wherever_the_focus_is(lab: Callable[..., Page]) -> None:
    page = lab(BANK)
    click(tile(page, "45°").locator(".of-map"), 100, 40)
    page.locator(APP_IDLE).first.wait_for()
    expect(page.locator(".place")).to_contain_text("row 100, column 40")
    page.keyboard.press("Escape")
    expect(page.locator(".place")).not_to_contain_text("row")
    page.mouse.move(5, 5)
    expect(page.locator(".tile .at:visible")).to_have_count(0)


def test_a_kept_pixel_stays_at_its_place_in_the_picture_when_the_result_gets_smaller(lab: Callable[..., Page]) -> None:
    page = lab(BANK)
    click(tile(page, "0°").locator(".of-map"), 148, 82)
    expect(page.locator(".place")).to_contain_text("row 148, column 82")
    page.get_by_role("combobox", name="After the filter").click()
    page.get_by_role("option", name="ReLU, then 2×2 max pooling").click()
    expect(page.locator(".place")).to_contain_text("row 74, column 41")
    expect(page.locator(".bank-scale")).to_contain_text("ReLU leaves nothing below 0")
