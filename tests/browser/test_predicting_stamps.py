"""The stage of a transposed layer withholds its sums, its size and where its stamps land; what is right is torch's."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from torch.nn import functional

from kinds.registry import PRESETS
from kinds.transposed.state import TransposedState
from sharing.values import operands
from stage.hints import HINTS
from stage.questions import TEMPLATES
from tests.browser.oracle import Cell, written
from tests.browser.stage import Stage
from tests.browser.tabs import Place
from tests.browser.transposed_oracle import Transposed
from tests.browser.transposed_stage import FRAMED, SLUGS, STAMPS

LAYERS = ("simplest", "stride", "padding", "output-padding", "groups", "channels")
# Numbers come out of it that stand nowhere else; stamps overlap, and a border is cropped.
SECRET = Transposed(
    x=[[[101, -203], [307, 409]]],
    kernel=[[[[11, 13, 17], [19, 23, 29], [31, 37, 41]]]],
    stride=(2, 2),
    padding=(1, 1),
    output_padding=(1, 1),
)
# All that a page tells in words, to the eye or to a reader of the screen; pictures have numbers under their covers.
TOLD = """() => {
  const told = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("script, style, .question") || !element.checkVisibility({ visibilityProperty: true })) continue;
    for (const name of ["aria-label", "aria-valuetext", "aria-description", "title", "alt"])
      told.push(element.getAttribute(name) ?? "");
    if (element.closest("svg")) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) told.push(node.textContent);
  }
  return told.join("\\n").replaceAll("\\u2212", "-").replaceAll(",", "");
}"""


def layer_of(preset: str) -> Transposed:
    """Return a preset's layer and numbers: all but what comes out of it."""
    state = PRESETS["transposed"][preset].state
    assert isinstance(state, TransposedState)
    x, kernel, *bias = operands(state).values()
    layer = state.layer()
    (top, bottom), (left, right) = layer.cropping
    assert (top, left) == (bottom, right)
    rows, columns = layer.output_paddings
    return Transposed(
        x,
        kernel,
        None if not bias or bias[0] is None else bias[0].tolist(),
        (layer.strides[0], layer.strides[1]),
        (top, left),
        (rows, columns),
        (layer.dilations[0], layer.dilations[1]),
        layer.groups,
    )


def outputs(layer: Transposed) -> Iterator[tuple[str, int, Cell]]:
    """Yield the name, the map and the cell of each output, in their order."""
    for filter_, cell in product(range(layer.filters), layer.outputs):
        name = f"output {filter_}" if layer.filters > 1 else "output"
        yield f"{name}[{cell[0]}, {cell[1]}]", filter_, cell


def last_stamp(layer: Transposed, filter_: int, cell: Cell) -> float | None:
    """Return what is on an output if a stamp takes the place of those before it; None where no two meet."""
    landed = layer.gathered(cell)
    if len(landed) < 2:
        return None
    bias = 0.0 if layer.bias is None else layer.bias[filter_]
    return bias + sum(layer.product(filter_, channel, *landed[-1]) for channel in layer.channels(filter_))


@pytest.mark.parametrize("preset", LAYERS)
def test_sums_are_predicted_by_keyboard(open_again: Callable[..., Stage], preset: str) -> None:
    """What is right, and two mistakes, at every seventh output; the last one is withheld as well as the first."""
    layer = layer_of(preset)
    stage = open_again(f"/transposed?v=1&preset={preset}&view=stamp#predict=sum")
    sentence, question = stage.root.locator(".sentence"), stage.root.locator(".question")
    flipped = Transposed(layer.x, np.flip(layer.weight, (2, 3)), layer.bias, *layer._rest).output
    asked = list(outputs(layer))
    stage.expect(asked="sum", step=0, steps=len(asked))
    stage.control("predict").focus()
    stage.press("Tab")
    for at in sorted({*range(0, len(asked), 7), len(asked) - 1}):
        name, filter_, cell = asked[at]
        while int(stage.root.get_attribute("data-step") or 0) < at:
            stage.press("Escape", "ArrowRight")
        if stage.root.get_attribute("data-asked") != "sum":
            stage.press("ArrowRight")
        stage.expect(asked="sum", step=at)
        expect(question).to_contain_text(f"What is {name}?")
        right = layer.output[filter_][cell]
        wrongs = {"the last stamp alone": last_stamp(layer, filter_, cell), "kernel flipped": flipped[filter_][cell]}
        for said, wrong in wrongs.items():
            if (
                wrong is None
                or wrong == right
                or (said == "kernel flipped" and wrong == wrongs["the last stamp alone"])
            ):
                continue
            stage.root.locator(".answer").focus()
            stage.press("Control+a")
            stage.page.keyboard.type(f"{wrong:g}")
            stage.press("Enter")
            expect(question).to_contain_text(f"Not {wrong:g}.")
            expect(question).to_contain_text(said)
        stage.root.locator(".answer").focus()
        stage.press("Control+a")
        stage.page.keyboard.type(f"{right:g}")
        stage.press("Enter")
        expect(sentence).to_have_text(f"Right: {name} = {written(right)}.")
        assert f"{written(right)}" in " ".join(stage.look().equation)


def expect_told_without(stage: Stage, *secrets: str) -> None:
    told = stage.page.evaluate(TOLD)
    assert [secret for secret in secrets if secret in told] == []


@pytest.mark.parametrize("view", SLUGS.values())
@pytest.mark.parametrize("at", [5, 15])
def test_nothing_tells_the_sum_that_is_asked(open_again: Callable[..., Stage], view: str, at: int) -> None:
    """No word, table, map under the stage, hovered cell, live cell or picture: in any view, of the last output too."""
    names, values = [name for name, *_ in outputs(SECRET)], SECRET.output.ravel()
    withheld = [f"{value:g}" for value in values[at:]]
    assert len({*map(abs, SECRET.output.ravel())}) == 16
    stage = open_again(f"{SECRET.link(view)}#step={at + 1}&predict=sum")
    stage.expect(asked="sum", step=at, steps=16)
    expect(stage.root.locator(".heard > p").first).to_contain_text("What is asked is left out.")
    expect_told_without(stage, *withheld)
    ends = stage.root.locator("text.legend-end")  # how large the products are, where there is room for that
    assert set(ends.evaluate_all("(all) => all.map((one) => getComputedStyle(one).opacity)")) <= {"0"}
    roles = [role for role, _ in stage.look().grids]
    filling: dict[str, Any] = stage.page.evaluate(FRAMED)["filling"]
    for role in {"uncropped", "output", "flat_output"} & set(roles):
        assert filling[role]  # over what it grows to there is a cover
        live = stage.look().live(role)
        assert [value for value in live if value and value.replace("−", "-") in withheld] == []
    for role in set(roles) & {"products", "flipped_products"}:
        assert set(stage.look().live(role)) == {None}
    grids = stage.look().grids
    hovered = [
        (role, cell, channel)
        for (role, channel), grid in grids.items()
        if role != "matrix"
        for cell in product(range(grid.rows), range(grid.columns))
    ]
    stage.root.locator(".answer").evaluate("(field) => { field.style.pointerEvents = 'none'; }")  # it stands over some
    for seen, (role, cell, _) in zip(stage.hover_each(hovered), hovered, strict=True):
        said = seen.sentence.replace("−", "-")
        if role == "uncropped" and SECRET.cropped(cell) is None:
            continue  # what is cropped comes out of no layer, and is asked of nobody
        assert [value for value in withheld if value in said.split()] == [], (role, cell, said)
    stage.leave()
    stage.page.get_by_role("button", name="Download").click()
    expect(stage.page.locator("[data-take=png]")).to_have_attribute("aria-disabled", "true")
    expect(stage.page.locator(".stage-pictures .said")).to_have_text(TEMPLATES["no_picture"])
    stage.press("Escape")
    expect(stage.page.locator("[data-take=png]")).to_be_hidden()
    stage.root.locator(".answer").fill(withheld[0])
    stage.root.locator(".answer").press("Enter")
    expect(stage.root.locator(".sentence")).to_have_text(f"Right: {names[at]} = {written(values[at])}.")
    assert withheld[0] in stage.page.evaluate(TOLD)  # what is told is found


def test_the_size_of_a_transposed_layer_is_predicted(open_again: Callable[..., Stage]) -> None:
    """The right size is torch's; so are those without output_padding, and of the ordinary layer."""
    layer = layer_of("output-padding")
    x, kernel = torch.tensor(layer.input), torch.tensor(layer.weight)
    right, short, back = (
        "×".join(map(str, one.shape[-2:]))
        for one in (
            functional.conv_transpose2d(x, kernel, None, 2, 1, 1),
            functional.conv_transpose2d(x, kernel, None, 2, 1, 0),
            functional.conv2d(x, kernel, None, 2, 1),
        )
    )
    ones = functional.conv_transpose2d(x, kernel, None, 1, 1, 0).shape[-1] + 1  # and one row more: torch refuses that
    whole = functional.conv_transpose2d(x, kernel, None, 2, 0, 1).shape[-1]
    stage = open_again("/transposed?v=1&preset=output-padding&view=stamp#predict=size")
    stage.expect(asked="size")
    question, buttons = stage.root.locator(".question"), stage.root.locator(".question button")
    wrong = {
        f"{whole + 2}×{whole + 2}": "That adds the padding",
        f"{ones}×{ones}": "with a stride of 1",
        short: "output_padding forgotten",
        back: "what an ordinary layer makes",
    }
    expect(buttons).to_have_count(5)
    assert set(buttons.all_text_contents()) == {right, *wrong}
    expect(stage.root.locator(".heard > p").first).to_contain_text("What is asked is left out.")
    rows, columns = layer.uncropped.shape[1:]
    expect_told_without(stage, right, right.replace("×", " by "), f"{rows} by {columns}", f"{rows}×{columns}")
    veil, unit = stage.root.locator(".hidden-size").bounding_box(), stage.look().unit
    assert veil is not None
    assert (veil["width"], veil["height"]) >= (columns * unit, rows * unit)
    stage.hover("uncropped", (2, 2))
    expect(stage.root.locator(".sentence")).to_have_text(TEMPLATES["withheld"])
    stage.leave()
    for said, why in wrong.items():
        question.get_by_role("button", name=said, exact=True).click()
        expect(question).to_contain_text(f"Not {said}. ")
        expect(question).to_contain_text(why)
    question.get_by_role("button", name=right, exact=True).click()
    expect(stage.root.locator(".sentence")).to_have_text(f"Right: the output is {right}.")
    expect(stage.root.locator(".hidden-size")).to_have_count(0)
    assert right in stage.page.evaluate(TOLD)


@pytest.mark.parametrize("preset", ["stride", "output-padding", "channels"])
def test_where_stamps_land_is_predicted_by_mouse(open_again: Callable[..., Stage], preset: str) -> None:
    """One after the other; no frame, no cell that is pointed at and nothing that is read tells where."""
    layer = layer_of(preset)
    stage = open_again(f"/transposed?v=1&preset={preset}&view=stamp#predict=cells")
    question, sentence = stage.root.locator(".question"), stage.root.locator(".sentence")
    stage.expect(asked="cells", step=0, steps=layer.filters * len(layer.positions))
    for at, position in enumerate(layer.positions):
        stage.expect(asked="cells", step=at)
        name = f"[{position[0]}, {position[1]}]" if layer.depth > 1 else f"input[{position[0]}, {position[1]}]"
        expect(question).to_contain_text(f"does the stamp of {name} begin")
        framed = stage.root.locator('.mark[data-role="uncropped"]')
        for index in range(framed.count()):
            expect(framed.nth(index)).to_have_css("opacity", "0")
        stage.hover("input", position)
        assert stage.look().links("linked", "uncropped") == set()
        right = layer.landing(position, (0, 0))
        wrong = {"with a stride of 1": position, "the middle of the stamp": tuple(
            one + length // 2 for one, length in zip(right, layer.weight.shape[2:], strict=True))}  # fmt: skip
        if position != right:
            stage.click_cell("uncropped", position)
            expect(question).to_contain_text("Not there. That is where it would stand with a stride of 1.")
        elif layer.padding == (0, 0):
            row, column = wrong["the middle of the stamp"]
            stage.click_cell("uncropped", (row, column))
            expect(question).to_contain_text("That is the middle of the stamp.")
        if layer.filters > 1:
            stage.click_cell("uncropped", right, 1)
            expect(question).to_contain_text(TEMPLATES["cells.another_group.stamp"])
        stage.expect(asked="cells", step=at)
        stage.click_cell("uncropped", right)
        stage.expect(asked="", step=at)
        expect(sentence).to_have_text(f"Right: the stamp of {name} begins there.")
        if at + 1 < len(layer.positions):
            stage.click("next")
    expect(stage.root.locator(".review")).to_contain_text(TEMPLATES["over"])


def test_where_a_stamp_lands_is_predicted_by_keyboard_and_by_finger(open_again: Callable[..., Stage]) -> None:
    layer, position = layer_of("output-padding"), (1, 2)
    right = layer.landing(position, (0, 0))
    path = f"/transposed?v=1&preset=output-padding&view=stamp#step={layer.positions.index(position) + 1}&predict=cells"
    stage = open_again(path)
    sentence, question = stage.root.locator(".sentence"), stage.root.locator(".question")
    stage.expect(asked="cells")
    stage.overlay.focus()
    expect(stage.root.locator(".hint")).to_have_text(HINTS["predicting.cells.keys"])
    stage.press("ArrowRight")
    for _ in range(30):
        if stage.root.get_attribute("data-pointing") == "uncropped":
            break
        stage.press("ArrowRight")
    stage.expect(pointing="uncropped")
    (here,) = stage.look().links("pointed", "uncropped")
    expect(sentence).to_have_text(f"output: row {here[0]}, column {here[1]}")
    stage.press("Enter")
    assert here != right
    expect(question).to_contain_text("Not there.")
    down, across = right[0] - here[0], right[1] - here[1]
    stage.press(*["ArrowDown" if down > 0 else "ArrowUp"] * abs(down))
    stage.press(*["ArrowRight" if across > 0 else "ArrowLeft"] * abs(across), "Enter")
    stage.expect(asked="")
    expect(sentence).to_have_text("Right: the stamp of input[1, 2] begins there.")
    stage.page.wait_for_function("() => location.hash.includes('predict=cells')")

    stage = open_again(path, place=Place.HAND)
    stage.expect(asked="cells")
    expect(stage.root.locator(".hint")).to_have_text(HINTS["predicting.cells.touch"])
    stage.page.touchscreen.tap(*stage.point("uncropped", (right[0] + layer.padding[0], right[1] + layer.padding[1])))
    expect(stage.root.locator(".question")).to_contain_text("the first cell that padding keeps")
    stage.page.touchscreen.tap(*stage.point("uncropped", right))
    stage.expect(asked="")


def test_what_is_predicted_goes_on_in_another_view_and_what_it_cannot_ask_is_not_offered(
    open_again: Callable[..., Stage],
) -> None:
    stage = open_again("/transposed?v=1&preset=stride&view=stamp#predict=sum")
    stage.root.locator(".answer").fill("0")
    stage.root.locator(".answer").press("Enter")
    stage.expect(asked="", step=0)
    stage.click("next")
    for view in ("Zeros inserted", "Matrix", "All three"):
        with stage.rerun():
            stage.page.get_by_role("radio", name=view, exact=True).click()
        stage.expect(asked="sum", step=1)
        options = stage.control("predict").locator("option")
        assert options.all_text_contents() == [TEMPLATES["off"], TEMPLATES["sum"]]
        field, overlay, seen = stage.root.locator(".answer").bounding_box(), stage.overlay.bounding_box(), stage.look()
        assert field
        assert overlay
        middle = field["x"] + field["width"] / 2 - overlay["x"], field["y"] + field["height"] / 2 - overlay["y"]
        role = {"Zeros inserted": "output", "Matrix": "output", "All three": "uncropped"}[view]
        assert seen.at(*middle) == (role, 0, 0, 1)
    with stage.rerun():
        stage.page.get_by_role("radio", name=STAMPS, exact=True).click()
    stage.click("previous")
    stage.expect(asked="", step=0)  # it was answered
