"""From a changed control to the painted picture: ours, the same page without its own way to records, and a bare slider.

All three are changed by turns in one run, so that what else the machine does falls on each.
"""

from statistics import median
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser import driver
from tests.browser.stage import LAPTOP

TURNS = 16
LAYERS: dict[str, dict[str, object]] = {
    "default": {},
    "8to8_at_12": {
        "height": 12, "width": 12, "in_channels": 8, "out_channels": 8, "kernel_height": 3, "kernel_width": 3,
        "padding": "same",
    },
}  # fmt: skip
# Milliseconds: for the record of one more that was fetched ahead, and for one that nobody has asked for.
BOUNDS = {
    ("default", "neighbour"): 25.0,
    ("default", "cold"): 60.0,
    ("8to8_at_12", "neighbour"): 60.0,
    ("8to8_at_12", "cold"): 150.0,
}

# Milliseconds from the next key to the frame in which `selector` has changed.
AWAIT = """([selector, attribute]) => {
  const watched = document.querySelector(selector);
  window.changedAfter = new Promise((done) => {
    document.addEventListener("keydown", (event) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp)));
      });
      if (attribute) observer.observe(watched, { attributeFilter: [attribute] });
      else observer.observe(watched, { characterData: true, childList: true, subtree: true });
    }, { capture: true, once: true });
  });
}"""


def open_tab(browser: Browser, url: str, ready: str | None = driver.STAGE_READY) -> Page:
    page = browser.new_context(viewport=LAPTOP).new_page()
    page.set_default_timeout(driver.PATIENCE)
    return driver.open_app(page, url, ready=ready)


def changed_after(page: Page, field: Locator, key: str, selector: str, attribute: str | None = None) -> float:
    """Press a key in a field, and return the milliseconds from there to the frame with what it changed."""
    field.focus()
    page.evaluate(AWAIT, [selector, attribute])
    page.keyboard.press(key)
    after: float = page.evaluate("window.changedAfter")
    page.locator(driver.APP_IDLE).first.wait_for()
    page.wait_for_timeout(400)  # the hand rests: the run is over, and what is next has been fetched
    return after


@pytest.mark.parametrize("way", ["neighbour", "cold"])
@pytest.mark.parametrize("layer", LAYERS)
def test_a_changed_control(
    browser: Browser, address: str, bare: str, measurement: dict[str, Any], layer: str, way: str
) -> None:
    """The seed, one more or typed; told beside the page whose way to records is blocked, and a bare slider."""
    seeded = {"v": 1, "preset": "simplest", "values": "whole", "seed": 1} | LAYERS[layer]
    link = f"{address}/standard?{urlencode(seeded)}"
    ours, without = open_tab(browser, link), open_tab(browser, link)
    without.route("**/record/**", lambda route: route.abort())
    slider = open_tab(browser, bare, 'input[type="range"]')
    times: dict[str, list[float]] = {"ours": [], "without": [], "slider": []}
    for turn in range(TURNS):
        for name, page in (("ours", ours), ("without", without)):
            seed = page.get_by_role("spinbutton", name="Seed", exact=True)
            if way == "cold":
                seed.fill(str(1000 + 10 * turn))
            key = "Enter" if way == "cold" else "ArrowUp"
            times[name].append(changed_after(page, seed, key, ".stage-root", "data-shown"))
        thumb = slider.get_by_role("slider")
        times["slider"].append(changed_after(slider, thumb, "ArrowRight", '[data-testid="stMarkdown"]'))
    found = {name: median(one[2:]) for name, one in times.items()}
    print(f"{layer}, {way}: " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in found.items()))
    bound = BOUNDS[layer, way]
    measurement.update(measured=found["ours"], unit="ms, median", bound=bound)
    for page in (ours, without, slider):
        page.context.close()
    assert found["ours"] <= bound
