"""The encodings in which a compressed answer may be sent."""

import gzip
from enum import StrEnum
from typing import NamedTuple

import brotli

SMALLEST = 500
"""Bytes under which compressing is not worth its header."""


class Encoding(StrEnum):
    """A content coding that every browser reads. A browser asks for Brotli over https, and from its own machine."""

    BROTLI = "br"
    GZIP = "gzip"


class Levels(NamedTuple):
    """How hard each encoding tries."""

    brotli: int
    gzip: int


ONCE = Levels(brotli=9, gzip=6)
"""For what is compressed once and kept: Brotli 11 takes twenty times as long as 9 for 7%."""
WHILE_WAITING = Levels(brotli=1, gzip=1)
"""For what somebody waits for: a third of a record, at 100 MB a second."""


def preferred(accept: str) -> Encoding | None:
    """Return the encoding that an Accept-Encoding header allows and that is smallest, or None.

    >>> preferred("gzip, deflate, br"), preferred("br;q=0, *;q=0.5"), preferred("identity")
    (<Encoding.BROTLI: 'br'>, <Encoding.GZIP: 'gzip'>, None)
    """
    allowed: dict[str, bool] = {}
    for part in accept.lower().split(","):
        name, _, weight = part.partition(";")
        try:
            allowed[name.strip()] = float(weight.partition("=")[2] or 1) > 0
        except ValueError:
            allowed[name.strip()] = False
    rest = allowed.get("*", False)
    return next((encoding for encoding in Encoding if allowed.get(encoding, rest)), None)


def compress(body: bytes, encoding: Encoding, levels: Levels) -> bytes:
    """Return `body` compressed."""
    match encoding:
        case Encoding.BROTLI:
            return bytes(brotli.compress(body, quality=levels.brotli))
        case Encoding.GZIP:
            return gzip.compress(body, compresslevel=levels.gzip, mtime=0)
