"""The state of a page: everything that can be chosen on it, under the same names as in the engine and in links.

Each page has a class of its own; what they have in common is here.
"""

from dataclasses import KW_ONLY, dataclass, fields
from enum import StrEnum
from math import gcd
from typing import Annotated, Any, ClassVar, Protocol, TypeVar

from engine import Conv2d, LayerError, PaddingMode, cost, use
from engine.checks import Padding
from sharing.errors import StateCode
from sharing.fields import (
    MOST_CHANNELS,
    Amount,
    Channels,
    Kernel,
    Limits,
    Seed,
    Size,
    Step,
    Stops,
    check_number,
    limits,
)
from sharing.padding_value import PaddingValue, idle_value, mode_arguments
from sharing.roles import BIAS, INPUT, KERNEL, Role, Shape

Layer = TypeVar("Layer", covariant=True)

LARGEST_SIZE = 16
LARGEST_SIZE_OF_ONE_CHANNEL = 32
MOST_MULTIPLIES = 850_000
"""So many real numbers, with all copies of them on their way to the browser, take a server less than 50 MB."""


class PaddingChoice(StrEnum):
    """How the padding is given."""

    VALID = "valid"
    SAME = "same"
    SAME_UPPER = "same_upper"
    SAME_LOWER = "same_lower"
    FULL = "full"
    AMOUNT = "amount"
    SIDES = "sides"


class SidedPadding(StrEnum):
    """How the padding of a pooling or a transposed layer is given, for which PyTorch has no names."""

    AMOUNT = "amount"
    SIDES = "sides"
    SAME_UPPER = "same_upper"
    SAME_LOWER = "same_lower"


class Values(StrEnum):
    """Where the numbers of the input, the kernel and the bias come from."""

    PRESET = "preset"
    WHOLE = "whole"
    REAL = "real"
    TYPED = "typed"


class _Making(Protocol[Layer]):
    """What `PageState.layer` needs: so a state's layer is of the class that its `make_layer` returns."""

    def make_layer(self) -> Layer: ...
    def check_limits(self) -> None: ...
    def check_size(self, layer: Any) -> None: ...


@dataclass(frozen=True)
class PageState:
    """Base of the states of pages with a stage: the preset it came from, and where its numbers come from.

    The seed counts only while `values` is whole or real, and the fields named `*_text`, which hold what was typed,
    while it is typed.
    """

    page: ClassVar[str]
    roles: ClassVar[tuple[Role, ...]] = (INPUT, KERNEL, BIAS)
    aside: ClassVar[frozenset[str]] = frozenset()
    """The names of the fields that change only what is shown, not what the layer computes."""
    amount_fields: ClassVar[tuple[str, ...]] = ()
    """The names of the fields of padding that is the same on both sides, one for each direction of the input."""
    side_fields: ClassVar[tuple[str, ...]] = ()
    """The names of the fields of padding that is given for each side, the one before and the one after it in turn."""

    preset: str
    _: KW_ONLY
    values: Values = Values.PRESET
    seed: Seed = 1
    input_text: str = ""

    def make_layer(self) -> Any:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        raise NotImplementedError

    def layer(self: "_Making[Layer]") -> Layer:
        """The layer that was chosen; LayerError, naming the control at fault, where the page or the engine has none."""
        self.check_limits()
        layer = self.make_layer()
        self.check_size(layer)
        return layer

    def check_size(self, layer: Any) -> None:
        """LayerError where a layer within the bounds is still more than the page can play."""

    def shapes(self) -> dict[Role, Shape]:
        """The shape of each array the layer takes, by its role."""
        raise NotImplementedError

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        raise NotImplementedError

    def typed_place(self, role: Role, place: Shape, shape: Shape) -> Shape:
        """Where the number of a cell stands in what was typed, of a cell at a place of the array that is shown."""
        return place

    def is_layer_of(self, other: "PageState") -> bool:
        """Return whether both have the same layer and numbers; fields that change only what is shown may differ."""
        return all(
            getattr(self, one.name) == getattr(other, one.name) for one in fields(self) if one.name not in self.aside
        )

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present: they have no control and are not checked."""
        return set() if self.values in (Values.WHOLE, Values.REAL) else {"seed"}

    def idle_padding(self, padding: StrEnum) -> set[str]:
        """The names of the fields that have no effect where padding is given so."""
        amounts = set() if padding == SidedPadding.AMOUNT else {*self.amount_fields}
        return amounts if padding == SidedPadding.SIDES else amounts | {*self.side_fields}

    def given_padding(self, padding: StrEnum) -> Padding:
        """Padding that is given so, as an argument of the layer: amounts, sides of each direction, or a name."""
        if padding == SidedPadding.AMOUNT:
            return tuple(getattr(self, name) for name in self.amount_fields)
        if padding == SidedPadding.SIDES:
            sides = [getattr(self, name) for name in self.side_fields]
            return tuple(zip(sides[::2], sides[1::2], strict=True))
        return str(padding.value)

    def limits(self) -> dict[str, Limits]:
        """The bounds of every number that counts."""
        idle = self.idle()
        return {name: bounds for name, bounds in limits(type(self)).items() if name not in idle}

    def check_limits(self) -> None:
        """LayerError for the first number that is missing (its field was emptied) or out of the page's bounds."""
        for name, bounds in self.limits().items():
            value = getattr(self, name)
            variant, places = ("", {}) if value is None else self.why_limited(name)
            check_number(name, value, bounds, "shows", variant, **places)

    def why_limited(self, name: str) -> tuple[str, dict[str, int]]:
        """The variant of the sentence that says why a field has these bounds, and its places; "" for none."""
        return "", {}


@dataclass(frozen=True)
class ImageState(PageState):
    """Base of the states whose input has rows and columns, and whose layer has padding.

    The padding's height and width count only while `padding` is amount, and its four sides while it is sides.
    """

    amount_fields: ClassVar[tuple[str, ...]] = ("padding_height", "padding_width")
    side_fields: ClassVar[tuple[str, ...]] = ("padding_top", "padding_bottom", "padding_left", "padding_right")

    height: Size
    width: Size
    in_channels: Channels = 1
    _: KW_ONLY
    padding: StrEnum = SidedPadding.AMOUNT
    padding_height: Amount = 0
    padding_width: Amount = 0
    padding_top: Amount = 0
    padding_bottom: Amount = 0
    padding_left: Amount = 0
    padding_right: Amount = 0

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present."""
        return super().idle() | self.idle_padding(self.padding)

    def shapes(self) -> dict[Role, Shape]:
        """The shape of each array the layer takes, by its role."""
        return {INPUT: (self.in_channels, self.height, self.width)}

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        return {"in_channels": shape[0], "height": shape[1], "width": shape[2]} if role is INPUT else {}

    def limits(self) -> dict[str, Limits]:
        """The bounds of every number that counts: several channels leave less room for each."""
        size = {name: Limits(1, LARGEST_SIZE) for name in ("height", "width")}
        return super().limits() | ({} if self.in_channels == 1 else size)

    def why_limited(self, name: str) -> tuple[str, dict[str, int]]:
        """The variant of the sentence that says why a field has these bounds, and its places; "" for none."""
        if name in ("height", "width") and LARGEST_SIZE < getattr(self, name) <= LARGEST_SIZE_OF_ONE_CHANNEL:
            return "several_channels", {"most_of_one": LARGEST_SIZE_OF_ONE_CHANNEL}
        return "", {}


@dataclass(frozen=True)
class ConvolutionState(ImageState):
    """Base of the states whose layer has a weight."""

    out_channels: Channels = 1
    kernel_height: Kernel = 3
    kernel_width: Kernel = 3
    stride_height: Step = 1
    stride_width: Step = 1
    dilation_height: Step = 1
    dilation_width: Step = 1
    bias: bool = False
    kernel_text: str = ""
    bias_text: str = ""

    @property
    def kernel_size(self) -> tuple[int, int]:
        """Rows and columns of the kernel."""
        return self.kernel_height, self.kernel_width

    def shapes(self) -> dict[Role, Shape]:
        """The shape of each array the layer takes, by its role."""
        bias = {BIAS: (self.out_channels,)} if self.bias else {}
        return super().shapes() | {KERNEL: self.kernel_shape} | bias

    @property
    def kernel_shape(self) -> Shape:
        """The shape of the weight, from the fields alone, so that an impossible layer has one too."""
        return (self.out_channels, self.in_channels, *self.kernel_size)

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        if role is BIAS:
            return {"out_channels": max(shape[0], self.out_channels or 0)}
        if role is KERNEL:
            sizes = {"kernel_height": shape[2], "kernel_width": shape[3]}
            return sizes | {"out_channels": shape[0], "in_channels": max(shape[1], self.in_channels or 0)}
        return super().follow(role, shape)

    def possible_groups(self) -> tuple[int, ...]:
        """The numbers of groups that divide both channel counts, of those that the page shows."""
        most = gcd(self.in_channels or 1, self.out_channels or 1)
        return tuple(groups for groups in range(1, min(most, MOST_CHANNELS) + 1) if most % groups == 0)

    def layer_arguments(self) -> dict[str, Any]:
        """The arguments that the layers of all these pages have, under their names."""
        return {
            "in_channels": self.in_channels,
            "out_channels": self.out_channels,
            "kernel_size": self.kernel_size,
            "stride": (self.stride_height, self.stride_width),
            "padding": self.given_padding(self.padding),
            "dilation": (self.dilation_height, self.dilation_width),
            "bias": self.bias,
        }

    def check_size(self, layer: Any) -> None:
        """LayerError where there are more multiplies than a page plays."""
        multiplies = cost(layer, self.height, self.width).macs
        if multiplies > MOST_MULTIPLIES:
            fitting = MOST_MULTIPLIES * self.out_channels // multiplies
            raise LayerError(
                StateCode.TOO_MANY_MULTIPLIES,
                "out_channels",
                self.out_channels,
                "fewer_channels" if fitting else "",
                choices=use("out_channels", fitting) if fitting else (),
                multiplies=multiplies,
                most=MOST_MULTIPLIES,
            )


@dataclass(frozen=True)
class PaddedState(ConvolutionState):
    """Base of the states whose layer pads its input.

    The padding's value counts only while its mode is constant; it begins as 1, as 0 would be what zeros are.
    """

    _: KW_ONLY
    padding: PaddingChoice = PaddingChoice.VALID
    padding_mode: PaddingMode = PaddingMode.ZEROS
    padding_value: PaddingValue = 1

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present."""
        return super().idle() | idle_value(self.padding_mode)

    def layer_arguments(self) -> dict[str, Any]:
        """The arguments that the layers of all these pages have, under their names."""
        return super().layer_arguments() | mode_arguments(self.padding_mode, self.padding_value)


@dataclass(frozen=True)
class GroupedConvolutionState(PaddedState):
    """Base of the states whose layer is a convolution with groups."""

    groups: Annotated[int, Stops(1, MOST_CHANNELS)] = 1

    @property
    def kernel_shape(self) -> Shape:
        """The shape of the weight: a filter has as many channels as its group."""
        return (self.out_channels, max(1, (self.in_channels or 1) // max(1, self.groups or 1)), *self.kernel_size)

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        fields = super().follow(role, shape)
        if role is KERNEL:
            fields["in_channels"] = shape[1] * (self.groups or 1)
        return fields

    def make_layer(self) -> Conv2d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        return Conv2d(**self.layer_arguments(), groups=self.groups)
