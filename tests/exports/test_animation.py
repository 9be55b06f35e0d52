"""The GIF is decoded: its frames are the steps of the record, and each shows what the record has there."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from exports.animation import MOST_FRAMES, animate, grain_of, left_out, png, shown_steps
from exports.look import COLOURS
from exports.painter import Painter
from sharing.moment import Moment
from tests.exports.examples import SLUGS, payload, played

GIF_OF_TODAY = 276_460  # bytes, of the animation of half padding that people use, 395 by 449 pixels


def frames(gif: bytes) -> list[Image.Image]:
    image = Image.open(BytesIO(gif))
    found = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        found.append(image.convert("RGB"))
    return found


def stays(gif: bytes) -> list[int]:
    image = Image.open(BytesIO(gif))
    found = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        found.append(int(image.info["duration"]))
    return found


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def is_near(one: Any, other: Any) -> bool:
    """Whether two colours are the same but for the few colours that a GIF has."""
    return bool(np.abs(np.array(one) - np.array(other)).max() <= 24)


def scale_colour(painter: Painter, value: float, end: float) -> tuple[int, ...]:
    """The colour of a value, reckoned here: the palette's stops from -end to end."""
    middle = len(painter.palette) // 2
    return rgb(painter.palette[int(np.clip(np.rint(middle + middle * value / end), 0, 2 * middle))])


@pytest.mark.parametrize(("grain", "count"), [("output", 25), ("channel", 25), ("tap", 225)])
def test_there_is_a_frame_for_every_step_of_the_record(grain: str, count: int) -> None:
    trace = played("standard", "half-padding").record
    assert count in (trace.output.size, trace.partial_sums.size, trace.products.size)
    animation = animate(payload("standard", "half-padding"), "Half padding", Moment(1, grain))
    assert len(frames(animation.gif)) == len(animation.steps) == animation.count == count
    assert animation.left_out == ""


def test_each_frame_shows_the_outputs_so_far_and_none_to_come() -> None:
    """A corner of each output cell, where no digit is, has its value's colour, or that of a cell that waits."""
    trace, shown = played("standard", "half-padding").record, payload("standard", "half-padding")
    painter = Painter(shown, "")
    (output,) = (grid for grid in painter.grids if grid.role == "output")
    soft, end = rgb(COLOURS["light"].soft), float(np.abs(trace.output).max())
    for step, frame in enumerate(frames(animate(shown, "", Moment()).gif)):
        for cell, value in enumerate(trace.output.ravel()):
            row, column = divmod(cell, trace.output.shape[2])
            x = painter.left + round((output.x + column) * painter.unit) + 5
            y = 16 + round((output.y + row) * painter.unit) + 5
            expected = scale_colour(painter, value, end) if cell <= step else soft
            assert is_near(frame.getpixel((x, y)), expected), (step, cell)


def test_each_frame_frames_the_window_of_its_position() -> None:
    trace, shown = played("standard", "floor").record, payload("standard", "floor")
    painter = Painter(shown, "")
    (source,) = (grid for grid in painter.grids if grid.role == "input")
    accent = rgb(COLOURS["light"].accent)
    for frame, (row, column) in zip(frames(animate(shown, "", Moment()).gif), trace.positions, strict=True):
        x, y = painter.left + round((source.x + column) * painter.unit), 16 + round((source.y + row) * painter.unit)
        half = painter.unit // 2
        for edge in (
            (x, y + half),
            (x + half, y),
            (x + 2 * painter.unit - 1, y + half),
            (x + half, y + 2 * painter.unit - 1),
        ):
            assert is_near(frame.getpixel(edge), accent), (row, column)


def test_the_gif_of_half_padding_is_smaller_than_the_one_of_today_and_larger_on_the_screen() -> None:
    gif = animate(payload("standard", "half-padding"), "Guide: half (same) padding", Moment()).gif
    width, height = frames(gif)[0].size
    assert len(gif) < GIF_OF_TODAY
    assert width >= 395
    assert height >= 449


def test_a_gif_begins_anew_and_its_last_frame_stays() -> None:
    gif = animate(payload("standard", "simplest"), "", Moment(speed=4)).gif
    assert Image.open(BytesIO(gif)).info["loop"] == 0
    assert stays(gif) == [250] * 8 + [2000]


def test_more_steps_than_a_gif_holds_are_thinned_out_and_that_is_said() -> None:
    done: list[float] = []
    animation = animate(payload("standard", "one-deep-filter"), "", Moment(1, "tap"), progress=done.append)
    assert animation.count == 4800
    assert len(frames(animation.gif)) == len(animation.steps) <= MOST_FRAMES
    assert animation.steps[-1] == 4799
    assert animation.left_out == "4,800 steps are more than a GIF holds: it shows 284, one step in 17."
    assert done == sorted(done)
    assert done[-1] == 1


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (300, ""),
        # 0, 2, ..., 300 are 151 steps.
        (301, "301 steps are more than a GIF holds: it shows 151, one step in 2."),
        # 0, 3, ..., 597 are 200 steps, and the last is 599.
        (600, "600 steps are more than a GIF holds: it shows 201, one step in 3."),
        # 0, 21, ..., 5,985 are 286 steps, and the last is 5,999.
        (6000, "6,000 steps are more than a GIF holds: it shows 287, one step in 21."),
    ],
)
def test_what_is_left_out_is_said_for_any_distance(count: int, sentence: str) -> None:
    assert left_out(count, shown_steps(count)) == sentence


@pytest.mark.parametrize("count", [1, 2, 299, 300, 301, 599, 600, 601, 1_000_000])
def test_shown_steps_are_in_order_and_end_with_the_last(count: int) -> None:
    steps = shown_steps(count)
    assert list(steps) == sorted(set(steps))
    assert (steps[0], steps[-1]) == (0, count - 1)
    assert len(steps) <= MOST_FRAMES
    assert len(steps) == count or count > MOST_FRAMES


@pytest.mark.parametrize(("page", "slug"), SLUGS)
def test_the_first_and_the_last_step_of_every_preset_can_be_drawn(page: str, slug: str) -> None:
    painter = Painter(payload(page, slug), "Title", "dark" if "a" in slug else "light")
    for grain in painter.score.grains:
        for step in (0, painter.score.count(grain) - 1):
            image = painter.frame(grain, step)
            assert image.size == painter.size
            assert len(image.getcolors(1 << 20) or ()) > 8
    with pytest.raises(IndexError):
        painter.frame(painter.score.grains[0], painter.score.count(painter.score.grains[0]))


def test_a_png_is_the_picture_of_the_moment() -> None:
    shown = payload("standard", "simplest")
    pictures = [png(shown, "", Moment(step, grain)) for step, grain in ((1, ""), (2, ""), (2, "tap"))]
    assert len(set(pictures)) == 3
    assert all(Image.open(BytesIO(picture)).format == "PNG" for picture in pictures)
    assert png(shown, "", Moment(999)) == png(shown, "", Moment(9))


def test_a_grain_that_the_layer_has_not_is_its_first() -> None:
    painter = Painter(payload("transposed", "simplest"), "")
    assert [grain_of(painter, Moment(1, grain)) for grain in ("tap", "", "multiply")] == ["stamp", "stamp", "multiply"]
