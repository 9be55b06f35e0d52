"""What the tests of what is given away leave behind: nothing."""

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="package", autouse=True)
def _without_keras() -> Iterator[None]:
    """Forget Keras in the end: where it is loaded, Streamlit clears it after every run of a page, at some length."""
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "keras"]:
        del sys.modules[name]
