"""The colours of values: one diverging scale, blue below zero and orange above, told apart by colour-blind eyes too.

The stops are ColorBrewer's PuOr with its purple end turned to RdBu's blue. The middle is close to the page's own
ground, so that zero recedes in light and in dark alike.
"""

from typing import Final

_STOPS: Final = {
    "light": (
        (5, 74, 145),
        (62, 137, 199),
        (158, 202, 235),
        (247, 247, 244),
        (253, 196, 125),
        (232, 130, 28),
        (159, 76, 0),
    ),
    "dark": (
        (125, 190, 255),
        (52, 125, 200),
        (24, 68, 116),
        (38, 40, 46),
        (115, 66, 14),
        (206, 115, 22),
        (255, 184, 92),
    ),
}
NEUTRALS: Final = {
    "light": {"padding": "#d5d8dd", "inserted": "#ebe4f5", "extra": "#cfe5d8"},
    "dark": {"padding": "#4a4f58", "inserted": "#463a5c", "extra": "#33503f"},
}
GROUP_COLORS: Final = ("#e69f00", "#0a8ecf", "#009e73", "#d55e00", "#cc79a7", "#8c7a00", "#7d5fd0", "#7f7f7f")
"""The colours of groups of channels, in light and in dark, told apart by colour-blind eyes too (Okabe and Ito)."""

SIZE: Final = 65


def _blend(stops: tuple[tuple[int, int, int], ...], at: float) -> str:
    position = at * (len(stops) - 1)
    left = min(int(position), len(stops) - 2)
    share = position - left
    mixed = (round(a + (b - a) * share) for a, b in zip(stops[left], stops[left + 1], strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def palette(theme: str) -> list[str]:
    """`SIZE` colours from the most negative value to the most positive, for the "light" or the "dark" theme.

    >>> palette("light")[0], palette("light")[32]
    ('#054a91', '#f7f7f4')
    """
    return [_blend(_STOPS[theme], index / (SIZE - 1)) for index in range(SIZE)]


def ink_on(colour: str) -> str:
    """Black or white, whichever stands out more from a colour: at least 4.5 to 1, as WCAG 2 reckons it.

    >>> ink_on("#f7f7f4"), ink_on("#054a91")
    ('#000000', '#ffffff')
    """
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if luminance > 0.179 else "#ffffff"
