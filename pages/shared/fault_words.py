"""Sentences of errors that read otherwise beside a control than in a program: `{own}` is what the control says."""

from engine.messages import Templates

TEMPLATES: Templates = {
    "same_with_stride": (
        "{parameter} is '{own}' and the stride is not 1, but in PyTorch padding='same' is not supported for strided "
        "convolutions, as the output could not keep its size: use stride 1, the padding of TensorFlow's SAME, or a "
        "padding of {padding} (often its shape, with other numbers)."
    ),
    "output_padding_too_large.rows": (
        "{parameter} is {own}, but it must be less than the larger of the stride, {stride}, and the dilation, "
        "{dilation}: use a smaller one, or a larger stride or dilation."
    ),
    "output_padding_too_large.columns": (
        "{parameter} is {own}, but it must be less than the larger of the stride, {stride}, and the dilation, "
        "{dilation}: use a smaller one, or a larger stride or dilation."
    ),
    "same_with_output_padding": (
        "{parameter}: with this padding the output has the input's size times the stride, so that there is nothing to "
        "add: use 0."
    ),
    "pooling_padding_too_large.rows": (
        "{parameter} is {own}, but a pooling layer's must be at most half of its kernel: use {most}."
    ),
    "pooling_padding_too_large.columns": (
        "{parameter} is {own}, but a pooling layer's must be at most half of its kernel: use {most}."
    ),
    "replicate": "the padding mode replicate",
    # What a text area says.
    "channel_axis_missing": (
        "The array of {parameter} is of shape {value}, but the layer reads (channels, height, width): "
        "the channel axis is missing, use x[None] of shape {nearest}."
    ),
    "not_a_number": (
        "In {parameter}, {cell} (row {row}, column {column}) is {value:quote}, but every value must be a number: "
        "use digits, such as 3, -1 or 0.5."
    ),
    "nan": (
        "In {parameter}, {cell} (row {row}, column {column}) is {value:quote}, but every value must be a number, "
        "and NaN makes every sum it enters NaN: use 0."
    ),
    "value_too_large": (
        "In {parameter}, {cell} (row {row}, column {column}) is {value:quote}, but values go up to {most:,} so that "
        "every sum stays exact: use {nearest}."
    ),
    "text_too_long": (
        "The text of {parameter} is {value:,} characters long, but this page reads at most {most:,}: "
        "type fewer or shorter numbers."
    ),
    "text_empty": (
        "The text of {parameter} is empty, but it needs at least one number: type rows of numbers, such as 1 0 2."
    ),
    "row_ragged": (
        "The text of {parameter} is ragged: row {row} has {value:value|values} and row 1 has {columns}, but every row "
        "must have the same number of values: write {columns:value|values} in row {row}."
    ),
    "row_ragged.of_matrix": (
        "The text of {parameter} is ragged: row {row} of matrix {matrix} has {value:value|values} and row 1 has "
        "{columns}, but every row must have the same number of values: write {columns:value|values} in row {row}."
    ),
    "matrix_uneven": (
        "The text of {parameter} is uneven: matrix {matrix} has {value:row|rows} and matrix 1 has {rows}, but every "
        "matrix must have the same number of rows: write {rows:row|rows} in matrix {matrix}."
    ),
    "filters_uneven": (
        "The text of {parameter} is uneven: its filters have {value:list} matrices, but every filter has one for each "
        "channel: give each {matrices}."
    ),
}
"""The English catalogue, by the keys of the errors and of their choices."""
