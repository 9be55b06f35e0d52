"""A few processors with the peaks that their makers print, and one of one's own: what a roofline needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class NumberFormat(StrEnum):
    """How a number is held."""

    FP32 = "fp32"
    FP16 = "fp16"
    BF16 = "bf16"
    INT8 = "int8"


class DeviceName(StrEnum):
    """The processors that can be chosen."""

    A100 = "a100"
    H100 = "h100"
    T4 = "t4"
    RTX_4090 = "rtx-4090"
    XEON_8380 = "xeon-8380"
    OWN = "own"


@dataclass(frozen=True)
class Device:
    """A processor: the operations a second at most for each format that it has, and bytes of memory a second.

    `source` says where they are printed, or how they follow from what is printed there.
    """

    title: str
    peaks: Mapping[NumberFormat, float]
    bandwidth: float
    source: str


_TERA, _GIGA = 10**12, 10**9
_ALL = tuple(NumberFormat)


def _printed(title: str, tera: tuple[float | None, ...], gigabytes: float, source: str) -> Device:
    peaks = {numbers: peak * _TERA for numbers, peak in zip(_ALL, tera, strict=True) if peak is not None}
    return Device(title, peaks, gigabytes * _GIGA, source)


DEVICES: Mapping[DeviceName, Device] = {
    DeviceName.A100: _printed(
        "NVIDIA A100 SXM, 80 GB", (19.5, 312, 312, 624), 2039, "NVIDIA's data sheet; tensor cores, without sparsity"
    ),
    DeviceName.H100: _printed(
        "NVIDIA H100 SXM", (67, 989.5, 989.5, 1979), 3350, "NVIDIA's data sheet; half of what it prints with sparsity"
    ),
    DeviceName.T4: _printed("NVIDIA T4", (8.1, 65, None, 130), 320, "NVIDIA's data sheet and white paper"),
    DeviceName.RTX_4090: _printed(
        "NVIDIA RTX 4090", (82.6, 165.2, 165.2, 660.6), 1008, "NVIDIA's Ada white paper; sums in fp32, without sparsity"
    ),
    DeviceName.XEON_8380: _printed(
        "Intel Xeon Platinum 8380",
        (5.888, None, None, 23.552),
        204.8,
        "Intel's page: 40 cores of 2.3 GHz with two AVX-512 units, 64 flops a cycle (int8: 256), 8 channels DDR4-3200",
    ),
}
"""Every processor but one's own, by its name."""


def own_device(gigaflops: float, gigabytes: float) -> Device:
    """Return a processor of one's own figures, the same for every format.

    >>> own_device(1000, 100).bandwidth
    100000000000
    """
    return Device("your own", dict.fromkeys(_ALL, gigaflops * _GIGA), gigabytes * _GIGA, "your own figures")
