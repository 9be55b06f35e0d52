"""What a convolution is, does and costs. NumPy only: layers and their plans, outputs, records and counts."""

from engine.arrays import im2col, unpad
from engine.convolution_kinds import ConvolutionKind, Costed, Job, Shortfall, every_kind, shortfall
from engine.cost import Cost, cost
from engine.equivalent import Equivalent, as_convolution
from engine.errors import Change, Choice, LayerCode, LayerError, use
from engine.formulas import Formula, formulas
from engine.forward import forward
from engine.geometry import Axis, PaddingMode, TransposedAxis
from engine.gradients import (
    Gradients,
    SeparableGradients,
    WeightGradientLayer,
    gradients,
    input_gradient_layer,
    weight_gradient_layer,
)
from engine.layers import Conv1d, Conv2d, Conv3d
from engine.learning import Curvature, LearningStep, Run, Task, curvature, learn, task
from engine.matrix import Matrix, as_matrix
from engine.merging import Add, Concat, Multiply
from engine.mistakes import (
    CornerMistake,
    PoolMistake,
    SizeMistake,
    SumMistake,
    mistaken_corners,
    mistaken_pools,
    mistaken_sizes,
    mistaken_sums,
)
from engine.modules import (
    ACTIVATIONS,
    Activation,
    BatchNorm2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    LayerNorm2d,
    LayerScale,
    Linear,
    ReLU,
)
from engine.one_row import in_one_row
from engine.optimizers import SGD, Adam, Optimizer
from engine.overlaps import overlap_counts, periodic_overlaps, shows_period
from engine.pooling import AvgPool1d, AvgPool2d, AvgPool3d, MaxPool1d, MaxPool2d, MaxPool3d
from engine.pooling_trace import PoolingTrace
from engine.receptive_field import receptive_field
from engine.record import record
from engine.resampled import largest_places, resized, shuffled, unpooled
from engine.resampling import AdaptiveAvgPool2d, AdaptiveMaxPool2d, MaxUnpool2d, PixelShuffle, Upsample
from engine.resizing import resizings, shared_resizings
from engine.round_trip import RoundTrip, round_trip
from engine.saving import break_even, saving, saving_limit
from engine.separable import SeparableConv2d
from engine.shift import ShiftEffect, both_poolings, shift_effect, shifted
from engine.stack import Applied, apply, stack
from engine.stamp_mistakes import mistaken_stamp_corners, mistaken_stamp_sizes, mistaken_stamp_sums
from engine.tools import Printed, printed_by_tools
from engine.trace import Trace
from engine.transposed import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from engine.transposed_trace import TransposedTrace
from engine.upsampling import (
    PhasedUpsampling,
    ResizedUpsampling,
    ShuffledUpsampling,
    TransposedUpsampling,
    UnpooledUpsampling,
    Upsampling,
    checkerboard,
    enlarged,
    mean_phase_sums,
    phase_sums,
    taps_reaching,
    tent,
)

__all__ = [
    "ACTIVATIONS",
    "SGD",
    "Activation",
    "Adam",
    "AdaptiveAvgPool2d",
    "AdaptiveMaxPool2d",
    "Add",
    "Applied",
    "AvgPool1d",
    "AvgPool2d",
    "AvgPool3d",
    "Axis",
    "BatchNorm2d",
    "Change",
    "Choice",
    "Concat",
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "ConvTranspose3d",
    "ConvolutionKind",
    "CornerMistake",
    "Cost",
    "Costed",
    "Curvature",
    "Dropout",
    "Equivalent",
    "Flatten",
    "Formula",
    "GlobalAvgPool2d",
    "Gradients",
    "Job",
    "LayerCode",
    "LayerError",
    "LayerNorm2d",
    "LayerScale",
    "LearningStep",
    "Linear",
    "Matrix",
    "MaxPool1d",
    "MaxPool2d",
    "MaxPool3d",
    "MaxUnpool2d",
    "Multiply",
    "Optimizer",
    "PaddingMode",
    "PhasedUpsampling",
    "PixelShuffle",
    "PoolMistake",
    "PoolingTrace",
    "Printed",
    "ReLU",
    "ResizedUpsampling",
    "RoundTrip",
    "Run",
    "SeparableConv2d",
    "SeparableGradients",
    "ShiftEffect",
    "Shortfall",
    "ShuffledUpsampling",
    "SizeMistake",
    "SumMistake",
    "Task",
    "Trace",
    "TransposedAxis",
    "TransposedTrace",
    "TransposedUpsampling",
    "UnpooledUpsampling",
    "Upsample",
    "Upsampling",
    "WeightGradientLayer",
    "apply",
    "as_convolution",
    "as_matrix",
    "both_poolings",
    "break_even",
    "checkerboard",
    "cost",
    "curvature",
    "enlarged",
    "every_kind",
    "formulas",
    "forward",
    "gradients",
    "im2col",
    "in_one_row",
    "input_gradient_layer",
    "largest_places",
    "learn",
    "mean_phase_sums",
    "mistaken_corners",
    "mistaken_pools",
    "mistaken_sizes",
    "mistaken_stamp_corners",
    "mistaken_stamp_sizes",
    "mistaken_stamp_sums",
    "mistaken_sums",
    "overlap_counts",
    "periodic_overlaps",
    "phase_sums",
    "printed_by_tools",
    "receptive_field",
    "record",
    "resized",
    "resizings",
    "round_trip",
    "saving",
    "saving_limit",
    "shared_resizings",
    "shift_effect",
    "shifted",
    "shortfall",
    "shows_period",
    "shuffled",
    "stack",
    "taps_reaching",
    "task",
    "tent",
    "unpad",
    "unpooled",
    "use",
    "weight_gradient_layer",
]
