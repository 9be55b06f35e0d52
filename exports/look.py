"""How exported pictures look: colours, and the typeface of the page."""

from dataclasses import dataclass
from functools import lru_cache

from font_source_sans_pro import SourceSansPro, SourceSansProSemibold
from PIL import ImageFont


@dataclass(frozen=True)
class Colours:
    """What a picture is drawn in beside the colours of its values."""

    ground: str
    ink: str
    quiet: str  # labels
    soft: str  # cells that wait for a value
    line: str
    accent: str
    faint: str  # the accent, further back
    link: str


COLOURS = {
    "light": Colours("#ffffff", "#31333f", "#6b6d78", "#f4f5f8", "#c9ced6", "#c2185b", "#e8a9c2", "#0b7a53"),
    "dark": Colours("#0e1117", "#fafafa", "#a9abb3", "#262730", "#4a4d58", "#ff7bac", "#7d4a60", "#4fd6a0"),
}
GROUPS = ("#e69f00", "#0a8ecf", "#009e73", "#d55e00", "#cc79a7", "#8c7a00", "#7d5fd0", "#7f7f7f")


@lru_cache(maxsize=64)
def font(size: int, is_bold: bool = False) -> ImageFont.FreeTypeFont:
    """The typeface of the page in a size."""
    return ImageFont.truetype(SourceSansProSemibold if is_bold else SourceSansPro, size)


def ink_on(colour: str) -> str:
    """Black or white, whichever stands out more from a colour "#rrggbb"."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    light = sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "#000000" if light > 0.179 else "#ffffff"


def cut(text: str, size: int, room: float) -> str:
    """A text cut where it would not fit, with dots that say so."""
    if font(size).getlength(text) <= room:
        return text
    while text and font(size).getlength(text + "…") > room:
        text = text[:-1]
    return text + "…"
