"""What can be timed here: the limits of a measurement."""

from enum import auto

from engine import ConvolutionKind, Costed, Job, LayerError
from engine.messages import MessageCode, Templates
from pages.comparison_parts.controls import made

MOST_MACS = 20_000_000_000
MOST_BYTES = 1 << 30


def check_can_be_timed(job: Job) -> None:
    """LayerError where the job has no standard or separable layer, or one that is too large to be timed here."""
    for kind in (ConvolutionKind.STANDARD, ConvolutionKind.SEPARABLE):
        _check_size(made(kind, job), job)


def _check_size(of: Costed, job: Job) -> None:
    moved = of.cost.input_bytes + of.cost.weight_bytes + of.cost.output_bytes
    for what, counted, most in (("mult_adds", of.cost.macs, MOST_MACS), ("bytes", moved, MOST_BYTES)):
        if counted > most:
            raise LayerError(
                TimingCode.TIMED_TOO_LARGE, "height", job.height, what, width=job.width, counted=counted, most=most
            )


class TimingCode(MessageCode):
    """Why a job is not timed."""

    TIMED_TOO_LARGE = auto()


TEMPLATES: Templates = {
    "timed_too_large.mult_adds": (
        "{parameter} is {value:,} with {width:,} columns, which makes {counted:,} mult-adds, "
        "but this page times up to {most:,}: use a smaller input, or fewer channels."
    ),
    "timed_too_large.bytes": (
        "{parameter} is {value:,} with {width:,} columns, which makes {counted:,} bytes, "
        "but this page times up to {most:,}: use a smaller input, or fewer channels."
    ),
}
"""The English catalogue: a template for each code and variant."""
