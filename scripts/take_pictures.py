"""Take the pictures of the README anew: `.venv/bin/python -m scripts.take_pictures`. Look at them afterwards."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser import driver

DOCS = Path(__file__).resolve().parents[1] / "docs"
SCREEN = {"width": 1280, "height": 720}


def take_page(page: Page) -> None:
    """The page of the standard convolution in the middle of its steps."""
    driver.open_app(page, "/standard?v=1&preset=simplest#step=6")
    page.evaluate("document.fonts.ready")
    taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    taken.quantize(256).save(DOCS / "standard.png", optimize=True)


def take_film(page: Page) -> None:
    """Every multiply of it as a GIF, as the page's own dialog makes it."""
    page.goto("about:blank")  # an address that differs in its fragment alone would not be opened anew
    driver.open_app(page, "/standard?v=1&preset=simplest#step=1&grain=tap&speed=3")
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as film:
        page.get_by_role("dialog").get_by_role("button", name="GIF", exact=True).click()
    film.value.save_as(DOCS / "playing.gif")


def main() -> None:
    """Start the app and a browser, and take both."""
    with driver.start_server() as server, sync_playwright() as playwright:
        page = (
            driver.launch(playwright).new_context(base_url=server.url, viewport=SCREEN, color_scheme="light").new_page()
        )
        page.set_default_timeout(driver.PATIENCE)
        take_page(page)
        take_film(page)


if __name__ == "__main__":
    main()
