"""What links and what is taken away cost the server: told in seconds and megabytes, and bounded."""

import tracemalloc
from base64 import b64encode
from io import BytesIO
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import pytest
from PIL import Image, ImageDraw

from exports.gif import join, read_frames
from exports.page import standalone
from kinds.registry import PRESETS
from kinds.standard.state import StandardState
from pages.shared.playing import play
from sharing.comparison import ComparisonState, ComparisonView
from sharing.link import encode
from sharing.matrices import LONGEST_TEXT
from sharing.page_state import Values
from sharing.stack_limits import MOST_LAYERS
from sharing.values import written_out
from stage.palette import SIZE, palette
from tests.pages.driver import open_link

STANDALONE_SECONDS = 1.0
GIF_SECONDS = 2.0
LINK_SECONDS = 1.0
LINK_MEGABYTES = 50.0

LARGE = {
    "height": "16",
    "width": "16",
    "in_channels": "8",
    "out_channels": "8",
    "kernel_height": "3",
    "kernel_width": "3",
    "padding": "same",
    "bias": "1",
    "values": "real",
}
WIDE = LARGE | {"in_channels": "1", "out_channels": "3", "height": "32", "width": "32", "padding": "full"}
FAR = {"kernel_height": "7", "kernel_width": "7", "dilation_height": "7", "dilation_width": "7"}
POOLED = {"height": "16", "width": "16", "in_channels": "8", "kernel_height": "7", "kernel_width": "7"}
# As many layers as are followed, and then as many lines as a text has room for.
LINES = ("conv 1 3 p1;" * MOST_LAYERS + "a;" * LONGEST_TEXT)[:LONGEST_TEXT]
# A cell spread as far as is followed, through as many layers as are.
SPREAD = "maxpool 28; transposed 1 16 s16 x2; separable 1 4095 p2047 x197"
# As large as the pages play, as long as a text may be, and nearly as many parameters as Streamlit reads.
HEAVY: dict[str, tuple[str, dict[str, str]]] = {
    "8 to 8 channels": ("standard", LARGE),
    "im2col": ("standard", LARGE | {"view": "im2col", "height": "7", "width": "7"}),
    "the largest matrix": ("standard", {"height": "14", "width": "14", "padding": "same", "view": "matrix"}),
    "the widest kernel, spread": ("standard", WIDE | FAR),
    "groups apart": ("grouped", LARGE | {"groups": "8", "view": "apart"}),
    "separable": ("separable", LARGE),
    "stamps in every view": ("transposed", LARGE | {"stride_height": "2", "stride_width": "2", "view": "all"}),
    "pooling": ("pooling", POOLED | {"stride_height": "1", "stride_width": "1"}),
    "the longest numbers": ("standard", {"values": "typed", "input_values": "1 " * (LONGEST_TEXT // 2)}),
    "the longest text": ("standard", {"values": "typed", "input_values": "*" + "x" * LONGEST_TEXT}),
    "the longest stack": ("comparison", encode(ComparisonState(view=ComparisonView.STACK, stack=LINES))),
    "the widest stack": ("comparison", encode(ComparisonState(view=ComparisonView.STACK, stack=SPREAD))),
    "parameters that mean nothing": ("standard", {f"p{number}": "<b>" * 100 for number in range(900)}),
}


def test_the_page_that_works_offline(benchmark: Any) -> None:
    preset = PRESETS["standard"]["simplest"]
    stage = play(preset.state).stage

    html = benchmark.pedantic(lambda: standalone(stage, preset.title, preset.look_for, "layer"), rounds=5)
    seconds = benchmark.stats.stats.max
    benchmark.extra_info.update(measured=seconds, unit="s", bound=STANDALONE_SECONDS, megabytes=len(html) / 1e6)
    assert seconds <= STANDALONE_SECONDS


@pytest.mark.parametrize("count", [25, 300])
def test_the_gif(benchmark: Any, count: int) -> None:
    """Frames as large as a stage on a laptop, of the colors of a page and with one cell more in each."""
    image = Image.new("RGB", (760, 520), "#ffffff")
    draw, sent = ImageDraw.Draw(image), []
    for number in range(count):
        x, y = number % 24 * 30, number // 24 * 30
        draw.rectangle((x, y, x + 28, y + 28), palette("light")[number % SIZE])
        out = BytesIO()
        image.save(out, "PNG")
        sent.append(b64encode(out.getvalue()).decode())
    benchmark.pedantic(lambda: join(read_frames({"frames": sent, "speed": 2})), rounds=3)
    seconds = benchmark.stats.stats.max
    benchmark.extra_info.update(measured=seconds, unit="s", bound=GIF_SECONDS * count / 25)
    assert seconds <= GIF_SECONDS * count / 25


@pytest.mark.parametrize("name", HEAVY)
def test_the_seconds_of_a_heavy_link(measurement: dict[str, Any], name: str) -> None:
    """A run of the whole page, opened from the link; the longest of three."""
    open_link({})  # what is imported and read once
    page, query = HEAVY[name]
    seconds = []
    for _ in range(3):
        play.cache_clear()
        start = perf_counter()
        app = open_link(query, page)
        seconds.append(perf_counter() - start)
        assert not app.exception
    measurement.update(measured=max(seconds), unit="s", bound=LINK_SECONDS)
    assert max(seconds) <= LINK_SECONDS


@pytest.mark.parametrize("name", HEAVY)
def test_the_megabytes_of_a_heavy_link(measurement: dict[str, Any], name: str) -> None:
    open_link({})
    page, query = HEAVY[name]
    play.cache_clear()
    tracemalloc.start()
    try:
        open_link(query, page)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
    measurement.update(measured=peak, unit="MB", bound=LINK_MEGABYTES)
    assert peak <= LINK_MEGABYTES


def test_the_length_of_a_link_with_many_numbers(measurement: dict[str, Any]) -> None:
    """Told, not bounded: a kernel of 8 by 8 channels of 7 by 7 small whole numbers, typed."""
    sizes = dict.fromkeys(("kernel_height", "kernel_width", "height", "width"), 7)
    state = StandardState("simplest", in_channels=8, out_channels=8, values=Values.WHOLE, **sizes)
    measurement.update(measured=float(len(urlencode(encode(written_out(state))))), unit="characters")
