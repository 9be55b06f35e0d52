"""A depthwise convolution and the pointwise one after it."""

from kinds.separable.code import check, keras_code, onnx_code, torch_code
from kinds.separable.play import play
from kinds.separable.state import SeparableState, SeparableView
from kinds.separable.words import cost_sentence, in_short, plain_size_text, size_text, summary
from kinds.shared.control_rows import PADDED_ROWS
from kinds.spec import KindSpec

SPEC = KindSpec(
    state=SeparableState,
    order=3,
    label="Separable",
    title="Depthwise-separable convolution",
    control_rows=(*PADDED_ROWS[:2], ("depth_multiplier", "pointwise_padding"), *PADDED_ROWS[2:]),
    control_labels={"pointwise_padding": "Pointwise padding", "pixel": "Pixel"},
    views={SeparableView.BOTH: "Both layers", SeparableView.POINTWISE: "Pointwise as a matrix"},
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
