"""What in a link was not understood, as a plain list above the stage, and what no link can say."""

import streamlit as st

from pages.shared.address import Link
from pages.shared.labels import is_labelled, label_of
from pages.shared.plain_text import escaped_part, quoted
from sharing.link import LONGEST_QUERY

TOO_LONG = (
    f"What was typed is too long for a link, which holds {LONGEST_QUERY:,} characters: a reload will lose it. "
    "Shorter numbers fit, or download the page to keep it."
)


def show_problems(link: Link) -> None:
    """List what a link says that was not understood, what is allowed, and what was used; or that there is no link."""
    place = st.container()  # always: what stands below keeps its own, and the browser need not make it anew
    if not link.is_written:
        place.warning(TOO_LONG)
    lines = [f"- {one.sentence(quote=quoted, name=_named, plain=escaped_part)}" for one in link.problems]
    if lines:
        place.warning("\n".join(["Not everything in this link was understood.", "", *lines]))


def _named(parameter: str) -> str:
    """A parameter of a link, after the label of the control that shows it, where there is one."""
    field = parameter.replace("_values", "_text")
    return f"{label_of(field)} ({quoted(parameter)})" if is_labelled(field) else quoted(parameter)
