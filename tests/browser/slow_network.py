"""A page on a slow network: what it says, its controls, and when nothing is under way any more."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import driver

# Everything between the browser and the server takes 300 ms each way. Chromium's own emulation of a slow network leaves
# web sockets out, and all that a page of Streamlit's says after it is loaded goes through one. `slowLine` counts what
# is under way, and tells whether the server has yet to answer. The line is slow from the first touch on: until then the
# page is only opened, which is no matter of these tests.
SLOW_NETWORK = """(() => {
  const Real = window.WebSocket;
  const line = (window.slowLine = { underWay: 0, isUnanswered: false });
  let isTouched = false;
  const touch = () => (isTouched = true);
  for (const event of ["pointerdown", "keydown", "focusin", "input"]) addEventListener(event, touch, true);
  const later = (act) => {
    if (!isTouched) return act();
    line.underWay++;
    setTimeout(() => (act(), line.underWay--), 300);
  };
  const late = (listener) => (event) => later(() => listener(event));
  window.WebSocket = class extends Real {
    constructor(...where) {
      super(...where);
      super.addEventListener("message", () => (line.isUnanswered = false));
    }
    send(data) { later(() => (super.send(data), (line.isUnanswered = true))); }
    set onmessage(listener) { super.onmessage = listener && late(listener); }
    get onmessage() { return super.onmessage; }
    addEventListener(type, listener, options) {
      super.addEventListener(type, type === "message" ? late(listener) : listener, options);
    }
  };
})()"""
# What the browser says to the server waits while `window.isHeld`.
HELD_SOCKET = """(() => {
  const Real = window.WebSocket;
  const waiting = [];
  window.WebSocket = class extends Real {
    send(data) {
      if (window.isHeld) waiting.push(() => super.send(data));
      else super.send(data);
    }
  };
  window.letGo = () => {
    window.isHeld = false;
    for (const send of waiting.splice(0)) send();
  };
  window.letOneGo = () => waiting.shift()();
})()"""

BETWEEN = 100  # ms from one change to the next: the server has heard of none of them when the next one is made

# What every control of the page says, by its label; the words under the title; and the picture that is drawn.
SAYS = """() => {
  const labelled = (element) => element.getAttribute("aria-label") ?? element.textContent;
  const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const stage = document.querySelector(".stage-root");
  return {
    numbers: all('input[type="number"]').map((input) => [labelled(input), input.value]),
    texts: all("textarea").map((area) => [labelled(area), area.value]),
    choices: all('[data-testid="stSelectbox"]').map((box) => [box.querySelector("label").textContent, box.querySelector("input").value]),
    switches: all('input[type="checkbox"]').map((box) => [labelled(box), box.checked]),
    sliders: all('[data-testid="stSlider"] input').map((thumb) => [labelled(thumb), thumb.getAttribute("aria-valuetext")]),
    segments: all('[data-testid="stButtonGroup"] button').map((button) => [button.textContent, button.getAttribute("aria-checked") ?? button.getAttribute("kind")]),
    message: document.querySelector(".st-key-message")?.innerText ?? "",
    problem: stage?.dataset.problem ?? "",
    picture: [...document.querySelectorAll(".stage-root g.grid text.number")].map((number) => number.textContent).join(" "),
  };
}"""  # noqa: E501 - JavaScript

QUIET = 4
"""How often in a row, 100 ms apart, the page has to say the same: longer than a slider waits before it sends, or the
server between two runs. A busy machine lets more time pass, in which nothing was drawn and nothing could change."""

# Wait until nothing is under way, the server has answered, and the page has said the same as often as QUIET.
SETTLED = f"""async ([quiet, patience]) => {{
  const line = window.slowLine ?? {{ underWay: 0, isUnanswered: false }};
  const start = performance.now();
  let [said, times] = ["", 0];
  while (times < quiet) {{
    if (performance.now() - start > patience) throw new Error("the page does not come to rest");
    await new Promise((done) => setTimeout(() => requestAnimationFrame(done), 100));
    const isBusy = line.underWay || line.isUnanswered || !document.querySelector('{driver.APP_IDLE}');
    const now = isBusy ? "" : JSON.stringify(({SAYS})());
    [said, times] = [now, !isBusy && now === said ? times + 1 : 0];
  }}
  return said;
}}"""


def settle(page: Page) -> dict[str, Any]:
    """Wait until all that was sent is answered and shown; return what the page says."""
    said: dict[str, Any] = json.loads(page.evaluate(SETTLED, [QUIET, driver.PATIENCE]))
    expect(page.get_by_test_id("stException")).to_have_count(0)
    return said


def number(page: Page, label: str) -> Any:
    return page.get_by_role("spinbutton", name=label, exact=True)


def press_plus(page: Page, label: str, times: int) -> None:
    plus = page.get_by_test_id("stNumberInput").filter(has=number(page, label)).get_by_test_id("stNumberInputStepUp")
    for _ in range(times):
        plus.click()
        page.wait_for_timeout(BETWEEN)


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(option)  # of a long list not all options are on the page
    page.get_by_role("option", name=option, exact=True).click()
    page.wait_for_timeout(BETWEEN)


def without(said: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in names}


def check_opened_anew(page: Page, *left_out: str) -> None:
    """Check that controls, words, picture and link say the same, by opening the page anew at its address."""
    said = settle(page)
    address, has_stage = page.url, page.locator(".stage-root").count()
    page.goto("about:blank")
    driver.open_app(page, address, ready=driver.STAGE_READY if has_stage else driver.TITLE_READY)
    # Where there is no layer, a page that was open keeps its last picture, and one opened just now has none.
    left_out += ("picture", "texts") if said["problem"] else ()
    now = settle(page)
    other = {name: (said[name], now[name]) for name in said if said[name] != now[name] and name not in left_out}
    assert other == {}
