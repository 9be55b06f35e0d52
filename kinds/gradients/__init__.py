"""The backward pass of a convolution: the gradients of its weight, its input and its bias."""

from kinds.gradients.backward import program_numbers
from kinds.gradients.code import check, keras_code, torch_code
from kinds.gradients.play import play
from kinds.gradients.state import OUTPUT_FIELDS, GradientsState, Loss
from kinds.gradients.words import VIEW_LABELS, plain_size_text, size_text, summary
from kinds.shared.control_rows import PADDED_ROWS
from kinds.shared.layer_words import layer_in_short
from kinds.spec import KindSpec

SPEC = KindSpec(
    state=GradientsState,
    order=8,
    label="Gradients",
    title="Gradients",
    control_rows=(("loss",), OUTPUT_FIELDS, *PADDED_ROWS[:2], ("groups",), *PADDED_ROWS[2:]),
    control_labels={
        "loss": "Gradient of the output",
        "output_channel": "Channel",
        "output_row": "Row",
        "output_column": "Column",
    },
    option_labels={
        Loss.GIVEN: "given",
        Loss.SQUARED_ERROR: "of a squared error",
        Loss.ONE_OUTPUT: "of one output",
    },
    views=VIEW_LABELS,
    play=play,
    summary=summary,
    in_short=layer_in_short,
    plain_size_text=plain_size_text,
    size_text=size_text,
    numbers=program_numbers,
    torch_code=torch_code,
    keras_code=keras_code,
    check=check,
)
