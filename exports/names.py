"""File names, which are made of the layer's kind and arguments."""

from dataclasses import fields
from typing import Any

from kinds.registry import spec_of
from sharing.page_state import PageState

_SHORT = {"kernel_size": "k", "stride": "s", "padding": "p", "dilation": "d", "groups": "g", "output_padding": "op"}
_SKIPPED = {"in_channels", "out_channels", "kernel_size", "bias"}


def layer_kind(state: PageState) -> str:
    """Return PyTorch's name of the layer's class; LayerError where the state has no layer.

    >>> from kinds.registry import PRESETS
    >>> layer_kind(PRESETS["standard"]["simplest"].state), layer_kind(PRESETS["one_dimensional"]["edges"].state)
    ('Conv2d', 'Conv1d')
    """
    return spec_of(state).torch_class or type(state.layer()).__name__


def layer_name(state: PageState) -> str:
    """Return the layer as a word for a file name: letters, digits and hyphens; LayerError where there is no layer.

    >>> from kinds.registry import PRESETS
    >>> layer_name(PRESETS["standard"]["half-padding"].state)
    'conv2d-1to1-k3-p1'
    """
    layer = state.layer()
    parts = [layer_kind(state).lower()]
    if hasattr(layer, "in_channels"):
        parts.append(f"{layer.in_channels}to{layer.out_channels}")
    parts.append(f"k{_written(layer.kernel_size)}")
    for field in fields(layer):
        value = getattr(layer, field.name)
        if field.name in _SKIPPED or value in (field.default, "valid") or _is_each(value, field.default):
            continue
        name = _SHORT.get(field.name, field.name.replace("_", ""))
        parts.append(f"{name}{'' if value is True else _written(value)}")
    return "-".join(parts)


def _is_each(value: Any, default: Any) -> bool:
    """Whether a value has one number for each direction, all of which are the default."""
    return isinstance(value, tuple) and all(one == default for one in value)


def _written(value: Any) -> str:
    match value:
        case ((_, _), *_):
            return "x".join(f"{before}x{after}" for before, after in value)
        case (first, *others):
            return str(first) if all(one == first for one in others) else "x".join(map(str, value))
        case _:
            return str(value).lower().replace("_", "")
