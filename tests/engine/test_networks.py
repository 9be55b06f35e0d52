"""Whole networks against the published numbers, and layer by layer against torch."""

from collections.abc import Callable
from itertools import pairwise

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from engine import GlobalAvgPool2d, LayerScale, Linear
from engine.networks import NETWORKS, NetworkName, network
from engine.networks.rows import INPUT
from tests.engine.test_stack import torch_layer

PARAMS_AND_MACS = {
    NetworkName.MOBILENET_V2: (3_504_872, 300_774_272),
    NetworkName.EFFICIENTNET_B0: (5_288_548, 385_814_752),
    NetworkName.RESNET_50: (25_557_032, 4_089_184_256),
    # By torchvision 0.28's own modules, counted by torch's flop counter.
    NetworkName.MOBILENET_V3: (5_483_032, 216_589_760),
    NetworkName.EFFICIENTNET_V2_S: (21_458_488, 8_365_617_152),
    NetworkName.CONVNEXT_T: (28_589_128, 4_455_531_264),
    NetworkName.RESNET_18: (11_689_512, 1_814_073_344),
    NetworkName.RESNET_34: (21_797_672, 3_663_761_408),
    NetworkName.VGG16: (138_357_544, 15_470_264_320),
    NetworkName.ALEXNET: (60_965_224, 724_406_816),
    NetworkName.UNGROUPED_ALEXNET: (62_378_344, 1_135_256_096),
}
# The number that is printed, in millions, and how far ours may lie from it: half of its last digit, or, where it was
# cut off instead of rounded, a whole one.
PRINTED = {
    (NetworkName.MOBILENET_V1, "mult-adds"): (569, 0.5),
    (NetworkName.MOBILENET_V1, "parameters"): (4.2, 0.05),
    (NetworkName.FULL_MOBILENET, "mult-adds"): (4866, 0.5),
    (NetworkName.FULL_MOBILENET, "parameters"): (29.3, 0.05),
    (NetworkName.MOBILENET_V2, "mult-adds"): (300, 1),
    (NetworkName.MOBILENET_V2, "parameters"): (3.4, 0.1),
    (NetworkName.EFFICIENTNET_B0, "mult-adds"): (390, 5),
    (NetworkName.EFFICIENTNET_B0, "parameters"): (5.3, 0.05),
    (NetworkName.MOBILENET_V3, "mult-adds"): (219, 3),
    (NetworkName.MOBILENET_V3, "parameters"): (5.4, 0.1),
    (NetworkName.EFFICIENTNET_V2_S, "mult-adds"): (8370, 5),
    (NetworkName.EFFICIENTNET_V2_S, "parameters"): (21.5, 0.05),
    (NetworkName.CONVNEXT_T, "mult-adds"): (4500, 50),
    (NetworkName.CONVNEXT_T, "parameters"): (29, 0.5),
    (NetworkName.RESNET_18, "mult-adds"): (1810, 5),
    (NetworkName.RESNET_18, "parameters"): (11.7, 0.05),
    (NetworkName.RESNET_34, "mult-adds"): (3660, 5),
    (NetworkName.RESNET_34, "parameters"): (21.8, 0.05),
    (NetworkName.RESNET_50, "mult-adds"): (4090, 5),
    (NetworkName.RESNET_50, "parameters"): (25.6, 0.05),
    (NetworkName.FIRST_RESNET_50, "mult-adds"): (3800, 100),
    (NetworkName.VGG16, "mult-adds"): (15_300, 50),
    (NetworkName.VGG16, "parameters"): (138, 0.5),
    (NetworkName.ALEXNET, "mult-adds"): (720, 5),
    (NetworkName.ALEXNET, "parameters"): (60, 1),
}


def test_mobilenet_comes_to_the_published_counts() -> None:
    totals = network(NetworkName.MOBILENET_V1).totals
    assert (totals.macs, totals.weights) == (568_740_352, 4_209_088)
    full = network(NetworkName.FULL_MOBILENET).totals
    assert (full.conv_macs, full.weights) == (4_866_269_184, 29_281_120)


@pytest.mark.parametrize("name", PARAMS_AND_MACS)
def test_parameters_and_mult_adds_are_the_published_ones(name: NetworkName) -> None:
    totals = network(name).totals
    assert (totals.params, totals.macs) == PARAMS_AND_MACS[name]


def test_every_printed_count_is_ours_to_its_last_digit() -> None:
    found = {(name, fact.quantity): fact for name in NETWORKS for fact in network(name).facts}
    assert found.keys() == PRINTED.keys()
    for which, (millions, within) in PRINTED.items():
        fact = found[which]
        assert abs(fact.ours / 1e6 - millions) <= within, fact
        written = float(fact.printed.split()[0]) * (1000 if "billion" in fact.printed else 1)
        assert written == pytest.approx(millions)


@pytest.mark.parametrize(
    ("name", "row", "field"),
    [
        (NetworkName.VGG16, "pool 5", 212),
        (NetworkName.MOBILENET_V1, "13 pointwise", 315),
        (NetworkName.FULL_MOBILENET, "13 full", 315),
        (NetworkName.FIRST_RESNET_50, "5-3 1×1 out", 483),
    ],
)
def test_the_published_receptive_fields(name: NetworkName, row: str, field: int) -> None:
    (found,) = (one for one in network(name).rows if one.name == row)
    assert found.applied.receptive_field == (field, field)


@pytest.mark.parametrize("name", NetworkName)
def test_every_layer_is_torchs(name: NetworkName) -> None:
    with torch.device("meta"):
        for row in network(name).rows:
            if row.others or isinstance(row.applied.layer, LayerScale):
                assert row.cost.macs == 0  # no module of torch.nn
                continue
            module = torch_layer(row.applied.layer)
            with FlopCounterMode(display=False) as counter:
                output = module(torch.empty(1, *row.applied.inputs))
            channels, height, width = row.applied.outputs
            assert output.numel() == channels * height * width, row.name
            assert row.cost.params == sum(p.numel() for p in module.parameters()), row.name
            assert row.cost.flops == counter.get_total_flops(), row.name
            if row.norm_params:
                assert row.norm_params == sum(p.numel() for p in nn.BatchNorm2d(channels).parameters())


IMAGES = {NetworkName.U_NET: (2, 512, 512), NetworkName.DCGAN_GENERATOR: (3, 64, 64)}


class UNet(nn.Module):
    """Ronneberger et al. (2015) as torch's modules, with padding."""

    def __init__(self) -> None:
        super().__init__()
        sides = [1, 64, 128, 256, 512, 1024]
        self.down = nn.ModuleList(self.both(*pair) for pair in pairwise(sides))
        self.up = nn.ModuleList(nn.ConvTranspose2d(2 * out, out, 2, 2) for out in sides[4:0:-1])
        self.after = nn.ModuleList(self.both(2 * out, out) for out in sides[4:0:-1])
        self.classes = nn.Conv2d(64, 2, 1)

    def both(self, into: int, out: int) -> nn.Module:
        return nn.Sequential(nn.Conv2d(into, out, 3, 1, 1), nn.ReLU(), nn.Conv2d(out, out, 3, 1, 1), nn.ReLU())

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        kept = []
        for number, down in enumerate(self.down):
            values = down(nn.functional.max_pool2d(values, 2) if number else values)
            kept.append(values)
        for up, after, beside in zip(self.up, self.after, kept[-2::-1], strict=True):
            values = after(torch.cat([beside, up(values)], dim=1))
        return self.classes(values)


def generator() -> nn.Module:
    """The generator of PyTorch's DCGAN tutorial."""
    layers: list[nn.Module] = [nn.ConvTranspose2d(100, 512, 4, 1, 0, bias=False), nn.BatchNorm2d(512), nn.ReLU()]
    for into, out in ((512, 256), (256, 128), (128, 64)):
        layers += [nn.ConvTranspose2d(into, out, 4, 2, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU()]
    return nn.Sequential(*layers, nn.ConvTranspose2d(64, 3, 4, 2, 1, bias=False), nn.Tanh())


@pytest.mark.parametrize(
    ("name", "make", "shape"),
    [(NetworkName.U_NET, UNet, (1, 512, 512)), (NetworkName.DCGAN_GENERATOR, generator, (100, 1, 1))],
)
def test_a_network_that_makes_images_is_torchs(
    name: NetworkName, make: Callable[[], nn.Module], shape: tuple[int, ...]
) -> None:
    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        module = make()
        output = module(torch.empty(1, *shape))
    totals = network(name).totals
    assert tuple(output.shape[1:]) == IMAGES[name]
    assert totals.params == sum(p.numel() for p in module.parameters())
    assert 2 * totals.macs == counter.get_total_flops()


@pytest.mark.parametrize("name", NetworkName)
def test_the_rows_hang_together(name: NetworkName) -> None:
    rows = network(name).rows
    trunk = [row for row in rows if not row.beside]
    assert len({row.name for row in rows}) == len(rows)
    assert trunk[0].reads == INPUT
    for before, after in pairwise(trunk):
        assert rows[after.reads] is before
        assert after.applied.inputs == before.applied.outputs
    read = {number for row in rows for number in (row.reads, *row.others)}
    assert {*range(len(rows) - 1)} <= read  # only the last is read by none
    if name in IMAGES:
        assert trunk[-1].applied.outputs == IMAGES[name]
    else:
        assert trunk[-1].applied.outputs == (1000, 1, 1)
        assert isinstance(trunk[-1].applied.layer, Linear)


def test_a_gate_reads_means_and_makes_a_factor_for_each_channel() -> None:
    rows = {row.name: row for row in network(NetworkName.EFFICIENTNET_B0).rows}
    assert isinstance(rows["2 mean"].applied.layer, GlobalAvgPool2d)
    # The second block has 16 channels in, expanded to 96, which are squeezed to a quarter of the 16.
    assert rows["2 squeeze"].applied.outputs == (4, 1, 1)
    assert rows["2 excite"].applied.outputs == (96, 1, 1)
    assert rows["2 project"].applied.inputs[0] == 96
