"""When Python looks for garbage: now and then between runs of the page, and never at the end of each."""

import ctypes
import gc
import sys
import threading
from functools import cache

EVERY = 10.0
"""Seconds between two collections."""


@cache
def start_collecting() -> threading.Thread:
    """Set aside what the process keeps for good, and collect garbage in the background from now on; once a process.

    Call it when the modules of a page are imported. What is there by then is left out of every later collection, which
    so takes milliseconds.
    """
    gc.collect()
    gc.freeze()
    thread = threading.Thread(target=_collect_for_ever, name="garbage", daemon=True)
    thread.start()
    return thread


def _collect_for_ever() -> None:
    pause = threading.Event()
    while not pause.wait(EVERY):
        gc.collect()
        _give_back()


def _give_back() -> None:
    """Return freed memory to the system: glibc keeps it for the thread that had it, and every run is a thread."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)
