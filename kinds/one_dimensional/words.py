"""What is said of a layer over a sequence: what it does, its output length, and which values are never read."""

from engine import Trace
from kinds.shared.window_words import SIZE_FORMULA, listed, never_read, size_formula, summary_of


def unused_values_sentence(trace: Trace) -> str:
    """Which values of a padded sequence no window reads, counted from 0."""
    unread = trace.axes[1].unused_cells
    return never_read(listed(unread, "value", "values"), len(unread)) if unread else "Every value is read."


def summary(trace: Trace) -> str:
    """What the layer does in one sentence, for a layer that no preset describes."""
    return summary_of(_long(trace.input.shape), _long(trace.output.shape), trace)


def _long(shape: tuple[int, ...]) -> str:
    """A shape (channels, 1, values) in words."""
    channels, _, length = shape
    values = "1 value" if length == 1 else f"{length} values"
    return f"{channels} {'channel' if channels == 1 else 'channels'} of {values}"


def size_text(trace: Trace | None) -> list[str]:
    """The output-length formula as a paragraph; for a layer that works, with its numbers and what is never read."""
    lines = [f"**Output length** = {SIZE_FORMULA}"]
    if trace is not None:
        lines += [size_formula(trace.axes[1]), unused_values_sentence(trace)]
    return ["  \n".join(lines)]
