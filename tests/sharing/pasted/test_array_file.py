"""The files that NumPy saves: read as NumPy reads them, or refused in a sentence, and never at a large cost."""

import tracemalloc
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest
from numpy.lib import format as npy

from engine import LayerError
from sharing.pasted.array_file import MOST_NUMBERS, array_names, read_array
from sharing.pasted.messages import FileCode
from sharing.pasted.results import Layout, Part


def saved(values: Any) -> bytes:
    out = BytesIO()
    np.save(out, values, allow_pickle=True)
    return out.getvalue()


def claims(shape: tuple[int, ...], body: bytes = b"\0" * 8) -> bytes:
    """An .npy file that says it has this shape."""
    out = BytesIO()
    npy.write_array_header_1_0(out, {"descr": "<f8", "fortran_order": False, "shape": shape})
    return out.getvalue() + body


@pytest.mark.parametrize("kind", ["f8", "f4", "f2", ">f8", "i8", "u1", "i2", "?"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_an_array_is_what_numpy_reads(kind: str, order: Any) -> None:
    values = np.asarray(np.arange(36).reshape(1, 4, 3, 3) % 7, dtype=kind, order=order)
    data = saved(values)
    assert array_names(data) == ("",)
    found = read_array(data)
    np.testing.assert_array_equal(found.values, np.load(BytesIO(data)).astype(float))
    assert next((one.part, one.layout) for one in found.meanings) == (Part.KERNEL, Layout.OIHW)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_each_array_of_a_file_is_read_by_its_name(save: Any) -> None:
    out = BytesIO()
    arrays = {"conv.weight": np.random.default_rng(1).random((2, 1, 3, 3)), "bias": np.array([1.5, -2])}
    save(out, **arrays)
    assert array_names(out.getvalue()) == tuple(arrays)
    for name, values in arrays.items():
        np.testing.assert_array_equal(read_array(out.getvalue(), name).values, values)


def test_a_file_with_other_things_in_it_is_read() -> None:
    out = BytesIO()
    np.savez(out, x=np.eye(3))
    with ZipFile(out, "a") as archive:
        archive.writestr("README.txt", "of the page")
    assert array_names(out.getvalue()) == ("x",)


def zipped(data: bytes, name: str = "x.npy") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


REFUSED: dict[str, tuple[bytes, FileCode]] = {
    "text": (b"1 2 3", FileCode.NO_ARRAY_FILE),
    "empty": (b"", FileCode.NO_ARRAY_FILE),
    "cut off": (saved(np.eye(9))[:200], FileCode.NO_ARRAY_FILE),
    "only a head": (claims((3, 3), b""), FileCode.NO_ARRAY_FILE),
    "no head": (npy.MAGIC_PREFIX + b"\1\0\xff\xffnothing", FileCode.NO_ARRAY_FILE),
    "another version": (npy.MAGIC_PREFIX + b"\7\0" + bytes(99), FileCode.NO_ARRAY_FILE),
    "no numbers in it": (saved(np.zeros((0, 3))), FileCode.NO_ARRAY_FILE),
    "objects": (saved(np.array([{}, []], dtype=object)), FileCode.NO_REAL_NUMBERS),
    "complex": (saved(np.eye(3) * 1j), FileCode.NO_REAL_NUMBERS),
    "texts": (saved(np.array(["a", "b"])), FileCode.NO_REAL_NUMBERS),
    "infinite": (saved(np.array([np.inf])), FileCode.NUMBER_NOT_SHOWN),
    "NaN": (saved(np.array([0, np.nan])), FileCode.NUMBER_NOT_SHOWN),
    "large": (saved(np.array([1e7])), FileCode.NUMBER_NOT_SHOWN),
    "claims a billion": (claims((1000, 1000, 1000)), FileCode.ARRAY_TOO_LARGE),
    "claims less than nothing": (claims((-3, -3)), FileCode.ARRAY_TOO_LARGE),
    "too many": (saved(np.zeros(MOST_NUMBERS + 1)), FileCode.ARRAY_TOO_LARGE),
    "no archive": (b"PK\3\4" + bytes(50), FileCode.NO_ARRAY_FILE),
    "a damaged archive": (zipped(saved(np.eye(30)))[:-9], FileCode.NO_ARRAY_FILE),
    "an archive of texts": (zipped(b"1 2", "x.txt"), FileCode.NO_ARRAY_FILE),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_array_to_show_is_refused(data: bytes, code: FileCode) -> None:
    with pytest.raises(LayerError) as refused:
        [read_array(data, name) for name in array_names(data)]
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_an_array_in_a_file_is_refused_by_its_name() -> None:
    with pytest.raises(LayerError, match=r"^The array “x” is of complex128, which is no real number"):
        read_array(zipped(saved(np.eye(2) * 1j)), "x")


def test_a_small_file_that_unpacks_to_much_costs_little() -> None:
    data = zipped(claims((8, 8), bytes(300_000_000)))
    assert len(data) < 1_000_000
    tracemalloc.start()
    with pytest.raises(LayerError):
        read_array(data, "x")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000
