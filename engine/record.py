"""The record of one input going through one layer."""

from functools import singledispatch
from typing import Any, overload

from numpy.typing import ArrayLike

from engine.forward import check_no_operands
from engine.layers import ConvNd
from engine.pooling import Pooling
from engine.pooling_trace import PoolingTrace, record_pooling
from engine.trace import Trace, record_convolution
from engine.transposed import ConvTransposeNd
from engine.transposed_trace import TransposedTrace, record_transposed


@overload
def record(layer: ConvNd, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> Trace: ...


@overload
def record(
    layer: ConvTransposeNd, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None
) -> TransposedTrace: ...


@overload
def record(layer: Pooling, x: ArrayLike) -> PoolingTrace: ...


def record(
    layer: ConvNd | ConvTransposeNd | Pooling,
    x: ArrayLike,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
) -> Trace | TransposedTrace | PoolingTrace:
    """Return the Trace of one input, or the trace of its kind; arguments and errors are those of `forward`.

    The output of a Trace is the last running sum plus the bias, so it can differ from `forward` in the last bit, and
    does not for whole numbers.

    >>> from engine import Conv2d, ConvTranspose2d, MaxPool2d
    >>> trace = record(Conv2d(1, 1, 2, bias=False), [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]])
    >>> trace.positions[3].tolist(), trace.products[0, 0, :, 3].tolist(), trace.output[0, 1, 1].tolist()
    ([1, 1], [0.0, 5.0, 14.0, 24.0], 43.0)
    >>> stamps = record(ConvTranspose2d(1, 1, 2, 2, bias=False), [[[0, 1], [2, 3]]], [[[[0, 1], [2, 3]]]])
    >>> stamps.positions[3].tolist(), stamps.stamps[0, 0, :, 3].tolist(), stamps.scatter_index[3].tolist()
    ([2, 2], [0.0, 3.0, 6.0, 9.0], [10, 11, 14, 15])
    >>> record(MaxPool2d(2), [[[1, 2, 3, 4], [5, 6, 7, 8]]]).windows[0, :, 1].tolist()
    [3.0, 4.0, 7.0, 8.0]
    """
    recorded: Trace | TransposedTrace | PoolingTrace = _record(layer, x, weight, bias)
    return recorded


@singledispatch
def _record(layer: object, x: ArrayLike, weight: Any, bias: Any) -> Any:
    raise TypeError(f"{layer!r} is not a layer with a record")


_record.register(ConvNd, record_convolution)
_record.register(ConvTransposeNd, record_transposed)


@_record.register
def _(layer: Pooling, x: ArrayLike, weight: Any, bias: Any) -> PoolingTrace:
    check_no_operands(weight, bias)
    return record_pooling(layer, x)
