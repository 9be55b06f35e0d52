"""Counts as people read them: short on a chart, in full in a sentence."""

from fractions import Fraction

from engine.checks import Pair

_UNITS = ((10**15, " P"), (10**12, " T"), (10**9, " G"), (10**6, " M"), (10**3, " k"))


def short(value: float, unit: str = "") -> str:
    """Write a number in at most four digits.

    >>> short(115_605_504), short(9_600, "B"), short(75), short(0.4)
    ('115.6 M', '9.6 kB', '75', '0.4')
    """
    for size, prefix in _UNITS:
        if value >= size:
            return f"{_digits(value / size)}{prefix}{unit}"
    return f"{_digits(value)} {unit}" if unit else _digits(value)


def _digits(value: float) -> str:
    if value == int(value) or value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}" if value >= 100 else f"{value:.3g}"


def area_name(kernel: Pair) -> str:
    """What the taps of a kernel of (rows, columns) are called in a formula.

    >>> area_name((3, 3)), area_name((3, 1))
    ('k²', 'taps')
    """
    return "k²" if kernel[0] == kernel[1] else "taps"


def kernel_name(kernel: Pair) -> str:
    """Write the size of a kernel of (rows, columns), as one number where it is square.

    >>> kernel_name((3, 3)), kernel_name((3, 1))
    ('3', '3×1')
    """
    return str(kernel[0]) if kernel[0] == kernel[1] else f"{kernel[0]}×{kernel[1]}"


def relation(value: Fraction, written: str) -> str:
    """The sign between a number and how it is written: "≈" where digits are left out.

    >>> relation(Fraction(5, 2), "2.5"), relation(Fraction(1, 3), "0.333")
    ('=', '≈')
    """
    return "=" if Fraction(written) == value else "≈"


def times(ratio: float, less: str = "times fewer", more: str = "times as many", same: str = "as many") -> str:
    """Say how many times less or more something is, in these words; `ratio` is the standard's over its own.

    >>> times(8.694), times(0.5), times(1), times(0.998)
    ('8.69 times fewer', '2 times as many', 'as many', 'nearly as many')
    """
    number = f"{max(ratio, 1 / ratio):.3g}"
    if number == "1":
        return same if ratio == 1 else f"nearly {same}"
    return f"{number} {less if ratio > 1 else more}"
