"""What states, texts, stacks and links are refused for: every sentence is raised by something."""

import random
import re
import zlib
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine.errors
import kinds.gradients.messages
import kinds.one_dimensional.messages
import kinds.separable.messages
import kinds.standard.messages
import kinds.transposed.messages
import pages.comparison_parts.timing
import sharing.errors
import sharing.image_messages
import sharing.learning_messages
import sharing.pasted.messages
import sharing.upsampling_messages
from engine import Job, LayerError, PaddingMode
from exports.networks.keras_network import keras_network
from kinds.gradients.state import OUTPUT_FIELDS, Loss
from kinds.links import decode
from kinds.one_dimensional.state import SequencePadding
from kinds.registry import PRESETS, STATES
from kinds.standard.state import StandardView
from pages.comparison_parts.timing import check_can_be_timed
from pages.shared.pasted_states import opened
from pages.shared.playing import play
from sharing.comparison import ComparisonState
from sharing.errors import LinkCode, StackCode, StateCode, TextCode
from sharing.fields import limits
from sharing.image_kernels import ImageKernelName
from sharing.images import ImagesState
from sharing.learning import LearningState
from sharing.link import MOST_PROBLEMS
from sharing.matrices import LONGEST_TEXT, parse
from sharing.packing import LONGEST_PACKED, unpack
from sharing.page_state import PaddingChoice, Values
from sharing.pasted.array_file import array_names, read_array
from sharing.pasted.messages import FileCode
from sharing.pasted.reader import read_pasted
from sharing.pasted.results import PastedLayer
from sharing.roles import KERNEL
from sharing.stack_text import read_layer, run_stack
from sharing.upsampling import UpsamplingState
from tests.draws import examples
from tests.sharing.pasted.corpus import REFUSED
from tests.sharing.pasted.test_array_file import REFUSED as FILES_REFUSED
from tests.sharing.pasted.test_array_file import zipped as zipped_array
from tests.sharing.test_learning import REFUSED as LESSONS
from tests.sharing.test_upsampling import REFUSED as UPSAMPLINGS

CATALOGUES = {
    module.__name__: module.TEMPLATES
    for module in (
        engine.errors,
        sharing.errors,
        sharing.image_messages,
        sharing.learning_messages,
        sharing.pasted.messages,
        sharing.upsampling_messages,
        kinds.gradients.messages,
        kinds.standard.messages,
        kinds.separable.messages,
        kinds.transposed.messages,
        kinds.one_dimensional.messages,
        pages.comparison_parts.timing,
    )
}
OPENING = {page: next(iter(presets.values())).state for page, presets in PRESETS.items()}
TEXTS = ["", "1 2\n3", "1 2\n3 4\n\n1 2", "1\n\n2 3", "1\n---\n1\n\n2", "a", "nan", "1e7", "1 2\n\n3 4\n5"]
PACKED = ["1 " * LONGEST_TEXT, "*" + "1" * (LONGEST_TEXT + 1), "~abc", "1" * (LONGEST_PACKED + 1)]


def zipped(text: str) -> str:
    return "~" + urlsafe_b64encode(zlib.compress(text.encode())).decode()


def opened_layer(text: str) -> object:
    """What a pasted layer opens."""
    read = read_pasted(text)
    assert isinstance(read, PastedLayer)
    return opened(read)


def attempts() -> Iterator[Callable[[], object]]:
    """Yield what is refused: numbers out of bounds, layers too large, texts and stacks that cannot be read."""
    yield from (partial(read_pasted, text) for text in REFUSED)
    yield lambda: opened_layer("nn.Conv3d(3, 1, 3)")
    rng = random.Random(1)
    for page, state in OPENING.items():
        bounds = limits(STATES[page])
        for name, of in bounds.items():
            for value in (None, of.least - 1, of.most + 1):
                yield replace(state, **{name: value}).layer
        for _ in range(400):
            drawn: dict[str, Any] = {name: rng.randint(of.least, of.most) for name, of in bounds.items()}
            few = {name: min(number, 2) for name, number in drawn.items() if "channels" in name or "mult" in name}
            few |= {name: 7 for name in drawn if name.startswith(rng.choice(["output_padding", "dilation_", "none"]))}
            for name in ("view", "padding"):
                if hasattr(state, name):
                    drawn[name] = rng.choice(list(type(getattr(state, name))))
            drawn |= rng.choice([few, {}]) | ({"groups": 1} if "groups" in drawn else {})
            yield replace(state, **drawn).layer
    for name in ("height", "width"):
        most = {name: 32, f"stride_{name}": 8, f"output_padding_{name}": 7}
        yield replace(OPENING["transposed"], **most).layer
        yield replace(OPENING["transposed"], **most | {f"output_padding_{name}": 0}).layer
    yield replace(PRESETS["standard"]["padding-constant"].state, view=StandardView.MATRIX).layer
    for name in OUTPUT_FIELDS:
        yield replace(OPENING["gradients"], loss=Loss.ONE_OUTPUT, **{name: 7}).layer
    wide = replace(OPENING["standard"], height=16, width=16, in_channels=8, kernel_height=7, kernel_width=7)
    wide = replace(wide, padding=PaddingChoice.FULL, dilation_height=8, dilation_width=8)
    for out_channels in (1, 8):
        yield replace(wide, out_channels=out_channels).layer
    yield replace(wide, out_channels=8, dilation_height=1, dilation_width=1).layer
    for preset in PRESETS["standard"].values():  # one with 32 rows, and then with several channels
        yield replace(preset.state, height=32, in_channels=2).layer
    for name, of in limits(ComparisonState).items():
        for value in (None, of.most + 1):
            for ask in ("job", "stack_input"):
                yield getattr(replace(ComparisonState(), **{name: value}), ask)
    for text in TEXTS:
        yield lambda text=text: parse("kernel", text)
    yield lambda: parse("kernel", "1 " * LONGEST_TEXT)
    for text in ("1\n\n2", "1 " * 12, "0.5", "1000"):
        yield ImagesState(kernel=ImageKernelName.OWN, kernel_text=text).chosen_kernel
    yield from (replace(LearningState(), **fields).lesson for fields, _, _ in LESSONS)
    yield from (replace(UpsamplingState(), **fields).check for fields, _, _ in UPSAMPLINGS)
    for packed in (*PACKED, zipped("1 " * 8 * LONGEST_TEXT), *TEXTS):
        yield lambda packed=packed: unpack(packed, KERNEL)
    for line in ("conv 1 3 q1", "conv 1", "conv 1 3 s2 s3", "conv 1 5000"):
        yield lambda line=line: read_layer(line, (1, 9, 9))
    for size in (Job(224, 224, 512, 512, padding=1), Job(1024, 1024, 256, 1, kernel_size=1, depth_multiplier=2)):
        yield lambda size=size: check_can_be_timed(size)


STACKS = [
    "lstm",
    "dense 10",
    "9" * 200,
    "relu x0",
    "x3 = relu",
    "add a",
    "unpool input",
    "adaptiveavgpool 4095",
    "relu x601",
    "relu x550; relu x60",
    "relu x600; relu",
    "conv 1 64; " + "transposed 1 2 s2; " * 9,
    "transposed 1 2 s200",
    "conv 65536 9 p4; conv 65536 99 p49",
    "linear 65536; " * 3,
    "conv 1 1 s4000 p2000; " * 6,
    "conv 1 4095 s4096 p2047; " * 6,
]


def programs() -> Iterator[Callable[[], object]]:
    """Yield what writes a program of a stack that has none."""
    rows = run_stack("a = maxpool 2; unpool a", (1, 4, 4))
    yield partial(keras_network, rows, (1, 4, 4))


def files() -> Iterator[Callable[[], object]]:
    """Yield what reads files of arrays, and arrays in them, that are refused."""
    for data, code in FILES_REFUSED.values():
        yield partial(array_names, data)
        if code is not FileCode.NO_ARRAY_FILE:
            yield partial(read_array, data)
            yield partial(read_array, zipped_array(data), "x")


def link_problems() -> Iterator[sharing.errors.Problem]:
    """Yield what is not understood of links that say all kinds of things."""
    texts = [text.replace("\n---\n", "___").replace("\n\n", "__").replace("\n", "_") for text in TEXTS if text]
    for said in (*texts, *PACKED, zipped("1 " * 8 * LONGEST_TEXT), "__", "1 2__3"):
        yield from decode("standard", {"kernel_values": said, "values": "typed"})[1]
    strange = {
        "v": "2",
        "present": "0",
        "path": "none.9",
        "preset": "none",
        "height": "x",
        "padding": "some",
        "kind": "max",
        "none": "1",
    }
    for name, said in (*strange.items(), ("ceil_mode", "1"), ("groups", "1"), ("seed", ["1", "2"])):
        yield from decode("standard", {name: said})[1]
    yield from decode("standard", {f"none{number}": "1" for number in range(2 * MOST_PROBLEMS)})[1]


def test_every_sentence_is_raised_by_something_and_has_all_its_places() -> None:
    errors: list[LayerError] = []
    for attempt in (*attempts(), *programs(), *files()):
        try:
            attempt()
        except LayerError as error:
            errors.append(error)
    said = [str(one) for one in errors]
    keys = {error.key for error in errors}
    of_a_large_input = run_stack("pointwise 65536; linear 65536", (1, 2048, 1024))
    for row in (*of_a_large_input, *(row for text in STACKS for row in run_stack(text, (1, 64, 64)))):
        keys |= {row.error.key} if row.error else set()
        said += [row.problem] if row.error else []
    for problem in link_problems():
        keys.add(f"{problem.code}.{problem.variant}".rstrip("."))
        said.append(str(problem))
    own = {key for name, catalogue in CATALOGUES.items() if name != "engine.errors" for key in catalogue}
    assert own - keys == set()
    assert [one for one in said if "{" in one or not one.endswith(".")] == []
    codes = {*StateCode, *TextCode, *StackCode, *LinkCode}
    assert {key.partition(".")[0] for key in keys} >= codes


def test_no_two_sentences_are_called_alike() -> None:
    """One catalogue of another language holds them all."""
    counts = Counter(key for catalogue in CATALOGUES.values() for key in catalogue)
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_text_that_cannot_be_read_has_a_sentence_for_links() -> None:
    of_texts = {key for key in sharing.errors.TEMPLATES if key.partition(".")[0] in set(TextCode)}
    assert {f"text.{key}" for key in of_texts} <= set(sharing.errors.TEMPLATES)


def refusal(ask: Callable[[], object]) -> LayerError | None:
    try:
        ask()
    except LayerError as error:
        return error
    return None


@pytest.mark.parametrize("page", STATES)
@given(st.data())
@settings(max_examples=examples(20), deadline=None)
def test_what_a_page_suggests_for_a_number_is_within_its_bounds(page: str, data: st.DataObject) -> None:
    state = OPENING[page]
    name = data.draw(st.sampled_from(sorted(state.limits())))
    bounds = state.limits()[name]
    value = data.draw(st.none() | st.integers(bounds.most + 1, 10**9) | st.integers(-(10**9), bounds.least - 1))
    error = refusal(replace(state, **{name: value}).check_limits)
    assert error is not None
    ((change,),) = (one.changes for one in error.choices)
    assert change.parameter == name
    again = refusal(replace(state, **{name: change.value}).check_limits)
    # A number within its bounds may still go together badly with another one, which is another sentence.
    assert again is None or again.code not in StateCode


@given(st.data())
@settings(max_examples=examples(40), deadline=None)
def test_what_a_page_suggests_for_a_layer_that_is_too_large_would_do(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(["one_dimensional", "separable", "transposed"]))
    state = OPENING[page]
    drawn = {name: data.draw(st.integers(of.least, of.most)) for name, of in state.limits().items() if name != "pixel"}
    fixed = {"groups": 1} if "groups" in drawn else {}
    options = {
        name: data.draw(st.sampled_from(list(type(getattr(state, name)))))
        for name in ("view", "padding")
        if hasattr(state, name)
    }
    state = replace(state, **{**drawn, **fixed, **options})
    error = refusal(state.layer)
    if error is None or error.key not in CATALOGUES[f"kinds.{page}.messages"]:
        return
    for change in data.draw(st.sampled_from(error.choices)).changes:
        state = replace(state, **{change.parameter: change.value})
    again = refusal(state.layer)
    assert again is None or (again.key, again.parameter) != (error.key, error.parameter)


@given(st.data())
@settings(max_examples=examples(60), deadline=None)
def test_a_sequence_is_refused_in_the_words_of_a_sequence(data: st.DataObject) -> None:
    state = OPENING["one_dimensional"]
    drawn: dict[str, Any] = {
        name: data.draw(st.integers(of.least, of.most))
        for name, of in state.limits().items()
        if not name.endswith("channels")
    }
    padding = data.draw(st.sampled_from(SequencePadding))
    mode = data.draw(st.sampled_from(PaddingMode))
    state = replace(state, **drawn, padding=padding, padding_mode=mode, values=Values.WHOLE)
    error = refusal(lambda: play(state))
    assert error is None or not re.search(r"\b(rows?|columns?|left|right|top|bottom)\b", str(error)), error
