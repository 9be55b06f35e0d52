"""What in a link was not understood, as a plain list above the stage."""

from collections.abc import Iterable

import streamlit as st

from pages.shared.plain_text import escaped, quoted
from sharing.link import Problem


def show_problems(problems: Iterable[Problem]) -> None:
    """List what a link says that was not understood, what is allowed, and what was used."""
    lines = [
        f"- {quoted(one.parameter)} is {quoted(one.said)}, but {escaped(one.rule)}: {escaped(one.used)}."
        for one in problems
    ]
    if lines:
        st.warning("\n".join(["Not everything in this link was understood.", "", *lines]))
