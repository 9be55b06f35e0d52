"""The load generator's visitors do what a browser's do: they open each page, and a changed seed is answered."""

import pytest

from benchmarks.load import HEAVY, LEAN, Visitor, crowd
from tests.browser.driver import Server
from tests.coroutines import run


@pytest.mark.parametrize("link", [*LEAN, *HEAVY])
def test_a_visitor_opens_the_page_and_changes_its_seed(server: Server, link: str) -> None:
    async def visit() -> None:
        visitor = Visitor(server.url, link, seed=5)
        await visitor.open()
        pictured, changed = await visitor.change()
        assert pictured != changed  # the record was there, and the picture did not wait for the run
        await visitor.close()

    run(visit())


def test_visitors_who_arrive_together_are_all_answered(server: Server) -> None:
    lean, heavy = run(crowd(server.url, sessions=6, heavy=1, think=0.1, seconds=1, together=6))
    assert (len(lean.opened), len(heavy.opened)) == (5, 1)
    assert min(len(lean.changed), len(heavy.changed)) >= 1
    assert lean.lost == heavy.lost == 0
