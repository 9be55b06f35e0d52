"""The charts of a run: its losses, and the bowl of the loss over two weights with the path in it."""

from math import ceil, isfinite, log10
from typing import Any

import numpy as np
import streamlit as st

from engine import Run
from engine.arrays import Floats
from pages.learn_a_kernel_parts.words import loss_text
from pages.shared.charts import BLUE, GREEN, GREY, ORANGE, axis, layout, show, show_clickable
from pages.shared.late_values import pressed, send_all
from stage.number_text import write_short

_HEIGHT = 290
_NOT_FADED = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
"""Of what is clicked, the others stay as they are: the chosen step has a mark of its own."""
_LINES = 41
"""So many points along each side of the bowl are reckoned."""
_RINGS = 14
_MOST_MARKS = 6
_NARROWEST = 0.7
"""The shorter side of the bowl is at least so much of the longer one."""
_FURTHEST = 3.0
"""A path that leaves the bowl is shown as far as this many times the start's distance."""
_LEAST_LOSS = 1e-12
"""Losses below it are rounding: they stand at the foot of a logarithmic axis."""


def show_losses(run: Run, number: int) -> None:
    """Draw the loss before each step and after the last one; the chosen step, counted from 1, is marked.

    A click on a loss chooses the step that begins there.
    """
    losses = [max(loss, _LEAST_LOSS) for loss in run.losses]
    steps = list(range(len(losses)))
    at = number - 1
    hover = "after %{x} steps: loss %{text}<extra></extra>"
    texts = [loss_text(loss) for loss in run.losses]
    least = run.task.loss(run.task.best_weight)
    data: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": steps,
            "y": losses,
            "text": texts,
            "line": {"color": BLUE, "width": 2},
            "marker": {"size": 5},
            "hovertemplate": hover,
            **_NOT_FADED,
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [at],
            "y": [losses[at]],
            "text": [texts[at]],
            "marker": {"color": ORANGE, "size": 12, "line": {"color": "white", "width": 2}},
            "hovertemplate": hover,
            **_NOT_FADED,
        },
    ]
    if least > 1e-9:
        line = {"color": GREEN, "width": 1, "dash": "dot"}
        ends = {"x": [0, steps[-1]], "y": [least, least]}
        words = f"the least that any kernel has: {loss_text(least)}<extra></extra>"
        data.append({"type": "scatter", "mode": "lines", "line": line, "hovertemplate": words} | ends)
    chart_layout = layout(
        _HEIGHT,
        axis("steps taken", dtick=max(1, len(steps) // 10)),
        axis("loss", type="log", exponentformat="power", dtick=_tick(losses)),
        margin={"l": 62, "r": 12, "t": 6, "b": 44},
    )
    words = f"The loss over the steps: {texts[0]} at the start, {texts[-1]} after {steps[-1]}, {texts[at]} at the mark"

    def choose() -> None:
        points = st.session_state["losses"]["selection"]["points"]
        if points:
            send_all({"step": min(round(points[0]["x"]) + 1, len(run.steps))})

    show_clickable("losses", data, chart_layout, words, pressed(choose))


def _tick(losses: list[float]) -> int | str:
    """How far apart the marks of a logarithmic axis stand, in powers of ten, so that there are a few."""
    decades = log10(max(losses) / min(losses))
    return "D2" if decades < 1 else ceil(decades / _MOST_MARKS)


def moving_weights(run: Run) -> tuple[int, int]:
    """Return the two weights of a run that move furthest, by their places in `weight.ravel()`; equal ones in order."""
    moved = np.abs(run.weights.reshape(len(run.weights), -1) - run.task.best_weight.ravel()).max(axis=0)
    first, second = sorted(np.argsort(-moved.round(12), kind="stable")[:2].tolist())
    return first, second


def show_bowl(run: Run, number: int, names: list[str]) -> None:
    """Draw rings of equal loss over the two weights that move furthest, and the path; other weights as at this step.

    Of a kernel with one weight, draw the loss over that.
    """
    if len(names) == 1:
        _show_curve(run, number, names[0])
        return
    pair = moving_weights(run)
    path = run.weights.reshape(len(run.weights), -1)
    here, best = path[number - 1], run.task.best_weight.ravel()
    sides = _widened([_side(path[:, one], float(best[one])) for one in pair])
    xs, ys = (np.linspace(*side, _LINES) for side in sides)
    shown = path[:, pair]
    inside = shown.clip([side[0] for side in sides], [side[1] for side in sides])
    leaves = np.flatnonzero((inside != shown).any(axis=1))
    last = int(leaves[0]) + 1 if leaves.size else len(path)
    x_name, y_name = names[pair[0]], names[pair[1]]
    texts = [f"after {step} steps: loss {loss_text(loss)}" for step, loss in enumerate(run.losses)]
    data = [
        {
            "type": "contour",
            "x": xs.tolist(),
            "y": ys.tolist(),
            "z": _roots(run, here, pair, xs, ys).tolist(),
            "ncontours": _RINGS,
            "contours": {"coloring": "none"},
            "line": {"color": GREY, "width": 1},
            "showscale": False,
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": inside[:last, 0].tolist(),
            "y": inside[:last, 1].tolist(),
            "text": texts[:last],
            "line": {"color": BLUE, "width": 2},
            "marker": {"size": 6},
            "hovertemplate": f"%{{text}}<br>{x_name} = %{{x:.3g}}, {y_name} = %{{y:.3g}}<extra></extra>",
        },
        _mark("the best kernel", best[list(pair)], GREEN, "x"),
    ]
    if number - 1 < last:
        data.append(_mark("before this step", inside[number - 1], ORANGE, "circle"))
    chart_layout = layout(
        _HEIGHT,
        axis(x_name, range=list(sides[0]), constrain="domain"),
        axis(y_name, range=list(sides[1]), scaleanchor="x", constrain="domain"),
        margin={"l": 56, "r": 12, "t": 6, "b": 44},
    )
    ends = f"from {x_name} = {write_short(shown[0, 0])}, {y_name} = {write_short(shown[0, 1])}"
    goal = f"the best kernel is at {write_short(float(best[pair[0]]))}, {write_short(float(best[pair[1]]))}"
    show("bowl", data, chart_layout, f"Rings of equal loss over two weights, and the path of the run {ends}; {goal}")


def _show_curve(run: Run, number: int, name: str) -> None:
    path, best = run.weights.ravel(), run.task.best_weight.ravel()
    side = _side(path, float(best[0]))
    last = next((at for at, value in enumerate(path) if not side[0] <= value <= side[1]), len(path))
    xs = np.linspace(*side, _LINES)
    shape = run.task.layer.weight_shape
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": xs.tolist(),
            "y": [run.task.loss(np.full(shape, x)) for x in xs],
            "line": {"color": GREY, "width": 1},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": path[:last].tolist(),
            "y": list(run.losses[:last]),
            "line": {"color": BLUE, "width": 2},
            "marker": {"size": 6},
            "hovertemplate": f"{name} = %{{x:.3g}}: loss %{{y:.3g}}<extra></extra>",
        },
        _mark("the best kernel", np.array([best[0], run.task.loss(run.task.best_weight)]), GREEN, "x"),
    ]
    if number - 1 < last:
        data.append(_mark("before this step", np.array([path[number - 1], run.losses[number - 1]]), ORANGE, "circle"))
    chart_layout = layout(
        _HEIGHT, axis(name, range=list(side)), axis("loss"), margin={"l": 62, "r": 12, "t": 6, "b": 44}
    )
    words = f"The loss over the one weight, from {name} = {write_short(path[0])} to {write_short(float(best[0]))}"
    show("bowl", data, chart_layout, words)


def _side(values: Floats, best: float) -> tuple[float, float]:
    """What of a weight is shown: its path and its goal, as far as they do not lead away."""
    reach = _FURTHEST * max(abs(float(values[0]) - best), 0.3)
    shown = [value for value in values.tolist() if isfinite(value) and abs(value - best) <= reach]
    low, high = min(best, *shown), max(best, *shown)
    room = 0.15 * max(high - low, 0.5)
    return low - room, high + room


def _widened(sides: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Both sides about equally long: they are drawn to one scale, and a narrow bowl would show no rings."""
    least = _NARROWEST * max(high - low for low, high in sides)
    rooms = [max(0.0, least - (high - low)) / 2 for low, high in sides]
    return [(low - room, high + room) for (low, high), room in zip(sides, rooms, strict=True)]


def _roots(run: Run, here: Floats, pair: tuple[int, int], xs: Floats, ys: Floats) -> Floats:
    """The root of the loss over two weights: its rings stand apart evenly, where those of the loss crowd outside.

    The error is linear in the weights, so the loss is a sum of products of three errors: the one here, and what each of
    the two weights adds to it.
    """
    task, shape = run.task, run.task.layer.weight_shape
    units = np.eye(here.size)[list(pair)]
    error = (task.output(here.reshape(shape)) - task.wanted).ravel()
    along_x, along_y = (task.output(unit.reshape(shape)).ravel() for unit in units)
    x, y = np.meshgrid(xs - here[pair[0]], ys - here[pair[1]])
    squares = error @ error + x**2 * (along_x @ along_x) + y**2 * (along_y @ along_y)
    mixed = x * (error @ along_x) + y * (error @ along_y) + x * y * (along_x @ along_y)
    roots: Floats = np.sqrt((squares + 2 * mixed).clip(0))
    return roots


def _mark(name: str, at: Floats, colour: str, symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(at[0])],
        "y": [float(at[1])],
        "marker": {"color": colour, "symbol": symbol, "size": 12, "line": {"color": "white", "width": 1}},
        "hovertemplate": f"{name}: %{{x:.3g}}, %{{y:.3g}}<extra></extra>",
    }
