"""Many visitors at once, as WebSocket sessions that speak Streamlit's own protocol: `make load`.

Each visitor opens a link and then changes the seed again and again, with a pause to think. As a browser does, it asks
for the new record and lets the page run at the same time. What is told is the time from the change until the record is
there, which is the new picture, and until the run has ended, which brings the words, as the visitor waits for both.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from sharing.record_path import record_path
from tests.browser import driver

# Links of every page with a stage; each visitor has a seed of their own. The values are drawn, so that the seed tells.
LEAN = (
    "standard?v=1&values=whole",
    "standard?v=1&values=whole&height=8&width=8",
    "standard?v=1&preset=channels&values=real",
    "grouped?v=1&values=whole",
    "separable?v=1&values=whole",
    "transposed?v=1&values=whole",
    "pooling?v=1&values=whole",
    "one_dimensional?v=1&values=whole",
)
# The largest layers that a link may ask for.
HEAVY = (
    "standard?v=1&height=32&width=32&in_channels=1&out_channels=3&kernel_height=7&kernel_width=7&padding=full"
    "&dilation_height=7&dilation_width=7&bias=1&values=real",
    "standard?v=1&height=12&width=12&in_channels=8&out_channels=8&kernel_height=3&kernel_width=3&padding=same"
    "&values=real",
)


@dataclass
class Waits:
    """How long visitors of a kind waited, in milliseconds."""

    opened: list[float] = field(default_factory=list)
    pictured: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    lost: int = 0


@dataclass
class Visitor:
    """One session."""

    url: str
    link: str
    seed: int
    socket: ClientConnection | None = None
    seed_control: str = ""
    records: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        # As a browser does where the server has closed a connection that was idle.
        self.records.mount("http", HTTPAdapter(max_retries=1))

    async def open(self) -> None:
        """Connect, and wait for the page's first run."""
        parts = urlsplit(self.url)
        address = f"{parts.scheme.replace('http', 'ws')}://{parts.netloc}{parts.path.rstrip('/')}/_stcore/stream"
        self.socket = await connect(
            address, subprotocols=[Subprotocol("streamlit")], proxy=None, max_size=None, open_timeout=120
        )
        await self._run([])
        if not self.seed_control:
            raise RuntimeError(f"no seed to change on {self.link}")

    async def change(self) -> tuple[float, float]:
        """Change the seed, and return the milliseconds until the picture is there, and until the run has ended.

        A page that gets no record has its picture from the run.
        """
        self.seed += 1
        start = time.perf_counter()
        record = asyncio.create_task(asyncio.to_thread(self._ask_record))
        await self._run([WidgetState(id=self.seed_control, double_value=self.seed)])
        ended = time.perf_counter()
        recorded = await record or ended
        return 1e3 * (recorded - start), 1e3 * (ended - start)

    def _ask_record(self) -> float | None:
        """Ask for the record of the link, and return when it was there, or None where it was refused."""
        page, _, query = self.link.partition("?")
        answer = self.records.get(f"{self.url.rstrip('/')}/{record_path(page)}?{query}&seed={self.seed}", timeout=120)
        return time.perf_counter() if answer.ok else None

    async def close(self) -> None:
        """Leave."""
        self.records.close()
        if self.socket is not None:
            await self.socket.close()

    async def _run(self, widgets: Iterable[WidgetState]) -> None:
        assert self.socket is not None
        message = BackMsg()
        page, _, query = self.link.partition("?")
        message.rerun_script.page_name = page
        message.rerun_script.query_string = f"{query}&seed={self.seed}"
        message.rerun_script.widget_states.widgets.extend(widgets)
        await self.socket.send(message.SerializeToString())
        while True:
            data = await self.socket.recv()
            answer = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            if answer.WhichOneof("type") == "delta":
                element = answer.delta.new_element
                if element.WhichOneof("type") == "number_input" and element.number_input.label == "Seed":
                    self.seed_control = element.number_input.id
            elif answer.WhichOneof("type") == "script_finished":
                if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return
                if answer.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise RuntimeError("the page's script does not compile")


async def visit(visitor: Visitor, waits: Waits, think: float, until: float) -> None:
    """Open the page and change the seed until the time is over; what the connection's end cuts off counts as lost."""
    try:
        start = time.perf_counter()
        await visitor.open()
        waits.opened.append(1e3 * (time.perf_counter() - start))
        while True:  # once at least, however long the opening took
            await asyncio.sleep(think * random.uniform(0.5, 1.5))
            pictured, changed = await visitor.change()
            waits.pictured.append(pictured)
            waits.changed.append(changed)
            if time.monotonic() >= until:
                break
    except (ConnectionClosed, InvalidStatus, OSError):
        waits.lost += 1
    finally:
        with suppress(ConnectionClosed):
            await visitor.close()


async def crowd(
    url: str,
    sessions: int,
    heavy: int,
    think: float,
    seconds: float,
    together: int,
    waits: tuple[Waits, Waits] | None = None,
) -> tuple[Waits, Waits]:
    """Let visitors arrive in groups of `together`, and return how long those on lean and on heavy pages waited.

    Who wants to read the waits while they are measured hands over the two that they are written into.
    """
    until = time.monotonic() + seconds
    lean_waits, heavy_waits = waits or (Waits(), Waits())
    async with asyncio.TaskGroup() as tasks:
        for index in range(sessions):
            is_heavy = index < heavy
            links, own = (HEAVY, heavy_waits) if is_heavy else (LEAN, lean_waits)
            visitor = Visitor(url, links[index % len(links)], seed=1000 * index)
            tasks.create_task(visit(visitor, own, think, until))
            if index % together == together - 1:
                await asyncio.sleep(1)
    return lean_waits, heavy_waits


def memory(pid: int) -> float:
    """Return the megabytes that a process has in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / 1e6


@contextmanager
def server(url: str | None) -> Iterator[tuple[str, int | None]]:
    """Yield the address to visit, and the process behind it where it was started for the purpose."""
    if url is not None:
        yield url, None
        return
    with driver.start_server() as started:
        yield started.url, started.pid


def row(name: str, waits: list[float]) -> str:
    """Return one line of the table."""
    if len(waits) < 2:
        return f"{name:<16}{len(waits):>7}"
    p95 = quantiles(waits, n=20)[-1]
    return f"{name:<16}{len(waits):>7}{median(waits):>10.0f}{p95:>10.0f}{max(waits):>10.0f}"


def main() -> None:
    """Visit, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a server that runs; without one, one is started")
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--heavy", type=int, default=6, help="how many of them play the largest layers")
    parser.add_argument("--think", type=float, default=2.0, help="seconds between two changes, on average")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--together", type=int, default=20, help="how many arrive in the same second")
    chosen = parser.parse_args()
    with server(chosen.url) as (url, pid):
        before = memory(pid) if pid else None
        lean, heavy = asyncio.run(
            crowd(url, chosen.sessions, chosen.heavy, chosen.think, chosen.seconds, chosen.together)
        )
        print(f"{'':<16}{'runs':>7}{'median':>10}{'p95':>10}{'most, ms':>10}")
        for name, waits in (("lean", lean), ("heavy", heavy)):
            print(row(f"{name}, opened", waits.opened))
            print(row(f"{name}, picture", waits.pictured))
            print(row(f"{name}, words", waits.changed))
        print(f"connections lost: {lean.lost + heavy.lost}")
        if pid:
            print(f"memory: {before:.0f} MB before, {memory(pid):.0f} MB after")


if __name__ == "__main__":
    main()
