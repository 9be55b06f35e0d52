"""Bounded queues for heavy work: what takes a server longer than the run of a page may take.

One piece of work of a queue after the other is done in a process of low priority, so that nobody else waits for it.
Work that nobody asks after any more, because its visitors have left, is dropped.
"""

import traceback
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from math import inf
from threading import Condition, Thread
from time import monotonic
from typing import Any

from cachetools import LRUCache

from pages.shared.byte_cache import bytes_of
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
    """What a visitor has asked for: what is before it, how far it is, and in the end what came of it.

    Several visitors may ask for the same thing, which is done once.
    """

    def __init__(self, visitor: str, about: object, job: "_Job") -> None:
        self.visitor, self.about = visitor, about
        self._job = job
        self._asked_at = monotonic()
        self._is_cancelled = False

    @property
    def step(self) -> str:
        """What is being done."""
        return self._job.step

    @property
    def share(self) -> float:
        """Which share of all is done."""
        return self._job.share

    @property
    def is_under_way(self) -> bool:
        """Whether it still waits or is being done. Who asks has not left."""
        self._asked_at = monotonic()
        return not self._is_cancelled and not self._job.future.done()

    @property
    def before(self) -> int:
        """How many pieces of work are before this one; 0 for the one that is being done."""
        return self._job.queue.count_before(self._job)

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has come to its end, or so many seconds."""
        self._asked_at = inf
        with suppress(NotYet):
            self._job.future.exception(seconds)
        self._asked_at = monotonic()

    def result(self) -> Any:
        """Return what came of it, or raise what it raised; Ended where it was not done to its end."""
        if self._is_cancelled:
            raise Ended(self.why_ended)
        return self._job.result()

    def cancel(self) -> None:
        """Take it back. What nobody else has asked for either is ended at once."""
        self._is_cancelled = True
        self._job.queue.drop_those_that_ended()

    @property
    def why_ended(self) -> str:
        """Why this visitor does not want it any more; empty where it is wanted."""
        is_left = monotonic() - self._asked_at > _LEFT_AFTER
        return "Cancelled." if self._is_cancelled else "Nobody waited for it any more." if is_left else ""


class _Job:
    """What is done once, for all who have asked for it. `same` is equal for what comes to the same; None for none."""

    def __init__(self, queue: "WorkQueue", task: Task, limit: float, size: int, same: Hashable) -> None:
        self.queue, self.size, self.same = queue, size, same
        self.step, self.share = "Beginning", 0.0
        self.works: list[Work] = []
        self.future: Future[Any] = Future()
        self._task, self._limit = task, limit
        self._is_too_slow = False

    def ask(self, visitor: str, about: object) -> Work:
        """Do it for a visitor, too."""
        work = Work(visitor, about, self)
        self.works.append(work)
        return work

    @property
    def why_ended(self) -> str:
        """Why it is not to be done, or not any further; empty where it is."""
        if self._is_too_slow:
            return f"It took longer than {self._limit:g} seconds and was ended."
        reasons = [work.why_ended for work in self.works]
        return reasons[-1] if all(reasons) else ""

    def result(self) -> Any:
        """Return what came of it; what is kept is None once it is kept no longer."""
        result = self.future.result(0)
        return result if self.same is None else self.queue.kept(self.same)

    def end(self, error: Exception) -> None:
        """Come to an end without a result."""
        del self._task  # which may be large
        self.future.set_exception(error)

    def do(self, worker: WorkerProcess) -> None:
        """Be done by a process. Ends the process where the work is taken back meanwhile."""
        begun = monotonic()

        def check() -> None:
            self._is_too_slow = monotonic() - begun > self._limit
            why_ended = self.why_ended
            if why_ended:
                worker.end()
                raise Ended(why_ended)

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
            if self.same is not None:  # those who ask do not hold it for as long as their sessions live
                self.queue.keep(self.same, result)
                result = None
            self.future.set_result(result)


class WorkQueue:
    """Work that waits, in the order in which it was asked for. The first is being done.

    `most_works` may wait. What came of work that several may ask for is kept, `kept_bytes` in all.
    """

    def __init__(self, most_works: int = MOST_WORKS, kept_bytes: int = 0) -> None:
        self._jobs: list[_Job] = []
        self._changed = Condition()
        self._thread: Thread | None = None
        self._most_works = most_works
        self._kept: LRUCache[Hashable, Any] = LRUCache(kept_bytes, getsizeof=bytes_of)

    def add(
        self,
        visitor: str,
        about: object,
        function: Callable[..., Any],
        *arguments: Any,
        limit: float = LIMIT_SECONDS,
        size: int = 0,
        same: Hashable = None,
    ) -> Work:
        """Take a piece of work, `function(*arguments, tell)`, about something; Refused where there is no room for it.

        The function is a module's own, and `tell(step, share)` hears how far it is. `size` is about how many bytes its
        arguments take. Work that is the `same` is done once, for all who ask for it before it is done.
        """
        with self._changed:
            self.drop_those_that_ended()
            works = [work for job in self._jobs for work in job.works]
            if any(work.visitor == visitor and not work.why_ended for work in works):
                raise Refused("Something that you have asked for is still being done: wait for it, or cancel it.")
            for job in self._jobs:
                if same is not None and job.same == same and not job.why_ended:
                    return job.ask(visitor, about)
            if len(self._jobs) >= self._most_works or sum(job.size for job in self._jobs) + size > MOST_BYTES:
                raise Refused("Too many people are waiting for such work just now. Try again in a minute.")
            job = _Job(self, (function, arguments), limit, size, same)
            work = job.ask(visitor, about)
            self._jobs.append(job)
            if self._thread is None:
                self._thread = Thread(target=self._do_all, name="heavy work", daemon=True)
                self._thread.start()
            self._changed.notify()
        return work

    def kept(self, same: Hashable) -> Any:
        """Return what came of such work, where it was done and is kept; None where it has to be done."""
        with self._changed:
            return self._kept.get(same)

    def keep(self, same: Hashable, result: Any) -> None:
        """Keep what came of work that several may ask for."""
        with self._changed, suppress(ValueError):  # it is larger than all that is kept
            self._kept[same] = result

    def count_before(self, job: _Job) -> int:
        """Return how many pieces of work are before one."""
        with self._changed:
            self.drop_those_that_ended()
            return self._jobs.index(job) if job in self._jobs else 0

    def drop_those_that_ended(self) -> None:
        """Give free the places of work that is not to be done any more; the first one's once its process has ended."""
        with self._changed:
            for job in self._jobs[1:]:
                why_ended = job.why_ended
                if why_ended:
                    self._jobs.remove(job)
                    job.end(Ended(why_ended))

    def _do_all(self) -> None:
        worker: WorkerProcess | None = None
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._jobs, _IDLE):
                    self._thread = None
                    break
                job = self._jobs[0]
            if worker is None or not worker.is_alive:
                worker = WorkerProcess()
            job.do(worker)
            with self._changed:
                self._jobs.remove(job)
        if worker is not None:
            worker.end()


QUEUE = WorkQueue()
"""The queue of this server."""
