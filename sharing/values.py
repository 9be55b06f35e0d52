"""The numbers of a state: the preset's, seeded ones, or what was typed, fitted to the layer's shapes.

Values keep their place when a size changes, so that growing a kernel adds a row and leaves the rest alone.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sharing.matrices import parse
from sharing.presets import find_preset
from sharing.state import LARGEST_SIZE_OF_ONE_CHANNEL, StandardState, Values

Floats = NDArray[np.float64]

_LARGEST_SHAPES = ((8, LARGEST_SIZE_OF_ONE_CHANNEL, LARGEST_SIZE_OF_ONE_CHANNEL), (8, 8, 7, 7), (8,))


class Operands(NamedTuple):
    """The input, the kernel and the bias (or None) of a state."""

    input: Floats
    kernel: Floats
    bias: Floats | None


def _whole(seed: int) -> tuple[Floats, ...]:
    """Whole numbers small enough to check in the head: input 0 to 9, kernel -2 to 3, bias -5 to 5."""
    ranges = ((0, 9), (-2, 3), (-5, 5))
    drawn = zip(_generators(seed), ranges, _LARGEST_SHAPES, strict=True)
    return tuple(generator.integers(*ends, shape, endpoint=True).astype(float) for generator, ends, shape in drawn)


def _real(seed: int) -> tuple[Floats, ...]:
    """Numbers from -1 to 1 with two decimals."""
    drawn = zip(_generators(seed), _LARGEST_SHAPES, strict=True)
    return tuple(generator.integers(-100, 100, shape, endpoint=True) / 100 for generator, shape in drawn)


def _generators(seed: int) -> list[np.random.Generator]:
    return [np.random.default_rng([seed, role]) for role in range(len(_LARGEST_SHAPES))]


def _typed(state: StandardState) -> tuple[Floats, ...]:
    x, kernel = parse("input", state.input_text), parse("kernel", state.kernel_text)
    bias = parse("bias", state.bias_text) if state.bias and state.bias_text.strip() else np.zeros(1)
    return x.reshape(-1, *x.shape[2:]), kernel, bias.ravel()


def fit(base: Floats, shape: tuple[int, ...], fill: Floats) -> Floats:
    """The values of `base` where it has them, cut to `shape`; `fill`, which is at least that large, elsewhere.

    >>> fit(np.ones((1, 2)), (2, 2), np.zeros((3, 3))).tolist()
    [[1.0, 1.0], [0.0, 0.0]]
    """
    fitted = fill[tuple(slice(length) for length in shape)].copy()
    common = tuple(slice(min(ours, theirs)) for ours, theirs in zip(base.shape, shape, strict=True))
    fitted[common] = base[common]
    return fitted


def operands(state: StandardState) -> Operands:
    """The numbers of a state; LayerError where a size is out of bounds or what was typed cannot be read.

    A preset's input without channels is handed on as it is: the engine says what is missing.
    """
    state.check_limits()
    fills, bases = _sources(state)
    wanted = (
        (state.in_channels, state.height, state.width),
        (state.out_channels, state.in_channels, state.kernel_height, state.kernel_width),
        (state.out_channels,),
    )
    x, kernel, bias = (
        fit(base, shape, fill) if base.ndim == len(shape) else base
        for base, shape, fill in zip(bases, wanted, fills, strict=True)
    )
    return Operands(x, kernel, bias if state.bias else None)


def _sources(state: StandardState) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """What stands where no value was given, and the values given."""
    match state.values:
        case Values.PRESET:
            preset = find_preset(state.preset)
            fills = _whole(preset.state.seed)
            given = (np.array(values, dtype=float) for values in (preset.input, preset.kernel, []))
            return fills, tuple(values if values.size else fill for values, fill in zip(given, fills, strict=True))
        case Values.WHOLE:
            return (_whole(state.seed),) * 2
        case Values.REAL:
            return (_real(state.seed),) * 2
        case Values.TYPED:
            return tuple(np.zeros(shape) for shape in _LARGEST_SHAPES), _typed(state)
