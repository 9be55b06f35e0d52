"""Reading what the page writes as arithmetic: whether it is true, worked out exactly, as a reader would."""

import re
from fractions import Fraction

_SIX_DIGITS = Fraction(5, 10**6)  # how far off a number may be that is written with six digits, as a share of it
_INFINITY = Fraction(10) ** 400


def exactly(side: str) -> Fraction:
    """Work out sums, products, quotients and maxima of written numbers."""
    text = side.replace("−", "-").replace("×", "*").replace("∞", f"Fraction({_INFINITY})")
    text = re.sub(r"Fraction\(.*?\)|\d+(?:\.\d+)?(?:e[+-]?\d+)?", _as_fraction, text)
    return Fraction(eval(text, {"__builtins__": {}, "max": lambda *terms: max(terms), "Fraction": Fraction}))


def _as_fraction(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("Fraction") else f'Fraction("{found[0]}")'


def statements(line: str) -> list[str]:
    """The equations of a line of the arithmetic without the words around them, and without those that are not ended."""
    line = re.sub(r"^channel \d+: |^output: |^lands on [^:]*: ", "", line)
    parts = [part.replace(" (bias)", "").removesuffix(" so far").strip() for part in re.split("[;,]  ", line)]
    return [part for part in parts if re.search("[=≈]", part) and "…" not in part]


def is_true(statement: str) -> bool:
    """Whether an equation is true as written: exactly after "=", and as far as rounding explains after "≈"."""
    left, sign, right = re.split(" ([=≈]) ", statement)
    difference = abs(exactly(left) - exactly(right))
    if sign == "=":
        return difference == 0
    terms = re.sub("[−]", "", left).replace("(", "").replace(")", "").split(" / ")
    size = exactly(f"({terms[0]}) / {terms[1]}" if len(terms) > 1 else terms[0]) + abs(exactly(right))
    return 0 < difference <= 2 * _SIX_DIGITS * size


def sign(left: str, right: str) -> str:
    """How an equation has to be written."""
    return "=" if exactly(left) == exactly(right) else "≈"
