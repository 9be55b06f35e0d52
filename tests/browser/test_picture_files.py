"""The files that a stage gives: PNG, SVG, the frames of a GIF, and a video, as they are opened elsewhere."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageColor
from playwright.sync_api import Browser, Page, expect

from exports.gif import join, read_frames
from stage.palette import palette
from stage.theme import FONTS, PAGE_COLORS
from stage.wire import to_wire
from tests.browser.pictures import opened_player
from tests.exports.examples import Case, played

GOLDEN = Path(__file__).parent / "golden"

# Preset, view, granularity and step of pictures that were looked at.
LOOKED_AT = [
    (Case("standard", "half-padding", "windows"), "output", 12),
    (Case("standard", "channels", "windows"), "tap", 5),
    (Case("standard", "windows-as-columns", "im2col"), "output", 3),
    (Case("grouped", "two-groups", "together"), "channel", 9),
    (Case("grouped", "two-groups", "apart"), "output", 9),
    (Case("separable", "two-steps", "both"), "output", 30),
    (Case("transposed", "padding", "stamp"), "stamp", 2),
    (Case("transposed", "output-padding", "all"), "output", 8),
    (Case("transposed", "stride", "zero-inserted"), "output", 4),
    (Case("transposed", "simplest", "matrix"), "multiply", 7),
    (Case("pooling", "max", ""), "output", 2),
    (Case("one_dimensional", "edges", ""), "tap", 4),
    (Case("gradients", "whole", "all"), "output", 19),
]

# Put the buttons on the page once more, with somebody to send the frames of a GIF to.
BUTTONS = """() => {
  document.querySelector(".more")?.remove();
  const place = document.createElement("div");
  place.className = "stage-pictures more";
  document.body.append(place);
  window.sent = null;
  const sendFrames = (frames) => (window.sent = frames);
  const detail = { place, name: "layer", title: "Title", sendFrames };
  document.dispatchEvent(new CustomEvent("stage-pictures", { detail }));
}"""
SHOW = """given => {
  const data = { ...given, fixed: true, offline: true };
  mount({ parentElement: document.body, data, setTriggerValue() {} });
}"""


@pytest.fixture(scope="module")
def player(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    first = played("standard", "simplest").stage
    with opened_player(browser, tmp_path_factory.mktemp("player"), first) as page:
        yield page


def show(player: Page, case: Case) -> dict[str, Any]:
    """Show a case from its first step on, with the buttons under it; returns what the player was given."""
    data = to_wire(case.play().stage)
    player.evaluate(SHOW, data)
    player.evaluate(BUTTONS)
    player.keyboard.press("Escape")
    player.keyboard.press("Home")
    return data


def taken(player: Page, kind: str) -> tuple[str, bytes]:
    """Press a button; returns the name of the file and what is in it."""
    with player.expect_download() as download:
        player.locator(f'.more [data-take="{kind}"]').click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize(("case", "granularity", "step"), LOOKED_AT, ids=lambda one: str(one))
def test_a_picture_is_the_one_that_was_looked_at(
    player: Page, case: Case, granularity: str, step: int, refresh_golden: bool
) -> None:
    """`pytest --refresh-golden` writes them anew: look at each one that changes."""
    data = to_wire(case.play().stage)
    found: str = player.evaluate("([data, ...rest]) => plainFile(data, ...rest)", [data, granularity, step])
    file = GOLDEN / f"{case.page}-{case.slug}-{case.view or 'only'}.svg"
    if refresh_golden:
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def test_there_is_no_picture_that_nobody_looks_at() -> None:
    names = {f"{case.page}-{case.slug}-{case.view or 'only'}.svg" for case, *_ in LOOKED_AT}
    assert {file.name for file in GOLDEN.iterdir()} == names


@pytest.mark.parametrize("case", [one[0] for one in LOOKED_AT], ids=str)
def test_a_png_is_what_the_svg_shows(player: Page, case: Case) -> None:
    """But for the edges of letters and lines, which a canvas smooths otherwise."""
    show(player, case)
    player.keyboard.press("End")
    name, svg = taken(player, "svg")
    assert name.endswith(".svg")
    shown = player.evaluate("text => rasterized(text)", svg.decode())
    player.locator(".more .scale").select_option("1")
    _, png = taken(player, "png")
    one, other = (np.asarray(Image.open(BytesIO(found)).convert("RGB"), int) for found in (b64decode(shown), png))
    assert one.shape == other.shape
    assert len(np.unique(one.reshape(-1, 3), axis=0)) > 8
    assert (np.abs(one - other).max(axis=2) > 64).mean() < 0.01


def test_a_png_has_the_size_that_was_chosen(player: Page) -> None:
    show(player, Case("standard", "half-padding", "windows"))
    sizes = {}
    for scale in (1, 2, 4):
        player.locator(".more .scale").select_option(str(scale))
        name, file = taken(player, "png")
        assert name == ("layer-step1.png" if scale == 1 else f"layer-step1-{scale}x.png")
        sizes[scale] = np.array(Image.open(BytesIO(file)).size)
    assert np.abs(sizes[2] - 2 * sizes[1]).max() <= 1
    assert np.abs(sizes[4] - 4 * sizes[1]).max() <= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_has_the_colors_that_were_chosen(player: Page, theme: str) -> None:
    show(player, Case("standard", "half-padding", "windows"))
    player.locator(".more .theme").select_option(theme)
    _, file = taken(player, "png")
    ground = ImageColor.getrgb(PAGE_COLORS[theme]["background-color"])
    assert Image.open(BytesIO(file)).convert("RGB").getpixel((3, 3)) == ground


# The width of each line that is drawn alone as `family` would draw it, and how long the file says that it is.
WIDTHS = """([text, family]) => {
  const svg = new DOMParser().parseFromString(text.replace(/font-family="[^"]*"/, `font-family="${family}"`), "image/svg+xml");
  const drawn = document.body.appendChild(document.importNode(svg.documentElement, true));
  const right = drawn.getBoundingClientRect().right;
  const found = [...drawn.querySelectorAll("text.equation, text.title, text.step")].map((line) =>
    [line.getBoundingClientRect().right - right, line.getComputedTextLength()]);
  drawn.remove();
  return found;
}"""  # noqa: E501 - JavaScript


def test_no_line_of_an_svg_is_cut_in_a_wider_typeface(player: Page) -> None:
    show(player, Case("standard", "channels", "windows"))
    player.keyboard.press("End")
    text = taken(player, "svg")[1].decode()
    names = [name.strip(' "') for name in FONTS.replace("&quot;", '"').split(",")]
    assert all(name in text for name in names)
    assert "tabular-nums" in text
    drawn = player.evaluate(WIDTHS, [text, "DejaVu Sans"])
    assert len(drawn) > 3
    assert max(over for over, _ in drawn) < 0


def test_an_svg_needs_nothing_of_the_page(player: Page) -> None:
    show(player, Case("transposed", "output-padding", "stamp"))
    text = taken(player, "svg")[1].decode()
    assert "var(" not in text
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    for name in ("<title>Title</title>", 'id="cropped"', 'fill="url(#cropped)"', "stroke-dasharray", "step"):
        assert name in text, name


def gif_of(player: Page) -> Any:
    """The GIF of what is shown, from its frames."""
    player.locator('.more [data-take="gif"]').click()
    player.wait_for_function("() => window.sent !== null")
    return Image.open(BytesIO(join(read_frames(player.evaluate("() => window.sent")))))


def test_each_frame_of_a_gif_shows_the_outputs_so_far_and_none_to_come(player: Page) -> None:
    case = Case("standard", "half-padding", "windows")
    data, record = show(player, case), case.play().record
    gif = gif_of(player)
    outputs = record.output.ravel()
    assert gif.n_frames == outputs.size
    where = player.evaluate("() => cellsOf('output')")
    colors, end = palette("light"), data["layers"][0]["color_limits"]["output"]
    for frame in range(gif.n_frames):
        gif.seek(frame)
        image = gif.convert("RGB")
        for cell, (x, y) in enumerate(where):
            color = colors[round(32 + 32 * outputs[cell] / end)] if cell <= frame else "#f0f2f6"
            wanted = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
            seen = image.getpixel((x, y))
            assert np.abs(np.array(seen) - wanted).max() <= 12, (frame, cell, seen, color)


def test_frames_beyond_what_a_film_holds_are_left_out_and_that_is_said(player: Page) -> None:
    for count, sentence in (
        (300, ""),
        # 0, 2, ..., 300 are 151 steps.
        (301, "301 steps are more than a film holds: it shows 151, one step in 2."),
        # 0, 3, ..., 597 are 200 steps, and the last is 599.
        (600, "600 steps are more than a film holds: it shows 201, one step in 3."),
        # 0, 21, ..., 5,985 are 286 steps, and the last is 5,999.
        (6000, "6,000 steps are more than a film holds: it shows 287, one step in 21."),
    ):
        steps, said = player.evaluate("count => { const s = shownSteps(count); return [s, leftOut(count, s)]; }", count)
        assert said == sentence
        assert (steps[0], steps[-1], len(steps) <= 300) == (0, count - 1, True)
        assert steps == sorted(set(steps))


def test_the_stage_does_not_move_while_a_film_is_drawn_and_it_can_be_cancelled(player: Page) -> None:
    show(player, Case("standard", "one-deep-filter", "windows"))
    look = "() => [document.querySelector('.stage-root .overlay').innerHTML, location.hash]"
    before = player.evaluate(look)
    player.locator('.more [data-take="gif"]').click()
    player.wait_for_function("() => document.querySelector('.more progress').value > 0.02")
    assert player.evaluate(look) == before
    player.locator(".more .cancel").click()
    expect(player.locator('.more [data-take="gif"]')).to_be_enabled()
    assert player.evaluate("() => [window.sent, document.querySelectorAll('.stage-root').length]") == [None, 1]
    assert player.evaluate(look) == before


def test_the_focus_stays_on_the_button_that_was_pressed_while_a_film_is_drawn(player: Page) -> None:
    """Without it, the dialog that the button stands in does not hear Escape."""
    show(player, Case("standard", "one-deep-filter", "windows"))
    button = player.locator('.more [data-take="gif"]')
    button.focus()
    player.keyboard.press("Enter")
    player.wait_for_function("() => document.querySelector('.more progress').value > 0.02")
    expect(button).to_be_disabled()
    expect(button).to_be_focused()
    player.keyboard.press("Enter")
    player.locator(".more .cancel").click()
    expect(button).to_be_enabled()
    assert player.evaluate("() => window.sent") is None


def test_a_video_shows_the_steps(player: Page) -> None:
    show(player, Case("standard", "simplest", "windows"))
    for _ in range(8):
        player.keyboard.press("+")
    if not player.evaluate("() => Boolean(videoType())"):
        pytest.skip("this browser records no video")
    name, file = taken(player, "video")
    assert name in ("layer.mp4", "layer.webm")
    found = player.evaluate("file => firstPicture(file)", b64encode(file).decode())
    assert found["colors"] > 8
    assert found["width"] > found["height"] > 100
    for _ in range(8):
        player.keyboard.press("-")


def test_a_browser_that_records_no_video_says_so(player: Page) -> None:
    player.evaluate("() => { window.kept = window.MediaRecorder; delete window.MediaRecorder; }")
    show(player, Case("standard", "simplest", "windows"))
    expect(player.locator('.more [data-take="video"]')).to_be_disabled()
    expect(player.locator(".more .said")).to_have_text("This browser cannot record a video.")
    player.evaluate("() => { window.MediaRecorder = window.kept; }")


def test_what_is_pinned_is_in_the_picture_and_what_is_pointed_at_is_not(player: Page) -> None:
    show(player, Case("standard", "simplest", "windows"))
    plain = taken(player, "svg")[1].decode()
    cell = player.evaluate("() => screenOf('input', 5)")
    player.mouse.move(*cell)
    player.wait_for_function("() => document.querySelector('.stage-root').dataset.pointing === 'input'")
    with player.expect_download() as download:
        player.evaluate("""() => document.querySelector('.more [data-take="svg"]').click()""")
    assert Path(download.value.path()).read_text(encoding="utf-8") == plain
    player.mouse.click(*cell)
    pinned = taken(player, "svg")[1].decode()
    assert 'class="link pointed"' in pinned
    assert 'class="link' not in plain
    player.keyboard.press("Escape")
