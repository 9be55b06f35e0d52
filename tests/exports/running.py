"""What the tests of programs need: to run one, and to read what it prints."""

import ast
import warnings
from contextlib import redirect_stdout
from io import StringIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray


def printed(code: str, warned: Literal["ignore", "error"] = "ignore") -> NDArray[np.float64]:
    """Run a program and read what it prints; Keras warns about NumPy, and PyTorch about the even kernels of "same"."""
    out = StringIO()
    with redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter(warned)
        exec(compile(code, "generated.py", "exec"), {})
    return np.array(ast.literal_eval(out.getvalue().replace("-inf", "-1e999")))
