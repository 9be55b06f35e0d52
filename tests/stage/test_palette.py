"""The colours tell sign and size apart, in both themes, to eyes of every kind."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from stage.palette import NEUTRALS, SIZE, palette
from stage.theme import PAGE_COLORS

THEMES = tuple(NEUTRALS)
MIDDLE = SIZE // 2

# What dichromats see of linear RGB: Machado, Oliveira and Fernandes (2009), severity 1.0.
SEEN_BY = {
    "everyone": np.eye(3),
    "protanopes": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopes": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopes": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
WHITE = [0.95047, 1.0, 1.08883]


def linear(colour: str) -> NDArray[np.float64]:
    """Linear RGB of "#rrggbb", as in sRGB's definition."""
    shares = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(np.dot([0.2126, 0.7152, 0.0722], linear(colour)))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, eyes: str) -> NDArray[np.float64]:
    seen = np.clip(np.array(SEEN_BY[eyes]) @ linear(colour), 0, 1)
    shares = np.array(TO_XYZ) @ seen / WHITE
    x, y, z = np.where(shares > (6 / 29) ** 3, np.cbrt(shares), shares * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", THEMES)
def test_there_are_as_many_colours_below_zero_as_above(theme: str) -> None:
    assert len(palette(theme)) == SIZE == 2 * MIDDLE + 1


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_is_six_hexadecimal_digits(theme: str) -> None:
    assert [colour for colour in palette(theme) if not (len(colour) == 7 and int(colour[1:], 16) >= 0)] == []


@pytest.mark.parametrize("theme", THEMES)
def test_no_two_colours_are_the_same(theme: str) -> None:
    assert len(set(palette(theme))) == SIZE


@pytest.mark.parametrize("theme", THEMES)
def test_below_zero_is_blue_and_above_is_orange(theme: str) -> None:
    colours = [linear(colour) for colour in palette(theme)]
    assert all(blue > red for red, _, blue in colours[: MIDDLE - 4])
    assert all(red > blue for red, _, blue in colours[MIDDLE + 5 :])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("side", [-1, 1])
def test_a_larger_value_stands_out_more_from_the_middle(theme: str, side: int) -> None:
    away = [luminance(palette(theme)[MIDDLE + side * distance]) for distance in range(MIDDLE + 1)]
    darker = theme == "light"
    assert all(near > far if darker else near < far for near, far in itertools.pairwise(away))


@pytest.mark.parametrize(
    ("theme", "page"), [(theme, colors["background-color"]) for theme, colors in PAGE_COLORS.items()]
)
def test_zero_recedes_into_the_page(theme: str, page: str) -> None:
    assert contrast(palette(theme)[MIDDLE], page) < 1.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("end", [0, -1])
def test_an_end_stands_out_from_the_middle_as_graphics_must(theme: str, end: int) -> None:
    assert contrast(palette(theme)[end], palette(theme)[MIDDLE]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_two_ends_are_equally_strong(theme: str) -> None:
    assert contrast(palette(theme)[0], palette(theme)[-1]) < 1.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_a_value_and_its_opposite_can_be_told_apart(theme: str, eyes: str) -> None:
    colours = palette(theme)
    for distance in range(MIDDLE // 2, MIDDLE + 1):
        below, above = lab(colours[MIDDLE - distance], eyes), lab(colours[MIDDLE + distance], eyes)
        assert np.linalg.norm(below - above) > 20, distance


def test_an_unknown_theme_has_no_colours() -> None:
    with pytest.raises(KeyError, match="sepia"):
        palette("sepia")
