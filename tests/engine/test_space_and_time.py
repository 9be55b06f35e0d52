"""A layer over a film in two: the channels that are published, and shapes and counts by torch's modules."""

from math import prod

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from engine import Conv3d, cost
from engine.space_and_time import space_then_time


@pytest.mark.parametrize(
    ("channels", "out_channels", "published"),
    [(64, 64, 144), (64, 128, 230), (128, 128, 288), (128, 256, 460), (256, 256, 576), (256, 512, 921)],
)
def test_the_channels_between_are_those_of_r2plus1d_18(channels: int, out_channels: int, published: int) -> None:
    """The widths of torchvision's r2plus1d_18, from layer1.0.conv1 to layer4.0.conv1."""
    in_space, in_time = space_then_time(Conv3d(channels, out_channels, 3, padding=1), 8, 8, 8)
    assert in_space.out_channels == in_time.in_channels == published


def torch_module(layer: Conv3d, size: tuple[int, ...]) -> nn.Module:
    """The layer with its padding before it, which may differ by side."""
    sides = [amount for pair in reversed(layer.padding_amounts(*size)) for amount in pair]
    conv = nn.Conv3d(
        layer.in_channels,
        layer.out_channels,
        layer.kernel,
        layer.strides,
        dilation=layer.dilations,
        bias=layer.bias,
    )
    return nn.Sequential(nn.ConstantPad3d(tuple(sides), 0), conv)  # type: ignore[arg-type]


LAYERS = [
    Conv3d(64, 64, 3, padding=1, bias=False),
    Conv3d(3, 64, (3, 7, 7), stride=(1, 2, 2), padding=(1, 3, 3), bias=False),
    Conv3d(2, 2, (2, 3, 1), stride=(2, 1, 1), dilation=(2, 1, 2)),
    Conv3d(2, 3, 3, padding=((2, 0), (1, 1), (0, 1)), stride=2),
    Conv3d(1, 1, 3, padding="same"),
]


@pytest.mark.parametrize("layer", LAYERS)
def test_both_make_what_the_one_makes_with_no_more_weights(layer: Conv3d) -> None:
    size = (6, 9, 8)
    parts = space_then_time(layer, *size)
    between = parts[0].output_size(*size)
    counts = [cost(parts[0], *size), cost(parts[1], *between)]
    modules = nn.Sequential(torch_module(parts[0], size), torch_module(parts[1], between)).to("meta")
    with FlopCounterMode(display=False) as counter:
        made = modules(torch.empty(1, layer.in_channels, *size, device="meta"))
    assert tuple(made.shape[1:]) == (layer.out_channels, *layer.output_size(*size))
    assert sum(one.params for one in counts) == sum(one.numel() for one in modules.parameters())
    assert sum(one.flops for one in counts) == counter.get_total_flops()
    # One channel more between them would be too much: brute force over the weights of one such channel.
    spent, allowed = sum(one.weights for one in counts), prod(layer.weight_shape)
    assert spent <= allowed < spent + spent // parts[0].out_channels
