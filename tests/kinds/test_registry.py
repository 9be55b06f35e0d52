"""Every room of a kind is found, and what it hands out fits together."""

from dataclasses import fields
from pathlib import Path

import pytest

import kinds
from kinds.registry import PRESETS, SPECS, STATES, spec_of
from sharing.fields import types

ROOT = Path(kinds.__file__).parent
PAGES = ROOT.parent / "pages"


def test_every_folder_but_the_shared_one_is_a_room_that_is_found() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"shared"}
    assert {spec.state.__module__.split(".")[1] for spec in SPECS.values()} == rooms


def test_pages_are_in_their_order_and_every_name_is_given_once() -> None:
    specs = list(SPECS.values())
    assert list(SPECS)[:8] == [
        "standard", "grouped", "separable", "transposed", "pooling", "one_dimensional",
        "three_dimensional", "gradients",
    ]  # fmt: skip
    for names in ([spec.order for spec in specs], [spec.label for spec in specs], [spec.title for spec in specs]):
        assert len(set(names)) == len(specs)


@pytest.mark.parametrize("page", SPECS)
def test_a_kind_has_a_page_and_presets(page: str) -> None:
    spec = SPECS[page]
    assert (PAGES / f"{page}.py").is_file()
    assert spec.page == spec.state.page == page
    assert STATES[page] is spec.state
    for slug, preset in PRESETS[page].items():
        assert preset.state.preset == slug
        assert spec_of(preset.state) is spec


@pytest.mark.parametrize("page", SPECS)
def test_every_control_is_of_a_field_and_every_field_can_be_chosen(page: str) -> None:
    spec = SPECS[page]
    shown = [name for row in spec.control_rows for name in row]
    assert len(set(shown)) == len(shown)
    names = {field.name for field in fields(spec.state)}
    elsewhere = {"preset", "values", "seed", "view"} | {f"{role.name}_text" for role in spec.state.roles}
    assert names - set(shown) - elsewhere == set(spec.state.aside) - {"view"}
    assert set(shown) <= names


@pytest.mark.parametrize("page", SPECS)
def test_every_view_has_a_label(page: str) -> None:
    spec = SPECS[page]
    views = list(types(spec.state)["view"]) if "view" in types(spec.state) else []
    assert list(spec.views) == views
    assert len(set(spec.views.values())) == len(views)
