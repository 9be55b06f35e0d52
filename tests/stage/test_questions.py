"""What is asked of a layer: not too much of a large one, one right size among wrong ones, and every mistake named."""

import numpy as np

from engine import Conv2d, ConvTranspose2d, CornerMistake, PoolMistake, SizeMistake, SumMistake, record
from kinds.transposed.play import transposed_stage
from kinds.transposed.state import SINGLE_VIEWS, TransposedView
from stage.model import Questions, ScatterView, WindowsView
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
        key.removesuffix(".line").removesuffix(".volume").removesuffix(".stamp")
        for key in TEMPLATES
        if key.startswith(("sum.", "size.", "cells."))
    }
    mistakes = {
        f"{of}.{one}"
        for of, all_ in (("sum", SumMistake), ("sum", PoolMistake), ("size", SizeMistake), ("cells", CornerMistake))
        for one in all_
    }
    assert named - {"cells"} == mistakes | {"sum.other", "cells.other", "cells.another_group"}


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


def stamps_asked(layer: ConvTranspose2d, size: tuple[int, int], *views: TransposedView) -> Questions:
    x, weight = np.ones((layer.in_channels, *size)), np.arange(np.prod(layer.weight_shape)).reshape(layer.weight_shape)
    (view,) = transposed_stage(record(layer, x, weight), views).layers
    assert isinstance(view, ScatterView)
    assert view.questions is not None
    return view.questions


def test_where_more_than_stamps_is_shown_no_size_and_no_stamp_is_asked() -> None:
    """The input with zeros and the matrix would tell them."""
    layer = ConvTranspose2d(1, 1, 3, 2, 1, 1, bias=False)
    for views in [SINGLE_VIEWS, *((view,) for view in SINGLE_VIEWS)]:
        found, are_alone = stamps_asked(layer, (3, 3), *views), views == (TransposedView.STAMP,)
        assert found.sums is not None
        assert (found.sizes != (), found.corners is not None) == (are_alone, are_alone)


def test_one_size_of_a_transposed_layer_is_right_and_its_likeliest_mistakes_are_there() -> None:
    """3 inputs, k = 3, s = 2, p = 1 and one more: 6; and 10 with p added, 4, 5, or 2 the other way round."""
    sizes = stamps_asked(ConvTranspose2d(1, 1, 3, 2, 1, 1, bias=False), (3, 3), TransposedView.STAMP).sizes
    assert [(choice.size, choice.mistake) for choice in sizes] == [
        ((2, 2), SizeMistake.ORDINARY_FORMULA),
        ((4, 4), SizeMistake.STRIDE_FORGOTTEN),
        ((5, 5), SizeMistake.OUTPUT_PADDING_FORGOTTEN),
        ((6, 6), None),
        ((10, 10), SizeMistake.PADDING_ADDED),
    ]


def test_of_a_large_transposed_layer_no_sums_are_asked() -> None:
    """What counts is what lands on an output: of 8 channels of 5x5 taps, with a stride of 5, that is 8."""
    side = int(MOST_ASKED**0.5)
    one = ConvTranspose2d(1, 1, 1, bias=False)
    assert stamps_asked(one, (side, side), TransposedView.STAMP).sums is not None
    large = stamps_asked(one, (side, side + 1), TransposedView.STAMP)
    assert (large.sums, large.corners) == (None, None)
    assert stamps_asked(ConvTranspose2d(8, 1, 5, 5, bias=False), (2, 2), TransposedView.STAMP).sums is not None
    assert stamps_asked(ConvTranspose2d(10, 1, 3, bias=False), (2, 2), TransposedView.STAMP).sums is None
