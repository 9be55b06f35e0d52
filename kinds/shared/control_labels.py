"""What the controls of a page are called: a label for each field, and for each option of a field that has a few.

A kind's own fields and options have theirs in its `KindSpec`.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from engine import PaddingMode
from engine.devices import DEVICES, DeviceName, NumberFormat
from sharing.comparison import JobPadding
from sharing.image_kernels import ImageKernelName
from sharing.images import ImagePadding, SamplePicture
from sharing.learning import GivenInput, OptimizerName, WantedOutput
from sharing.page_state import PaddingChoice, Values

CONTROL_LABELS: Mapping[str, str] = {
    "view": "View",
    "seed": "Seed",
    "height": "Input height",
    "width": "Input width",
    "in_channels": "In channels",
    "out_channels": "Out channels",
    "kernel_size": "Kernel size",
    "kernel_height": "Kernel height",
    "kernel_width": "Kernel width",
    "stride": "Stride",
    "stride_height": "Stride height",
    "stride_width": "Stride width",
    "padding": "Padding",
    "padding_height": "Padding height",
    "padding_width": "Padding width",
    "padding_top": "Padding top",
    "padding_bottom": "Padding bottom",
    "padding_left": "Padding left",
    "padding_right": "Padding right",
    "padding_mode": "Padding mode",
    "padding_value": "Padding value",
    "dilation": "Dilation",
    "dilation_height": "Dilation height",
    "dilation_width": "Dilation width",
    "groups": "Groups",
    "depth_multiplier": "Depth multiplier",
    "bias": "Bias",
    # of a job for every kind of layer
    "apart": "Rows, columns and sides apart",
    "padding_given": "Padding given as",
    "output_padding": "Output padding",
    "numbers": "Numbers as",
    "batch": "Batch",
    "device": "Time on",
    "own_gigaflops": "GFLOPS",
    "own_gigabytes": "GB a second",
    # of a stack of layers
    "input_channels": "Input channels",
    "input_height": "Input height",
    "input_width": "Input width",
    # of a picture under a kernel
    "picture": "Picture",
    "kernel": "Kernel",
    "divisor": "Divisor",
    "offset": "Offset",
    # of a kernel that is learned
    "given": "Input X",
    "wanted": "Wanted output Y",
    "noise": "Noise in Y, %",
    "optimizer": "Optimizer",
    "learning_rate": "Learning rate",
    "steps": "Steps",
    "step": "Step",
}

OPTION_LABELS: Sequence[tuple[StrEnum, str]] = (
    (PaddingChoice.VALID, "valid (none)"),
    (PaddingChoice.SAME, "same"),
    (PaddingChoice.SAME_UPPER, "same_upper (TensorFlow's SAME)"),
    (PaddingChoice.SAME_LOWER, "same_lower (ONNX's)"),
    (PaddingChoice.FULL, "full"),
    (PaddingChoice.AMOUNT, "rows and columns"),
    (PaddingChoice.SIDES, "each side by itself"),
    (JobPadding.NUMBERS, "numbers"),
    (JobPadding.VALID, "valid (none)"),
    (JobPadding.SAME, "same"),
    (JobPadding.SAME_UPPER, "same_upper (TensorFlow's SAME)"),
    (JobPadding.SAME_LOWER, "same_lower (ONNX's)"),
    *((one, one.value) for one in NumberFormat),
    *((name, device.title) for name, device in DEVICES.items()),
    (DeviceName.OWN, "your own figures"),
    (PaddingMode.ZEROS, "zeros"),
    (PaddingMode.CONSTANT, "constant (one number)"),
    (PaddingMode.REFLECT, "reflect"),
    (PaddingMode.REPLICATE, "replicate"),
    (PaddingMode.CIRCULAR, "circular"),
    (PaddingMode.SYMMETRIC, "symmetric (NumPy's)"),
    (ImagePadding.HALF, "half the kernel on each side"),
    (ImageKernelName.IDENTITY, "Identity"),
    (ImageKernelName.BOX_BLUR, "Box blur, 5×5"),
    (ImageKernelName.GAUSS_BLUR, "Gauss blur, 3×3"),
    (ImageKernelName.WIDE_GAUSS_BLUR, "Gauss blur, 7×7"),
    (ImageKernelName.MOTION_BLUR, "Motion blur, 9×9"),
    (ImageKernelName.SHARPEN, "Sharpen"),
    (ImageKernelName.UNSHARP, "Unsharp mask, 5×5"),
    (ImageKernelName.SOBEL_X, "Sobel, left to right"),
    (ImageKernelName.SOBEL_Y, "Sobel, top to bottom"),
    (ImageKernelName.PREWITT_X, "Prewitt, left to right"),
    (ImageKernelName.PREWITT_Y, "Prewitt, top to bottom"),
    (ImageKernelName.SCHARR_X, "Scharr, left to right"),
    (ImageKernelName.SCHARR_Y, "Scharr, top to bottom"),
    (ImageKernelName.LAPLACE, "Laplace"),
    (ImageKernelName.OUTLINE, "Outline"),
    (ImageKernelName.EMBOSS, "Emboss"),
    (ImageKernelName.OWN, "Your own"),
    (SamplePicture.CAMERA, "Man with a camera"),
    (SamplePicture.CHELSEA, "Chelsea the cat"),
    (SamplePicture.COFFEE, "Cup of coffee"),
    (SamplePicture.BRICK, "Brick wall"),
    (SamplePicture.ASTRONAUT, "Astronaut Eileen Collins"),
    (GivenInput.BARS, "bars of ones and zeros"),
    (GivenInput.NOISE, "seeded real numbers"),
    (GivenInput.ONE_PIXEL, "one pixel"),
    (GivenInput.CONSTANT, "ones everywhere"),
    (WantedOutput.KNOWN, "of a kernel that you give"),
    (WantedOutput.HIDDEN, "of a hidden kernel: find it"),
    (OptimizerName.SGD, "gradient descent"),
    (OptimizerName.MOMENTUM, "with momentum 0.9"),
    (OptimizerName.ADAM, "Adam"),
    (Values.PRESET, "the preset's"),
    (Values.WHOLE, "seeded whole numbers"),
    (Values.REAL, "seeded real numbers"),
    (Values.TYPED, "typed"),
)
"""Each option with its label: pairs, since options of two fields that have one name are the same to a dictionary."""
