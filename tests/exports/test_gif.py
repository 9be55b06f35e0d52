"""Frames are joined to a GIF that shows them in order; what is not frames, or too much, is refused in a sentence."""

import subprocess
import sys
import tomllib
import tracemalloc
from base64 import b64decode, b64encode
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from zlib import compress, crc32

import numpy as np
import pytest
from PIL import Image, ImageColor, ImageDraw

from exports import gif
from exports.gif import FramesError, join, read_frames

ROOT = Path(__file__).parents[2]
COLORS = ("#c2185b", "#054a91", "#9f4c00", "#0b7a53")
LONG_TEXT = b"a\0\0" + compress(bytes(5_000_000))  # of a PNG, more than Pillow unpacks


def frame(number: int, size: tuple[int, int] = (120, 40)) -> Image.Image:
    """A row of four cells, of which so many as `number` are filled."""
    image = Image.new("RGB", size, "#ffffff")
    draw = ImageDraw.Draw(image)
    for cell in range(number):
        draw.rectangle((30 * cell, 5, 30 * cell + 24, 35), COLORS[cell])
    return image


def sent_as(image: Image.Image, kind: str = "PNG", **options: Any) -> str:
    out = BytesIO()
    image.save(out, kind, **options)
    return b64encode(out.getvalue()).decode()


def frames(count: int = 5, speed: float = 4, kind: str = "PNG") -> dict[str, Any]:
    return {"frames": [sent_as(frame(number % 5), kind, lossless=True) for number in range(count)], "speed": speed}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_every_frame_is_shown_in_its_turn(kind: str) -> None:
    done: list[float] = []
    found = Image.open(BytesIO(join(read_frames(frames(kind=kind)), lambda step, share: done.append(share))))
    assert (found.format, getattr(found, "n_frames", 0), found.size) == ("GIF", 5, (120, 40))
    assert found.info["loop"] == 0
    stays = []
    for number in range(5):
        found.seek(number)
        stays.append(found.info["duration"])
        shown, expected = found.convert("RGB"), frame(number)
        for cell in range(4):
            assert shown.getpixel((30 * cell + 12, 20)) == expected.getpixel((30 * cell + 12, 20)), (number, cell)
    assert stays == [250, 250, 250, 250, 2000]
    assert done == sorted(done) == [0, 0.2, 0.4, 0.6, 0.8]


@pytest.mark.parametrize(("speed", "stays"), [(60, 60), (0.5, 2000), (0.1, 2000), (8, 120)])
def test_a_speed_that_a_gif_cannot_have_is_the_nearest(speed: float, stays: int) -> None:
    found = Image.open(BytesIO(join(read_frames(frames(2, speed)))))
    assert found.info["duration"] == stays


def test_a_single_frame_is_a_gif_too() -> None:
    assert Image.open(BytesIO(join(read_frames(frames(1))))).size == (120, 40)


def with_a_chunk(kind: bytes, content: bytes) -> str:
    """A PNG file with one more chunk, after its head."""
    whole = b64decode(sent_as(frame(1)))
    chunk = len(content).to_bytes(4, "big") + kind + content + crc32(kind + content).to_bytes(4, "big")
    return b64encode(whole[:33] + chunk + whole[33:]).decode()


def moving() -> str:
    return sent_as(frame(1), save_all=True, append_images=[frame(2)])


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (None, "There are no frames to make a GIF of."),
        ([], "There are no frames to make a GIF of."),
        ({"frames": [], "speed": 2}, "There are no frames to make a GIF of."),
        ({"frames": "abc", "speed": 2}, "There are no frames to make a GIF of."),
        ({"frames": [1], "speed": 2}, "There are no frames to make a GIF of."),
        ({"frames": ["x"]}, "The frames do not say how many are shown a second."),
        ({"frames": ["x"], "speed": True}, "The frames do not say how many are shown a second."),
        ({"frames": ["x"], "speed": float("nan")}, "The frames do not say how many are shown a second."),
        ({"frames": ["x"], "speed": -1}, "The frames do not say how many are shown a second."),
        ({"frames": ["x"] * 301, "speed": 2}, "301 frames are too many for a GIF; it holds up to 300."),
        ({"frames": ["not base64!"], "speed": 2}, "A frame is not an image."),
        ({"frames": ["é"], "speed": 2}, "A frame is not an image."),
        ({"frames": [b64encode(b"<svg/>").decode()], "speed": 2}, "A frame is not an image."),
        ({"frames": [sent_as(frame(1), "JPEG")], "speed": 2}, "A frame is not an image."),
        ({"frames": [sent_as(frame(1), "GIF")], "speed": 2}, "A frame is not an image."),
        ({"frames": [with_a_chunk(b"zTXt", LONG_TEXT)], "speed": 2}, "A frame is not an image."),
        ({"frames": [with_a_chunk(b"tRNS", b"")], "speed": 2}, "A frame is not an image."),
        ({"frames": [moving()], "speed": 2}, "A frame is not an image, but a film."),
        ({"frames": [sent_as(frame(1)), sent_as(frame(1, (9, 9)))], "speed": 2}, "The frames are not all of one size."),
    ],
)  # fmt: skip
def test_what_is_no_frames_is_refused(sent: Any, says: str) -> None:
    with pytest.raises(FramesError) as refused:
        read_frames(sent)
    assert str(refused.value) == says


def test_frames_that_are_too_large_are_refused_before_they_are_unpacked() -> None:
    large = sent_as(Image.new("L", (12_000, 12_000)))  # 144 million pixels in 140 kB
    with pytest.raises(FramesError, match=r"^(A frame is not an image\.|Frames of 12,000 by 12,000 pixels are)"):
        read_frames({"frames": [large], "speed": 2})
    with pytest.raises(FramesError) as refused:
        read_frames({"frames": [sent_as(Image.new("L", (3_001, 3_000)))], "speed": 2})
    assert str(refused.value) == (
        "Frames of 3,001 by 3,000 pixels are too large for a GIF; each may have 9 million pixels."
    )
    some = sent_as(Image.new("L", (1_000, 1_000)))
    with pytest.raises(FramesError) as refused:
        read_frames({"frames": [some] * 121, "speed": 2})
    assert str(refused.value) == (
        "121 frames of 1,000 by 1,000 pixels are too large for a GIF; together they may have 120 million pixels."
    )


def test_frames_that_are_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gif, "MOST_CHARACTERS", 1_000_000)
    with pytest.raises(FramesError) as refused:
        read_frames({"frames": ["A" * 600_000] * 2, "speed": 2})
    assert str(refused.value) == "The frames are too large for a GIF: together more than 1 MB."


def test_frames_that_are_too_many_bytes_still_reach_the_page_that_refuses_them() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxWidgetStateSize"] * 1e6 >= 1.05 * gif.MOST_CHARACTERS


def test_frames_whose_pixels_all_have_a_color_of_their_own_do_not_fill_the_memory() -> None:
    """A million colors are a small file, and hundreds of megabytes where each is counted."""
    red, green, blue = (part.astype(np.uint8).reshape(1024, 1024) for part in np.indices((64, 128, 128)))
    sent = sent_as(Image.fromarray(np.stack([red, green, blue], axis=-1)))
    read = read_frames({"frames": [sent], "speed": 2})
    tracemalloc.start()
    try:
        join(read)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 50_000_000


MEASURE = """
from base64 import b64encode
from io import BytesIO
from resource import RUSAGE_SELF, getrusage
from PIL import Image
from exports.gif import MOST_PIXELS, MOST_PIXELS_OF_ONE, join, read_frames

files = []
for color in "#c2185b", "#054a91":
    file = BytesIO()
    Image.new("RGB", (3000, MOST_PIXELS_OF_ONE // 3000), color).save(file, "PNG")
    files.append(b64encode(file.getvalue()).decode())
read = read_frames({"frames": (files * 20)[: MOST_PIXELS // MOST_PIXELS_OF_ONE], "speed": 2})
before = getrusage(RUSAGE_SELF).ru_maxrss
join(read)
print(getrusage(RUSAGE_SELF).ru_maxrss - before)
"""


def test_the_largest_frames_do_not_fill_the_memory() -> None:
    """The most that Linux has given to a process of its own, in kilobytes."""
    done = subprocess.run([sys.executable, "-c", MEASURE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 110_000


@pytest.mark.parametrize("same", [[0, 0, 1, 1, 1], [0, 1, 1, 0]])
def test_a_frame_that_changes_nothing_lets_the_one_before_stay(same: list[int]) -> None:
    found = Image.open(BytesIO(join(read_frames({"frames": [sent_as(frame(one)) for one in same], "speed": 4}))))
    shown: list[tuple[int, int]] = []
    for number in range(getattr(found, "n_frames", 1)):
        found.seek(number)
        filled = found.convert("RGB").getpixel((12, 20)) == ImageColor.getrgb(COLORS[0])
        shown.append((int(filled), found.info["duration"]))
    times = [250] * (len(same) - 1) + [2000]
    expected = [
        (value, sum(stays for _, stays in run))
        for value, run in groupby(zip(same, times, strict=True), key=lambda pair: pair[0])
    ]
    assert shown == expected


def test_a_frame_that_breaks_off_is_refused_while_it_is_joined() -> None:
    whole = sent_as(frame(4))
    out = b64encode(b64decode(whole)[:-60]).decode()
    with pytest.raises(FramesError, match="A frame is not an image"):
        join(read_frames({"frames": [whole, out, whole], "speed": 2}))


def test_the_colors_of_cells_stay_what_they_are() -> None:
    """Also those that are hardly told apart: a page's ground, a cell of zero and one that waits."""
    colors = ["#ffffff", "#000000", "#f7f7f4", "#f0f2f6", "#fdf6ec", "#d5d8dd", "#9f4c00"]
    image = Image.new("RGB", (30 * len(colors), 30))
    for cell, color in enumerate(colors):
        image.paste(color, (30 * cell, 0, 30 * cell + 30, 30))
    image.paste(Image.linear_gradient("L").resize((30, 30)).convert("RGB"), (30, 0))
    found = Image.open(BytesIO(join(read_frames({"frames": [sent_as(image)] * 2, "speed": 2})))).convert("RGB")
    for cell, color in enumerate(colors):
        if cell == 1:
            continue  # the gradient
        seen, wanted = found.getpixel((30 * cell + 15, 15)), ImageColor.getrgb(color)
        assert isinstance(seen, tuple)
        assert max(abs(one - other) for one, other in zip(seen, wanted, strict=True)) <= 3, color
