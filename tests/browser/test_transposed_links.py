"""Pointing at a transposed layer lights who stamps whom, in three directions and every view; values change in place."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.oracle import Cell, misread, written
from tests.browser.stage import PAGES, Seen, Stage
from tests.browser.transposed_oracle import CHANNELS, GROUPED, ODD, Transposed
from tests.browser.transposed_stage import ALL, MATRIX, STAMPS, ZEROS, open_transposed, show_view

PATH = PAGES["transposed"].path
Lit = dict[tuple[str, int], set[Cell]]


@pytest.fixture(scope="module", params=[(layer, view) for layer in (ODD, GROUPED) for view in (STAMPS, ZEROS, MATRIX)])
def shown(request: pytest.FixtureRequest, open_again: Callable[..., Stage]) -> tuple[Stage, Transposed]:
    layer, view = request.param
    return open_transposed(open_again, layer, view), layer


def lit(seen: Seen) -> Lit:
    """Return every cell that is lit, the one pointed at among them, by its grid."""
    found: Lit = defaultdict(set)
    for link in seen.said["links"]:
        grid = seen.grids[link["role"], int(link["channel"])]
        found[grid.role, grid.channel].add(divmod(int(link["cell"]), grid.columns))
    return found


def add_input(found: Lit, layer: Transposed, channel: int, position: Cell) -> None:
    rows, columns = layer.input.shape[1:]
    found["input", channel].add(position)
    found["flat_input", 0].add(((channel * rows + position[0]) * columns + position[1], 0))
    found["zero_inserted", channel].add(layer.spread(position))


def add_output(found: Lit, layer: Transposed, filter_: int, cell: Cell) -> None:
    found["uncropped", filter_].add(cell)
    output = layer.cropped(cell)
    if output is not None:
        found["output", filter_].add(output)
        found["flat_output", 0].add((row_of(layer, filter_, output), 0))


def row_of(layer: Transposed, filter_: int, output: Cell) -> int:
    return filter_ * len(layer.outputs) + layer.outputs.index(output)


def add_entry(found: Lit, layer: Transposed, filter_: int, channel: int, position: Cell, tap: Cell) -> None:
    output = layer.cropped(layer.landing(position, tap))
    if output is not None:
        column = channel * len(layer.positions) + layer.positions.index(position)
        found["matrix", 0].add((row_of(layer, filter_, output), column))


def add_weight(found: Lit, layer: Transposed, filter_: int, channel: int, tap: Cell) -> None:
    """Add a weight: among those of its filter, and beside its channel."""
    rows, columns = layer.weight.shape[2:]
    found["filter", filter_].add((tap[0], layer.channels(filter_).index(channel) * columns + tap[1]))
    found["kernel", channel].add(tap)
    found["flipped_kernel", channel].add((rows - 1 - tap[0], columns - 1 - tap[1]))


def check(seen: Seen, expected: Lit, pointed: tuple[str, Cell, int]) -> None:
    """Check that these cells are lit and no others, in the grids that the view has."""
    role, cell, channel = pointed
    expected[role, channel].add(cell)
    there = {key: cells for key, cells in expected.items() if key in seen.grids and cells}
    assert dict(lit(seen)) == there


# An input lights its landings; an output what it is gathered from; a weight all it multiplies, and where that lands.


def test_pointing_at_an_input(shown: tuple[Stage, Transposed]) -> None:
    stage, layer = shown
    stage.press("1", "Home")
    roles = {role for role, _ in stage.look().grids}
    wanted = []
    for channel in range(len(layer.input)):
        for position in layer.positions:
            found: Lit = defaultdict(set)
            add_input(found, layer, channel, position)
            for filter_ in range(layer.filters):
                if channel not in layer.channels(filter_):
                    continue
                for tap in layer.taps:
                    add_output(found, layer, filter_, layer.landing(position, tap))
                    add_entry(found, layer, filter_, channel, position, tap)
                    add_weight(found, layer, filter_, channel, tap)
            for role in roles & {"input", "zero_inserted", "flat_input"}:
                number = 0 if role == "flat_input" else channel
                cell = {
                    "input": position,
                    "zero_inserted": layer.spread(position),
                    "flat_input": next(iter(found["flat_input", 0])),
                }[role]
                wanted.append(((role, cell, number), defaultdict(set, found), channel, position))
    for (place, found, channel, position), seen in zip(
        wanted, stage.hover_each([one[0] for one in wanted]), strict=True
    ):
        check(seen, found, place)
        assert f"[{position[0]}, {position[1]}] = {written(layer.input[channel][position])}: stamps" in seen.sentence
        check_notes(seen, layer, channel, position)
    stage.leave()


def check_notes(seen: Seen, layer: Transposed, channel: int, position: Cell) -> None:
    """Check that each output that is lit says with which weight it takes the input."""
    if seen.unit < 18:
        return
    role = "uncropped" if ("uncropped", 0) in seen.grids else "output"
    for filter_ in range(layer.filters):
        kernel = layer.kernel_of(channel, filter_)
        for tap in layer.taps if kernel is not None else ():
            cell = layer.landing(position, tap)
            at = cell if role == "uncropped" else layer.cropped(cell)
            if at is not None:
                assert kernel is not None
                assert seen.notes[role, filter_, *at] == [f"×{written(kernel[tap])}"]


def test_pointing_at_an_output(shown: tuple[Stage, Transposed]) -> None:
    stage, layer = shown
    stage.press("1", "Home")
    grids = stage.look().grids
    wanted = []
    for filter_ in range(layer.filters):
        for output in layer.outputs:
            cell = (output[0] + layer.padding[0], output[1] + layer.padding[1])
            found: Lit = defaultdict(set)
            add_output(found, layer, filter_, cell)
            for position, tap in layer.gathered(output):
                for channel in layer.channels(filter_):
                    add_input(found, layer, channel, position)
                    add_weight(found, layer, filter_, channel, tap)
                    add_entry(found, layer, filter_, channel, position, tap)
            role = next(role for role in ("uncropped", "output") if (role, filter_) in grids)
            wanted.append(((role, cell if role == "uncropped" else output, filter_), found, output))
    for (place, found, output), seen in zip(wanted, stage.hover_each([one[0] for one in wanted]), strict=True):
        check(seen, found, place)
        assert seen.equation == layer.equation(place[2], output)
        assert f"[{output[0]}, {output[1]}] = {written(layer.output[place[2]][output])}" in seen.sentence
    stage.leave()
    assert stage.look().said["links"] == []


def test_pointing_at_a_weight(shown: tuple[Stage, Transposed]) -> None:
    """Those of the map that the player stands at."""
    stage, layer = shown
    stage.press("1", "End")
    filter_ = layer.filters - 1
    role = "flipped_kernel" if ("flipped_kernel", 0) in stage.look().grids else "kernel"
    rows, columns = layer.weight.shape[2:]
    wanted = []
    for channel in layer.channels(filter_):
        for tap in layer.taps:
            found: Lit = defaultdict(set)
            add_weight(found, layer, filter_, channel, tap)
            for position in layer.positions:
                add_input(found, layer, channel, position)
                add_output(found, layer, filter_, layer.landing(position, tap))
                add_entry(found, layer, filter_, channel, position, tap)
            cell = (rows - 1 - tap[0], columns - 1 - tap[1]) if role == "flipped_kernel" else tap
            wanted.append(((role, cell, channel), found, tap))
    for (place, found, tap), seen in zip(wanted, stage.hover_each([one[0] for one in wanted]), strict=True):
        check(seen, found, place)
        kernel = layer.kernel_of(place[2], filter_)
        assert kernel is not None
        name = f"filter {filter_}" if layer.filters > 1 else "kernel"
        assert seen.sentence.startswith(f"{name}[{tap[0]}, {tap[1]}] = {written(kernel[tap])}: multiplies every value")
    stage.leave()


def test_pointing_at_a_place_of_the_matrix(open_again: Callable[..., Stage]) -> None:
    """It names its output, its input and its weight; a blank one says that no tap lands there."""
    layer = replace(CHANNELS, bias=None)
    stage = open_transposed(open_again, layer, MATRIX)
    stage.press("1", "Home")
    columns = layer.input.size
    places: list[tuple[str, Cell, int]] = [("matrix", divmod(index, columns), 0) for index in range(len(layer.matrix))]
    for value, (_, (row, column), _), seen in zip(layer.matrix, places, stage.hover_each(places), strict=True):
        filter_, output = divmod(row, len(layer.outputs))
        channel, position = divmod(column, len(layer.positions))
        names = f"input {channel}{list(layer.positions[position])}", f"output {filter_}{list(layer.outputs[output])}"
        assert all(name in seen.sentence for name in names)
        if value is None:
            assert seen.sentence.startswith("0: no tap")
        else:
            assert f"= {written(value)}: the weight with which" in seen.sentence
            assert seen.links("linked", "kernel", channel) or filter_ != 0
        assert seen.links("linked", "output", filter_) == {layer.outputs[output]}
        assert seen.links("linked", "input", channel) == {layer.positions[position]}
    stage.leave()


def test_zeros_and_cropped_cells_say_what_they_are(open_again: Callable[..., Stage]) -> None:
    stage = open_transposed(open_again, ODD, ZEROS)
    for cell, words in {(0, 0): "padding of the", (1, 2): "put between", (7, 0): "added by output_padding"}.items():
        assert words in stage.hover("zero_inserted", cell).sentence
    show_view(stage, STAMPS)
    seen = stage.hover("uncropped", (0, 0))
    assert "cropped by the padding" in seen.sentence
    assert seen.links("linked", "input") == {(0, 0)}
    stage.leave()


def test_a_pinned_cell_and_the_keyboard(open_again: Callable[..., Stage]) -> None:
    stage = open_again(PATH)
    assert stage.click_cell("uncropped", (1, 1)).data["pinned"] == "true"
    assert stage.hover("input", (0, 0)).equation[0] == "output[1, 1]"
    stage = open_again(PATH)
    stage.overlay.focus()
    stage.press("ArrowRight", "ArrowRight")
    assert stage.look().links("pointed", "input") == {(0, 1)}
    stage.press("Enter")
    stage.expect(pinned="true", pointing="input")
    stage.press("Escape")


def changed(layer: Transposed, role: str, index: tuple[int, ...], value: float) -> Transposed:
    name = {"input": "x"}.get(role, role)
    array = np.array(getattr(layer, name), float)
    array[index] = value
    return replace(layer, **{name: array.tolist()})


# In each view, where a value stands, and which one of the layer's numbers it is.
EDITS: dict[str, list[tuple[str, Cell, int, str, tuple[int, ...]]]] = {
    STAMPS: [
        ("input", (1, 0), 1, "input", (1, 1, 0)),
        ("kernel", (0, 1), 1, "kernel", (1, 1, 0, 1)),
        ("bias", (0, 0), 0, "bias", (1,)),
    ],
    ZEROS: [("zero_inserted", (1, 2), 0, "input", (0, 1, 1)), ("flipped_kernel", (0, 1), 0, "kernel", (0, 1, 1, 0))],
    MATRIX: [("flat_input", (5, 0), 0, "input", (1, 0, 1)), ("kernel", (1, 1), 1, "kernel", (1, 1, 1, 1))],
}


@pytest.mark.parametrize("view", EDITS)
def test_a_value_changed_where_it_stands(open_again: Callable[..., Stage], view: str) -> None:
    """At the last map, whose kernels and bias are shown: the second of two."""
    stage, layer = open_transposed(open_again, CHANNELS, view), CHANNELS
    for number, (role, cell, channel, of, index) in enumerate(EDITS[view]):
        stage.press("2", "End")
        editor = stage.open_editor(role, cell, channel)
        expect(editor).to_have_value(f"{np.array(getattr(layer, {'input': 'x'}.get(of, of)))[index]:g}")
        editor.fill(str(20 + number))
        with stage.rerun():
            editor.press("Enter")
        layer = changed(layer, of, index, 20 + number)
        stage.leave_field()
        stage.expect(problem="", step=layer.output.size - 1)
        assert stage.look().equation == layer.equation(1, layer.outputs[-1])
        shown = "uncropped" if view == STAMPS else "output"
        if stage.look().unit >= 18:
            values = layer.uncropped if view == STAMPS else layer.output
            assert misread(stage.look().numbers(shown, 1), values[1]) == []
        stage.expect_values(f"{of.capitalize()} values", layer.text(of))


def test_what_is_no_value_is_not_edited(open_again: Callable[..., Stage]) -> None:
    stage = open_again(PATH)
    for role, cell in (("zero_inserted", (0, 0)), ("products", (0, 0)), ("uncropped", (0, 0)), ("matrix", (0, 0))):
        stage.page.mouse.dblclick(*stage.point(role, cell))
        expect(stage.editor).to_be_hidden()
    stage.expect(problem="")


CHANGES: dict[str, Callable[[Stage], Any]] = {
    "stride": lambda stage: stage.set_number("Stride height", 2),
    "output padding": lambda stage: stage.set_number("Output padding height", 1),
    "view": lambda stage: show_view(stage, ZEROS),
    "channels": lambda stage: stage.set_number("Out channels", 2),
    "bias": lambda stage: stage.switch("Bias"),
    "another view": lambda stage: show_view(stage, MATRIX),
    "impossible": lambda stage: stage.set_number("Output padding height", 3),
    "possible again": lambda stage: stage.set_number("Output padding height", 0),
    "all views": lambda stage: show_view(stage, ALL),
}


def test_nothing_flickers_whatever_changes(open_again: Callable[..., Stage]) -> None:
    stage = open_again(PATH)
    for name, change in CHANGES.items():
        height = stage.size()[1]
        with stage.watched() as frames:
            change(stage)
        assert all(frame["same"] for frame in frames), name
        assert min(frame["drawn"] for frame in frames) >= 2, name
        assert min(frame["cells"] for frame in frames) >= 3, name
        assert min(frame["height"] for frame in frames) >= height / 2, name
