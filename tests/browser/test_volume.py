"""A volume on the stage: on which slices the window stands, what a step of a slice shows, and what cells are called."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from torch.nn import functional

from kinds.registry import PRESETS
from kinds.three_dimensional.roles import VOLUME, VOLUME_KERNEL
from sharing.values import operands
from tests.browser.stage import PHONE, Stage

UNREAD = """() => [...document.querySelectorAll(".stage-root rect.unread")]
  .filter((veil) => getComputedStyle(veil).opacity > 0.3).map((veil) => Number(veil.dataset.slice))"""
"""The slices that are dimmed."""


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["laptop", "phone"])
def test_the_window_stands_on_the_slices_that_it_reads(open_again: Callable[..., Stage], viewport: object) -> None:
    """Four slices of 3×3 under a kernel of two of 2×2, all two cells apart: it stands at two depths."""
    stage = open_again("/three_dimensional?v=1&preset=dilation&height=3&width=3")
    if viewport:
        stage.page.set_viewport_size(PHONE)
    for step, seen in enumerate(stage.walk()):
        depth = step  # one row and one column: each step is one slice deeper
        assert seen.window() == [(3 * (depth + 2 * k) + i, j) for k in (0, 1) for i in (0, 2) for j in (0, 2)]
    stage.press("Home")
    assert stage.page.evaluate(UNREAD) == [1, 3]
    stage.press("End")
    assert stage.page.evaluate(UNREAD) == [0, 2]


def test_a_step_of_a_slice_is_its_products_and_its_sum(open_again: Callable[..., Stage]) -> None:
    state = PRESETS["three_dimensional"]["channels"].state
    numbers = {role: torch.tensor(values) for role, values in operands(state).items()}
    weight = numbers[VOLUME_KERNEL].reshape(2, 2, 2, 2, 2)
    stage = open_again("/three_dimensional?v=1&preset=channels#grain=slice")
    steps = list(stage.walk())
    assert len(steps) == 2 * 8 * 2 * 2
    for step, seen in enumerate(steps):
        output, part = divmod(step, 4)
        filter_, position = divmod(output, 8)
        channel, number = divmod(part, 2)
        alone = torch.zeros_like(weight[filter_])
        alone[channel, number] = weight[filter_, channel, number]
        made = functional.conv3d(numbers[VOLUME], alone[None]).numpy().ravel()[position]
        line = seen.equation[1 + part]
        assert line.startswith(f"channel {channel}, slice {number}: ")
        assert float(line.rsplit(" = ", 1)[1].replace("−", "-")) == made
        done = [one for one in seen.live("products", channel) if one is not None]
        assert len(done) == 4 * (number + 1)


def test_a_cell_is_called_by_its_slice_row_and_column(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/three_dimensional?v=1&preset=simplest")
    assert stage.hover("input", (3 + 1, 2)).sentence.startswith("input[1, 1, 2] = 3: read by 4 of 8 outputs")
    assert stage.hover("kernel", (2, 1)).sentence.startswith("kernel[1, 0, 1] = 2: one weight, meeting 8 inputs")
    assert stage.hover("output", (3, 1)).sentence.startswith("output[1, 1, 1]")
    assert stage.page.evaluate(UNREAD) == []  # what is pointed at may be anywhere
    editor = stage.open_editor("input", (4, 2))
    expect(editor).to_have_attribute("aria-label", "New value of input[1, 1, 2]")
    editor.fill("9")
    with stage.rerun():
        editor.press("Enter")
    area = stage.page.get_by_role("textbox", name="Input values")
    x = operands(PRESETS["three_dimensional"]["simplest"].state)[VOLUME].copy()
    x[0, 1, 1, 2] = 9
    typed = np.array([float(one) for one in area.input_value().split()]).reshape(x.shape)
    np.testing.assert_array_equal(typed, x)


@pytest.mark.parametrize(
    ("preset", "grains"),
    [
        ("channels", {"output": 16, "channel": 32, "slice": 64, "multiply": 256}),
        ("simplest", {"output": 8, "slice": 16, "multiply": 64}),  # a channel's step would be the output's
    ],
)
def test_keys_choose_every_grain(open_again: Callable[..., Stage], preset: str, grains: dict[str, int]) -> None:
    stage = open_again(f"/three_dimensional?v=1&preset={preset}")
    for key, (name, steps) in enumerate(grains.items(), 1):
        stage.press(str(key))
        expect(stage.page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
        assert stage.look().steps == steps


def test_a_number_too_large_is_said_beside_its_control(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/three_dimensional?v=1&preset=simplest")
    stage.set_number("Input depth", 1)
    expect(stage.alert).to_have_text(
        "Kernel depth is 2 slices, but the padded input has only 1 slice: use a kernel of at most 1 slice, or a "
        "padding of at least 1."
    )
    with stage.rerun():
        stage.page.locator(".st-key-fault_kernel_depth").get_by_role("button", name="Use 1").click()
    expect(stage.alert).to_have_count(0)
    assert stage.look().steps == 4


def test_on_a_phone_all_four_grains_stand_beside_the_speed(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/three_dimensional?v=1&preset=channels", viewport=PHONE)
    names = ("output", "channel", "slice", "multiply", "Faster")
    boxes = [stage.page.get_by_role("button", name=name, exact=True).bounding_box() for name in names]
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert all(box and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
