"""The state of the page of upsampling: its weights, its refusals, and its link."""

from dataclasses import asdict, replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import LayerError, phase_sums
from engine.arrays import Floats
from kinds.links import decode
from sharing.fields import limits
from sharing.link import encode
from sharing.upsampling import UpsamplingState, UpsamplingWay, UpsamplingWeights
from sharing.upsampling_examples import UPSAMPLINGS

OPENING = UpsamplingState()
TYPED = {"weights": UpsamplingWeights.TYPED}
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"layers": 3}, "size", "64×64 becomes 512×512 in 3 layers of stride 2, but this page shows at most 256×256"),
    ({"size": 16, "stride": 4, "layers": 3}, "layers", "16×16 becomes 1024×1024 in 3 layers of stride 4"),
    ({"stride": None}, "stride", "stride"),
    ({"size": 129}, "size", "size"),
    ({"output_padding": 2}, "output_padding", "output_padding"),
    (TYPED | {"kernel_text": "1 2\n3 4\n\n1 2\n3 4"}, "kernel", "has 2 matrices"),
    (TYPED | {"kernel_text": "1 2"}, "kernel", "as high as it is wide"),
    (TYPED | {"kernel_text": "\n".join(["1 " * 8] * 8)}, "kernel", "8 rows, but this page takes at most 7"),
]


def black(side: int) -> Floats:
    return np.zeros((side, side))


@pytest.mark.parametrize(("fields", "parameter", "words"), REFUSED)
def test_what_cannot_be_is_refused_with_a_way_out_that_leads_to_a_picture(
    fields: dict[str, Any], parameter: str, words: str
) -> None:
    state = replace(OPENING, **fields)
    with pytest.raises(LayerError) as refused:
        state.check()
    assert refused.value.parameter == parameter
    assert words in str(refused.value)
    ways = [{change.parameter: change.value for change in choice.changes} for choice in refused.value.choices]
    known = [way for way in ways if way.keys() <= asdict(state).keys() and "kernel_text" not in fields]
    assert known or "kernel_text" in fields
    for way in known:
        replace(state, **way).check()


def test_what_is_too_large_has_a_way_out_that_leads_to_a_picture_at_once() -> None:
    """Whatever else is chosen: where fewer layers alone are not enough, a smaller picture comes with them."""
    bounds = limits(UpsamplingState)
    sizes, strides, layers = (range(bounds[name].least, bounds[name].most + 1) for name in ("size", "stride", "layers"))
    refused = set()
    for size, stride, count in product(sizes, strides, layers):
        state = replace(OPENING, size=size, stride=stride, layers=count)
        try:
            state.check()
        except LayerError as error:
            (choice,) = error.choices
            way = {change.parameter: change.value for change in choice.changes}
            replace(state, **way).check()
            refused.add(frozenset(way))
    assert refused == {frozenset({"size"}), frozenset({"layers"}), frozenset({"size", "layers"})}


@given(
    st.sampled_from([one for one in UpsamplingWeights if one is not UpsamplingWeights.TYPED]),
    st.integers(1, 7),
    st.integers(2, 4),
    st.integers(0, 999),
)
def test_weights_keep_a_picture_as_bright_as_it_is(
    weights: UpsamplingWeights, kernel_size: int, stride: int, seed: int
) -> None:
    numbers = {"kernel_size": kernel_size, "stride": stride, "seed": seed, "size": 16}
    state = replace(OPENING, weights=weights, layers=2, **numbers)
    for way in list(UpsamplingWay)[:4]:
        assert phase_sums(state.upsamplings(way, black)).mean() == pytest.approx(1)  # type: ignore[arg-type]


def test_typed_weights_are_taken_as_they_are() -> None:
    state = replace(OPENING, **TYPED, kernel_text="1 2\n3 4")
    transposed, nearest = (state.upsamplings(way, black)[0].weight for way in list(UpsamplingWay)[:2])
    assert transposed.tolist() == [[[[1, 2], [3, 4]]]]
    assert (nearest * 4).tolist() == [[[[1, 2], [3, 4]]]]


def test_random_weights_are_others_in_each_layer_and_each_filter() -> None:
    kernels = replace(OPENING, weights=UpsamplingWeights.RANDOM, size=32, layers=3).kernels()
    assert len({one.tobytes() for one in kernels.reshape(-1, 9)}) == 3 * 5


@pytest.mark.parametrize("name", UPSAMPLINGS)
def test_an_example_comes_back_from_its_link(name: str) -> None:
    state = replace(OPENING, **UPSAMPLINGS[name].fields)
    state.check()
    assert decode("upsampling", encode(state)) == (state, ())


def test_what_has_no_effect_is_not_checked() -> None:
    replace(OPENING, seed=None, kernel_text="x").check()
    assert "seed" in limits(UpsamplingState)
