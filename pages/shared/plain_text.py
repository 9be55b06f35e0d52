"""Text that somebody else wrote, shown as it is: what Streamlit would draw as Markdown is taken apart."""

import re
from html import escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MARKS = re.compile(r"[\\`*<>\[\]$~|!&]|(?<!\w)_|_(?!\w)")
# Shortcodes (:smile:) and addresses are looked for once the backslashes are gone; a word joiner keeps them apart.
_JOINED = re.compile(r":(?=\S)|www(?=\.)|@(?=\S)", re.IGNORECASE)
_BACKTICKS = re.compile(r"`+")


def escaped(text: str) -> str:
    r"""A text on one line in which no character means anything to Markdown, to HTML or to Streamlit.

    >>> escaped("<b> *x* in_channels")
    '\\<b\\> \\*x\\* in_channels'
    """
    return escaped_part(" ".join(text.split()))


def escaped_part(text: str) -> str:
    """A part of such a text, with the spaces at its ends."""
    return _JOINED.sub("\\g<0>\u2060", _MARKS.sub(r"\\\g<0>", text))


def quoted(text: str) -> str:
    """A text as a Markdown code span, whatever backticks are in it.

    >>> quoted("<b>"), quoted("a `b`")
    ('`<b>`', '`` a `b` ``')
    """
    inside = " ".join(text.split())
    if "`" not in inside:
        return f"`{inside or ' '}`"
    fence = "`" * (max(map(len, _BACKTICKS.findall(inside))) + 1)
    return f"{fence} {inside} {fence}"


def paragraph(text: str) -> str:
    """A sentence of the project's own as HTML: two asterisks on both sides of words are for bold type.

    >>> paragraph("**3** of 4 < 5")
    '<p><strong>3</strong> of 4 &lt; 5</p>'
    """
    words = _BOLD.sub(r"<strong>\1</strong>", escape(text, quote=False))
    return f"<p>{words}</p>"
