"""The page of pictures in Chromium: its pixels, its weights, a picture of one's own, by mouse and by keyboard."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect

from pages.shared.samples import FOLDER
from sharing.image_kernels import KERNELS, ImageKernel, ImageKernelName, ImageView
from sharing.images import AfterFilter, ImagePadding, ImagesState
from tests.browser.driver import APP_IDLE
from tests.browser.stage import Stage, open_list
from tests.player.image_oracle import Pixels, painted, sums
from tests.player.test_image_convolution import moving_of

READY = ".lab[data-ready]"
# The pixels of a canvas, red, green and blue of each.
PIXELS = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return [canvas.height, canvas.width, [...data].filter((_, index) => index % 4 < 3)];
}"""
SOBEL = KERNELS[ImageKernelName.SOBEL_X]


def sample(name: str) -> Pixels:
    with Image.open(FOLDER / f"{name}.png") as image:
        return np.asarray(image)


def pixels(page: Page, name: str) -> Pixels:
    height, width, values = page.locator(f"canvas.{name}").evaluate(PIXELS)
    return np.array(values, dtype=np.uint8).reshape(height, width, 3)


def shown(picture: Pixels, kernel: ImageKernel, view: ImageView, **moved: Any) -> Pixels:
    return painted(sums(picture, kernel, moving_of(kernel, **moved)), kernel, view)


@pytest.fixture
def lab(open_again: Callable[..., Stage]) -> Callable[..., Page]:
    return lambda query="": open_again(f"/images{query}", ready=READY).page


@pytest.mark.parametrize(
    ("query", "picture", "kernel", "view", "moved"),
    [
        ("", "chelsea", ImageKernelName.SOBEL_X, ImageView.SIGNED, {}),
        ("?kernel=unsharp&view=clipped&picture=brick", "brick", ImageKernelName.UNSHARP, ImageView.CLIPPED, {}),
        (
            "?kernel=outline&view=magnitude&picture=coffee&stride=2&dilation=3&padding=valid",
            "coffee",
            ImageKernelName.OUTLINE,
            ImageView.MAGNITUDE,
            {"stride": 2, "dilation": 3, "padding": ImagePadding.VALID},
        ),
    ],
)
def test_the_picture_is_the_engines(
    lab: Callable[..., Page], query: str, picture: str, kernel: ImageKernelName, view: ImageView, moved: dict[str, Any]
) -> None:
    page = lab(query)
    given = sample(picture)
    assert np.array_equal(pixels(page, "source"), np.repeat(given[..., None], 3, axis=2))
    assert np.array_equal(pixels(page, "result"), shown(given, KERNELS[kernel], view, **moved))


def test_a_typed_weight_shows_at_once_and_then_in_the_link(lab: Callable[..., Page]) -> None:
    page = lab("?picture=camera&view=clipped")
    field = page.get_by_label("Weight, row 2, column 2")
    field.fill("1")
    kernel = ImageKernel(((-1, 0, 1), (-2, 1, 2), (-1, 0, 1)))
    assert np.array_equal(pixels(page, "result"), shown(sample("camera"), kernel, ImageView.CLIPPED))
    page.wait_for_url(lambda url: "kernel=own" in url and "kernel_values=-1+0+1_-2+1+2_-1+0+1" in url)
    page.locator(APP_IDLE).first.wait_for()
    expect(field).to_have_value("1")
    expect(page.get_by_label("Kernel values", exact=True)).to_have_value("-1  0   1\n-2  1   2\n-1  0   1")
    field.fill("x")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert np.array_equal(pixels(page, "result"), shown(sample("camera"), kernel, ImageView.CLIPPED))


def test_a_result_is_taken_apart_by_keyboard_and_its_window_opens_on_the_stage(lab: Callable[..., Page]) -> None:
    page = lab()
    page.locator("canvas.result").focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowUp"):  # the first one points at the middle
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Result at row 127, column 138")).to_be_visible()
    result = int(sums(sample("chelsea"), SOBEL, moving_of(SOBEL))[127, 138])
    written = str(result).replace("-", "−")
    expect(page.locator(".equation")).to_have_text(f"Sum of the products: {written}.")
    expect(page.locator(".taps td")).to_have_count(9)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open this window on the stage").click()
    stage = opened.value
    stage.locator(".stage-root[data-ready='true']").first.wait_for()
    stage.get_by_role("application").first.focus()
    stage.keyboard.press("End")
    expect(stage.locator(".stage-root")).to_contain_text(written)
    stage.close()
    page.locator("canvas.result").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".taps td")).to_have_count(0)


def test_pointing_shows_what_is_under_the_mouse_and_a_click_keeps_it(lab: Callable[..., Page]) -> None:
    page = lab("?kernel=own&kernel_values=1+1&divisor=2&offset=3&view=clipped")
    box = page.locator("canvas.result").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 1, box["y"] + 1)
    page.mouse.move(box["x"] + 90, box["y"] + 90)
    expect(page.locator(".place")).to_have_text("Result at row 0, column 0")
    first, second = (int(pixel) for pixel in sample("chelsea")[0, :2])
    value = f"{(first + second) / 2 + 3:g}"
    expect(page.locator(".equation")).to_contain_text(f"{first + second} ÷ 2 + 3 = {value}. Shown as grey")


def test_after_the_filter_what_is_shown_is_the_engines_and_the_pooled_one_of_four_is_taken_apart(
    lab: Callable[..., Page],
) -> None:
    page = lab("?view=clipped&after=relu-pool")
    result = sums(sample("chelsea"), SOBEL, moving_of(SOBEL))
    assert np.array_equal(pixels(page, "result"), painted(result, SOBEL, ImageView.CLIPPED, AfterFilter.RELU_POOL))
    expect(page.locator(".over")).to_contain_text("of each 2 × 2 results the largest is kept")
    page.locator("canvas.result").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".place")).to_have_text("Result at row 64, column 64")
    cells = np.maximum(result[128:130, 128:130].ravel(), 0)
    row, column = 128 + int(cells.argmax()) // 2, 128 + int(cells.argmax()) % 2
    said = f"the largest of {', '.join(map(str, cells))}: this one, at row {row}, column {column}"
    expect(page.locator(".equation")).to_contain_text(said)
    bring(page, "a.png", encoded(Image.new("L", (1, 9), 60), "PNG"))
    expect(page.locator(".told.refused")).to_contain_text("too small for max pooling")
    page.get_by_role("button", name="Back to the sample").click()


def test_the_end_of_the_scale_is_told_by_one_sign(lab: Callable[..., Page]) -> None:
    page = lab("?kernel=own&kernel_values=1+1+1&divisor=7&view=signed")
    kernel = ImageKernel(((1, 1, 1),), 7)
    largest = np.abs(sums(sample("chelsea"), kernel, moving_of(kernel))).max() / 7
    scale = page.locator(".scale")
    expect(scale).to_contain_text(f"Each has its full colour ≈ {largest:.6g} away from 0.")
    expect(scale).not_to_contain_text("±")


def test_the_histograms_open_by_keyboard_and_follow_a_typed_weight(lab: Callable[..., Page]) -> None:
    page = lab("?view=signed")
    page.locator(".histograms summary").focus()
    page.keyboard.press("Enter")
    most = max(np.histogram(sample("chelsea"), 64, (0, 256))[0])
    expect(page.locator(".source-said")).to_contain_text(f"The highest bar has {most:,} pixels.")
    largest = np.abs(sums(sample("chelsea"), SOBEL, moving_of(SOBEL))).max()
    expect(page.locator(".result-said")).to_contain_text(f"above it, to {largest}, in 64 bars")
    page.get_by_label("Weight, row 2, column 2").fill("900")
    expect(page.locator(".result-said")).not_to_contain_text(f"to {largest},")


def bring(page: Page, name: str, content: bytes) -> None:
    payload: FilePayload = {"name": name, "mimeType": "image/png", "buffer": content}
    page.locator("input[type=file]").set_input_files(payload)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def test_a_picture_of_ones_own_is_turned_scaled_and_in_no_link(lab: Callable[..., Page]) -> None:
    page = lab("?kernel=identity&view=clipped")
    before = page.url
    turned = Image.Exif()
    turned[0x0112] = 6  # to be turned by a quarter
    bring(page, "a.jpg", encoded(Image.new("RGB", (1024, 300), (200, 100, 50)), "JPEG", exif=turned))
    said = "300 pixels wide and 1024 high. It is scaled to 150 wide and 512 high"
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    assert pixels(page, "result").shape == (512, 150, 3)
    for kind, size, options in (("WEBP", (7, 1), {"lossless": True}), ("PNG", (1, 10_000), {})):
        bring(
            page,
            "b",
            encoded(Image.new("RGB", size, (255, 0, 0)), kind, **options),
        )
        expect(page.get_by_role("status").filter(has_text=f"{size[0]} pixels wide and {size[1]} high")).to_be_visible()
        assert (pixels(page, "source") == 76).all()  # 0.299 of 255
    assert page.url == before
    page.get_by_role("button", name="Back to the sample").click()
    expect(page.locator(".source-size")).to_have_text("Chelsea the cat, 256 × 256")


def test_a_picture_of_ones_own_is_there_after_another_page_and_after_a_control_that_could_not_be(
    lab: Callable[..., Page],
) -> None:
    page = lab("?kernel=own&kernel_values=1&view=clipped")
    bring(page, "a.png", encoded(Image.new("L", (5, 3), 60), "PNG"))
    expect(page.locator(".source-size")).to_have_text("Your picture, 3 × 5")
    divisor = page.get_by_label("Divisor", exact=True)
    divisor.fill("0")
    divisor.press("Enter")
    expect(page.locator(".lab")).to_have_count(0)
    page.get_by_role("button", name="Use 1").click()
    expect(page.locator(".source-size")).to_have_text("Your picture, 3 × 5")
    page.locator(APP_IDLE).first.wait_for()  # the address says so, too
    page.get_by_role("link", name="Pooling").first.click()
    page.wait_for_url("**/pooling")  # the last page goes before the address changes, and Back is from the address
    page.go_back()
    expect(page.locator(".source-size")).to_have_text("Your picture, 3 × 5")
    expect(page.locator(".told")).to_have_text("Your picture is 5 pixels wide and 3 high. It is shown whole, in grey.")
    assert (pixels(page, "result") == 60).all()
    page.get_by_role("button", name="Back to the sample").click()
    expect(page.locator(".source-size")).to_have_text("Chelsea the cat, 256 × 256")


def test_what_is_too_small_is_said_until_it_is_large_enough(lab: Callable[..., Page]) -> None:
    page = lab("?kernel=own&kernel_values=1&padding=valid&view=clipped")
    bring(page, "a.png", encoded(Image.new("L", (2, 2), 60), "PNG"))
    expect(page.locator(".told")).to_contain_text("It is shown whole")
    values = page.get_by_label("Kernel values", exact=True)
    values.fill("1 1 1")
    values.press("Control+Enter")
    expect(page.locator(".told.refused")).to_contain_text("too small for this kernel and padding")
    values.fill("1 1")
    values.press("Control+Enter")
    expect(page.locator(".told")).to_have_text("Your picture is 2 pixels wide and 2 high. It is shown whole, in grey.")
    expect(page.locator(".told.refused")).to_have_count(0)
    page.get_by_role("button", name="Back to the sample").click()


def test_a_sample_that_comes_late_does_not_replace_a_picture_of_ones_own(lab: Callable[..., Page]) -> None:
    page = lab()
    held: list[Route] = []
    page.route("**/brick*.png", lambda route: held.append(route))
    open_list(page.get_by_role("combobox", name="Picture"))
    page.get_by_role("option", name="Brick wall").click()
    while not held:
        page.wait_for_timeout(50)
    bring(page, "a.png", encoded(Image.new("L", (5, 3), 60), "PNG"))
    expect(page.locator(".source-size")).to_have_text("Your picture, 3 × 5")
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".source-size")).to_have_text("Your picture, 3 × 5")
    page.unroute("**/brick*.png")
    page.get_by_role("button", name="Back to the sample").click()
    expect(page.locator(".source-size")).to_have_text("Brick wall, 256 × 256")


def bomb() -> bytes:
    """The head of a PNG that says it has 100 megapixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 10_000, 10_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no PNG, JPEG or WebP"),
        (b"", "no PNG, JPEG or WebP"),
        (b"\xff\xd8\xff", "no PNG, JPEG or WebP"),
        (bomb(), "10000 pixels wide and 10000 high: that is more than 40 million"),
        (encoded(Image.new("L", (90, 90)), "PNG")[:60], "cannot be read"),
        (b"\0" * 20_000_001, "larger than 20 MB"),
    ],
    ids=["svg", "empty", "cut", "bomb", "cut-png", "heavy"],
)
def test_what_is_no_picture_is_refused_in_a_sentence_and_nothing_is_lost(
    lab: Callable[..., Page], content: bytes, said: str
) -> None:
    page = lab()
    bring(page, "a.png", content)
    expect(page.locator(".told.refused")).to_contain_text(said)
    assert np.array_equal(pixels(page, "result"), shown(sample("chelsea"), SOBEL, ImagesState().view))


def test_the_result_is_saved_as_it_is_shown(lab: Callable[..., Page]) -> None:
    page = lab("?kernel=outline&view=magnitude&stride=2")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the result").press("Enter")
    assert saving.value.suggested_filename == "result.png"
    with Image.open(saving.value.path()) as image:
        saved = np.asarray(image.convert("RGB"))
    assert np.array_equal(saved, pixels(page, "result"))
