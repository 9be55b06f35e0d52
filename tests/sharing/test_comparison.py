"""The state of the comparison page: its limits, its job, and its examples."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import chain
from typing import Any

import pytest

from engine import ConvolutionKind, Costed, LayerError, every_kind
from engine.devices import DeviceName, NumberFormat
from sharing.comparison import ComparisonState, JobPadding
from sharing.examples import JOBS, STACKS
from sharing.fields import limits, types
from sharing.ways_out import fields_at_fault, ways_out

STATE = ComparisonState()
LIMITS = limits(ComparisonState)
OF_RUNNING = ("batch", "own_gigaflops", "own_gigabytes")
JOB_NUMBERS = [name for name in LIMITS if not name.startswith("input_") and name not in OF_RUNNING]
APART = replace(STATE, apart=True)


def done(name: str) -> dict[ConvolutionKind, Costed | LayerError]:
    return every_kind(replace(STATE, **JOBS[name].fields).job())


def macs(name: str, kind: ConvolutionKind) -> int:
    found = done(name)[kind]
    assert isinstance(found, Costed)
    return found.cost.macs


@pytest.mark.parametrize("name", JOB_NUMBERS)
def test_a_number_of_the_job_out_of_bounds_is_named(name: str) -> None:
    bounds = LIMITS[name]
    for value, nearest in ((bounds.least - 1, bounds.least), (bounds.most + 1, bounds.most)):
        state = APART if name in STATE.idle() else STATE
        with pytest.raises(LayerError) as caught:
            replace(state, **{name: value}).job()
        assert str(caught.value) == (
            f"{name} is {value:,}, but this page compares {bounds.least:,} to {bounds.most:,}: use {nearest:,}."
        )
    for value in (bounds.least, bounds.most):
        job = replace(APART if name in STATE.idle() else STATE, **{name: value}).job()
        assert value in chain.from_iterable(map(numbers, vars(job).values()))


def numbers(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for part in value:
            yield from numbers(part)
    else:
        yield value


@pytest.mark.parametrize("name", JOB_NUMBERS)
def test_a_number_that_counts_for_nothing_is_not_checked(name: str) -> None:
    for state in (STATE, APART, replace(STATE, padding_given=JobPadding.SAME)):
        assert name not in state.idle() or replace(state, **{name: -1}).job() == state.job()


def test_rows_columns_and_sides_are_given_apart() -> None:
    state = replace(APART, kernel_width=5, stride_height=2, padding_top=2, padding_right=4, output_padding_height=1)
    assert (state.job().kernel_size, state.job().stride) == ((3, 5), (2, 1))
    assert (state.job().padding, state.job().output_padding) == (((2, 1), (1, 4)), (1, 0))
    assert replace(state, padding_given=JobPadding.SAME_LOWER).job().padding == "same_lower"


@pytest.mark.parametrize(
    ("changes", "fault", "ways"),
    [
        ({"padding_given": "same", "stride": 2}, ("padding_given",), [
            {"stride": 1}, {"padding_given": "same_upper"}, {"padding_given": "numbers", "padding": 1},
        ]),
        ({"kernel_size": 17}, ("kernel_size",), [{"kernel_size": 16}, {"padding": 2}]),
        ({"apart": True, "kernel_width": 17}, ("kernel_width",), [
            {"kernel_width": 16}, {"padding_left": 2, "padding_right": 2},
        ]),
    ],
)  # fmt: skip
def test_a_way_out_changes_the_fields_that_the_job_is_given_in(
    changes: dict[str, Any], fault: tuple[str, ...], ways: list[dict[str, Any]]
) -> None:
    state = replace(
        STATE, **{name: JobPadding(value) if isinstance(value, str) else value for name, value in changes.items()}
    )

    def check(asked: ComparisonState) -> None:
        made = every_kind(asked.job())[ConvolutionKind.STANDARD]
        if isinstance(made, LayerError):
            raise made

    with pytest.raises(LayerError) as caught:
        check(state)
    assert fields_at_fault(state, caught.value) == fault
    found = ways_out(state, caught.value, check)
    assert list(found) == ways
    for way in found:
        check(replace(state, **way))


@pytest.mark.parametrize("name", OF_RUNNING)
def test_a_number_of_how_it_runs_out_of_bounds_is_named(name: str) -> None:
    own = replace(STATE, device=DeviceName.OWN)
    for value in (LIMITS[name].least - 1, LIMITS[name].most + 1):
        with pytest.raises(LayerError) as caught:
            replace(own, **{name: value}).processor()
        assert caught.value.parameter == name
    assert replace(own, own_gigaflops=7).processor().peaks[NumberFormat.BF16] == 7e9


@pytest.mark.parametrize("name", ["input_channels", "input_height", "input_width"])
@pytest.mark.parametrize("value", [None, 0, 5000])
def test_a_size_of_the_stacks_input_out_of_bounds_is_named(name: str, value: int | None) -> None:
    broken: dict[str, Any] = {name: value}
    with pytest.raises(LayerError) as caught:
        replace(STATE, **broken).stack_input()
    assert caught.value.parameter == name
    assert replace(STATE, **broken).job() == STATE.job()


def test_channels_are_compared_from_one_to_2048() -> None:
    for name in ("in_channels", "out_channels"):
        assert (LIMITS[name].least, LIMITS[name].most) == (1, 2048)


def test_every_field_is_of_a_kind_that_a_link_can_carry() -> None:
    for field in fields(ComparisonState):
        kind = types(ComparisonState)[field.name]
        assert issubclass(kind, int | str), field.name
        assert isinstance(getattr(STATE, field.name), kind), field.name


@pytest.mark.parametrize("examples", [JOBS, STACKS], ids=["jobs", "stacks"])
def test_an_example_sets_all_that_its_kind_sets(examples: dict[str, Any]) -> None:
    names = {frozenset(example.fields) for example in examples.values()}
    assert len(names) == 1
    for example in examples.values():
        replace(STATE, **example.fields).job()
        replace(STATE, **example.fields).stack_input()


def test_the_page_opens_on_an_example_of_each() -> None:
    for examples in (JOBS, STACKS):
        first = next(iter(examples.values()))
        assert replace(STATE, **first.fields) == STATE


def test_the_examples_show_what_their_sentences_say() -> None:
    assert round(macs("wide", ConvolutionKind.STANDARD) / macs("wide", ConvolutionKind.SEPARABLE), 2) == 8.69
    assert round(macs("narrow", ConvolutionKind.STANDARD) / macs("narrow", ConvolutionKind.SEPARABLE), 2) == 4.24
    for name in ("one-out", "one-by-one"):
        assert macs(name, ConvolutionKind.STANDARD) < macs(name, ConvolutionKind.SEPARABLE)
    deep = done("one-deep-filter")
    assert [deep[kind].cost.weights for kind in (ConvolutionKind.STANDARD, ConvolutionKind.SEPARABLE)] == [19_200, 843]  # type: ignore[union-attr]
    grouped = done("grouped")
    assert [grouped[kind].cost.weights for kind in (ConvolutionKind.STANDARD, ConvolutionKind.GROUPED)] == [
        73_728,
        9_216,
    ]  # type: ignore[union-attr]
    up = done("upsampling")[ConvolutionKind.TRANSPOSED]
    assert isinstance(up, Costed)
    assert (up.output_size, up.cost.macs, up.cost.valid_macs) == ((64, 64), 147_456, 142_884)
    deep = done("depthwise-transposed")[ConvolutionKind.TRANSPOSED]
    assert isinstance(deep, Costed)
    assert (deep.output_size, deep.cost.macs) == ((160, 160), 29_491_200)
    large = done("large-input")[ConvolutionKind.STANDARD]
    assert isinstance(large, Costed)
    assert (large.cost.macs, large.cost.params) == (2_438_553_600, 4_736)
    dilated = done("dilated")[ConvolutionKind.STANDARD]
    assert isinstance(dilated, Costed)
    assert (dilated.cost.macs, dilated.cost.valid_macs) == (144, 100)
