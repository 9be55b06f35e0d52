"""A run as PyTorch code that trains the same kernel to the same losses."""

from kinds.shared.program_text import call, program
from kinds.shared.torch_text import FLOAT64, tensor
from pages.shared.optimizer_text import optimizer_call
from sharing.learning import LearningState, Lesson

_IMAGES = "(image, channel, row, column)"
KIND = "A kernel that is learned"


def torch_code(state: LearningState, lesson: Lesson, link: str = "") -> str:
    """A PyTorch program that learns the kernel of a state's lesson, and prints the loss before each step."""
    layer = lesson.task.layer
    arguments = {
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
        "kernel_size": layer.kernel,
        "bias": False,
        "dtype": FLOAT64,
    }
    return program(
        KIND,
        link,
        "import torch\nfrom torch import nn",
        tensor("x", lesson.task.inputs, f"X: {_IMAGES}"),
        tensor("wanted", lesson.task.wanted, f"Y: {_IMAGES}"),
        tensor("start", lesson.start, "the kernel before the first step: (output channel, input channel, row, column)"),
        f"layer = {call('nn.Conv2d', arguments)}\nwith torch.no_grad():\n    layer.weight.copy_(start)",
        f"optimizer = {optimizer_call(state.chosen_optimizer(), 'layer')}",
        f"for step in range({state.steps}):\n"
        "    optimizer.zero_grad()\n"
        "    loss = ((layer(x) - wanted) ** 2).sum()\n"
        "    loss.backward()\n"
        "    optimizer.step()\n"
        "    print(step, loss.item())",
        "print(layer.weight.tolist(), ((layer(x) - wanted) ** 2).sum().item())",
    )
