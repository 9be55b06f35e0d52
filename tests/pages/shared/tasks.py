"""Tasks for a worker process, as it imports them."""

import os
import time
from pathlib import Path

from learning.recipe import Recipe
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


def note_and_wait(calls: Path, go: Path, tell: Tell) -> str:
    """Note that it was begun, and wait for a file."""
    with calls.open("a") as file:
        file.write("begun\n")
    wait_for(go, tell)
    return "a run"


def end_the_process(tell: Tell) -> None:
    os._exit(3)


def end_the_process_of(recipe: Recipe, tell: Tell) -> None:
    """What a training is whose process is killed."""
    end_the_process(tell)


def diverge(recipe: Recipe, tell: Tell) -> None:
    """What a training is that comes to nothing."""
    raise ValueError("It diverged.")


class Unreadable(Exception):
    """An error that cannot be read again where it is sent to."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")


def fail_unreadably(tell: Tell) -> None:
    raise Unreadable(1, 2)
