"""A convolution over a volume."""

from kinds.shared.control_rows import PADDING_ROWS
from kinds.shared.conv2d import check
from kinds.shared.layer_words import layer_in_short
from kinds.spec import KindSpec
from kinds.three_dimensional.code import keras_code, onnx_code, torch_code
from kinds.three_dimensional.play import play
from kinds.three_dimensional.state import VolumeState
from kinds.three_dimensional.words import cost_sentence, plain_size_text, size_text, summary

SPEC = KindSpec(
    state=VolumeState,
    order=7,
    label="3-D",
    title="Three-dimensional convolution",
    control_rows=(
        ("depth",),
        ("height", "width"),
        ("in_channels", "out_channels"),
        ("kernel_depth",),
        ("kernel_height", "kernel_width"),
        ("stride_depth",),
        ("stride_height", "stride_width"),
        PADDING_ROWS[0],
        ("padding_depth",),
        PADDING_ROWS[1],
        ("padding_front", "padding_back"),
        *PADDING_ROWS[2:],
        ("padding_mode",),
        ("padding_value",),
        ("dilation_depth",),
        ("dilation_height", "dilation_width"),
        ("bias",),
    ),
    control_labels={
        "depth": "Input depth",
        "kernel_depth": "Kernel depth",
        "stride_depth": "Stride depth",
        "padding_depth": "Padding depth",
        "padding_front": "Padding front",
        "padding_back": "Padding back",
        "dilation_depth": "Dilation depth",
    },
    dimensions=3,
    play=play,
    summary=summary,
    in_short=layer_in_short,
    plain_size_text=plain_size_text,
    size_text=size_text,
    cost_sentence=cost_sentence,
    torch_code=torch_code,
    keras_code=keras_code,
    onnx_code=onnx_code,
    check=check,
)
