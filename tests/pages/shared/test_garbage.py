"""Garbage is collected between runs, and not at the end of each."""

import gc
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# In a process of its own: setting aside what is there would count for every other test of this one.
PROGRAM = """
import gc, sys, weakref
sys.path.insert(0, sys.argv[1])
from pages.shared import garbage
garbage.EVERY = 0.01
class Cycle: pass
thread = garbage.start_collecting()
assert garbage.start_collecting() is thread and thread.daemon
assert gc.get_freeze_count() > 1000
gc.disable()  # from here on only the thread collects
one = Cycle()
one.own = one
gone = weakref.ref(one)
del one
while gone() is not None:
    thread.join(0.01)
print("collected")
"""


def test_no_run_ends_with_a_collection() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False
    assert gc.isenabled()  # Python's own collector still looks after what a long run leaves


def test_what_is_there_at_first_is_set_aside_and_later_garbage_goes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.stdout.strip() == "collected", done.stderr
