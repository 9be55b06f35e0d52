"""A transposed convolution."""

from kinds.shared.control_rows import PADDING_ROWS
from kinds.spec import KindSpec
from kinds.transposed.code import check, keras_code, onnx_code, torch_code
from kinds.transposed.play import play
from kinds.transposed.state import TransposedState
from kinds.transposed.words import VIEW_LABELS, cost_sentence, in_short, plain_size_text, size_text, summary

SPEC = KindSpec(
    state=TransposedState,
    order=4,
    label="Transposed",
    title="Transposed convolution",
    control_rows=(
        ("height", "width"),
        ("in_channels", "out_channels"),
        ("groups",),
        ("kernel_height", "kernel_width"),
        ("stride_height", "stride_width"),
        *PADDING_ROWS,
        ("output_padding_height", "output_padding_width"),
        ("dilation_height", "dilation_width"),
        ("bias",),
    ),
    control_labels={
        "output_padding_height": "Output padding height",
        "output_padding_width": "Output padding width",
        "checkerboard_kernel": "Kernel size",
        "checkerboard_stride": "Stride",
        "given_height": "From height",
        "given_width": "From width",
        "wanted_height": "To height",
        "wanted_width": "To width",
        "wanted_kernel": "Kernel (0: any)",
        "wanted_stride": "Stride (0: any)",
    },
    views=VIEW_LABELS,
    play=play,
    summary=summary,
    in_short=in_short,
    plain_size_text=plain_size_text,
    size_text=size_text,
    cost_sentence=cost_sentence,
    torch_code=torch_code,
    keras_code=keras_code,
    onnx_code=onnx_code,
    check=check,
)
