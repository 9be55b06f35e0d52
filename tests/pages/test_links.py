"""A page opened from a link: what the link says, and a working page whatever it says."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from sharing.link import decode, encode
from sharing.presets import PRESETS
from sharing.states import STATES, PoolingKind
from tests.pages.driver import errors, open_app, open_link, page_text, typed
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
    assert error.startswith("input is “four”, but every value must be a number")
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
    app = open_link({"preset": "floor", "height": "1000000", "hieght": "3"})
    assert errors(app) == []
    (warning,) = warnings(app)
    assert warning.splitlines()[2:] == [
        "- `height` is `1000000`, but it goes from 1 to 32: 32 is used.",
        "- `hieght` is `3`, but there is no such parameter: it is left out.",
    ]
    assert app.number_input(key="height").value == 32
    app.run()
    assert warnings(app) == [warning]
    app.number_input(key="height").set_value(5).run()
    assert warnings(app) == []
    assert address(app) == {"v": "1", "preset": "floor"}


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
    assert one == f"- `kernel_height` is {code}, but it goes from 1 to 7: 2 is used."
    assert other == f"- {code} is `1`, but there is no such parameter: it is left out."


def test_what_was_typed_is_no_markup_in_an_error() -> None:
    app = open_link({"values": "typed", "input_values": "*![b](//a.b/c)<i>", "kernel_values": "1"})
    (error,) = errors(app)
    assert error.startswith("input is “\\!”, but every value")  # brackets part numbers


def test_a_link_without_a_page_is_one_to_the_standard_page() -> None:
    app = open_link({"preset": "channels", "stride_height": "2"}, "gallery")
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


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(list(STATES)), queries())
def test_any_link_at_all_opens_a_working_page(page: str, query: Any) -> None:
    query = {name: said for name, said in query.items() if can_be_sent(name, said)}
    app = open_link(query, page)
    errors(app)
    state, problems = decode(page, query)
    assert app.selectbox(key="preset").value == state.preset
    assert len(warnings(app)) == bool(problems)
    assert encode(state) == encode(type(state)(**{name: app.session_state[name] for name in vars(state)}))
    assert "Traceback" not in page_text(app)
