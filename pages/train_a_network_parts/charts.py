"""The charts of a run: its losses, how much it reads, and how far its layers have moved."""

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike

from engine.arrays import Floats
from learning.recording import Recording
from pages.shared.charts import BLUE, GREEN, GREY, ORANGE, PURPLE, axis, layout, show_clickable
from pages.shared.late_values import pressed, send_all
from pages.train_a_network_parts.words import rounded

_HEIGHT = 250
_MARGIN = {"l": 56, "r": 12, "t": 6, "b": 44}
_WRITTEN = (0, 4, 10, 19, 29, 36, 45, 57)
"""The checkpoints whose steps are written under a chart: they stand evenly, however far apart their steps are."""
_LOSSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1000)
_NOT_FADED = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}


def show_losses(recording: Recording, checkpoint: int) -> None:
    """Draw the losses of every checkpoint on both sets of pictures; a click chooses a checkpoint."""
    lines = [("those it learns from", GREY, recording.learned_losses), ("held out", BLUE, recording.held_out_losses)]
    alt = f"The loss on held-out pictures: {_course(recording.held_out_losses, checkpoint)}"
    _show_run("training_losses", recording, checkpoint, lines, axis("loss", type="log", tickvals=_LOSSES), alt)


def show_accuracies(recording: Recording, checkpoint: int) -> None:
    """Draw how many pictures of both sets every checkpoint reads right, in percent; a click chooses a checkpoint."""
    unseen, seen = 100 * recording.accuracies, 100 * recording.learned_accuracies
    lines = [("those it learns from", GREY, seen), ("held out", BLUE, unseen)]
    alt = f"Held-out pictures read right, in percent: {_course(unseen, checkpoint)}"
    yaxis = axis("read right, %", range=[0, 103])
    _show_run("training_accuracies", recording, checkpoint, lines, yaxis, alt)


def show_moved(recording: Recording, checkpoint: int) -> None:
    """Draw how far the weights of each layer are from their start, beside how large they were; in percent."""
    names = [name for name in recording.moved if name.endswith("weight")]
    titles = zip(("first layer", "second layer", "linear layer"), (BLUE, GREEN, PURPLE), names, strict=True)
    lines = [(title, colour, 100 * recording.moved[name]) for title, colour, name in titles]
    words = "; ".join(f"{title}: {_course(values, checkpoint)}" for title, _, values in lines)
    lines.reverse()  # the first layer is drawn last, and has the mark
    yaxis = axis("moved, %", rangemode="tozero")
    alt = f"How far the weights are from their start, in percent. {words}"
    _show_run("training_moved", recording, checkpoint, lines, yaxis, alt)


def _course(values: Floats, checkpoint: int) -> str:
    """Where a line begins, has its mark, and ends."""
    start, here, end = (rounded(values[at]) for at in (0, checkpoint, -1))
    return f"{start} at the start, {here} at the mark, {end} at the end"


def _show_run(
    key: str,
    recording: Recording,
    checkpoint: int,
    lines: list[tuple[str, str, Floats]],
    yaxis: dict[str, Any],
    alt: str,
) -> None:
    """Draw lines over the checkpoints, with a mark on the last of them where the chosen checkpoint is."""
    texts = [f"after {step} steps" for step in recording.steps]
    places = list(range(len(texts)))

    def points(title: str, xs: list[int], values: ArrayLike, **more: Any) -> dict[str, Any]:
        hover = f"%{{text}}<br>{title}: %{{y:.3g}}<extra></extra>"
        shown = {"x": xs, "y": np.asarray(values).tolist(), "text": [texts[x] for x in xs], "hovertemplate": hover}
        return {"type": "scatter", **shown, **more, **_NOT_FADED}

    data = [
        points(title, places, values, mode="lines+markers", line={"color": colour, "width": 2}, marker={"size": 4})
        for title, colour, values in lines
    ]
    title, _, values = lines[-1]
    mark = {"color": ORANGE, "size": 12, "line": {"color": "white", "width": 2}}
    data.append(points(title, [checkpoint], values[[checkpoint]], mode="markers", marker=mark))
    written = [str(recording.steps[place]) for place in _WRITTEN]
    xaxis = axis("steps taken", tickvals=_WRITTEN, ticktext=written, tickangle=0)

    def choose() -> None:
        chosen = st.session_state[key]["selection"]["points"]
        if chosen:
            send_all({"checkpoint": round(chosen[0]["x"])})

    show_clickable(key, data, layout(_HEIGHT, xaxis, yaxis, margin=_MARGIN), alt, pressed(choose))
