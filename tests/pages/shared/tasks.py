"""Tasks for a worker process, as it imports them."""

import os
import time
from pathlib import Path

from pages.shared.worker_process import Tell


def add(left: int, right: int, tell: Tell) -> int:
    return left + right


def report(tell: Tell) -> tuple[int, int]:
    """Return the process's id and how nice it is."""
    print("what a task prints is no answer")
    return os.getpid(), os.nice(0)


def wait_for(file: Path, tell: Tell) -> str:
    """Say that it waits, until there is such a file."""
    tell("Waiting", 0.5)
    while not file.exists():
        time.sleep(0.01)
    return "found"


def fail(error: Exception, tell: Tell) -> None:
    raise error


def end_the_process(tell: Tell) -> None:
    os._exit(3)


class Unreadable(Exception):
    """An error that cannot be read again where it is sent to."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")


def fail_unreadably(tell: Tell) -> None:
    raise Unreadable(1, 2)
