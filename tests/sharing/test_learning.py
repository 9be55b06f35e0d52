"""What is to be learned, by a state: inputs, wanted outputs, starts, and what is refused."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from engine import LayerError
from sharing.learning import GivenInput, LearningState, WantedOutput

TYPED = {"given": GivenInput.TYPED}
WANTED = {"wanted": WantedOutput.TYPED}


def test_the_lesson_is_bars_and_their_edges() -> None:
    lesson = LearningState().lesson()
    assert lesson.task.inputs.tolist() == [[[[1, 1, 0, 0, 0, 0, 1, 1]] * 6]]
    assert lesson.task.wanted.tolist() == [[[[0, 1, 0, 0, 0, -1, 0]] * 6]]
    assert np.abs(lesson.start).max() <= 0.71


@pytest.mark.parametrize("seed", [0, 1, 2, 999_999])
def test_a_hidden_kernel_makes_what_is_wanted(seed: int) -> None:
    state = replace(
        LearningState(),
        given=GivenInput.NOISE,
        wanted=WantedOutput.HIDDEN,
        kernel_height=3,
        kernel_width=2,
        seed=seed,
    )
    lesson = state.lesson()
    assert lesson.kernel is not None
    expected = torch.conv2d(torch.tensor(lesson.task.inputs), torch.tensor(lesson.kernel))
    np.testing.assert_allclose(lesson.task.wanted, expected, atol=1e-12)
    noisy = replace(state, noise=20).lesson()
    assert 0.05 < (noisy.task.wanted - lesson.task.wanted).std() < 0.5
    assert (noisy.start == lesson.start).all()


def test_what_is_drawn_is_drawn_by_the_seed() -> None:
    drawn = [
        replace(LearningState(), given=GivenInput.NOISE, wanted=WantedOutput.HIDDEN, noise=10, seed=seed).lesson()
        for seed in (1, 1, 2)
    ]
    first, again, other = ([one.start, one.task.inputs, one.kernel, one.task.wanted] for one in drawn)
    for one, same, another in zip(first, again, other, strict=True):
        assert np.array_equal(one, same)  # type: ignore[arg-type]
        assert not np.array_equal(one, another)  # type: ignore[arg-type]


def test_a_batch_stands_apart_by_dashes() -> None:
    state = replace(LearningState(), **TYPED, input_text="1 2 3\n---\n4 5 6", kernel_text="1 1")
    assert state.lesson().task.wanted.tolist() == [[[[3, 5]]], [[[9, 11]]]]


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    (TYPED | {"input_text": "1 2\n3"}, "row_ragged", "input"),
    (TYPED | {"input_text": "1\n---\n" * 9}, "too_many.images", "input_text"),
    (TYPED | {"input_text": "1\n\n" * 4}, "too_many.channels", "input_text"),
    (TYPED | {"input_text": "1\n" * 17}, "too_many.rows", "input_text"),
    (TYPED | {"input_text": "1 " * 17}, "too_many.columns", "input_text"),
    ({"kernel_text": "1\n---\n" * 4}, "too_many.filters", "kernel_text"),
    ({"kernel_text": "1\n" * 6}, "too_many.rows", "kernel_text"),
    ({"kernel_text": "1\n\n2"}, "channels_differ", "kernel_text"),
    ({"height": 1, "kernel_text": "1\n1"}, "kernel_larger", "kernel_text"),
    ({"wanted": WantedOutput.HIDDEN, "width": 1}, "kernel_larger", "kernel_height"),
    (WANTED | {"wanted_text": "1\n---\n2"}, "images_differ", "wanted_text"),
    (WANTED | {"wanted_text": "1 2"}, "no_such_kernel", "wanted_text"),
    (WANTED | {"wanted_text": ("1 " * 9 + "\n") * 6}, "no_such_kernel", "wanted_text"),
    ({"steps": None}, "number_empty.shows", "steps"),
    ({"steps": 101}, "number_out_of_bounds.shows", "steps"),
]


@pytest.mark.parametrize(("fields", "key", "parameter"), REFUSED)
def test_what_makes_no_lesson_is_refused(fields: dict[str, Any], key: str, parameter: str) -> None:
    with pytest.raises(LayerError) as caught:
        replace(LearningState(), **fields).lesson()
    assert (caught.value.key, caught.value.parameter) == (key, parameter)
