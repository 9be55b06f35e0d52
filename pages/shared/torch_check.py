"""The same layer and numbers through PyTorch, in a process of its own: torch takes seconds and 200 MB to import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Floats
from kinds.shared.torch_call import BackwardCheck, Check
from pages.shared.worker_process import Tell


@dataclass(frozen=True, eq=False)
class Comparison:
    """What PyTorch made of the same numbers, the largest difference from ours, and the call that was made."""

    output: Floats
    largest_difference: float
    call: str


def compare(check: Check, tell: Tell = lambda step, share: None) -> Comparison:
    """Make the call of a check with torch's functions in float64, and compare what comes of it with ours."""
    tell("Loading torch", 0.2)
    import torch
    from torch.nn import functional

    tensors = {name: torch.from_numpy(array.copy()) for name, array in check.arrays.items() if array is not None}
    if isinstance(check, BackwardCheck):
        output = _gradients(check, (functional, torch), tensors)
    else:
        with torch.inference_mode():
            output = check.call.run((functional, torch), tensors)[0].numpy()
    # Where both are the same infinity (a window of nothing but padding), they do not differ.
    differences = np.abs(np.subtract(output, check.ours, out=np.zeros_like(output), where=output != check.ours))
    largest = float(np.nan_to_num(differences, nan=np.inf).max())
    return Comparison(output, largest, check.text)


def _gradients(check: BackwardCheck, modules: Sequence[Any], tensors: Mapping[str, Any]) -> Floats:
    """What torch's autograd makes of the arrays that a check names, flattened and one after the other."""
    for name in check.of:
        tensors[name].requires_grad_()
    check.call.run(modules, tensors).backward(tensors[check.grad_output])
    return np.concatenate([tensors[name].grad.numpy().ravel() for name in check.of])
