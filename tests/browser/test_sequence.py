"""On the page of sequences an output stands under the last input that it reads, and has one number."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import ViewportSize

from tests.browser.stage import LAPTOP, PHONE, Stage

STRIDED = "/one_dimensional?v=1&preset=channels&length=9&stride=2&dilation=2&padding=causal"
LINKS = ["/one_dimensional?v=1&preset=causal", "/one_dimensional?v=1&preset=dilated-causal", STRIDED]


@pytest.mark.parametrize("viewport", [LAPTOP, {"width": 390, "height": 844}], ids=["laptop", "phone"])
@pytest.mark.parametrize("link", LINKS, ids=["causal", "dilated", "strided"])
def test_the_output_is_under_the_last_tap(open_again: Callable[..., Stage], link: str, viewport: object) -> None:
    stage = open_again(link, viewport=viewport)
    for seen in stage.walk():
        window = seen.said["windows"][0]
        last = max(window["shift"][0] + x for x, _ in window["taps"])
        assert seen.said["cursor"][0] == pytest.approx(last)
        role, channel, row, cell = seen.cursor
        name = f"output {channel}" if link == STRIDED else "output"
        assert (role, row, seen.equation[0]) == ("output", 0, f"{name}[{cell}]")
        assert seen.revealed[channel] == cell + 1


def test_a_cell_that_is_pointed_at_has_one_number(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/one_dimensional?v=1&preset=edges")
    places = [("input", (0, 3), 0), ("kernel", (0, 1), 0), ("products", (0, 1), 0), ("output", (0, 6), 0)]
    said = [seen.sentence for seen in stage.hover_each(places)]
    assert [sentence.split(" ")[0].rstrip(":") for sentence in said] == [
        "input[3]",
        "kernel[1]",
        "products[1]",
        "output[6]",
    ]


def test_between_the_outputs_of_a_stride_there_is_nothing(open_again: Callable[..., Stage]) -> None:
    stage = open_again(STRIDED)
    seen = stage.hover("output", (0, 1))
    assert seen.sentence.startswith("output 0[1] = ")
    assert len(seen.numbers("output")) == 5
    x, y = stage.point("output", (0, 1))
    stage.page.mouse.move(x + seen.unit, y)
    assert stage.look().data["pointing"] == ""


def test_the_taps_of_a_dilated_window_are_marked_one_by_one(open_again: Callable[..., Stage]) -> None:
    wide = """(name) => Math.max(...[...document.querySelectorAll(`.stage-root g.window ${name}`)]
      .map((rect) => parseFloat(getComputedStyle(rect).strokeWidth)))"""
    dilated = open_again("/one_dimensional?v=1&preset=dilated-causal").page
    assert dilated.evaluate(wide, "rect.tap") > dilated.evaluate(wide, "rect.frame")
    dense = open_again("/one_dimensional?v=1&preset=causal").page
    assert dense.evaluate(wide, "rect.tap") < dense.evaluate(wide, "rect.frame")


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_line_of_the_output_grows_with_the_steps_to_numpys_numbers(
    open_again: Callable[..., Stage], viewport: ViewportSize
) -> None:
    """Both lines have one scale: what the input's line says of it gives the output's values."""
    stage = open_again("/one_dimensional?v=1&preset=derivative", viewport=viewport)
    x = [0, 0, 1, 3, 6, 8, 9, 9, 9, 8, 6, 3, 1, 0, 0, 0]
    points = """(name) => document.querySelector(`.stage-root path.${name}`)
      .getAttribute("d").split(/[ML]/).slice(1).map((point) => point.split(" ").map(Number))"""
    given = stage.page.evaluate(points, "chart-input")
    zero, top = given[0][1], given[6][1]
    stage.press("Home")
    for step in range(15):
        made = stage.page.evaluate(points, "chart-output:not([d*=h])")
        assert [place for place, _ in made] == [place for place, _ in given[1 : step + 2]]  # under the last input read
        values = [9 * (zero - level) / (zero - top) for _, level in made]
        np.testing.assert_allclose(values, np.diff(x)[: step + 1], atol=0.25)
        stage.press("ArrowRight")
