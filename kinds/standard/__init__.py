"""An ordinary convolution."""

from kinds.shared.control_rows import PADDED_ROWS
from kinds.shared.conv2d import check, keras_code, torch_code
from kinds.shared.layer_words import layer_in_short
from kinds.shared.window_words import plain_size_text, size_text, summary
from kinds.spec import KindSpec
from kinds.standard.play import play
from kinds.standard.state import StandardState, StandardView

SPEC = KindSpec(
    state=StandardState,
    order=1,
    label="Standard",
    title="Standard convolution",
    control_rows=PADDED_ROWS,
    views={
        StandardView.WINDOWS: "Windows",
        StandardView.IM2COL: "im2col",
        StandardView.MATRIX: "Sparse matrix",
    },
    play=play,
    summary=summary,
    in_short=layer_in_short,
    plain_size_text=plain_size_text,
    size_text=size_text,
    torch_code=torch_code,
    keras_code=keras_code,
    check=check,
)
