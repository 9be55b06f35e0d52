"""What each cell of a picture shows at a step, reckoned by brute force from a layer's input and weights alone."""

from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.engine.strategies import sides_of

Array = NDArray[np.float64]
Filled = dict[tuple[str, int], list[float | None]]
"""What the cells of each grid show, by its role and channel; None is a cell that waits."""


class Scattered:
    """A transposed layer by brute force."""

    def __init__(self, record: Any) -> None:
        layer, self.x, self.weight, self.bias = record.layer, record.input, record.weight, record.bias
        self.groups = layer.groups
        self.filters, self.inputs = layer.out_channels, layer.in_channels
        self.channels, self.per_group = self.inputs // self.groups, self.filters // self.groups
        self.size = self.x.shape[1:]
        (self.kh, self.kw), self.stride, self.dilation = self.weight.shape[2:], layer.strides, layer.dilations
        self.reach = [d * (k - 1) for d, k in zip(self.dilation, (self.kh, self.kw), strict=True)]
        if isinstance(layer.padding, str):  # as Keras crops: what the ordinary layer back would be padded with
            ahead = layer.padding == "same_lower"
            surplus = [r + 1 - s for r, s in zip(self.reach, self.stride, strict=True)]
            sides = [((max(0, one) + ahead) // 2, (max(0, one) + 1 - ahead) // 2) for one in surplus]
            more: Any = [max(0, -one) for one in surplus]
        else:
            sides, more = [_pair(one) for one in _pair(layer.padding)], _pair(layer.output_padding)
        self.before = tuple(before for before, _ in sides)
        self.uncropped = tuple(
            (n - 1) * s + r + 1 + a for n, s, r, a in zip(self.size, self.stride, self.reach, more, strict=True)
        )
        self.output = tuple(n - sum(both) for n, both in zip(self.uncropped, sides, strict=True))
        self.taps, self.positions = list(np.ndindex(self.kh, self.kw)), list(np.ndindex(*self.size))
        self._complete: dict[int, Array] = {}

    def first(self, filter_: int) -> int:
        return filter_ // self.per_group * self.channels

    def kernel(self, filter_: int, number: int) -> Array:
        found: Array = self.weight[number, filter_ % self.per_group]
        return found

    def landing(self, position: tuple[int, ...], tap: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(i * s + d * k for i, s, d, k in zip(position, self.stride, self.dilation, tap, strict=True))

    def cropped(self, whole: Array) -> Array:
        (top, left), (rows, columns) = self.before, self.output
        return whole[top : top + rows, left : left + columns]

    def sums(self, filter_: int, products: int) -> Array:
        """The uncropped map after so many products, NaN where nothing has landed and there is no bias."""
        found = np.full(self.uncropped, np.nan if self.bias is None else float(self.bias[filter_]))
        order = product(self.positions, range(self.channels), self.taps)
        for (position, channel, tap), _ in zip(order, range(products), strict=False):
            number, cell = self.first(filter_) + channel, self.landing(position, tap)
            value = self.x[number][position] * self.kernel(filter_, number)[tap]
            found[cell] = value + (0 if np.isnan(found[cell]) else found[cell])
        return found

    def complete(self, filter_: int) -> Array:
        if filter_ not in self._complete:
            made = self.sums(filter_, len(self.positions) * self.channels * len(self.taps))
            self._complete[filter_] = np.nan_to_num(made)
        return self._complete[filter_]

    def spread(self, number: int) -> Array:
        """The input with zeros between, NaN for each cell that is no input, so wide that every tap finds a cell."""
        found = np.full(tuple(n + r for n, r in zip(self.uncropped, self.reach, strict=True)), np.nan)
        for position in self.positions:
            found[tuple(i * s + r for i, s, r in zip(position, self.stride, self.reach, strict=True))] = self.x[number][
                position
            ]
        return found


def before_stamps(layer: Scattered) -> Filled:
    """What each grid of a transposed layer without a bias shows before the first step."""
    first = scattered(layer, "output", 0)
    filled = ("kernel", "flipped_kernel")
    return {key: values if key[0] in filled else [None] * len(values) for key, values in first.items()}


def scattered(layer: Scattered, grain: str, step: int) -> Filled:
    """What each grid shows at a step."""
    taps, area = len(layer.taps), layer.channels * len(layer.taps)
    steps = {
        "stamp": len(layer.positions),
        "output": layer.output[0] * layer.output[1],
        "multiply": len(layer.positions) * area,
    }
    filter_, within = divmod(step, steps[grain])
    done = {"stamp": (within + 1) * area, "multiply": within + 1, "output": 0}[grain]
    expected: Filled = {}
    for number in range(layer.inputs):
        channel = number - layer.first(filter_)
        # a kernel that is not of this filter is of the first one that reads its channel
        shown = filter_ if 0 <= channel < layer.channels else number // layer.channels * layer.per_group
        flipped: list[float | None] = [float(one) for one in layer.kernel(shown, number)[::-1, ::-1].ravel()]
        products: list[float | None] = [None] * taps
        if 0 <= channel < layer.channels:
            turned = layer.kernel(filter_, number)[::-1, ::-1]
            if grain == "output":
                down, across = divmod(within, layer.output[1])
                row, column = down + layer.before[0], across + layer.before[1]
                (down, across), (last, end) = layer.dilation, layer.reach
                window = layer.spread(number)[row : row + last + 1 : down, column : column + end + 1 : across]
                products = [None if np.isnan(one) else float(one) for one in (window * turned).ravel()]
            else:
                position = layer.positions[within if grain == "stamp" else within // area]
                made = taps if grain == "stamp" else max(0, min(taps, within % area + 1 - channel * taps))
                stamp = (layer.x[number][position] * layer.kernel(filter_, number)).ravel().tolist()
                products = [*stamp[:made], *[None] * (taps - made)][::-1]
        expected |= {("flipped_kernel", number): flipped, ("flipped_products", number): products}
        expected |= {("kernel", number): flipped[::-1], ("products", number): products[::-1]}
    if layer.bias is not None:
        expected["bias", 0] = [float(layer.bias[filter_])]
    column: list[float | None] = []
    for other in range(layer.filters):
        whole = np.full(layer.uncropped, np.nan)
        if other < filter_ or (other == filter_ and within == steps[grain] - 1):
            whole = layer.complete(other)
        elif other == filter_ and grain == "output":
            order = np.arange(steps["output"]).reshape(layer.output)
            layer.cropped(whole)[order <= within] = layer.cropped(layer.complete(other))[order <= within]
        elif other == filter_:
            whole = layer.sums(other, done)
        shown = [[None if np.isnan(v) else float(v) for v in one.ravel()] for one in (whole, layer.cropped(whole))]
        expected |= {("uncropped", other): shown[0], ("output", other): shown[1]}
        column += shown[1]
    expected["flat_output", 0] = column
    return expected


class Convolved:
    """A convolution by brute force."""

    def __init__(self, record: Any) -> None:
        self.layer, self.weight, self.padded, self.bias = record.layer, record.weight, record.padded, record.bias
        self.filters, self.channels, *kernel = self.weight.shape
        self.groups = self.layer.groups
        self.per_group, self.taps, self.slices = self.filters // self.groups, prod(kernel), kernel[0]
        self.reach = [d * (k - 1) for d, k in zip(self.layer.dilations, kernel, strict=True)]
        sizes = zip(self.padded.shape[1:], self.reach, self.layer.strides, strict=True)
        self.size = tuple((n - r - 1) // s + 1 for n, r, s in sizes)

    @property
    def positions(self) -> int:
        return prod(self.size)

    def products_at(self, filter_: int, position: int) -> Array:
        """The products of each channel that a filter reads, (channels, taps)."""
        at = np.unravel_index(position, self.size)
        first = filter_ // self.per_group * self.channels
        reads = zip(at, self.layer.strides, self.reach, self.layer.dilations, strict=True)
        window = self.padded[
            (slice(first, first + self.channels), *(slice(i * s, i * s + r + 1, d) for i, s, r, d in reads))
        ]
        made: Array = (window * self.weight[filter_]).reshape(self.channels, self.taps)
        return made

    def count(self, granularity: str) -> int:
        return self.filters * self.positions * self._inner(granularity)

    def _inner(self, granularity: str) -> int:
        inner = {"output": 1, "channel": self.channels, "slice": self.channels * self.slices}
        return (inner | {"tap": self.channels * self.taps})[granularity]

    def at(self, granularity: str, step: int) -> Filled:
        """What each grid shows at a step."""
        inner = self._inner(granularity)
        value, within = divmod(step, inner)
        return self.after(*divmod(value, self.positions), (within + 1) * (self.channels * self.taps // inner))

    def before(self) -> Filled:
        """What each grid shows before the first step."""
        return self.after(0, 0, 0)

    def after(self, filter_: int, position: int, done: int) -> Filled:
        """What each grid shows after so many products of an output value."""
        channels, taps, own = self.channels, self.taps, filter_ // self.per_group
        products = self.products_at(filter_, position)
        expected: Filled = {}
        for number in range(channels * self.groups):
            channel = number - own * channels
            is_read = 0 <= channel < channels
            made = max(0, min(taps, done - channel * taps)) if is_read else 0
            first = number // channels * self.per_group  # of those that read the channel
            shown = self.weight[filter_ if is_read else first, number % channels]
            expected["kernel", number] = shown.ravel().tolist()
            expected["products", number] = [
                *(products[channel, :made].tolist() if is_read else ()),
                *[None] * (taps - made),
            ]
            expected["partial", number] = [float(products[channel, :made].sum()) if made else None]
        whole = done // taps
        total = float(products[:whole].sum()) if whole else None
        for group in range(self.groups):
            is_own = group == own
            expected["sum", group] = [total if is_own else None]
            expected["bias", group] = [float(self.bias[filter_]) if is_own and self.bias is not None else None]
        reached = filter_ * self.positions + position + (done == channels * taps)
        outputs: list[float | None] = []
        for index in range(self.filters * self.positions):
            one = divmod(index, self.positions)
            start = 0.0 if self.bias is None else float(self.bias[one[0]])
            outputs.append(float(self.products_at(*one).sum()) + start if index < reached else None)
        for other in range(self.filters):
            expected["output", other] = outputs[other * self.positions : (other + 1) * self.positions]
        for number, values in enumerate(self.padded):
            expected["input", number] = values.ravel().tolist()
        return expected | {("flat_output", 0): outputs, ("maps", 0): outputs}


class Correlated(Convolved):
    """The gradient of a weight by brute force: only the places where the layer's kernel has a tap."""

    def __init__(self, record: Any, kernel: tuple[int, int]) -> None:
        super().__init__(record)
        self.size = kernel


class Pooled:
    """A pooling layer by brute force, each channel by itself."""

    def __init__(self, record: Any) -> None:
        layer = record.layer
        self.is_max = type(layer).__name__ == "MaxPool2d"
        self.kernel, self.strides, self.dilation = layer.kernel, layer.strides, _pair(getattr(layer, "dilation", 1))
        self.sides = sides_of(layer, *record.input.shape[1:])
        self.x, self.shape, self.taps = record.input, record.output.shape[1:], self.kernel[0] * self.kernel[1]
        self.counts_padding = not self.is_max and layer.count_include_pad
        self.positions = self.shape[0] * self.shape[1]

    def window(self, channel: int, position: int) -> list[float | None]:
        """What stands under each tap, None where it does not count."""
        at = divmod(position, self.shape[1])
        corner = [one * s - before for one, s, (before, _) in zip(at, self.strides, self.sides, strict=True)]
        found: list[float | None] = []
        for tap in np.ndindex(*self.kernel):
            cell = [start + d * t for start, d, t in zip(corner, self.dilation, tap, strict=True)]
            sizes = self.x.shape[1:]
            if all(0 <= one < size for one, size in zip(cell, sizes, strict=True)):
                found.append(float(self.x[channel][tuple(cell)]))
            else:
                is_padding = all(-b <= c < n + a for c, n, (b, a) in zip(cell, sizes, self.sides, strict=True))
                found.append(0.0 if is_padding and self.counts_padding else None)
        return found

    def output(self, channel: int, position: int) -> float:
        counted = [one for one in self.window(channel, position) if one is not None]
        return max(counted) if self.is_max else sum(counted) / len(counted)

    def at(self, granularity: str, step: int) -> Filled:
        """What each grid shows at a step."""
        value, within = divmod(step, {"output": 1, "tap": self.taps}[granularity])
        made = self.taps if granularity == "output" else within + 1
        now, position = divmod(value, self.positions)
        reached = value + (made == self.taps)
        expected: Filled = {}
        for channel in range(len(self.x)):
            is_now = channel == now
            window = self.window(channel, position)[:made] if is_now else []
            expected["products", channel] = [*window, *[None] * (self.taps - len(window))]
            so_far = [one for one in window if one is not None]
            total = (max(so_far) if self.is_max else sum(so_far)) if so_far else None
            expected["partial", channel] = [self.output(channel, position) if len(window) == self.taps else total]
            expected["output", channel] = [
                self.output(channel, one) if channel * self.positions + one < reached else None
                for one in range(self.positions)
            ]
        return expected


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else value
