"""Arrays in the files that NumPy saves, .npy and .npz. What a file says of itself is checked before it is believed."""

import zlib
from collections.abc import Mapping
from io import BytesIO
from math import prod
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np
from numpy.lib import format as npy

from engine.arrays import Floats
from sharing.matrices import LARGEST_VALUE
from sharing.pasted.messages import FileCode, file_refusal
from sharing.pasted.numbers import meanings_of
from sharing.pasted.results import PastedNumbers

MOST_NUMBERS = 65_536
"""More numbers than any array that a page shows."""

MOST_ARRAYS = 200
"""Arrays of a file that are listed."""

_LONGEST = 16 * MOST_NUMBERS + 10_000  # bytes of an array: complex numbers are the longest, and its head
_READERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def array_names(data: bytes) -> tuple[str, ...]:
    """Return the names of the arrays in a file, of an .npy file one that is empty; LayerError where it is no such file.

    >>> out = BytesIO()
    >>> np.savez(out, weight=np.eye(3), bias=np.zeros(3))
    >>> array_names(out.getvalue())
    ('weight', 'bias')
    """
    if data.startswith(npy.MAGIC_PREFIX):
        return ("",)
    return tuple(_members(data))


def read_array(data: bytes, name: str = "") -> PastedNumbers:
    """Return an array of a file, and what it may be; LayerError where it has no numbers that a page can show.

    >>> out = BytesIO()
    >>> np.save(out, [[1, 0], [2, 1]])
    >>> read_array(out.getvalue()).values.tolist()
    [[1.0, 0.0], [2.0, 1.0]]
    """
    if data.startswith(npy.MAGIC_PREFIX):
        values = _array(data, name)
    else:
        member = _members(data).get(name)
        if member is None or member.file_size > _LONGEST:
            raise file_refusal(FileCode.ARRAY_TOO_LARGE, name, most=MOST_NUMBERS)
        values = _array(_read(data, member), name)
    return PastedNumbers(values, meanings_of(values.shape))


def _members(data: bytes) -> Mapping[str, ZipInfo]:
    """The arrays of an .npz file, by their names."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            found = {
                one.filename[:-4]: one for one in archive.infolist()[:MOST_ARRAYS] if one.filename.endswith(".npy")
            }
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        found = {}
    if not found:
        raise file_refusal(FileCode.NO_ARRAY_FILE)
    return found


def _read(data: bytes, member: ZipInfo) -> bytes:
    """What a member holds; of one that is longer than it says, what would be too long already."""
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(member) as opened:
            return opened.read(_LONGEST + 1)
    except (BadZipFile, RuntimeError, zlib.error, EOFError):  # damaged, locked, or packed in a way of its own
        raise file_refusal(FileCode.NO_ARRAY_FILE) from None


def _array(data: bytes, name: str) -> Floats:
    file = BytesIO(data)
    try:
        shape, is_fortran, dtype = _READERS[npy.read_magic(file)](file)
    except (ValueError, KeyError, SyntaxError, TypeError):
        raise file_refusal(FileCode.NO_ARRAY_FILE) from None
    if dtype.kind not in "biuf" or dtype.shape:
        raise file_refusal(FileCode.NO_REAL_NUMBERS, name, kind=dtype.name)
    if any(length < 0 or length > MOST_NUMBERS for length in shape) or prod(shape) > MOST_NUMBERS:
        raise file_refusal(FileCode.ARRAY_TOO_LARGE, name, most=MOST_NUMBERS)
    held = file.read()
    if len(held) < prod(shape) * dtype.itemsize or not prod(shape):
        raise file_refusal(FileCode.NO_ARRAY_FILE)
    flat = np.frombuffer(held, dtype, prod(shape)).astype(float)
    values = flat.reshape(shape[::-1]).T if is_fortran else flat.reshape(shape)
    if not np.isfinite(flat).all() or np.abs(flat).max() > LARGEST_VALUE:
        raise file_refusal(FileCode.NUMBER_NOT_SHOWN, name, most=LARGEST_VALUE)
    return np.ascontiguousarray(values)
