"""A page opened from a link: what the link says, and a working page whatever it says."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from kinds.links import LINKED, decode
from kinds.pooling.state import PoolingKind
from kinds.registry import PRESETS, STATES
from pages.shared.labels import label_of
from sharing.comparison import ComparisonState, ComparisonView
from sharing.fields import WIDEST, Stops, limits
from sharing.images import ImagesState
from sharing.learning import LearningState
from sharing.stack_text import FORMS, join
from sharing.training import TrainingState, TrainingView
from sharing.upsampling import UpsamplingState
from tests.draws import examples
from tests.pages.driver import errors, open_app, open_link, page_text, texts, typed
from tests.sharing.strategies import queries

NUMBERS = "1 2\n3 four"


def warnings(app: AppTest) -> list[str]:
    return [warning.value for warning in app.warning]


def address(app: AppTest) -> dict[str, Any]:
    """Return the query that the page has written into the address bar, or was opened with."""
    return {name: value if isinstance(value, str) else value[-1] for name, value in app.query_params.items()}


def test_a_link_sets_every_control() -> None:
    app = open_link(
        {"v": "1", "preset": "floor", "kernel_height": "3", "padding": "amount", "padding_height": "2", "bias": "1"}
    )
    assert errors(app) == warnings(app) == []
    assert app.selectbox(key="preset").value == "floor"
    assert [app.number_input(key=name).value for name in ("kernel_height", "kernel_width", "padding_height")] == [
        3,
        2,
        2,
    ]
    assert app.toggle(key="bias").value is True


def test_a_link_to_another_page_sets_its_controls() -> None:
    app = open_link({"v": "1", "preset": "max", "kind": "average", "kernel_height": "1"}, "pooling")
    assert errors(app) == warnings(app) == []
    assert app.selectbox(key="kind").value is PoolingKind.AVERAGE
    assert app.number_input(key="kernel_height").value == 1


def test_typed_values_come_back_letter_for_letter() -> None:
    sizes = {"height": "2", "width": "2", "kernel_height": "1"}
    app = open_link(sizes | {"values": "typed", "input_values": "1 2_3 4", "kernel_values": "*1,  1"})
    assert errors(app) == warnings(app) == []
    assert typed(app, "input") == "1  2\n3  4"
    assert app.session_state["kernel_text"] == "1,  1"


def test_values_that_cannot_be_read_come_back_to_be_corrected() -> None:
    app = open_link({"values": "typed", "input_values": f"*{NUMBERS}", "kernel_values": "1"})
    (error,) = errors(app)
    assert error.startswith(
        "In Input values, input\\[1, 1\\] (row 1, column 1) is “four”, but every value must be a number"
    )
    assert typed(app, "input") == NUMBERS


def test_the_address_follows_every_change() -> None:
    app = open_app()
    assert address(app) == {}  # what a bare address means is on the page already
    app.selectbox(key="preset").set_value("floor").run()
    assert address(app) == {"v": "1", "preset": "floor"}
    app.number_input(key="stride_height").set_value(1).run()
    assert address(app) == {"v": "1", "preset": "floor", "stride_height": "1"}
    app.number_input(key="stride_height").set_value(2).run()
    assert address(app) == {"v": "1", "preset": "floor"}


def test_a_changed_control_counts_though_the_browser_has_not_heard_of_the_last_change_yet() -> None:
    app = open_link({"v": "1", "preset": "floor"})
    app.number_input(key="stride_height").set_value(1).run()
    app.query_params.clear()
    app.query_params["preset"] = "floor"  # the query of before
    app.number_input(key="stride_width").set_value(1).run()
    assert address(app) == {"v": "1", "preset": "floor", "stride_height": "1", "stride_width": "1"}


def test_a_bad_link_is_told_until_something_is_changed() -> None:
    app = open_link({"preset": "floor", "height": "1e6", "hieght": "3"})
    assert errors(app) == []
    (warning,) = warnings(app)
    assert warning.splitlines()[2:] == [
        "- Input height (`height`) is `1e6`, but it goes from 1 to 32: 5 is used.",
        "- `hieght` is `3`, but there is no such parameter: it is left out.",
    ]
    assert app.number_input(key="height").value == 5
    app.run()
    assert warnings(app) == [warning]
    app.number_input(key="height").set_value(6).run()
    assert warnings(app) == []
    assert address(app) == {"v": "1", "preset": "floor", "height": "6"}


@pytest.mark.parametrize(
    "said",
    [
        "<script>alert(1)</script>",
        "![](//example.com/x.png)",
        "[x](javascript:alert(1))",
        "`<img src=x>`",
        "$x$ :smile: :red[x]",
        "\n\n# x\n- y",
    ],
)
def test_nothing_of_a_link_is_markup(said: str) -> None:
    (warning,) = warnings(open_link({"kernel_height": said, said: "1"}))
    (one, other) = warning.splitlines()[2:]
    inside = said.replace("\n", "\ufffd")
    code = f"`` {inside} ``" if "`" in inside else f"`{inside}`"
    assert one == f"- Kernel height (`kernel_height`) is {code}, but it goes from 1 to 7: 2 is used."
    assert other == f"- {code} is `1`, but there is no such parameter: it is left out."


def test_what_was_typed_is_no_markup_in_an_error() -> None:
    app = open_link({"values": "typed", "input_values": "*![b](//a.b/c)<i>", "kernel_values": "1"})
    (error,) = errors(app)
    assert error.startswith(
        "In Input values, input\\[0, 0\\] (row 0, column 0) is “\\!”, but every value"
    )  # brackets part numbers


def test_a_link_without_a_page_is_one_to_the_standard_page() -> None:
    app = open_link({"preset": "channels", "stride_height": "2"}, "home")
    assert app.number_input(key="stride_height").value == 2
    assert app.selectbox(key="preset").value == "channels"


@pytest.mark.parametrize("page", STATES)
def test_a_page_is_found_again_as_it_was_left(page: str) -> None:
    app = open_app(page=page)
    last = list(PRESETS[page])[-1]
    app.selectbox(key="preset").set_value(last).run()
    app.switch_page("pages/gallery.py")
    app.query_params.clear()  # as the list of pages does
    app.run().switch_page(f"pages/{page}.py").run()
    assert app.selectbox(key="preset").value == last
    assert address(app) == {"v": "1", "preset": last}


def can_be_sent(name: str, said: str | list[str]) -> bool:
    """Whether a browser could send this: text in UTF-8, and for each name a value."""
    try:
        return bool("".join([name, *said]).encode() and name and said != [])
    except UnicodeEncodeError:
        return False


def test_the_comparison_page_follows_its_links() -> None:
    app = open_link({"v": "1", "view": "stack", "stack": "*conv 8 3", "input_height": "9", "groups": "x"}, "comparison")
    assert errors(app) == []
    assert len(warnings(app)) == 1
    assert app.session_state["stack"] == "conv 8 3"
    app.number_input(key="input_height").set_value(11).run()
    assert address(app) == {"v": "1", "view": "stack", "stack": "*conv 8 3", "input_height": "11"}


def check_opened(query: Any, page: str) -> None:
    """Open a link, and hold that the page works, says whether all of it was understood, and stands as it was read."""
    app = open_link(query, page)
    errors(app)
    assert "Traceback" not in page_text(app)
    state, problems = decode(page, query)
    assert len(warnings(app)) == bool(problems)
    shown = {name: app.session_state[name] for name in vars(state)}
    # the pages move the input no further than it is wide, and look at no pixel, and no step, beyond the last
    beyond = {"shift": None, "pixel": None, "step": None}
    assert {**vars(state), **beyond} == {**shown, **beyond}
    if page in PRESETS:
        assert app.selectbox(key="preset").value == state.preset


VIEWS = [view.name.lower() for view in ComparisonView]
LINES = st.lists(st.sampled_from([form.example for form in FORMS.values()]) | st.text(max_size=20), max_size=9)


@st.composite
def links(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """Draw a query and a page; to the comparison page with one of its views and a stack, unless the query has them."""
    page, query = draw(st.sampled_from(list(LINKED))), draw(queries())
    if page == "comparison":
        query = {"view": draw(st.sampled_from(VIEWS)), "stack": f"*{join(draw(LINES))}"} | query
    return {name: said for name, said in query.items() if can_be_sent(name, said)}, page


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
@given(links())
def test_any_link_at_all_opens_a_working_page(link: tuple[dict[str, Any], str]) -> None:
    check_opened(*link)


def openings(page: str) -> list[dict[str, str]]:
    """Return links to what a page shows: its views, or its first preset, and its last one with numbers that count."""
    if page == LearningState.page:
        return [{}, {"given": "noise", "wanted": "hidden"}]
    if page == UpsamplingState.page:
        return [{}, {"size": "16", "weights": "random"}]
    if page == TrainingState.page:
        return [*({"view": view.name.lower()} for view in TrainingView), {"run": "own", "view": "digit"}]
    if page == ImagesState.page:
        return [{"kernel": "own", "kernel_values": "1 2 1"}, {"kernel": "gabor", "bank": "gabor-6"}]
    if page not in PRESETS:
        return [{"view": view} for view in VIEWS]
    first, *_, last = PRESETS[page]
    padding = {"padding": "amount"} if hasattr(STATES[page], "padding") else {}
    return [{"preset": first}, {"preset": last, "values": "whole"} | padding]


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, state in LINKED.items() for name in limits(state)])
def test_a_number_at_its_bounds_or_just_beyond_opens_a_working_page(page: str, name: str) -> None:
    bounds = limits(LINKED[page])[name]
    for opening in openings(page):
        for number in (bounds.least, bounds.most):
            check_opened(opening | {name: str(number)}, page)
        for number in (bounds.least - 1, bounds.most + 1):
            state, problems = decode(page, opening | {name: str(number)})
            expected = (bounds.nearest(number), 1) if isinstance(bounds, Stops) else (number, 0)
            assert (getattr(state, name), len(problems)) == expected


WITH_CONTROLS = (
    {"padding": "amount", "padding_mode": "constant", "kernel": "own", "wanted": "hidden", "weights": "random"},
    {"padding": "sides", "values": "whole", "loss": "one-output"},
)
OF_VIEWS: dict[str, tuple[dict[str, str], ...]] = {
    ComparisonState.page: (
        {"view": "stack", "device": "own"},
        {"kind": "transposed"},
        {"kind": "transposed", "apart": "1"},
    ),
    TrainingState.page: ({"view": "digit", "run": "own"},),
    ImagesState.page: (*WITH_CONTROLS, {"kernel": "gabor"}),
}


@pytest.mark.parametrize("page", LINKED)
def test_a_number_out_of_bounds_comes_back_from_the_link_with_what_is_said_of_it(page: str) -> None:
    typed_in = {name: bounds for name, bounds in limits(LINKED[page]).items() if not isinstance(bounds, Stops)}
    for opening in OF_VIEWS.get(page, WITH_CONTROLS):
        app = open_link({name: said for name, said in opening.items() if hasattr(LINKED[page], name)}, page)
        for name in [str(control.key) for control in app.number_input if control.key in typed_in]:
            before, bounds = app.number_input(key=name).value, typed_in.pop(name)
            number = (None, bounds.least - 1, bounds.most + 1, -WIDEST, WIDEST)[len(typed_in) % 5]
            app.number_input(key=name).set_value(number).run()
            opened = open_link(address(app), page)
            assert opened.number_input(key=name).value == number
            assert (errors(opened), texts(opened), warnings(opened)) == (errors(app), texts(app), [])
            assert any(f"{label_of(name)} is " in said for said in (*errors(app), *texts(app)))
            app.number_input(key=name).set_value(before)
    assert not typed_in, "no link opens their controls"
