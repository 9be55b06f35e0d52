"""What a picture shows at a step, against what is reckoned here from the layer's input and weights alone.

Every preset of every page in every one of its views, at the first, a middle and the last step of each grain.
"""

from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import LayerError
from exports.marks import Fill, Frame, Mark, grids_of, placed
from exports.painter_input import painter_input
from exports.showing import all_marks, still_values
from exports.steps import Score
from exports.words import arithmetic
from kinds.transposed.messages import TransposedCode
from pages.shared.playing import Played
from tests.exports.examples import CASES, Case

Array = NDArray[np.float64]
Shown = dict[tuple[str, int, int], float | None]
"""What a cell shows, by the role and the channel of its grid; None is a cell that waits."""


def shown_by(case: Case) -> Played | None:
    """What a case shows, or None for a matrix that the page refuses as too large."""
    try:
        return case.play()
    except LayerError as error:
        if error.code is TransposedCode.MATRIX_TOO_LARGE:
            return None
        raise


def moments(score: Score) -> list[tuple[str, int]]:
    return [(grain, step) for grain in score.grains for step in _ends(score.count(grain))]


def _ends(count: int) -> list[int]:
    return sorted({0, count // 2, count - 1})


def marks_at(payload: dict[str, Any], grain: str, step: int) -> tuple[Score, list[Mark]]:
    score = Score(payload)
    grids = placed(payload, payload["arrangements"][0])
    by_role = [grids_of(grids, act.index) for act in score.acts]
    return score, list(all_marks(score, by_role, score.place(grain, step)))


def filled(marks: list[Mark], act: int) -> Shown:
    found = [mark for mark in marks if isinstance(mark, Fill) and mark.grid.act == act]
    return {
        (mark.grid.role, mark.grid.channel, mark.cell): (
            None if mark.value is None or np.isnan(mark.value) else mark.value
        )
        for mark in found
    }


def compare(payload: dict[str, Any], shown: Shown, expected: dict[tuple[str, int], list[float | None]]) -> None:
    """Every cell of every grid that fills is filled as expected, and there is none that is not looked at."""
    there = {(one["role"], one["channel"]): one["rows"] * one["columns"] for one in payload["grids"]}
    looked = {role for role, _ in expected}
    for key, cells in expected.items():
        if key not in there:
            continue
        assert there[key] == len(cells), key
        for cell, value in enumerate(cells):
            assert (*key, cell) in shown, (*key, cell)
            got = shown[(*key, cell)]
            assert (got is None) == (value is None), (*key, cell, got, value)
            assert value is None or got == pytest.approx(value, rel=1e-9, abs=1e-9), (*key, cell, got, value)
    live = {role for role, _ in there} & LIVE
    assert live <= looked


LIVE = {
    *("kernel", "products", "turned", "turned_products", "partial", "sum", "bias"),
    *("uncropped", "output", "maps", "flat_output"),
}
"""The roles whose cells fill as the steps go."""


# The transposed page.


class Scattered:
    """A transposed layer by brute force."""

    def __init__(self, record: Any) -> None:
        layer, self.x, self.weight, self.bias = record.layer, record.input, record.weight, record.bias
        self.groups = layer.groups
        self.filters, self.inputs = layer.out_channels, layer.in_channels
        self.channels, self.per_group = self.inputs // self.groups, self.filters // self.groups
        self.size = self.x.shape[1:]
        (self.kh, self.kw), self.stride, self.dilation = self.weight.shape[2:], layer.strides, layer.dilations
        pair = [layer.padding, layer.output_padding]
        self.padding, more = ((one, one) if isinstance(one, int) else one for one in pair)
        self.reach = [d * (k - 1) for d, k in zip(self.dilation, (self.kh, self.kw), strict=True)]
        self.uncropped = tuple(
            (n - 1) * s + r + 1 + a for n, s, r, a in zip(self.size, self.stride, self.reach, more, strict=True)
        )
        self.output = tuple(n - 2 * p for n, p in zip(self.uncropped, self.padding, strict=True))
        self.taps, self.positions = list(np.ndindex(self.kh, self.kw)), list(np.ndindex(*self.size))

    def first(self, filter_: int) -> int:
        return filter_ // self.per_group * self.channels

    def kernel(self, filter_: int, number: int) -> Array:
        found: Array = self.weight[number, filter_ % self.per_group]
        return found

    def landing(self, position: tuple[int, ...], tap: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(i * s + d * k for i, s, d, k in zip(position, self.stride, self.dilation, tap, strict=True))

    def cropped(self, whole: Array) -> Array:
        (top, left), (rows, columns) = self.padding, self.output
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
        return np.nan_to_num(self.sums(filter_, len(self.positions) * self.channels * len(self.taps)))

    def spread(self, number: int) -> Array:
        """The input with zeros between, NaN for each cell that is no input, so wide that every tap finds a cell."""
        found = np.full(tuple(n + r for n, r in zip(self.uncropped, self.reach, strict=True)), np.nan)
        for position in self.positions:
            found[tuple(i * s + r for i, s, r in zip(position, self.stride, self.reach, strict=True))] = self.x[number][
                position
            ]
        return found


def scattered(layer: Scattered, grain: str, step: int) -> dict[tuple[str, int], list[float | None]]:
    """What each grid shows at a step."""
    taps, area = len(layer.taps), layer.channels * len(layer.taps)
    steps = {
        "stamp": len(layer.positions),
        "output": layer.output[0] * layer.output[1],
        "multiply": len(layer.positions) * area,
    }
    filter_, within = divmod(step, steps[grain])
    done = {"stamp": (within + 1) * area, "multiply": within + 1, "output": 0}[grain]
    expected: dict[tuple[str, int], list[float | None]] = {}
    for number in range(layer.inputs):
        channel = number - layer.first(filter_)
        flipped: list[float | None] = [None] * taps
        products: list[float | None] = [None] * taps
        if 0 <= channel < layer.channels:
            turned = layer.kernel(filter_, number)[::-1, ::-1]
            flipped = [float(one) for one in turned.ravel()]
            if grain == "output":
                down, across = divmod(within, layer.output[1])
                row, column = down + layer.padding[0], across + layer.padding[1]
                (down, across), (last, end) = layer.dilation, layer.reach
                window = layer.spread(number)[row : row + last + 1 : down, column : column + end + 1 : across]
                products = [None if np.isnan(one) else float(one) for one in (window * turned).ravel()]
            else:
                position = layer.positions[within if grain == "stamp" else within // area]
                made = taps if grain == "stamp" else max(0, min(taps, within % area + 1 - channel * taps))
                stamp = (layer.x[number][position] * layer.kernel(filter_, number)).ravel().tolist()
                products = [*stamp[:made], *[None] * (taps - made)][::-1]
        expected |= {("turned", number): flipped, ("turned_products", number): products}
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


TRANSPOSED = [case for case in CASES if case.page == "transposed"]


@pytest.mark.parametrize("case", TRANSPOSED, ids=str)
def test_every_cell_of_a_transposed_layer_is_filled_as_reckoned(case: Case) -> None:
    played = shown_by(case)
    if played is None:
        return
    layer = Scattered(played.record)
    for grain, step in moments(Score(painter_input(played.stage))):
        _, marks = marks_at(painter_input(played.stage), grain, step)
        compare(painter_input(played.stage), filled(marks, 0), scattered(layer, grain, step))


@pytest.mark.parametrize("case", [one for one in TRANSPOSED if one.view in ("zero-inserted", "all")], ids=str)
def test_the_window_of_the_equivalent_convolution_is_framed_where_it_reads(case: Case) -> None:
    """In the input with zeros, and what stands under the frame times the turned kernel is the output."""
    played = case.play()
    layer, payload = Scattered(played.record), painter_input(played.stage)
    score = Score(payload)
    for step in _ends(score.count("output")):
        filter_, within = divmod(step, layer.output[0] * layer.output[1])
        _, marks = marks_at(payload, "output", step)
        frames = [one for one in marks if isinstance(one, Frame) and one.grid.role == "zero_inserted"]
        total = 0.0 if layer.bias is None else float(layer.bias[filter_])
        for number in range(layer.first(filter_), layer.first(filter_) + layer.channels):
            (now,) = (one for one in frames if one.grid.channel == number and one.kind == "now")
            assert (now.rows, now.columns) == (layer.reach[0] + 1, layer.reach[1] + 1)
            assert divmod(now.cell, now.grid.columns) == divmod(within, layer.output[1])
            values = {cell: value for cell, value, _ in still_values(score, now.grid)}
            read = [values[one.cell] for one in frames if one.grid.channel == number and one.kind == "tap"]
            total += float(np.dot(read, layer.kernel(filter_, number)[::-1, ::-1].ravel()))
        assert total == pytest.approx(layer.cropped(layer.complete(filter_)).ravel()[within], abs=1e-9)


@pytest.mark.parametrize("case", TRANSPOSED, ids=str)
def test_every_step_frames_what_is_read_and_what_is_made(case: Case) -> None:
    played = shown_by(case)
    if played is None:
        return
    there = {one["role"] for one in painter_input(played.stage)["grids"]}
    for grain, step in moments(Score(painter_input(played.stage))):
        _, marks = marks_at(painter_input(played.stage), grain, step)
        framed = {one.grid.role for one in marks if isinstance(one, Frame)}
        wanted = {"matrix"} | ({"output", "flat_output", "uncropped"} if grain == "output" else {"uncropped"})
        wanted |= {"zero_inserted"} if grain == "output" else {"input", "flat_input"}
        assert wanted & there <= framed, (grain, step)


# The pages whose windows are read.

WINDOWED = [case for case in CASES if case.page in ("standard", "grouped", "one_dimensional")]


@pytest.mark.parametrize("case", WINDOWED, ids=str)
def test_every_cell_of_a_convolution_is_filled_as_reckoned(case: Case) -> None:
    played = shown_by(case)
    if played is None:
        return
    for grain, step in moments(Score(painter_input(played.stage))):
        _, marks = marks_at(painter_input(played.stage), grain, step)
        expected = convolved(played.record, grain, step)
        for role in ("sum", "bias"):  # one for each group, or one for the group whose turn it is
            if sum(one["role"] == role for one in painter_input(played.stage)["grids"]) == 1:
                values = [value for key, value in expected.items() if key[0] == role]
                expected[role, 0] = next((one for one in values if one != [None]), [None])
        compare(painter_input(played.stage), filled(marks, 0), expected)


def convolved(record: Any, grain: str, step: int) -> dict[tuple[str, int], list[float | None]]:
    """What each grid of a convolution shows at a step."""
    layer, weight, padded, bias = record.layer, record.weight, record.padded, record.bias
    filters, channels, *kernel = weight.shape
    per_group, taps = filters // layer.groups, kernel[0] * kernel[1]
    reach = [d * (k - 1) for d, k in zip(layer.dilations, kernel, strict=True)]
    rows, columns = ((n - r - 1) // s + 1 for n, r, s in zip(padded.shape[1:], reach, layer.strides, strict=True))

    def products_at(filter_: int, position: int) -> Array:
        """The products of each channel that a filter reads, (channels, taps)."""
        top, left = (at * s for at, s in zip(divmod(position, columns), layer.strides, strict=True))
        first = filter_ // per_group * channels
        window = padded[
            first : first + channels,
            top : top + reach[0] + 1 : layer.dilations[0],
            left : left + reach[1] + 1 : layer.dilations[1],
        ]
        made: Array = (window * weight[filter_]).reshape(channels, taps)
        return made

    positions = rows * columns
    inner = {"output": 1, "channel": channels, "tap": channels * taps}[grain]
    done = (step % inner + 1) * (channels * taps // inner)  # products of this output
    filter_, position = divmod(step // inner, positions)
    own, products = filter_ // per_group, products_at(filter_, position)
    expected: dict[tuple[str, int], list[float | None]] = {}
    for number in range(channels * layer.groups):
        channel = number - own * channels
        is_read = 0 <= channel < channels
        made = max(0, min(taps, done - channel * taps)) if is_read else 0
        expected["kernel", number] = weight[filter_, channel].ravel().tolist() if is_read else [None] * taps
        expected["products", number] = [
            *(products[channel, :made].tolist() if is_read else ()),
            *[None] * (taps - made),
        ]
        expected["partial", number] = [float(products[channel].sum()) if is_read and made == taps else None]
    whole = done // taps
    total = float(products[:whole].sum()) if whole else None
    for group in range(layer.groups):
        is_own = group == own
        expected["sum", group] = [total if is_own else None]
        expected["bias", group] = [float(bias[filter_]) if is_own and bias is not None else None]
    outputs: list[float | None] = []
    reached = filter_ * positions + position + (done == channels * taps)
    for index in range(filters * positions):
        one = divmod(index, positions)
        start = 0.0 if bias is None else float(bias[one[0]])
        outputs.append(float(products_at(*one).sum()) + start if index < reached else None)
    for other in range(filters):
        expected["output", other] = outputs[other * positions : (other + 1) * positions]
    return expected | {("flat_output", 0): outputs, ("maps", 0): outputs}


# The words.


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.page in ("standard", "grouped", "transposed")], ids=str
)
def test_the_arithmetic_has_a_line_for_each_channel_that_gives_a_sum(case: Case) -> None:
    played = shown_by(case)
    if played is None:
        return
    score, payload, record = Score(painter_input(played.stage)), painter_input(played.stage), played.record
    grids = placed(payload, payload["arrangements"][0])
    act = score.acts[0]
    for step in _ends(score.count("output")):
        place = score.place("output", step)
        _, *lines = arithmetic(act, place, grids)
        rest = [] if record.bias is None and act.channels == 1 else [lines.pop()]
        assert len(lines) == act.channels
        made = [float(line.rpartition(" = ")[2].replace("−", "-")) for line in lines]
        filter_, within = divmod(step, record.output[0].size)
        assert sum(made) + (0 if record.bias is None else record.bias[filter_]) == pytest.approx(
            record.output[filter_].ravel()[within], rel=1e-4, abs=1e-4
        )
        assert all(line.startswith("sum: ") for line in rest)
