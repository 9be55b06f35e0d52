"""The words under the stage of a transposed layer, against PyTorch's sizes."""

import numpy as np
from hypothesis import given, settings

from engine import ConvTranspose2d, record
from kinds.transposed.code import check
from kinds.transposed.words import equivalent_size, plain_size, plain_size_text, size_text, transposed_size
from kinds.transposed.words import summary as transposed_summary
from pages.shared.torch_check import compare
from tests.draws import examples
from tests.engine.strategies import Case, torch_transposed, transposed_cases


def worked_out(side: str) -> int:
    """Work out one side of a formula as a reader would."""
    return int(eval(side.replace("−", "-").replace("·", "*"), {"__builtins__": {}}))


@given(transposed_cases())
@settings(max_examples=examples(10))
def test_every_formula_is_true_and_leads_to_pytorchs_size(case: Case[ConvTranspose2d]) -> None:
    axes = record(*case.arguments).axes
    for axis, size in zip(axes, torch_transposed(case).shape[1:], strict=True):
        left, right = transposed_size(axis).split(" = ")
        assert worked_out(left) == worked_out(right) == size
        plain, *span = plain_size(axis).split(", where a stamp spans ")
        assert {worked_out(side) for side in plain.split(" = ")} == {size}
        assert [worked_out(side) for one in span for side in one.split(" = ")] == [axis.extent] * 2 * len(span)
        parts, output = equivalent_size(axis).rsplit(": ", 1)
        for part in parts.replace(" (below 0, so it crops)", "").split(", "):
            sides = part.split(" = ")[1:]  # after the name of what they say
            assert len({worked_out(side) for side in sides}) == 1, part
        left, right = output.split(" = ")
        assert worked_out(left) == worked_out(right) == size
        assert ("so it crops" in parts) is (axis.extent - 1 < max(axis.before, axis.after))


def ones(case: Case[ConvTranspose2d]) -> Case[ConvTranspose2d]:
    """Return the layer with ones for its numbers, and no bias to speak of: its output counts landings."""
    bias = None if case.bias is None else 0 * case.bias
    return Case(case.layer, np.ones_like(case.x), np.ones_like(case.weight), bias)


@given(transposed_cases(most_channels=2))
@settings(max_examples=examples(6))
def test_a_summary_counts_what_is_stamped_and_what_is_cropped(case: Case[ConvTranspose2d]) -> None:
    """By torch: as many landings are left as ones stamped with ones add up to."""
    sentence = transposed_summary(record(*case.arguments))
    stamped = case.x[0].size * case.weight.size
    cropped = stamped - int(torch_transposed(ones(case)).sum())
    assert f"{stamped:,} in all" in sentence
    assert (f"crops {cropped:,}." in sentence) is (cropped > 0)


@given(transposed_cases())
@settings(max_examples=examples(6))
def test_pytorchs_own_function_is_what_is_compared_with(case: Case[ConvTranspose2d]) -> None:
    found = compare(check(record(*case.arguments)))
    np.testing.assert_allclose(found.output, torch_transposed(case), rtol=0, atol=1e-9)
    assert found.largest_difference <= 1e-9


def test_same_says_in_numbers_what_it_crops_and_what_it_adds() -> None:
    def said(kernel: int, padding: str) -> str:
        layer = ConvTranspose2d(1, 1, kernel, stride=2, padding=padding, bias=False)
        return plain_size_text(record(layer, np.ones((1, 2, 2)), np.ones(layer.weight_shape)))[1]

    assert said(3, "same_upper").endswith(
        "half of it before, and the odd cell after  \nrows and columns: 3 − 2 = 1: 0 cropped before, 1 after"
    )
    assert said(3, "same_lower").endswith(
        "half of it after, and the odd cell before  \nrows and columns: 3 − 2 = 1: 1 cropped before, 0 after"
    )
    assert said(1, "same_upper").endswith("rows and columns: 2 − 1 = 1 added at the end, where no stamp reaches")


def test_the_general_formula_names_both_ends_where_they_are_cropped_unlike() -> None:
    layers = [ConvTranspose2d(1, 1, 3, 2, padding, bias=False) for padding in (1, ((0, 1), (0, 1)))]
    even, uneven = (size_text(record(one, np.ones((1, 2, 2)), np.ones(one.weight_shape)))[0] for one in layers)
    assert "− 2·padding +" in even
    assert "− padding before − padding after +" in uneven
    assert "rows and columns: (2 − 1)·2 − 0 − 1 + 1·(3 − 1) + 0 + 1 = 4" in uneven
