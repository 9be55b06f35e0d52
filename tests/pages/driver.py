"""The app under AppTest: opened as a visitor opens it, from its entry."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
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
    """Press the button of a label; a way out of an impossible layer has one at each place where the fault is said."""
    found = [button for button in app.button if button.label == label]
    assert len(found) == 1 or (found and all(str(button.key).startswith("way_out_") for button in found))
    return found[0].click().run()


def press_and_wait(app: AppTest, label: str, key: str) -> AppTest:
    """Press the button that begins heavy work, and run the page again once that is done."""
    app = press(app, label)
    app.session_state[key].wait(PATIENCE)
    return app.run()


def errors(app: AppTest) -> list[str]:
    """Return the sentences of the errors on the page; a crash fails the test that asks."""
    assert [crash.value for crash in app.exception] == []
    return [error.value for error in app.error]


def texts(app: AppTest) -> list[str]:
    """Return the texts of a page, those too that are written as HTML; ** stands around what is bold."""
    written = (re.findall(r"<p>(.*?)</p>", html.proto.body) for html in app.get("html"))
    paragraphs = (unescape(re.sub(r"</?strong>", "**", text)) for found in written for text in found)
    return [*(markdown.value for markdown in app.markdown), *paragraphs]


def page_text(app: AppTest) -> str:
    return "\n".join(texts(app))


def typed(app: AppTest, role: str) -> str:
    """Return what stands in the text area of the input, the kernel or the bias."""
    return str(app.text_area(key=f"{role}_area").value)


def type_into(app: AppTest, role: str, text: str) -> AppTest:
    return app.text_area(key=f"{role}_area").set_value(text).run()


@dataclass(frozen=True)
class Sent:
    """What a browser sends with each change: what every control says, and the query of the address."""

    controls: WidgetStates
    query: Mapping[str, Sequence[str]]

    def having(self, key: str, value: Any) -> "Sent":
        """The same with another value of one control: a label, a number, or a text."""
        controls = WidgetStates()
        controls.CopyFrom(self.controls)
        (state,) = (state for state in controls.widgets if state.id.endswith(f"-{key}"))
        kind = state.WhichOneof("value") or "string_value"  # an empty select box says nothing
        if kind.endswith("_array_value"):
            getattr(state, kind).data[:] = [value]
        else:
            setattr(state, kind, value)
        return Sent(controls, self.query)


def sent_by(app: AppTest) -> Sent:
    """What the browser would send now."""
    query = {name: [value] if isinstance(value, str) else value for name, value in app.query_params.items()}
    return Sent(app._tree.get_widget_states(), query)


def send(app: AppTest, sent: Sent) -> AppTest:
    """Run the page with what a browser sends."""
    app.query_params.clear()
    app.query_params.update({name: list(values) for name, values in sent.query.items()})
    return app._run(sent.controls)
