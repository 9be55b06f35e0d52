"""A browser that has not heard of the last run repeats what its controls said before it: nothing is undone or lost.

What the page has set since stands, what somebody has changed since counts, and no label or number crashes the page.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kinds.registry import PRESETS
from sharing.comparison import ComparisonView
from sharing.examples import JOBS, STACKS
from sharing.stack_text import FORMS
from tests.pages.driver import PATIENCE, Sent, errors, open_app, open_link, send, sent_by

STACK = {"v": "1", "view": "stack"}
# A preset of each page that sets many fields, and that any field may be changed in.
CHOSEN = {
    "standard": "channels",
    "grouped": "depthwise",
    "separable": "depth-multiplier",
    "transposed": "output-padding",
    "pooling": "padding-counted",
    "one_dimensional": "channels",
    "three_dimensional": "channels",
    "gradients": "one-output",
}
DERIVED = {"depth_multiplier_control": "out_channels", "view_control": "view"}
"""Controls that are no field, and the field that each of them changes."""


def other(kind: str, value: Any) -> Any:
    """Another value of a control, where any will do."""
    return not value if kind == "bool_value" else value + 1


def keys(sent: Sent) -> Iterator[tuple[str, str]]:
    """Each control with a key, and how its value is sent; not the texts of the stage, which have tests of their own."""
    for state in sent.controls.widgets:
        key, kind = state.id.rsplit("-", 1)[-1], str(state.WhichOneof("value"))
        if key != "None" and not key.endswith("_area") and kind not in ("trigger_value", "None"):
            yield key, kind


def value_of(sent: Sent, key: str, kind: str) -> Any:
    (state,) = (state for state in sent.controls.widgets if state.id.endswith(f"-{key}"))
    return getattr(state, kind).data[0] if kind.endswith("_array_value") else getattr(state, kind)


def fields(app: AppTest, page: str) -> dict[str, Any]:
    """The page's fields as it holds them, without the texts that were typed."""
    state = next(iter(PRESETS[page].values())).state
    return {name: app.session_state[name] for name in asdict(state) if not name.endswith("_text")}


def choose_unheard(page: str) -> tuple[AppTest, Sent, dict[str, Any]]:
    """Choose a preset; return the page, what its browser says until it hears of it, and what the page holds."""
    app = open_app(page=page)
    sent = sent_by(app).having("preset", PRESETS[page][CHOSEN[page]].title)
    send(app, sent)
    assert errors(app) == []
    return app, sent, fields(app, page)


@pytest.mark.parametrize("page", PRESETS)
def test_a_change_that_comes_before_a_preset_was_heard_of_is_the_only_one(page: str) -> None:
    app, sent, held = choose_unheard(page)
    title, opened = PRESETS[page][CHOSEN[page]].title, sent
    for key, kind in keys(sent):
        if kind in ("string_value", "string_array_value"):
            continue
        changed = opened.having(key, other(kind, value_of(opened, key, kind)))
        send(app, changed)
        assert not app.exception, key
        name = DERIVED.get(key, key)
        now = fields(app, page)
        assert {one for one in held if now[one] != held[one]} <= {name}, key
        if key not in DERIVED and key in held:
            assert now[key] == value_of(changed, key, kind)
            assert app.session_state[key] == now[key]
            # The browser is told, because what the preset had is still on its way there.
            for control in (control for control in app.number_input if control.key == key and now[key] != held[key]):
                assert (control.proto.set_value, control.proto.value) == (True, now[key])
        # Heard of at last, and then back to before the preset.
        send(app, sent_by(app))
        send(app, sent_by(app).having("preset", PRESETS[page][next(iter(PRESETS[page]))].title))
        send(app, sent := sent_by(app).having("preset", title))
        opened = sent


@pytest.mark.parametrize("page", PRESETS)
def test_a_label_that_no_option_has_changes_nothing(page: str) -> None:
    app, sent, held = choose_unheard(page)
    for key, kind in keys(sent):
        if kind in ("string_value", "string_array_value"):
            send(app, sent := sent.having(key, "no such option"))
            assert not app.exception, key
            assert fields(app, page) == held, key
            if key in held:
                assert app.session_state[key] == held[key]


@pytest.mark.parametrize("page", PRESETS)
def test_a_text_typed_before_a_preset_was_heard_of_is_not_lost(page: str) -> None:
    app, sent, held = choose_unheard(page)
    send(app, sent.having("input_area", "7"))
    assert not app.exception
    assert app.session_state["input_text"] == "7"
    assert {name for name, value in fields(app, page).items() if value != held[name]} <= {
        "values", "depth", "height", "width", "length", "in_channels",
    }  # fmt: skip


def test_a_number_that_goes_there_and_back_quickly_is_back() -> None:
    app = open_app()
    sent = sent_by(app)
    send(app, sent.having("height", 5))
    send(app, sent.having("height", 6))
    send(app, sent.having("height", 4))
    assert app.number_input(key="height").value == 4


def test_a_preset_is_not_undone_by_what_follows_it_however_often() -> None:
    app, sent, held = choose_unheard("standard")
    for seed in range(3):
        send(app, sent.having("stride_height", 2 + seed % 2))
        assert fields(app, "standard") == held | {"stride_height": 2 + seed % 2}


def test_the_groups_stay_where_the_label_of_another_run_comes_late() -> None:
    """3 is called depthwise as long as there are three channels; unknown labels fell back to 1."""
    app = open_app("depthwise", "grouped")
    assert app.select_slider(key="groups").options[-1] == "3 (depthwise)"
    sent = sent_by(app).having("in_channels", 6)
    send(app, sent)
    assert app.session_state["groups"] == 3
    assert app.select_slider(key="groups").options[-1] == "3"  # out of 6 and 3 channels
    send(app, sent.having("stride_height", 2))
    assert not app.exception
    assert (app.session_state["groups"], app.session_state["in_channels"]) == (3, 6)
    send(app, sent.having("groups", "1").having("stride_height", 2))
    assert app.session_state["groups"] == 1


def test_an_edit_of_a_job_that_comes_before_its_example_was_heard_of_counts() -> None:
    app = open_link({"v": "1"}, "comparison")
    example = JOBS["narrow"]
    sent = sent_by(app).having("example", example.title)
    send(app, sent)
    send(app, sent.having("kernel_size", 5))
    assert errors(app) == []
    assert {name: app.session_state[name] for name in example.fields} == example.fields | {"kernel_size": 5}
    assert app.selectbox(key="example").value is None


def test_the_second_of_two_examples_is_kept_by_a_change_that_has_heard_of_the_first() -> None:
    app = open_link({"v": "1"}, "comparison")
    first, second = JOBS["narrow"], JOBS["dilated"]
    opened = sent_by(app)
    send(app, opened.having("example", first.title))
    heard = sent_by(app)
    send(app, opened.having("example", second.title))
    send(app, heard.having("measure", "intensity"))
    assert errors(app) == []
    assert {name: app.session_state[name] for name in second.fields} == second.fields
    assert (app.selectbox(key="example").value, app.session_state["measure"]) == ("dilated", "intensity")


@pytest.mark.parametrize("view", ComparisonView)
def test_labels_and_numbers_of_the_comparison_never_crash_it(view: ComparisonView) -> None:
    app = open_link({"v": "1", "view": view.value}, "comparison")
    sent = sent_by(app)
    for key, kind in keys(sent):
        if kind in ("string_value", "string_array_value"):
            send(app, sent.having(key, "no such option"))
        else:
            send(app, sent.having(key, other(kind, value_of(sent, key, kind))))
        assert not app.exception, key


def test_a_layer_is_added_once() -> None:
    app = open_link(STACK, "comparison")
    sent = sent_by(app)
    lines = app.session_state["stack"].split("; ")
    form = next(iter(FORMS.values())).example
    added = Sent(sent.controls, sent.query).having("stack_added", form)
    send(app, added)
    assert app.session_state["stack"].split("; ") == [lines[0], form, *lines[1:]]
    send(app, added.having("input_height", 29))
    assert not app.exception
    assert app.session_state["stack"].split("; ") == [lines[0], form, *lines[1:]]
    assert app.session_state["input_height"] == 29


def press_late(app: AppTest, sent: Sent, label: str) -> None:
    """Press a button in a browser that says what it said before."""
    (button,) = (button for button in app.button if button.label == label)
    pressed = Sent(type(sent.controls)(), sent.query)
    pressed.controls.CopyFrom(sent.controls)
    for state in pressed.controls.widgets:
        if state.id == button.id:
            state.trigger_value = True
    send(app, pressed)


@pytest.mark.parametrize(
    ("buttons", "at", "expected"),
    [
        (["Up", "Up"], 1, "bacd"),
        (["Down", "Down"], 2, "abdc"),
        (["Up", "Up"], 3, "adbc"),
        (["Remove line", "Remove line"], 3, "ab"),
        (["Remove line"] * 6, 0, ""),
        (["Down", "Remove line", "Up"], 0, "cbd"),
    ],
)
def test_buttons_pressed_before_the_page_was_heard_of_are_for_the_line_that_is_chosen(
    buttons: list[str], at: int, expected: str
) -> None:
    layers = {"a": "conv 1 3", "b": "conv 2 3", "c": "conv 3 3", "d": "relu"}
    app = open_link(STACK | {"stack": "; ".join(layers.values())}, "comparison")
    app.selectbox(key="stack_line").set_value(at).run()
    sent = sent_by(app)
    for label in buttons:
        press_late(app, sent, label)
        assert not app.exception
    found = [line for line in app.session_state["stack"].split("; ") if line]
    assert found == [layers[name] for name in expected]


@pytest.mark.parametrize("page", PRESETS)
def test_a_button_pressed_when_only_the_address_was_heard_of_types_no_text(page: str) -> None:
    """The texts still show the smaller input. Nobody has typed them, and the size does not follow them."""
    app = open_app(page=page)
    size = "length" if page == "one_dimensional" else "width"
    wider = sent_by(app).having(size, app.session_state[size] + 1)
    send(app, wider)
    held = fields(app, page)
    press_late(app, Sent(wider.controls, sent_by(app).query), "Check against PyTorch")
    assert not app.exception
    assert fields(app, page) == held


@pytest.mark.parametrize("page", PRESETS)
def test_a_button_pressed_when_of_the_second_of_two_changes_only_the_address_was_heard_of_types_no_text(
    page: str,
) -> None:
    """The texts show what the first change made of them: nobody has typed that either."""
    app = open_app(page=page)
    size = "length" if page == "one_dimensional" else "width"
    wider = sent_by(app).having(size, app.session_state[size] + 1)
    send(app, wider)
    first = sent_by(app)
    send(app, wider.having(size, app.session_state[size] + 1))
    held = fields(app, page)
    press_late(app, Sent(first.having(size, held[size]).controls, sent_by(app).query), "Check against PyTorch")
    assert not app.exception
    assert fields(app, page) == held


def test_the_label_of_a_line_that_has_changed_is_still_that_line() -> None:
    app = open_link(STACK, "comparison")
    app.selectbox(key="stack_line").set_value(1).run()
    sent = sent_by(app)
    app.text_area(key="stack_area").set_value("conv 4 3\nmaxpool 2\nconv 8 3").run()
    send(app, sent)
    assert errors(app) == []
    assert app.selectbox(key="stack_line").value == 1
    send(app, sent.having("stack_area", "conv 4 3\nmaxpool 3\nconv 8 3"))
    assert errors(app) == []
    assert app.text_area(key="stack_area").value == "conv 4 3\nmaxpool 3\nconv 8 3"
    assert app.session_state["stack"] == "conv 4 3; maxpool 3; conv 8 3"


def test_a_label_that_no_line_had_chooses_none() -> None:
    app = open_link(STACK, "comparison")
    app.selectbox(key="stack_line").set_value(2).run()
    send(app, sent_by(app).having("stack_line", "99: nothing"))
    assert errors(app) == []
    assert app.selectbox(key="stack_line").value == 2


def test_the_title_of_an_example_of_another_view_loads_nothing() -> None:
    app = open_link({"v": "1"}, "comparison")
    title = app.selectbox(key="example").options[1]
    assert not [one for one in STACKS.values() if one.title == title]
    app.session_state["view"] = ComparisonView.STACK
    app.run()
    before = app.session_state["stack"]
    send(app, sent_by(app).having("example", title))
    assert errors(app) == []
    assert app.session_state["stack"] == before


def test_a_preset_chosen_on_a_page_that_was_left_meanwhile_changes_nothing() -> None:
    def choose() -> None:
        import streamlit as st

        from pages.shared import layer_controls

        st.session_state["preset"] = "max"  # of the pooling page, which the visitor is on by now
        layer_controls._on_preset("standard")

    run = AppTest.from_function(choose, default_timeout=PATIENCE).run()
    assert not run.exception
    assert run.session_state["preset"] == "max"
    assert "height" not in run.session_state
