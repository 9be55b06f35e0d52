"""A convolution along a sequence."""

from kinds.one_dimensional.code import check, keras_code, onnx_code, torch_code
from kinds.one_dimensional.play import play
from kinds.one_dimensional.state import SequencePadding, SequenceState, SequenceView
from kinds.one_dimensional.words import in_short, plain_size_text, size_text, summary
from kinds.spec import KindSpec

SPEC = KindSpec(
    state=SequenceState,
    order=6,
    label="1-D",
    title="One-dimensional convolution",
    control_rows=(
        ("length",),
        ("in_channels", "out_channels"),
        ("kernel_size", "stride"),
        ("padding",),
        ("padding_amount",),
        ("padding_before", "padding_after"),
        ("padding_mode",),
        ("padding_value",),
        ("dilation",),
        ("bias",),
    ),
    control_labels={
        "length": "Input length",
        "padding_amount": "Padding amount",
        "padding_before": "Padding before",
        "padding_after": "Padding after",
    },
    option_labels={SequencePadding.CAUSAL: "causal"},
    views={SequenceView.CELLS: "Cells", SequenceView.LINES: "Lines"},
    dimensions=1,
    torch_class="Conv1d",
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
