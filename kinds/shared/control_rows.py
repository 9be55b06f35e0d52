"""The rows of controls that pages have in common: the names of a state's fields, those of a row beside each other."""

ControlRows = tuple[tuple[str, ...], ...]

PADDING_ROWS: ControlRows = (
    ("padding",),
    ("padding_height", "padding_width"),
    ("padding_top", "padding_bottom"),
    ("padding_left", "padding_right"),
)
"""The controls of padding, of which those are shown that count."""

PADDED_ROWS: ControlRows = (
    ("height", "width"),
    ("in_channels", "out_channels"),
    ("kernel_height", "kernel_width"),
    ("stride_height", "stride_width"),
    *PADDING_ROWS,
    ("padding_mode",),
    ("padding_value",),
    ("dilation_height", "dilation_width"),
    ("bias",),
)
"""The controls of an ordinary convolution."""
