"""Typed text in a link: unchanged, and as short as possible."""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import quote_plus

from engine import LayerError
from sharing.errors import TextCode
from sharing.matrices import LONGEST_TEXT
from sharing.roles import Role
from sharing.values import as_text, typed

# None of these needs more than one character in an address, where a space is written as +.
_ROWS, _CHANNELS, _FILTERS = "_", "__", "___"
_VERBATIM, _PACKED = "*", "~"
_SEPARATORS = ((_FILTERS, "\n---\n"), (_CHANNELS, "\n\n"), (_ROWS, "\n"))

LONGEST_PACKED = 2 * LONGEST_TEXT
"""Characters of a link that are looked at for one text; numbers as long as they can be take less."""


def pack(text: str, role: Role | None = None) -> str:
    """Write a text so that `unpack` returns it, letter for letter: the shortest of three ways.

    Numbers of a role, as the page writes them, become rows of numbers, _ between rows, __ between channels and ___
    between filters. Any other text stands there as it is behind a *, or compressed behind a ~.

    >>> from sharing.roles import KERNEL
    >>> pack("1  0\\n2  1", KERNEL), pack("1 0 x", KERNEL)
    ('1 0_2 1', '*1 0 x')
    """
    if not text:
        return ""
    bytes_ = text.encode("utf-8", "surrogatepass")
    ways = [_VERBATIM + text, _PACKED + urlsafe_b64encode(zlib.compress(bytes_, 9)).decode().rstrip("=")]
    if role is not None and (numbers := _as_numbers(role, text)) is not None:
        ways.insert(0, numbers)
    return min(ways, key=lambda way: len(quote_plus(way, errors="surrogatepass")))


def unpack(packed: str, role: Role | None = None) -> str:
    """Read what `pack` wrote; LayerError, as for a text that was typed, where it cannot be read."""
    called = "it" if role is None else role.name
    if len(packed) > LONGEST_PACKED:
        raise _too_long(called, len(packed), "characters")
    if packed.startswith(_PACKED):
        text = _unzipped(called, packed.removeprefix(_PACKED))
    elif packed and role is not None and not packed.startswith(_VERBATIM):
        return _canonical(role, packed)
    else:
        text = packed.removeprefix(_VERBATIM)
    if len(text) > LONGEST_TEXT:
        raise _too_long(called, len(text), "characters")
    return text


def _as_numbers(role: Role, text: str) -> str | None:
    """Return a text as rows of numbers, or None where it is not written as the page itself would."""
    packed = text
    for short, long in _SEPARATORS:
        packed = packed.replace(long, short)
    packed = " ".join(packed.split())
    try:
        return packed if _canonical(role, packed) == text else None
    except LayerError:
        return None


def _canonical(role: Role, packed: str) -> str:
    """Return rows of numbers as the page writes them; LayerError where they are none."""
    text = packed
    for short, long in _SEPARATORS:
        text = text.replace(short, long)
    return as_text(role, typed(role, text))


def _unzipped(called: str, packed: str) -> str:
    unzip, most = zlib.decompressobj(), 4 * LONGEST_TEXT
    try:
        bytes_ = unzip.decompress(urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), most)
        if unzip.unconsumed_tail:
            raise _too_long(called, most, "bytes")
        if not unzip.eof:
            raise ValueError
        return bytes_.decode("utf-8", "surrogatepass")
    except (ValueError, zlib.error) as error:
        if isinstance(error, LayerError):
            raise
        raise LayerError(TextCode.PACKED_TEXT_CHANGED, called, None) from None


def _too_long(called: str, length: int, unit: str) -> LayerError:
    return LayerError(TextCode.PACKED_TEXT_TOO_LONG, called, length, unit, most=LONGEST_TEXT)
