"""The part of a link after the #: what the player shows, which only the browser writes."""

import re

_PATTERNS = {
    "step": re.compile(r"[1-9][0-9]{0,8}"),
    "grain": re.compile("[a-z]{1,12}"),
    "speed": re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?"),
    "loop": re.compile("1"),
    "pin": re.compile(r"[a-z_]{1,20}(\.[0-9]{1,6}){2,3}"),
    "digits": re.compile("whole|two|all"),
    "predict": re.compile("sum|size|cells"),
}


def read_fragment(fragment: str) -> str:
    """Return a fragment without its #; a part that has not its exact form is left out, so that it is safe anywhere.

    >>> read_fragment("#step=12&grain=tap&speed=<b>")
    'step=12&grain=tap'
    """
    said = dict(part.split("=", 1) for part in fragment[:200].removeprefix("#").split("&") if "=" in part)
    read = {name: said[name] for name, form in _PATTERNS.items() if name in said and form.fullmatch(said[name])}
    return "&".join(f"{name}={value}" for name, value in read.items())
