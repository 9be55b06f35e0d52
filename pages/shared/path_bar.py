"""The bar of a path: which step this is, what to see there, and the ways to the steps before and after it."""

from typing import Any, Literal

import streamlit as st

from kinds.links import decode
from pages.shared.address import is_presenting
from pages.shared.late_values import pressed
from pages.shared.session_state import load
from sharing.comparison import ComparisonState
from sharing.link import PRESENT, State
from sharing.page_state import PageState
from sharing.paths import PathPlace

STEP = "**{title}**, {number} of {steps}. {sentence}"
RIGHT = "Yes. {why}"
WRONG = "Not quite. {why}"
ALL_RIGHT = "You have answered all questions before this one right."
LOOK_AGAIN = "Worth another look: {missed} of the {asked} questions before this one"
QUESTION = "{number}. {question}"
CHANGED = "**{title}**, {number} of {steps}. You have changed this layer."


def current_place() -> PathPlace | None:
    """Where this visitor is on a path, if on one."""
    place: PathPlace | None = st.session_state.get("path_place")
    return place


def show_path_bar(state: State) -> None:
    """Show the step of the path that this visitor is on, with its ways on; nothing where there is none."""
    leaving_for: PathPlace | None = st.session_state.pop("leaving_for", None)
    if leaving_for is not None:
        query = leaving_for.query | ({PRESENT: "1"} if is_presenting() else {})
        st.switch_page(f"pages/{leaving_for.step.page}.py", query_params=query)
    bar, place = st.container(), current_place()  # where there is nothing in it, what stands below keeps its place
    if place is None:
        return
    with bar.container(key="path"):
        is_as_it_was = is_at(place, state)
        steps = len(place.path.steps)
        words = (STEP if is_as_it_was else CHANGED).format(
            title=place.path.title, number=place.number, steps=steps, sentence=place.step.sentence
        )
        st.progress(place.number / steps)
        st.markdown(words)
        if place.step.answers:
            _ask(place)
        with st.container(horizontal=True, vertical_alignment="center"):
            before, after = place.before(), place.after()
            _way("Previous lesson", ":material/arrow_back:", before)
            if after is None:
                st.page_link("pages/home.py", label="Choose another path", icon=":material/route:")
            else:
                _way("Next lesson", ":material/arrow_forward:", after, "primary")
            if not is_as_it_was:
                _way("Back to this lesson", ":material/undo:", place)
            st.button("Leave the path", type="tertiary", on_click=pressed(_leave))


def _ask(place: PathPlace) -> None:
    """Offer the answers of a question; say of the one that is chosen why it is right or wrong. It can be changed."""
    step = place.step
    answers = {answer.text: answer for answer in step.answers}
    chosen = st.radio(
        "Your answer",
        list(answers),
        index=None,
        key=_key(place),
        horizontal=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    if chosen in answers:
        answer = answers[chosen]
        (st.success if answer == step.right else st.warning)(
            (RIGHT if answer == step.right else WRONG).format(why=answer.why)
        )
        if place.after() is None:
            _show_missed(place)


def _show_missed(last: PathPlace) -> None:
    """At the end: the questions before the last that were answered wrong, or not at all, with their links."""
    before = [PathPlace(last.path, number) for number in range(1, last.number)]
    missed = [place for place in before if st.session_state.get(_key(place)) != place.step.right_text]
    if not missed:
        st.markdown(ALL_RIGHT)
        return
    with st.expander(LOOK_AGAIN.format(missed=len(missed), asked=len(before))):
        for place in missed:
            label = QUESTION.format(number=place.number, question=place.step.sentence)
            st.page_link(f"pages/{place.step.page}.py", label=label, query_params=place.query)


def _key(place: PathPlace) -> str:
    return f"answer_{place.path.slug}_{place.number}"


def is_at(place: PathPlace, state: State) -> bool:
    """Whether a page shows just what a step asks for."""
    return place.step.page == state.page and bool(shown_at(place) == state)


def shown_at(place: PathPlace) -> PageState | ComparisonState:
    """Return what a step shows."""
    state: PageState | ComparisonState
    state, _ = decode(place.step.page, place.step.query)
    return state


def _way(label: str, icon: str, place: PathPlace | None, type: Literal["primary", "secondary"] = "secondary") -> None:
    st.button(label, icon=icon, type=type, disabled=place is None, on_click=pressed(lambda: _go(place)))


def step_lesson(place: PathPlace, by: Any) -> None:
    """Open the step after a place (1), or the one before (-1); after the last one, and before the first, none."""
    if by in (1, -1):
        _go(place.after() if by == 1 else place.before())


def _go(place: PathPlace | None) -> None:
    """Open a step: on this page by its controls; another page is opened by its link, in the run that follows."""
    if place is None:
        return
    if st.session_state["page"] != place.step.page:
        st.session_state["leaving_for"] = place
        return
    load(shown_at(place))
    st.session_state["path_place"] = place


def _leave() -> None:
    st.session_state["path_place"] = None
