"""The strip: the arithmetic of one step, drawn large where the maps have no room for numbers that can be read.

Here is what stands in it, and how long its numbers are written; the browser, which knows its room, places that.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine.arrays import Floats
from stage.labels import Label, channel_label, label_of
from stage.model import Arithmetic, LayerView, WindowsView
from stage.number_text import write_short
from stage.scene import GridRole, Strip, StripPiece

SHORTEST_REAL = 5
"""Letters that a real number has room for at least, so that all of them are of one size."""

_BOUNDS = (0.0, 9.5e-7, 0.005, 1000.0, 9999.5)
"""From one of these to the next, the real number that is written longest is the smallest or the largest."""

_SUMMARIES = {
    Arithmetic.PRODUCTS: ("Σ", Label.PARTIAL_SUM),
    Arithmetic.MAX: ("→", Label.PARTIAL_MAX),
    Arithmetic.MEAN: ("→", Label.PARTIAL_MEAN),
}


def strip_of(view: LayerView) -> Strip:
    """What stands in the strip of a layer."""
    return _of_windows(view) if isinstance(view, WindowsView) else _of_stamps(view)


def _of_windows(view: WindowsView) -> Strip:
    """A window times its kernel, the products, and what is made of them."""
    arrays, size, filters = view.arrays, view.kernel_size, view.loops.filters
    slices = 1 if view.slices is None else view.slices.kernel
    window, products = letters_of(arrays.input), letters_of(arrays.products)
    totals = arrays.products if view.arithmetic is Arithmetic.MAX else np.nancumsum(arrays.products, axis=2)
    sign, label = _SUMMARIES[view.arithmetic]
    pieces = [StripPiece(GridRole.PRODUCTS, size, products, "", label_of(Label.WINDOW))]
    if arrays.kernel is not None:
        pieces = [
            StripPiece(GridRole.INPUT, size, window, "", channel_label(Label.INPUT, 0, len(arrays.input))),
            StripPiece(GridRole.KERNEL, size, letters_of(arrays.kernel), "×", channel_label(Label.KERNEL, 0, filters)),
            StripPiece(GridRole.PRODUCTS, size, products, "=", label_of(Label.PRODUCTS)),
        ]
    pieces = [replace(piece, slices=slices) for piece in pieces]
    pieces.append(StripPiece(GridRole.PARTIAL, (1, 1), letters_of(totals, arrays.partial_sums), sign, label_of(label)))
    output = channel_label(Label.OUTPUT, 0, filters)
    together = [StripPiece(GridRole.OUTPUT, (1, 1), letters_of(arrays.output), "→", output)]
    if arrays.bias is not None:
        together.insert(0, StripPiece(GridRole.BIAS, (1, 1), letters_of(arrays.bias), "+", label_of(Label.BIAS)))
    if view.loops.channels > 1:
        letters = letters_of(arrays.running_sums)
        together.insert(0, StripPiece(GridRole.SUM, (1, 1), letters, "Σ", label_of(Label.TOTAL)))
    return Strip(view.loops.channels, tuple(pieces), tuple(together))


def _of_stamps(view: LayerView) -> Strip:
    """What is read times the kernel, the products, and what the cells hold on which they land."""
    arrays, size, filters = view.arrays, view.kernel_size, view.loops.filters
    sums = letters_of(*(getattr(arrays, name, None) for name in ("scattered_sums", "uncropped", "output", "bias")))
    return Strip(
        view.loops.channels,
        (
            StripPiece(
                GridRole.INPUT, size, letters_of(arrays.input), "", channel_label(Label.INPUT, 0, len(arrays.input))
            ),
            StripPiece(GridRole.KERNEL, size, letters_of(arrays.kernel), "×", channel_label(Label.KERNEL, 0, filters)),
            StripPiece(GridRole.PRODUCTS, size, letters_of(arrays.products), "=", label_of(Label.STAMP)),
        ),
        (StripPiece(GridRole.OUTPUT, size, sums, "→", channel_label(Label.OUTPUT, 0, filters)),),
    )


def letters_of(*arrays: Floats | None) -> int:
    """How many letters the longest number of these arrays takes up in a cell.

    >>> letters_of(np.array([1.0, -12.0])), letters_of(np.array([0.5, 2.0]))
    (3, 5)
    """
    return max((_letters(one) for array in arrays if array is not None for one in _longest(array)), default=1)


def _letters(value: float) -> int:
    written = len(write_short(value))
    return written if value == round(value) else max(SHORTEST_REAL, written)


def _longest(array: Floats) -> Iterator[float]:
    """Numbers of an array, among which is the one that is written longest."""
    finite = array[np.isfinite(array)]
    is_whole = finite == np.round(finite)
    reals = finite[~is_whole]
    sizes = np.digitize(np.abs(reals), _BOUNDS)
    for alike in (finite[is_whole], *(reals[sizes == size] for size in range(1, len(_BOUNDS) + 1))):
        for one in (alike[alike >= 0], alike[alike < 0]):
            if one.size:
                yield from (float(one.min()), float(one.max()))
