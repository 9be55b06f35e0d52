"""Padding as it is written, and the cells on each side of the input, or of the output, that it stands for."""

from engine.checks import Padding, Pair, Sides


def padding_sides(padding: Padding, extents: Pair, strides: Pair, size: Pair) -> Sides:
    """Return ((top, bottom), (left, right)) in cells, whichever way the padding of an input is written.

    `extents` are the cells from the kernel's first tap to its last, both counted, and `size` is the input's, all of
    them (rows, columns). "same_upper" and "same_lower" make ceil(size / stride) outputs; an odd total puts the extra
    cell after the input, or before it. Source: ONNX, operator Conv, attribute auto_pad; TensorFlow's "SAME" is the
    upper one.

    >>> padding_sides("same_upper", (3, 3), (2, 2), (6, 5)), padding_sides("same_lower", (3, 3), (2, 2), (6, 5))
    (((0, 1), (1, 1)), ((1, 0), (1, 1)))
    >>> padding_sides("same", (4, 3), (1, 1), (6, 5)), padding_sides((1, 2), (3, 3), (1, 1), (6, 5))
    (((1, 2), (1, 1)), ((1, 1), (2, 2)))
    """
    match padding:
        case "same":
            return _halves("same_upper", extents[0] - 1), _halves("same_upper", extents[1] - 1)
        case "full":
            return (extents[0] - 1, extents[0] - 1), (extents[1] - 1, extents[1] - 1)
        case "same_upper" | "same_lower":
            rows, columns = (
                _halves(padding, max(0, (-(-length // stride) - 1) * stride + extent - length))
                for extent, stride, length in zip(extents, strides, size, strict=True)
            )
            return rows, columns
    return _written_sides(padding)


def cropped_sides(padding: Padding, extents: Pair, strides: Pair) -> Sides:
    """Return ((top, bottom), (left, right)), the cells that a transposed layer's padding crops off its output.

    "same_upper" and "same_lower" leave size * stride cells: what is cropped is what padding of the same name would
    add to the ordinary layer back. Source: ONNX, operator ConvTranspose, attribute auto_pad; Keras's "same" is the
    upper one.

    >>> cropped_sides("same_upper", (3, 4), (2, 2)), cropped_sides("same_lower", (3, 1), (2, 2))
    (((0, 1), (1, 1)), ((1, 0), (0, 0)))
    """
    match padding:
        case "same_upper" | "same_lower":
            rows, columns = (
                _halves(padding, max(0, extent - stride)) for extent, stride in zip(extents, strides, strict=True)
            )
            return rows, columns
    return _written_sides(padding)


def _halves(padding: str, total: int) -> Pair:
    """Return a total as (before, after); the one that is odd goes after, or before where the padding is the lower."""
    less, more = total // 2, total - total // 2
    return (more, less) if padding == "same_lower" else (less, more)


def _written_sides(padding: Padding) -> Sides:
    match padding:
        case "valid":
            return (0, 0), (0, 0)
        case ((top, bottom), (left, right)):
            return (top, bottom), (left, right)
        case (int(rows), int(columns)):
            return (rows, rows), (columns, columns)
        case int(amount):
            return (amount, amount), (amount, amount)
    raise AssertionError(padding)
