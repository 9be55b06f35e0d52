"""What it takes to run and to train layers: by torch's own counter and hooks, and by hand."""

from typing import Any

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from engine import AvgPool2d, BatchNorm2d, Conv2d, Cost, Linear, MaxPool2d, ReLU, apply, cost, stack
from engine.devices import DEVICES, DeviceName, NumberFormat, own_device
from engine.merging import Add
from engine.modules import Activation
from engine.running import BYTES, peak_values, running, saved_values, training
from engine.stack import entrance
from tests.engine.test_stack import torch_layer

CHAIN = [
    Conv2d(3, 8, 3, padding=1),
    BatchNorm2d(8),
    ReLU(),
    MaxPool2d(2),
    Conv2d(8, 6, 3),
    Activation("gelu"),
    AvgPool2d(2),
    Linear(6 * 2 * 2, 4),
    Activation("sigmoid"),
]


def test_a_step_of_training_takes_three_times_the_flops_as_torch_counts() -> None:
    """Conv2d(3, 8, 3, padding=1) on 8x8: 27,648 forward, and with the backward pass 82,944."""
    layer = Conv2d(3, 8, 3, padding=1)
    step = training(cost(layer, 8, 8), 3 * 64)
    values = torch.zeros(1, 3, 8, 8, requires_grad=True)
    with FlopCounterMode(display=False) as counter:
        torch_layer(layer)(values).sum().backward()
    assert (step.forward_flops, step.flops) == (27_648, 82_944)
    assert step.flops == counter.get_total_flops()


@pytest.mark.parametrize("batch", [1, 3])
def test_what_is_saved_for_the_way_back_is_what_torch_saves(batch: int) -> None:
    modules = nn.Sequential(*map(torch_layer, CHAIN))
    learnt = {one.data_ptr() for one in (*modules.parameters(), *modules.buffers())}
    saved: dict[int, int] = {}

    def keep(one: torch.Tensor) -> torch.Tensor:
        # No parameters, no places of a pooling, and none of the few numbers of a norm.
        if one.is_floating_point() and one.data_ptr() not in learnt and one.dim() > 1 and one.shape[0] == batch:
            saved[one.data_ptr()] = one.numel()
        return one

    values = torch.rand(batch, 3, 12, 12)
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda one: one):
        made = modules(values)
    done = stack(CHAIN, (3, 12, 12))
    assert sum(saved.values()) == batch * saved_values(done)
    del made


def test_memory_of_training_by_hand() -> None:
    step = training(cost(Conv2d(3, 8, 3, padding=1), 8, 8), 192, batch=4, numbers=NumberFormat.FP16)
    assert (step.weight_bytes, step.gradient_bytes, step.adam_bytes, step.saved_bytes) == (448, 448, 1792, 1536)
    assert step.held_bytes == 448 + 448 + 1792 + 1536


@pytest.mark.parametrize("numbers", NumberFormat)
def test_numbers_of_other_sizes_move_as_many_bytes_as_torch_has_in_them(numbers: NumberFormat) -> None:
    dtype = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16, "int8": torch.int8}[numbers]
    assert BYTES[numbers] == torch.empty(0, dtype=dtype).element_size()
    run = running(cost(Conv2d(3, 8, 3, padding=1), 8, 8), 5, numbers)
    assert (run.weight_bytes, run.activation_bytes) == (BYTES[numbers] * 224, 5 * BYTES[numbers] * (192 + 512))


def test_what_is_held_at_once_by_hand() -> None:
    assert peak_values(stack([Conv2d(3, 8, 3, padding=1)], (3, 8, 8))) == 192 + 512
    # The second layer reads 512 values and makes 512; the input is gone.
    assert peak_values(stack([Conv2d(3, 8, 3, padding=1), ReLU(), Conv2d(8, 1, 1)], (3, 8, 8))) == 1024


def test_a_shortcut_is_held_until_it_is_added() -> None:
    begin = entrance((8, 4, 4))
    one = apply(Conv2d(8, 16, 3, padding=1), begin.outputs, begin)
    two = apply(Conv2d(16, 8, 3, padding=1), one.outputs, one)
    added = apply(Add(), two.outputs, two, (begin,))
    # While the second layer runs: what came in, 128, what it reads, 256, and what it makes, 128.
    assert peak_values([one, two, added]) == 128 + 256 + 128
    assert peak_values([one, two]) == 256 + 128


def test_the_bound_is_the_slower_of_arithmetic_and_memory() -> None:
    device = own_device(gigaflops=1000, gigabytes=100)
    counted = Cost(params=250_000, macs=10**9, flops=2 * 10**9, input_bytes=10**6, output_bytes=10**6)
    assert running(counted).least_seconds(device, NumberFormat.FP32) == 2e-3
    thin = Cost(params=250_000, flops=2 * 10**6, input_bytes=10**8, output_bytes=0)
    assert running(thin).least_seconds(device, NumberFormat.FP32) == (10**8 + 10**6) / 10**11


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_without_a_peak_for_a_format_has_no_bound(name: DeviceName) -> None:
    device = DEVICES[name]
    for numbers in NumberFormat:
        found = running(cost(Conv2d(3, 8, 3), 8, 8), 1, numbers).least_seconds(device, numbers)
        assert (found is None) == (numbers not in device.peaks)
    assert NumberFormat.FP32 in device.peaks


def test_what_is_an_own_device_is_said() -> None:
    found: Any = own_device(1, 1)
    assert found.peaks.keys() == {*NumberFormat}
