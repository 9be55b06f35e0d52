"""The stage in Chromium: steps a second, pointing, and a changed parameter, on a small layer and on a large one."""

from collections.abc import Callable, Iterator
from math import ceil
from statistics import median, quantiles
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, expect

from kinds.registry import PRESETS
from tests.browser import driver
from tests.browser.driver import Server
from tests.browser.stage import LAPTOP, PAGES, PHONE, Stage, opened

SECONDS = 3
ROUNDS = 3
PLAYING_BOUND = 55.0
FRAME_MS = 1000 / 60
POINTING_BOUND_FRAMES = 2
# Kinds of work on a page's main thread, and Chromium's names for their time.
WORK = {"all": "TaskDuration", "script": "ScriptDuration", "style": "RecalcStyleDuration", "layout": "LayoutDuration"}

# Steps shown and frames drawn a second, by the frames' own timestamps.
PLAY = """async (seconds) => {
  const root = document.querySelector(".stage-root");
  const frame = () => new Promise(requestAnimationFrame);
  root.querySelector('[data-control="play"]').click();
  for (let settle = 0; settle < 20; settle++) await frame();
  const shown = () => Number(root.dataset.shown);
  const begun = shown() - 20;
  const [start, first] = [await frame(), shown()];
  let now = start, frames = 0;
  while (now - start < 1000 * seconds) { now = await frame(); frames += 1; }
  const steps = (1000 * (shown() - first)) / (now - start);
  root.querySelector('[data-control="play"]').click();
  return { steps, frames: (1000 * frames) / (now - start), all: shown() - begun };
}"""

FILM_SLIDER = ".st-key-checkpoint input"
# Put the slider to another stop in every frame, and return how many frames a second show another picture.
SCRUB = """async (selector) => {
  const slider = document.querySelector(selector);
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  const frame = () => new Promise(requestAnimationFrame);
  const moment = document.querySelector("[data-film=moment]");
  const start = await frame();
  let now = start, pictures = 0, said = moment.innerText;
  while (now - start < 3000) {
    set.call(slider, String((Number(slider.value) + 1) % 58));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    now = await frame();
    if (moment.textContent !== said) pictures += 1;
    said = moment.textContent;
  }
  return (1000 * pictures) / (now - start);
}"""

# Point at `count` cells all over the stage, each at another moment of a frame; return, for each, the milliseconds in
# the event's handlers, and those until the frame with its marks was painted.
POINT = """async (count) => {
  const root = document.querySelector(".stage-root");
  const overlay = root.querySelector("svg.overlay");
  const unit = Number(root.dataset.cell);
  const places = [...overlay.querySelectorAll("g.grid")].flatMap(({ dataset }) => {
    const names = ["rows", "columns", "left", "top", "slices", "across"];
    const [rows, columns, left, top, slices, across] = names.map((name) => Number(dataset[name]));
    const high = rows / slices;  // slices of a volume stand a cell apart
    return Array.from({ length: rows * columns }, (_, cell) => {
      const row = Math.floor(cell / columns);
      const slice = Math.floor(row / high);
      const [over, before] = [Math.floor(slice / across) * (high + 1), (slice % across) * (columns + 1)];
      return {
        name: `${dataset.role} ${dataset.channel} ${cell}`,
        x: left + (before + (cell % columns) + 0.5) * unit,
        y: top + (over + (row % high) + 0.5) * unit,
      };
    });
  });
  const pointed = () => {
    const mark = overlay.querySelector("rect.link.pointed");
    return mark && `${mark.dataset.role} ${mark.dataset.channel} ${mark.dataset.cell}`;
  };
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(null);
  }));
  const found = [];
  for (let turn = 0; turn < count; turn++) {
    const { name, x, y } = places[(turn * 7919) % places.length];
    await new Promise((done) => setTimeout(done, 20 + (turn % 16)));
    const corner = overlay.getBoundingClientRect();
    const start = performance.now();
    overlay.dispatchEvent(new PointerEvent("pointermove", { clientX: corner.left + x, clientY: corner.top + y, bubbles: true }));
    const handled = performance.now() - start;
    do var end = await painted(); while (pointed() !== name && end - start < 1000);
    found.push([handled, end - start]);
  }
  overlay.dispatchEvent(new PointerEvent("pointerleave"));
  return found;
}"""  # noqa: E501 - JavaScript

# Milliseconds from the next key press to the frame with another picture.
AWAIT_PICTURE = """() => {
  const root = document.querySelector(".stage-root");
  window.pictureAfter = new Promise((done) => {
    document.addEventListener("keydown", (event) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp)));
      });
      observer.observe(root, { attributes: true, attributeFilter: ["data-shown"] });
    }, { capture: true, once: true });
  });
}"""


def small(stage: Stage) -> None:
    """Leave the page as it opens: 4x4, one channel in, one out, 2x2."""


def large(stage: Stage) -> None:
    """Choose a layer of 8 channels in, 8 out, 3x3 on 12x12: 144 outputs a map, 72 products each."""
    stage.choose_preset("one-deep-filter")
    for label, value in {"In channels": 8, "Out channels": 8, "Kernel height": 3, "Kernel width": 3}.items():
        stage.set_number(label, value)
    stage.select("Padding", "same")
    stage.leave_field()
    stage.expect(steps=8 * 144)


def preset(page: str, slug: str) -> Callable[[Stage], None]:
    """Choose a preset of a page."""
    return lambda stage: stage.select("Preset", PRESETS[page][slug].title)


def volume(stage: Stage) -> None:
    """Choose 2 channels in, 2 out, 3x3x3 on 6x6x6 with padding all around: 512 outputs a map, 54 products each."""
    preset("three_dimensional", "channels")(stage)
    sides = {
        f"{of} {side}": size for of, size in (("Input", 6), ("Kernel", 3)) for side in ("depth", "height", "width")
    }
    for label, value in sides.items():
        stage.set_number(label, value)
    stage.select("Padding", "full")
    stage.leave_field()
    stage.expect(steps=2 * 512)


# The standard page's layers, and the largest preset of each other page and view.
LAYERS: dict[str, tuple[str, Callable[[Stage], None]]] = {
    "default": ("standard", small),
    "8to8_at_12": ("standard", large),
    "im2col": ("standard", preset("standard", "windows-as-columns")),
    "matrix": ("standard", preset("standard", "sparse-matrix")),
    "grouped": ("grouped", preset("grouped", "one-group")),
    "separable": ("separable", preset("separable", "separable")),
    "pointwise": ("separable", preset("separable", "pointwise")),
    "transposed_stamps": ("transposed", preset("transposed", "no-checkerboard")),
    "transposed_all": ("transposed", preset("transposed", "upsampling")),
    "pooling": ("pooling", preset("pooling", "channels")),
    "3d": ("three_dimensional", volume),
    "1d": ("one_dimensional", preset("one_dimensional", "dilated-causal")),
}
VIEWPORTS = {"1280": LAPTOP, "390": PHONE}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with driver.start_server() as started:
        yield started


@pytest.fixture(
    scope="module",
    params=[(layer, width) for layer in LAYERS for width in VIEWPORTS],
    ids=lambda both: f"{both[0]}_{both[1]}px",
)
def stage(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Stage]:
    """A stage that shows one of the layers on one of the screens. The controls need the wide one."""
    layer, width = request.param
    page, prepare = LAYERS[layer]
    with opened(browser, server) as open_again:
        stage = open_again(PAGES[page].path)
        prepare(stage)
        stage.page.set_viewport_size(VIEWPORTS[width])
        if width == "390":  # the controls fold away on a phone
            expect(stage.page.get_by_test_id("stSidebarCollapseButton")).to_be_hidden()
        stage.resize(VIEWPORTS[width])
        stage.leave()
        yield stage


def busy(session: CDPSession) -> dict[str, float]:
    """Return the milliseconds the page's main thread has worked so far, by the kind of work."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return {kind: 1000 * metrics[name] for kind, name in WORK.items()}


@pytest.mark.parametrize("grain", ["first", "last"])
def test_playing(stage: Stage, measurement: dict[str, Any], grain: str) -> None:
    """At 60 asked, in a loop so that it does not end; the best of three rounds, since other work only slows it."""
    getattr(stage.root.locator(".granularities button:visible"), grain).click()
    if stage.control("loop").get_attribute("aria-pressed") == "false":
        stage.click("loop")
    while stage.control("faster").is_enabled():
        stage.click("faster")
    session = stage.page.context.new_cdp_session(stage.page)
    session.send("Performance.enable")
    best = 0.0
    for _ in range(ROUNDS):
        before = busy(session)
        played = stage.page.evaluate(PLAY, SECONDS)
        work = (f"{kind} {(ms - before[kind]) / played['all']:.1f}" for kind, ms in busy(session).items())
        best = max(best, played["steps"])
        print(f"{played['steps']:.1f} steps in {played['frames']:.1f} frames a second; ms a step: {', '.join(work)}")
        if best >= PLAYING_BOUND:
            break
    measurement.update(measured=best, unit="steps/s", bound=PLAYING_BOUND)
    assert best >= PLAYING_BOUND


@pytest.mark.parametrize("view", ["learning", "digit", "mistakes"])
def test_scrubbing_a_run(browser: Browser, server: Server, measurement: dict[str, Any], view: str) -> None:
    """The slider of a run at another checkpoint in every frame: pictures a second, in the best of three rounds."""
    with browser.new_page(base_url=server.url, viewport=LAPTOP) as page:
        driver.open_app(page, "/train_a_network", ready=FILM_SLIDER, v=1, view=view)
        with page.expect_response("**/record/**"):
            page.locator(".st-key-checkpoint").hover()
        best = max(page.evaluate(SCRUB, FILM_SLIDER) for _ in range(ROUNDS))
    measurement.update(measured=best, unit="pictures/s", bound=PLAYING_BOUND)
    assert best >= PLAYING_BOUND


def test_pointing(stage: Stage, measurement: dict[str, Any]) -> None:
    """Nineteen of twenty cells show what belongs to them within two frames, in the best of three rounds."""
    best = 1000.0
    for _ in range(ROUNDS):
        handled, until = zip(*stage.page.evaluate(POINT, 60), strict=True)
        best = min(best, quantiles(until, n=20)[-1])
        print(
            f"in handlers: median {median(handled):.1f} ms, most {max(handled):.1f} ms; "
            f"until painted: median {median(until):.1f} ms, most {max(until):.1f} ms"
        )
        if ceil(best / FRAME_MS) <= POINTING_BOUND_FRAMES:
            break
    measurement.update(measured=best, unit="ms, p95", bound=POINTING_BOUND_FRAMES * FRAME_MS)
    assert ceil(best / FRAME_MS) <= POINTING_BOUND_FRAMES


@pytest.mark.parametrize("layer", ["default", "8to8_at_12"])
def test_a_changed_parameter(browser: Browser, server: Server, measurement: dict[str, Any], layer: str) -> None:
    """From the key that changes the input's rows to the picture. Told, not bounded."""
    with opened(browser, server) as open_again:
        stage = open_again()
        LAYERS[layer][1](stage)
        rows = int(stage.number("Input height").input_value())
        times = []
        for turn in range(14):
            stage.number("Input height").fill(str(rows + 1 - turn % 2))
            stage.page.evaluate(AWAIT_PICTURE)
            with stage.rerun():
                stage.press("Enter")
            times.append(stage.page.evaluate("window.pictureAfter"))
        measurement.update(measured=median(times[2:]), unit="ms, median")
