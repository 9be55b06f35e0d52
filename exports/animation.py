"""The steps of a layer as an animated GIF, and one of them as a PNG."""

from collections.abc import Callable
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

from exports.painter import Painter
from sharing.moment import Moment

MOST_FRAMES = 300
_SLOWEST, _FASTEST = 2000, 60  # milliseconds a frame
_LAST_STAYS = 2000
_COLOURS = 255  # and one that is seen through
_SAMPLES = 9

Progress = Callable[[float], None]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Animation:
    """A GIF, the steps it shows, counted from 0, out of how many, and what was left out in a sentence, if anything."""

    gif: bytes
    steps: tuple[int, ...]
    count: int
    left_out: str


def grain_of(painter: Painter, moment: Moment) -> str:
    """The grain of a moment, or the layer's first where it has no such."""
    return moment.grain if moment.grain in painter.score.grains else painter.score.grains[0]


def png(payload: dict[str, Any], title: str, moment: Moment, theme: str = "light") -> bytes:
    """The picture of one step as a PNG; a step beyond the last is the last."""
    painter, out = Painter(payload, title, theme), BytesIO()
    grain = grain_of(painter, moment)
    painter.frame(grain, min(moment.step, painter.score.count(grain)) - 1).save(out, "PNG", optimize=True)
    return out.getvalue()


def shown_steps(count: int) -> tuple[int, ...]:
    """The steps that a GIF shows: all, or every so-manieth and the last.

    >>> shown_steps(4), len(shown_steps(1000)), shown_steps(1000)[-2:]
    ((0, 1, 2, 3), 251, (996, 999))
    """
    every = max(1, ceil(count / (MOST_FRAMES - 1))) if count > MOST_FRAMES else 1
    return tuple(dict.fromkeys((*range(0, count, every), count - 1)))


def left_out(count: int, steps: tuple[int, ...]) -> str:
    """What a GIF of so many steps that shows these leaves out, in a sentence, or nothing.

    >>> left_out(1000, shown_steps(1000))
    '1,000 steps are more than a GIF holds: it shows 251, one step in 4.'
    """
    if len(steps) == count:
        return ""
    return f"{count:,} steps are more than a GIF holds: it shows {len(steps)}, one step in {steps[1] - steps[0]}."


def animate(
    payload: dict[str, Any],
    title: str,
    moment: Moment,
    theme: str = "light",
    progress: Progress = lambda share: None,
) -> Animation:
    """The steps of a moment's grain as a GIF that goes on and on, as many a second as the moment has, or nearly.

    `progress` is told after every frame which share of them is done.
    """
    painter = Painter(payload, title, theme)
    grain = grain_of(painter, moment)
    count = painter.score.count(grain)
    steps = shown_steps(count)
    colours = _palette(painter, grain, steps)
    stays = round(max(_FASTEST, min(_SLOWEST, 1000 / max(moment.speed, 0.1))))
    out = BytesIO(_header(painter.size, colours))
    out.seek(0, SEEK_END)
    before: Pixels | None = None
    for number, step in enumerate(steps):
        frame = painter.frame(grain, step).quantize(palette=colours, dither=Image.Dither.NONE)
        before = _append(out, frame, before, _LAST_STAYS if step == count - 1 else stays)
        progress((number + 1) / len(steps))
    out.write(b";")
    return Animation(out.getvalue(), steps, count, left_out(count, steps))


def _palette(painter: Painter, grain: str, steps: tuple[int, ...]) -> Image.Image:
    """The colours that all frames share, taken from a few of them laid on top of each other."""
    chosen = [steps[len(steps) * number // _SAMPLES] for number in range(_SAMPLES)] + [steps[-1]]
    samples = [painter.frame(grain, step) for step in dict.fromkeys(chosen)]
    width, height = painter.size
    all_of_them = Image.new("RGB", (width, height * len(samples)))
    for number, sample in enumerate(samples):
        all_of_them.paste(sample, (0, number * height))
    return all_of_them.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def _header(size: tuple[int, int], colours: Image.Image) -> bytes:
    """What stands before the frames: the size, the colours of all of them, and that it begins anew at the end."""
    palette = bytes(colours.getpalette("RGB") or ()).ljust(768, b"\0")
    screen = b"GIF89a" + size[0].to_bytes(2, "little") + size[1].to_bytes(2, "little") + b"\xf7\0\0"
    return screen + palette + b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"


def _append(out: BytesIO, frame: Image.Image, before: Pixels | None, stays: int) -> Pixels:
    """Write a frame, or only what differs from the one before it; return its pixels."""
    pixels = np.asarray(frame, dtype=np.uint8)
    corner, drawn = ((0, 0), frame) if before is None else _difference(frame, pixels, before)
    for part in GifImagePlugin.getdata(
        drawn, corner, duration=stays, disposal=1, transparency=_COLOURS, include_color_table=False
    ):
        out.write(part)
    return pixels


def _difference(frame: Image.Image, pixels: Pixels, before: Pixels) -> tuple[tuple[int, int], Image.Image]:
    """The smallest part of a frame that holds all that differs, what is the same in it seen through."""
    differs = pixels != before
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not rows.size:
        rows = columns = np.zeros(1, dtype=int)
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    part = np.where(differs, pixels, np.uint8(_COLOURS))[top:bottom, left:right]
    drawn = Image.fromarray(part, "P")
    palette = frame.getpalette()
    drawn.putpalette(palette if palette is not None else [])
    return (int(left), int(top)), drawn
