"""A link as a QR code, as SVG and as PNG."""

from io import BytesIO

import segno

LONGEST_LINK = 2_300
"""Characters: about as many as a QR code of the largest size holds with the least redundancy."""

LONGEST_ACROSS_A_ROOM = 300
"""Characters: beyond these the squares are too small to be scanned from the back of a room."""

_BORDER = 4  # squares of quiet around the code, as its standard asks for


def qr_svg(link: str) -> str:
    """The code as one SVG element as wide as the room it is given; ValueError where the link is too long."""
    code, out = _code(link), BytesIO()
    code.save(out, kind="svg", xmldecl=False, svgns=True, border=_BORDER, light="#fff", omitsize=True, nl=False)
    return out.getvalue().decode()


def qr_png(link: str, pixels: int = 1080) -> bytes:
    """The code as a PNG of at most `pixels` by `pixels`; ValueError where the link is too long."""
    code, out = _code(link), BytesIO()
    code.save(out, kind="png", border=_BORDER, scale=max(1, pixels // code.symbol_size(border=_BORDER)[0]))
    return out.getvalue()


def _code(link: str) -> segno.QRCode:
    if len(link) > LONGEST_LINK:
        raise ValueError(f"a link of {len(link):,} characters is too long for a QR code: it holds {LONGEST_LINK:,}")
    # "boost" takes more redundancy where the size leaves room for it
    return segno.make_qr(link, error="l", boost_error=True)
