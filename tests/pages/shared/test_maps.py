"""Small maps: every number as it is, in the colour that the stage gives it, in ink that can be read."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from stage.palette import ink_on, palette


def shown(*arguments: object) -> str:
    """Return the HTML that `show_maps` puts on a page."""

    def page(*arguments: object) -> None:
        from pages.shared.maps import show_maps

        show_maps(*arguments)

    (block,) = AppTest.from_function(page, args=arguments).run().get("html")
    return str(block.proto.body)


def figures(html: str) -> list[tuple[str, list[str], list[str]]]:
    """Return the name of each map, its texts and the colours of its cells on a light page."""
    found = re.findall(r"<figcaption>(.*?)</figcaption>(.*?)</figure>", html)
    return [
        (name, re.findall(r"<td[^>]*>(.*?)</td>", body), re.findall(r"--light:(#\w+)", body)) for name, body in found
    ]


def test_numbers_stand_in_the_colours_of_one_scale() -> None:
    one, other = figures(shown({"one": np.array([[0.0, -4.0]]), "two": np.array([[2.0], [4.0]])}))
    colours = palette("light")
    assert one == ("one", ["0", "−4"], [colours[32], colours[0]])
    assert other == ("two", ["2", "4"], [colours[48], colours[64]])


def test_a_map_may_have_a_scale_of_its_own() -> None:
    (_, _, colours), _ = figures(shown({"one": np.array([[1.0]]), "two": np.array([[100.0]])}, {"one": 1.0}))
    assert colours == [palette("light")[64]]


def test_numbers_are_written_as_in_the_cells_of_the_stage() -> None:
    ((_, texts, _),) = figures(shown({"one": np.array([[0.0, -1.0, 1234.0, 0.25, -3.14159, 0.125, 0.004]])}))
    assert texts == ["0", "−1", "1234", "0.25", "−3.14", "0.13", "0.004"]


def test_what_is_too_large_says_so() -> None:
    html = shown({"large": np.zeros((40, 3)), "wide": np.full((1, 30), 1234.0)})
    assert "40×3, too large to write out here." in html
    assert figures(html)[1][1] == [""] * 30  # colours alone, since nobody could read these


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ink_reads_on_every_colour(theme: str) -> None:
    def luminance(colour: str) -> float:
        shares = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
        linear = np.where(shares <= 0.03928, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    for colour in palette(theme):
        darker, brighter = sorted((luminance(colour), luminance(ink_on(colour))))
        assert (brighter + 0.05) / (darker + 0.05) >= 4.5
