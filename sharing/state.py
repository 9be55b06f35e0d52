"""The state of the standard-convolution page: everything a person can choose, under the names it has everywhere."""

from dataclasses import dataclass
from enum import StrEnum

from engine import Conv2d, LayerError, PaddingMode

LARGEST_SIZE = 16
LARGEST_SIZE_OF_ONE_CHANNEL = 32
MOST_MULTIPLIES = 1_000_000


class PaddingChoice(StrEnum):
    """How the padding is given."""

    VALID = "valid"
    SAME = "same"
    FULL = "full"
    AMOUNT = "amount"


class Values(StrEnum):
    """Where the numbers of the input, the kernel and the bias come from."""

    PRESET = "preset"
    WHOLE = "whole"
    REAL = "real"
    TYPED = "typed"


@dataclass(frozen=True)
class StandardState:
    """One layer, one input, and where their numbers come from.

    The padding's height and width count only while `padding` is amount, the seed while `values` is whole or real, and
    the fields named `*_text`, which hold what was typed, while it is typed.
    """

    preset: str
    height: int
    width: int
    in_channels: int = 1
    out_channels: int = 1
    kernel_height: int = 3
    kernel_width: int = 3
    stride_height: int = 1
    stride_width: int = 1
    padding: PaddingChoice = PaddingChoice.VALID
    padding_height: int = 0
    padding_width: int = 0
    dilation_height: int = 1
    dilation_width: int = 1
    padding_mode: PaddingMode = PaddingMode.ZEROS
    bias: bool = False
    values: Values = Values.PRESET
    seed: int = 1
    input_text: str = ""
    kernel_text: str = ""
    bias_text: str = ""

    def layer(self) -> Conv2d:
        """The layer that was chosen; LayerError, naming the control at fault, where the page or the engine has none.

        >>> StandardState("", 4, 4, kernel_height=2, kernel_width=2).layer().output_size(4, 4)
        (3, 3)
        """
        self.check_limits()
        amounts = (self.padding_height, self.padding_width)
        layer = Conv2d(
            in_channels=self.in_channels,
            out_channels=self.out_channels,
            kernel_size=(self.kernel_height, self.kernel_width),
            stride=(self.stride_height, self.stride_width),
            padding=amounts if self.padding is PaddingChoice.AMOUNT else self.padding.value,
            dilation=(self.dilation_height, self.dilation_width),
            bias=self.bias,
            padding_mode=self.padding_mode,
        )
        self._check_multiplies(layer)
        return layer

    def check_limits(self) -> None:
        """LayerError for the first number that is missing (its field was emptied) or out of the page's bounds."""
        channel_limit = 8
        size_limit = LARGEST_SIZE_OF_ONE_CHANNEL if self.in_channels == 1 else LARGEST_SIZE
        limits = {
            "in_channels": (1, channel_limit),
            "out_channels": (1, channel_limit),
            "height": (1, size_limit),
            "width": (1, size_limit),
            "kernel_height": (1, 7),
            "kernel_width": (1, 7),
            "stride_height": (1, 8),
            "stride_width": (1, 8),
            "dilation_height": (1, 8),
            "dilation_width": (1, 8),
        }
        if self.padding is PaddingChoice.AMOUNT:
            limits |= {"padding_height": (0, 8), "padding_width": (0, 8)}
        if self.values in (Values.WHOLE, Values.REAL):
            limits |= {"seed": (0, 999_999)}
        for name, (least, most) in limits.items():
            value = getattr(self, name)
            if value is None:
                raise LayerError(name, "empty", f"this page shows {least} to {most:,}", f"use {least}")
            if least <= value <= most:
                continue
            rule = f"this page shows {least} to {most:,}"
            if name in ("height", "width") and LARGEST_SIZE < value <= LARGEST_SIZE_OF_ONE_CHANNEL:
                rule += f" when there is more than one input channel ({LARGEST_SIZE_OF_ONE_CHANNEL} with one)"
            raise LayerError(name, f"{value:,}", rule, f"use {max(least, min(most, value)):,}")

    def _check_multiplies(self, layer: Conv2d) -> None:
        rows, columns = layer.output_size(self.height, self.width)
        taps = self.in_channels * self.kernel_height * self.kernel_width
        multiplies = self.out_channels * rows * columns * taps
        if multiplies > MOST_MULTIPLIES:
            fitting = MOST_MULTIPLIES // (rows * columns * taps)
            suggestion = (
                f"use out_channels {fitting}, or a smaller input" if fitting else "use a smaller input or kernel"
            )
            raise LayerError(
                "out_channels",
                f"{self.out_channels}, which makes {multiplies:,} multiplies",
                f"this page plays at most {MOST_MULTIPLIES:,}",
                suggestion,
            )
