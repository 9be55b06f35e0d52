"""Whatever visitors ask for, and however many leave, a server's memory stays within its bounds."""

import asyncio
from pathlib import Path
from time import monotonic, sleep

import pytest

from benchmarks.load import Visitor, memory
from tests.browser.driver import PATIENCE, Server
from tests.coroutines import run
from tests.draws import examples

# Close to the largest record that a page plays: 17 MB with what is sent of it.
HEAVY = (
    "standard?v=1&height=16&width=16&in_channels=8&out_channels=8&kernel_height=7&kernel_width=7&padding=same"
    "&values=real"
)
VISITORS = examples(8)
SEEDS = 4
KEPT = 256
"""Megabytes that a process may keep beside what it has when it starts."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from Linux's /proc")


def test_heavy_links_do_not_fill_the_memory(server: Server) -> None:
    """Each visitor asks for several, all with seeds of their own, and leaves: unbounded, that would be 500 MB."""

    async def visit(number: int) -> None:
        visitor = Visitor(server.url, HEAVY, seed=1000 * number)
        await visitor.open()
        for _ in range(SEEDS - 1):
            await visitor.change()
        await visitor.close()

    async def visit_all() -> None:
        for number in range(VISITORS):
            await visit(number)

    before = memory(server.pid)
    run(visit_all())
    # What nobody needs goes at the next collection.
    until = monotonic() + PATIENCE / 1000
    while memory(server.pid) - before >= KEPT and monotonic() < until:
        sleep(0.5)
    assert memory(server.pid) - before < KEPT


def test_a_class_that_reconnects_at_once_is_served_and_leaves_nothing(server: Server) -> None:
    """Two hundred in the same moment: none is refused, and who comes after them takes no memory more."""

    async def reconnect(number: int) -> None:
        visitor = Visitor(server.url, "standard?v=1&values=whole", seed=number)
        await visitor.open()
        await visitor.close()

    async def storm(count: int) -> None:
        await asyncio.gather(*(reconnect(number) for number in range(count)))

    run(storm(200))
    before = memory(server.pid)
    run(storm(100))
    assert memory(server.pid) - before < 60
