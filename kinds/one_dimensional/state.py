"""The one-dimensional page's state: a convolution along a sequence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from engine import Change, Choice, Conv1d, LayerError, PaddingMode, use
from engine.checks import Padding
from kinds.one_dimensional.messages import SequenceCode
from kinds.one_dimensional.roles import SEQUENCE, SEQUENCE_KERNEL
from sharing.fields import Amount, Channels, Kernel, Size, Step
from sharing.padding_value import PaddingValue, idle_value, mode_arguments
from sharing.page_state import PageState
from sharing.roles import BIAS, Role, Shape


class SequencePadding(StrEnum):
    """How the padding of a sequence is given; causal is all of it before the first value."""

    VALID = "valid"
    SAME = "same"
    SAME_UPPER = "same_upper"
    SAME_LOWER = "same_lower"
    FULL = "full"
    CAUSAL = "causal"
    AMOUNT = "amount"
    SIDES = "sides"


class SequenceView(StrEnum):
    """How a sequence is shown: as cells, or as lines over time under them."""

    CELLS = "cells"
    LINES = "lines"


@dataclass(frozen=True)
class SequenceState(PageState):
    """A one-dimensional convolution; its arrays have the single row in which they are shown."""

    page: ClassVar[str] = "one_dimensional"
    roles: ClassVar[tuple[Role, ...]] = (SEQUENCE, SEQUENCE_KERNEL, BIAS)
    amount_fields: ClassVar[tuple[str, ...]] = ("padding_amount",)
    side_fields: ClassVar[tuple[str, ...]] = ("padding_before", "padding_after")

    length: Size
    in_channels: Channels = 1
    out_channels: Channels = 1
    kernel_size: Kernel = 3
    stride: Step = 1
    padding: SequencePadding = SequencePadding.VALID
    padding_amount: Amount = 0
    padding_before: Amount = 0
    padding_after: Amount = 0
    padding_mode: PaddingMode = PaddingMode.ZEROS
    padding_value: PaddingValue = 1
    dilation: Step = 1
    bias: bool = False
    kernel_text: str = ""
    bias_text: str = ""
    view: SequenceView = SequenceView.CELLS

    def shapes(self) -> dict[Role, Shape]:
        """The shape of each array the layer takes, by its role."""
        bias = {BIAS: (self.out_channels,)} if self.bias else {}
        kernel = (self.out_channels, self.in_channels, 1, self.kernel_size)
        return {SEQUENCE: (self.in_channels, 1, self.length), SEQUENCE_KERNEL: kernel} | bias

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        if role is SEQUENCE:
            return {"in_channels": shape[0], "length": shape[2]}
        if role is SEQUENCE_KERNEL:
            in_channels = max(shape[1], self.in_channels or 0)
            return {"out_channels": shape[0], "in_channels": in_channels, "kernel_size": shape[3]}
        return {"out_channels": max(shape[0], self.out_channels or 0)}

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present."""
        return super().idle() | self.idle_padding(self.padding) | idle_value(self.padding_mode)

    def make_layer(self) -> Conv1d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        if self.padding is SequencePadding.SAME and self.stride > 1:
            amount = self.dilation * (self.kernel_size - 1) // 2
            by_amount = Change("padding", SequencePadding.AMOUNT), Change("padding_amount", amount)
            raise LayerError(
                SequenceCode.SEQUENCE_SAME_WITH_STRIDE,
                "padding",
                self.padding.value,
                choices=(*use("stride", 1), *use("padding", SequencePadding.SAME_UPPER), Choice(by_amount)),
                stride=self.stride,
                amount=amount,
            )
        return Conv1d(
            in_channels=self.in_channels,
            out_channels=self.out_channels,
            kernel_size=self.kernel_size,
            stride=self.stride,
            padding=self._padding(),
            dilation=self.dilation,
            bias=self.bias,
            **mode_arguments(self.padding_mode, self.padding_value),
        )

    def _padding(self) -> Padding:
        match self.padding:
            case SequencePadding.CAUSAL:
                return ((self.dilation * (self.kernel_size - 1), 0),)
            case SequencePadding.AMOUNT:
                return self.padding_amount
            case given:
                return self.given_padding(given)
