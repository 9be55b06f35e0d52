"""The state of the comparison page: its limits, its job, and its examples."""

from dataclasses import fields, replace
from typing import Any

import pytest

from engine import ConvolutionKind, Costed, LayerError, every_kind
from sharing.comparison import ComparisonState
from sharing.examples import JOBS, STACKS
from sharing.fields import limits, types

STATE = ComparisonState()
LIMITS = limits(ComparisonState)
JOB_NUMBERS = [name for name in LIMITS if not name.startswith("input_")]


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
        with pytest.raises(LayerError) as caught:
            replace(STATE, **{name: value}).job()
        assert str(caught.value) == (
            f"{name} is {value:,}, but this page compares {bounds.least:,} to {bounds.most:,}: use {nearest:,}."
        )
    for value in (bounds.least, bounds.most):
        assert getattr(replace(STATE, **{name: value}).job(), name) == value


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
    dilated = done("dilated")[ConvolutionKind.STANDARD]
    assert isinstance(dilated, Costed)
    assert (dilated.cost.macs, dilated.cost.valid_macs) == (144, 100)
