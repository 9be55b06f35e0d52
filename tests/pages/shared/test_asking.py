"""What the browser is told of the controls makes the link that a run of the page makes of the same change."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kinds.links import decode
from kinds.registry import SPECS
from tests.pages.driver import open_link
from tests.serving.test_record import stage_data

SPARED = {"groups", "depth_multiplier_control"}
"""Controls that are there for some numbers of channels only."""
LAST = ("padding", "padding_mode", "values", "seed", "preset")
"""What is padded, and the seed, count for some choices only, and a preset brings all its own."""


def change(app: AppTest, key: str, text: str, value: str) -> None:
    """Make a control show a text, as a person would."""
    selects = {select.key: select for select in app.selectbox}
    if key in selects:
        selects[key].select_index(selects[key].options.index(text)).run()
    elif key in {toggle.key for toggle in app.toggle}:
        app.toggle(key=key).set_value(text == "true").run()
    elif key == "groups":
        app.select_slider(key=key).set_value(int(value)).run()
    elif key == "view_control":
        app.button_group(key=key).set_value(text).run()
    else:
        app.number_input(key=key).set_value(int(text)).run()


def shown(app: AppTest) -> set[str]:
    """The keys of all controls."""
    kinds = (app.selectbox, app.toggle, app.select_slider, app.number_input, app.button_group)
    return {control.key for controls in kinds for control in controls}


def next_texts(control: dict[str, Any]) -> list[tuple[str, str]]:
    """What a control could show next, and what that is in a link."""
    if "values" in control:
        return [(text, value) for text, value in control["values"].items() if value != control["said"]][-3:]
    number = int(control["said"])
    return [(str(near), str(near)) for near in (number + 1,) if control["least"] <= near <= control["most"]]


def check_change(app: AppTest, key: str, text: str, value: str) -> None:
    """Change a control; the link of the run must say what the link before said, but for the control's parameter."""
    before = stage_data(app)["asking"]
    parameter = before["controls"][key]["parameter"]
    link = {"v": "1"} if key == "preset" else before["link"]
    change(app, key, text, value)
    after = stage_data(app)["asking"]
    page = app.session_state["page"]
    assert decode(page, after["link"]) == decode(page, link | {parameter: value}), key
    assert after["controls"][key]["said"] == value


@pytest.mark.parametrize("page", SPECS)
def test_a_changed_control_makes_the_link_that_a_run_makes_of_it(page: str) -> None:
    changed: set[str] = set()
    for padding in ("amount", "sides"):
        app = open_link({"padding": padding, "padding_mode": "constant"}, page)
        keys = stage_data(app)["asking"]["controls"].keys() - SPARED
        for key in (*sorted(keys - set(LAST)), *sorted(keys - set(LAST)), *LAST):
            if key not in changed and key in shown(app):
                for text, value in next_texts(stage_data(app)["asking"]["controls"][key]):
                    check_change(app, key, text, value)
                    changed.add(key)
    assert changed == keys


def test_groups_and_the_depth_multiplier_make_the_link_too() -> None:
    app = open_link({"in_channels": "2", "out_channels": "4"}, "grouped")
    check_change(app, "groups", "2 (depthwise)", "2")
    check_change(app, "depth_multiplier_control", "3", "6")
    app.number_input(key="in_channels").set_value(3).run()
    check_change(app, "groups", "3 (depthwise)", "3")


@pytest.mark.parametrize("page", SPECS)
def test_every_option_that_the_page_offers_is_known_but_typed_numbers(page: str) -> None:
    app = open_link({}, page)
    controls = stage_data(app)["asking"]["controls"]
    for select in app.selectbox:
        assert [*controls[select.key]["values"]] == [text for text in select.options if text != "typed"]
    assert json.loads(json.dumps(controls)) == controls
