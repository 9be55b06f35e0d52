"""Take the icons that a page may show out of Streamlit's font of thousands: `.venv/bin/python -m scripts.take_icons`.

To be run where Streamlit is another version, or where a page shows a new icon; a test says so.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont
from streamlit.file_util import get_static_dir

from serving.icon_font import FONT

ROOT = Path(__file__).resolve().parents[1]
_NAME = re.compile(r":material/(\w+)")


def shown() -> set[str]:
    """The names of all icons that Streamlit's scripts or our pages may show."""
    sources = [*Path(get_static_dir()).rglob("*.js"), ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]
    return {name for source in sources for name in _NAME.findall(source.read_text(encoding="utf-8"))}


def streamlits_font() -> TTFont:
    """The font that Streamlit brings along."""
    return TTFont(next(Path(get_static_dir()).rglob("MaterialSymbols-Rounded*.woff2")))


def icons(font: TTFont) -> dict[str, str]:
    """The glyph of each icon, by the name that a page writes: the font joins the letters of the name to one glyph."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    return {
        "".join(letters[part] for part in (first, *ligature.Component)): ligature.LigGlyph
        for table in _tables(font)
        for first, ligatures in getattr(table, "ligatures", {}).items()
        for ligature in ligatures
        if letters.keys() >= {first, *ligature.Component}
    }


def _tables(font: TTFont) -> Iterator[object]:
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            yield getattr(table, "ExtSubTable", table)


def main() -> None:
    """Write the font."""
    font = streamlits_font()
    glyphs = icons(font)
    wanted = shown() & glyphs.keys()
    options = Options(flavor="woff2", layout_closure=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(wanted), glyphs=[glyphs[name] for name in wanted])
    subsetter.subset(font)
    save_font(font, str(FONT), options)
    print(f"{len(wanted)} icons, {FONT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
