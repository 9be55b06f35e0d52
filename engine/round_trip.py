"""From a transposed layer's output size back to its input with the ordinary layer, and forth again."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats
from engine.forward import forward
from engine.layers import ConvNd
from engine.transposed_trace import TransposedTrace


@dataclass(frozen=True, eq=False)
class RoundTrip:
    """What an ordinary layer makes of an array, and what the transposed layer with the same weight makes of that.

    - `layer` is the ordinary one;
    - `start` (channels, *size) has the shape of the transposed layer's output;
    - `middle` is the ordinary layer's output on `start`, `end` the transposed layer's on `middle`, without a bias.
    """

    layer: ConvNd
    start: Floats
    middle: Floats
    end: Floats

    @property
    def largest_difference(self) -> float | None:
        """The largest difference between `start` and `end`, or None where their shapes differ."""
        if self.start.shape != self.end.shape:
            return None
        return float(np.abs(self.end - self.start).max())


def round_trip(trace: TransposedTrace) -> RoundTrip:
    """Return the round trip of a recorded transposed layer, on the numbers 0 to 9 again and again.

    >>> from engine import ConvTranspose2d, record
    >>> trip = round_trip(record(ConvTranspose2d(1, 1, 2, 2, bias=False), [[[5]]], [[[[1, 0], [0, 1]]]]))
    >>> trip.start.tolist(), trip.middle.tolist(), trip.end.tolist(), trip.largest_difference
    ([[[0.0, 1.0], [2.0, 3.0]]], [[[3.0]]], [[[3.0, 0.0], [0.0, 3.0]]], 3.0)
    """
    start = np.arange(trace.output.size, dtype=float).reshape(trace.output.shape) % 10
    middle = forward(trace.layer.forward_conv, start, trace.weight)
    bias = None if trace.bias is None else np.zeros(len(trace.bias))
    return RoundTrip(trace.layer.forward_conv, start, middle, forward(trace.layer, middle, trace.weight, bias))
