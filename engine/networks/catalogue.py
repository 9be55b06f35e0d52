"""Every network under its name, with what was printed of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from engine.networks import large, later, making, small
from engine.networks.rows import Fact, NetworkRow, Totals, totals

MOBILENETS = "Howard et al. 2017, “MobileNets”"
WITHOUT_BIASES = "the weights alone: no biases, no batch norm"
ALL = "weights, biases, and the batch norms' scales and shifts"
TORCHVISION = "torchvision's table of models"
BOTH = "convolutions and the linear layer"


class NetworkName(StrEnum):
    """The networks that can be looked at."""

    MOBILENET_V1 = "mobilenet-v1"
    FULL_MOBILENET = "full-mobilenet"
    MOBILENET_V2 = "mobilenet-v2"
    EFFICIENTNET_B0 = "efficientnet-b0"
    MOBILENET_V3 = "mobilenet-v3-large"
    EFFICIENTNET_V2_S = "efficientnet-v2-s"
    CONVNEXT_T = "convnext-t"
    RESNET_18 = "resnet-18"
    RESNET_34 = "resnet-34"
    RESNET_50 = "resnet-50"
    FIRST_RESNET_50 = "resnet-50-v1"
    VGG16 = "vgg16"
    ALEXNET = "alexnet"
    UNGROUPED_ALEXNET = "ungrouped-alexnet"
    U_NET = "u-net"
    DCGAN_GENERATOR = "dcgan-generator"


@dataclass(frozen=True)
class Network:
    """A network: its title, its layers, what they come to, and what was printed of it."""

    title: str
    rows: tuple[NetworkRow, ...]
    totals: Totals
    facts: tuple[Fact, ...]


def _mobilenet_facts(t: Totals) -> tuple[Fact, ...]:
    return (
        Fact("mult-adds", "569 million", f"{MOBILENETS}, table 4", t.macs, f"{BOTH}; no bias adds, no batch norm"),
        Fact("parameters", "4.2 million", f"{MOBILENETS}, table 4", t.weights, WITHOUT_BIASES),
    )


def _full_mobilenet_facts(t: Totals) -> tuple[Fact, ...]:
    return (
        Fact(
            "mult-adds",
            "4866 million",
            f"{MOBILENETS}, table 4",
            t.conv_macs,
            "the convolutions, without the linear layer",
        ),
        Fact("parameters", "29.3 million", f"{MOBILENETS}, table 4", t.weights, WITHOUT_BIASES),
    )


def _mobilenet_v2_facts(t: Totals) -> tuple[Fact, ...]:
    source = "Sandler et al. 2018, “MobileNetV2”, table 4"
    return (
        Fact("mult-adds", "300 million", source, t.macs, BOTH),
        Fact("parameters", "3.4 million", source, t.weights, f"{WITHOUT_BIASES}; cut off, not rounded"),
    )


def _efficientnet_facts(t: Totals) -> tuple[Fact, ...]:
    source = "Tan and Le 2019, “EfficientNet”, table 2"
    return (
        Fact("mult-adds", "0.39 billion", source, t.macs, f"{BOTH}, squeeze-and-excite included; called FLOPS there"),
        Fact("parameters", "5.3 million", source, t.params, ALL),
    )


def _resnet_facts(t: Totals) -> tuple[Fact, ...]:
    return (
        Fact("mult-adds", "4.09 billion", TORCHVISION, t.macs, f"{BOTH}; the stride in the 3×3 layers"),
        Fact("parameters", "25.6 million", TORCHVISION, t.params, ALL),
    )


def _torchvision_facts(t: Totals, macs: str, params: str) -> tuple[Fact, ...]:
    """What torchvision's table of models prints, which calls the mult-adds GFLOPS."""
    return (
        Fact("mult-adds", macs, TORCHVISION, t.macs, BOTH),
        Fact("parameters", params, TORCHVISION, t.params, ALL),
    )


def _resnet_18_facts(t: Totals) -> tuple[Fact, ...]:
    return _torchvision_facts(t, "1.81 billion", "11.7 million")


def _resnet_34_facts(t: Totals) -> tuple[Fact, ...]:
    return _torchvision_facts(t, "3.66 billion", "21.8 million")


def _mobilenet_v3_facts(t: Totals) -> tuple[Fact, ...]:
    source = "Howard et al. 2019, “Searching for MobileNetV3”, table 3"
    return (
        Fact(
            "mult-adds",
            "219 million",
            source,
            t.macs,
            f"{BOTH}; the paper has 2 million more, unexplained",
        ),
        Fact("parameters", "5.4 million", source, t.params, f"{ALL}; cut off, not rounded"),
    )


def _efficientnet_v2_facts(t: Totals) -> tuple[Fact, ...]:
    return _torchvision_facts(t, "8.37 billion", "21.5 million")


def _convnext_facts(t: Totals) -> tuple[Fact, ...]:
    source = "Liu et al. 2022, “A ConvNet for the 2020s”, table 1"
    return (
        Fact("mult-adds", "4.5 billion", source, t.macs, f"{BOTH}; called FLOPs there"),
        Fact("parameters", "29 million", source, t.params, "weights, biases, and the norms' and layer scales' numbers"),
    )


def _first_resnet_facts(t: Totals) -> tuple[Fact, ...]:
    source = "He et al. 2015, “Deep Residual Learning”, table 1"
    words = f"{BOTH}; the stride in the first 1×1 layers; called FLOPs there, and cut off, not rounded"
    return (Fact("mult-adds", "3.8 billion", source, t.macs, words),)


def _vgg_facts(t: Totals) -> tuple[Fact, ...]:
    return (
        Fact(
            "mult-adds",
            "15.3 billion",
            "He et al. 2015, section 4.1",
            t.conv_macs,
            "the convolutions, without the linear layers; called FLOPs there",
        ),
        Fact("parameters", "138 million", "Simonyan and Zisserman 2014, table 2", t.params, "weights and biases"),
    )


def _alexnet_facts(t: Totals) -> tuple[Fact, ...]:
    return (
        Fact("mult-adds", "720 million", f"{MOBILENETS}, table 9", t.macs, "convolutions and linear layers"),
        Fact("parameters", "60 million", "Krizhevsky et al. 2012, abstract", t.params, "weights and biases; cut off"),
    )


def _no_facts(t: Totals) -> tuple[Fact, ...]:
    return ()


_LISTS: dict[NetworkName, tuple[str, Callable[[], tuple[NetworkRow, ...]], Callable[[Totals], tuple[Fact, ...]]]] = {
    NetworkName.MOBILENET_V1: ("MobileNetV1", small.mobilenet_v1, _mobilenet_facts),
    NetworkName.FULL_MOBILENET: ("MobileNetV1, full convolutions", small.full_mobilenet, _full_mobilenet_facts),
    NetworkName.MOBILENET_V2: ("MobileNetV2", small.mobilenet_v2, _mobilenet_v2_facts),
    NetworkName.EFFICIENTNET_B0: ("EfficientNet-B0", small.efficientnet_b0, _efficientnet_facts),
    NetworkName.MOBILENET_V3: ("MobileNetV3-Large", later.mobilenet_v3, _mobilenet_v3_facts),
    NetworkName.EFFICIENTNET_V2_S: ("EfficientNetV2-S", later.efficientnet_v2_s, _efficientnet_v2_facts),
    NetworkName.CONVNEXT_T: ("ConvNeXt-T", later.convnext_t, _convnext_facts),
    NetworkName.RESNET_18: ("ResNet-18", large.resnet_18, _resnet_18_facts),
    NetworkName.RESNET_34: ("ResNet-34", large.resnet_34, _resnet_34_facts),
    NetworkName.RESNET_50: ("ResNet-50", large.resnet_50, _resnet_facts),
    NetworkName.FIRST_RESNET_50: ("ResNet-50, as published", large.first_resnet_50, _first_resnet_facts),
    NetworkName.VGG16: ("VGG16", large.vgg16, _vgg_facts),
    NetworkName.ALEXNET: ("AlexNet, two groups", large.alexnet, _alexnet_facts),
    NetworkName.UNGROUPED_ALEXNET: ("AlexNet, one group", large.ungrouped_alexnet, _no_facts),
    NetworkName.U_NET: ("U-Net, padded", making.u_net, _no_facts),
    NetworkName.DCGAN_GENERATOR: ("DCGAN’s generator", making.dcgan_generator, _no_facts),
}

NETWORKS: dict[NetworkName, str] = {name: title for name, (title, _, _) in _LISTS.items()}
"""The title of every network."""


@cache
def network(name: NetworkName) -> Network:
    """Return a network by its name.

    >>> network(NetworkName.MOBILENET_V1).totals.macs
    568740352
    """
    title, rows, facts = _LISTS[name]
    written = rows()
    counted = totals(written)
    return Network(title, written, counted, facts(counted))
