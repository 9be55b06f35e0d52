"""The ground under the stage: there before Plotly is, and the same picture as Plotly's heatmaps."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page

from tests.browser.stage import HEATMAPS, LAPTOP, PHONE, PLOTLY, Stage, open_while_plotly_waits

CLOSE = 6
"""Levels of 255 by which a color may differ: Plotly blends between the 65 colors of the scale, the ground takes one."""
EDGES = 0.06
"""The share of pixels that may differ by more where cells are tiny, all in lines along the edges of cells:
Plotly lays its images on fractions of a pixel, and the browser blends them there."""


SHOW = """([shown, hidden]) => {
  const find = (name) => document.querySelector(`.stage-root .${name}`);
  find("overlay").style.visibility = find(hidden).style.visibility = "hidden";
  find(shown).style.visibility = "visible";
}"""


def seen(page: Page, shown: str, hidden: str) -> NDArray[np.int16]:
    page.evaluate(SHOW, [shown, hidden])
    picture = page.locator(".stage-root .frame-box").screenshot()
    return np.asarray(Image.open(BytesIO(picture)).convert("RGB"), np.int16)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_ground_is_what_plotly_draws(open_again: Callable[..., Stage], viewport: object, scheme: str) -> None:
    paths = (
        "/standard?v=1&preset=half-padding",  # padding around values
        "/standard?v=1&preset=channels&view=matrix",  # many small cells, and places where nothing stands
        "/transposed?v=1&preset=output-padding&view=zero-inserted",  # every kind of cell
    )
    for path in paths:
        # Loaded in a window of this width, it begins with the settings closed, as on a phone.
        stage = open_again(path, anew=path == paths[0], viewport=viewport, color_scheme=scheme)
        stage.page.locator(HEATMAPS).first.wait_for()
        plotly, ground = seen(stage.page, "plot", "ground"), seen(stage.page, "ground", "plot")
        assert plotly.shape == ground.shape
        assert len(np.unique(ground.reshape(-1, 3), axis=0)) > 4, path
        differs = np.abs(plotly - ground).max(axis=2) > CLOSE
        assert differs.mean() <= (EDGES if stage.look().unit < 10 else 0), path
        lines = 2 if stage.look().unit < 10 and stage.look().unit % 2 else 1  # pixels: halves of odd cells are blended
        for _ in range(lines):
            differs = differs[1:, 1:] & differs[:-1, 1:] & differs[1:, :-1] & differs[:-1, :-1]
        assert not differs.any(), path


def test_the_stage_plays_before_plotly_has_arrived(page: Page) -> None:
    stage = open_while_plotly_waits(page)
    drawn = seen(page, "ground", "plot")
    assert len(np.unique(drawn.reshape(-1, 3), axis=0)) > 4
    page.evaluate("document.querySelector('.stage-root .overlay').style.visibility = ''")
    stage.press("ArrowRight")
    stage.expect(step=1)
    page.unroute(PLOTLY)  # which lets go on what is held
    page.locator(HEATMAPS).first.wait_for(state="attached")
