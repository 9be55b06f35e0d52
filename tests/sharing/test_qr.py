"""QR codes hold a link."""

import re
from io import BytesIO

import pytest
from PIL import Image

from sharing.qr import LONGEST_LINK, qr_png, qr_svg

LINK = "http://192.168.1.20:8501/standard?v=1&preset=half-padding&stride_width=2#step=7&grain=tap"


def svg_squares(svg: str) -> set[tuple[int, int]]:
    """Return the black squares of a code, (column, row), by following its path."""
    path = re.search(r'stroke="#000" d="([^"]*)"', svg)
    assert path is not None
    black, x, y = set(), 0, 0.0
    for move, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        steps = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if move == "h":
            black |= {(x + step, int(y)) for step in range(int(steps[0]))}
            x += int(steps[0])
        else:
            x, y = (int(steps[0]), steps[1]) if move == "M" else (x + int(steps[0]), y + steps[1])
    return black


def test_the_picture_for_the_page_and_the_one_to_save_are_the_same_code() -> None:
    image = Image.open(BytesIO(qr_png(LINK, 1080))).convert("L")
    side = re.search(r'viewBox="0 0 (\d+) ', qr_svg(LINK))
    assert side is not None
    squares = int(side[1])
    scale = image.width // squares
    assert image.size == (squares * scale,) * 2
    assert image.width <= 1080 < squares * (scale + 1)
    small = image.resize((squares, squares), Image.Resampling.NEAREST)
    black = {(x, y) for x in range(squares) for y in range(squares) if small.getpixel((x, y)) == 0}
    assert black == svg_squares(qr_svg(LINK))


def test_a_code_has_its_three_corners_and_quiet_around_it() -> None:
    svg = qr_svg(LINK)
    black = svg_squares(svg)
    first, last = min(column for column, _ in black), max(column for column, _ in black)
    assert first == 4
    for left, top in ((first, first), (last - 6, first), (first, last - 6)):
        ring = {(left + a, top + b) for a in range(7) for b in range(7) if a in (0, 6) or b in (0, 6)}
        assert ring <= black
        assert {(left + a, top + b) for a in (1, 5) for b in range(1, 6)}.isdisjoint(black)
    assert set(re.findall(r"<(\w+)", svg)) == {"svg", "path"}


def test_other_links_make_other_codes() -> None:
    assert qr_svg(LINK) != qr_svg(LINK + "1")


def test_a_link_too_long_for_a_code_is_refused() -> None:
    assert qr_svg("x" * LONGEST_LINK)
    with pytest.raises(ValueError, match="2,301 characters is too long for a QR code"):
        qr_png("x" * (LONGEST_LINK + 1))
