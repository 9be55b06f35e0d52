"""A browser that has not heard of the last run sends labels of controls as they were: nothing crashes or is lost."""

from sharing.comparison import ComparisonView
from tests.pages.driver import errors, open_link, send_late

STACK = {"v": "1", "view": "stack"}


def test_the_label_of_a_line_that_has_changed_is_still_that_line() -> None:
    app = open_link(STACK, "comparison")
    app.selectbox(key="stack_line").set_value(1).run()
    label = app.selectbox(key="stack_line").options[1]
    app.text_area(key="stack_area").set_value("conv 4 3\nmaxpool 2\nconv 8 3").run()
    send_late(app, stack_line=label)
    assert errors(app) == []
    assert app.selectbox(key="stack_line").value == 1
    send_late(app, stack_line=label, stack_area="conv 4 3\nmaxpool 3\nconv 8 3")
    assert errors(app) == []
    assert app.text_area(key="stack_area").value == "conv 4 3\nmaxpool 3\nconv 8 3"
    assert app.session_state["stack"] == "conv 4 3; maxpool 3; conv 8 3"


def test_a_label_that_no_line_had_is_the_first_line() -> None:
    app = send_late(open_link(STACK, "comparison"), stack_line="99: nothing")
    assert errors(app) == []
    assert app.selectbox(key="stack_line").value == 0


def test_the_title_of_an_example_of_another_view_loads_nothing() -> None:
    app = open_link({"v": "1"}, "comparison")
    title = app.selectbox(key="example").options[1]
    app.session_state["view"] = ComparisonView.STACK
    app.run()
    before = app.session_state["stack"]
    send_late(app, example=title)
    assert errors(app) == []
    assert app.session_state["stack"] == before
