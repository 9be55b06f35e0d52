"""The stage withholds what comes next and asks for it; wrong answers are named, can be changed, and are found again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from kinds.registry import PRESETS
from pages.shared.playing import play
from stage.hints import HINTS
from stage.questions import TEMPLATES
from tests.browser.stage import Stage
from tests.browser.tabs import Place

FOCUSED = "() => document.activeElement.dataset.control ?? document.activeElement.getAttribute('class')"
SIMPLEST = "/standard?v=1&preset=simplest"  # 4 1 7 5 in the first row, 4 4 2 5 in the second; the kernel is 1 0, 2 1


def expect_focus(stage: Stage, name: str) -> None:
    stage.page.wait_for_function(f"name => ({FOCUSED})() === name", arg=name)


def test_sums_are_predicted_by_keyboard_alone(open_again: Callable[..., Stage]) -> None:
    """Right, wrong with a name, changed, no number, unanswered; the end says what was missed and leads back there."""
    stage = open_again(SIMPLEST)
    select, question, review = stage.control("predict"), stage.root.locator(".question"), stage.root.locator(".review")
    hint = stage.root.locator(".hint")
    stage.press("3", "End")  # a granularity and a step that predicting does not go on with
    select.focus()
    select.press("ArrowDown")
    stage.expect(asked="sum", step=0, steps=9)
    expect(stage.control("count")).to_have_text("0 / 9")  # nothing is computed yet
    seen = stage.look()
    assert seen.revealed == [0]
    assert seen.live("products") + seen.live("partial") == [None] * 5
    expect(stage.announced).to_contain_text("0 of 9 done. What is output[0, 0]?")
    stage.press("Tab")
    expect_focus(stage, "answer")
    expect(hint).to_have_text(HINTS["predicting.sum"])
    stage.press("1", "0", "Enter")
    expect(question).to_contain_text("Not 10. That is the sum with the kernel flipped.")
    expect(stage.announced).to_contain_text("the kernel flipped")
    assert stage.look().revealed == [0]
    stage.press("1", "6", "Enter")  # over what was wrong
    stage.expect(asked="")
    expect(stage.root.locator(".sentence")).to_have_text("Right: output[0, 0] = 16.")
    expect(stage.announced).to_contain_text("Right: output[0, 0] = 16. Step 1 of 9: output[0, 0]. 4×1 + 1×0")
    assert stage.look().revealed == [1]
    expect_focus(stage, "next")
    stage.press("Enter")
    expect_focus(stage, "answer")
    stage.press("x", "Enter")
    expect(question).to_contain_text("That is no number.")
    stage.press("Escape")
    expect(hint).to_have_text(HINTS["predicting.sum"])
    stage.press("ArrowRight")  # shown, not said
    stage.expect(asked="", step=1)
    stage.press("ArrowRight")
    expect_focus(stage, "answer")
    stage.press("9", "Escape", " ")  # playing waits for the answer
    expect_focus(stage, "answer")
    stage.expect(state="paused", step=2, asked="sum")
    stage.press("Escape", "End", "ArrowRight")
    expect(review.get_by_role("button")).to_have_count(8)
    stage.page.wait_for_function("() => location.hash === '#step=9&predict=sum'")
    review.get_by_role("button").first.press("Enter")
    stage.expect(asked="sum", step=1)
    expect_focus(stage, "answer")
    stage.press("1", "1", "Enter")
    expect(review.get_by_role("button")).to_have_count(7)
    first = review.get_by_role("button").first
    expect(first).to_be_focused()
    stage.hover("kernel", (0, 0))
    expect(first).to_be_focused()
    stage.leave()
    stage.press("ArrowLeft")
    expect(stage.root.locator(".sentence")).to_have_text("Right: output[0, 0] = 16.")
    select.focus()
    select.press("ArrowUp")
    stage.expect(asked="")
    expect(review).to_be_hidden()
    stage.leave_field()
    stage.press("3")
    stage.expect(steps=36)


def test_the_size_and_the_windows_are_predicted_by_tapping(open_again: Callable[..., Stage]) -> None:
    """Nothing on the page tells what is asked, and a finger is no worse off than a mouse."""
    stage = open_again("/standard?v=1&preset=padding-strides#predict=size", place=Place.HAND)
    question, message = stage.root.locator(".question"), stage.page.locator(".st-key-message p")
    stage.expect(asked="size")
    assert message.evaluate("(text) => getComputedStyle(text).visibility") == "hidden"
    for name in ("count", "seek"):
        expect(stage.control(name)).to_be_hidden()
    for choice, said in {
        "2×2": "That is the size with the padding forgotten.",
        "5×5": "That is the size with a stride of 1.",
    }.items():
        question.get_by_role("button", name=choice).tap()
        expect(question).to_contain_text(f"Not {choice}. {said}")
    expect(stage.root.locator(".hint")).to_have_text(HINTS["predicting.size.touch"])
    question.get_by_role("button", name="3×3").tap()
    stage.expect(asked="")
    expect(stage.root.locator(".sentence")).to_have_text("Right: the output is 3×3.")
    assert message.evaluate("(text) => getComputedStyle(text).visibility") == "visible"

    stage.control("predict").select_option("cells")
    stage.click("next")  # the first is missed
    stage.click("next")
    stage.expect(asked="cells", step=1)
    stage.page.evaluate("document.querySelector('.stMain').scrollTo(0, 0)")
    for cell, said in {
        (1, 3): "with the padding forgotten",
        (0, 1): "with a stride of 1",
        (2, 0): "takes rows for columns",
        (5, 5): "at its top left cell",
    }.items():
        stage.page.touchscreen.tap(*stage.point("input", cell))
        expect(question).to_contain_text(said)
        assert stage.look().links("linked", "output") == set()  # which outputs read the cell
    expect(stage.root.locator(".hint")).to_have_text(HINTS["predicting.cells.touch"])
    stage.page.touchscreen.tap(*stage.point("input", (0, 2)))
    stage.expect(asked="", step=1)
    assert stage.look().window()[0] == (0, 2)
    stage.click("last")
    stage.click("next")
    expect(stage.root.locator(".review button")).to_have_count(8)


def test_what_is_asked_is_not_told_by_pointing_and_large_layers_say_why_sums_are_not_asked(
    open_again: Callable[..., Stage],
) -> None:
    stage = open_again(f"{SIMPLEST}#step=2&predict=sum")
    stage.expect(asked="sum", step=1)
    sentence = stage.root.locator(".sentence")
    for cell in ((0, 2), (2, 2)):
        stage.hover("output", cell)
        expect(sentence).to_have_text("That is what is asked.")
    stage.hover("products", (0, 0))
    expect(sentence).to_contain_text("not multiplied yet")
    stage.hover("output", (0, 0))
    expect(sentence).to_contain_text("output[0, 0] = 16")
    stage.leave()
    stage.set_number("Input height", 12)
    stage.set_number("Input width", 12)
    stage.expect(asked="")
    options = stage.control("predict").locator("option:disabled")
    expect(options).to_have_text("Next number: of at most 100 outputs")
    stage = open_again("/standard?v=1&preset=simplest&height=6&width=6&kernel_height=3&kernel_width=3&in_channels=8")
    expect(stage.control("predict").locator("option:disabled")).to_have_text("Next number: of at most 36 products each")


def test_cells_that_are_never_read_do_not_tell_the_size(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=uneven-stride#predict=size")
    stage.expect(asked="size")
    unused = stage.root.locator(".unused").first
    expect(unused).to_have_css("opacity", "0")
    stage.click("next")
    expect(unused).to_have_css("opacity", "1")
    expect(stage.control("seek")).to_be_visible()


def test_of_a_sequence_a_length_is_asked(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/one_dimensional?v=1&preset=moving-average#predict=size")
    (view,) = play(PRESETS["one_dimensional"]["moving-average"].state).stage.layers
    length = view.output_size[1]
    question = stage.root.locator(".question")
    expect(question).to_contain_text("How long is the output?")
    question.get_by_role("button", name=str(length - 1), exact=True).click()
    expect(question).to_contain_text(f"Not {length - 1}. That ")
    question.get_by_role("button", name=str(length), exact=True).click()
    expect(stage.root.locator(".sentence")).to_have_text(f"Right: the output is {length} long.")
    stage.control("predict").select_option("cells")
    expect(question).to_contain_text("begin? Tap it.")


def field_of(stage: Stage, cell: tuple[int, int]) -> tuple[float, float, float]:
    """Return how wide and high the field over a cell of the output is, and its type; it has its middle on the cell."""
    box = stage.root.locator(".answer").bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert middle == pytest.approx(stage.point("output", cell), abs=1)
    return (
        box["width"],
        box["height"],
        stage.root.locator(".answer").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"),
    )


def test_the_field_is_as_large_as_its_cell_or_what_is_typed(open_again: Callable[..., Stage]) -> None:
    small = open_again(f"{SIMPLEST}&height=10&width=10#step=32&predict=sum", place=Place.HAND)
    small.expect(asked="sum")
    width, height, font = field_of(small, (3, 4))
    assert (width < 40, height < 28, font) == (True, True, 16)
    small.root.locator(".answer").fill("-12.75")
    assert width < field_of(small, (3, 4))[0] < 80
    large = open_again(f"{SIMPLEST}&present=1#step=5&predict=sum")
    large.expect(asked="sum")
    unit = large.look().unit
    width, height, font = field_of(large, (1, 1))
    assert (width, height) == pytest.approx((unit, unit))
    assert font > 24


def test_no_picture_tells_what_is_asked(open_again: Callable[..., Stage]) -> None:
    stage = open_again(f"{SIMPLEST}#step=8&predict=sum")
    stage.expect(asked="sum")
    stage.page.get_by_role("button", name="Download").click()
    png, video = (stage.page.locator(f"[data-take={kind}]") for kind in ("png", "video"))
    said = stage.page.locator(".stage-pictures .said")
    expect(said).to_have_text(TEMPLATES["no_picture"])
    expect(png).to_have_attribute("aria-disabled", "true")
    png.click(force=True)
    expect(said).to_have_text(TEMPLATES["no_picture"])
    stage.press("Escape")
    expect(png).to_be_hidden()
    stage.click("next")
    stage.page.get_by_role("button", name="Download").click()
    expect(said).to_have_text(TEMPLATES["no_film"])  # the last sum is still to be asked
    expect(video).to_have_attribute("aria-disabled", "true")
    with stage.page.expect_download():
        png.click()


def test_what_pooling_makes_of_a_window_is_predicted_too(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/pooling?v=1&preset=max#predict=sum")
    stage.expect(asked="sum", step=0)
    explained = stage.page.locator(".st-key-explanation .maps")

    def expect_maps(visibility: str) -> None:
        expect(explained).to_have_count(2)
        for maps in (explained.first, explained.last):
            expect(maps).to_have_css("visibility", visibility)

    expect_maps("hidden")  # they have every answer in them
    (view,) = play(PRESETS["pooling"]["max"].state).stage.layers
    window = view.arrays.products[0, 0, :, 0]
    answer, question = stage.root.locator(".answer"), stage.root.locator(".question")
    answer.fill(str(window.mean()))
    answer.press("Enter")
    expect(question).to_contain_text("That is the mean of the window")
    answer.fill(str(window.max()))
    question.get_by_role("button", name="Check").click()
    stage.expect(asked="")
    expect(stage.root.locator(".sentence")).to_contain_text("Right: ")
    expect_maps("hidden")  # others are still to be asked
    stage.control("predict").select_option("")
    expect_maps("visible")


def test_what_is_predicted_is_kept_while_another_view_is_shown(open_again: Callable[..., Stage]) -> None:
    """As matrices and back in the windows it goes on with what was said. Another layer begins anew."""
    stage = open_again(f"{SIMPLEST}#predict=sum")
    stage.root.locator(".answer").fill("16")
    stage.root.locator(".answer").press("Enter")
    stage.expect(asked="", step=0)
    stage.click("next")
    stage.expect(asked="sum", step=1)
    choose = stage.page.get_by_test_id("stButtonGroup")
    for view in ("im2col", "matrix", "Windows"):
        with stage.rerun():
            choose.get_by_role("radio", name=view).click()
        expect(stage.control("predict")).to_have_value("sum")
        stage.expect(asked="sum", step=1)
    stage.click("previous")
    stage.expect(asked="", step=0)  # it was answered
    stage.set_number("Kernel height", 3)
    stage.expect(asked="sum", step=0)


@pytest.mark.parametrize("view", ["im2col", "matrix"])
def test_sums_are_predicted_in_matrices_and_nothing_that_their_size_tells(
    open_again: Callable[..., Stage], view: str
) -> None:
    stage = open_again(f"{SIMPLEST}&view={view}#step=2&predict=sum")
    stage.expect(asked="sum", step=1)
    assert stage.control("predict").locator("option").all_text_contents() == [TEMPLATES["off"], TEMPLATES["sum"]]
    answer, question = stage.root.locator(".answer"), stage.root.locator(".question")
    grid = stage.look().grids["maps" if view == "im2col" else "flat_output", 0]
    unit = stage.look().unit
    left, top = grid.left + (unit if view == "im2col" else 0), grid.top + (0 if view == "im2col" else unit)
    field, overlay = answer.bounding_box(), stage.overlay.bounding_box()
    assert field
    assert overlay
    assert field["x"] + field["width"] / 2 - overlay["x"] == pytest.approx(left + unit / 2, abs=unit / 2)
    assert field["y"] + field["height"] / 2 - overlay["y"] == pytest.approx(top + unit / 2, abs=1)
    answer.fill(str(1 * 1 + 7 * 2 + 4 * 0 + 2 * 1))  # 1 7 over 4 2 with the kernel turned
    answer.press("Enter")
    expect(question).to_contain_text("the kernel flipped")
    answer.fill(str(1 * 1 + 7 * 0 + 4 * 2 + 2 * 1))
    answer.press("Enter")
    expect(stage.root.locator(".sentence")).to_have_text("Right: output[0, 1] = 11.")


def test_sums_sizes_and_windows_of_a_volume_are_predicted(open_again: Callable[..., Stage]) -> None:
    """The first slices have 0 2 / 3 1 and 1 1 / 0 3 there; the kernel's slices are 1 0 / 0 1 and 0 2 / -1 0."""
    path = "/three_dimensional?v=1&preset=simplest"
    stage = open_again(f"{path}#step=2&predict=sum")
    question, sentence = stage.root.locator(".question"), stage.root.locator(".sentence")
    answer = stage.root.locator(".answer")
    stage.expect(asked="sum", step=1)
    answer.fill(str(0 + 1))
    answer.press("Enter")
    expect(question).to_contain_text("the kernel's first slice only")
    answer.fill(str(0 + 1 + 2 * 1 - 0))
    answer.press("Enter")
    expect(sentence).to_contain_text("Right: output[0, 0, 1] = 3.")
    stage = open_again(f"{path}#predict=size")
    stage.expect(asked="size")
    expect(question).to_contain_text("slices × rows × columns")
    assert stage.page.locator(".stage-root .veiled rect").count() == 1
    question.get_by_role("button", name="3×3×3", exact=True).click()
    expect(question).to_contain_text("the size of the input")
    question.get_by_role("button", name="2×2×2", exact=True).click()
    expect(sentence).to_have_text("Right: the output is 2×2×2.")
    stage = open_again(f"{path}#predict=cells&step=8")
    stage.expect(asked="cells", step=7)
    stage.click_cell("input", (5, 2))  # the middle slice's last cell
    expect(question).to_contain_text("Not there.")
    stage.click_cell("input", (4, 1))
    expect(sentence).to_contain_text("Right: the window of output[1, 1, 1] begins there.")
