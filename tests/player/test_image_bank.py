"""The maps of a bank of filters equal PyTorch's, at every angle, in every padding mode; and all of them together."""

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine import PaddingMode
from pages.images_parts.lab import message
from sharing.filter_bank import ANGLES, FilterBank
from sharing.image_kernels import ImageKernelName, ImageView
from sharing.images import AfterFilter, ImagePadding, ImagesState
from stage.palette import palette
from tests.player.test_image_convolution import ask_node

RANDOM = np.random.default_rng(8)
PICTURE = RANDOM.integers(0, 256, (21, 16), dtype=np.uint8)
TORCH_MODES = {"zeros": "constant"}
"""What torch calls a mode, where it has another name."""

Bank = dict[str, Any]


def bank_of(**chosen: Any) -> Bank:
    state = ImagesState(**chosen)
    found: Bank = message(state, state.chosen_kernel())["bank"]
    return found


def answers(bank: Bank, after: AfterFilter) -> NDArray[np.int64]:
    """The results of all filters before they are divided, (filters, rows, columns), by torch alone."""
    moving = bank["moving"]
    down, across = moving["padding"]
    if moving["mode"] == "symmetric":  # which torch has not
        padded = torch.from_numpy(np.pad(PICTURE.astype(float), ((down, down), (across, across)), mode="symmetric"))
    else:
        mode = TORCH_MODES.get(moving["mode"], moving["mode"])
        value = {"value": float(moving["value"])} if mode == "constant" else {}
        picture = torch.from_numpy(PICTURE.astype(float))[None, None]
        padded = torch.nn.functional.pad(picture, (across, across, down, down), mode=mode, **value)[0, 0]
    weights = torch.tensor([one["kernel"]["weights"] for one in bank["filters"]], dtype=torch.float64)[:, None]
    stride, dilation = moving["stride"], moving["dilation"]
    sums = torch.nn.functional.conv2d(padded[None, None], weights, stride=stride, dilation=dilation)[0]
    if after is not AfterFilter.NOTHING:
        sums = torch.relu(sums)
    if after is AfterFilter.RELU_POOL:
        sums = torch.nn.functional.max_pool2d(sums, 2)
    return sums.numpy().astype(np.int64)


CASES = [
    (bank, padding, mode, stride, dilation, after, view)
    for bank, (padding, mode) in product(
        list(FilterBank)[1:], [(ImagePadding.VALID, PaddingMode.ZEROS), *product([ImagePadding.HALF], PaddingMode)]
    )
    for stride, dilation, after, view in [
        (1, 1, AfterFilter.NOTHING, ImageView.SIGNED),
        (1, 1, AfterFilter.NOTHING, ImageView.MAGNITUDE),
        (2, 1, AfterFilter.RELU, ImageView.CLIPPED),
        (1, 2, AfterFilter.RELU_POOL, ImageView.CLIPPED),
    ]
]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Bank, AfterFilter, ImageView, Any]]:
    pixels = {"height": len(PICTURE), "width": PICTURE.shape[1], "pixels": PICTURE.ravel().tolist()}
    banks = [
        bank_of(bank=bank, padding=padding, padding_mode=mode, padding_value=200, stride=stride, dilation=dilation)
        for bank, padding, mode, stride, dilation, _, _ in CASES
    ]
    given = [
        {"picture": pixels, "bank": bank, "palette": palette("light"), "view": view.value, "after": after.value}
        for bank, (*_, after, view) in zip(banks, CASES, strict=True)
    ]
    made = ask_node(tmp_path_factory.mktemp("bank"), given)
    return [(bank, after, view, one) for bank, (*_, after, view), one in zip(banks, CASES, made, strict=True)]


def test_the_map_of_every_angle_is_pytorchs_in_every_padding_mode(asked: list[Any]) -> None:
    angles = set()
    for bank, after, _, made in asked:
        expected = answers(bank, after)
        assert [made["height"], made["width"]] == list(expected.shape[1:])
        assert made["maps"] == [one.ravel().tolist() for one in expected]
        angles |= {(one["angle"], bank["moving"]["mode"]) for one in bank["filters"]}
    assert angles == set(product(range(0, 180, 15), (mode.value for mode in PaddingMode)))


def strengths(bank: Bank, after: AfterFilter, view: ImageView) -> list[list[Fraction]]:
    """How strong each filter's answer is at each pixel, as an exact fraction."""
    return [
        [Fraction(value if view is ImageView.CLIPPED else abs(value), one["kernel"]["divisor"]) for value in row]
        for one, row in zip(
            bank["filters"], answers(bank, after).reshape(len(bank["filters"]), -1).tolist(), strict=True
        )
    ]


def test_all_together_is_the_strongest_answer_at_each_pixel(asked: list[Any]) -> None:
    chosen = set()
    for bank, after, view, made in asked:
        at_pixels = list(zip(*strengths(bank, after, view), strict=True))
        assert made["strongest"] == [max(range(len(pixel)), key=pixel.__getitem__) for pixel in at_pixels]
        chosen |= {(len(bank["filters"]), one) for one in made["strongest"]}
    assert len(chosen) == 4 + 6 + 12


def test_all_maps_have_one_scale_on_which_a_third_of_the_strongest_has_the_full_colour(asked: list[Any]) -> None:
    stops = [[int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in palette("light")]
    for bank, after, view, made in asked:
        strong = strengths(bank, after, view)
        full = max(map(max, strong)) / 3
        assert Fraction(made["full"]["value"], made["full"]["divisor"]) == full
        values = answers(bank, after).reshape(len(strong), -1).tolist()
        together = [[values[which][at], which] for at, which in enumerate(made["strongest"])]
        shown = [*([[value, which] for value in row] for which, row in enumerate(values)), together]
        for picture, pixels in zip(made["pictures"], shown, strict=True):
            colours = np.array(picture).reshape(-1, 4)
            assert (colours[:, 3] == 255).all()
            expected = []
            for value, which in pixels:
                share = max(
                    Fraction(-1), min(Fraction(1), Fraction(value, bank["filters"][which]["kernel"]["divisor"]) / full)
                )
                if view is ImageView.SIGNED:
                    expected.append(stops[32 + int((share * 32 + Fraction(1, 2)).__floor__())])
                else:
                    bright = abs(share) if view is ImageView.MAGNITUDE else max(Fraction(0), share)
                    expected.append([int((bright * 255 + Fraction(1, 2)).__floor__())] * 3)
            assert colours[:, :3].tolist() == expected


@pytest.mark.parametrize("bank", list(FilterBank)[1:])
def test_a_bank_has_gabor_at_angles_that_lie_as_far_apart(bank: FilterBank) -> None:
    found = bank_of(bank=bank, kernel=ImageKernelName.GABOR, angle=45)
    angles = [one["angle"] for one in found["filters"]]
    assert angles == list(ANGLES[bank])
    assert {(later - earlier) % 180 for earlier, later in zip(angles, [*angles[1:], 180], strict=True)} == {
        180 // int(bank.name.removeprefix("GABOR_"))
    }
    for one in found["filters"]:
        kernel = ImagesState(kernel=ImageKernelName.GABOR, angle=one["angle"]).chosen_kernel()
        assert (one["kernel"]["weights"], one["kernel"]["divisor"]) == (kernel.weights, kernel.divisor)
    assert found["chosen"] == 45
    assert bank_of(bank=bank)["chosen"] is None  # Sobel's is none of them
