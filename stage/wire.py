"""What the browser is given: values that are ready for JSON. Nothing else in Python makes them.

Every key is the name of a field in `stage.model`, so `stage/player/wire.d.ts` can be written from there
(`stage.wire_types`). A field that has the default None is left out while it is None.
"""

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

import numpy as np

from stage.encoding import encode
from stage.model import LegendEntry, Stage, Surroundings, Unplayable
from stage.scene import Strip


def to_wire(given: Stage | Strip | LegendEntry | Unplayable | Surroundings) -> dict[str, Any]:
    """What the player is given, as JSON-ready values; arrays are packed by `stage.encoding`.

    >>> to_wire(Surroundings(fixed=True))
    {'fixed': True}
    """
    sent: dict[str, Any] = _sent(given)
    return sent


def _sent(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, np.ndarray):
        return encode(value)
    if isinstance(value, tuple):
        return [_sent(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _sent(one) for name, one in value.items()}
    found = ((name, getattr(value, name), is_optional) for name, is_optional in sent_fields(type(value)))
    return {name: _sent(one) for name, one, is_optional in found if one is not None or not is_optional}


def sent_fields(of: type[Any]) -> tuple[tuple[str, bool], ...]:
    """The fields of a dataclass, and whether each is left out while it is None."""
    return tuple((field.name, field.default is None) for field in fields(of))
