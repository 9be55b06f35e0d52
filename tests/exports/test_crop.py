"""What is drawn over the values of a transposed output, and the samples before the captions, pixel by pixel."""

import numpy as np
import pytest

from exports.look import COLOURS
from exports.painter import Painter
from exports.painter_input import painter_input
from tests.exports.examples import Case


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


@pytest.mark.parametrize(("slug", "theme"), [("padding", "light"), ("upsampling", "dark")])
def test_what_padding_crops_is_veiled_and_what_is_left_is_outlined(slug: str, theme: str) -> None:
    payload = painter_input(Case("transposed", slug, "stamp").play().stage)
    bare = payload | {"acts": [act | {"crop": [0, 0]} for act in payload["acts"]]}
    painter, other = Painter(payload, "", theme), Painter(bare, "", theme)
    (grid,) = (one for one in painter.grids if one.role == "uncropped")
    last = painter.score.count("stamp") - 1
    veiled, plain = (np.asarray(one.frame("stamp", last)).astype(int) for one in (painter, other))
    unit, act = painter.unit, payload["acts"][0]
    (top, left), (rows, columns) = act["crop"], act["shape"]
    for row, column in np.ndindex(grid.rows, grid.columns):
        x, y = painter.left + round((grid.x + column) * unit), 16 + round((grid.y + row) * unit)
        cells = [one[y + 5 : y + unit - 5, x + 5 : x + unit - 5] for one in (veiled, plain)]
        is_kept = top <= row < top + rows and left <= column < left + columns
        assert (cells[0] == cells[1]).all() == is_kept, (row, column)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_padding_leaves_is_outlined(theme: str) -> None:
    payload = painter_input(Case("transposed", "upsampling", "stamp").play().stage)
    painter = Painter(payload, "", theme)
    image, unit = painter.frame("stamp", 0), painter.unit
    (grid,) = (one for one in painter.grids if one.role == "uncropped")
    (top, left), (rows, columns) = payload["acts"][0]["crop"], payload["acts"][0]["shape"]
    x, y = painter.left + round((grid.x + left) * unit), 16 + round((grid.y + top) * unit)
    right, bottom = x + columns * unit - 1, y + rows * unit - 1
    edges = [(right, bottom - unit // 2), (right - unit // 2, bottom), (x, bottom - unit // 2), (right - unit // 2, y)]
    assert {image.getpixel(edge) for edge in edges} == {rgb(COLOURS[theme].ink)}


@pytest.mark.parametrize(
    ("slug", "view"),
    [
        ("output-padding-is-not-zero", "all"),
        ("output-padding-is-not-zero", "stamp"),
        ("output-padding-is-not-zero", "zero-inserted"),
        ("padding", "stamp"),
    ],
)
def test_a_sample_stands_before_each_caption_that_has_one(slug: str, view: str) -> None:
    payload = painter_input(Case("transposed", slug, view).play().stage)
    painter = Painter(payload, "")
    image = painter.frame("output", 0)
    samples = painter.neutrals | {"cropped": painter.colours.ink, "regained": painter.colours.link}
    marked = [one for one in painter.arrangement["captions"] if one[4] not in ("", "title")]
    assert marked
    for _, x, y, _, mark in marked:
        left = painter.left + round(x * painter.unit)
        middle = 16 + round((y + painter.arrangement["labelRows"] / 2) * painter.unit)
        box = image.crop((left, middle - 7, left + 15, middle + 8))
        assert rgb(samples[mark]) in {colour for _, colour in box.getcolors() or ()}, mark


@pytest.mark.parametrize("view", ["stamp", "all"])
def test_what_output_padding_added_is_outlined_in_dashes(view: str) -> None:
    payload = painter_input(Case("transposed", "output-padding-is-not-zero", view).play().stage)
    painter = Painter(payload, "")
    image, act = painter.frame("stamp", 0), payload["acts"][0]
    (grid,) = (one for one in painter.grids if one.role == "uncropped")
    (top, left), (rows, columns), (down, _) = act["crop"], act["shape"], act["extra"]
    unit = painter.unit
    x = painter.left + round((grid.x + left) * unit)
    y = 16 + round((grid.y + top + rows - down) * unit)
    found = {image.getpixel((at, y + off)) for at in range(x, x + columns * unit) for off in (-1, 0, 1)}
    assert rgb(painter.colours.link) in found
