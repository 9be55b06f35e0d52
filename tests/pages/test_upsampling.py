"""The page of upsampling: every picture and every number of it against PyTorch, its links, its words."""

from base64 import b64decode
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
import torch
from PIL import Image
from torch.nn import functional

from engine.arrays import Floats
from kinds.links import decode
from kinds.transposed.state import TransposedState
from pages.shared.enlarging import enlarge, picture_of
from pages.shared.example_choice import matching
from pages.shared.playing import play
from pages.shared.samples import FOLDER
from pages.upsampling_parts.pictures import message, pixel_of
from pages.upsampling_parts.stages import stage_link
from pages.upsampling_parts.uses import TITLE, decoder_rows, generator_rows
from pages.upsampling_parts.words import verdict
from sharing.images import SamplePicture
from sharing.link import encode
from sharing.upsampling import UpsamplingState, UpsamplingWay, UpsamplingWeights
from sharing.upsampling_examples import UPSAMPLINGS
from tests.pages.driver import errors, open_link, page_text

PAGE = "upsampling"
OPENING = UpsamplingState()
EXAMPLES = {name: replace(OPENING, **example.fields) for name, example in UPSAMPLINGS.items()}
STATES = EXAMPLES | {
    "wide": replace(OPENING, kernel_size=7, padding=6, output_padding=0, size=50, picture=SamplePicture.BRICK),
    "stride-4": replace(OPENING, stride=4, size=16, kernel_size=6, weights=UpsamplingWeights.RANDOM, layers=2),
}
ignore_even = pytest.mark.filterwarnings("ignore:Using padding='same'")


def sample(picture: SamplePicture) -> torch.Tensor:
    with Image.open(FOLDER / f"{picture}.png") as image:
        return torch.from_numpy(np.array(image, dtype=float))[None, None]


def pooled(picture: SamplePicture, side: int) -> torch.Tensor:
    """A sample made smaller, by torch where it is pooled by whole numbers."""
    if 256 % side:
        return torch.from_numpy(picture_of(picture, side))[None, None]
    return functional.avg_pool2d(sample(picture), 256 // side).round()


def by_torch(state: UpsamplingState, way: UpsamplingWay) -> Floats:
    """The enlarged picture, from the numbers of the state alone but for the weights."""
    x = pooled(state.picture, state.size)
    for number, kernels in enumerate(state.kernels()):
        first = torch.from_numpy(np.array(kernels[:1, None]))
        s = state.stride
        match way:
            case UpsamplingWay.TRANSPOSED:
                x = functional.conv_transpose2d(x, first, None, s, state.padding, state.output_padding)
            case UpsamplingWay.NEAREST:
                x = functional.conv2d(functional.interpolate(x, scale_factor=s), first / s**2, padding="same")
            case UpsamplingWay.BILINEAR:
                x = functional.interpolate(x, scale_factor=s, mode="bilinear")
                x = functional.conv2d(x, first / s**2, padding="same")
            case UpsamplingWay.PIXEL_SHUFFLE:
                filters = torch.from_numpy(np.array(kernels[1:, None])) / s**2
                x = functional.pixel_shuffle(functional.conv2d(x, filters, padding="same"), s)
            case UpsamplingWay.UNPOOLING:
                larger = pooled(state.picture, state.size * s ** (number + 1))
                _, places = functional.max_pool2d(larger, s, return_indices=True)
                x = functional.conv2d(functional.max_unpool2d(x, places, s), first, padding="same")
    return x[0, 0].numpy()


@ignore_even
@pytest.mark.parametrize("way", UpsamplingWay)
@pytest.mark.parametrize("name", STATES)
def test_every_picture_is_the_one_that_torch_makes(name: str, way: UpsamplingWay) -> None:
    state = STATES[name]
    theirs = by_torch(state, way)
    found = enlarge(state, way)
    np.testing.assert_allclose(found.result, theirs, atol=1e-9)
    told = message(state, [found])["pictures"][1]
    pixels = np.frombuffer(b64decode(told["pixels"]), np.uint8).reshape(told["height"], told["width"])
    # Half a grey is rounded to either side of it.
    assert np.abs(pixels - np.clip(theirs, 0, 255)).max() <= 0.5 + 1e-9


@pytest.mark.parametrize("side", [16, 32, 64, 128, 256])
def test_a_small_picture_is_the_sample_pooled(side: int) -> None:
    ours = picture_of(SamplePicture.CHELSEA, side)
    theirs = functional.avg_pool2d(sample(SamplePicture.CHELSEA), 256 // side)[0, 0].numpy()
    assert np.abs(ours - theirs).max() <= 0.5 + 1e-9
    assert np.array_equal(ours, ours.round())


def test_the_page_opens_on_the_cats_face_with_its_checkerboard() -> None:
    app = open_link({}, PAGE)
    assert errors(app) == []
    text = page_text(app)
    assert "the sums of the weights that reach a phase are 0.44, 0.89, 0.89 and 1.78. **Checkerboard: ≈ 1.33.**" in text
    assert app.selectbox(key="example").value == "cats-face"
    found = enlarge(OPENING, UpsamplingWay.TRANSPOSED)
    assert found.layers[0].weight == pytest.approx(np.ones((1, 1, 3, 3)) / 2.25)
    told = message(OPENING, [found])["pictures"]
    assert [(one["height"], one["width"]) for one in told] == [(64, 64), (128, 128)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_opens_by_its_link_and_says_what_to_look_for(name: str) -> None:
    state = EXAMPLES[name]
    assert matching(state, UPSAMPLINGS) == name
    app = open_link(encode(state), PAGE)
    assert errors(app) == []
    assert app.selectbox(key="example").value == name
    assert UPSAMPLINGS[name].look_for in page_text(app)


def test_what_the_examples_say_is_so() -> None:
    numbers = {
        name: {way: enlarge(state, way).checkerboard for way in UpsamplingWay} for name, state in EXAMPLES.items()
    }
    transposed = {name: of[UpsamplingWay.TRANSPOSED] for name, of in numbers.items()}
    assert transposed["cats-face"] == pytest.approx(4 / 3)
    assert (transposed["divisible"], transposed["tent"]) == (0, 0)
    sums = enlarge(EXAMPLES["random-divisible"], UpsamplingWay.TRANSPOSED).sums
    assert (sums.min(), sums.max()) == pytest.approx((0.59, 1.37), abs=0.005)
    assert transposed["two-layers"] > transposed["cats-face"]
    assert transposed["three-layers"] > transposed["two-layers"]
    assert enlarge(EXAMPLES["three-layers"], UpsamplingWay.TRANSPOSED).sums.shape == (8, 8)
    assert enlarge(EXAMPLES["holes"], UpsamplingWay.TRANSPOSED).sums.min() == 0
    assert [name for name, of in numbers.items() if of[UpsamplingWay.PIXEL_SHUFFLE]] == ["random-divisible", "woven"]
    for of in numbers.values():
        assert (of[UpsamplingWay.NEAREST], of[UpsamplingWay.BILINEAR]) == (0, 0)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cats-face", "3 is not divisible by 2, so that 2 and 1 taps reach"),
        ("tent", "And still the sums of the weights that reach a phase are 1 each. **Checkerboard: 0.**"),
        ("random-divisible", "4 is divisible by 2, so that as many taps reach every pixel. And still"),
        ("divisible", "as many taps reach every pixel, and the sums of the weights that reach a phase are 1 each."),
        ("three-layers", "are from 0.09 to 2.19"),
    ],
)
def test_the_verdict_says_why(name: str, words: str) -> None:
    assert words in verdict(EXAMPLES[name], enlarge(EXAMPLES[name], UpsamplingWay.TRANSPOSED))


@pytest.mark.parametrize("way", UpsamplingWay)
@pytest.mark.parametrize("name", STATES)
def test_a_pixel_leads_to_a_stage_that_makes_the_same_number(name: str, way: UpsamplingWay) -> None:
    state = STATES[name]
    found = enlarge(state, way)
    rows, columns = found.result.shape
    for row, column in {(0, 0), pixel_of(state, found), (rows // 2, 1), (rows - 1, columns - 1), (1, columns - 2)}:
        link = stage_link(found, row, column)
        assert link is not None
        opened = urlsplit(link)
        stage, problems = decode(opened.path, dict(parse_qsl(opened.query)))
        assert problems == ()
        assert opened.path == ("transposed" if way is UpsamplingWay.TRANSPOSED else "standard")
        pinned = opened.fragment.rpartition("pin=")[2].split(".")
        played = play(stage)
        if way is UpsamplingWay.TRANSPOSED:
            assert pinned[0] == "uncropped"
            axes = played.record.axes
            top, left = divmod(int(pinned[2]), axes[1].uncropped)
            value = played.record.output[0, top - axes[0].before, left - axes[1].before]
        else:
            assert pinned == ["output", "0", "0"]
            value = played.record.output.item()
        assert value == pytest.approx(found.result[row, column], abs=1e-9)


def test_a_pixel_beyond_a_result_is_its_last() -> None:
    state = replace(OPENING, row=255, column=200)
    assert pixel_of(state, enlarge(state, UpsamplingWay.TRANSPOSED)) == (127, 127)
    assert errors(open_link(encode(state), PAGE)) == []


def test_a_refusal_stands_beside_its_control_with_a_way_out() -> None:
    app = open_link({"layers": "3"}, PAGE)
    (error,) = errors(app)
    assert error.startswith("Picture size: 64×64 becomes 512×512 in 3 layers of stride 2")
    (way,) = (button for button in app.button if button.key and button.key.startswith("way_out_size"))
    app = way.click().run()
    assert errors(app) == []
    assert app.number_input(key="size").value == 32


def test_typing_begins_with_the_weights_in_use() -> None:
    app = open_link(encode(EXAMPLES["tent"]), PAGE)
    app = app.selectbox(key="weights").set_value(UpsamplingWeights.TYPED).run()
    assert errors(app) == []
    assert [row.split() for row in app.text_area(key="kernel_text").value.splitlines()] == [
        ["0.25", "0.5", "0.25"],
        ["0.5", "1", "0.5"],
        ["0.25", "0.5", "0.25"],
    ]
    assert "**Checkerboard: 0.**" in page_text(app)


def test_the_uses_have_the_sizes_that_torch_makes_and_play_them() -> None:
    size = 1
    for row in generator_rows():
        assert isinstance(row.state, TransposedState)
        assert row.inputs[1:] == (size, size)
        played, numbers = play(row.state).record, row.state
        x, weight = torch.tensor(played.input)[None], torch.tensor(played.weight)
        theirs = functional.conv_transpose2d(x, weight, None, numbers.stride_height, numbers.padding_height)[0]
        np.testing.assert_allclose(played.output, theirs.numpy(), atol=1e-9)
        size = theirs.shape[-1]
        assert row.outputs[1:] == (size, size)
    assert size == 64


def test_the_decoder_comes_back_to_the_size_that_it_began_with_beside_what_it_kept() -> None:
    rows = decoder_rows()
    assert [row.outputs[1] for row in rows] == [32, 16, 32, 32, 64, 64]
    assert [row.text for row in rows if "skip" in row.text] == [
        "concat b, the skip connection: 32×32×32 and 32×32×32",
        "concat a, the skip connection: 16×64×64 and 16×64×64",
    ]
    for row in rows:
        if row.state is not None:
            assert play(row.state).record.output.shape[1:] == row.outputs[1:]
    assert sum(row.state is not None for row in rows) == 3
    app = open_link({}, PAGE)
    assert [one.label for one in app.expander] == [TITLE]
