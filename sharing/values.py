"""The numbers of a state: the preset's, seeded ones, or what was typed, fitted to the layer's shapes.

Values keep their place when a size changes, so that growing a kernel adds a row and leaves the rest alone.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine import LayerError
from engine.arrays import Floats
from sharing.matrices import parse, write
from sharing.page_state import PageState, Values
from sharing.presets import find_preset
from sharing.roles import Role, Shape

Operands = dict[Role, Floats]


def as_text(role: Role, values: Floats) -> str:
    """Write the values of a role as a person would type them."""
    shape = role.as_text(values.shape)
    return write(values.reshape(shape))


def typed(role: Role, text: str) -> Floats:
    """Read what was typed for a role; LayerError where it cannot be read."""
    values = parse(role.name, text, role.naming)
    return values.reshape(role.from_text(values.shape))


@lru_cache(maxsize=64)
def _whole(role: Role, seed: int) -> Floats:
    """Whole numbers small enough to check in the head."""
    return _kept(_generator(role, seed).integers(role.least, role.most, role.largest, endpoint=True).astype(float))


@lru_cache(maxsize=64)
def _real(role: Role, seed: int) -> Floats:
    """Numbers from -1 to 1 with two decimals."""
    return _kept(_generator(role, seed).integers(-100, 100, role.largest, endpoint=True) / 100)


def _generator(role: Role, seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, role.index])


def _kept(values: Floats) -> Floats:
    values.flags.writeable = False
    return values


def fit(base: Floats, shape: Shape, fill: Floats) -> Floats:
    """The values of `base` where it has them, cut to `shape`; `fill`, which is at least that large, elsewhere.

    >>> fit(np.ones((1, 2)), (2, 2), np.zeros((3, 3))).tolist()
    [[1.0, 1.0], [0.0, 0.0]]
    """
    fitted = fill[tuple(slice(length) for length in shape)].copy()
    common = tuple(slice(min(ours, theirs)) for ours, theirs in zip(base.shape, shape, strict=True))
    fitted[common] = base[common]
    return fitted


def operands(state: PageState) -> Operands:
    """Return the arrays of a state by their roles; LayerError where a size is out of bounds or a text cannot be read.

    A preset's input without channels is handed on as it is: the engine says what is missing.
    """
    state.check_limits()
    found = {}
    for role, shape in state.shapes().items():
        base, fill = _sources(state, role)
        found[role] = fit(base, shape, fill) if base.ndim == len(shape) else base
    return found


def written_out(state: PageState) -> PageState:
    """Return the state with its numbers as typed text, independent of preset and seed; unchanged if it has none."""
    try:
        texts: dict[str, Any] = {f"{role.name}_text": as_text(role, values) for role, values in operands(state).items()}
    except LayerError:
        return state
    return replace(state, values=Values.TYPED, **texts)


def _sources(state: PageState, role: Role) -> tuple[Floats, Floats]:
    """The values given for a role, and what stands where none was given."""
    match state.values:
        case Values.PRESET:
            preset = find_preset(state)
            fill = _whole(role, preset.state.seed)
            given = preset.values.get(role.name)
            return (fill if given is None else np.array(given, dtype=float)), fill
        case Values.WHOLE:
            return (_whole(role, state.seed),) * 2
        case Values.REAL:
            return (_real(role, state.seed),) * 2
        case Values.TYPED:
            text, zeros = getattr(state, f"{role.name}_text"), np.zeros(role.largest)
            # A bias that was switched on after the typing is not typed yet.
            return (zeros if role.may_be_blank and not text.strip() else typed(role, text)), zeros
