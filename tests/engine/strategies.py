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

from engine import AvgPool3d, Conv2d, ConvTranspose2d, PaddingMode, TransposedAxis
from engine.layers import ConvNd
from engine.pooling import AvgPoolNd, MaxPoolNd
from engine.transposed import ConvTransposeNd

Sides = tuple[tuple[int, int], ...]
TORCH_NAMES = {"zeros": "constant"} | {name: name for name in ("constant", "reflect", "replicate", "circular")}


AConvolution = TypeVar("AConvolution", bound=ConvNd | ConvTransposeNd)
Pool = TypeVar("Pool", bound=MaxPoolNd | AvgPoolNd)


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


def number_or_pair(least: int, most: int) -> st.SearchStrategy[Any]:
    return numbers_for(2, least, most)


def numbers_for(dims: int, least: int, most: int) -> st.SearchStrategy[Any]:
    """Draw one number, or one for each direction."""
    number = st.integers(least, most)
    return number | st.tuples(*[number] * dims)


def sides_for(dims: int, most: int) -> st.SearchStrategy[Any]:
    """Draw a padding by its sides; the pair of a sequence also without a tuple around it."""
    side = st.tuples(st.integers(0, most), st.integers(0, most))
    sides = st.tuples(*[side] * dims)
    return sides | side if dims == 1 else sides


def paddings(most: int, dims: int = 2) -> st.SearchStrategy[Any]:
    side = st.integers(0, most)
    names = ["valid", "same", "full", "same_upper", "same_lower"]
    return st.one_of(side, st.tuples(*[side] * dims), sides_for(dims, most), st.sampled_from(names))


def as_pair(value: Any) -> tuple[Any, Any]:
    return value if isinstance(value, tuple) else (value, value)


def as_tuple(value: Any, dims: int) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,) * dims


def by_direction(padding: Any, dims: int) -> tuple[Any, ...]:
    """Return a padding in numbers or by sides as one entry for each direction."""
    is_a_sequences_pair = dims == 1 and isinstance(padding, tuple) and len(padding) == 2
    return (padding,) if is_a_sequences_pair else as_tuple(padding, dims)


def is_by_sides(layer: Any) -> bool:
    """Tell whether the padding has its sides apart."""
    return isinstance(by_direction(layer.padding, layer.space.dims)[0], tuple)


def sides_of(layer: ConvNd | MaxPoolNd | AvgPoolNd, *size: int) -> Sides:
    """Return (before, after) for each direction as the manuals of torch and TensorFlow, and the design, have it."""
    padding = layer.padding
    spans = tuple(d * (k - 1) for d, k in zip(layer.dilations, layer.kernel, strict=True))
    if padding == "valid":
        return ((0, 0),) * len(size)
    if padding == "same":
        return tuple((span // 2, span - span // 2) for span in spans)
    if padding == "full":
        return tuple((span, span) for span in spans)
    if padding in ("same_upper", "same_lower"):
        return tuple(same_side(padding, *one) for one in zip(spans, layer.strides, size, strict=True))
    return tuple(as_pair(side) for side in by_direction(padding, len(size)))


def torch_sides(sides: Sides) -> tuple[int, ...]:
    """Return sides in the order of torch's padding: the last direction first."""
    return tuple(amount for side in reversed(sides) for amount in side)


def same_side(padding: str, span: int, stride: int, length: int) -> tuple[int, int]:
    """Return the padding of one direction as TensorFlow's guide has it: by what the stride leaves of the input."""
    rest = length % stride or stride
    total = max(0, span + 1 - rest)
    return (total // 2, (total + 1) // 2) if padding == "same_upper" else ((total + 1) // 2, total // 2)


def least_length(kernel: int, dilation: int, sides: tuple[int, int], mode: str) -> int:
    """Return the shortest input that the kernel fits and the mode can fill the padding from."""
    for_the_mode = {"reflect": max(sides) + 1, "circular": max(sides)}.get(mode, 1)
    return max(1, for_the_mode, dilation * (kernel - 1) + 1 - sum(sides))


def fitting_sizes(layer: ConvNd, most_extra: int) -> tuple[list[int], ...]:
    """Return for each direction the lengths that a layer fits: the least one, and those up to so many cells longer."""
    found = []
    for axis, (kernel, dilation) in enumerate(zip(layer.kernel, layer.dilations, strict=True)):
        fitting = [
            length
            for length in range(1, 60)
            if length
            >= least_length(kernel, dilation, sides_of(layer, *[length] * layer.space.dims)[axis], layer.padding_mode)
        ]
        found.append([length for length in fitting if length <= fitting[0] + most_extra])
    return tuple(found)


@st.composite
def cases(
    draw: st.DrawFn, whole: bool = False, most_channels: int = 3, most_extra: int = 6, kind: type[ConvNd] = Conv2d
) -> Case[Any]:
    """Draw a possible layer over every parameter, an input it fits, and values: whole numbers if asked for."""
    groups = draw(st.integers(1, 3))
    in_channels, out_channels = (groups * draw(st.integers(1, most_channels)) for _ in range(2))
    layer = draw(convolutions(in_channels, out_channels, groups, kind))
    size = draw(sizes_for(layer, most_extra))
    values = draw(numbers(whole))
    weight = values(out_channels, in_channels // groups, *as_tuple(layer.kernel_size, kind.space.dims))
    return Case(layer, values(in_channels, *size), weight, values(out_channels) if layer.bias else None)


@st.composite
def convolutions(
    draw: st.DrawFn, in_channels: int, out_channels: int, groups: int, kind: type[ConvNd] = Conv2d
) -> ConvNd:
    """Draw a possible layer of these channels over every other parameter."""
    dims = kind.space.dims
    padding = draw(paddings(3, dims))
    mode = draw(st.sampled_from(PaddingMode))
    return kind(
        in_channels=in_channels,
        out_channels=out_channels,
        kernel_size=draw(numbers_for(dims, 1, 4 if dims < 3 else 3)),
        stride=1 if padding == "same" else draw(numbers_for(dims, 1, 4)),
        padding=padding,
        dilation=draw(numbers_for(dims, 1, 3 if dims < 3 else 2)),
        groups=groups,
        bias=draw(st.booleans()),
        padding_mode=mode,
        padding_value=draw(st.integers(-9, 9)) if mode is PaddingMode.CONSTANT else 0,
    )


def sizes_for(layer: ConvNd, most_extra: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Draw the size of an input that a layer fits, at most so many cells longer than they must be."""
    return st.tuples(*map(st.sampled_from, fitting_sizes(layer, most_extra)))


@st.composite
def numbers(draw: st.DrawFn, whole: bool) -> Callable[..., NDArray[Any]]:
    """Draw what makes an array of any shape: whole numbers if asked for."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return lambda *shape: rng.integers(-9, 10, shape) if whole else rng.normal(size=shape)


@st.composite
def transposed_cases(
    draw: st.DrawFn,
    whole: bool = False,
    most_channels: int = 3,
    most_length: int = 6,
    kind: type[ConvTransposeNd] = ConvTranspose2d,
) -> Case[Any]:
    """Draw a possible transposed layer over every parameter, an input that leaves an output, and values."""
    dims = kind.space.dims
    groups = draw(st.integers(1, 3))
    in_channels, out_channels = (groups * draw(st.integers(1, most_channels)) for _ in range(2))
    kernel, stride = draw(numbers_for(dims, 1, 4 if dims < 3 else 3)), draw(numbers_for(dims, 1, 4 if dims < 3 else 3))
    dilation = draw(numbers_for(dims, 1, 3))
    size = tuple(draw(st.integers(1, most_length)) for _ in range(dims))
    extras, padding, sides = [], [], []
    for length, k, s, d in zip(size, *(as_tuple(one, dims) for one in (kernel, stride, dilation)), strict=True):
        extras.append(draw(st.just(0) | st.integers(0, max(s, d) - 1)))
        most = (length - 1) * s + d * (k - 1) + extras[-1]
        padding.append(draw(st.integers(0, min(most // 2, 4))))
        before = draw(st.integers(0, min(most, 6)))
        sides.append((before, draw(st.integers(0, min(most - before, 6)))))
    written = draw(st.sampled_from([tuple(padding), min(padding), tuple(sides), "valid", "same_upper", "same_lower"]))
    extra = draw(st.sampled_from([tuple(extras), min(extras)])) if written in (0, "valid") else tuple(extras)
    layer = kind(
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
    weight = values(in_channels, out_channels // groups, *as_tuple(kernel, dims))
    return Case(layer, values(in_channels, *size), weight, values(out_channels) if layer.bias else None)


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


def torch_padded(case: Case[Any]) -> NDArray[np.float64]:
    """Return the padded input by torch's own padding."""
    layer = case.layer
    sides = sides_of(layer, *case.x.shape[1:])
    x = torch.tensor(case.x, dtype=torch.float64)[None]
    if layer.padding_mode == "symmetric":  # which PyTorch has not
        return np.pad(np.asarray(case.x, float), ((0, 0), *sides), mode="symmetric")
    return functional.pad(x, torch_sides(sides), **torch_padding(layer))[0].numpy()


def torch_padding(layer: ConvNd) -> dict[str, Any]:
    """Return what torch's `pad` is told of a layer's padding mode; it takes a value for none but "constant"."""
    value = {"value": layer.padding_value} if layer.padding_mode == "constant" else {}
    return {"mode": TORCH_NAMES[layer.padding_mode]} | value


def torch_output(case: Case[Any]) -> NDArray[np.float64]:
    """Return the output by torch: its own module where it has the padding, else its padding and its convolution."""
    layer = case.layer
    weight = torch.tensor(case.weight, dtype=torch.float64)
    bias = None if case.bias is None else torch.tensor(case.bias, dtype=torch.float64)
    is_named = layer.padding in ("full", "same_upper", "same_lower")
    if is_named or layer.padding_mode in ("symmetric", "constant") or is_by_sides(layer):
        x = torch.tensor(torch_padded(case))[None]
        output = torch_function("conv", layer)(x, weight, bias, layer.stride, 0, layer.dilation, layer.groups)
    else:
        module = torch_class(layer)(*torch_arguments(layer), dtype=torch.float64)
        module.weight.data = weight
        if bias is not None:
            module.bias.data = bias
        with warnings.catch_warnings():
            # Torch says that "same" with an even kernel may cost it a copy.
            warnings.filterwarnings("ignore", message="Using padding='same'")
            output = module(torch.tensor(case.x, dtype=torch.float64)[None])
    return output[0].detach().numpy()


def torch_arguments(layer: Any) -> tuple[Any, ...]:
    """Return the arguments of torch's layer of the same name, which has no `padding_value`."""
    return tuple(getattr(layer, name) for name in layer.__dataclass_fields__ if name != "padding_value")


def torch_class(layer: object) -> Any:
    """Return torch's layer of the same name."""
    return getattr(torch.nn, type(layer).__name__)


def torch_function(name: str, layer: Any) -> Any:
    """Return torch's function of this name for the layer's directions."""
    return getattr(functional, f"{name}{layer.space.dims}d")


@st.composite
def pooling_cases(draw: st.DrawFn, kind: type[Pool]) -> tuple[Pool, NDArray[np.float64]]:
    """Draw a possible pooling layer of this kind over every parameter, and an input that it fits."""
    dims = kind.space.dims
    kernel = draw(numbers_for(dims, 1, 4))
    taps = as_tuple(kernel, dims)
    padding = draw(
        numbers_for(dims, 0, min(taps) // 2)
        | st.just(tuple(k // 2 for k in taps))
        | sides_for(dims, min(taps) - 1)
        | st.sampled_from(["valid", "same_upper", "same_lower"])
    )
    arguments = {
        "kernel_size": kernel,
        "stride": draw(st.none() | numbers_for(dims, 1, 4)),
        "padding": padding,
        "ceil_mode": draw(st.booleans()),
    }
    dilation: Any = 1
    if issubclass(kind, MaxPoolNd):
        dilation = arguments["dilation"] = draw(numbers_for(dims, 1, 3))
    else:
        arguments["count_include_pad"] = draw(st.booleans())
    layer = kind(**arguments)
    size = [
        # In ceil mode the last cells of a kernel may find no input, which AvgPool3d of torch alone refuses.
        max(k if kind is AvgPool3d else 1, least_pooled(k, d, as_pair(amount), (s - 1) * layer.ceil_mode))
        + draw(st.integers(0, 7))
        for k, s, amount, d in zip(
            taps, layer.strides, by_direction(padding, dims), as_tuple(dilation, dims), strict=True
        )
    ]
    return layer, draw(numbers(whole=draw(st.booleans())))(draw(st.integers(1, 3)), *size).astype(float)


def least_pooled(kernel: int, dilation: int, padding: tuple[Any, Any], overhang: int) -> int:
    """Return the shortest input that a pooling window fits; with a name for its padding it fits every one."""
    if isinstance(padding[0], str):
        padding = (0, 0) if padding[0] == "valid" else (dilation * kernel, 0)
    return max(1, dilation * (kernel - 1) + 1 - sum(padding) - overhang)


def torch_pooled(layer: MaxPoolNd | AvgPoolNd, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the output by torch, as `torch_pooled_tensor` does."""
    return torch_pooled_tensor(layer, torch.tensor(x, dtype=torch.float64)).numpy()


def torch_pooled_tensor(layer: MaxPoolNd | AvgPoolNd, x: torch.Tensor) -> torch.Tensor:
    """Return the output by torch: its own module where it has the padding, else its padding and its pooling.

    In `ceil_mode` torch would keep a window that starts in a padding that it is not told of.
    """
    is_max = isinstance(layer, MaxPoolNd)
    arguments = {name: getattr(layer, name) for name in layer.__dataclass_fields__}
    if not isinstance(layer.padding, str) and not is_by_sides(layer):
        return torch_class(layer)(**arguments)(x[None])[0]
    sides = sides_of(layer, *x.shape[1:])

    def padded(values: torch.Tensor, fill: float = 0.0) -> torch.Tensor:
        return functional.pad(values[None], torch_sides(sides), value=fill)

    if is_max:
        window = layer.kernel, layer.strides, 0, layer.dilations, layer.ceil_mode
        output = torch_function("max_pool", layer)(padded(x, -torch.inf), *window)
    else:
        output = torch_sums(layer, padded(x)) / torch_sums(
            layer, padded(torch.ones_like(x), float(layer.count_include_pad))
        )
    kept = [
        slice(-(-(before + length) // stride))
        for (before, _), length, stride in zip(sides, x.shape[1:], layer.strides, strict=True)
    ]
    return output[0][:, *kept]


def torch_sums(layer: AvgPoolNd, values: torch.Tensor) -> torch.Tensor:
    """Return the sums of windows; over a sequence in two directions, for torch has no other divisor in one."""
    if layer.space.dims == 1:
        window = (1, *layer.kernel), (1, *layer.strides), 0, layer.ceil_mode
        return functional.avg_pool2d(values[:, :, None], *window, divisor_override=1)[:, :, 0]
    window = layer.kernel, layer.strides, 0, layer.ceil_mode
    return torch_function("avg_pool", layer)(values, *window, divisor_override=1)


def torch_transposed(case: Case[Any]) -> NDArray[np.float64]:
    """Return the output by torch: its own module, cropped where that has no such padding.

    "same" is TensorFlow's definition: the gradient of the ordinary layer that has "same" padding.
    """
    layer = case.layer
    if layer.padding in ("same_upper", "same_lower"):
        return gradient_of_same(case)
    if layer.padding == "valid":
        return torch_transposed(Case(replace(layer, padding=0), case.x, case.weight, case.bias))
    if is_by_sides(layer):
        whole = torch_transposed(Case(replace(layer, padding=0), case.x, case.weight, case.bias))
        sides = zip(by_direction(layer.padding, layer.space.dims), whole.shape[1:], strict=True)
        return whole[:, *(slice(before, length - after) for (before, after), length in sides)]
    arguments = (getattr(case.layer, name) for name in case.layer.__dataclass_fields__)
    module = torch_class(layer)(*arguments, dtype=torch.float64)
    module.weight.data = torch.tensor(case.weight, dtype=torch.float64)
    if case.bias is not None:
        module.bias.data = torch.tensor(case.bias, dtype=torch.float64)
    return module(torch.tensor(case.x, dtype=torch.float64)[None])[0].detach().numpy()


def gradient_of_same(case: Case[Any]) -> NDArray[np.float64]:
    """Return by autograd what the ordinary layer with "same" padding hands back for the case's input."""
    layer = case.layer
    spans = [d * (k - 1) for d, k in zip(layer.dilations, layer.kernel, strict=True)]
    sizes = [length * stride for length, stride in zip(case.x.shape[1:], layer.strides, strict=True)]
    sides = tuple(same_side(str(layer.padding), *one) for one in zip(spans, layer.strides, sizes, strict=True))
    image = torch.zeros((1, layer.out_channels, *sizes), dtype=torch.float64, requires_grad=True)
    padded = functional.pad(image, torch_sides(sides))
    weight = torch.tensor(case.weight, dtype=torch.float64)
    made = torch_function("conv", layer)(padded, weight, None, layer.strides, 0, layer.dilations, layer.groups)
    made.backward(torch.tensor(case.x, dtype=torch.float64)[None])
    return image.grad[0].numpy() + bias_of(case)


def bias_of(case: Case[Any]) -> Any:
    """Return the bias in a shape that is added to every cell of a map, or 0."""
    return 0 if case.bias is None else case.bias.reshape(-1, *[1] * case.layer.space.dims)


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
