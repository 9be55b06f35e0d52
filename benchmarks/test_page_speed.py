"""A run of the page on the server, against a page with the same controls whose stage shows nothing."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from benchmarks.ratio import interleaved

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / "benchmarks/peers/empty_stage.py"
BOUND = 2.0


def opened(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    assert [area.value for area in app.text_area][1].split() == ["1", "0", "2", "1"]
    return app


def report(benchmark: Any, ours: AppTest, peer: AppTest, change: Any, rounds: int) -> float:
    """Time a run of each by turns, after `change` of the page; return ours over the peer's."""

    def run(app: AppTest) -> None:
        change(app)
        app.run()

    measured = interleaved(lambda: run(ours), lambda: run(peer), rounds)
    assert not ours.exception
    assert not peer.exception
    benchmark.extra_info.update(
        ours_ms=measured.ours_ms, peer_ms=measured.peer_ms, ratio=measured.ratio, peer="empty stage"
    )
    benchmark.pedantic(run, args=(ours,), rounds=5)
    return measured.ratio


def test_a_page_run(benchmark: Any) -> None:
    """Nothing has changed: what the page keeps from run to run is there."""
    ours = opened(AppTest.from_file(ROOT / "app.py", default_timeout=60).switch_page("pages/standard.py"))
    peer = opened(AppTest.from_file(PEER, default_timeout=60))
    ratio = report(benchmark, ours, peer, lambda app: None, rounds=60)
    benchmark.extra_info["bound"] = BOUND
    assert ratio <= BOUND


def test_a_page_run_with_new_numbers(benchmark: Any) -> None:
    """Every run has a seed it never had: operands, record and stage are made anew. Told, not bounded."""
    ours = opened(AppTest.from_file(ROOT / "app.py", default_timeout=60).switch_page("pages/standard.py"))
    peer = opened(AppTest.from_file(PEER, default_timeout=60))
    for app in (ours, peer):
        app.selectbox(key="values").select_index(1).run()
    seeds = iter(range(1000))
    report(benchmark, ours, peer, lambda app: app.number_input(key="seed").set_value(next(seeds)), rounds=40)
