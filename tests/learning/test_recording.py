"""The recorded run: torch comes to it again, and the engine alone reads with it what it says was read."""

from itertools import islice

import numpy as np
import pytest

from engine.feed_forward import cross_entropy, feed_forward, parameter_shapes
from learning.digits import CLASSES, HELD_OUT, held_out, to_learn
from learning.recipe import LESSON
from learning.recording import CHECKPOINTS, lesson_recording, pack, recorded_steps, unpack
from learning.training import scores_of, train
from scripts.record_digits import LEAST_ACCURACY

LAST = CHECKPOINTS - 1
RUN = lesson_recording()


def scores(checkpoint: int) -> np.ndarray:
    parameters = RUN.parameters(checkpoint)
    return np.array([feed_forward(LESSON.layers, parameters, digit)[-1] for digit in held_out().inputs()])


def test_the_digits_are_as_many_of_each_class_and_none_is_held_out_and_learned() -> None:
    for digits, count in ((to_learn(), 4000), (held_out(), HELD_OUT)):
        assert digits.images.shape == (count, 28, 28)
        assert np.bincount(digits.labels).tolist() == [count // CLASSES] * CLASSES
        assert (digits.images.min(), digits.images.max()) == (0, 255)
    both = np.concatenate([to_learn().images, held_out().images]).reshape(5000, -1)
    assert len(np.unique(both, axis=0)) == 5000


def test_torch_comes_to_the_first_steps_again() -> None:
    last = 8
    assert RUN.steps[: last + 1].tolist() == [*range(last + 1)]
    for one in islice(train(LESSON, to_learn()), last + 1):
        # Adam takes a step of the rate's size also along a slope near 0, whose sign is another processor's rounding.
        assert np.isclose(RUN.vectors[one.step], one.parameters, atol=1e-4).mean() > 0.98
        np.testing.assert_allclose(RUN.vectors[one.step], one.parameters, atol=2 * LESSON.optimizer.lr * one.step)
    assert np.abs(RUN.vectors[last] - RUN.vectors[0]).max() > 5e-3


def test_the_run_has_the_steps_that_its_script_would_record() -> None:
    assert RUN.steps.tolist() == recorded_steps(LESSON, len(to_learn().labels))
    assert RUN.steps[-1] == LESSON.epochs * 63


@pytest.mark.parametrize("checkpoint", [0, 30, LAST])
def test_the_engine_reads_what_the_recording_says(checkpoint: int) -> None:
    found = scores(checkpoint)
    assert found.argmax(axis=1).tolist() == RUN.read[checkpoint].tolist()
    assert cross_entropy(found, held_out().labels) == pytest.approx(RUN.held_out_losses[checkpoint], rel=1e-6)
    np.testing.assert_allclose(found, scores_of(LESSON, RUN.vectors[checkpoint], held_out()), atol=1e-9)


def test_the_last_checkpoint_reads_enough() -> None:
    assert RUN.accuracies[-1] == (scores(LAST).argmax(axis=1) == held_out().labels).mean() >= LEAST_ACCURACY
    assert LESSON.parameter_count == RUN.vectors.shape[1] == 20_490


def test_what_it_says_of_the_digits_it_learned_is_so() -> None:
    found = scores_of(LESSON, RUN.vectors[-1], to_learn())
    assert (found.argmax(axis=1) == to_learn().labels).mean() == RUN.learned_accuracies[-1]
    assert cross_entropy(found, to_learn().labels) == pytest.approx(RUN.learned_losses[-1], rel=1e-9)


def test_the_confusion_counts_every_digit() -> None:
    for checkpoint in (0, 20, LAST):
        table = RUN.confusion(checkpoint)
        assert table.sum(axis=1).tolist() == [HELD_OUT // CLASSES] * CLASSES
        assert np.trace(table) == round(RUN.accuracies[checkpoint] * HELD_OUT)
        wrong = RUN.misread(checkpoint)
        assert len(wrong) == HELD_OUT - np.trace(table)
        for place in wrong[:5]:
            assert table[held_out().labels[place], RUN.read[checkpoint][place]] > 0


@pytest.mark.parametrize("checkpoint", [0, 1, LAST])
def test_how_far_parameters_have_moved_is_a_share_of_their_start(checkpoint: int) -> None:
    start, now = RUN.parameters(0), RUN.parameters(checkpoint)
    assert RUN.moved.keys() == start.keys()
    for name, moved in RUN.moved.items():
        assert moved.shape == (CHECKPOINTS,)
        expected = np.linalg.norm((now[name] - start[name]).ravel()) / np.linalg.norm(start[name].ravel())
        assert moved[checkpoint] == pytest.approx(expected, abs=1e-6)


def test_what_is_packed_comes_back_to_within_half_of_its_scale() -> None:
    rng = np.random.default_rng(1)
    vectors = list(rng.normal(size=(6, LESSON.parameter_count)).astype(np.float32).cumsum(axis=0))
    vectors[3] = vectors[2]  # a step without a change
    packed = pack(LESSON, vectors)
    back = unpack(LESSON, packed)
    lengths = [int(np.prod(shape)) for shape in parameter_shapes(LESSON.layers).values()]
    for number, vector in enumerate(vectors):
        room = 0 if number == 0 else np.repeat(packed.scales[number - 1], lengths) * 0.51
        assert (np.abs(back[number] - vector) <= room + 1e-6).all()
