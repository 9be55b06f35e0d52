"""The two pictures as a Streamlit component: what it is told, and what it says."""

from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from kinds.registry import PRESETS
from pages.images_parts.words import LAB_WORDS
from pages.shared.labels import option_label
from pages.shared.samples import sample_address
from sharing.fields import limits
from sharing.filter_bank import ANGLES, FULL, FilterBank
from sharing.image_kernels import ImageKernel, ImageKernelName, kernel_named
from sharing.images import LARGEST_KERNEL, LARGEST_WEIGHT, ImagesState
from sharing.link import encode
from sharing.padding_value import mode_arguments
from stage.palette import palette
from stage.player_files import PLAYER, image_lab_script

LARGEST_FILE = 20_000_000
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 512
_STAGE = "standard"


@cache
def _component() -> Any:
    html, css = ((PLAYER / f"image_lab.{end}").read_text(encoding="utf-8") for end in ("html", "css"))
    return st.components.v2.component("image_lab", html=html, css=css, js=image_lab_script())


def show_lab(
    key: str, state: ImagesState, kernel: ImageKernel, on_weights: Callable[[], None], on_angle: Callable[[], None]
) -> None:
    """Show the picture and its result, and the maps of the bank.

    The component's result has `weights`, rows of whole numbers, and `angle`, that of a filter of the bank; or None.
    """
    _component()(key=key, data=message(state, kernel), on_weights_change=on_weights, on_angle_change=on_angle)


def message(state: ImagesState, kernel: ImageKernel) -> dict[str, Any]:
    """Return what the lab is told of a state, as `image_lab.d.ts` types it."""
    return {
        "picture": sample_address(state.picture),
        "name": option_label(state.picture, state.page),
        "kernel": asdict(kernel),
        "moving": _moving(state, kernel),
        "bank": _bank(state),
        "view": state.view.value,
        "after": state.after.value,
        "limits": {
            "bytes": LARGEST_FILE,
            "pixels": MOST_PIXELS,
            "side": LONGEST_SIDE,
            "weight": LARGEST_WEIGHT,
            "stage": limits(type(next(iter(PRESETS[_STAGE].values())).state))["kernel_height"].most,
        },
        "palettes": {theme: palette(theme) for theme in ("light", "dark")},
        "words": LAB_WORDS,
        "stage": stage_link(),
    }


def _moving(state: ImagesState, kernel: ImageKernel) -> dict[str, Any]:
    return {
        "stride": state.stride,
        "padding": state.padding_sides(kernel),
        "dilation": state.dilation,
        "mode": state.padding_mode.value,
        "value": mode_arguments(state.padding_mode, state.padding_value)["padding_value"],
    }


def _bank(state: ImagesState) -> dict[str, Any] | None:
    kernels = {angle: kernel_named(ImageKernelName.GABOR, angle) for angle in ANGLES[state.bank]}
    if not kernels:
        return None
    return {
        "filters": [{"angle": angle, "kernel": asdict(kernel)} for angle, kernel in kernels.items()],
        "moving": _moving(state, next(iter(kernels.values()))),  # all of them have one size
        "full": FULL,
        "chosen": state.angle if state.kernel is ImageKernelName.GABOR else None,
    }


def stage_link() -> str:
    """A link to a stage that has one window: its rows, columns, input and kernel are places."""
    preset = next(iter(PRESETS[_STAGE].values())).state
    sizes = {name: "{rows}" if name.endswith("height") else "{columns}" for name in _SIZES}
    values = {"values": "typed", "input_values": "{input}", "kernel_values": "{kernel}"}
    return f"{_STAGE}?{urlencode(encode(preset) | sizes | values, safe='{}')}"


_SIZES = ("height", "width", "kernel_height", "kernel_width")


def said_kernel(said: object, kernel: ImageKernel) -> ImageKernel | None:
    """Return a kernel with the weights that a browser says; None where they are none that the page can have."""
    if not isinstance(said, list) or not 1 <= len(said) <= LARGEST_KERNEL:
        return None
    rows = [row for row in said if isinstance(row, list) and 1 <= len(row) <= LARGEST_KERNEL]
    if len({len(row) for row in rows}) != 1 or len(rows) != len(said):
        return None
    numbers = [number for row in rows for number in row]
    if not all(type(number) is int and abs(number) <= LARGEST_WEIGHT for number in numbers):
        return None
    return ImageKernel(tuple(tuple(row) for row in rows), kernel.divisor, kernel.offset)


def said_angle(said: object, bank: FilterBank) -> int | None:
    """Return the angle that a browser says; None where no filter of the bank has it."""
    return said if type(said) is int and said in ANGLES[bank] else None
