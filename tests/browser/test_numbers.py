"""Every number on the stage is the real one, at every step: torch says which."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.equations import sign
from tests.browser.oracle import LESSON, Oracle, factor, misread, written
from tests.browser.stage import Stage

# Two channels in, two out, and a bias; the second filter sees different numbers from the first everywhere.
CHANNELS = Oracle(
    x=[[[3, -1, 2], [0, 5, -4], [1, 2, 6]], [[7, 8, -9], [2, 0, 1], [-3, 4, 5]]],
    kernel=[[[[1, -2], [3, 0]], [[2, 1], [-1, 4]]], [[[0, 5], [-3, 2]], [[6, -1], [1, 1]]]],
    bias=[10, -20],
)
REALS = Oracle(x=[[[0.25, -1.5, 0.333], [1.07, 0.5, 2], [-0.75, 0.1, 3.14]]], kernel=[[[[0.5, -0.125], [1.5, 0.01]]]])
STRIDED = Oracle(
    x=[np.arange(-7, 23).reshape(6, 5)],
    kernel=[[[[1, 2, -1], [0, -3, 4]]]],
    stride=(2, 1),
    padding=(1, 1, 2, 2),
    dilation=(3, 1),
)


def places(layer: Oracle) -> Iterator[tuple[int, tuple[int, int], int]]:
    """Every output value in the order it is made: its channel, its cell, and how many of its channel precede it."""
    for out_channel in range(len(layer.weight)):
        for index, at in enumerate(layer.outputs):
            yield out_channel, at, index


def expected_equation(layer: Oracle, out_channel: int, at: tuple[int, int]) -> list[str]:
    """Return the equation of a whole output value: its name, a line a channel, and the total where there is one."""
    several = layer.weight.shape[1] > 1
    head = f"output {out_channel}" if len(layer.weight) > 1 else "output"
    lines = [f"{head}[{at[0]}, {at[1]}]"]
    sums = layer.sums(out_channel, at)
    for channel, total in enumerate(sums):
        terms = [
            f"{factor(layer.padded[channel][layer.read(at, tap)])}×{factor(layer.weight[out_channel, channel][tap])}"
            for tap in layer.taps
        ]
        name = f"channel {channel}: " if several else ""
        left = " + ".join(terms)
        lines.append(f"{name}{left} {sign(left, written(total))} {written(total)}")
    if not several and layer.bias is None:
        return [*lines, ""]
    bias = "" if layer.bias is None else f" + {factor(layer.bias[out_channel])} (bias)"
    result = written(layer.output[out_channel][at])
    left = f"{' + '.join(map(factor, sums))}{bias}"
    return [*lines, f"output: {left} {sign(left.removesuffix(' (bias)'), result)} {result}"]


@pytest.mark.parametrize("layer", [LESSON, CHANNELS, REALS, STRIDED], ids=["lesson", "channels", "reals", "strided"])
def test_every_number_of_every_output_value(open_again: Callable[..., Stage], layer: Oracle) -> None:
    stage = open_again(layer.link)
    out_channels, in_channels = layer.weight.shape[:2]
    stage.expect(steps=layer.output.size)
    still = stage.look()
    for channel in range(in_channels):
        assert misread(still.numbers("input", channel), layer.padded[channel]) == []
    for channel in range(out_channels):
        assert misread(still.numbers("output", channel), layer.output[channel]) == []

    for seen, (out_channel, at, index) in zip(stage.walk(), places(layer), strict=True):
        for channel in range(in_channels):
            assert seen.window(channel) == layer.window(at)
            assert misread(seen.live("kernel", channel), layer.weight[out_channel, channel]) == []
            assert misread(seen.live("products", channel), layer.products(out_channel, channel, at)) == []
            assert misread(seen.live("partial", channel), [layer.sums(out_channel, at)[channel]]) == []
        if in_channels > 1:
            assert misread(seen.live("sum"), [sum(layer.sums(out_channel, at))]) == []
        if layer.bias is not None:
            assert misread(seen.live("bias"), [layer.bias[out_channel]]) == []
        assert seen.cursor == ("output", out_channel, *at)
        # Maps before this one are bare, those after it covered, and this one bare up to the cell just made.
        size = len(layer.outputs)
        assert seen.revealed == [size] * out_channel + [index + 1] + [0] * (out_channels - out_channel - 1)
        assert seen.equation == expected_equation(layer, out_channel, at)


def test_every_multiply_and_every_partial_sum(open_again: Callable[..., Stage]) -> None:
    """The finer grains: products appear one by one; a channel's sum, the total and the output once they are made."""
    layer = CHANNELS
    stage = open_again(layer.link)
    in_channels, taps = layer.weight.shape[1], len(layer.taps)

    stage.press("3")
    stage.expect(steps=layer.output.size * in_channels * taps)
    by_tap = stage.walk()
    for out_channel, at, index in places(layer):
        for channel in range(in_channels):
            for tap in range(taps):
                check_partial(next(by_tap), layer, out_channel, at, index, channel, tap, grain="tap")
    assert next(by_tap, None) is None

    stage.press("2")
    stage.expect(steps=layer.output.size * in_channels)
    by_channel = stage.walk()
    for out_channel, at, index in places(layer):
        for channel in range(in_channels):
            check_partial(next(by_channel), layer, out_channel, at, index, channel, taps - 1, grain="channel")
    assert next(by_channel, None) is None


def check_partial(
    seen, layer: Oracle, out_channel: int, at: tuple[int, int], index: int, channel: int, tap: int, grain: str
) -> None:
    """Check a step that has just done `tap` of `channel`: what is made by then is shown, and the rest is not."""
    in_channels, taps = layer.weight.shape[1], len(layer.taps)
    sums = layer.sums(out_channel, at)
    ended = tap == taps - 1
    for other in range(in_channels):
        done = taps if other < channel else 0 if other > channel else tap + 1
        products = layer.products(out_channel, other, at)[:done] + [None] * (taps - done)
        assert misread(seen.live("products", other), products) == []
        so_far = sums[other] if done == taps else sum(products[:done]) if done else None
        assert misread(seen.live("partial", other), [so_far]) == []
    summed = channel + ended
    assert misread(seen.live("sum"), [sum(sums[:summed]) if summed else None]) == []
    whole = ended and channel == in_channels - 1
    assert seen.revealed[out_channel] == index + whole
    assert seen.equation[-1].endswith(f" = {written(layer.output[out_channel][at])}" if whole else " = …")
    if grain == "tap":
        kernel_cell = layer.taps[tap]
        padded_cell = layer.read(at, kernel_cell)
        assert seen.tap_marks == [("kernel", channel, *kernel_cell), ("input", channel, *padded_cell)]
        value, weight = layer.padded[channel][padded_cell], layer.weight[out_channel, channel][kernel_cell]
        assert f"{factor(value)}×{factor(weight)} = {written(value * weight)}" in seen.equation[1 + channel]
    else:
        assert seen.tap_marks == []


def test_the_check_against_pytorch(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.page.get_by_role("button", name="Check against PyTorch").click()
    verdict = stage.page.get_by_text("PyTorch computes the same numbers")
    expect(verdict).to_be_visible()
    expect(verdict).to_contain_text(f"over {LESSON.output.size} outputs")
    stage.expect(problem="", step=0)
