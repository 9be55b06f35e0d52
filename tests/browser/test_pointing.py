"""Pointing at a cell lights all that belongs to it, by mouse, by touch and by keyboard."""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.oracle import LESSON, Cell, Oracle, written
from tests.browser.stage import LAPTOP, PHONE, Seen, Stage, cells
from tests.browser.tabs import Place

# From every cell, the cells that the four arrows lead to.
WALKED = """() => {
  const overlay = document.querySelector(".stage-root svg.overlay");
  const unit = Number(document.querySelector(".stage-root").dataset.cell);
  const corner = overlay.getBoundingClientRect();
  const here = () => {
    const { role, channel, cell } = overlay.querySelector("rect.link.pointed").dataset;
    return `${role} ${channel} ${cell}`;
  };
  const point = (clientX, clientY) => overlay.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY, bubbles: true }));
  const press = (key) => overlay.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const walked = {};
  for (const { dataset } of overlay.querySelectorAll("g.grid")) {
    const [rows, columns, left, top] = ["rows", "columns", "left", "top"].map((name) => Number(dataset[name]));
    for (let cell = 0; cell < rows * columns; cell++) {
      const x = corner.left + left + ((cell % columns) + 0.5) * unit;
      const y = corner.top + top + (Math.floor(cell / columns) + 0.5) * unit;
      const from = (point(x, y), here());
      walked[from] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => (point(x, y), press(key), here()));
    }
  }
  return walked;
}"""  # noqa: E501 - JavaScript

# Windows two apart that each skip every other row, on zeros: some cells are read by several outputs, some by none.
STRIDED = Oracle(
    x=[np.arange(1, 26).reshape(5, 5)],
    kernel=[[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]],
    stride=(2, 2),
    padding=(1, 1, 1, 1),
    dilation=(2, 1),
)
# A value near the edge is also in the mirrored padding, and a window there reads it twice.
REFLECTED = Oracle(
    x=[np.arange(1, 17).reshape(4, 4)],
    kernel=[[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]],
    padding=(1, 1, 1, 1),
    mode="reflect",
)
LAYERS = {"lesson": LESSON, "strided": STRIDED, "reflected": REFLECTED}
CHANNELS = Oracle(x=np.arange(18).reshape(2, 3, 3), kernel=np.arange(1, 17).reshape(2, 2, 2, 2), bias=[1, 2])


@pytest.fixture(scope="module", params=LAYERS)
def laid(request: pytest.FixtureRequest, open_again: Callable[..., Stage]) -> tuple[Stage, Oracle]:
    """A stage that shows one of the layers."""
    layer = LAYERS[request.param]
    stage = open_again(layer.link)
    stage.expect(steps=layer.output.size, pointing="", pinned="")
    return stage, layer


def marked(seen: Seen, role: str, channel: int = 0) -> set[Cell]:
    return seen.links("linked", role, channel) | seen.links("pointed", role, channel)


def test_pointing_at_an_output(laid: tuple[Stage, Oracle]) -> None:
    stage, layer = laid
    for at, seen in zip(layer.outputs, stage.hover_each([("output", at, 0) for at in layer.outputs]), strict=True):
        assert seen.data["pointing"] == "output"
        assert seen.links("pointed", "output") == {at}
        assert seen.links("linked", "input") == set(layer.window(at))
        assert seen.window() == layer.window(at)
        assert seen.live("products") == [written(value) for value in layer.products(0, 0, at)]
        assert seen.live("partial") == [written(layer.output[0][at])]
        assert seen.equation[0] == f"output[{at[0]}, {at[1]}]"
        assert seen.equation[1].endswith(f" = {written(layer.output[0][at])}")
        assert f"output[{at[0]}, {at[1]}] = {written(layer.output[0][at])}" in seen.sentence
    # The player stands where it stood, and the stage comes back to it.
    assert seen.step == 0
    stage.leave()
    seen = stage.look()
    assert (seen.data["pointing"], seen.said["links"], seen.window()) == ("", [], layer.window((0, 0)))


def test_pointing_at_an_input(laid: tuple[Stage, Oracle]) -> None:
    """Every output that uses the value is lit, with the weight it uses; a copy in the padding is the same value."""
    stage, layer = laid
    everywhere = cells(*layer.padded.shape[1:])
    for cell, seen in zip(everywhere, stage.hover_each([("input", cell, 0) for cell in everywhere]), strict=True):
        uses = defaultdict(list)
        for at, tap in layer.readers(cell):
            uses["output", 0, *at].append(written(layer.weight[0, 0][tap]))
        assert seen.data["pointing"] == "input"
        assert seen.links("pointed", "input") == {cell}
        assert seen.links("linked", "output") == {(row, column) for _, _, row, column in uses}
        assert seen.links("linked", "kernel") == {tap for _, tap in layer.readers(cell)}
        assert set(seen.notes) == set(uses)
        for place, weights in uses.items():
            # However often an output uses the value, one note says it: two would be printed one over the other.
            (note,) = seen.notes[place]
            listed = sorted(note.removeprefix("×").split(", ")) == sorted(weights)
            assert listed or (len(weights) > 1 and note == f"{len(weights)} taps")
        assert (f"{len(uses)} of {len(layer.outputs)}" if uses else "no output") in seen.sentence
    stage.leave()


def test_a_border_of_one_number_shows_it_and_each_cell_is_of_its_own(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=padding-constant&padding_value=-7")
    seen = stage.hover("input", (0, 1))
    assert seen.sentence.startswith("padding that holds −7 everywhere: read by 2 of 16 outputs")
    assert [*map(seen.numbers("input").__getitem__, (0, 5, 6, 35))] == ["−7"] * 4
    assert seen.numbers("input")[7:11] == ["0"] * 4
    assert seen.links("linked", "output") == {(0, 0), (0, 1)}
    stage.leave()


def test_pointing_at_a_weight(laid: tuple[Stage, Oracle]) -> None:
    stage, layer = laid
    for tap, seen in zip(layer.taps, stage.hover_each([("kernel", tap, 0) for tap in layer.taps]), strict=True):
        assert seen.data["pointing"] == "kernel"
        assert seen.links("pointed", "kernel") == {tap}
        assert seen.links("linked", "input") == {layer.read(at, tap) for at in layer.outputs}
        assert f"= {written(layer.weight[0, 0][tap])}" in seen.sentence
    stage.leave()


def test_pinning(laid: tuple[Stage, Oracle]) -> None:
    """A click holds what is pointed at until another click or Escape."""
    stage, layer = laid
    at = layer.outputs[-1]
    assert stage.click_cell("output", at).data["pinned"] == "true"
    seen = stage.hover("input", (0, 0))
    assert (seen.data["pointing"], seen.links("linked", "input")) == ("output", set(layer.window(at)))
    seen = stage.click_cell("kernel", (1, 0))
    assert (seen.data["pinned"], seen.links("pointed", "kernel")) == ("true", {(1, 0)})
    stage.press("Escape")
    stage.expect(pinned="", pointing="")
    stage.click_cell("input", (1, 1))
    assert stage.click_cell("input", (1, 1)).data["pinned"] == ""  # the second click lets go
    stage.leave()
    assert stage.look().said["links"] == []


def test_several_channels(open_again: Callable[..., Stage]) -> None:
    """An output lights its window in every channel, an input each filter's weights for it, a weight its own channel."""
    stage = open_again(CHANNELS.link)
    seen = stage.hover("output", (1, 0), channel=1)
    for channel in (0, 1):
        assert seen.links("linked", "input", channel) == set(CHANNELS.window((1, 0)))
        assert seen.live("kernel", channel) == [written(value) for value in CHANNELS.weight[1, channel].ravel()]
        assert seen.live("products", channel) == [written(value) for value in CHANNELS.products(1, channel, (1, 0))]
    assert seen.live("bias") == ["2"]
    assert seen.equation[0] == "output 1[1, 0]"

    seen = stage.hover("input", (1, 2), channel=1)
    expected = {
        ("output", filter_, *at): [f"×{written(CHANNELS.weight[filter_, 1][tap])}"]
        for filter_ in (0, 1)
        for at, tap in CHANNELS.readers((1, 2))
    }
    assert seen.notes == expected
    assert marked(seen, "input", 0) == set()

    stage.press("End")  # the second filter's
    seen = stage.hover("kernel", (0, 1), channel=1)
    assert seen.links("linked", "input", 1) == {CHANNELS.read(at, (0, 1)) for at in CHANNELS.outputs}
    assert marked(seen, "input", 0) == set()
    assert f"= {written(CHANNELS.weight[1, 1][0, 1])}" in seen.sentence


def test_the_keyboard_points_too(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.overlay.focus()
    stage.press("ArrowRight")
    assert stage.look().links("pointed", "input") == {(0, 0)}
    stage.press("ArrowRight", "ArrowRight", "ArrowDown")
    seen = stage.look()
    assert (seen.step, seen.links("pointed", "input")) == (0, {(1, 2)})
    assert seen.links("linked", "output") == {at for at, _ in LESSON.readers((1, 2))}

    stage.press("Enter")
    stage.expect(pinned="true", pointing="input")
    stage.press("ArrowUp")
    assert stage.look().links("pointed", "input") == {(0, 2)}
    # Over the input's edge is the kernel, and so on to the output.
    reached = set()
    stage.press("ArrowDown")
    for _ in range(12):
        stage.press("ArrowRight")
        reached.add(stage.look().data["pointing"])
    assert {"kernel", "products", "output"} <= reached
    stage.press("Escape")
    stage.expect(pinned="", pointing="")
    stage.press("ArrowLeft")
    assert stage.look().data["pointing"]
    stage.press("Tab")
    stage.expect(pointing="", step=0)


def test_what_the_keyboard_points_at_can_be_heard(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.overlay.focus()
    stage.press("ArrowRight", "ArrowRight")
    expect(stage.announced).to_contain_text("input[0, 1]")


def test_every_cell_can_be_reached_by_arrows(open_again: Callable[..., Stage]) -> None:
    """In the wide arrangement and in the tall one of a phone."""
    stage = open_again(CHANNELS.link)
    for viewport in (LAPTOP, PHONE):
        stage.resize(viewport)
        grids = stage.look().grids.values()
        everything = {f"{grid.role} {grid.channel} {at}" for grid in grids for at in range(grid.rows * grid.columns)}
        steps = stage.page.evaluate(WALKED)
        assert set(steps) == everything
        reached, found = {"input 0 0"}, ["input 0 0"]
        while found:
            new = set(steps[found.pop()]) - reached
            reached |= new
            found += new
        assert everything - reached == set()


def test_touch(open_again: Callable[..., Stage]) -> None:
    """A tap pins, another on the same cell lets go, and no mouse is needed."""
    stage = open_again(place=Place.HAND)
    tap = stage.page.touchscreen.tap
    tap(*stage.point("output", (2, 1)))
    stage.expect(pinned="true", pointing="output")
    seen = stage.look()
    assert seen.links("linked", "input") == set(LESSON.window((2, 1)))
    assert seen.equation[0] == "output[2, 1]"
    tap(*stage.point("input", (1, 1)))
    stage.expect(pinned="true", pointing="input")
    assert stage.look().links("linked", "output") == {at for at, _ in LESSON.readers((1, 1))}
    # What a double click does, a button does: a finger has no double click.
    expect(stage.root.locator(".messages .edit")).to_be_visible()
    tap(*stage.point("input", (1, 1)))
    stage.expect(pinned="", pointing="")
    stage.control("next").tap()
    stage.expect(step=1)
