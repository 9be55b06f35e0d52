"""What the grids of a stage are called: a whole template for each, in one place, so that no label is taken apart."""

from collections.abc import Mapping
from enum import StrEnum, auto

from stage.scene import GridRole


class Label(StrEnum):
    """What a grid can be called."""

    INPUT = auto()
    INPUT_WITH_ZEROS = auto()
    MIDDLE = auto()
    KERNEL = auto()
    FLIPPED_KERNEL = auto()
    PRODUCTS = auto()
    PRODUCT = auto()
    STAMP = auto()
    WINDOW = auto()
    PARTIAL_SUM = auto()
    PARTIAL_MAX = auto()
    PARTIAL_MEAN = auto()
    TOTAL = auto()
    BIAS = auto()
    OUTPUT = auto()
    FILTERS = auto()
    WINDOWS_AS_COLUMNS = auto()
    MAPS_AS_ROWS = auto()
    FLAT_INPUT = auto()
    INPUT_AS_ROW = auto()
    FLAT_OUTPUT = auto()
    FLAT_PRODUCT = auto()
    MATRIX = auto()
    TRANSPOSED_MATRIX = auto()
    OUTPUT_GRADIENT = auto()
    WEIGHT_GRADIENT = auto()
    WEIGHT_GRADIENT_OF = auto()
    INPUT_GRADIENT = auto()
    PADDED_GRADIENT = auto()
    KERNEL_OF_INPUT = auto()
    WEIGHT = auto()
    GRADIENT = auto()


TEMPLATES: Mapping[str, str] = {
    "input": "input",
    "input.numbered": "input {channel}",
    "input_with_zeros": "input with zeros",
    "input_with_zeros.numbered": "input {channel} with zeros",
    "middle": "between",
    "middle.numbered": "between {channel}",
    "kernel": "kernel",
    "kernel.numbered": "filter {channel}",
    "flipped_kernel": "flipped kernel",
    "flipped_kernel.numbered": "filter {channel}, flipped",
    "products": "products",
    "product": "product",
    "stamp": "stamp",
    "window": "window",
    "partial_sum": "sum",
    "partial_max": "max",
    "partial_mean": "mean",
    "total": "total",
    "bias": "bias",
    "output": "output",
    "output.numbered": "output {channel}",
    "filters": "filters",
    "windows_as_columns": "windows as columns (im2col)",
    "maps_as_rows": "output, a row a map",
    "flat_input": "input",
    "input_as_row": "x: the input, flattened",
    "flat_output": "output",
    "flat_product": "C x",
    "matrix": "C: {rows}×{columns}",
    "transposed_matrix": "matrix Cᵀ",
    "output_gradient": "dL/dY",
    "output_gradient.numbered": "dL/dY {channel}",
    "weight_gradient": "dL/dW",
    "weight_gradient_of": "dL/dW {filter}, {channel}",
    "input_gradient": "dL/dX",
    "input_gradient.numbered": "dL/dX {channel}",
    "padded_gradient": "dL/dX, padded",
    "padded_gradient.numbered": "dL/dX {channel}, padded",
    "kernel_of_input": "kernel",
    "kernel_of_input.numbered": "to dL/dX {channel}",
    "weight": "weight",
    "gradient": "gradient",
}
"""The English catalogue: a template for each label, and one with a number where there are several of a kind."""

NAMED_BY_PLAYER = (Label.INPUT, Label.KERNEL, Label.OUTPUT, Label.BIAS)
"""What the player names itself: cells of grids that are not on the stage, and the kernel of the filter that plays."""

NAMED_IN_STRIP = (GridRole.KERNEL, GridRole.PRODUCTS, GridRole.PARTIAL, GridRole.SUM, GridRole.BIAS)
"""What a strip names too, so that on maps without room for their names these have none."""


def label_of(label: Label, **places: int) -> str:
    """Return what a grid is called.

    >>> label_of(Label.MATRIX, rows=9, columns=16)
    'C: 9×16'
    """
    return TEMPLATES[label].format_map(places)


def channel_label(label: Label, channel: int, channels: int) -> str:
    """Return what the grid of one of so many channels is called: with its number where there are several.

    >>> channel_label(Label.INPUT, 1, 3), channel_label(Label.INPUT, 0, 1)
    ('input 1', 'input')
    """
    return TEMPLATES[f"{label}.numbered" if channels > 1 else label].format(channel=channel)
