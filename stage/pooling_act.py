"""The act of a pooling layer: its windows are read as a convolution's are, and nothing is multiplied."""

import numpy as np

from engine import MaxPool2d, PoolingTrace
from stage.act import Act, Arithmetic, Kind, kinds, reads, sources


def pooling_act(trace: PoolingTrace) -> Act:
    """The act of a pooling layer, each channel by itself.

    In `products` stands the value under each tap, NaN where it does not count. `divisors` (P,) is over how many values
    a mean is; `chosen` (channels, P) is the tap that a maximum was found under.
    """
    rows, columns = trace.axes
    is_max = isinstance(trace.layer, MaxPool2d)
    windows = np.where(trace.counted, trace.windows, np.nan)
    chosen = np.where(trace.counted, trace.windows, -np.inf).argmax(axis=1)
    return Act(
        input=trace.padded,
        output=trace.output,
        length=trace.input.shape[1:],
        taps=trace.layer.kernel,
        reads=reads(trace.axes),
        sources=sources(trace.axes),
        kinds=_kinds(trace),
        firsts=tuple(range(len(trace.input))),
        unread=(rows.unread, columns.unread),
        products=windows[:, None],
        partial=trace.output[:, None],
        running=trace.output[:, None],
        arithmetic=Arithmetic.MAX if is_max else Arithmetic.MEAN,
        extras={"chosen": chosen} if is_max else {"divisors": trace.divisors},
        roles={"input": "input"},
    )


def _kinds(trace: PoolingTrace) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """As of any layer, but that cells which `ceil_mode` lets windows stand out over are no padding."""
    found = kinds(trace.axes).reshape(trace.padded.shape[1:])
    rows, columns = (2 * axis.before + axis.length for axis in trace.axes)
    found[rows:], found[:, columns:] = Kind.EXTRA, Kind.EXTRA
    return found.ravel()
