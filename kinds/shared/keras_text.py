"""The parts that Keras programs are put together from, and what Keras lacks, written out."""

from collections.abc import Sequence
from typing import Any

from engine import Axis, PaddingMode
from engine.layers import ConvNd
from kinds.shared.program_text import NUMPY_MODES, squared
from sharing.matrices import exact

IMAGES = "images = np.moveaxis(x, 0, -1)[None]  # Keras reads (image, row, column, channel)"
PRINT = "print(np.moveaxis(output, -1, 0).tolist())"


def padded(axes: Sequence[Axis], mode: PaddingMode | str, fill: str = "") -> str:
    """The line that pads an input by its axes, or nothing where there is no padding."""
    sides = [(axis.before, axis.after) for axis in axes]
    if not any(map(any, sides)):
        return ""
    return f"x = np.pad(x, {((0, 0), *sides)}, mode={NUMPY_MODES[PaddingMode(mode)]!r}{fill})"


def padded_as(layer: ConvNd, axes: Sequence[Axis]) -> str:
    """The line that pads an input as a layer does, or nothing where Keras's own layer does it, or there is none."""
    if keras_padding(layer) == "same":
        return ""
    value = f", constant_values={exact(layer.padding_value)}" if layer.padding_mode == PaddingMode.CONSTANT else ""
    return padded(axes, layer.padding_mode, value)


def _is_spread(dilations: Sequence[int], strides: Sequence[int]) -> bool:
    """Whether a layer is dilated by hand: Keras takes no dilation together with a stride."""
    return max(dilations) > 1 and max(strides) > 1


def spread(dilations: Sequence[int], strides: Sequence[int], name: str = "weight") -> str:
    """Dilation by hand, of a kernel of as many directions as there are dilations."""
    if not _is_spread(dilations, strides):
        return ""
    size = ", ".join(f"{step} * ({name}.shape[{axis}] - 1) + 1" for axis, step in enumerate(dilations, 2))
    taps = ", ".join(f"::{step}" for step in dilations)
    return (
        "# Keras takes a stride or a dilation, not both: the same kernel with zeros between its taps\n"
        f"spread = np.zeros((*{name}.shape[:2], {size}))\n"
        f"spread[:, :, {taps}] = {name}\n{name} = spread"
    )


def built(layer: str, weights: str, bias: str | None, given: str = "images") -> str:
    """The lines that give a layer its weights and run it."""
    held = f"[{weights}, {bias}]" if bias else f"[{weights}]"
    return (
        f"{layer}.build({given}.shape)\n{layer}.set_weights({held})\n"
        f"output = keras.ops.convert_to_numpy({layer}({given}))[0]"
    )


def keras_padding(layer: ConvNd) -> str:
    """Keras's own name of a layer's padding: "same", or "valid" where it is none or has to be put there by hand.

    >>> from engine import Conv2d
    >>> keras_padding(Conv2d(1, 1, 3, stride=2, padding="same_upper")), keras_padding(Conv2d(1, 1, 3, padding=1))
    ('same', 'valid')
    """
    return "same" if layer.padding in ("same", "same_upper") and layer.padding_mode == PaddingMode.ZEROS else "valid"


def sizes(
    kernel: tuple[int, ...], strides: tuple[int, ...], dilations: tuple[int, ...], padding: str = "valid"
) -> dict[str, Any]:
    """The arguments of a layer that slides, with the kernel as `spread` leaves it."""
    is_spread = _is_spread(dilations, strides)
    extent = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilations, strict=True))
    return {
        "kernel_size": squared(extent if is_spread else kernel),
        "strides": squared(strides),
        "dilation_rate": 1 if is_spread else squared(dilations),
        "padding": padding,
    }
