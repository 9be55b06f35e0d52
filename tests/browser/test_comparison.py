"""The comparison page in Chromium: what its charts drew, read back from Plotly, in light and dark, at a desk and on a
phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from engine import Costed, Job, every_kind, shortfall
from engine.networks import NetworkName, network
from pages.shared.charts import LARGER
from tests.browser import driver
from tests.browser.stage import LAPTOP, PHONE, TWO_FRAMES, Stage
from tests.browser.tabs import Place

DRAWN = ".js-plotly-plot .main-svg"
# What Plotly drew in a chart, and where its words and its bars came to stand in the window.
READ = """key => {
  const plot = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const box = (element) => { const { left, right, top, bottom } = element.getBoundingClientRect(); return { left, right, top, bottom }; };
  const words = [...plot.querySelectorAll("text")].filter((text) => text.textContent.trim());
  return {
    data: plot.data,
    box: box(plot),
    words: words.map((text) => ({ text: text.textContent, fill: getComputedStyle(text).fill, ...box(text) })),
    bars: [...plot.querySelectorAll(".bars .point path")].map(box),
    ground: getComputedStyle(document.querySelector(".stApp")).backgroundColor,
  };
}"""  # noqa: E501 - JavaScript
HAS = """([key, trace, name, values]) => {
  const found = document.querySelector(`.st-key-${key} .js-plotly-plot`)?.data?.[trace]?.[name];
  return found && JSON.stringify([...found]) === JSON.stringify(values);
}"""

HAS_TYPE = """([key, size]) => {
  const layout = document.querySelector(`.st-key-${key} .js-plotly-plot`)?._fullLayout;
  return layout && Math.abs(layout.font.size - size) < 0.01;
}"""


def open_comparison(open_again: Callable[..., Stage]) -> Page:
    return open_again("/comparison", ready=f".st-key-kinds {DRAWN}").page


def load_comparison(page: Page, url: str = "/comparison") -> None:
    driver.open_app(page, url, ready=f".st-key-kinds {DRAWN}")


def choose_view(page: Page, label: str, key: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(label, exact=True).click()
    page.locator(f".st-key-{key} {DRAWN}").first.wait_for()
    page.evaluate(TWO_FRAMES)


def read(page: Page, key: str) -> dict[str, Any]:
    page.locator(f".st-key-{key} {DRAWN}").first.wait_for()
    found: dict[str, Any] = page.evaluate(READ, key)
    return found


def macs(job: Job) -> list[int | None]:
    """The mult-adds of every kind, as the page lists them: what does the job, what does a part of it, what does not."""
    done = every_kind(job)
    found = [(of.cost.macs, shortfall(kind, job)) for kind, of in done.items() if isinstance(of, Costed)]
    counts = [count for count, left_out in found if not left_out] + [count for count, left_out in found if left_out]
    return [*counts, *[None] * (len(done) - len(counts))]


WIDE = ["standard", "grouped", "separable", "transposed", "depthwise", "pointwise"]
"""The kinds in the order of the wide job: the last two do a part of it."""


def luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(part) / 255 for part in colour.partition("(")[2].rstrip(")").split(",")[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def check_readable(seen: dict[str, Any], viewport: ViewportSize) -> None:
    """Every word of a chart stands inside it, none over another, and each is told from the ground."""
    inside = seen["box"]
    assert inside["left"] >= 0
    assert inside["right"] <= viewport["width"] + 1
    for word in seen["words"]:
        assert inside["left"] - 1 <= word["left"] <= word["right"] <= inside["right"] + 1, word
        assert inside["top"] - 1 <= word["top"] <= word["bottom"] <= inside["bottom"] + 1, word
        lighter, darker = sorted((luminance(word["fill"]), luminance(seen["ground"])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 3, word
    for number, word in enumerate(seen["words"]):
        for other in seen["words"][:number]:
            apart = (
                word["left"] >= other["right"] - 1
                or word["right"] <= other["left"] + 1
                or word["top"] >= other["bottom"] - 3
                or word["bottom"] <= other["top"] + 3
            )
            assert apart, (word, other)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["desk", "phone"])
def test_every_chart_shows_the_counts_and_can_be_read(page: Page, viewport: ViewportSize, color_scheme: str) -> None:
    load_comparison(page)
    assert (luminance(read(page, "kinds")["ground"]) < 0.5) == (color_scheme == "dark")

    kinds = read(page, "kinds")
    assert kinds["data"][0]["y"] == WIDE
    assert kinds["data"][0]["x"] == macs(Job(14, 14, 256, 256, padding=1, groups=8))
    check_readable(kinds, viewport)

    saving = read(page, "saving")
    curves = {trace["name"]: trace for trace in saving["data"]}
    assert curves["this layer"]["y"][0] == pytest.approx(1 / (1 / 256 + 1 / 9))
    assert curves["limits"]["y"].count(49) == 2
    check_readable(saving, viewport)

    choose_view(page, "Networks", "other_depth")
    for key, name in (("network_depth", NetworkName.MOBILENET_V1), ("other_depth", NetworkName.FULL_MOBILENET)):
        depth = read(page, key)
        assert sum(depth["data"][0]["y"]) == network(name).totals.macs
        assert max(value for value in depth["data"][1]["y"] if value is not None) == 315
        check_readable(depth, viewport)

    choose_view(page, "Stack", "stack_depth")
    depth = read(page, "stack_depth")
    assert depth["data"][0]["y"] == [112_896, 0, 0, 903_168, 0, 0, 15_680]
    assert depth["data"][1]["y"][:6] == [3, 3, 4, 8, 8, 10]
    check_readable(depth, viewport)

    page.get_by_test_id("stButtonGroup").get_by_text("Counts", exact=True).click()
    expect(page.get_by_text("torchinfo")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_bars_on_a_linear_scale_are_as_long_as_their_numbers(open_again: Callable[..., Stage]) -> None:
    page = open_comparison(open_again)
    seen = read(page, "kinds")
    lengths = [bar["right"] - bar["left"] for bar in seen["bars"]]
    counts = macs(Job(14, 14, 256, 256, padding=1, groups=8))
    assert len(lengths) == len(counts)
    for length, count in zip(lengths, counts, strict=True):
        assert length / lengths[0] == pytest.approx(count / counts[0], abs=0.01)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("label", "value", "job"),
    [
        ("Out channels", 2048, Job(14, 14, 256, 2048, padding=1, groups=8)),
        ("In channels", 1, Job(14, 14, 1, 256, padding=1, groups=8)),
        ("Kernel size", 5, Job(14, 14, 256, 256, 5, padding=1, groups=8)),
        ("Stride", 2, Job(14, 14, 256, 256, stride=2, padding=1, groups=8)),
        ("Input height", 1000, Job(1000, 14, 256, 256, padding=1, groups=8)),
        ("Depth multiplier", 2, Job(14, 14, 256, 256, padding=1, groups=8, depth_multiplier=2)),
    ],
)
def test_a_changed_control_draws_the_new_counts(
    open_again: Callable[..., Stage], label: str, value: int, job: Job
) -> None:
    page = open_comparison(open_again)
    box = page.get_by_role("spinbutton", name=label, exact=True)
    box.fill(str(value))
    box.press("Enter")
    page.wait_for_function(HAS, arg=["kinds", 0, "x", macs(job)])
    page.evaluate(TWO_FRAMES)
    check_readable(read(page, "kinds"), LAPTOP)
    check_readable(read(page, "saving"), LAPTOP)


def test_an_impossible_layer_gets_a_sentence_and_comes_back(open_again: Callable[..., Stage]) -> None:
    page = open_comparison(open_again)
    box = page.get_by_role("spinbutton", name="Kernel size", exact=True)
    box.fill("17")
    box.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Kernel size is 17 rows")
    expect(box).to_have_value("17")
    box.fill("3")
    box.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    page.locator(f".st-key-kinds {DRAWN}").first.wait_for()


def test_the_table_is_downloaded_as_csv(open_again: Callable[..., Stage]) -> None:
    page = open_comparison(open_again)
    with page.expect_download() as waiting:
        page.locator(".st-key-costs_csv button").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    head, *rows = (line.split(",") for line in text.splitlines())
    assert [row[0] for row in rows] == WIDE
    assert [int(row[head.index("mult-adds")]) for row in rows] == macs(Job(14, 14, 256, 256, padding=1, groups=8))


def test_a_row_that_is_clicked_shows_its_formulas(open_again: Callable[..., Stage]) -> None:
    page = open_comparison(open_again)
    table = page.locator(".st-key-costs .dvn-scroller")
    table.scroll_into_view_if_needed()
    # Rows are 35 px high, and so is the head; the marks to select one are in the first column.
    table.click(position={"x": 16, "y": 35 * 3 + 17})
    expect(page.get_by_text("depthwise parameters")).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('.st-key-kinds .js-plotly-plot').data[0].marker.color[2] === '#e8821c'"
    )


def test_a_bar_that_is_clicked_shows_its_formulas(open_again: Callable[..., Stage]) -> None:
    page = open_comparison(open_again)
    for kind in ("pointwise", "standard"):
        bar = read(page, "kinds")["bars"][WIDE.index(kind)]
        page.mouse.click((bar["left"] + bar["right"]) / 2, (bar["top"] + bar["bottom"]) / 2)
        expect(page.get_by_role("link", name=f"See a {kind} layer at work")).to_be_visible()
        page.wait_for_function(
            "at => document.querySelector('.st-key-kinds .js-plotly-plot').data[0].marker.color[at] === '#e8821c'",
            arg=WIDE.index(kind),
        )


def test_the_areas_are_as_large_as_the_counts(open_again: Callable[..., Stage]) -> None:
    page = open_comparison(open_again)
    page.locator(f".st-key-areas {DRAWN}").first.wait_for()
    sizes = page.eval_on_selector_all(
        ".st-key-areas .shapelayer path",
        "paths => paths.map((path) => { const { width, height } = path.getBBox(); return width * height; })",
    )
    standard, depthwise, pointwise = sizes
    assert pointwise / standard == pytest.approx(1 / 9, rel=0.01)
    # One of 256 columns would be too thin to see: it is drawn a little wider.
    assert 1 / 256 <= depthwise / standard < 2 / 256


def test_layers_of_ones_own_are_typed_moved_and_drawn(open_again: Callable[..., Stage]) -> None:
    page = open_comparison(open_again)
    choose_view(page, "Stack", "stack_depth")
    area = page.get_by_role("textbox", name="Layers", exact=True)
    area.fill("conv 4 3\nmaxpool 2\nconv 8 3")
    area.press("Control+Enter")
    page.wait_for_function(HAS, arg=["stack_depth", 0, "y", [36 * 26 * 26, 0, 288 * 11 * 11]])
    page.get_by_role("button", name="Down", exact=True).click()
    # Now the pooling is first: 14x14, then 12x12 outputs of the first convolution and 10x10 of the second.
    page.wait_for_function(HAS, arg=["stack_depth", 0, "y", [0, 36 * 12 * 12, 288 * 10 * 10]])
    expect(area).to_have_value("maxpool 2\nconv 4 3\nconv 8 3")


def test_the_layer_is_timed_with_progress_and_can_be_stopped(open_again: Callable[..., Stage]) -> None:
    page = open_comparison(open_again)
    page.get_by_test_id("stButtonGroup").get_by_text("Timing", exact=True).click()
    button = page.get_by_role("button", name="Time it on this machine")
    button.click()
    expect(page.get_by_test_id("stProgress")).to_be_visible()
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_text("Cancelled.")).to_be_visible()
    button.click()
    page.locator(f".st-key-roofline {DRAWN}").first.wait_for()
    page.evaluate(TWO_FRAMES)
    seen = read(page, "roofline")
    roof, *marks = seen["data"]
    assert [mark["name"] for mark in marks] == ["standard", "depthwise", "pointwise", "separable"] * 2
    assert max(mark["y"][0] for mark in marks) <= max(roof["y"])
    # The standard layer does 2 * 115,605,504 flops over 4 bytes for each of its weights, biases, inputs and outputs.
    assert marks[0]["x"] == [pytest.approx(2 * 115_605_504 / (4 * (590_080 + 2 * 50_176)))]
    expect(page.get_by_text("by its count separable is 8.69 times cheaper")).to_be_visible()
    check_readable(seen, LAPTOP)


def test_the_page_opens_from_the_list(page: Page) -> None:
    driver.open_app(page, "/", ready=driver.TITLE_READY)
    page.get_by_role("link", name="Compare", exact=True).click()
    page.locator(f".st-key-kinds {DRAWN}").first.wait_for()
    assert page.url.endswith("/comparison")


def test_a_link_shows_the_same_charts_in_another_browser_and_back_leads_back(
    open_again: Callable[..., Stage], page: Page
) -> None:
    load_comparison(page)
    before = page.url
    field = page.get_by_role("spinbutton", name="Out channels", exact=True)
    field.fill("64")
    field.press("Enter")
    page.wait_for_url("**out_channels=64*")
    page.get_by_test_id("stButtonGroup").get_by_text("log", exact=True).click()
    page.wait_for_url(lambda url: "scale" not in url)
    expected = macs(Job(14, 14, 256, 64, padding=1, groups=8))
    page.wait_for_function(HAS, arg=["kinds", 0, "x", expected])
    other = open_again(page.url, ready=f".st-key-kinds {DRAWN}", place=Place.ELSEWHERE, anew=True).page
    for key in ("kinds", "saving"):
        assert read(other, key)["data"] == read(page, key)["data"]
    assert read(other, "kinds")["bars"] == read(page, "kinds")["bars"]
    assert other.url == page.url
    page.go_back()
    page.go_back()
    page.wait_for_function(HAS, arg=["kinds", 0, "x", macs(Job(14, 14, 256, 256, padding=1, groups=8))])
    expect(field).to_have_value("256")
    assert page.url.startswith(before)


def test_the_page_is_presented_in_larger_type_and_its_bars_answer_a_click(open_again: Callable[..., Stage]) -> None:
    """By the key P; in the larger type every word still has its place, and C shows the controls."""
    page = open_comparison(open_again)
    small = max(word["bottom"] - word["top"] for word in read(page, "kinds")["words"])
    button, sidebar = page.get_by_role("button", name="Present"), page.get_by_test_id("stSidebar")
    page.keyboard.press("p")
    page.wait_for_url("**present=1*")
    expect(sidebar).to_be_hidden()
    page.wait_for_function(HAS_TYPE, arg=["kinds", 12 * LARGER])
    page.evaluate(TWO_FRAMES)
    for key in ("kinds", "saving"):
        check_readable(read(page, key), LAPTOP)
    seen = read(page, "kinds")
    assert max(word["bottom"] - word["top"] for word in seen["words"]) >= 1.3 * small
    bar = seen["bars"][1]
    page.mouse.click(bar["right"] - 5, (bar["top"] + bar["bottom"]) / 2)
    page.wait_for_url("**kind=grouped*")
    for is_shown in (True, False):
        page.keyboard.press("c")
        expect(sidebar).to_be_visible(visible=is_shown)
    leave = page.get_by_role("button", name="Leave")
    expect(leave).to_have_attribute("aria-pressed", "true")
    leave.click()
    page.wait_for_url(lambda url: "present=1" not in url)
    expect(sidebar).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "false")
