"""What is asked of a layer: not too much of a large one, one right size among wrong ones, and every mistake named."""

import numpy as np

from engine import Conv2d, CornerMistake, PoolMistake, SizeMistake, SumMistake, record
from stage.model import Questions, WindowsView
from stage.questions import MOST_ASKED, MOST_PRODUCTS, TEMPLATES
from stage.stages import sequence_stage, windows_stage


def asked(layer: Conv2d, height: int, width: int) -> Questions:
    weight = np.arange(np.prod(layer.weight_shape)).reshape(layer.weight_shape)
    (view,) = windows_stage(record(layer, np.ones((layer.in_channels, height, width)), weight)).layers
    assert isinstance(view, WindowsView)
    assert view.questions is not None
    return view.questions


def test_every_mistake_has_a_name() -> None:
    named = {
        key.removesuffix(".line").removesuffix(".volume")
        for key in TEMPLATES
        if key.startswith(("sum.", "size.", "cells."))
    }
    mistakes = {
        f"{of}.{one}"
        for of, all_ in (("sum", SumMistake), ("sum", PoolMistake), ("size", SizeMistake), ("cells", CornerMistake))
        for one in all_
    }
    assert named == mistakes | {"sum.other", "cells.other", "cells.another_group"}


def test_of_a_large_layer_no_sums_are_asked() -> None:
    layer = Conv2d(1, 2, 1, bias=False)
    assert asked(layer, 5, MOST_ASKED // 10).sums is not None
    large = asked(layer, 5, MOST_ASKED // 10 + 1)
    assert large.sums is None
    assert large.corners is not None
    assert asked(layer, 2, MOST_ASKED // 2 + 1).corners is None


def test_of_a_sequence_lengths_are_asked() -> None:
    layer = Conv2d(1, 1, (1, 3), bias=False)
    (view,) = sequence_stage(record(layer, np.ones((1, 1, 8)), np.ones(layer.weight_shape))).layers
    assert isinstance(view, WindowsView)
    assert view.questions is not None
    assert [(choice.size, choice.mistake) for choice in view.questions.sizes] == [
        ((5,), SizeMistake.ONE_FORGOTTEN),
        ((6,), None),
        ((8,), SizeMistake.AS_INPUT),
    ]


def test_sums_of_many_products_are_not_asked() -> None:
    for channels, is_asked in ((MOST_PRODUCTS // 9, True), (MOST_PRODUCTS // 9 + 1, False)):
        found = asked(Conv2d(channels, 2, 3, bias=False), 6, 6)
        assert (found.sums is not None) == is_asked
        assert found.corners is not None
    assert asked(Conv2d(8, 8, 3, groups=4, bias=False), 5, 5).sums is not None


def test_one_size_is_right_and_no_two_are_the_same() -> None:
    for layer in (Conv2d(1, 1, 2, 2, bias=False), Conv2d(1, 1, 3, 2, 2, 2, bias=False), Conv2d(1, 1, 5, bias=False)):
        sizes = asked(layer, 5, 6).sizes
        assert [choice.size for choice in sizes if choice.mistake is None] == [layer.output_size(5, 6)]
        assert 2 <= len({choice.size for choice in sizes}) == len(sizes) <= 4
