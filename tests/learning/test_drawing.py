"""Digits drawn by strokes: fifty of them, in five imitated hands, are read, because they are made like MNIST's."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feed_forward import feed_forward
from learning.data_sets import DataSet, held_out
from learning.drawing import BOX, MOST_POINTS, MOST_STROKES, UNITS, Stroke, as_drawn, as_mnist, read_strokes
from learning.recording import recorded_run
from pages.train_a_network_parts.words import DRAWN_RIGHT, DRAWN_RIGHT_AS_THEY_STAND

DRAWN = json.loads(Path(__file__).with_name("drawn_digits.json").read_text(encoding="utf-8"))
RUN = recorded_run(DataSet.DIGITS)
PLACES = st.integers(0, UNITS)
STROKES = st.lists(st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=9).map(tuple), min_size=1, max_size=5)


def strokes_of(drawn: dict[str, Any]) -> tuple[Stroke, ...]:
    strokes = read_strokes(drawn["strokes"])
    assert strokes is not None
    return strokes


def read(image: np.ndarray) -> int:
    return int(feed_forward(RUN.recipe.layers, RUN.parameters(-1), image[None])[-1].argmax())


def test_fifty_drawn_digits_are_read() -> None:
    assert sorted((one["digit"], one["hand"]) for one in DRAWN) == [
        (d, hand) for d in range(10) for hand in range(1, 6)
    ]
    right = sum(read(as_mnist(strokes_of(one))) == one["digit"] for one in DRAWN)
    assert right == DRAWN_RIGHT >= 45
    assert sum(read(as_drawn(strokes_of(one))) == one["digit"] for one in DRAWN) == DRAWN_RIGHT_AS_THEY_STAND


def test_hands_differ_and_the_ink_is_as_much_as_mnists() -> None:
    images = [as_mnist(strokes_of(one)) for one in DRAWN]
    for first in range(0, 50, 5):
        hands = images[first : first + 5]
        apart = [np.abs(a - b).sum() for at, a in enumerate(hands) for b in hands[at + 1 :]]
        assert min(apart) > 15
    theirs = held_out(DataSet.DIGITS).inputs().sum(axis=(1, 2, 3)).mean()
    assert np.mean([image.sum() for image in images]) == pytest.approx(theirs, rel=0.1)


@given(STROKES)
def test_what_is_drawn_is_scaled_and_centred_as_mnists_are(strokes: list[Stroke]) -> None:
    image = as_mnist(strokes)
    assert image.shape == (28, 28)
    assert 0 <= image.min() <= image.max() <= 1
    assert image.sum() > 1
    places = np.arange(28) + 0.5
    mass = [image.sum(axis=axis) @ places / image.sum() for axis in (0, 1)]
    rows, columns = (np.flatnonzero(image.max(axis=axis) > 0.02) for axis in (1, 0))
    if min(rows[0], columns[0]) > 0 and max(rows[-1], columns[-1]) < 27:  # nothing of it is beyond the edge
        assert mass == pytest.approx([14, 14], abs=0.25)
        longest = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
        if len({point for stroke in strokes for point in stroke}) > 1:
            assert BOX - 1 <= longest <= BOX + 2


@given(STROKES, st.integers(0, 60), st.integers(0, 60))
def test_where_and_how_large_it_is_drawn_makes_no_difference(strokes: list[Stroke], right: int, down: int) -> None:
    small = [tuple((x // 4 * 2, y // 4 * 2) for x, y in stroke) for stroke in strokes]
    moved = [tuple((x + right, y + down) for x, y in stroke) for stroke in small]
    np.testing.assert_allclose(as_mnist(small), as_mnist(moved), atol=1e-6)
    larger = [tuple((x // 2 * 3, y // 2 * 3) for x, y in stroke) for stroke in small]
    if len({point for stroke in small for point in stroke}) > 1:
        np.testing.assert_allclose(as_mnist(small), as_mnist(larger), atol=1e-6)


def test_a_line_is_inked_where_it_goes() -> None:
    image = as_drawn([((45, 145), (235, 145))])  # along the middle of row 14
    assert (image[14, 5:23] == 1).all()
    assert image[14, :3].max() == image[17].max() == image[11].max() == 0
    np.testing.assert_allclose(image[13], image[15])
    assert as_drawn([]).max() == as_mnist([]).max() == 0


@pytest.mark.parametrize(
    "said",
    [
        None,
        "1 2",
        [1, 2],
        [[]],
        [[1, 2, 3]],
        [[1, -1]],
        [[1, UNITS + 1]],
        [[1, 2.0]],
        [[True, 1]],
        [["1", "2"]],
        [[1, 2]] * (MOST_STROKES + 1),
        [[1, 2] * (MOST_POINTS + 1)],
    ],
)  # fmt: skip
def test_what_are_no_strokes_is_not_read(said: object) -> None:
    assert read_strokes(said) is None


def test_as_many_as_there_may_be_are_read() -> None:
    assert read_strokes([]) == ()
    strokes = read_strokes([[1, 2]] * (MOST_STROKES - 1) + [[3, 4] * (MOST_POINTS - MOST_STROKES + 1)])
    assert strokes is not None
    assert sum(map(len, strokes)) == MOST_POINTS
