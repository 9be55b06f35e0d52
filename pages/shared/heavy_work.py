"""One bounded queue for heavy work: what takes a server longer than the run of a page may take.

One piece of work after the other is done in a process of low priority, so that nobody else waits for it. Work that
nobody asks after any more, because its visitor has left, is dropped.
"""

import traceback
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from math import inf
from threading import Condition, Thread
from time import monotonic
from typing import Any

from pages.shared.worker_process import Task, WorkerProcess

MOST_WORKS = 12
"""How many may wait, the one that is done counted."""
MOST_BYTES = 100_000_000
"""What may wait together, as far as it has told its size."""
LIMIT_SECONDS = 20.0
"""How long a piece of work may take once it is begun."""
TORCH_SECONDS = 40.0
"""How much more where torch has to be loaded: a busy machine takes long."""

_LEFT_AFTER = 20.0  # seconds without anybody asking
_IDLE = 300.0  # seconds after which a process without work ends, and gives back what torch takes


class Refused(Exception):
    """Why a piece of work is not taken, in a sentence."""


class Ended(Exception):
    """Why a piece of work has come to no result, in a sentence."""


class Work:
    """A piece of work that was taken: what is before it, how far it is, and in the end what came of it."""

    def __init__(self, queue: "WorkQueue", visitor: str, about: object, task: Task, limit: float, size: int) -> None:
        self.visitor, self.about, self.size = visitor, about, size
        self.step, self.share = "Beginning", 0.0
        self._queue, self._task, self._limit = queue, task, limit
        self._future: Future[Any] = Future()
        self._asked_at = monotonic()
        self._why_ended = ""

    @property
    def is_under_way(self) -> bool:
        """Whether it still waits or is being done. Who asks has not left."""
        self._asked_at = monotonic()
        return not self._future.done()

    @property
    def before(self) -> int:
        """How many pieces of work are before this one; 0 for the one that is being done."""
        return self._queue.count_before(self)

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has come to its end, or so many seconds."""
        self._asked_at = inf
        with suppress(NotYet):
            self._future.exception(seconds)
        self._asked_at = monotonic()

    def result(self) -> Any:
        """Return what came of it, or raise what it raised; Ended where it was not done to its end."""
        return self._future.result(0)

    def cancel(self) -> None:
        """Take it back, or end it at once."""
        self._why_ended = "Cancelled."
        self._queue.drop_those_that_ended()

    @property
    def why_ended(self) -> str:
        """Why it is not to be done, or not any further; empty where it is."""
        is_left = monotonic() - self._asked_at > _LEFT_AFTER
        return self._why_ended or ("Nobody waited for it any more." if is_left else "")

    def end(self, error: Exception) -> None:
        """Come to an end without a result."""
        del self._task  # which may be large
        self._future.set_exception(error)

    def do(self, worker: WorkerProcess) -> None:
        """Be done by a process. Ends the process where the work is taken back meanwhile."""
        begun = monotonic()

        def check() -> None:
            if monotonic() - begun > self._limit:
                self._why_ended = f"It took longer than {self._limit:g} seconds and was ended."
            if self.why_ended:
                worker.end()
                raise Ended(self.why_ended)

        def tell(step: str, share: float) -> None:
            self.step, self.share = step, share

        try:
            result = worker.run(self._task, tell, check)
        except (Ended, ValueError) as error:
            self.end(error)
        except Exception as error:
            traceback.print_exception(error)
            self.end(Ended("It broke off; the server's log says why."))
        else:
            del self._task
            self._future.set_result(result)


class WorkQueue:
    """Work that waits, in the order in which it was asked for. The first is being done."""

    def __init__(self) -> None:
        self._works: list[Work] = []
        self._changed = Condition()
        self._thread: Thread | None = None

    def add(
        self,
        visitor: str,
        about: object,
        function: Callable[..., Any],
        *arguments: Any,
        limit: float = LIMIT_SECONDS,
        size: int = 0,
    ) -> Work:
        """Take a piece of work, `function(*arguments, tell)`, about something; Refused where there is no room for it.

        The function is a module's own, and `tell(step, share)` hears how far it is. `size` is about how many bytes its
        arguments take.
        """
        with self._changed:
            self.drop_those_that_ended()
            if any(work.visitor == visitor for work in self._works):
                raise Refused("Something that you have asked for is still being done: wait for it, or cancel it.")
            if len(self._works) >= MOST_WORKS or sum(work.size for work in self._works) + size > MOST_BYTES:
                raise Refused("Too many people are waiting for such work just now. Try again in a minute.")
            work = Work(self, visitor, about, (function, arguments), limit, size)
            self._works.append(work)
            if self._thread is None:
                self._thread = Thread(target=self._do_all, name="heavy work", daemon=True)
                self._thread.start()
            self._changed.notify()
        return work

    def count_before(self, work: Work) -> int:
        """Return how many pieces of work are before one."""
        with self._changed:
            self.drop_those_that_ended()
            return self._works.index(work) if work in self._works else 0

    def drop_those_that_ended(self) -> None:
        """Give free the places of work that is not to be done any more; the first one's once its process has ended."""
        with self._changed:
            for work in self._works[1:]:
                if work.why_ended:
                    self._works.remove(work)
                    work.end(Ended(work.why_ended))

    def _do_all(self) -> None:
        worker: WorkerProcess | None = None
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._works, _IDLE):
                    self._thread = None
                    break
                work = self._works[0]
            if worker is None or not worker.is_alive:
                worker = WorkerProcess()
            work.do(worker)
            with self._changed:
                self._works.remove(work)
        if worker is not None:
            worker.end()


QUEUE = WorkQueue()
"""The queue of this server."""
