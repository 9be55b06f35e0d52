"""Collect what the benchmarks measured, and print it as one table at the end.

A benchmark against a peer puts ours_ms, peer_ms, ratio, bound and peer into `benchmark.extra_info`. One that measures
something else (steps a second, bytes) puts measured, unit and bound into the dict `measurement`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from benchmarks import peers
from tests.browser import driver

ROWS = pytest.StashKey[list[tuple[str, str, dict[str, Any]]]]()
HEADER = ("benchmark", "ours", "peer", "ratio", "bound", "")


@pytest.fixture
def measurement() -> dict[str, Any]:
    """Return the dict that takes what was measured: keys measured, unit and bound."""
    return {}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, driver.browser_or_skip(playwright) as started:
        yield started


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return where the app is served."""
    with driver.start_server() as server:
        yield server.url


@pytest.fixture(scope="module")
def bare() -> Iterator[str]:
    """Return where a page of Streamlit's with one slider is served."""
    with driver.start_server("slider.py", root=Path(peers.__file__).parent) as server:
        yield server.url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if call.when == "call":
        used = getattr(item, "funcargs", {})
        info = {**getattr(used.get("benchmark"), "extra_info", {}), **used.get("measurement", {})}
        if info:
            outcome = getattr(report, "wasxfail", report.outcome)
            item.config.stash.setdefault(ROWS, []).append((item.name, outcome, info))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows = [HEADER, *(_row(*row) for row in config.stash.get(ROWS, []))]
    if len(rows) == 1:
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    terminalreporter.section("benchmarks")
    for row in rows:
        first, *others, last = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        numbers = (cell.strip().rjust(len(cell)) for cell in others)
        terminalreporter.write_line("  ".join((first, *numbers, last)).rstrip())


def _row(name: str, outcome: str, info: dict[str, Any]) -> tuple[str, ...]:
    name = name.removeprefix("test_")
    verdict = "" if outcome == "passed" else outcome
    if "measured" in info:
        unit = info.get("unit", "")
        ours, peer = f"{_number(info['measured'])} {unit}", ""
    else:
        ours = f"{_number(info.get('ours_ms'))} ms"
        peer = f"{info.get('peer', '')} {_number(info.get('peer_ms'))} ms".strip()
    return name, ours, peer, _number(info.get("ratio")), _number(info.get("bound")), verdict


def _number(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else "" if value is None else str(value)
