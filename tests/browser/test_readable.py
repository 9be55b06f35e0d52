"""Whatever the layer and the window, the numbers of a step can be read: on the maps, or in the strip."""

from collections.abc import Callable
from typing import Any

import pytest

from kinds.links import decode
from kinds.registry import SPECS
from stage.model import WindowsView
from tests.browser.scripts import TWO_FRAMES
from tests.browser.stage import LAPTOP, PHONE, Stage

WIDE = {"width": 1920, "height": 1080}
ZOOMED = {"width": 640, "height": 360}
"""A laptop's window at 200%."""

SIMPLEST = "/standard?v=1&preset=simplest&kernel_height=3&kernel_width=3"
EIGHT = f"{SIMPLEST}&height=6&width=6&in_channels=8&out_channels=2"
LAYERS = {
    "grouped": "/grouped",
    "separable": "/separable",
    "transposed": "/transposed",
    "sequence": "/one_dimensional",
    "eight channels": EIGHT,
    "eight to eight": f"{SIMPLEST}&height=16&width=16&in_channels=8&out_channels=8&bias=1",
    "a large kernel of reals": (
        "/standard?v=1&preset=simplest&height=32&width=32&kernel_height=7&kernel_width=7&padding=same&values=real"
    ),
    "four groups": "/grouped?v=1&preset=two-groups&in_channels=8&out_channels=8&groups=4",
    "doubled": "/grouped?v=1&preset=doubled-in-groups",
    "columns": f"{SIMPLEST}&height=12&width=12&in_channels=4&out_channels=4&view=im2col",
    "matrix": "/standard?v=1&preset=simplest&view=matrix",
    "large pooling": "/pooling?v=1&preset=max&height=24&width=24",
    "all views": "/transposed?v=1&preset=stride&view=all",
    "all views of a large one": "/transposed?v=1&preset=stride&view=all&height=32&width=9",
    "gradients": "/gradients?v=1&preset=depths",
    "stamps of channels": "/transposed?v=1&preset=stride&view=stamp&in_channels=4&out_channels=4&height=8&width=8",
}

# The smallest numbers, in pixels on the screen, of each piece of the strip or of all maps; what of them is cut off; and
# where the player stands.
MEASURED = """() => {
  const root = document.querySelector(".stage-root");
  const strip = [...root.querySelectorAll("g.strip")].find((one) => one.getAttribute("display") !== "none");
  const found = {};
  let cut = 0;
  const room = root.querySelector(".canvas").getBoundingClientRect();
  for (const text of (strip ?? root).querySelectorAll("g.cells text, g.grid text.number")) {
    const box = text.getBoundingClientRect();
    if (!text.textContent || !box.width) continue; // nothing is written there, or it is not shown
    const group = text.parentNode;
    const role = strip ? group.getAttribute("class").split(" ")[1] : "maps";
    found[role] = Math.min(found[role] ?? Infinity, Number(text.getAttribute("font-size")) * text.getScreenCTM().a);
    cut = Math.max(cut, room.left - box.left, box.right - room.right, room.top - box.top, box.bottom - room.bottom);
  }
  return { found, cut, top: root.querySelector(".controls").getBoundingClientRect().top - room.top };
}"""


@pytest.mark.parametrize("link", LAYERS.values(), ids=LAYERS)
def test_the_numbers_of_a_step_can_be_read(open_again: Callable[..., Stage], link: str) -> None:
    """At least 12 pixels, at every width; and the player stands where it stood, whatever the step."""
    stage = open_again(link)
    for viewport in (PHONE, LAPTOP, WIDE, ZOOMED):
        stage.resize(viewport)
        tops = set()
        for keys in (["1", "Home"], ["End"], ["3", "Home"]):
            stage.press(*keys)
            at = stage.page.evaluate(MEASURED)
            tops.add(at["top"])
            assert min(at["found"].values()) >= 12, (viewport, keys, at)
            assert at["cut"] <= 1, (viewport, keys, at)
            pieces = {"input", "kernel", "products"} & set(at["found"])
            assert pieces or "maps" in at["found"], (viewport, keys, at)
            assert keys[0] == "3" or "output" in at["found"] or "maps" in at["found"], (viewport, keys, at)
        assert len(tops) == 1, (viewport, tops)
    stage.resize(LAPTOP)


# What is written in each piece of the strip, in its order.
STRIP = """() => [...document.querySelectorAll(".stage-root g.strip:not([display=none]) g.cells")]
  .map((group) => [group.getAttribute("class").split(" ")[1],
    [...group.querySelectorAll("text")].map((text) => text.textContent)])"""
NAMES = """() => [...document.querySelectorAll(".stage-root g.strip text.label")].map((text) => text.textContent)"""


def written(stage: Stage, role: str) -> list[list[float]]:
    """Return the numbers in each piece of the strip that has a role."""
    found: list[tuple[str, list[str]]] = stage.page.evaluate(STRIP)
    return [[float(text.replace("−", "-")) for text in texts] for one, texts in found if one == role]


def test_the_strip_follows_the_channel_and_the_pointer(open_again: Callable[..., Stage]) -> None:
    """Its numbers are the record's, of the channel that plays or is pointed at; and it points back at the maps."""
    stage = open_again(EIGHT)
    view = SPECS["standard"].play(decode("standard", query_of(EIGHT))[0])[1].layers[0]
    assert isinstance(view, WindowsView)
    assert view.arrays.kernel is not None
    step = 8 * 5 + 7  # the last channel of the sixth output
    stage.press("2", "Home", *["ArrowRight"] * step)
    stage.expect(step=step)

    def expect_channels(*channels: int) -> None:
        taps = view.arrays.reads[5]
        assert written(stage, "input") == [view.arrays.input[one].ravel()[taps].tolist() for one in channels]
        assert written(stage, "kernel") == [view.arrays.kernel[0, one].ravel().tolist() for one in channels]
        assert written(stage, "products") == [view.arrays.products[0, one, :, 5].tolist() for one in channels]
        assert written(stage, "partial") == [[view.arrays.partial_sums[0, one].flat[5]] for one in channels]
        assert [name for name in stage.page.evaluate(NAMES) if name.startswith("input")] == [
            f"input {one}" for one in channels
        ]

    expect_channels(6, 7)
    assert written(stage, "output") == [[view.arrays.output[0].flat[5]]]
    seen = stage.hover("input", (0, 0), 2)
    expect_channels(2, 3)
    assert seen.links("pointed", "input", 2) == {(0, 0)}
    stage.leave()
    expect_channels(6, 7)
    second = stage.root.locator("g.strip g.cells.kernel").nth(1).locator("rect").nth(4)
    second.hover(force=True)
    assert stage.look().links("pointed", "kernel", 7) == {(1, 1)}
    stage.page.evaluate(TWO_FRAMES)
    stage.leave()


def query_of(link: str) -> dict[str, Any]:
    """Return the parameters of a link."""
    return dict(part.split("=") for part in link.partition("?")[2].split("&"))
