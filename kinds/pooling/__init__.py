"""Pooling: one number of each window, the largest or the mean."""

from kinds.pooling.code import check, keras_code, onnx_code, torch_code
from kinds.pooling.play import play
from kinds.pooling.state import PoolingKind, PoolingState
from kinds.pooling.words import in_short, plain_size_text, size_text, summary
from kinds.shared.control_rows import PADDING_ROWS
from kinds.spec import KindSpec

SPEC = KindSpec(
    state=PoolingState,
    order=5,
    label="Pooling",
    title="Pooling",
    control_rows=(
        ("kind",),
        ("height", "width"),
        ("in_channels",),
        ("kernel_height", "kernel_width"),
        ("stride_height", "stride_width"),
        *PADDING_ROWS,
        ("dilation_height", "dilation_width"),
        ("ceil_mode",),
        ("count_include_pad",),
    ),
    control_labels={
        "kind": "Kind",
        "ceil_mode": "Ceil mode",
        "count_include_pad": "Count include pad",
        "shift": "Columns to the right",
    },
    option_labels={PoolingKind.MAX: "max", PoolingKind.AVERAGE: "average"},
    play=play,
    summary=summary,
    in_short=in_short,
    plain_size_text=plain_size_text,
    size_text=size_text,
    torch_code=torch_code,
    keras_code=keras_code,
    onnx_code=onnx_code,
    check=check,
)
