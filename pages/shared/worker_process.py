"""A process of low priority that runs one function after another, and can be ended at any moment.

It reads tasks from its standard input until that is closed, and answers each on its standard output. It keeps what it
has imported, so that torch is loaded once.
"""

import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Tell = Callable[[str, float], None]
"""Hears what is being done, and which share of all is done."""
Task = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function of a module's own and its arguments, but for the last one: a Tell."""

_ROOT = Path(__file__).parents[2]
_NICENESS = 10  # about a tenth of what a visitor's run gets of a core that both want
_LOOK_EVERY = 0.1


class WorkerDied(Exception):
    """The process has ended before it had an answer."""


@dataclass(frozen=True)
class Progress:
    """How far a task is."""

    step: str
    share: float


@dataclass(frozen=True)
class Failure:
    """The error that a task has raised."""

    error: Exception


@dataclass(frozen=True)
class Success:
    """What came of a task."""

    result: Any


class WorkerProcess:
    """The process, seen from the server. Only one thread may use it at a time."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=_ROOT, stdin=pipe, stdout=pipe, bufsize=0)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._process.stdin as tasks, self._process.stdout as answers:
            self._tasks = Connection(os.dup(tasks.fileno()), readable=False)
            self._answers = Connection(os.dup(answers.fileno()), writable=False)

    @property
    def is_alive(self) -> bool:
        """Whether it can be given a task."""
        return self._process.poll() is None

    def run(self, task: Task, tell: Tell, check: Callable[[], None]) -> Any:
        """Return what a task comes to, or raise what it raises; WorkerDied where the process ended instead.

        `check` is called again and again meanwhile. What it raises ends the process.
        """
        try:
            self._tasks.send(task)
            while True:
                while not self._answers.poll(_LOOK_EVERY):
                    check()
                match self._answers.recv():
                    case Progress(step, share):
                        tell(step, share)
                    case Failure(error):
                        raise error
                    case Success(result):
                        return result
        except (EOFError, OSError) as error:
            self.end()
            raise WorkerDied from error

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._tasks.close()
        self._answers.close()


def serve() -> None:
    """Do what is asked for until nobody can ask any more."""
    os.nice(_NICENESS)
    tasks = Connection(os.dup(0), writable=False)
    answers = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # what a task prints goes to the server's log

    def tell(step: str, share: float) -> None:
        answers.send(Progress(step, share))

    while True:
        try:
            function, arguments = tasks.recv()
        except EOFError:
            return
        answer: Success | Failure
        try:
            answer = Success(function(*arguments, tell))
        except Exception as error:
            answer = Failure(_that_can_be_sent(error))
        answers.send(answer)
        del function, arguments, answer  # or they stay until the next task


def _that_can_be_sent(error: Exception) -> Exception:
    """The error, or its text where it cannot be read again at the other end."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError("".join(traceback.format_exception(error)))
    return error
