"""The colours and the typeface of the app's pages, for where Streamlit does not say them.

A page that works offline has no Streamlit, and a picture may be taken in the colours of the other theme. A test holds
these equal to what Streamlit says in a browser.
"""

from collections.abc import Mapping

PAGE_COLORS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "text-color": "#2f2d2b",
        "background-color": "#ffffff",
        "secondary-background-color": "#f8f8f7",
        "border-color": "rgba(47, 45, 43, 0.2)",
        "primary-color": "#1d5fb8",
    },
    "dark": {
        "text-color": "#edebe8",
        "background-color": "#171614",
        "secondary-background-color": "#2d2b27",
        "border-color": "rgba(237, 235, 232, 0.2)",
        "primary-color": "#5490ec",
    },
}
"""Streamlit's CSS variables of each theme, without their `--st-`."""

FONTS = (
    '"Source Sans", "Source Sans 3", "Source Sans Pro", Calibri, Carlito, "Segoe UI", Roboto, "Helvetica Neue", Arial, '
    "sans-serif"
)
"""The app's typeface, and for a machine that has it not the nearest ones, those with figures of its width first."""


def variables(theme: str) -> str:
    """The CSS declarations that say a theme's colours and the typeface.

    >>> variables("dark")[:29]
    '--st-text-color: #edebe8; --s'
    """
    said = {**PAGE_COLORS[theme], "font": FONTS}
    return " ".join(f"--st-{name}: {value};" for name, value in said.items())
