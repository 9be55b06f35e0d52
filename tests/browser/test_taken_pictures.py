"""Pictures that are taken away show, cell by cell, what is reckoned here from the layer's input and weights alone.

Every preset of every page in every one of its views, at the first, a middle and the last step of each granularity, as
the SVG file has it; and one of them as it is painted.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from engine import LayerError
from pages.shared.playing import Played
from stage.palette import palette
from stage.wire import to_wire
from tests.browser.filled_cells import Convolved, Correlated, Filled, Pooled, Scattered, before_stamps, scattered
from tests.browser.pictures import opened_player
from tests.exports.examples import CASES, Case, played

LIVE = {
    *("kernel", "products", "flipped_kernel", "flipped_products", "partial", "sum", "bias"),
    *("uncropped", "output", "middle", "maps", "flat_output"),
}
"""The roles whose cells fill as the steps go."""

ROLES = sorted(LIVE | {"input"})
COLORS = {theme: palette(theme) for theme in ("light", "dark")}
UNIT = 40
"""Pixels of a cell: room for every number."""


@pytest.fixture(scope="module")
def player(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    first = played("standard", "simplest").stage
    with opened_player(browser, tmp_path_factory.mktemp("player"), first) as page:
        yield page


def shown_by(case: Case) -> Played | None:
    """What a case shows, or None for a matrix that the page refuses as too large."""
    try:
        return case.play()
    except LayerError as error:
        if (error.parameter, error.given) == ("view", "matrix"):
            return None
        raise


def reckoning(case: Case, record: Any) -> Callable[[str, int], dict[int, Filled]]:
    """Return what reckons, for a granularity and a step, what each grid of each layer shows."""
    if case.page == "transposed":
        layer = Scattered(record)
        return lambda granularity, step: {0: scattered(layer, granularity, step)}
    if case.page == "pooling":
        pooled = Pooled(record)
        return lambda granularity, step: {0: pooled.at(granularity, step)}
    if case.page == "gradients":
        return _backward(case, record)
    if case.page != "separable":
        convolved = Convolved(record)
        return lambda granularity, step: {0: _single(convolved.at(granularity, step))}
    first, second = map(Convolved, record)
    if case.view == "pointwise":
        return lambda granularity, step: {0: second.at(granularity, step)}
    return lambda granularity, step: _both(first, second, granularity, step)


def _backward(case: Case, record: Any) -> Callable[[str, int], dict[int, Filled]]:
    forward, stamped = Convolved(record.forward), Scattered(record.stamped)
    correlated = Correlated(record.correlation, record.layer.kernel)
    match case.view:
        case "forward":
            return lambda granularity, step: {0: _single(forward.at(granularity, step))}
        case "weight":
            return lambda granularity, step: {0: _single(correlated.at(granularity, step))}
        case "input":
            return lambda granularity, step: {0: scattered(stamped, granularity, step)}
    return lambda _, step: _there_and_back(forward, correlated, stamped, step)


def _there_and_back(forward: Convolved, correlated: Correlated, stamped: Scattered, step: int) -> dict[int, Filled]:
    """A layer and what makes its gradients, on one timeline, an output a step."""
    found: dict[int, Filled] = {}
    for number, layer in enumerate((forward, correlated)):
        count = layer.count("output")
        found[number] = _single(layer.before() if step < 0 else layer.at("output", min(step, count - 1)))
        step -= count
    return found | {2: before_stamps(stamped) if step < 0 else scattered(stamped, "output", step)}


def _both(first: Convolved, second: Convolved, granularity: str, step: int) -> dict[int, Filled]:
    """Two layers on one timeline: the second begins when the first has made all its maps."""
    count = first.count(granularity)
    is_first = step < count
    shown = (
        first.at(granularity, min(step, count - 1)),
        second.before() if is_first else second.at(granularity, step - count),
    )
    return {0: shown[0], 1: shown[1] | _between(first, second, shown[0])}


def _single(filled: Filled) -> Filled:
    """A picture may have one sum and one bias for the group whose turn it is, and calls it the first."""
    for role in ("sum", "bias"):
        values = [value for key, value in filled.items() if key[0] == role]
        filled[f"the {role}", 0] = next((one for one in values if one != [None]), [None])
    return filled


def _between(first: Convolved, second: Convolved, shown: Filled) -> Filled:
    """The maps between two layers: what the first has made of them, in the padding of the second."""
    rows, columns = second.padded.shape[1:]
    down, across = (rows - first.size[0]) // 2, (columns - first.size[1]) // 2
    found: Filled = {}
    for number in range(first.filters):
        cells: list[float | None] = [0.0] * (rows * columns)
        for position, value in enumerate(shown["output", number]):
            row, column = divmod(position, first.size[1])
            cells[(row + down) * columns + column + across] = value
        found["middle", number] = cells
    return found


def differences(payload: dict[str, Any], cells: dict[str, Any], expected: dict[int, Filled], theme: str) -> list[Any]:
    """Every cell that is not filled as expected, with its color and its number."""
    found, looked = [], set()
    roles = [(one["layer"], one["role"]) for one in payload["grids"]]
    for key, shown in cells.items():
        layer, role, channel = key.split()
        wanted = expected[int(layer)]
        is_single = role in ("sum", "bias") and roles.count((int(layer), role)) == 1
        values = wanted.get((f"the {role}", 0)) if is_single else None
        values = values or wanted.get((role, int(channel)))
        if values is None:
            continue
        looked.add((int(layer), role))
        assert len(values) == len(shown), key
        limits = tuple(payload["layers"][int(layer)]["color_limits"].values())
        for cell, ((fill, text), value) in enumerate(zip(shown, values, strict=True)):
            is_right = (fill, text) == (None, None) if value is None else _is_written(value, text)
            if value is not None and role != "input":
                is_right &= fill in _near(value, limits, theme) or (value == 0 and role == "middle")
            if not is_right:
                found.append((key, cell, fill, text, value))
    assert {one for one in roles if one[1] in LIVE} <= looked
    return found


@cache  # the same few values stand in most of the cells
def _is_written(value: float, text: str | None) -> bool:
    if text is None:
        return False
    number = float(text.replace("−", "-").replace("∞", "inf"))
    return number == pytest.approx(value, rel=5e-4, abs=5.001e-3)


@cache
def _near(value: float, limits: tuple[float, ...], theme: str) -> set[str]:
    """The colors that a value may have: on one of the layer's scales, rounded either way."""
    colors = COLORS[theme]
    middle = len(colors) // 2
    found = set()
    for limit in limits:
        for off in (-1e-6, 0, 1e-6):
            found.add(colors[max(0, min(2 * middle, round(middle + value / limit * middle + off)))])
    return found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_cell_is_filled_as_reckoned(player: Page, case: Case) -> None:
    shown = shown_by(case)
    if shown is None:
        return
    payload = to_wire(shown.stage)
    theme: str = "dark" if len(case.slug) % 2 else "light"
    found = player.evaluate("given => readAll(...given)", [json.dumps(payload), theme, UNIT, ROLES])
    reckon = reckoning(case, shown.record)
    for moment in json.loads(found):
        wrong = differences(payload, moment["cells"], reckon(moment["granularity"], moment["step"]), theme)
        assert wrong == [], (moment["granularity"], moment["step"])
        assert moment["off"] == [], (moment["granularity"], moment["step"])
