"""A run of the page on the server, against a page with the same controls whose stage shows nothing."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from benchmarks.ratio import interleaved

ROOT = Path(__file__).resolve().parents[1]
BOUND = 2.0

# The same sidebar, text areas and stage, with nothing recorded, drawn or explained.
PEER = """
import streamlit as st
from pages.shared.layer_controls import choose_layer, choose_view
from pages.shared.session_state import load
from pages.shared.value_editor import show_values
from kinds.registry import PRESETS, SPECS
from kinds.standard.state import StandardState, StandardView
from sharing.values import operands
from stage.component import OnStage, show_stage
from stage.model import Surroundings

if "preset" not in st.session_state:
    load(PRESETS["standard"]["simplest"].state)
state = choose_layer(StandardState, SPECS["standard"].control_rows)
if "peer_operands" not in st.session_state:
    st.session_state.peer_operands = operands(state)
st.markdown("#### Standard convolution")
choose_view({view: view.value for view in StandardView})
show_stage({"problem": ""}, Surroundings(), "peer_stage", OnStage(*3 * [lambda: None]))
show_values(state, st.session_state.peer_operands)
"""


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
    peer = opened(AppTest.from_string(PEER))
    ratio = report(benchmark, ours, peer, lambda app: None, rounds=60)
    benchmark.extra_info["bound"] = BOUND
    assert ratio <= BOUND


def test_a_page_run_with_new_numbers(benchmark: Any) -> None:
    """Every run has a seed it never had: operands, record and stage are made anew. Told, not bounded."""
    ours = opened(AppTest.from_file(ROOT / "app.py", default_timeout=60).switch_page("pages/standard.py"))
    peer = opened(AppTest.from_string(PEER))
    for app in (ours, peer):
        app.selectbox(key="values").select_index(1).run()
    seeds = iter(range(1000))
    report(benchmark, ours, peer, lambda app: app.number_input(key="seed").set_value(next(seeds)), rounds=40)
