"""The arithmetic of the channel that plays, and what comes out of it, is in sight."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.stage import LAPTOP, PAGES, AppPage, Stage

EIGHT = (
    "/standard?v=1&preset=simplest&height=6&width=6&kernel_height=3&kernel_width=3&in_channels=8&out_channels=2"
    "&values=whole"
)
PHONE = {"width": 390, "height": 844}
PROJECTOR = {"width": 1920, "height": 1080}

# What of the arithmetic can be read: the names of the channels, and whether the head and the sum can.
READABLE = r"""() => {
  const room = document.querySelector(".stage-root .equation");
  const { top, bottom } = room.getBoundingClientRect();
  const isInSight = (line) => {
    const box = line.getBoundingClientRect();
    const middle = document.elementFromPoint(box.left + 5, box.bottom - 8);
    return box.bottom > top && box.bottom <= bottom && line.contains(middle);
  };
  // how much of a line of text is cut under the head and over what comes out
  const edges = [room.querySelector(".equation-head").getBoundingClientRect().bottom,
    room.querySelector(".equation-total").getBoundingClientRect().top];
  const cut = [...room.querySelectorAll(".equation-channel span")].flatMap((span) => [...span.getClientRects()])
    .flatMap((line) => edges.map((edge) => Math.min(edge - line.top, line.bottom - edge)));
  return {
    cut: Math.max(...cut),
    strip: [...document.querySelectorAll(".stage-root g.strip:not([display=none]) text.label")]
      .map((name) => name.textContent.match(/^input (\d)/)?.[1]).filter(Boolean).map(Number),
    channels: [...room.querySelectorAll(".equation-channel")].map((line, at) => isInSight(line) ? at : -1).filter((at) => at >= 0),
    head: isInSight(room.querySelector(".equation-head")),
    sum: isInSight(room.querySelector(".equation-total")),
  };
}"""  # noqa: E501 - JavaScript

OVERLAPS = """() => {
  const box = (name) => document.querySelector(`.stage-root ${name}`).getBoundingClientRect();
  const bar = box(".controls");
  return [".canvas", ".messages", ".equation"].filter((name) => {
    const other = box(name);
    return bar.top < other.bottom - 0.5 && other.top < bar.bottom - 0.5;
  });
}"""


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_arithmetic_follows_the_channel_that_plays(open_again: Callable[..., Stage], viewport: Any) -> None:
    stage = open_again(EIGHT, viewport=viewport)
    stage.press("2", "Home")
    stage.root.locator(".equation").scroll_into_view_if_needed()
    for key, steps in (("ArrowRight", range(16)), ("ArrowLeft", range(15, -1, -1))):
        for step in steps:
            stage.expect(step=step)
            read = stage.page.evaluate(READABLE)
            assert step % 8 in read["channels"], read
            assert (read["head"], read["sum"]) == (True, True)
            assert read["cut"] < 3, read  # what stands over a letter
            assert step % 8 in read["strip"], read
            assert read["strip"][0] in read["channels"], read
            if step != steps[-1]:
                stage.press(key)


def test_a_step_of_all_channels_begins_with_the_first_and_a_pointer_brings_its_own(
    open_again: Callable[..., Stage],
) -> None:
    """In the arithmetic and in the strip alike."""
    stage = open_again(EIGHT)
    stage.press("1", "ArrowRight")
    read = stage.page.evaluate(READABLE)
    assert (read["strip"], read["channels"]) == ([0, 1], [0, 1, 2])
    stage.hover("input", (0, 0), 4)
    read = stage.page.evaluate(READABLE)
    assert (read["strip"], read["channels"]) == ([4, 5], [4, 5, 6])
    stage.leave()
    assert stage.page.evaluate(READABLE)["channels"] == [0, 1, 2]


def test_a_sum_whose_begin_is_out_of_sight_says_so(open_again: Callable[..., Stage]) -> None:
    """The end of 64 products reads as a sum of its own, and a wrong one."""
    stage = open_again("/gradients?v=1&preset=depths&view=weight#step=6", viewport=LAPTOP)
    head = stage.root.locator(".equation-head")
    after = "element => getComputedStyle(element, '::after').content"
    expect(head).to_contain_class("cut")
    assert head.evaluate(after) == '" \N{HORIZONTAL ELLIPSIS}"'
    stage.root.locator(".equation").evaluate("room => room.scrollTo(0, 0)")
    expect(head).not_to_contain_class("cut")
    assert head.evaluate(after) == "none"


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_bar_of_presenter_view_covers_nothing(open_again: Callable[..., Stage], page: AppPage) -> None:
    """On the opening layer of each page; on a phone it has the place of the heading."""
    stage = open_again(f"{page.path}?v=1&present=1")
    for viewport in (LAPTOP, PROJECTOR, PHONE):
        stage.resize(viewport)
        stage.page.mouse.move(100, 100)
        stage.page.mouse.move(140, 120)
        expect(stage.root.locator(".controls")).to_have_css("opacity", "1")
        assert stage.page.evaluate(OVERLAPS) == []
        assert stage.page.evaluate("document.querySelector('.stage-root').scrollHeight") <= viewport["height"]
