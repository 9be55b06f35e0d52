"""The paste box in a browser, by the keyboard alone, and the files that NumPy saves."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.driver import STAGE_READY
from tests.browser.slow_network import choose

NETWORK = "nn.Sequential(\n  nn.Conv2d(1, 6, 5),\n  nn.LSTM(3),\n)"


def test_a_pasted_layer_opens_its_page_and_a_line_that_cannot_be_read_is_named(open_page: Callable[..., Page]) -> None:
    page = open_page("/", ready=STAGE_READY)
    box = page.get_by_role("textbox", name="Paste code")
    box.fill(NETWORK)
    box.press("Control+Enter")
    box.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Line 3 has “LSTM”, which is no layer that can be shown here.")).to_be_visible()
    expect(box).to_have_value(NETWORK)
    box.fill("nn.Conv2d(1, 2, 3, stride=2, padding=1)")
    box.press("Control+Enter")
    box.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/standard?" in url and "stride_height=2" in url and "out_channels=2" in url)
    page.locator(STAGE_READY).first.wait_for()


def test_the_field_for_a_file_is_there_once_it_has_a_name(open_page: Callable[..., Page]) -> None:
    """Its script, which names it and reads the file, may come later than the page."""
    page = open_page("/", ready=STAGE_READY)
    field = page.get_by_label("Or arrays that NumPy has saved")
    expect(field).to_be_visible()
    page.locator(".array-file .name").evaluate("name => name.replaceChildren()")
    expect(page.locator(".array-file input")).to_be_hidden()


def test_an_array_of_a_file_opens_as_what_it_is_said_to_be(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page("/", ready=STAGE_READY)
    np.savez(tmp_path / "layer.npz", bias=np.ones(300), weight=np.arange(8.0).reshape(2, 1, 2, 2))
    page.get_by_label("Or arrays that NumPy has saved").set_input_files(tmp_path / "layer.npz")
    expect(page.get_by_text("An array of 300 is neither an input nor a kernel that a page can show.")).to_be_visible()
    choose(page, "Array in the file", "weight")
    page.get_by_role("button", name="Kernel, channels first (PyTorch): 2 filters of 1×2×2").click()
    page.wait_for_url(lambda url: "/standard?" in url and "out_channels=2" in url)
    page.locator(STAGE_READY).first.wait_for()
    expect(page.get_by_role("textbox", name="Kernel")).to_have_value("0  1\n2  3\n---\n4  5\n6  7")
