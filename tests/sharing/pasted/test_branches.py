"""Modules whose layers branch and meet again are read as stacks of the shapes that PyTorch makes of them."""

import pytest
import torch
from torch import nn

from engine.modules import Shape
from sharing.pasted.calls import Call
from sharing.pasted.flow import Step, in_order
from sharing.pasted.reader import read_pasted
from sharing.pasted.results import PastedStack
from sharing.stack_text import run_stack

RESIDUAL = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(8, 16, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(16, 16, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(16)
        self.downsample = nn.Sequential(nn.Conv2d(8, 16, 1, stride=2, bias=False), nn.BatchNorm2d(16))

    def forward(self, x):
        identity = self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += identity
        return self.relu(out)
"""
SQUEEZE = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(8, 2, 1)
        self.fc2 = nn.Conv2d(2, 8, 1)

    def forward(self, x):
        scale = torch.sigmoid(self.fc2(F.relu(self.fc1(self.pool(x)))))
        return x * scale
"""
U_NET = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(8, 16, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.middle = nn.Conv2d(16, 32, 3, padding=1)
        self.up = nn.ConvTranspose2d(32, 24, 2, stride=2)
        self.out = nn.Conv2d(40, 1, 1)

    def forward(self, x):
        skip = F.relu(self.down(x))
        x = F.relu(self.middle(self.pool(skip)))
        x = torch.cat([skip, self.up(x)], dim=1)
        return self.out(x)
"""
INCEPTION = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(8, 4, 1)
        self.three = nn.Sequential(nn.Conv2d(8, 4, 1), nn.Conv2d(4, 6, 3, padding=1))
        self.pool = nn.MaxPool2d(3, 1, 1)

    def forward(self, x):
        return torch.cat((self.one(x), self.three(x), self.pool(x)), 1)
"""
TWICE = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 3, padding="same")

    def forward(self, x):
        x = x + self.conv(x)
        y = torch.add(x, self.conv(x))
        return y + y
"""
MODULES = {
    "residual": (
        RESIDUAL,
        "conv 8>16 3 s2 p1 nobias; batchnorm; relu; conv 16>16 3 p1 nobias; a = batchnorm; "
        "conv 8>16 1 s2 nobias from input; batchnorm; add a; relu",
    ),
    "squeeze": (SQUEEZE, "globalpool; conv 8>2 1; relu; conv 2>8 1; sigmoid; multiply input"),
    "u-net": (
        U_NET,
        "conv 8>16 3 p1; a = relu; maxpool 2; conv 16>32 3 p1; relu; b = transposed 32>24 2 s2; concat b from a; "
        "conv 40>1 1",
    ),
    "inception": (
        INCEPTION,
        "a = conv 8>4 1; conv 8>4 1 from input; b = conv 4>6 3 p1; c = maxpool 3 s1 p1 from input; concat b c from a",
    ),
    "twice": (TWICE, "conv 8>8 3 same; a = add input; conv 8>8 3 same; b = add a; add b"),
}
INPUTS = (8, 12, 14)


def stack_of(text: str) -> str:
    read = read_pasted(text)
    assert isinstance(read, PastedStack)
    return "; ".join(read.rows)


def made(text: str, inputs: Shape = INPUTS) -> tuple[Shape, int]:
    """The shape that a stack makes, and its parameters."""
    done = [row.applied for row in run_stack(text, inputs)]
    assert all(done), text
    last = done[-1]
    assert last is not None
    return last.outputs, sum(one.cost.params for one in done if one)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_that_branches_is_the_stack_that_makes_the_same(name: str) -> None:
    code, expected = MODULES[name]
    found = stack_of(code)
    assert found == expected
    names = {"nn": nn, "torch": torch, "F": nn.functional}
    exec(compile(code, "module.py", "exec"), names)
    module = names["Net"]()
    with torch.no_grad():
        output = module.eval()(torch.zeros(1, *INPUTS))
    parameters = sum(one.numel() for one in module.parameters())
    shape, params = made(found)
    assert shape == tuple(output.shape[1:])
    assert name == "twice" or params == parameters  # a stack has a layer that is used twice twice


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU())\nnet(torch.randn(2, 3, 20, 24))", (3, 20, 24)),
        (f"{SQUEEZE}\nnet = Net()\nprint(net(torch.zeros(1, 8, 12, 14)).shape)", (8, 12, 14)),
        (f"{SQUEEZE}\nnet = Net()\nprint(net(torch.zeros(1, 8)).shape)", None),
        (SQUEEZE, None),
    ],
)
def test_the_size_of_what_a_network_is_run_on_is_taken(text: str, inputs: Shape | None) -> None:
    read = read_pasted(text)
    assert isinstance(read, PastedStack)
    assert read.inputs == inputs


def test_names_of_what_is_read_further_on_never_run_out_nor_look_like_a_number_of_times() -> None:
    end = first = Step(Call("ReLU", 1), (None,))
    merged = [first]
    for _ in range(60):
        merged.append(Step(Call("ReLU", 1), (first,)))
    end = Step(Call("Concat", 2), tuple(merged))
    calls = in_order(end)
    names = [call.called for call in calls if call.called]
    assert len(set(names)) == len(names) == 61
    assert not any(name[0] == "x" and name[1:].isdigit() for name in names)
    assert len(calls[-1].beside) == 60
