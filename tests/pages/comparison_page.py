"""The comparison page, opened and read by its tests."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from sharing.comparison import ComparisonView
from tests.pages.driver import open_app


def open_comparison(view: ComparisonView = ComparisonView.LAYER) -> AppTest:
    app = open_app()
    app.switch_page("pages/comparison.py").run()
    return choose(app, "view_control", view) if view is not ComparisonView.LAYER else app


def choose(app: AppTest, key: str, option: Any) -> AppTest:
    return app.button_group(key=key).set_value(option).run()


def chart(app: AppTest, key: str) -> dict[str, Any]:
    """Return what a chart draws."""
    (found,) = (one for one in app.get("plotly_chart") if f"-{key}" in one.proto.id)
    spec: dict[str, Any] = json.loads(found.proto.spec)
    return spec


def cells(app: AppTest, index: int) -> list[dict[str, str]]:
    return app.table[index].value.to_dict("records")  # type: ignore[no-any-return]
