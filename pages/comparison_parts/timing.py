"""One measurement at a time for the whole server: started, followed, stopped, and ended after twenty seconds."""

import json
import subprocess
import sys
from dataclasses import asdict
from enum import auto
from pathlib import Path
from threading import Lock, Thread, Timer

from engine import ConvolutionKind, Costed, Job, LayerError, every_kind
from engine.messages import MessageCode, Templates
from pages.comparison_parts.measuring import Result, result_from

LIMIT_SECONDS = 20.0
MOST_MACS = 20_000_000_000
MOST_BYTES = 1 << 30

_ROOT = Path(__file__).parents[2]
_lock = Lock()
_under_way: "Measurement | None" = None


class Measurement:
    """A measurement that was started: how far it is, and what came of it.

    `result` is there once it is done; `problem` says why there is none.
    """

    def __init__(self, job: Job, limit: float) -> None:
        self.job = job
        self.step, self.share = "Starting", 0.0
        self.result: Result | None = None
        self.problem = ""
        # The last quarter is for the start of Python, and for the round that is under way.
        arguments = json.dumps(asdict(job)), str(0.75 * limit)
        command = [sys.executable, "-m", "pages.comparison_parts.measuring", *arguments]
        self._process = subprocess.Popen(
            command, cwd=_ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
        )
        self._timer = Timer(limit, self._end, (f"It took longer than {limit:g} seconds and was ended.",))
        self._timer.daemon = True
        self._timer.start()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self._reader.is_alive()

    def stop(self) -> None:
        """End it at once, without a result."""
        self._end("Stopped.")

    def wait(self) -> None:
        """Wait until it has come to its end."""
        self._reader.join()

    def _end(self, problem: str) -> None:
        if self._process.poll() is None:
            self.problem = problem
            self._process.kill()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                said = json.loads(line)
                if "result" in said:
                    self.result = result_from(said["result"])
                else:
                    self.step, self.share = said["step"], said["share"]
        self._process.wait()
        self._timer.cancel()
        if self.result is None and not self.problem:
            self.problem = "The measurement broke off; the server's log says why."


def start(job: Job, limit: float = LIMIT_SECONDS) -> Measurement | None:
    """Begin to time a job; None while another measurement is under way, on anybody's page."""
    global _under_way
    with _lock:
        if _under_way is not None and _under_way.is_running:
            return None
        _under_way = Measurement(job, limit)
        return _under_way


def check_can_be_timed(job: Job) -> None:
    """LayerError where the job has no standard or separable layer, or one that is too large to be timed here."""
    done = every_kind(job)
    for kind in (ConvolutionKind.STANDARD, ConvolutionKind.SEPARABLE):
        of = done[kind]
        if isinstance(of, LayerError):
            raise of
        _check_size(of, job)


def _check_size(of: Costed, job: Job) -> None:
    moved = of.cost.input_bytes + of.cost.weight_bytes + of.cost.output_bytes
    for what, counted, most in (("mult_adds", of.cost.macs, MOST_MACS), ("bytes", moved, MOST_BYTES)):
        if counted > most:
            raise LayerError(
                TimingCode.TIMED_TOO_LARGE, "height", job.height, what, width=job.width, counted=counted, most=most
            )


class TimingCode(MessageCode):
    """Why a job is not timed."""

    TIMED_TOO_LARGE = auto()

    @property
    def templates(self) -> Templates:
        """The English catalogue of these codes."""
        return TEMPLATES


TEMPLATES: Templates = {
    "timed_too_large.mult_adds": (
        "{parameter} is {value:,} with {width:,} columns, which makes {counted:,} mult-adds, "
        "but this page times up to {most:,}: use a smaller input, or fewer channels."
    ),
    "timed_too_large.bytes": (
        "{parameter} is {value:,} with {width:,} columns, which makes {counted:,} bytes, "
        "but this page times up to {most:,}: use a smaller input, or fewer channels."
    ),
}
"""The English catalogue: a template for each code and variant."""
