"""An ordinary convolution."""

from kinds.shared.control_rows import PADDED_ROWS
from kinds.shared.conv2d import check
from kinds.shared.window_words import plain_size_text, size_text, summary
from kinds.spec import KindSpec
from kinds.standard.code import keras_code, onnx_code, torch_code
from kinds.standard.play import play
from kinds.standard.state import Operation, StandardState, StandardView
from kinds.standard.true_convolution import all_numbers
from kinds.standard.words import in_short

SPEC = KindSpec(
    state=StandardState,
    order=1,
    label="Standard",
    title="Standard convolution",
    control_rows=(*PADDED_ROWS, ("operation",)),
    control_labels={"operation": "Operation"},
    option_labels={
        Operation.CROSS_CORRELATION: "cross-correlation (deep learning's)",
        Operation.CONVOLUTION: "true convolution (kernel flipped)",
    },
    views={
        StandardView.WINDOWS: "Windows",
        StandardView.IM2COL: "im2col",
        StandardView.MATRIX: "Sparse matrix",
    },
    play=play,
    summary=summary,
    in_short=in_short,
    plain_size_text=plain_size_text,
    size_text=size_text,
    numbers=all_numbers,
    torch_code=torch_code,
    keras_code=keras_code,
    onnx_code=onnx_code,
    check=check,
)
