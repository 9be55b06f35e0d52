"""Timing layers with torch, in a process of its own: it can be ended at any moment, and the server goes on serving."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from engine import Conv2d, ConvolutionKind, Job, SeparableConv2d, cost
from engine.convolution_kinds import make
from engine.cost import BYTES_A_NUMBER
from pages.shared.worker_process import Tell

REFERENCE = Job(14, 14, 32, 32, padding=1)
"""A job for which the separable layer is the slower one on most machines, however few its mult-adds."""

ROUNDS = 15
_SAMPLE_SECONDS = 0.004


@dataclass(frozen=True)
class Timed:
    """One layer: the median of its runs in seconds, its flops, and the bytes that it moves at least."""

    name: str
    seconds: float
    flops: int
    bytes: int

    @property
    def attained(self) -> float:
        """Flops a second."""
        return self.flops / self.seconds


@dataclass(frozen=True)
class Result:
    """What was measured of a job and of the reference, and what the machine can do at most.

    `load` is how many processes wanted to run when it began, on average over a minute; -1 where nothing tells.
    """

    job: tuple[Timed, ...]
    reference: tuple[Timed, ...]
    rounds: int
    threads: int
    torch: str
    peak_flops: float
    peak_bytes: float
    load: float


@dataclass(frozen=True)
class _Runner:
    name: str
    run: Callable[[], object]
    flops: int
    bytes: int


def measure(job: Job, seconds: float, tell: Tell) -> Result:
    """Time a job's standard and separable layers, and the reference's, by turns; `tell` hears how far it is.

    No round begins after so many seconds, but one there is.
    """
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else -1.0
    tell("Loading torch", 0.05)
    import torch

    begun = perf_counter()
    with torch.inference_mode():
        tell("Measuring what the machine can do at most", 0.2)
        peak_flops, peak_bytes = _peaks()
        tell("Running each layer once", 0.3)
        runners = [*_runners(job), *_runners(REFERENCE)]
        for runner in runners:
            runner.run()
        samples: list[list[float]] = [[] for _ in runners]
        rounds = 0
        while rounds < ROUNDS and (rounds == 0 or perf_counter() - begun < seconds):
            for runner, of in zip(runners, samples, strict=True):
                of.append(_seconds(runner.run))
            rounds += 1
            tell(f"Round {rounds} of {ROUNDS}", 0.35 + 0.65 * rounds / ROUNDS)
        timed = [
            Timed(runner.name, median(of), runner.flops, runner.bytes)
            for runner, of in zip(runners, samples, strict=True)
        ]
        half = len(timed) // 2
        return Result(
            job=tuple(timed[:half]),
            reference=tuple(timed[half:]),
            rounds=rounds,
            threads=torch.get_num_threads(),
            torch=torch.__version__,
            # What a layer attained, the machine can do.
            peak_flops=max(peak_flops, *(one.attained for one in timed)),
            peak_bytes=peak_bytes,
            load=load,
        )


def _runners(job: Job) -> list[_Runner]:
    """The standard layer, the two halves of the separable one, and both halves one after the other."""
    standard, separable = make(ConvolutionKind.STANDARD, job), make(ConvolutionKind.SEPARABLE, job)
    assert isinstance(standard, Conv2d)
    assert isinstance(separable, SeparableConv2d)
    between = separable.depthwise.output_size(job.height, job.width)
    run_standard = _convolution(standard, (job.height, job.width))
    run_depthwise = _convolution(separable.depthwise, (job.height, job.width))
    run_pointwise = _convolution(separable.pointwise, between)
    found = []
    for name, run, counted in (
        ("standard", run_standard, cost(standard, job.height, job.width)),
        ("depthwise", run_depthwise, cost(separable.depthwise, job.height, job.width)),
        ("pointwise", run_pointwise, cost(separable.pointwise, *between)),
        ("separable", lambda: (run_depthwise(), run_pointwise()), cost(separable, job.height, job.width)),
    ):
        moved = counted.input_bytes + counted.weight_bytes + counted.output_bytes
        found.append(_Runner(name, run, counted.flops, moved))
    return found


def _convolution(layer: Conv2d, size: tuple[int, ...]) -> Callable[[], object]:
    import torch
    from torch.nn import functional

    values = torch.randn(1, layer.in_channels, *size)
    weight = torch.randn(layer.weight_shape)
    bias = torch.randn(layer.out_channels) if layer.bias else None
    (top, bottom), (left, right) = layer.padding_amounts(*size)
    dilation = layer.dilations

    def run() -> object:
        return functional.conv2d(values, weight, bias, layer.strides, (top, left), dilation, layer.groups)

    def run_padded() -> object:
        """As torch has to do it where the sides differ: the padding first."""
        padded = functional.pad(values, (left, right, top, bottom))
        return functional.conv2d(padded, weight, bias, layer.strides, 0, dilation, layer.groups)

    return run if (top, left) == (bottom, right) else run_padded


def _peaks() -> tuple[float, float]:
    """The most flops and the most bytes a second that were seen.

    Flops are those of a large matrix product and a large convolution, bytes those of a copy too large for any cache.
    """
    import torch

    side, length = 1024, 1 << 24
    left, right = torch.randn(side, side), torch.randn(side, side)
    source, target = torch.randn(length), torch.empty(length)
    large = Conv2d(256, 256, 3, padding=1)
    convolution = _convolution(large, (28, 28))
    product_seconds, convolution_seconds, copy_seconds = (
        min(_seconds(work) for _ in range(8))
        for work in (lambda: left @ right, convolution, lambda: target.copy_(source))
    )
    flops = max(2 * side**3 / product_seconds, cost(large, 28, 28).flops / convolution_seconds)
    return flops, 2 * BYTES_A_NUMBER * length / copy_seconds


def _seconds(work: Callable[[], object]) -> float:
    """Seconds a run, over as many as fill a sample: counted, not planned, because a busy machine keeps to no plan."""
    begun, runs, elapsed = perf_counter(), 0, 0.0
    while elapsed < _SAMPLE_SECONDS:
        work()
        runs += 1
        elapsed = perf_counter() - begun
    return elapsed / runs
