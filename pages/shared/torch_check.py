"""The same layer and numbers through PyTorch, in a process of its own: torch takes seconds and 200 MB to import."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats
from kinds.shared.torch_call import Check
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
    with torch.inference_mode():
        output = check.call.run((functional, torch), tensors)[0].numpy()
    # Where both are the same infinity (a window of nothing but padding), they do not differ.
    differences = np.abs(np.subtract(output, check.ours, out=np.zeros_like(output), where=output != check.ours))
    largest = float(np.nan_to_num(differences, nan=np.inf).max())
    return Comparison(output, largest, str(check.call))
