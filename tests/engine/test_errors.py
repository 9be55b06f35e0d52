"""Errors as data: every sentence of the catalogue is raised by some layer, and what an error suggests would do."""

import math
import pickle
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import (
    Add,
    AvgPool1d,
    AvgPool2d,
    AvgPool3d,
    BatchNorm2d,
    Change,
    Choice,
    Concat,
    Conv1d,
    Conv2d,
    Conv3d,
    ConvolutionKind,
    ConvTranspose1d,
    ConvTranspose2d,
    ConvTranspose3d,
    Job,
    LayerCode,
    LayerError,
    Linear,
    MaxPool1d,
    MaxPool2d,
    MaxPool3d,
    MaxUnpool2d,
    Multiply,
    PaddingMode,
    PixelShuffle,
    SeparableConv2d,
    apply,
    every_kind,
    forward,
    gradients,
    stack,
)
from engine.errors import TEMPLATES
from engine.layers import ConvNd
from engine.messages import fill
from engine.pooling import MaxPoolNd
from engine.stack import entrance
from engine.transposed import ConvTransposeNd
from tests.draws import examples
from tests.engine.strategies import as_pair, as_tuple, by_direction, numbers_for, sides_for, sides_of

Arguments = dict[str, Any]


@pytest.fixture
def error() -> LayerError:
    return LayerError(LayerCode.NOT_WHOLE, "stride", 0, choices=(Choice((Change("stride", 1),)),), least=1)


def test_the_sentence_names_parameter_value_rule_and_nearest(error: LayerError) -> None:
    assert str(error) == "stride is 0, but it must be a whole number of at least 1: use 1."
    assert (error.key, error.parameter, error.value) == ("not_whole", "stride", 0)
    assert error.places == {"parameter": "stride", "value": 0, "nearest": 1, "least": 1}


def test_it_is_a_value_error(error: LayerError) -> None:
    assert isinstance(error, ValueError)


def test_it_survives_pickling(error: LayerError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is LayerError
    assert (str(again), again.places, again.choices) == (str(error), error.places, error.choices)


def test_another_catalogue_says_it_in_its_own_words_and_keeps_the_rest_in_english(error: LayerError) -> None:
    german = {"not_whole": "{parameter} ist {value:code}, muss aber eine ganze Zahl ab {least} sein, etwa {nearest}."}
    assert error.sentence(german) == "stride ist 0, muss aber eine ganze Zahl ab 1 sein, etwa 1."
    assert str(error.reworded(german)) == error.sentence(german)
    assert error.sentence({"ragged": "…"}) == str(error)


@pytest.mark.parametrize(
    ("template", "places", "sentence"),
    [
        ("{a:row|rows}, {b:row|rows}", {"a": 1, "b": 2}, "1 row, 2 rows"),
        ("{a:,cell|cells}", {"a": 12345}, "12,345 cells"),
        ("{a:code} {b:code}", {"a": "same", "b": np.int64(3)}, "'same' 3"),
        ("{a:names}; {b:list}", {"a": ("x", "y"), "b": (1, 2)}, "'x', 'y'; 1, 2"),
        ("{a:or}, {b:and}, {c:or}", {"a": (1, 2, 3), "b": ("x", "y"), "c": (4,)}, "1, 2 or 3, x and y, 4"),
        ("{a:quote}", {"a": "z"}, "“z”"),
    ],
)
def test_a_place_is_written_by_its_format(template: str, places: Arguments, sentence: str) -> None:
    assert fill(template, places) == sentence


def test_somebodys_words_are_made_safe_apart_from_ours() -> None:
    shown = fill("*{a:name}* is {b:quote}", {"a": "k", "b": "<b>"}, "«{}»".format, "`{}`".format, str.upper)
    assert shown == "*`k`* IS «<b>»"


def drawn_layers(rng: random.Random) -> Iterator[Callable[[], object]]:
    """Yield layers over every parameter, on an input, possible or not."""

    def number(most: int, least: int = 0) -> Any:
        pair = rng.randint(least, most), rng.randint(least, most)
        return rng.choice([pair, pair[0]])

    odd = [0, -1, 1.5, True, None, "sane", (0, 1), (1, 2, 3), [2]]
    for _ in range(1200):
        size = rng.randint(1, 7), rng.randint(1, 7)
        channels = {"in_channels": rng.randint(1, 6), "out_channels": rng.randint(1, 6)}
        window = {"kernel_size": number(5, 1), "dilation": number(3, 1)}
        strided = window | {"stride": number(3, 1)}
        sides = (rng.randint(0, 5), rng.randint(0, 5)), (rng.randint(0, 5), rng.randint(0, 5))
        padding = rng.choice([number(5), sides, "same", "full", "valid", "same_upper", "same_lower"])
        mode = rng.choice(list(PaddingMode))
        arguments = channels | strided | {"padding": padding, "padding_mode": mode}
        filled = arguments | {"padding_value": rng.choice([0, 5, math.inf])}
        grouped = channels | {"kernel_size": 1, "groups": rng.randint(2, 4)}
        wrong = channels | window | {rng.choice([*window, "padding", "groups"]): rng.choice(odd)}
        yield lambda a=arguments, s=size: Conv2d(**a).axes(*s)
        yield lambda a=filled: Conv2d(**a)
        yield lambda a=channels | window | {"padding": "same", "stride": 2}: Conv2d(**a)
        yield lambda a=grouped: Conv2d(**a)
        yield lambda a=wrong: Conv2d(**a)
        off = rng.choice([number(5), sides, "same_upper"])
        cropped = channels | strided | {"padding": off, "output_padding": rng.choice([0, number(4)])}
        yield lambda a=cropped, s=size: ConvTranspose2d(**a).axes(*s)
        wanted = number(20, 1)
        yield lambda a=cropped, s=size, to=wanted: ConvTranspose2d(**a).output_padding_for(*s, to)
        pooling = strided | {"padding": rng.choice([number(2), sides]), "ceil_mode": rng.random() < 0.5}
        yield lambda a=pooling, s=size: MaxPool2d(**a).axes(*s)
        inputs = rng.randint(1, 3), *size
        layers = [BatchNorm2d(rng.randint(1, 3)), Linear(rng.randint(1, 9), 2)]
        yield lambda one=layers, of=inputs: stack(one, of)
        yield lambda of=inputs: stack([MaxPool2d(1), PixelShuffle(3)], of)
        begin = entrance(inputs)
        other, pooled = entrance((rng.randint(1, 3), *size[::-1])), apply(MaxPool2d(1), inputs)
        for merging in (Add(), Multiply(), Concat()):
            yield lambda one=merging, of=begin, to=other: apply(one, of.outputs, of, (to,))
        yield lambda of=other, to=pooled: apply(MaxUnpool2d(MaxPool2d(1)), of.outputs, of, (to,))
        job = Job(5, 5, rng.randint(1, 4), rng.randint(1, 8), depth_multiplier=rng.randint(1, 3))
        yield lambda one=job: raised(every_kind(one)[ConvolutionKind.DEPTHWISE])


def drawn_layers_of_other_spaces(rng: random.Random) -> Iterator[Callable[[], object]]:
    """Yield layers over sequences and volumes on an input, possible or not."""
    for _ in range(1500):
        for dims, kinds in ((1, (Conv1d, ConvTranspose1d, MaxPool1d)), (3, (Conv3d, ConvTranspose3d, MaxPool3d))):
            convolution, transposed, pooling = kinds

            def number(most: int, least: int = 0, dims: int = dims) -> Any:
                numbers = tuple(rng.randint(least, most) for _ in range(dims))
                return rng.choice([numbers, numbers[0]])

            sides = tuple((rng.randint(0, 5), rng.randint(0, 5)) for _ in range(dims))
            size = [rng.randint(1, 7) for _ in range(dims)]
            window = {"kernel_size": number(5, 1), "stride": number(3, 1), "dilation": number(3, 1)}
            mode = rng.choice(["reflect", "circular"])
            padding = rng.choice([number(4), sides])
            wrong = {**window, rng.choice([*window, "padding"]): rng.choice([0, 1.5, (1, 2, 3, 4), "sane"])}
            yield lambda of=convolution, a=window, p=padding, m=mode, s=size: of(
                1, 1, **a, padding=p, padding_mode=m
            ).axes(*s)
            yield lambda of=convolution, a=window, p=padding, s=size: of(1, 1, **a, padding=p).axes(*s)
            yield lambda of=convolution, a=wrong: of(1, 1, **a)
            more, wanted = rng.choice([0, number(4)]), number(20, 1)
            off = rng.choice([padding, "same_upper"])
            yield lambda of=transposed, a=window, p=padding, e=more, s=size: of(
                1, 1, **a, padding=p, output_padding=e
            ).axes(*s)
            yield lambda of=transposed, a=window, p=off, s=size, to=wanted: of(1, 1, **a, padding=p).output_padding_for(
                *s, to
            )
            small, ceil = rng.choice([number(2), sides]), rng.random() < 0.5
            yield lambda of=pooling, a=window, p=small, c=ceil, s=size: of(**a, padding=p, ceil_mode=c).axes(*s)


def raised(found: object) -> None:
    if isinstance(found, LayerError):
        raise found


def refused_arrays() -> Iterator[Callable[[], object]]:
    """Yield layers given arrays that do not belong to them."""
    layer, plain = Conv2d(2, 3, 3), Conv2d(2, 3, 3, bias=False)
    x, weight, bias = np.zeros((2, 5, 5)), np.zeros((3, 2, 3, 3)), np.zeros(3)
    for wrong in (x[:1], x[0], x[None], bias, [[1, 2], [3]], x.astype(complex)):
        yield lambda wrong=wrong: forward(layer, wrong, weight, bias)
    for wrong in (None, weight[:1]):
        yield lambda wrong=wrong: forward(layer, x, wrong, bias)
    for wrong in (None, bias[:1]):
        yield lambda wrong=wrong: forward(layer, x, weight, wrong)
    yield lambda: forward(plain, x, weight, bias)
    for other, right in ((Conv1d(2, 3, 3), x[:, 0]), (Conv3d(2, 3, 3), x[:, None])):
        for wrong in (right[0], right[None], np.zeros(())):
            yield lambda of=other, wrong=wrong: forward(of, wrong, None)
    yield lambda: forward(SeparableConv2d(2, 3, 3), x, weight)
    yield lambda: forward(SeparableConv2d(2, 3, 3), x, (weight,))
    yield lambda: gradients(layer, x, weight, x)
    yield lambda: forward(MaxPool2d(2), x, weight)  # type: ignore[call-overload]


def keys_of(error: LayerError) -> set[str]:
    """Return the templates that a sentence is made of."""
    return {error.key, *(f"{one.code}.{one.variant}".rstrip(".") for one in error.choices if one.code)}


def test_every_sentence_of_the_catalogue_is_raised_by_some_layer_and_has_all_its_places() -> None:
    errors: list[LayerError] = []
    for make in (*drawn_layers(random.Random(1)), *drawn_layers_of_other_spaces(random.Random(1)), *refused_arrays()):
        try:
            make()
        except LayerError as error:
            errors.append(error)
    assert all(re.fullmatch(r"[^{}]+\.", str(error)) for error in errors)
    found = set().union(*map(keys_of, errors))
    assert found == set(TEMPLATES)
    assert {key.partition(".")[0] for key in found} >= set(LayerCode)


def changed(kind: Any, arguments: Arguments, change: Change) -> Arguments:
    """Return arguments with a change made to them; what it says of one direction leaves the others as they are."""
    name, axis = change.parameter, change.axis
    if axis is None:
        return {**arguments, name: change.value}
    dims = kind.space.dims
    numbers: list[Any] = list(
        by_direction(arguments.get(name, 1), dims) if name == "padding" else as_tuple(arguments.get(name, 1), dims)
    )
    if name == "padding" and isinstance(arguments["padding"], str):
        numbers = list(sides_of(kind(**of_layer(kind, arguments)), *size_of(kind, arguments)))
    numbers[axis] = change.value
    if any(isinstance(one, tuple) for one in numbers):
        numbers = [as_pair(one) for one in numbers]
    return {**arguments, name: tuple(numbers)}


def of_layer(kind: Any, arguments: Arguments) -> Arguments:
    return {name: value for name, value in arguments.items() if name not in kind.space.size}


def size_of(kind: Any, arguments: Arguments) -> list[int]:
    return [arguments[name] for name in kind.space.size]


def refusal(kind: Any, arguments: Arguments) -> LayerError | None:
    """Return what a layer is refused with, or the layer on an input of a size."""
    try:
        kind(**of_layer(kind, arguments)).axes(*size_of(kind, arguments))
    except LayerError as error:
        return error
    return None


def drawn_arguments(kind: Any) -> st.SearchStrategy[Arguments]:
    """Draw arguments of a layer and the size of an input, possible or not."""
    dims = kind.space.dims
    amount, size, sides = numbers_for(dims, 0, 4), numbers_for(dims, 1, 5), sides_for(dims, 4)
    junk = st.sampled_from([-1, 0, 1.5, 2.6, True, None, (1, 2, 3, 4), (2, -1), ((1, 2), (3, -1))])
    padding = amount | sides | st.sampled_from(["valid", "same_upper", "same_lower"]) | junk
    length = {name: st.integers(1, 6) for name in kind.space.size}
    channels = {"in_channels": st.integers(1, 4), "out_channels": st.integers(1, 4), "groups": st.integers(1, 4)}
    window = {"kernel_size": size | junk, "stride": size | junk, "dilation": size | junk, "padding": padding}
    if issubclass(kind, ConvNd):
        own = channels | window | {"padding_mode": st.sampled_from([*map(str, PaddingMode), "mirror"])}
        own["padding"] = padding | st.sampled_from(["same", "full", "sane"])
    elif issubclass(kind, ConvTransposeNd):
        own = channels | window | {"output_padding": amount | junk}
    elif issubclass(kind, MaxPoolNd):
        own = window | {"ceil_mode": st.booleans()}
    else:
        own = {"kernel_size": size, "stride": st.none() | size, "padding": padding, "ceil_mode": st.booleans()}
    return st.fixed_dictionaries(length | own)


KINDS: list[Any] = [
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose1d,
    ConvTranspose2d,
    ConvTranspose3d,
    MaxPool1d,
    MaxPool2d,
    MaxPool3d,
    AvgPool1d,
    AvgPool2d,
    AvgPool3d,
]


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
@settings(max_examples=examples(60))
def test_what_an_error_suggests_mends_it(kind: Any, data: st.DataObject) -> None:
    """Whichever way out is taken, what was refused is not refused again, and in a few steps there is a layer."""
    arguments = data.draw(drawn_arguments(kind))
    mended: set[tuple[str, str]] = set()
    for _ in range(12):
        error = refusal(kind, arguments)
        if error is None:
            return
        refused = error.key, error.parameter
        assert refused not in mended, error
        mended = {refused}
        for change in data.draw(st.sampled_from(error.choices)).changes:
            arguments = changed(kind, arguments, change)
    pytest.fail(f"no layer after twelve steps: {arguments}")


ARRAYS: list[tuple[str, Any]] = [
    ("x", np.zeros((1, 5, 5))),
    ("x", np.zeros((5, 5))),
    ("x", np.zeros((1, 2, 5, 5))),
    ("weight", None),
    ("weight", np.zeros((1, 2, 3, 3))),
    ("bias", None),
    ("bias", np.zeros(1)),
]


@pytest.mark.parametrize(("name", "wrong"), ARRAYS)
def test_an_array_of_the_shape_suggested_is_taken(name: str, wrong: Any) -> None:
    given = {"x": np.zeros((2, 5, 5)), "weight": np.zeros((3, 2, 3, 3)), "bias": np.zeros(3)}
    array, refused = wrong, []
    while len(refused) < 3:
        try:
            forward(Conv2d(2, 3, 3), **{**given, name: array})
            break
        except LayerError as error:
            refused.append(error)
            array = np.zeros(error.choices[0].changes[0].value)
    assert {(error.parameter, error.choices[0].changes[0].parameter) for error in refused} == {(name, name)}
    assert 1 <= len({error.code for error in refused}) == len(refused) < 3
