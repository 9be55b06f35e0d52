"""A convolution in groups of channels, up to depthwise."""

from kinds.grouped.play import play
from kinds.grouped.state import GroupedState, GroupedView
from kinds.grouped.words import cost_sentence
from kinds.shared.control_rows import PADDED_ROWS
from kinds.shared.conv2d import check, keras_code, onnx_code, torch_code
from kinds.shared.layer_words import layer_in_short
from kinds.shared.window_words import plain_size_text, size_text, summary
from kinds.spec import KindSpec

SPEC = KindSpec(
    state=GroupedState,
    order=2,
    label="Grouped",
    title="Grouped convolution",
    control_rows=(*PADDED_ROWS[:2], ("groups",), *PADDED_ROWS[2:]),
    views={GroupedView.TOGETHER: "One layer", GroupedView.APART: "Separate convolutions, concatenated"},
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
