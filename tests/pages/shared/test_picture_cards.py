"""The pictures of the cards of pages that show a picture."""

import re
from base64 import b64decode
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from engine.arrays import Floats
from pages.shared.enlarging import enlarge
from pages.shared.picture_cards import enlarged_piece, filtered, filtered_piece
from pages.shared.samples import sample_pixels
from sharing.filter_bank import FilterBank
from sharing.image_kernels import ImageKernelName, ImageView
from sharing.images import AfterFilter, ImagesState
from sharing.upsampling import UpsamplingState, UpsamplingWay
from tests.player.image_oracle import painted, sums


def drawn(svg: str) -> Floats:
    found = re.search(r"base64,([^\"]+)", svg)
    assert found is not None
    with Image.open(BytesIO(b64decode(found[1]))) as image:
        return np.asarray(image, dtype=float)


def test_a_card_has_a_piece_of_the_picture_pixel_by_pixel() -> None:
    result = enlarge(UpsamplingState(), UpsamplingWay.TRANSPOSED).result
    assert np.array_equal(drawn(enlarged_piece(UpsamplingState())), np.clip(result.round(), 0, 255)[21:76])
    small = UpsamplingState(size=16)
    assert drawn(enlarged_piece(small)).shape == (32, 32)


@pytest.mark.parametrize("view", [ImageView.CLIPPED, ImageView.MAGNITUDE])
@pytest.mark.parametrize("after", AfterFilter)
def test_a_filtered_picture_is_the_pages(view: ImageView, after: AfterFilter) -> None:
    state = ImagesState(view=view, kernel=ImageKernelName.EMBOSS, stride=2, after=after)
    kernel = state.chosen_kernel()
    moving = {"stride": 2, "dilation": 1, "padding": (1, 1), "mode": state.padding_mode, "value": 0}
    theirs = painted(sums(sample_pixels(state.picture), kernel, moving), kernel, view, after)[..., 0]
    assert np.array_equal(np.clip(np.floor(filtered(state) + 0.5), 0, 255), theirs)
    assert drawn(filtered_piece(state)).shape == (55, min(128, theirs.shape[1]))


def test_the_card_of_a_bank_has_the_same_piece_of_every_map() -> None:
    state = ImagesState(kernel=ImageKernelName.GABOR, view=ImageView.CLIPPED, bank=FilterBank.GABOR_4)
    maps = []
    for angle in (0, 45, 90, 135):
        kernel = replace(state, angle=angle).chosen_kernel()
        moving = {"stride": 1, "dilation": 1, "padding": (3, 3), "mode": state.padding_mode, "value": 0}
        maps.append(sums(sample_pixels(state.picture), kernel, moving) / kernel.divisor)
    full = np.abs(maps).max() / 3
    pieces = [one[60:115, 67:99] for one in maps]
    theirs = np.clip(np.round(255 * np.hstack(pieces) / full), 0, 255)
    assert np.abs(drawn(filtered_piece(state)) - theirs).max() <= 1
