"""An optimizer as PyTorch code."""

from engine import SGD, Adam, Optimizer
from kinds.shared.program_text import Name, call


def optimizer_call(optimizer: Optimizer, module: str) -> str:
    """The call that makes an optimizer of the parameters of a module, which stands under this name.

    >>> optimizer_call(SGD(0.1, momentum=0.9), "layer")
    'torch.optim.SGD(params=layer.parameters(), lr=0.1, momentum=0.9)'
    """
    parameters = Name(call(f"{module}.parameters", {}))
    match optimizer:
        case SGD(lr=lr, momentum=momentum):
            given = {"momentum": momentum} if momentum else {}
            return call("torch.optim.SGD", {"params": parameters, "lr": lr} | given)
        case Adam(lr=lr):
            return call("torch.optim.Adam", {"params": parameters, "lr": lr})
