"""What the page says of the cells that stamps reach, against counting and against PyTorch."""

import re
from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from torch.nn.functional import conv_transpose2d

from engine import ConvTranspose2d, TransposedAxis, record
from kinds.registry import PRESETS
from kinds.transposed.overlap_words import MOST_LISTED, phases, sums_sentence, unreached_sentence, verdict
from pages.shared.playing import play
from tests.draws import examples
from tests.engine.strategies import Case, torch_transposed, transposed_axes, transposed_cases


@given(transposed_axes())
@settings(max_examples=examples(40))
def test_the_verdict_is_true_of_a_long_line_and_of_the_layers_own_counts(axis: TransposedAxis) -> None:
    taps = Counter(at * axis.stride + tap * axis.dilation for at in range(100) for tap in range(axis.kernel))
    middle = [taps[50 * axis.stride + cell] for cell in range(2 * axis.stride)]
    sentence = verdict(axis)
    assert ("unevenly" in sentence) is (len(set(middle)) > 1)
    assert ("holes" in sentence) is (0 in middle)
    if len(set(middle)) > 1:
        assert f"the counts go {', '.join(map(str, middle))} …" in sentence
    else:
        assert f"every cell is stamped {'once' if middle[0] == 1 else f'{middle[0]} times'}." in sentence
    own = Counter(at * axis.stride + tap * axis.dilation for at in range(axis.length) for tap in range(axis.kernel))
    line = [own[cell + axis.before] for cell in range(axis.output)]
    windows = [line[start : start + axis.stride] for start in range(len(line))]
    is_shown = any(middle[start : start + axis.stride] in windows for start in range(axis.stride))
    assert ("too small" in sentence) is not is_shown


@pytest.mark.parametrize(("dilation", "words"), [(2, "taps stand 2 apart"), (1, "stamped 2 times")])
def test_dilation_can_make_uneven_counts_of_a_kernel_that_divides(dilation: int, words: str) -> None:
    assert words in verdict(TransposedAxis(5, 0, 0, kernel=4, stride=2, dilation=dilation, output_padding=0))


def lines_named(sentence: str, one: str) -> tuple[list[int], int]:
    """Return the rows or columns that a sentence names, and how many it says there are."""
    found = re.search(rf"{one}s? (\d+(?:(?:, | and )\d+(?!\w))*)(?:, …, (\d+) \((\d+) in all\))?", sentence)
    if found is None:
        return [], 0
    named = [int(number) for number in re.findall(r"\d+", found[1])]
    return ([*named, int(found[2])], int(found[3])) if found[2] else (named, len(named))


@given(transposed_cases(most_channels=2))
@settings(max_examples=examples(40))
def test_the_cells_named_are_those_where_torch_puts_the_bias_alone(case: Case[ConvTranspose2d]) -> None:
    """Real numbers other than 0, so that no sum of products happens to be 0."""
    positive = Case(case.layer, np.abs(case.x) + 1, np.abs(case.weight) + 1, case.bias)
    output = torch_transposed(positive)[0]
    alone = output == (0.0 if case.bias is None else case.bias[0])
    rows, columns = np.flatnonzero(alone.all(axis=1)).tolist(), np.flatnonzero(alone.all(axis=0)).tolist()
    sentence = unreached_sentence(record(*positive.arguments))
    assert bool(sentence) is bool(alone.any())
    assert ("the output is only the bias there" in sentence) is (bool(sentence) and case.bias is not None)
    if alone.all():
        assert sentence.startswith("No stamp reaches any cell of the output: ")
        return
    for word, lines in (("row", rows), ("column", columns)):
        named, count = lines_named(sentence, word)
        assert count == len(lines)
        assert named == (lines if len(lines) <= MOST_LISTED else [*lines[:3], lines[-1]])


def test_many_cells_are_counted_and_not_all_written_out() -> None:
    layer = ConvTranspose2d(1, 1, 1, stride=8)
    sentence = unreached_sentence(record(layer, np.ones((1, 3, 1)), np.ones((1, 1, 1, 1)), [2.0]))
    assert sentence == (
        "No stamp reaches rows 1, 2, 3, …, 15 (14 in all) of the output (counted from 0): "
        "the output is only the bias there."
    )


@given(transposed_cases())
@settings(max_examples=examples(20))
def test_the_sums_by_phase_are_what_torch_makes_of_ones(case: Case[ConvTranspose2d]) -> None:
    layer, weight = case.layer, torch.from_numpy(np.asarray(case.weight, dtype=float))
    ones = torch.ones(1, layer.in_channels, 60, 60, dtype=torch.float64)
    whole = conv_transpose2d(ones, weight, None, layer.strides, 0, 0, layer.groups, layer.dilations)[0].numpy()
    starts = [30 * step + before for step, (before, _) in zip(layer.strides, layer.cropping, strict=True)]
    cells = [slice(start, start + step) for start, step in zip(starts, layer.strides, strict=True)]
    np.testing.assert_allclose(phases(record(*case.arguments)), whole[:, *cells], atol=1e-9)


def test_equal_sums_make_no_checkerboard_and_unequal_ones_do() -> None:
    tent, flat = (PRESETS["transposed"][slug].state for slug in ("checkerboard-tent", "checkerboard"))
    assert "add up to 1: **no checkerboard**" in sums_sentence(phases(play(tent).record)[0])
    assert "1 in one phase and to 4 in another: **a checkerboard of 3**" in sums_sentence(phases(play(flat).record)[0])
    assert (play(tent).record.output[0, 1:-1, 1:-1][1:-1, 1:-1] == 1).all()
