"""The address is the state: it follows, it leads back, and it shows somebody else the same moment."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, TimeoutError, WebSocket, expect

from kinds.links import decode
from kinds.registry import STATES
from sharing.link import encode
from tests.browser.driver import STAGE_READY
from tests.browser.stage import LOOK, OFTEN, PAGES, AppPage, Stage
from tests.browser.tabs import Place

# All that the stage says, but for how often it has drawn, and what stood before in a cell that waits; null while there
# is none.
LOOKS = f"""() => {{
  if (!document.querySelector(".stage-root")) return null;
  const said = ({LOOK})();
  delete said.data.shown;
  delete said.data.run;
  for (const {{ cells }} of said.live) for (const cell of cells) if (cell.shown === false) delete cell.fill;
  return said;
}}"""
SAME = f"meaning => JSON.stringify(({LOOKS})()) === JSON.stringify(meaning)"


def address(page: Page) -> str:
    """Return the path, query and fragment."""
    return page.url.removeprefix(f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}")


def looks(stage: Stage) -> dict[str, Any]:
    said: dict[str, Any] = stage.page.evaluate(LOOKS)
    return said


def wait_until_it_looks(stage: Stage, meaning: dict[str, Any]) -> None:
    """Wait until the stage says this, cell for cell; then show what differs, if it never does."""
    with suppress(TimeoutError):
        stage.page.wait_for_function(SAME, arg=meaning, polling=OFTEN)
    assert looks(stage) == meaning


def expect_fragment(stage: Stage, fragment: str) -> None:
    """Wait until the player has written this into the address."""
    stage.page.wait_for_function("fragment => location.hash.slice(1) === fragment", arg=fragment, polling=OFTEN)


@pytest.fixture
def runs(page: Page) -> list[int]:
    """Return a list that grows by one for every run of the page that the browser asks for."""
    asked: list[int] = []

    def opened_socket(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: asked.append(len(frame)))

    page.on("websocket", opened_socket)
    return asked


def test_back_and_forward_step_through_five_changes(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=channels")
    changes: list[Callable[[], None]] = [
        lambda: stage.set_number("Stride width", 2),
        lambda: stage.select("Padding", "full"),
        lambda: stage.choose_preset("half-padding"),
        lambda: stage.set_text("Kernel values", "1 0 1\n0 2 0\n1 0 1"),
        lambda: stage.switch("Bias"),
    ]
    moments = []
    for number, change in enumerate(changes):
        stage.leave_field()
        stage.press("Home", *["ArrowRight"] * number)
        expect_fragment(stage, f"step={number + 1}" if number else "")
        moments.append((address(stage.page), looks(stage)))
        change()
    stage.leave_field()
    expect_fragment(stage, "step=5")
    moments.append((address(stage.page), looks(stage)))
    assert len({link for link, _ in moments}) == 6
    for link, meaning in reversed(moments[:-1]):
        stage.page.go_back()
        wait_until_it_looks(stage, meaning)
        assert address(stage.page) == link
    for link, meaning in moments[1:]:
        stage.page.go_forward()
        wait_until_it_looks(stage, meaning)
        assert address(stage.page) == link


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES)
def test_a_link_made_on_a_page_shows_the_same_in_another_browser(
    open_again: Callable[..., Stage], case: AppPage
) -> None:
    stage = open_again(case.path)
    stage.select("Preset", list(case.presets.values())[-1])
    stage.select("Values", "seeded whole numbers")
    stage.set_number("Seed", 7)
    stage.leave_field()
    stage.press("2", "+", "+", "ArrowRight", "ArrowRight")
    stage.click("loop")
    (role, channel), _ = next(iter(stage.look().grids.items()))
    stage.click_cell(role, (0, 0), channel)
    stage.page.wait_for_function("() => /^#step=3&grain=[a-z]+&speed=8&loop=1&pin=/.test(location.hash)")
    meaning = looks(stage)
    other = open_again(address(stage.page), place=Place.ELSEWHERE, anew=True)
    wait_until_it_looks(other, meaning)
    assert address(other.page) == address(stage.page)


def test_a_reload_comes_back_to_the_same_picture_and_step(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.choose_preset("floor")
    stage.set_number("Stride width", 1)
    stage.set_text("Kernel values", "1 0.5\n-2 3")
    stage.leave_field()
    stage.press("2", "ArrowRight", "ArrowRight")
    expect_fragment(stage, "step=3&grain=channel")
    link, meaning = address(stage.page), looks(stage)
    stage.page.reload()
    stage.page.locator(STAGE_READY).first.wait_for()
    wait_until_it_looks(stage, meaning)
    assert address(stage.page) == link


def test_the_player_costs_the_server_no_run(runs: list[int], open_page: Callable[..., Page]) -> None:
    stage = Stage(open_page(preset="simplest"))
    opening = len(runs)
    stage.press("3", "+", "+", "+", "+", "+", " ")
    stage.expect(state="paused", step=stage.look().steps - 1)
    stage.click_cell("output", (1, 1))
    stage.leave_field()
    stage.press("Escape", "Home", "ArrowRight")
    expect_fragment(stage, "step=2&grain=tap&speed=60")
    assert len(runs) == opening


def test_a_change_costs_one_run_though_the_address_follows_it(runs: list[int], open_page: Callable[..., Page]) -> None:
    stage = Stage(open_page(preset="channels"))
    opening = len(runs)
    stage.set_number("Stride width", 2)
    stage.page.wait_for_url("**/standard?v=1&preset=channels&stride_width=2")
    stage.page.wait_for_timeout(0)
    assert len(runs) == opening + 1


def test_changes_faster_than_the_address_all_count(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    for _ in range(4):
        stage.number("Input height").press("ArrowUp")
    expect(stage.number("Input height")).to_have_value("8")
    stage.page.wait_for_url("**/standard?v=1&preset=simplest&height=8")
    expect(stage.number("Input height")).to_have_value("8")


def test_an_edit_of_the_fragment_is_followed_and_what_cannot_be_is_said(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?preset=simplest#step=3", anew=True)
    stage.expect(step=2)
    stage.page.evaluate("location.hash = 'step=5'")
    stage.expect(step=4)
    stage.page.evaluate("location.hash = 'step=99&speed=7&grain=<b>x</b>&pin=input.9.9'")
    stage.expect(step=0)
    assert stage.look().sentence == (
        "The link says grain <b>x</b>; it is one of output, channel, tap. "
        "The link says speed 7; it is one of 0.5, 1, 2, 4, 8, 15, 30, 60. "
        "The link says step 99; there are 9, and step 1 is shown. What the link pins is not on this stage."
    )


@pytest.mark.parametrize(
    ("old", "new"), [("turned.0.1", "flipped_kernel.0.1"), ("turned_products.0.2", "flipped_products.0.2")]
)
def test_a_pin_of_an_older_link_is_found_by_its_new_name(open_again: Callable[..., Stage], old: str, new: str) -> None:
    stage = open_again(f"/transposed?v=1&preset=simplest&view=zero-inserted#step=2&pin={old}", anew=True)
    stage.expect(step=1)
    expect_fragment(stage, f"step=2&pin={new}")
    assert "not on this stage" not in stage.look().sentence


@pytest.mark.parametrize(
    "query",
    [
        "preset=<script>alert(1)</script>&height=%00%FF%FE&kernel_height=9e99&x=<img src=x onerror=alert(1)>",
        "preset=floor&preset=same&height=3&height=4",
        "v=99&height=1000000000000&width=9.9&groups=2&values=typed&input_values=~AAAA&" + "a" * 5000 + "=1",
        "%3Cscript%3E=%3Cscript%3E&:smile:=![](//example.com/x.png)",
    ],
)
def test_a_bad_link_opens_a_working_page_that_says_what_was_wrong(open_again: Callable[..., Stage], query: str) -> None:
    """The browser's console, the log, and that nothing is asked of another host are watched by the fixture."""
    stage = open_again(f"/standard?{query}", anew=True)
    stage.expect(problem="")
    expect(stage.alert.locator("li").first).to_be_visible()
    expect(stage.alert.locator("img, script, a")).to_have_count(0)
    state, _ = decode("standard", parse_qs(query, keep_blank_values=True, errors="replace"))
    expect(stage.number("Input height")).to_have_value(str(state.height))
    stage.set_number("Input width", 7)
    expect(stage.alert).to_have_count(0)


def test_a_link_opens_from_the_bare_query_too(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/?" + urlencode(encode(STATES["standard"]("floor", height=6, width=5))), anew=True)
    assert address(stage.page).startswith("/standard?v=1&preset=floor&height=6")


def test_the_history_can_be_gone_through_as_fast_as_one_can_press(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest")
    first = looks(stage)
    for slug in ("same", "channels", "floor", "padding-zeros"):
        stage.choose_preset(slug)
    stage.leave_field()
    last = looks(stage)
    for _ in range(4):
        for _ in range(4):
            stage.page.go_back()
        wait_until_it_looks(stage, first)
        for _ in range(4):
            stage.page.go_forward()
        wait_until_it_looks(stage, last)
