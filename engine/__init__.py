"""What a convolution is, does and costs. NumPy only: layers and their plans, outputs, records and counts."""

from engine.arrays import im2col
from engine.cost import Cost, cost
from engine.equivalent import Equivalent, as_convolution
from engine.errors import LayerError
from engine.forward import forward
from engine.geometry import Axis, PaddingMode, TransposedAxis
from engine.layers import Conv2d
from engine.matrix import Matrix, as_matrix
from engine.pooled import PoolingTrace
from engine.pooling import AvgPool2d, MaxPool2d
from engine.record import record
from engine.separable import SeparableConv2d
from engine.stamps import TransposedTrace
from engine.trace import Trace
from engine.transposed import ConvTranspose2d

__all__ = [
    "AvgPool2d",
    "Axis",
    "Conv2d",
    "ConvTranspose2d",
    "Cost",
    "Equivalent",
    "LayerError",
    "Matrix",
    "MaxPool2d",
    "PaddingMode",
    "PoolingTrace",
    "SeparableConv2d",
    "Trace",
    "TransposedAxis",
    "TransposedTrace",
    "as_convolution",
    "as_matrix",
    "cost",
    "forward",
    "im2col",
    "record",
]
