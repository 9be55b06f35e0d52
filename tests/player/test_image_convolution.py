"""The browser's picture equals the engine's, cell for cell: every kernel, padding, stride, dilation and view."""

import json
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import LayerError, PaddingMode
from sharing.image_kernels import KERNELS, ImageKernel, ImageView
from sharing.images import ImagePadding, ImagesState
from stage.palette import palette
from tests.player.image_oracle import Pixels, painted, sums
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
        }
        for picture, kernel, moving in cases
    ]
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
        for view in ImageView:
            colours = np.array(answer["pictures"][view.value]).reshape(*result.shape, 4)
            assert np.array_equal(colours[..., :3], painted(result, kernel, view)), (kernel, moving, view)
            assert (colours[..., 3] == 255).all()


def test_the_window_of_a_result_adds_up_to_it(asked: list[tuple[Case, Any]]) -> None:
    for (_, kernel, _moving), answer in asked:
        for window, row in zip(answer["windows"] if answer else [], (0, -1), strict=False):
            result = np.array(answer["sums"]).reshape(answer["height"], answer["width"])
            assert (np.array(window) * np.array(kernel.weights)).sum() == result[row, -1]
