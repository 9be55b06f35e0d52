"""How a value is written. The player writes by the same rule (`numbers.js`), and a test holds the two together."""

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

DIGITS = 6
"""Significant digits of a real number in a sentence."""


def write_number(value: float) -> str:
    """A value with a real minus sign: whole numbers in full, others with six significant digits.

    >>> write_number(-2.0), write_number(1 / 3), write_number(2.5e-9), write_number(float("-inf"))
    ('−2', '0.333333', '2.5e−9', '−∞')
    """
    if not isfinite(value):
        return "−∞" if value < 0 else "∞"
    exact = Decimal(repr(float(value))) if value == int(value) else _rounded(value, DIGITS)
    return _with_minus(_without_zeros(exact))


def write_short(value: float) -> str:
    """A value short enough for a cell: whole numbers in full, others with two decimals, or one digit if those are 0.

    >>> write_short(-3.0), write_short(0.125), write_short(0.00126), write_short(1234.56)
    ('−3', '0.13', '0.001', '1235')
    """
    if not isfinite(value) or value == int(value):
        return write_number(value)
    if abs(value) < 0.005:
        return _with_minus(_with_digits(value, 1))
    if abs(value) >= 1000:
        return _with_minus(_with_digits(value, 4))
    return _with_minus(str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)))


def _rounded(value: float, digits: int) -> Decimal:
    """A value with so many significant digits; halves go away from zero."""
    exact = Decimal(value)
    return exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP)


def _with_digits(value: float, digits: int) -> str:
    """Exactly so many significant digits, with an exponent where they do not say how large the value is."""
    found = _rounded(value, digits)
    power = found.adjusted()
    if -7 < power < digits:
        return f"{found:.{digits - 1 - power}f}"
    return f"{found.scaleb(-power):.{digits - 1}f}e{power:+d}"


def _without_zeros(value: Decimal) -> str:
    """All digits but zeros at the end, with an exponent below a millionth and from 10^21 on."""
    power = value.adjusted() if value else 0
    if -7 < power < 21:
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{_without_zeros(value.scaleb(-power))}e{power:+d}"


def _with_minus(text: str) -> str:
    return "0" if text == "-0" else text.replace("-", "−")
