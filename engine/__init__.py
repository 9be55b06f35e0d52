"""What a convolution is, does and costs. NumPy only: layers and their plans, outputs, records and counts."""

from engine.arrays import im2col
from engine.cost import Cost, cost
from engine.errors import LayerError
from engine.forward import forward
from engine.geometry import Axis, PaddingMode
from engine.layers import Conv2d
from engine.matrix import Matrix, as_matrix
from engine.trace import Trace, record

__all__ = [
    "Axis",
    "Conv2d",
    "Cost",
    "LayerError",
    "Matrix",
    "PaddingMode",
    "Trace",
    "as_matrix",
    "cost",
    "forward",
    "im2col",
    "record",
]
