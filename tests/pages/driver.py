"""The app under AppTest: opened as a visitor opens it, from its entry."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"
# How long, in seconds, to wait for a run: only a test that fails waits as long.
PATIENCE = 180


def open_app(preset: str | None = None, page: str = "standard") -> AppTest:
    """Open a page, and choose a preset if one is asked for."""
    app = open_link({}, page)
    return app.selectbox(key="preset").set_value(preset).run() if preset else app


def open_link(query: Mapping[str, str | Sequence[str]], page: str = "standard") -> AppTest:
    """Open a page at an address with a query."""
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE).switch_page(f"pages/{page}.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    """Press the one button of a label."""
    (button,) = (button for button in app.button if button.label == label)
    return button.click().run()


def errors(app: AppTest) -> list[str]:
    """Return the sentences of the errors on the page; a crash fails the test that asks."""
    assert [crash.value for crash in app.exception] == []
    return [error.value for error in app.error]


def texts(app: AppTest) -> list[str]:
    return [markdown.value for markdown in app.markdown]


def page_text(app: AppTest) -> str:
    return "\n".join(texts(app))


def typed(app: AppTest, role: str) -> str:
    """Return what stands in the text area of the input, the kernel or the bias."""
    return str(app.text_area(key=f"{role}_area").value)


def type_into(app: AppTest, role: str, text: str) -> AppTest:
    return app.text_area(key=f"{role}_area").set_value(text).run()


def send_late(app: AppTest, **sent: str | int) -> AppTest:
    """Send what a browser sends that has not heard of the last run yet: labels of controls, or numbers, by key."""
    states = app._tree.get_widget_states()
    for key, value in sent.items():
        (state,) = (state for state in states.widgets if state.id.endswith(f"-{key}"))
        kind = state.WhichOneof("value")
        if kind == "string_array_value":
            state.string_array_value.data[:] = [str(value)]
        else:
            setattr(state, str(kind), value)
    return app._run(states)
