"""Whether a kernel is a column times a row, so that two passes of 2k multiplies do what one of k² does."""

from math import gcd

Rows = tuple[tuple[int, ...], ...]
Factors = tuple[tuple[int, ...], tuple[int, ...]]


def spatial_factors(kernel: Rows) -> Factors | None:
    """Return the whole numbers (column, row) whose products are the kernel's, or None where there are none such.

    `kernel` is rows of whole numbers, all of one length. The row has no common factor; the column has what is left of
    it. Every row of a matrix of rank 1 is a multiple of the same row, and of no other matrix.

    >>> spatial_factors(((1, 2, 1), (2, 4, 2), (1, 2, 1)))
    ((1, 2, 1), (1, 2, 1))
    >>> spatial_factors(((0, 1, 0), (1, -4, 1), (0, 1, 0))) is None
    True
    """
    first = next((row for row in kernel if any(row)), None)
    if first is None:
        return (0,) * len(kernel), (0,) * len(kernel[0])
    common = gcd(*first)
    row = tuple(weight // common for weight in first)
    pivot = next(index for index, weight in enumerate(row) if weight)
    # `row` has no common factor: where a row is a multiple of it, it is a whole one.
    column = tuple(weights[pivot] // row[pivot] for weights in kernel)
    products = tuple(tuple(down * across for across in row) for down in column)
    return (column, row) if products == kernel else None
