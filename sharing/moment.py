"""The state of the player in a link: the part after the #, which only the browser writes."""

import re
from dataclasses import dataclass

_PATTERNS = {
    "step": re.compile(r"[1-9][0-9]{0,8}"),
    "grain": re.compile("[a-z]{1,12}"),
    "speed": re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?"),
    "loop": re.compile("1"),
    "pin": re.compile(r"[a-z_]{1,20}(\.[0-9]{1,6}){2,3}"),
}


@dataclass(frozen=True)
class Moment:
    """The player's state: the `step` from 1, its granularity `grain`, steps a second, and the `fragment` with all that.

    A `grain` of "" is the one that the layer opens with.
    """

    step: int = 1
    grain: str = ""
    speed: float = 2.0
    fragment: str = ""


NO_MOMENT = Moment()
"""What a page without a player shows."""


def read_moment(fragment: str) -> Moment:
    """Read a fragment; a part that has not its exact form is left out, so that the result is safe to write anywhere.

    >>> read_moment("#step=12&grain=tap&speed=<b>")
    Moment(step=12, grain='tap', speed=2.0, fragment='step=12&grain=tap')
    """
    said = dict(part.split("=", 1) for part in fragment[:200].removeprefix("#").split("&") if "=" in part)
    read = {name: said[name] for name, form in _PATTERNS.items() if name in said and form.fullmatch(said[name])}
    joined = "&".join(f"{name}={value}" for name, value in read.items())
    return Moment(int(read.get("step", 1)), read.get("grain", ""), float(read.get("speed", 2)), joined)
