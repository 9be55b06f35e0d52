"""The browser's picture equals the engine's, cell for cell: every kernel, padding, stride, dilation and view."""

import json
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine import LayerError, PaddingMode
from sharing.image_kernels import KERNELS, ImageKernel, ImageView
from sharing.images import AfterFilter, ImagePadding, ImagesState
from stage.palette import palette
from tests.player.image_oracle import Pixels, painted, sums, undivided
from tests.player.test_player import HERE, NODE

RANDOM = np.random.default_rng(14)
PICTURE: Pixels = RANDOM.integers(0, 256, (23, 17), dtype=np.uint8)
OWN = {
    "even": ImageKernel(((1, -2), (3, 4)), 3, -7),
    "one row": ImageKernel(((1, 0, -1, 5),), 2),
    "widest": ImageKernel(tuple(map(tuple, RANDOM.integers(-999, 1000, (11, 11)).tolist())), 121),
}
ALL = {**{name.value: kernel for name, kernel in KERNELS.items()}, **OWN}

Case = tuple[Pixels, ImageKernel, dict[str, Any]]


def moving_of(kernel: ImageKernel, **chosen: Any) -> dict[str, Any]:
    state = ImagesState(**chosen)
    padding = list(state.padding_sides(kernel))
    # Any value but 0, 255 and their middle, which a mistake could put there.
    value = 200 if state.padding_mode is PaddingMode.CONSTANT else 0
    moving = {"stride": state.stride, "padding": padding, "dilation": state.dilation}
    return moving | {"mode": state.padding_mode.value, "value": value}


def ask(folder: Path, cases: list[Case]) -> list[Any]:
    """Let Node convolve and paint."""
    given = [
        {
            "picture": {"height": len(picture), "width": picture.shape[1], "pixels": picture.ravel().tolist()},
            "kernel": {"weights": kernel.weights, "divisor": kernel.divisor, "offset": kernel.offset},
            "moving": moving,
            "palette": palette("light"),
            "views": [view.value for view in ImageView],
            "afters": [after.value for after in AfterFilter],
        }
        for picture, kernel, moving in cases
    ]
    return ask_node(folder, given)


def ask_node(folder: Path, given: list[dict[str, Any]]) -> list[Any]:
    """Let Node answer what is given, one answer for each."""
    asked, answered = folder / "asked.json", folder / "answered.json"
    asked.write_text(json.dumps(given), encoding="utf-8")
    subprocess.run([NODE, HERE / "images.mjs", asked, answered], check=True)
    answers: list[Any] = json.loads(answered.read_text(encoding="utf-8"))
    return answers


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Any]]:
    cases: list[Case] = [
        (PICTURE, kernel, moving_of(kernel, padding=padding, padding_mode=mode, stride=stride, dilation=dilation))
        for kernel in ALL.values()
        for padding, mode in [(ImagePadding.VALID, PaddingMode.ZEROS), *product([ImagePadding.HALF], PaddingMode)]
        for stride, dilation in [(1, 1), (2, 1), (3, 2)]
    ]
    tiny: Pixels = RANDOM.integers(0, 256, (1, 3), dtype=np.uint8)
    cases += [(tiny, OWN["widest"], moving_of(OWN["widest"], padding_mode=mode)) for mode in PaddingMode]
    return list(zip(cases, ask(tmp_path_factory.mktemp("images"), cases), strict=True))


def test_every_sum_is_the_engines(asked: list[tuple[Case, Any]]) -> None:
    possible = 0
    for case, answer in asked:
        try:
            expected = sums(*case)
        except LayerError:
            assert answer is None
            continue
        possible += 1
        assert [answer["height"], answer["width"]] == list(expected.shape)
        assert answer["sums"] == expected.ravel().tolist()
    assert 0 < possible < len(asked)


def test_every_colour_is_what_the_page_says(asked: list[tuple[Case, Any]]) -> None:
    for (picture, kernel, moving), answer in asked:
        if answer is None:
            continue
        result = sums(picture, kernel, moving)
        for after, view in product(AfterFilter, ImageView):
            made = answer["made"][after.value]
            if made is None:
                continue
            colours = np.array(made["pictures"][view.value]).reshape(made["height"], made["width"], 4)
            assert np.array_equal(colours[..., :3], painted(result, kernel, view, after)), (kernel, moving, view, after)
            assert (colours[..., 3] == 255).all()


@pytest.mark.parametrize("after", AfterFilter)
def test_every_bar_of_the_histograms_is_counted(asked: list[tuple[Case, Any]], after: AfterFilter) -> None:
    for (picture, kernel, moving), answer in asked:
        if answer is None or answer["made"][after.value] is None:
            continue
        assert answer["bars"] == np.histogram(picture, 64, (0, 256))[0].tolist()
        result, bars = sums(picture, kernel, moving), answer["made"][after.value]["bars"]
        for view in (ImageView.CLIPPED, ImageView.MAGNITUDE):
            shown = painted(result, kernel, view, after)[..., 0]
            assert bars[view.value] == np.histogram(shown, 64, (0, 256))[0].tolist()
        whole = undivided(result, kernel, after).ravel()
        largest = max(1, int(np.abs(whole).max()))
        at = np.minimum((whole + largest) * 32 // largest, 63)
        assert bars["signed"] == np.bincount(at, minlength=64).tolist()


@pytest.mark.parametrize("after", AfterFilter)
def test_what_comes_after_the_filter_is_the_engines(asked: list[tuple[Case, Any]], after: AfterFilter) -> None:
    for case, answer in asked:
        if answer is None:
            continue
        made = answer["made"][after.value]
        try:
            expected = undivided(sums(*case), case[1], after)
        except LayerError:
            assert made is None
            continue
        assert [made["height"], made["width"]] == list(expected.shape)
        assert made["values"] == expected.ravel().tolist()


def test_the_pooling_chooses_the_place_that_pytorch_chooses(asked: list[tuple[Case, Any]]) -> None:
    chosen = 0
    for case, answer in asked:
        made = answer and answer["made"]["relu_pool"]
        if not made:
            continue
        chosen += 1
        positive = torch.from_numpy(undivided(sums(*case), case[1], AfterFilter.RELU).astype(float))
        largest, places = torch.nn.functional.max_pool2d(positive[None], 2, return_indices=True)
        row, column = divmod(int(places[0, -1, -1]), positive.shape[1])
        assert (made["chosen"]["row"], made["chosen"]["column"]) == (row, column)
        assert max(made["chosen"]["cells"]) == largest[0, -1, -1]
    assert chosen


def test_the_window_of_a_result_adds_up_to_it(asked: list[tuple[Case, Any]]) -> None:
    for (_, kernel, _moving), answer in asked:
        for window, row in zip(answer["windows"] if answer else [], (0, -1), strict=False):
            result = np.array(answer["sums"]).reshape(answer["height"], answer["width"])
            assert (np.array(window) * np.array(kernel.weights)).sum() == result[row, -1]
