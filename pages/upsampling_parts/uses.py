"""What enlarging is used for: a network that halves and doubles, a generator, and the way there and back."""

from dataclasses import replace
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlencode

import streamlit as st

from engine import Applied, Concat, ConvTranspose2d, LayerError, MaxPool2d, tent
from engine.layers import as_pair
from engine.modules import Shape
from engine.networks import NetworkName, network
from kinds.pooling.state import PoolingState
from kinds.registry import PRESETS
from kinds.transposed.state import TransposedState, TransposedView
from pages.shared.enlarging import picture_of
from sharing.comparison import OPENING, ComparisonView
from sharing.examples import STACKS
from sharing.images import SamplePicture
from sharing.link import encode
from sharing.page_state import PageState, Values
from sharing.roles import INPUT, KERNEL
from sharing.stack_text import run_stack
from sharing.values import as_text

TITLE = "What it is used for"
DECODER = (
    "**An encoder and a decoder** A U-Net halves the picture twice to see more of it, and doubles it twice to say "
    "something of every pixel. What was lost on the way down comes beside it: maps of the way down are concatenated, "
    "which takes the same height and width."
)
GENERATOR = (
    "**A generator** DCGAN makes 64×64 pixels of 100 numbers by five transposed layers. All but the first have k = 4, "
    "s = 2, p = 1: even overlap, and yet its first pictures, of weights at random, have a checkerboard."
)
ROUND_TRIP = (
    "**The shape comes back, the values do not** A transposed layer makes the size again that its ordinary layer has "
    "shrunk. It is no inverse: what was lost stays lost, and a network has to learn what to put there."
)
PLAY = "play one channel"
WHOLE = "The whole stack, with what each layer costs"
THERE_AND_BACK = "There and back on a stage"
AS_STACK = "Down to half the size and back, as a stack"
HEADS = ("Layer", "From", "To", "Stage")
SKIPPED = "{text}, the skip connection: {sizes}"


class _Row(NamedTuple):
    """A layer that changes the size, or joins what was kept: in words, its shapes, and a state that plays it."""

    text: str
    inputs: Shape
    outputs: Shape
    state: PageState | None


def show_uses() -> None:
    """Show the three uses, each with links to stages or to the stack."""
    with st.expander(TITLE):
        st.markdown(DECODER)
        _show(decoder_rows())
        _stack_link("u-net", WHOLE)
        st.markdown(GENERATOR)
        _show(generator_rows())
        st.markdown(ROUND_TRIP)
        opening = PRESETS[TransposedState.page]["round-trip"].state
        st.page_link("pages/transposed.py", label=THERE_AND_BACK, query_params=encode(opening))
        _stack_link("there-and-back", AS_STACK)


def decoder_rows() -> list[_Row]:
    """The layers of a small U-Net that change the size or join two maps, in their order."""
    fields = STACKS["u-net"].fields
    shape = fields["input_channels"], fields["input_height"], fields["input_width"]
    applied = [(row.text, row.applied) for row in run_stack(fields["stack"], shape) if row.applied is not None]
    return [
        _row(_joined(text, one) if isinstance(one.layer, Concat) else text, one)
        for text, one in applied
        if isinstance(one.layer, Concat) or one.inputs[1:] != one.outputs[1:]
    ]


def generator_rows() -> list[_Row]:
    """The layers of DCGAN's generator."""
    return [_row(_called(row.applied), row.applied) for row in network(NetworkName.DCGAN_GENERATOR).rows]


def _row(text: str, applied: Applied) -> _Row:
    return _Row(text, applied.inputs, applied.outputs, layer_state(applied))


def _joined(text: str, applied: Applied) -> str:
    sizes = " and ".join(_size(shape) for shape in (applied.inputs, *(one.outputs for one in applied.others)))
    return SKIPPED.format(text=text, sizes=sizes)


def _called(applied: Applied) -> str:
    layer = applied.layer
    if not isinstance(layer, ConvTranspose2d):
        return type(layer).__name__
    return f"k = {layer.kernel[0]}, s = {layer.strides[0]}, p = {layer.cropping[0][0]}"


def layer_state(applied: Applied) -> PageState | None:
    """A state that plays one channel of a layer on the cat's face, by a tent; None where the layer has no stage."""
    layer, (_, height, width) = applied.layer, applied.inputs
    values = picture_of(SamplePicture.CHELSEA, height)[None]
    sizes: dict[str, Any] = {
        "height": height,
        "width": width,
        "values": Values.TYPED,
        "input_text": as_text(INPUT, values),
    }
    state: TransposedState | PoolingState
    match layer:
        case ConvTranspose2d():
            kernel, step = layer.kernel[0], layer.strides[0]
            opening: TransposedState = PRESETS[TransposedState.page]["stamps"].state
            numbers = {"kernel": kernel, "stride": step, "padding": layer.cropping[0][0]}
            weight = as_text(KERNEL, tent(kernel, step)[None, None])
            state = replace(opening, view=TransposedView.STAMP, kernel_text=weight, **sizes, **_both(numbers))
        case MaxPool2d():
            numbers = {"kernel": as_pair(layer.kernel_size)[0], "stride": layer.strides[0]}
            state = replace(PRESETS[PoolingState.page]["max"].state, **sizes, **_both(numbers))
        case _:
            return None
    try:
        state.layer()
    except LayerError:
        return None
    return state


def _both(numbers: dict[str, int]) -> dict[str, Any]:
    return {f"{name}_{side}": number for name, number in numbers.items() for side in ("height", "width")}


def _show(rows: list[_Row]) -> None:
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    body = "".join(map(_html, rows))
    st.html(f'<div class="layer-list"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>')


def _html(row: _Row) -> str:
    said = (row.text, _size(row.inputs), _size(row.outputs))
    cells = "".join(f'<td data-head="{head}">{escape(cell)}</td>' for head, cell in zip(HEADS, said, strict=False))
    if row.state is None:
        return f"<tr>{cells}<td></td></tr>"
    link = f"{row.state.page}?{urlencode(encode(row.state))}"
    return f'<tr>{cells}<td><a href="{escape(link)}" target="_self">{PLAY}</a></td></tr>'


def _size(shape: Shape) -> str:
    return "×".join(map(str, shape))


def _stack_link(example: str, label: str) -> None:
    state = replace(OPENING, view=ComparisonView.STACK, **STACKS[example].fields)
    st.page_link("pages/comparison.py", label=label, query_params=encode(state))
