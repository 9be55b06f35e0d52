"""The sentences of this page's own errors."""

from enum import auto

from engine.messages import MessageCode, Templates


class TransposedCode(MessageCode):
    """What can be wrong with the size of a transposed layer."""

    UNCROPPED_TOO_LARGE = auto()
    MATRIX_TOO_LARGE = auto()


TEMPLATES: Templates = {
    "uncropped_too_large.rows": (
        "{parameter} is {value}, but it makes {made} rows, and this page shows up to {most}: use {nearest}."
    ),
    "uncropped_too_large.columns": (
        "{parameter} is {value}, but it makes {made} columns, and this page shows up to {most}: use {nearest}."
    ),
    "uncropped_too_large.rows.less_output_padding": (
        "{parameter} is {value}, but it makes {made} rows, and this page shows up to {most}: "
        "use {nearest} with {beside} {output_padding}."
    ),
    "uncropped_too_large.columns.less_output_padding": (
        "{parameter} is {value}, but it makes {made} columns, and this page shows up to {most}: "
        "use {nearest} with {beside} {output_padding}."
    ),
    "matrix_too_large": (
        "{parameter} is {value}, but this layer's is {rows:,} × {columns:,}, and this page shows up to {most} each "
        "way: choose another view, or make the input smaller."
    ),
}
"""The English catalogue: a template for each code and variant."""
