"""Blocks for the job of one layer: shapes, parameters and flops by torch's modules, and the published ratios."""

from dataclasses import replace

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from engine import ConvTranspose2d, Job, LayerError
from engine.blocks import Block, Built, blocks
from tests.engine.test_stack import torch_layer

JOBS = [
    Job(14, 14, 64, 32, kernel_size=5),
    Job(12, 10, 16, 24, kernel_size=3, stride=2, bias=False),
    Job(9, 9, 8, 8, kernel_size=7),
]


def built(block: Block, job: Job) -> Built:
    found = blocks(job)[block]
    assert not isinstance(found, LayerError)
    return found


@pytest.mark.parametrize("block", Block)
@pytest.mark.parametrize("job", JOBS)
def test_a_block_is_what_torch_counts(block: Block, job: Job) -> None:
    found = built(block, job)
    layers = list(found.layers)
    if isinstance(layers[0], ConvTranspose2d):  # torch has no names: the same numbers on one side
        layers[0] = replace(layers[0], padding=0)
    modules = nn.Sequential(*map(torch_layer, layers)).to("meta")
    with FlopCounterMode(display=False) as counter:
        output = modules(torch.empty(1, job.in_channels, job.height, job.width, device="meta"))
    assert found.cost.params == sum(one.numel() for one in modules.parameters())
    assert found.cost.flops == counter.get_total_flops()
    if block is not Block.TRANSPOSED:
        assert tuple(output.shape[1:]) == found.outputs


def test_two_3x3_layers_take_18_25ths_of_a_5x5_one() -> None:
    """Szegedy et al. (arXiv 1512.00567), section 3.1: (9 + 9) / 25, a gain of 28%; and 3x1, 1x3 are 33% cheaper."""
    job = Job(14, 14, 64, 64, kernel_size=5, bias=False)
    assert built(Block.SMALLER_KERNELS, job).cost.macs * 25 == built(Block.ONE_LAYER, job).cost.macs * 18
    job = replace(job, kernel_size=3)
    assert built(Block.FACTORED, job).cost.macs * 3 == built(Block.ONE_LAYER, job).cost.macs * 2


def test_a_separable_layer_of_keras_has_one_bias() -> None:
    """keras.layers.SeparableConv2D(64, 3) on 32 channels: 32 * 9 + 32 * 64 + 64 parameters."""
    assert built(Block.KERAS_SEPARABLE, Job(8, 8, 32, 64)).cost.params == 2400


def test_both_ways_to_enlarge_make_the_same_size() -> None:
    job = Job(16, 12, 8, 4, kernel_size=3, stride=2)
    assert built(Block.TRANSPOSED, job).outputs == built(Block.UPSAMPLED, job).outputs == (4, 32, 24)
    # A transposed layer multiplies at each input position, the other at each of the four times as many outputs.
    assert built(Block.UPSAMPLED, job).cost.macs == 4 * built(Block.TRANSPOSED, job).cost.macs
