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
    """What PyTorch made of the same numbers, the largest difference from ours, and the call that was made.

    `float32_difference` is the largest one where PyTorch computes in float32, as it does by default.
    """

    output: Floats
    largest_difference: float
    float32_difference: float
    call: str


def compare(check: Check, tell: Tell = lambda step, share: None) -> Comparison:
    """Make the call of a check with torch's functions in float64 and in float32, and compare each result with ours."""
    tell("Loading torch", 0.2)
    import torch

    output = _run(check, torch.float64)
    short = _run(check, torch.float32).astype(float)
    return Comparison(output, _difference(output, check.ours), _difference(short, check.ours), check.text)


def _difference(output: Floats, ours: Floats) -> float:
    """The largest difference. Where both are the same infinity, as over a window of padding alone, there is none."""
    differences = np.abs(np.subtract(output, ours, out=np.zeros_like(output), where=output != ours))
    return float(np.nan_to_num(differences, nan=np.inf).max())


def _run(check: Check, dtype: Any) -> Floats:
    """What torch makes of the arrays of a check, computed in a type of its own."""
    import torch
    from torch.nn import functional

    arrays = {name: torch.from_numpy(array.copy()) for name, array in check.arrays.items() if array is not None}
    tensors = {name: array.to(dtype) if array.is_floating_point() else array for name, array in arrays.items()}
    modules = functional, torch
    if isinstance(check, BackwardCheck):
        return _gradients(check, modules, tensors)
    with torch.inference_mode():
        output: Floats = check.call.run(modules, tensors)[0].numpy()
    return output


def _gradients(check: BackwardCheck, modules: Sequence[Any], tensors: Mapping[str, Any]) -> Floats:
    """What torch's autograd makes of the arrays that a check names, flattened and one after the other."""
    for name in check.of:
        tensors[name].requires_grad_()
    check.call.run(modules, tensors).backward(tensors[check.grad_output])
    return np.concatenate([tensors[name].grad.numpy().ravel() for name in check.of])
