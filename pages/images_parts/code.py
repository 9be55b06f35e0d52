"""The page of pictures as programs: the same result of a picture file, with NumPy alone and with PyTorch."""

from collections.abc import Callable, Mapping

import numpy as np

from kinds.shared.program_text import NUMPY_MODES, assigned, program
from sharing.image_kernels import ImageKernel, ImageView
from sharing.images import AfterFilter, ImagesState
from sharing.padding_value import mode_arguments

KIND = "A picture under a kernel"
PICTURE, RESULT = "picture.png", "result.png"
_NUMPY_RELU = "result = np.maximum(result, 0)\n"
_NUMPY_AFTER = {
    AfterFilter.NOTHING: "",
    AfterFilter.RELU: _NUMPY_RELU,
    AfterFilter.RELU_POOL: _NUMPY_RELU
    + "height, width = (length // 2 for length in result.shape)  # a last odd row or column is left out\n"
    "result = result[: 2 * height, : 2 * width].reshape(height, 2, width, 2).max(axis=(1, 3))\n",
}
_TORCH_RELU = "result = torch.relu(result)\n"
_TORCH_AFTER = {
    AfterFilter.NOTHING: "",
    AfterFilter.RELU: _TORCH_RELU,
    AfterFilter.RELU_POOL: _TORCH_RELU + "result = torch.nn.functional.max_pool2d(result, 2)\n",
}
_SHOWN = {ImageView.CLIPPED: "result", ImageView.MAGNITUDE: "abs(result)"}


def numpy_code(state: ImagesState, kernel: ImageKernel) -> str:
    """A program in NumPy that makes the result of a state of a picture file."""
    rows, columns = (state.dilation * (length - 1) + 1 for length in kernel.size)
    step, apart = (f"::{number}, ::{number}" for number in (state.stride, state.dilation))
    return _program(
        state,
        kernel,
        "",
        "# every place of the kernel: (result row, result column, kernel row, kernel column)\n"
        f"windows = np.lib.stride_tricks.sliding_window_view(padded, ({rows}, {columns}))\n"
        f"windows = windows[{step}, {apart}]\n"
        'sums = np.einsum("yxij,ij->yx", windows, kernel)',
        _NUMPY_AFTER[state.after],
    )


def torch_code(state: ImagesState, kernel: ImageKernel) -> str:
    """A program in PyTorch that makes the result of a state of a picture file."""
    return _program(
        state,
        kernel,
        "import torch\n",
        "x, weight = (torch.from_numpy(one)[None, None] for one in (padded, kernel))\n"
        f"sums = torch.nn.functional.conv2d(x, weight, stride={state.stride}, dilation={state.dilation})",
        f"{_TORCH_AFTER[state.after]}result = result[0, 0].numpy()\n",
    )


PROGRAMS: Mapping[str, tuple[str, Callable[[ImagesState, ImageKernel], str]]] = {
    "NumPy": ("picture_numpy.py", numpy_code),
    "PyTorch": ("picture_torch.py", torch_code),
}
"""The file and the program of each library."""


def _program(state: ImagesState, kernel: ImageKernel, imported: str, summed: str, after: str) -> str:
    down, across = state.padding_sides(kernel)
    weights = np.array(kernel.weights, dtype=float)
    return program(
        KIND,
        f"import numpy as np\n{imported}from PIL import Image",
        f'picture = np.asarray(Image.open("{PICTURE}").convert("L"), dtype=float)',
        assigned("kernel", "np.array", weights, tail=", dtype=float"),
        f"padded = np.pad(picture, (({down}, {down}), ({across}, {across})), {_pad_arguments(state)})",
        summed,
        f"result = sums / {kernel.divisor} + {kernel.offset}\n{after}print(result.shape, result.min(), result.max())",
        _saved(state.view),
    )


def _pad_arguments(state: ImagesState) -> str:
    mode = f'mode="{NUMPY_MODES[state.padding_mode]}"'
    if state.padding_mode.copies:
        return mode
    value = mode_arguments(state.padding_mode, state.padding_value)["padding_value"]
    return f"{mode}, constant_values={value}"


def _saved(view: ImageView) -> str:
    """The lines that save what is shown; a signed result is brought from its largest number to greys around 128."""
    if view is ImageView.SIGNED:
        return (
            "# numbers of both signs: 0 is a middle grey\n"
            "shown = 127.5 + 127.5 * result / max(1, abs(result).max())\n"
            f'Image.fromarray(np.uint8(np.floor(shown + 0.5))).save("{RESULT}")'
        )
    return f'Image.fromarray(np.uint8(np.clip(np.floor({_SHOWN[view]} + 0.5), 0, 255))).save("{RESULT}")'
