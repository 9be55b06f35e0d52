"""What the engine's tests draw, and the judge they draw it for: torch, or a padding table written from its manual."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch.nn import functional

from engine import AvgPool2d, Conv2d, ConvTranspose2d, MaxPool2d, PaddingMode, TransposedAxis

Sides = tuple[tuple[int, int], tuple[int, int]]
TORCH_NAMES = {"zeros": "constant", "reflect": "reflect", "replicate": "replicate", "circular": "circular"}


AConvolution = TypeVar("AConvolution", Conv2d, ConvTranspose2d)
Pool = TypeVar("Pool", MaxPool2d, AvgPool2d)


@dataclass(frozen=True)
class Case(Generic[AConvolution]):
    """A possible layer with arrays that fit it."""

    layer: AConvolution
    x: NDArray[Any]
    weight: NDArray[Any]
    bias: NDArray[Any] | None

    @property
    def arguments(self) -> tuple[Any, ...]:
        return self.layer, self.x, self.weight, self.bias


def number_or_pair(least: int, most: int) -> st.SearchStrategy[int | tuple[int, int]]:
    number = st.integers(least, most)
    return number | st.tuples(number, number)


def paddings(most: int) -> st.SearchStrategy[Any]:
    side = st.integers(0, most)
    sides = st.tuples(st.tuples(side, side), st.tuples(side, side))
    names = ["valid", "same", "full", "same_upper", "same_lower"]
    return st.one_of(side, st.tuples(side, side), sides, st.sampled_from(names))


def as_pair(value: Any) -> tuple[Any, Any]:
    return value if isinstance(value, tuple) else (value, value)


def sides_of(layer: Conv2d | MaxPool2d | AvgPool2d, height: int, width: int) -> Sides:
    """Return ((top, bottom), (left, right)) as the manuals of torch and TensorFlow, and the design, have it."""
    padding, (down, across) = layer.padding, layer.strides
    spans = tuple(d * (k - 1) for d, k in zip(layer.dilations, layer.kernel, strict=True))
    if padding == "valid":
        return (0, 0), (0, 0)
    if padding == "same":
        return tuple((span // 2, span - span // 2) for span in spans)
    if padding == "full":
        return tuple((span, span) for span in spans)
    if padding in ("same_upper", "same_lower"):
        return same_side(padding, spans[0], down, height), same_side(padding, spans[1], across, width)
    return tuple(as_pair(side) for side in as_pair(padding))


def same_side(padding: str, span: int, stride: int, length: int) -> tuple[int, int]:
    """Return the padding of one direction as TensorFlow's guide has it: by what the stride leaves of the input."""
    rest = length % stride or stride
    total = max(0, span + 1 - rest)
    return (total // 2, (total + 1) // 2) if padding == "same_upper" else ((total + 1) // 2, total // 2)


def least_length(kernel: int, dilation: int, sides: tuple[int, int], mode: str) -> int:
    """Return the shortest input that the kernel fits and the mode can fill the padding from."""
    for_the_mode = {"reflect": max(sides) + 1, "circular": max(sides)}.get(mode, 1)
    return max(1, for_the_mode, dilation * (kernel - 1) + 1 - sum(sides))


def fitting_sizes(layer: Conv2d, most_extra: int) -> tuple[list[int], list[int]]:
    """Return heights and widths of inputs that a layer fits: the least one, and those up to so many cells longer."""
    found = []
    for axis, (kernel, dilation) in enumerate(zip(layer.kernel, layer.dilations, strict=True)):
        fitting = [
            length
            for length in range(1, 60)
            if length >= least_length(kernel, dilation, sides_of(layer, length, length)[axis], layer.padding_mode)
        ]
        found.append([length for length in fitting if length <= fitting[0] + most_extra])
    return found[0], found[1]


@st.composite
def cases(draw: st.DrawFn, whole: bool = False, most_channels: int = 3, most_extra: int = 6) -> Case[Conv2d]:
    """Draw a possible layer over every parameter, an input it fits, and values: whole numbers if asked for."""
    groups = draw(st.integers(1, 3))
    in_channels, out_channels = (groups * draw(st.integers(1, most_channels)) for _ in range(2))
    layer = draw(convolutions(in_channels, out_channels, groups))
    size = draw(sizes_for(layer, most_extra))
    values = draw(numbers(whole))
    weight = values(out_channels, in_channels // groups, *as_pair(layer.kernel_size))
    return Case(layer, values(in_channels, *size), weight, values(out_channels) if layer.bias else None)


@st.composite
def convolutions(draw: st.DrawFn, in_channels: int, out_channels: int, groups: int) -> Conv2d:
    """Draw a possible layer of these channels over every other parameter."""
    padding = draw(paddings(3))
    return Conv2d(
        in_channels=in_channels,
        out_channels=out_channels,
        kernel_size=draw(number_or_pair(1, 4)),
        stride=1 if padding == "same" else draw(number_or_pair(1, 4)),
        padding=padding,
        dilation=draw(number_or_pair(1, 3)),
        groups=groups,
        bias=draw(st.booleans()),
        padding_mode=draw(st.sampled_from(PaddingMode)),
    )


def sizes_for(layer: Conv2d, most_extra: int) -> st.SearchStrategy[tuple[int, int]]:
    """Draw the height and width of an input that a layer fits, at most so many cells longer than they must be."""
    return st.tuples(*map(st.sampled_from, fitting_sizes(layer, most_extra)))


@st.composite
def numbers(draw: st.DrawFn, whole: bool) -> Callable[..., NDArray[Any]]:
    """Draw what makes an array of any shape: whole numbers if asked for."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return lambda *shape: rng.integers(-9, 10, shape) if whole else rng.normal(size=shape)


@st.composite
def transposed_cases(
    draw: st.DrawFn, whole: bool = False, most_channels: int = 3, most_length: int = 6
) -> Case[ConvTranspose2d]:
    """Draw a possible transposed layer over every parameter, an input that leaves an output, and values."""
    groups = draw(st.integers(1, 3))
    in_channels, out_channels = (groups * draw(st.integers(1, most_channels)) for _ in range(2))
    kernel, stride, dilation = draw(number_or_pair(1, 4)), draw(number_or_pair(1, 4)), draw(number_or_pair(1, 3))
    height, width = draw(st.integers(1, most_length)), draw(st.integers(1, most_length))
    extras, padding, sides = [], [], []
    for length, k, s, d in zip((height, width), as_pair(kernel), as_pair(stride), as_pair(dilation), strict=True):
        extras.append(draw(st.just(0) | st.integers(0, max(s, d) - 1)))
        most = (length - 1) * s + d * (k - 1) + extras[-1]
        padding.append(draw(st.integers(0, min(most // 2, 4))))
        before = draw(st.integers(0, min(most, 6)))
        sides.append((before, draw(st.integers(0, min(most - before, 6)))))
    written = draw(st.sampled_from([tuple(padding), min(padding), tuple(sides), "valid", "same_upper", "same_lower"]))
    extra = draw(st.sampled_from([tuple(extras), min(extras)])) if written in (0, "valid") else tuple(extras)
    layer = ConvTranspose2d(
        in_channels,
        out_channels,
        kernel,
        stride,
        written,
        0 if written in ("same_upper", "same_lower") else extra,
        groups,
        draw(st.booleans()),
        dilation,
    )
    values = draw(numbers(whole))
    weight = values(in_channels, out_channels // groups, *as_pair(kernel))
    return Case(layer, values(in_channels, height, width), weight, values(out_channels) if layer.bias else None)


@st.composite
def transposed_axes(draw: st.DrawFn) -> TransposedAxis:
    """Draw one direction of a transposed layer that leaves an output."""
    length, kernel = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    stride, dilation = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    extra = draw(st.integers(0, max(stride, dilation) - 1))
    most = (length - 1) * stride + dilation * (kernel - 1) + extra
    before = draw(st.integers(0, most // 2) | st.integers(0, most))
    after = draw(st.just(min(before, most - before)) | st.integers(0, most - before))
    return TransposedAxis(length, before, after, kernel, stride, dilation, extra)


def torch_padded(case: Case[Conv2d]) -> NDArray[np.float64]:
    """Return the padded input by torch's own padding."""
    layer = case.layer
    (top, bottom), (left, right) = sides_of(layer, *case.x.shape[1:])
    x = torch.tensor(case.x, dtype=torch.float64)[None]
    if layer.padding_mode == "symmetric":  # which PyTorch has not
        return np.pad(np.asarray(case.x, float), ((0, 0), (top, bottom), (left, right)), mode="symmetric")
    return functional.pad(x, (left, right, top, bottom), mode=TORCH_NAMES[layer.padding_mode])[0].numpy()


def torch_output(case: Case[Conv2d]) -> NDArray[np.float64]:
    """Return the output by torch: its own module where it has the padding, else its padding and its convolution."""
    layer = case.layer
    weight = torch.tensor(case.weight, dtype=torch.float64)
    bias = None if case.bias is None else torch.tensor(case.bias, dtype=torch.float64)
    is_named = layer.padding in ("full", "same_upper", "same_lower")
    if is_named or layer.padding_mode == "symmetric" or isinstance(as_pair(layer.padding)[0], tuple):
        x = torch.tensor(torch_padded(case))[None]
        output = functional.conv2d(x, weight, bias, layer.stride, 0, layer.dilation, layer.groups)
    else:
        module = torch_module(*(getattr(layer, name) for name in layer.__dataclass_fields__))
        module.weight.data = weight
        if bias is not None:
            module.bias.data = bias
        with warnings.catch_warnings():
            # Torch says that "same" with an even kernel may cost it a copy.
            warnings.filterwarnings("ignore", message="Using padding='same'")
            output = module(torch.tensor(case.x, dtype=torch.float64)[None])
    return output[0].detach().numpy()


@st.composite
def pooling_cases(draw: st.DrawFn, kind: type[Pool]) -> tuple[Pool, NDArray[np.float64]]:
    """Draw a possible pooling layer of this kind over every parameter, and an input that it fits."""
    kernel = draw(number_or_pair(1, 4))
    half = min(as_pair(kernel)) // 2
    side = st.integers(0, min(as_pair(kernel)) - 1)
    padding = draw(
        number_or_pair(0, half)
        | st.just(tuple(k // 2 for k in as_pair(kernel)))
        | st.tuples(st.tuples(side, side), st.tuples(side, side))
        | st.sampled_from(["valid", "same_upper", "same_lower"])
    )
    arguments = {
        "kernel_size": kernel,
        "stride": draw(st.none() | number_or_pair(1, 4)),
        "padding": padding,
        "ceil_mode": draw(st.booleans()),
    }
    dilation: Any = 1
    if kind is MaxPool2d:
        dilation = arguments["dilation"] = draw(number_or_pair(1, 3))
    else:
        arguments["count_include_pad"] = draw(st.booleans())
    layer = kind(**arguments)
    height, width = (
        # In ceil mode the last cells of a kernel may find no input.
        least_pooled(k, d, as_pair(amount), (s - 1) * layer.ceil_mode) + draw(st.integers(0, 7))
        for k, s, amount, d in zip(as_pair(kernel), layer.strides, as_pair(padding), as_pair(dilation), strict=True)
    )
    return layer, draw(numbers(whole=draw(st.booleans())))(draw(st.integers(1, 3)), height, width).astype(float)


def least_pooled(kernel: int, dilation: int, padding: tuple[Any, Any], overhang: int) -> int:
    """Return the shortest input that a pooling window fits; with a name for its padding it fits every one."""
    if isinstance(padding[0], str):
        padding = (0, 0) if padding[0] == "valid" else (dilation * kernel, 0)
    return max(1, dilation * (kernel - 1) + 1 - sum(padding) - overhang)


def torch_pooled(layer: MaxPool2d | AvgPool2d, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the output by torch: its own module where it has the padding, else its padding and its pooling.

    In `ceil_mode` torch would keep a window that starts in a padding that it is not told of.
    """
    is_max = isinstance(layer, MaxPool2d)
    arguments = {name: getattr(layer, name) for name in layer.__dataclass_fields__}
    if not isinstance(layer.padding, str) and not isinstance(as_pair(layer.padding)[0], tuple):
        module = torch.nn.MaxPool2d if is_max else torch.nn.AvgPool2d
        return module(**arguments)(torch.tensor(x)[None])[0].numpy()
    (top, bottom), (left, right) = sides_of(layer, *x.shape[1:])

    def padded(values: torch.Tensor, fill: float = 0.0) -> torch.Tensor:
        return functional.pad(values[None], (left, right, top, bottom), value=fill)

    values = torch.tensor(x, dtype=torch.float64)
    if is_max:
        window = layer.kernel, layer.strides, 0, layer.dilations, layer.ceil_mode
        output = functional.max_pool2d(padded(values, -torch.inf), *window)
    else:
        window = layer.kernel, layer.strides, 0, layer.ceil_mode
        ones = torch.ones_like(values)
        counted = functional.pad(ones, (left, right, top, bottom), value=float(layer.count_include_pad))[None]
        output, counts = (functional.avg_pool2d(one, *window, divisor_override=1) for one in (padded(values), counted))
        output = output / counts
    rows, columns = (
        -(-(before + length) // stride)
        for before, length, stride in zip((top, left), x.shape[1:], layer.strides, strict=True)
    )
    return output[0, :, :rows, :columns].numpy()


def torch_transposed(case: Case[ConvTranspose2d]) -> NDArray[np.float64]:
    """Return the output by torch: its own module, cropped where that has no such padding.

    "same" is TensorFlow's definition: the gradient of the ordinary layer that has "same" padding.
    """
    layer = case.layer
    if layer.padding in ("same_upper", "same_lower"):
        return gradient_of_same(case)
    if layer.padding == "valid":
        return torch_transposed(Case(replace(layer, padding=0), case.x, case.weight, case.bias))
    if isinstance(as_pair(layer.padding)[0], tuple):
        (top, bottom), (left, right) = layer.padding
        whole = torch_transposed(Case(replace(layer, padding=0), case.x, case.weight, case.bias))
        return whole[:, top : whole.shape[1] - bottom, left : whole.shape[2] - right]
    arguments = (getattr(case.layer, name) for name in case.layer.__dataclass_fields__)
    module = torch.nn.ConvTranspose2d(*arguments, dtype=torch.float64)
    module.weight.data = torch.tensor(case.weight, dtype=torch.float64)
    if case.bias is not None:
        module.bias.data = torch.tensor(case.bias, dtype=torch.float64)
    return module(torch.tensor(case.x, dtype=torch.float64)[None])[0].detach().numpy()


def gradient_of_same(case: Case[ConvTranspose2d]) -> NDArray[np.float64]:
    """Return by autograd what the ordinary layer with "same" padding hands back for the case's input."""
    layer, (_, height, width) = case.layer, case.x.shape
    spans = [d * (k - 1) for d, k in zip(layer.dilations, layer.kernel, strict=True)]
    sizes = height * layer.strides[0], width * layer.strides[1]
    (top, bottom), (left, right) = (
        same_side(str(layer.padding), *one) for one in zip(spans, layer.strides, sizes, strict=True)
    )
    image = torch.zeros((1, layer.out_channels, *sizes), dtype=torch.float64, requires_grad=True)
    padded = functional.pad(image, (left, right, top, bottom))
    weight = torch.tensor(case.weight, dtype=torch.float64)
    made = functional.conv2d(padded, weight, None, layer.strides, 0, layer.dilations, layer.groups)
    made.backward(torch.tensor(case.x, dtype=torch.float64)[None])
    bias = 0 if case.bias is None else case.bias[:, None, None]
    return image.grad[0].numpy() + bias


def torch_module(*arguments: Any) -> torch.nn.Conv2d:
    """Return torch's own layer in float64; arguments are in the engine's order, which is torch's."""
    return torch.nn.Conv2d(*arguments, dtype=torch.float64)


def refuses(make: Callable[[], Any], *shape: int) -> bool:
    """Tell whether torch raises when it makes this module, or for this module on an input of this shape."""
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # Torch warns of empty weights, and then refuses them.
        try:
            make()(torch.zeros((1, *shape), dtype=torch.float64))
        except (RuntimeError, ValueError, TypeError):
            return True
    return False


def torch_refuses(arguments: tuple[Any, ...], height: int, width: int) -> bool:
    """Tell whether torch raises for this layer or for this layer on this input."""
    return refuses(lambda: torch_module(*arguments), arguments[0], height, width)
