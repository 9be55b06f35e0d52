"""Every kind's layer for one job: counted by torch's own flop counter, refused where torch refuses, and worked out."""

import re
from dataclasses import replace
from fractions import Fraction
from math import prod

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from engine import (
    ConvolutionKind,
    Costed,
    Job,
    LayerError,
    break_even,
    cost,
    every_kind,
    formulas,
    printed_by_tools,
    saving,
    saving_limit,
)
from tests.draws import examples
from tests.engine.strategies import as_pair, number_or_pair

# Channels as networks have them, and small odd ones.
CHANNELS = st.sampled_from([1, 2, 3, 8, 12, 32, 96, 256, 1280, 2048]) | st.integers(1, 2048)
SIDES = st.tuples(*[st.tuples(st.integers(0, 4), st.integers(0, 4))] * 2)
MULTIPLIERS = st.sampled_from([1, 1, 2, 3])


@st.composite
def jobs(draw: st.DrawFn) -> Job:
    """Draw a job for which most kinds have a layer: groups that divide, channels out that a depthwise layer makes."""
    in_channels, multiplier = draw(CHANNELS), draw(MULTIPLIERS)
    made = in_channels * multiplier
    out_channels = draw(st.sampled_from([made, made]) | CHANNELS) if made <= 2048 else draw(CHANNELS)
    return Job(
        height=draw(st.integers(1, 64)),
        width=draw(st.integers(1, 64)),
        in_channels=in_channels,
        out_channels=out_channels,
        kernel_size=draw(number_or_pair(1, 7)),
        stride=draw(number_or_pair(1, 4)),
        padding=draw(number_or_pair(0, 4) | SIDES | st.just("valid")),
        dilation=draw(number_or_pair(1, 3)),
        groups=draw(st.sampled_from([1, 2, 3, 4, 8, 16])),
        depth_multiplier=multiplier,
        bias=draw(st.booleans()),
        output_padding=draw(st.just(0) | number_or_pair(0, 3)),
    )


def torch_module(kind: ConvolutionKind, job: Job) -> nn.Module:
    """Make torch's module for a job on the meta device: shapes without numbers."""
    channels = job.in_channels, job.out_channels
    window = {"stride": job.stride, "padding": job.padding, "dilation": job.dilation}
    match job.padding:
        case ((int(top), int(bottom)), (int(left), int(right))):
            # Torch has no sides: there they are put around the input, or cropped off the output.
            without, sides = torch_module(kind, replace(job, padding=0)), (left, right, top, bottom)
            if kind is ConvolutionKind.POINTWISE:
                return without
            if kind is ConvolutionKind.TRANSPOSED:
                return nn.Sequential(without, nn.ZeroPad2d(tuple(-side for side in sides)))
            return nn.Sequential(nn.ZeroPad2d(sides), without)
        case "valid" if kind is ConvolutionKind.TRANSPOSED:
            window["padding"] = 0
    common = {"bias": job.bias, "device": "meta"}
    between = job.in_channels * job.depth_multiplier
    match kind:
        case ConvolutionKind.STANDARD:
            return nn.Conv2d(*channels, job.kernel_size, **window, **common)
        case ConvolutionKind.GROUPED:
            return nn.Conv2d(*channels, job.kernel_size, groups=job.groups, **window, **common)
        case ConvolutionKind.DEPTHWISE:
            if between != job.out_channels:
                raise ValueError("not the channels that were asked for")
            return nn.Conv2d(*channels, job.kernel_size, groups=job.in_channels, **window, **common)
        case ConvolutionKind.POINTWISE:
            return nn.Conv2d(*channels, 1, job.stride, **common)
        case ConvolutionKind.SEPARABLE:
            depthwise = nn.Conv2d(job.in_channels, between, job.kernel_size, groups=job.in_channels, **window, **common)
            return nn.Sequential(depthwise, nn.Conv2d(between, job.out_channels, 1, **common))
        case ConvolutionKind.TRANSPOSED:
            more = {"output_padding": job.output_padding, "groups": job.groups}
            for added, *steps in zip(*map(as_pair, (job.output_padding, job.stride, job.dilation)), strict=True):
                if added >= max(steps):
                    raise ValueError("torch refuses it, but not without numbers")
            return nn.ConvTranspose2d(*channels, job.kernel_size, **more, **window, **common)


def by_torch(kind: ConvolutionKind, job: Job) -> tuple[int, int, tuple[int, ...]] | None:
    """Return flops, parameters and output size by torch; None where it makes no such layer."""
    try:
        module = torch_module(kind, job)
        with FlopCounterMode(display=False) as counter:
            output = module(torch.empty(1, job.in_channels, job.height, job.width, device="meta"))
    except (ValueError, RuntimeError):
        return None
    if prod(output.shape) == 0:
        return None  # without numbers torch does not mind an output without cells
    return counter.get_total_flops(), sum(p.numel() for p in module.parameters()), tuple(output.shape[2:])


@pytest.mark.parametrize("kind", ConvolutionKind)
@given(job=jobs())
@settings(max_examples=examples(50))
def test_flops_parameters_and_sizes_are_torchs(kind: ConvolutionKind, job: Job) -> None:
    found, expected = every_kind(job)[kind], by_torch(kind, job)
    if isinstance(found, LayerError):
        assert expected is None
    else:
        assert (found.cost.flops, found.cost.params, found.output_size) == expected


@given(jobs())
@settings(max_examples=examples(20))
def test_every_formula_comes_to_what_it_says(job: Job) -> None:
    for of in every_kind(job).values():
        if isinstance(of, LayerError):
            continue
        for line in formulas(of.layer, job.height, job.width):
            numbers = re.sub(r"(?<=\d),(?=\d{3})", "", line.numbers).replace("·", "*")
            assert eval(numbers) == line.value, line


def test_the_formulas_name_every_count_of_the_layer_once() -> None:
    of = every_kind(Job(14, 14, 256, 256, padding=1))[ConvolutionKind.SEPARABLE]
    assert isinstance(of, Costed)
    values = {line.quantity: line.value for line in formulas(of.layer, 14, 14)}
    assert values["depthwise parameters"] == 2_560
    assert values["pointwise parameters"] == 65_792
    assert (values["parameters"], values["mult-adds"]) == (68_352, 13_296_640)
    assert values["real-data mult-adds"] == 13_254_656
    assert values["flops with the bias"] == 2 * 13_296_640 + 100_352
    assert len(values) == len(formulas(of.layer, 14, 14))


def words(job: Job, kind: ConvolutionKind) -> dict[str, str]:
    of = every_kind(job)[kind]
    assert isinstance(of, Costed)
    return {line.quantity: f"{line.words} = {line.numbers}" for line in formulas(of.layer, job.height, job.width)}


def test_the_formula_of_the_bias_says_where_there_is_none() -> None:
    # 6 * 3 * 3 * 3 weights at 6 * 6 positions are 5,832 mult-adds; each of 3 * 6 * 6 outputs has a bias.
    job = Job(8, 8, 6, 3)
    assert words(job, ConvolutionKind.STANDARD)["flops with the bias"] == "flops + outputs = 11,664 + 108"
    assert words(replace(job, bias=False), ConvolutionKind.STANDARD)["flops with the bias"] == (
        "flops + 0, without a bias = 11,664 + 0"
    )


def test_the_real_data_formula_counts_taps_where_the_kind_has_its_padding() -> None:
    # Three taps at each of four places, but one each at both ends: on the padding, or cropped off.
    job = Job(4, 4, 1, 1, padding=1)
    assert words(job, ConvolutionKind.STANDARD)["real-data mult-adds"] == (
        "out_channels · in_channels · taps on real rows · taps on real columns = 1 · 1 · 10 · 10"
    )
    assert words(job, ConvolutionKind.TRANSPOSED)["real-data mult-adds"] == (
        "in_channels · out_channels · taps that land on the output's rows · taps that land on its columns "
        "= 1 · 1 · 10 · 10"
    )


@pytest.mark.parametrize(
    ("job", "kind", "sentence"),
    [
        (
            Job(12, 12, 3, 256, 5),
            ConvolutionKind.DEPTHWISE,
            "out_channels is 256, but a depthwise layer makes 1 of each of its 3 input channels, which is 3: "
            "use out_channels 3.",
        ),
        (
            Job(12, 12, 4, 8),
            ConvolutionKind.DEPTHWISE,
            "out_channels is 8, but a depthwise layer makes 1 of each of its 4 input channels, which is 4: "
            "use out_channels 4, or depth_multiplier 2.",
        ),
        (
            Job(12, 12, 6, 8, groups=4),
            ConvolutionKind.GROUPED,
            "groups is 4, but it must divide in_channels, which is 6: use 2.",
        ),
        (
            Job(12, 12, 2, 2, 1, padding=6),
            ConvolutionKind.TRANSPOSED,
            "padding is 6 rows at the top and the bottom, but a ",
        ),
    ],
)
def test_a_kind_that_cannot_do_the_job_says_why(job: Job, kind: ConvolutionKind, sentence: str) -> None:
    assert str(every_kind(job)[kind]).startswith(sentence)


@pytest.mark.parametrize("field", ["in_channels", "out_channels"])
@pytest.mark.parametrize("channels", [1, 2048])
def test_channels_from_one_to_2048_are_counted(field: str, channels: int) -> None:
    done = every_kind(Job(7, 7, **{"in_channels": 1, "out_channels": 1} | {field: channels}))
    assert isinstance(done[ConvolutionKind.STANDARD], Costed)
    assert done[ConvolutionKind.STANDARD].cost.weights == 9 * channels


@given(jobs())
def test_the_saving_is_the_ratio_of_the_counts(job: Job) -> None:
    done = every_kind(job)
    standard, separable = done[ConvolutionKind.STANDARD], done[ConvolutionKind.SEPARABLE]
    if isinstance(standard, Costed) and isinstance(separable, Costed):
        ratio = Fraction(standard.cost.macs, separable.cost.macs)
        assert ratio == saving(job.out_channels, job.kernel_size, job.depth_multiplier)
        assert ratio < saving_limit(job.kernel_size, job.depth_multiplier)


@pytest.mark.parametrize(("channels", "times"), [(8, 4.24), (256, 8.69), (512, 8.84), (1, 0.9)])
def test_the_published_savings(channels: int, times: float) -> None:
    assert round(float(saving(channels, 3)), 2) == times


@given(st.integers(1, 31), st.integers(1, 32), st.integers(1, 2048))
def test_up_to_the_break_even_separable_is_dearer(kernel: int, multiplier: int, channels: int) -> None:
    even = break_even(kernel, multiplier)
    is_dearer = saving(channels, kernel, multiplier) < 1
    assert is_dearer == (even is None or channels < even)
    assert (saving(channels, kernel, multiplier) == 1) == (channels == even)


# What the tools themselves printed: torchinfo 1.8.0, fvcore 0.1.5.post20221221, thop 0.1.1.post2209072238,
# ultralytics-thop 2.2.3, ptflops 0.7.5 (both of its backends) and torch 2.13.0.
TOOLS = ("torchinfo", "fvcore", "thop", "ultralytics-thop", "ptflops", "torch.utils.flop_counter")
PRINTED = [
    (
        Job(12, 12, 3, 256, 5),
        ConvolutionKind.STANDARD,
        (1_245_184, 1_228_800, 1_228_800, 1_228_800, 1_245_184, 2_457_600),
        (),
    ),
    (
        Job(12, 12, 256, 32, 3, 1, 1, groups=8),
        ConvolutionKind.GROUPED,
        (1_331_712, 1_327_104, 1_327_104, 1_327_104, 1_331_712, 2_654_208),
        (),
    ),
    (
        Job(32, 32, 3, 3, 4, 2, 1),
        ConvolutionKind.TRANSPOSED,
        (602_112, 147_456, 589_824, 147_456, 159_744, 294_912),
        ("torchinfo", "thop"),
    ),
    (
        Job(2, 2, 3, 1, 2, 2),
        ConvolutionKind.TRANSPOSED,
        (208, 48, 192, 48, 64, 96),
        ("torchinfo", "thop"),
    ),
    (
        Job(80, 80, 512, 512, 3, 2, 1, groups=512, output_padding=1),
        ConvolutionKind.TRANSPOSED,
        (131_072_000, 29_491_200, 117_964_800, 29_491_200, 42_598_400, 58_982_400),
        ("torchinfo", "thop"),
    ),
    (
        Job(10, 10, 8, 4, 3, 2, 1, groups=2, output_padding=1),
        ConvolutionKind.TRANSPOSED,
        (59_200, 14_400, 57_600, 14_400, 16_000, 28_800),
        ("torchinfo", "thop"),
    ),
    (
        Job(14, 14, 256, 256, 3, 1, 1),
        ConvolutionKind.SEPARABLE,
        (13_396_992, 13_296_640, 13_296_640, 13_296_640, 13_396_992, 26_593_280),
        (),
    ),
    (
        Job(8, 8, 3, 8, 3, padding="same"),
        ConvolutionKind.STANDARD,
        (14_336, 0, 13_824, 13_824, 14_336, 27_648),
        ("fvcore",),
    ),
    (
        Job(8, 8, 3, 8, 3, padding="valid"),
        ConvolutionKind.STANDARD,
        (8_064, 0, 7_776, 7_776, 8_064, 15_552),
        ("fvcore",),
    ),
    (
        Job(14, 14, 16, 8, 3, padding="same"),
        ConvolutionKind.SEPARABLE,
        (58_016, 25_088, 53_312, 53_312, 58_016, 106_624),
        ("fvcore",),
    ),
    (
        Job(8, 9, 3, 8, (3, 1), padding=(1, 0)),
        ConvolutionKind.STANDARD,
        (5_760, 5_184, 5_184, 5_184, 5_760, 10_368),
        (),
    ),
    (
        Job(1440, 1440, 3, 32, 7, 2, 3),
        ConvolutionKind.STANDARD,
        (2_455_142_400, 2_438_553_600, 2_438_553_600, 2_438_553_600, 2_455_142_400, 4_877_107_200),
        (),
    ),
]


@pytest.mark.parametrize(("job", "kind", "numbers", "wrong"), PRINTED)
def test_the_tools_print_what_we_say_they_print(
    job: Job, kind: ConvolutionKind, numbers: tuple[int, ...], wrong: tuple[str, ...]
) -> None:
    of = every_kind(job)[kind]
    assert isinstance(of, Costed)
    printed = printed_by_tools(of.layer, job.height, job.width)
    assert {one.tool: one.number for one in printed} == dict(zip(TOOLS, numbers, strict=True))
    assert tuple(one.tool for one in printed if not one.is_right) == wrong


@given(jobs())
def test_a_figure_is_called_right_only_where_it_is_the_mult_adds_or_those_and_the_biases_or_twice(job: Job) -> None:
    for of in every_kind(job).values():
        if isinstance(of, Costed):
            macs, adds = of.cost.macs, of.cost.flops_with_bias - of.cost.flops
            for one in printed_by_tools(of.layer, job.height, job.width):
                assert not one.is_right or one.number in (macs, macs + adds, 2 * macs)


@given(jobs())
def test_torchs_counter_prints_what_we_say_it_prints(job: Job) -> None:
    for kind, of in every_kind(job).items():
        if isinstance(of, Costed):
            (ours,) = (
                one for one in printed_by_tools(of.layer, job.height, job.width) if one.tool.startswith("torch.")
            )
            expected = by_torch(kind, job)
            assert expected is not None
            assert ours.number == expected[0] == cost(of.layer, job.height, job.width).flops
