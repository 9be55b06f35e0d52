"""The recorded runs: torch comes to it again, and the engine alone reads with them what they say was read."""

from itertools import islice

import numpy as np
import pytest

from engine.feed_forward import cross_entropy, feed_forward, parameter_shapes
from learning.data_sets import CLASSES, HELD_OUT, DataSet, held_out, to_learn
from learning.recipe import LESSON, RECORDED
from learning.recording import CHECKPOINTS, pack, recorded_run, recorded_steps, unpack
from learning.training import scores_of, train
from scripts.record_runs import LEAST_ACCURACY

LAST = CHECKPOINTS - 1
RUN = recorded_run(DataSet.DIGITS)

of_every_set = pytest.mark.parametrize("data_set", DataSet)


def scores(data_set: DataSet, checkpoint: int) -> np.ndarray:
    parameters = recorded_run(data_set).parameters(checkpoint)
    return np.array([feed_forward(LESSON.layers, parameters, one)[-1] for one in held_out(data_set).inputs()])


@pytest.mark.parametrize(("data_set", "learned"), [(DataSet.DIGITS, 4000), (DataSet.CLOTHES, 6000)])
def test_there_are_as_many_of_each_class_and_none_is_held_out_and_learned(data_set: DataSet, learned: int) -> None:
    for pictures, count in ((to_learn(data_set), learned), (held_out(data_set), HELD_OUT)):
        assert pictures.images.shape == (count, 28, 28)
        assert np.bincount(pictures.labels).tolist() == [count // CLASSES] * CLASSES
        assert (pictures.images.min(), pictures.images.max()) == (0, 255)
    both = np.concatenate([to_learn(data_set).images, held_out(data_set).images]).reshape(learned + HELD_OUT, -1)
    assert len(np.unique(both, axis=0)) == learned + HELD_OUT


@of_every_set
def test_torch_comes_to_the_first_steps_again(data_set: DataSet) -> None:
    last, run, recipe = 8, recorded_run(data_set), RECORDED[data_set]
    assert run.steps[: last + 1].tolist() == [*range(last + 1)]
    for one in islice(train(recipe, to_learn(data_set)), last + 1):
        # Adam takes a step of the rate's size also along a slope near 0, whose sign is another processor's rounding.
        assert np.isclose(run.vectors[one.step], one.parameters, atol=1e-4).mean() > 0.98
        np.testing.assert_allclose(run.vectors[one.step], one.parameters, atol=2 * recipe.optimizer.lr * one.step)
    assert np.abs(run.vectors[last] - run.vectors[0]).max() > 5e-3


@pytest.mark.parametrize(("data_set", "of_an_epoch"), [(DataSet.DIGITS, 63), (DataSet.CLOTHES, 94)])
def test_a_run_has_the_steps_that_its_script_would_record(data_set: DataSet, of_an_epoch: int) -> None:
    run = recorded_run(data_set)
    assert run.steps.tolist() == recorded_steps(run.recipe, len(to_learn(data_set).labels))
    assert run.steps[-1] == run.recipe.epochs * of_an_epoch


@pytest.mark.parametrize("checkpoint", [0, 30, LAST])
@of_every_set
def test_the_engine_reads_what_the_recording_says(data_set: DataSet, checkpoint: int) -> None:
    found, run, pictures = scores(data_set, checkpoint), recorded_run(data_set), held_out(data_set)
    assert found.argmax(axis=1).tolist() == run.read[checkpoint].tolist()
    assert cross_entropy(found, pictures.labels) == pytest.approx(run.held_out_losses[checkpoint], rel=1e-6)
    np.testing.assert_allclose(found, scores_of(LESSON, run.vectors[checkpoint], pictures), atol=1e-9)


@of_every_set
def test_the_last_checkpoint_reads_enough(data_set: DataSet) -> None:
    run = recorded_run(data_set)
    right = (scores(data_set, LAST).argmax(axis=1) == held_out(data_set).labels).mean()
    assert run.accuracies[-1] == right >= LEAST_ACCURACY[data_set]
    assert LESSON.parameter_count == run.vectors.shape[1] == 20_490


@of_every_set
def test_what_it_says_of_the_pictures_it_learned_is_so(data_set: DataSet) -> None:
    run, pictures = recorded_run(data_set), to_learn(data_set)
    found = scores_of(LESSON, run.vectors[-1], pictures)
    assert (found.argmax(axis=1) == pictures.labels).mean() == run.learned_accuracies[-1]
    assert cross_entropy(found, pictures.labels) == pytest.approx(run.learned_losses[-1], rel=1e-9)


@of_every_set
def test_the_confusion_counts_every_picture(data_set: DataSet) -> None:
    run, labels = recorded_run(data_set), held_out(data_set).labels
    for checkpoint in (0, 20, LAST):
        table = run.confusion(checkpoint)
        assert table.sum(axis=1).tolist() == [HELD_OUT // CLASSES] * CLASSES
        assert np.trace(table) == round(run.accuracies[checkpoint] * HELD_OUT)
        wrong = run.misread(checkpoint)
        assert len(wrong) == HELD_OUT - np.trace(table)
        for place in wrong[:5]:
            assert table[labels[place], run.read[checkpoint][place]] > 0


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
