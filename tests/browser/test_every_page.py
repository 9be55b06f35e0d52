"""The same checks over every page with a stage: it plays, links, edits and explains, without an error or a flicker.

A page added later is tested by a row in `CASES`, which says what torch makes of the numbers the page opens with.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from playwright.sync_api import expect
from torch.nn import functional

from sharing.matrices import parse
from tests.browser.oracle import Cell, misread, written
from tests.browser.stage import PAGES, Seen, Stage

Numbers = dict[str, torch.Tensor]


@dataclass(frozen=True)
class Case:
    """What torch makes of a page's typed numbers, by the label of the map, and a change that no layer survives."""

    makes: Callable[[Numbers], dict[str, torch.Tensor]]
    impossible: tuple[str, int]  # the label of a number, and a value for it
    input: str = "input"  # the label of the grid that is edited
    grain: str = "1"  # the key for one step an output


def separable(numbers: Numbers) -> dict[str, torch.Tensor]:
    between = functional.conv2d(numbers["input"], numbers["kernel"], groups=3)
    return {"between": between, "output": functional.conv2d(between, numbers["pointwise kernel"].reshape(2, 3, 1, 1))}


def weight_gradient(numbers: Numbers) -> dict[str, torch.Tensor]:
    weight = numbers["kernel"].requires_grad_()
    functional.conv2d(numbers["input"], weight).backward(numbers["dl/dy"])
    assert weight.grad is not None
    return {"dL/dW": weight.grad}


# Each page as it opens. Text is read as (filters, channels, rows, columns).
CASES = {
    "standard": Case(lambda n: {"output": functional.conv2d(n["input"], n["kernel"])}, ("Kernel height", 9)),
    "grouped": Case(
        lambda n: {"output": functional.conv2d(n["input"], n["kernel"], groups=2)}, ("Kernel width", 5), "input 0"
    ),
    "separable": Case(separable, ("Depth multiplier", 4), "input 0"),
    "transposed": Case(
        lambda n: {"output": functional.conv_transpose2d(n["input"], n["kernel"])}, ("Padding height", 2), grain="2"
    ),
    "pooling": Case(lambda n: {"output": functional.max_pool2d(n["input"], 2)}, ("Padding height", 2)),
    "one_dimensional": Case(
        lambda n: {"output": functional.conv1d(n["input"][0], n["kernel"][:, 0])[None]}, ("Kernel size", 0)
    ),
    "three_dimensional": Case(
        lambda n: {"output": functional.conv3d(n["input"][None], n["kernel"][:, None])}, ("Kernel depth", 4)
    ),
    "gradients": Case(weight_gradient, ("Kernel height", 9)),
}


@pytest.fixture(params=CASES)
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of a page."""
    page: str = request.param
    return page


@pytest.fixture
def stage(open_again: Callable[..., Stage], name: str) -> Stage:
    stage = open_again(PAGES[name].path)
    stage.page.get_by_role("button", name="Check against PyTorch").wait_for()  # it stands under the text areas
    return stage


def texts(stage: Stage) -> dict[str, str]:
    """Return what stands in the text areas, by the role in small letters."""
    areas = stage.page.get_by_role("textbox", name=re.compile(" values$")).all()
    labels = (str(area.get_attribute("aria-label")).removesuffix(" values").lower() for area in areas)
    return {label: area.input_value() for label, area in zip(labels, areas, strict=True)}


def expected(name: str, stage: Stage) -> dict[str, NDArray[np.float64]]:
    """Return torch's maps of the numbers that are typed, by the label that each has on the stage."""
    numbers = {role: torch.tensor(parse(role, text)) for role, text in texts(stage).items() if text.strip()}
    found = {}
    for label, made in CASES[name].makes(numbers).items():
        maps = made[0].numpy()
        for channel, values in enumerate(maps):
            found[f"{label} {channel}" if len(maps) > 1 else label] = values
    return found


def worked_out(side: str) -> float:
    """Work out one side of an equation as a reader would."""
    return float(eval(side.replace("−", "-").replace("×", "*"), {"__builtins__": {}, "max": max}))


def check_equation(seen: Seen, maps: dict[str, NDArray[np.float64]]) -> str:
    """Check that each line of the arithmetic is true and that what it leads to is torch's; return the output's name."""
    head, *lines = (line for line in seen.equation if line)
    label, place = head.rstrip("]").split("[")
    for line in lines:
        left, right = line.split(": ")[-1].replace(" (bias)", "").rsplit(" = ", 1)
        assert worked_out(left) == pytest.approx(worked_out(right), abs=1e-9), line
    numbers = [int(number) for number in place.split(", ")]
    values = maps[label]
    at = numbers if len(numbers) == values.ndim else [0, *numbers]  # a sequence has one row, which nobody counts
    assert lines[-1].rsplit(" = ", 1)[1] == written(values[tuple(at)])
    return head


def test_every_step_is_true_and_torchs(stage: Stage, name: str) -> None:
    maps = expected(name, stage)
    named = 1 if name == "one_dimensional" else 3
    outputs = [
        f"{label}[{', '.join(map(str, at[-named:]))}]"
        for label, values in maps.items()
        for at in np.ndindex(values.shape)
    ]
    stage.press(CASES[name].grain)
    assert [check_equation(seen, maps) for seen in stage.walk()] == outputs
    for label, values in maps.items():
        seen = stage.look()
        grid = seen.labels[label]
        numbers = seen.numbers(grid["role"], int(grid["channel"]))
        assert misread(numbers, values) == []


def test_it_plays_to_the_end_without_skipping_a_step(stage: Stage) -> None:
    stage.root.locator(".granularities button:visible").last.click()  # the finest there is
    stage.press("Home")
    assert stage.play_through() == list(range(stage.look().steps))


def lit(seen: Seen, *roles: str) -> list[tuple[str, int, Cell]]:
    """Return the cells that are lit in grids of some roles, as (role, channel, cell)."""
    found = []
    for link in seen.said["links"]:
        if link["role"] in roles and link["kind"] != "pointed":
            grid = seen.grids[link["role"], int(link["channel"])]
            found.append((grid.role, grid.channel, divmod(int(link["cell"]), grid.columns)))
    return found


def test_inputs_and_outputs_light_each_other(stage: Stage) -> None:
    """Whatever an output lights, lights that output: who reads whom is one table."""
    outputs = [key for key in stage.look().grids if key[0] == "output"]
    role, channel = outputs[-1]
    grid = stage.look().grids[role, channel]
    for cell in ((0, 0), (grid.rows - 1, grid.columns - 1)):
        read = lit(stage.hover(role, cell, channel), "input", "middle")
        assert read
        for source, one, at in read:
            assert (role, channel, cell) in lit(stage.hover(source, at, one), role), (cell, source, one, at)
    stage.leave()
    assert lit(stage.look(), "input", "middle", "output") == []


def test_a_value_edited_on_the_stage_counts(stage: Stage, name: str) -> None:
    before = expected(name, stage)
    grid = stage.look().labels[CASES[name].input]
    editor = stage.open_editor(grid["role"], (0, 0), int(grid["channel"]))
    editor.fill("77")
    with stage.rerun():
        editor.press("Enter")
    assert texts(stage)["input"].split()[0] == "77"
    after = expected(name, stage)
    assert any(not np.array_equal(before[label], after[label]) for label in before)
    stage.leave_field()
    stage.press(CASES[name].grain)
    for seen in stage.walk():
        check_equation(seen, after)


def test_an_impossible_layer_is_one_sentence_and_nothing_is_lost(stage: Stage, name: str) -> None:
    label, value = CASES[name].impossible
    before = stage.number(label).input_value()
    expect(stage.alert).to_have_count(0)
    stage.set_number(label, value)
    expect(stage.alert).to_have_count(1)
    assert stage.look().data["problem"]
    expect(stage.number(label)).to_have_value(str(value))
    stage.set_number(label, before)
    expect(stage.alert).to_have_count(0)


def test_it_is_explained_and_checked_against_pytorch(stage: Stage) -> None:
    expect(stage.page.locator(".st-key-explanation")).to_contain_text(re.compile(r"Output (size|length)"))
    stage.page.get_by_role("button", name="Check against PyTorch").click()
    # The first check imports torch.
    expect(stage.page.get_by_text("PyTorch computes the same numbers.")).to_be_visible()


def test_nothing_flickers_when_the_numbers_change(stage: Stage) -> None:
    height = stage.size()[1]
    with stage.watched() as frames:
        stage.select("Values", "seeded whole numbers")
        stage.set_number("Seed", 7)
    assert len(frames) >= 3
    assert all(frame["same"] for frame in frames)
    assert min(frame["drawn"] for frame in frames) >= 2
    assert min(frame["height"] for frame in frames) >= height / 2


def test_a_page_left_and_opened_again_is_as_it_was(open_again: Callable[..., Stage], name: str) -> None:
    stage = open_again(PAGES[name].path, anew=True)  # nothing is known of the other page
    stage.select("Values", "seeded whole numbers")
    stage.set_number("Seed", 41)
    numbers = texts(stage)
    stage.go_to(PAGES["grouped" if name == "standard" else "standard"])
    expect(stage.number("Seed")).to_have_count(0)
    stage.go_to(PAGES[name])
    expect(stage.number("Seed")).to_have_value("41")
    assert texts(stage) == numbers
