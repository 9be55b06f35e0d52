"""Padding as it is written, and the cells on each side of the input, or of the output, that it stands for."""

from engine.checks import Numbers, Padding, Pair, Sides


def padding_sides(padding: Padding, extents: Numbers, strides: Numbers, size: Numbers) -> Sides:
    """Return (before, after) in cells for each direction, whichever way the padding of an input is written.

    `extents` are the cells from the kernel's first tap to its last, both counted, and `size` is the input's, all of
    them one for each direction. "same_upper" and "same_lower" make ceil(size / stride) outputs; an odd total puts the
    extra cell after the input, or before it. Source: ONNX, operator Conv, attribute auto_pad; TensorFlow's "SAME" is
    the upper one.

    >>> padding_sides("same_upper", (3, 3), (2, 2), (6, 5)), padding_sides("same_lower", (3, 3), (2, 2), (6, 5))
    (((0, 1), (1, 1)), ((1, 0), (1, 1)))
    >>> padding_sides("same", (4, 3), (1, 1), (6, 5)), padding_sides((1, 2), (3, 3), (1, 1), (6, 5))
    (((1, 2), (1, 1)), ((1, 1), (2, 2)))
    >>> padding_sides((1, 2), (3,), (1,), (6,))
    ((1, 2),)
    """
    match padding:
        case "same":
            return tuple([_halves("same_upper", extent - 1) for extent in extents])
        case "full":
            return tuple([(extent - 1, extent - 1) for extent in extents])
        case "same_upper" | "same_lower":
            return tuple(
                [
                    _halves(padding, max(0, (-(-length // stride) - 1) * stride + extent - length))
                    for extent, stride, length in zip(extents, strides, size, strict=True)
                ]
            )
    return written_sides(padding, len(extents))


def cropped_sides(padding: Padding, extents: Numbers, strides: Numbers) -> Sides:
    """Return (before, after) for each direction, the cells that a transposed layer's padding crops off its output.

    "same_upper" and "same_lower" leave size * stride cells: what is cropped is what padding of the same name would
    add to the ordinary layer back. Source: ONNX, operator ConvTranspose, attribute auto_pad; Keras's "same" is the
    upper one.

    >>> cropped_sides("same_upper", (3, 4), (2, 2)), cropped_sides("same_lower", (3, 1), (2, 2))
    (((0, 1), (1, 1)), ((1, 0), (0, 0)))
    """
    match padding:
        case "same_upper" | "same_lower":
            return tuple(
                [_halves(padding, max(0, extent - stride)) for extent, stride in zip(extents, strides, strict=True)]
            )
    return written_sides(padding, len(extents))


def says_sides(padding: Padding, dims: int) -> bool:
    """Return whether a padding in so many directions is written with its sides apart.

    >>> says_sides((1, 2), 2), says_sides((1, 2), 1), says_sides(((1, 2), (0, 0)), 2)
    (False, True, True)
    """
    return isinstance(padding, tuple) and (len(padding) > dims or isinstance(padding[0], tuple))


def _halves(padding: str, total: int) -> Pair:
    """Return a total as (before, after); the one that is odd goes after, or before where the padding is the lower."""
    less, more = total // 2, total - total // 2
    return (more, less) if padding == "same_lower" else (less, more)


def written_sides(padding: Padding, dims: int) -> Sides:
    """Return (before, after) in cells for each of so many directions, for a padding in numbers or "valid".

    >>> written_sides((1, 2), 2), written_sides((1, 2), 1), written_sides("valid", 3)
    (((1, 1), (2, 2)), ((1, 2),), ((0, 0), (0, 0), (0, 0)))
    """
    match padding:
        case int(amount):
            return ((amount, amount),) * dims
        case "valid":
            return ((0, 0),) * dims
        case (int(before), int(after)) if dims == 1:
            return ((before, after),)
        case str():
            raise AssertionError(padding)
    return tuple([(side, side) if isinstance(side, int) else side for side in padding])
