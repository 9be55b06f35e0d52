"""The page of pictures, as a visitor finds it."""

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine import PaddingMode
from kinds.links import decode
from pages.images_parts.code import PICTURE, PROGRAMS, RESULT
from pages.images_parts.lab import said_angle, said_kernel, stage_link
from pages.images_parts.words import KERNEL_WORDS, cost_words
from pages.shared.samples import FOLDER, sample_files
from sharing.filter_bank import FilterBank
from sharing.image_kernels import KERNELS, ImageKernelName, ImageView
from sharing.images import AfterFilter, ImagePadding, ImagesState, SamplePicture
from sharing.padding_value import mode_arguments
from tests.pages.driver import errors, open_link, page_text, sent_by
from tests.player.image_oracle import painted, sums, undivided

SOBEL = KERNELS[ImageKernelName.SOBEL_X]


def test_every_kernel_is_explained_and_costed() -> None:
    app = open_link({}, "images")
    for name in (*KERNELS, ImageKernelName.OWN):
        app = app.selectbox(key="kernel").set_value(name).run()
        assert errors(app) == []
        assert KERNEL_WORDS[name] in page_text(app)
        if name in KERNELS:
            assert app.session_state["view"] is KERNELS[name].usual_view
    # one's own begins as the kernel before it: Gabor's
    state = decode("images", sent_by(app).query)[0]
    assert state.chosen_kernel() == KERNELS[ImageKernelName.GABOR]


def test_a_separable_kernel_is_costed_both_ways() -> None:
    assert "3 + 3 = **6 multiplies a pixel** in place of 3 × 3 = 9" in cost_words(SOBEL)
    assert "9 × 9 = **81 multiplies**" in cost_words(KERNELS[ImageKernelName.MOTION_BLUR])


def test_a_link_says_it_all() -> None:
    query = {"picture": "brick", "kernel": "own", "kernel_values": "1 -2_3 4", "divisor": "3", "offset": "-7"}
    rest = {"stride": "2", "padding": "valid", "dilation": "2", "view": "magnitude"}
    app = open_link({"v": "1", **query, **rest}, "images")
    assert errors(app) == []
    assert not app.warning
    state, problems = decode("images", query | rest)
    assert problems == ()
    assert (state.picture, state.view, state.stride) == (SamplePicture.BRICK, ImageView.MAGNITUDE, 2)
    assert state.chosen_kernel().weights == ((1, -2), (3, 4))


@pytest.mark.parametrize(
    ("text", "said"),
    [("1 0.5", "whole numbers"), ("1 x", "Kernel values"), ("1 " * 12, "at most 11"), ("", "Kernel values")],
)
def test_what_is_wrong_of_a_kernel_is_said(text: str, said: str) -> None:
    app = open_link({"kernel": "own", "kernel_values": "1"}, "images")
    app = app.text_area(key="kernel_text").set_value(text).run()
    (error,) = errors(app)
    assert said in error
    assert errors(app.text_area(key="kernel_text").set_value("1 2").run()) == []


@pytest.mark.parametrize(
    "said", [None, [], "1", [[1], [1, 2]], [[]], [[1.5]], [[True]], [[1000]], [[1]] * 12, [1, [2]]]
)
def test_weights_that_no_page_says_are_not_taken(said: Any) -> None:
    assert said_kernel(said, SOBEL) is None


def test_weights_that_were_typed_are_taken() -> None:
    kernel = said_kernel([[1, 2], [3, 4]], KERNELS[ImageKernelName.EMBOSS])
    assert kernel is not None
    assert (kernel.weights, kernel.offset) == (((1, 2), (3, 4)), 128)


def test_the_link_to_the_stage_is_one_window() -> None:
    link = stage_link().format(rows=2, columns=3, input="1+2+3_4+5+6", kernel="1+0+-1_0+2+0")
    query = dict(part.replace("+", " ").split("=") for part in link.partition("?")[2].split("&"))
    state, problems = decode("standard", query)
    assert problems == ()
    assert state.layer().output_size(state.height, state.width) == (1, 1)


def test_every_sample_is_a_grey_picture_of_256_pixels_with_its_licence_beside_it() -> None:
    licences = (FOLDER / "LICENCES.txt").read_text(encoding="utf-8")
    assert len(sample_files()) == len(SamplePicture)
    for picture, file in zip(SamplePicture, sample_files().values(), strict=True):
        with Image.open(BytesIO(file)) as image:
            assert (image.format, image.mode, image.size) == ("PNG", "L", (256, 256))
        assert f"{picture}.png" in licences
    assert sum(map(len, sample_files().values())) < 200_000


def test_nothing_counts_that_is_not_ones_own() -> None:
    assert ImagesState(divisor=7, kernel_text="x").chosen_kernel() == SOBEL


CODED = [
    ImagesState(),
    ImagesState(kernel=ImageKernelName.EMBOSS, view=ImageView.CLIPPED, stride=2, padding=ImagePadding.VALID),
    ImagesState(kernel=ImageKernelName.WIDE_GAUSS_BLUR, view=ImageView.CLIPPED, dilation=3),
    ImagesState(
        kernel=ImageKernelName.OWN, kernel_text="1 -2\n3 4\n0 5", divisor=7, offset=-9, view=ImageView.MAGNITUDE
    ),
    ImagesState(after=AfterFilter.RELU, stride=3),
    ImagesState(after=AfterFilter.RELU_POOL),
    ImagesState(
        after=AfterFilter.RELU_POOL, kernel=ImageKernelName.SOBEL_Y, view=ImageView.CLIPPED, padding=ImagePadding.VALID
    ),
    ImagesState(after=AfterFilter.RELU_POOL, kernel=ImageKernelName.OUTLINE, view=ImageView.MAGNITUDE, stride=3),
    *(ImagesState(padding_mode=mode, padding_value=200, stride=3) for mode in PaddingMode),
]


@pytest.mark.parametrize("library", PROGRAMS)
@pytest.mark.parametrize("state", CODED, ids=range(len(CODED)))
def test_each_program_makes_the_result_that_the_engine_makes(
    state: ImagesState, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FOLDER / f"{state.picture}.png", PICTURE)
    kernel = state.chosen_kernel()
    named: dict[str, Any] = {}
    exec(compile(PROGRAMS[library][1](state, kernel), "code", "exec"), named)
    with Image.open(PICTURE) as image:
        pixels = np.array(image)
    arguments = mode_arguments(state.padding_mode, state.padding_value)
    moving: dict[str, Any] = {
        "stride": state.stride,
        "padding": state.padding_sides(kernel),
        "dilation": state.dilation,
    }
    moving |= {"mode": state.padding_mode, "value": arguments["padding_value"]}
    whole = sums(pixels, kernel, moving)
    expected = undivided(whole, kernel, state.after) / kernel.divisor
    np.testing.assert_allclose(named["result"], expected, atol=1e-9)
    with Image.open(RESULT) as image:
        saved = np.array(image)
    assert saved.shape == expected.shape
    if state.view is not ImageView.SIGNED:
        assert np.array_equal(saved, painted(whole, kernel, state.view, state.after)[..., 0])


def test_the_angle_turns_gabor_and_ones_own_begins_as_it_stands() -> None:
    app = open_link({"kernel": "gabor", "angle": "30"}, "images")
    assert app.number_input(key="angle").value == 30
    app = app.number_input(key="angle").set_value(45).run()
    assert "angle" in sent_by(app).query
    turned = ImagesState(kernel=ImageKernelName.GABOR, angle=45).chosen_kernel()
    app = app.selectbox(key="kernel").set_value(ImageKernelName.OWN).run()
    assert errors(app) == []
    assert decode("images", sent_by(app).query)[0].chosen_kernel() == turned
    assert [one.key for one in app.number_input if one.key == "angle"] == []


def test_a_bank_is_chosen_beside_any_kernel_and_is_in_the_link() -> None:
    app = open_link({"kernel": "gabor", "angle": "45"}, "images")
    app = app.selectbox(key="bank").set_value(FilterBank.GABOR_12).run()
    assert errors(app) == []
    query = sent_by(app).query
    assert query["bank"] == ["gabor-12"]
    state, problems = decode("images", query)
    assert (state.bank, state.angle, problems) == (FilterBank.GABOR_12, 45, ())
    app = app.selectbox(key="kernel").set_value(ImageKernelName.SOBEL_X).run()
    assert app.selectbox(key="bank").value is FilterBank.GABOR_12


@pytest.mark.parametrize("said", [None, "45", True, 45.0, 30, -45, [45]])
def test_an_angle_that_the_bank_has_not_is_not_taken(said: Any) -> None:
    state = ImagesState(bank=FilterBank.GABOR_4)
    assert said_angle(said, state.bank) is None
    assert [said_angle(angle, state.bank) for angle in (0, 45, 90, 135)] == [0, 45, 90, 135]
    assert said_angle(0, FilterBank.NONE) is None


def test_an_example_is_chosen_and_what_is_chosen_is_told() -> None:
    app = open_link({}, "images")
    assert app.selectbox(key="example").value == "cat-edges"
    app = app.selectbox(key="example").set_value("level-joints").run()
    state = decode("images", sent_by(app).query)[0]
    assert (state.kernel, state.angle, state.picture) == (ImageKernelName.GABOR, 90, SamplePicture.BRICK)
    app = app.number_input(key="angle").set_value(45).run()
    assert app.selectbox(key="example").value is None


def test_the_programs_are_offered() -> None:
    app = open_link({}, "images")
    assert [one.label for one in app.expander] == list(PROGRAMS)
    assert "sliding_window_view(padded, (3, 3))" in app.code[0].value
