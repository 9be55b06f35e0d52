"""How many digits numbers have is the person's to choose, in cells and in the arithmetic alike."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Stage

# Input 0.25 0.125 1.5 / 2 0.5 1 / 0 3 0.75 under the kernel 0.5 0.25 0.3333 1, in the middle of them.
REALS = "v=1&preset=simplest&height=3&width=3&values=typed&input_values=0.25+0.125+1.5_2+0.5+1_0+3+0.75"
LINK = f"/standard?{REALS}&kernel_values=0.5+0.25_0.3333+1"
WRITTEN = {
    "short": (["0.50", "0.25", "0.33", "1"], "0.25×0.5 + 0.125×0.25 + 2×0.3333 + 0.5×1 = 1.32285"),
    "whole": (["1", "0", "0", "1"], "0×1 + 0×0 + 2×0 + 1×1 = 1"),
    "two": (["0.50", "0.25", "0.33", "1"], "0.25×0.50 + 0.13×0.25 + 2×0.33 + 0.50×1 ≈ 1.32"),
    "all": (["0.5", "0.25", "0.3333", "1"], "0.25×0.5 + 0.125×0.25 + 2×0.3333 + 0.5×1 = 1.32285"),
}


@pytest.mark.parametrize("choice", WRITTEN)
def test_cells_and_arithmetic_have_the_digits_that_the_link_says(open_again: Callable[..., Stage], choice: str) -> None:
    stage = open_again(LINK + ("" if choice == "short" else f"#digits={choice}"), anew=True)
    cells, arithmetic = WRITTEN[choice]
    kernel = stage.root.locator("g.cells.kernel text.number")
    expect(kernel).to_have_text(cells)
    expect(stage.root.locator(".equation")).to_contain_text(arithmetic)


def test_the_key_and_the_button_go_through_the_choices(open_again: Callable[..., Stage]) -> None:
    stage = open_again(LINK, anew=True)
    kernel = stage.root.locator("g.cells.kernel text.number")
    button = stage.control("digits")
    for choice, press in (("whole", "."), ("two", ""), ("all", "."), ("short", "")):
        if press:
            stage.page.keyboard.press(press)
        else:
            button.click()
        expect(kernel).to_have_text(WRITTEN[choice][0])
        stage.page.wait_for_function(
            "(choice) => (new URLSearchParams(location.hash.slice(1)).get('digits') ?? 'short') === choice", arg=choice
        )


def test_whole_numbers_leave_nothing_to_choose(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest", anew=True)
    expect(stage.control("digits")).to_be_hidden()
    stage.page.keyboard.press(".")
    expect(stage.root.locator(".equation")).to_contain_text("= ")
    assert "digits" not in stage.page.url
