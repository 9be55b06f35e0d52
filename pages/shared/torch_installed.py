"""Whether PyTorch is there: the pages work without it, and say how to get it where it would be needed."""

from importlib.util import find_spec

NO_TORCH = "PyTorch is not installed where this page is served. To get it: `pip install torch==2.13.0`"
"""What is said in place of what only PyTorch can do."""


def torch_is_installed() -> bool:
    """Return whether torch can be imported, without importing it."""
    return find_spec("torch") is not None
