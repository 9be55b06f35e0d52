"""A layer over a sequence as one over an image of a single row: the same numbers, for what shows images."""

from engine.layers import Conv2d
from engine.sides import written_sides
from engine.trace import Trace


def in_one_row(trace: Trace) -> Trace:
    """Return the record of a sequence as that of an image of a single row; nothing is worked out anew.

    >>> from engine import Conv1d, record
    >>> image = in_one_row(record(Conv1d(1, 1, 2, padding=(1, 0), bias=False), [[1, 2]], [[[3, 4]]]))
    >>> image.layer.padding, image.output.tolist()
    (((0, 0), (1, 0)), [[[4.0, 11.0]]])
    """
    layer = trace.layer
    is_named = isinstance(layer.padding, str)
    row = Conv2d(
        in_channels=layer.in_channels,
        out_channels=layer.out_channels,
        kernel_size=(1, *layer.kernel),
        stride=(1, *layer.strides),
        padding=layer.padding if is_named else ((0, 0), *written_sides(layer.padding, 1)),
        dilation=(1, *layer.dilations),
        groups=layer.groups,
        bias=layer.bias,
        padding_mode=layer.padding_mode,
        padding_value=layer.padding_value,
    )
    return Trace(
        row,
        trace.input[:, None],
        trace.weight[:, :, None],
        trace.bias,
        padded=trace.padded[:, None],
        columns=trace.columns,
        products=trace.products,
    )
