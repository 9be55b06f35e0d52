"""The paste box: what is pasted opens its page or the stack, is asked about, or is refused with the text kept."""

import pytest
from streamlit.testing.v1 import AppTest

from kinds.three_dimensional.state import VolumeState
from pages.shared.pasted_states import opened, opened_numbers
from sharing.comparison import ComparisonState
from sharing.pasted.reader import read_pasted
from sharing.pasted.results import Layout, Meaning, Part, PastedNumbers
from sharing.ways_out import check_layer
from tests.pages.driver import errors, open_link, page_text, press
from tests.sharing.pasted.corpus import LAYERS, STACKS


def paste(text: str) -> AppTest:
    app = open_link({}, "home")
    app.text_area(key="pasted_text").set_value(text)
    return press(app, "Read it")


def test_a_layer_opens_its_page_with_its_fields() -> None:
    app = paste("nn.Conv2d(2, 3, (3, 2), stride=2, padding=1)")
    assert errors(app) == []
    session = app.session_state
    assert session["page"] == "standard"
    assert (session["in_channels"], session["out_channels"]) == (2, 3)
    assert (session["kernel_height"], session["kernel_width"], session["stride_height"]) == (3, 2, 2)
    assert (session["padding"], session["padding_width"], session["bias"]) == ("amount", 1, True)


def test_a_network_says_what_it_took_and_opens_as_a_stack() -> None:
    app = paste("nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(864, 10))")
    assert "The text does not say the input's size: 28×28 is taken." in page_text(app)
    app = press(app, "Open on Compare")
    assert errors(app) == []
    assert app.session_state["stack"] == "conv 1>6 5; relu; maxpool 2; flatten; linear 864>10"
    assert (app.session_state["input_channels"], app.session_state["input_height"]) == (1, 28)


def test_what_cannot_be_read_is_refused_by_line_and_kept() -> None:
    text = "nn.Sequential(\n  nn.ReLU(),\n  nn.LSTM(3, 4),\n)"
    app = paste(text)
    assert errors(app) == ["Line 3 has “LSTM”, which is no layer that can be shown here."]
    assert app.text_area(key="pasted_text").value == text


def test_a_kernel_is_asked_for_its_layout_and_opens_in_it() -> None:
    app = paste(str([[[[1, 10]], [[2, 20]]], [[[3, 30]], [[4, 40]]]]))  # Keras's: 2×2, one channel, two filters
    labels = [button.label for button in app.button if "channels " in button.label]
    assert labels == [
        "Kernel, channels first (PyTorch): 2 filters of 2×1×2",
        "Kernel, channels last (Keras): 2 filters of 1×2×2",
    ]
    assert "An array of 2×2×1×2: what is it?" in page_text(app)
    app = press(app, labels[1])
    assert errors(app) == []
    assert app.session_state["kernel_text"].split() == ["1", "2", "3", "4", "---", "10", "20", "30", "40"]
    assert (app.session_state["in_channels"], app.session_state["out_channels"]) == (1, 2)


def test_a_layer_too_large_for_its_page_opens_as_a_stack_and_says_so() -> None:
    pasted = read_pasted("nn.Conv2d(3, 64, 7, stride=2, padding=3)")
    assert not isinstance(pasted, PastedNumbers)
    found = opened(pasted)
    assert isinstance(found.state, ComparisonState)
    assert found.state.stack == "conv 3>64 7 s2 p3"
    assert "since its own page cannot play it: out_channels is 64" in found.notes[0]


@pytest.mark.parametrize("text", [*LAYERS, *STACKS])
def test_everything_that_is_read_opens_a_page(text: str) -> None:
    pasted = read_pasted(text)
    assert not isinstance(pasted, PastedNumbers)
    found = opened(pasted)
    if not isinstance(found.state, ComparisonState):
        check_layer(found.state)


def test_a_volume_opens_its_page() -> None:
    app = paste("nn.Conv3d(1, 2, (2, 3, 3), padding=1)")
    assert errors(app) == []
    session = app.session_state
    assert session["page"] == "three_dimensional"
    assert (session["out_channels"], session["kernel_depth"], session["padding_height"]) == (2, 2, 1)


def test_a_volume_is_as_deep_as_its_kernel_needs() -> None:
    pasted = read_pasted("nn.Conv3d(1, 1, 3, dilation=2)")
    assert not isinstance(pasted, PastedNumbers)
    state = opened(pasted).state
    assert isinstance(state, VolumeState)
    assert (state.depth, state.height, state.width) == (5, 5, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nn.Conv3d(3, 1, 3)", "in_channels is 3, but this page shows 1 to 2: use 2."),
        ("nn.Conv3d(1, 1, 5)", "kernel_depth is 5, but this page shows 1 to 3: use 3."),
        ("nn.Conv3d(1, 64, (3, 1, 1))", "out_channels is 64, but this page shows 1 to 2: use 2."),
        ("layers.Conv3D(1, 3, input_shape=(16, 112, 112, 1))", "depth is 16, but this page shows 1 to 6: use 6."),
    ],
)
def test_a_volume_that_its_page_cannot_play_is_no_stack(text: str, said: str) -> None:
    app = paste(text)
    assert errors(app) == [f"The page 3-D cannot play it, and a stack has no volumes: {said}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "nn.Sequential(\n  nn.Conv3d(1, 1, 3),\n  nn.ReLU(),\n)",
            "Line 2 has “Conv3d”, whose volumes no stack has: paste the code of that layer alone.",
        ),
        (
            "nn.Conv3d(2, 2, 3, groups=2)",
            "Line 1 has Conv3d with groups “2”, which cannot be shown here: only 1 can.",
        ),
    ],
)
def test_a_volume_is_refused_with_what_would_work(text: str, said: str) -> None:
    assert errors(paste(text)) == [said]


def test_an_image_with_its_channels_last_becomes_the_input() -> None:
    pasted = read_pasted("[[[1, 10], [2, 20]], [[3, 30], [4, 40]]]")
    assert isinstance(pasted, PastedNumbers)
    state = opened_numbers(pasted.values, Meaning(Part.INPUT, Layout.HWC)).state
    assert not isinstance(state, ComparisonState)
    assert state.input_text.split() == ["1", "2", "3", "4", "10", "20", "30", "40"]
