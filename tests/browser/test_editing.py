"""Changing a value where it stands on the stage, and as text under it: the output follows, nonsense loses nothing."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.oracle import LESSON, Cell, Oracle, misread
from tests.browser.stage import Stage

CHANNELS = Oracle(
    x=[[[3, -1, 2], [0, 5, -4], [1, 2, 6]], [[7, 8, -9], [2, 0, 1], [-3, 4, 5]]],
    kernel=[[[[1, -2], [3, 0]], [[2, 1], [-1, 4]]], [[[0, 5], [-3, 2]], [[6, -1], [1, 1]]]],
    bias=[10, -20],
    padding=(1, 1, 1, 1),
)
NONSENSE = ("two", "", "nan", "inf", "1e9", "1 2", "--3")


def changed(layer: Oracle, role: str, index: tuple[int, ...], value: float) -> Oracle:
    """Return the layer with one value changed."""
    name = {"input": "x"}.get(role, role)
    array = np.array(getattr(layer, name), float)
    array[index] = value
    return replace(layer, **{name: array.tolist()})


def check(stage: Stage, layer: Oracle) -> None:
    """Check that the stage and the text under it have the numbers of `layer`."""
    check_picture(stage, layer)
    for role in ("input", "kernel"):
        stage.expect_values(f"{role.capitalize()} values", layer.text(role))


def check_picture(stage: Stage, layer: Oracle) -> None:
    """Check that the stage has the numbers of `layer`, in the first step and the last."""
    stage.expect(problem="", steps=layer.output.size)
    stage.leave_field()
    for keys, out_channel, at in (("Home", 0, layer.outputs[0]), ("End", len(layer.weight) - 1, layer.outputs[-1])):
        stage.press(keys)
        seen = stage.look()
        for channel in range(len(layer.padded)):
            assert misread(seen.numbers("input", channel), layer.padded[channel]) == []
            assert misread(seen.live("kernel", channel), layer.weight[out_channel, channel]) == []
            assert misread(seen.live("products", channel), layer.products(out_channel, channel, at)) == []
        for channel, output in enumerate(layer.output):
            assert misread(seen.numbers("output", channel), output) == []
        if layer.bias is not None:
            assert misread(seen.live("bias"), [layer.bias[out_channel]]) == []


def type_over(stage: Stage, role: str, cell: Cell, text: str, channel: int = 0) -> None:
    """Open the editor on a cell, put `text` in, and let the server have it."""
    editor = stage.open_editor(role, cell, channel)
    editor.fill(text)
    with stage.rerun():
        editor.press("Enter")


def test_a_value_changed_on_the_stage(open_again: Callable[..., Stage]) -> None:
    """An input, a weight of the second filter, and a bias, one after the other."""
    stage = open_again(CHANNELS.link)
    layer = CHANNELS
    # In the padded input, cell (2, 3) is the input's own (1, 2).
    editor = stage.open_editor("input", (2, 3), channel=1)
    expect(editor).to_have_value("1")
    editor.press("Escape")
    expect(editor).to_be_hidden()
    check(stage, layer)

    type_over(stage, "input", (2, 3), "-7.5", channel=1)
    layer = changed(layer, "input", (1, 1, 2), -7.5)
    check(stage, layer)

    stage.press("End")
    type_over(stage, "kernel", (1, 0), "9", channel=1)
    layer = changed(layer, "kernel", (1, 1, 1, 0), 9)
    check(stage, layer)

    stage.press("End")
    type_over(stage, "bias", (0, 0), "100")
    layer = changed(layer, "bias", (1,), 100)
    check(stage, layer)


def test_padding_products_and_outputs_are_not_edited(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.choose_preset("same")
    for role, cell in (("input", (4, 0)), ("products", (0, 0)), ("partial", (0, 0)), ("output", (0, 0))):
        stage.page.mouse.dblclick(*stage.point(role, cell))
        expect(stage.editor).to_be_hidden()
    stage.expect(problem="")


def test_a_value_changed_by_keyboard(open_again: Callable[..., Stage]) -> None:
    """Arrows go to a cell, E opens it, Enter keeps; the focus is back on the stage, so that one can go on."""
    stage = open_again()
    stage.overlay.focus()
    stage.press("ArrowRight", "ArrowRight", "ArrowDown", "e")
    expect(stage.editor).to_be_focused()
    expect(stage.editor).to_have_value("4")
    stage.page.keyboard.insert_text("-2")
    with stage.rerun():
        stage.press("Enter")
    expect(stage.overlay).to_be_focused()
    layer = changed(LESSON, "input", (0, 1, 1), -2)
    assert misread(stage.look().numbers("output"), layer.output) == []

    stage.press("ArrowDown", "e")
    expect(stage.editor).to_have_value("7")
    stage.press("Escape")
    expect(stage.overlay).to_be_focused()
    check(stage, layer)


def test_the_step_is_kept_when_a_value_changes(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.press("3", "+", "End", "ArrowLeft")
    type_over(stage, "kernel", (1, 1), "8")
    stage.expect(step=34, steps=36, state="paused")
    expect(stage.control("speed")).to_have_text("4/s")
    assert stage.look().live("products") == ["2", "0", "4", None]


def test_nonsense_on_the_stage(open_again: Callable[..., Stage]) -> None:
    """One sentence quotes what was typed, every number stays, and what was typed can be put right."""
    stage = open_again()
    before = stage.look()
    for text in NONSENSE:
        editor = stage.open_editor("input", (1, 1))
        editor.fill(text)
        editor.press("Enter")
        expect(stage.alert).to_have_count(1)
        expect(stage.alert).to_contain_text("input")
        expect(stage.alert).to_contain_text(f"“{text}”")
        seen = stage.look()
        assert seen.numbers("input") == before.numbers("input")
        assert seen.numbers("output") == before.numbers("output")
        assert seen.data["problem"] == ""  # the stage has nothing wrong with it
        expect(stage.editor).to_be_visible()
        expect(stage.editor).to_have_value(text)
        stage.editor.press("Escape")
        expect(stage.editor).to_be_hidden()
        expect(stage.alert).to_have_count(0)  # the layer is as it was, and nothing is wrong with it
    type_over(stage, "input", (1, 1), "6")
    expect(stage.alert).to_have_count(0)
    check(stage, changed(LESSON, "input", (0, 1, 1), 6))


@pytest.mark.parametrize(
    ("link", "grid", "cell", "name"),
    [
        ("/standard?v=1&preset=simplest", "input", (1, 2), "New value of input[1, 2]"),
        ("/standard?v=1&preset=channels", "kernel", (0, 1), "New value of filter 0[0, 1]"),
        ("/one_dimensional?v=1&preset=edges", "input", (0, 3), "New value of input[3]"),
    ],
)
def test_the_editor_is_called_by_its_cell_and_is_invalid_once_it_was_refused(
    open_again: Callable[..., Stage], link: str, grid: str, cell: tuple[int, int], name: str
) -> None:
    stage = open_again(link)
    editor = stage.open_editor(grid, cell)
    expect(editor).to_have_accessible_name(name)
    expect(editor).to_have_attribute("aria-invalid", "false")
    editor.fill("two")
    editor.press("Enter")
    expect(stage.alert).to_have_count(1)
    expect(editor).to_have_attribute("aria-invalid", "true")
    expect(editor).to_be_focused()
    editor.press("Escape")
    expect(stage.alert).to_have_count(0)


@pytest.mark.parametrize("typed", ["two", "4"], ids=["left as it was refused", "the value as it is"])
def test_a_refused_text_that_is_left_is_no_reproach(open_again: Callable[..., Stage], typed: str) -> None:
    """A click elsewhere closes the editor and takes the sentence away, and does not send the same text again."""
    stage = open_again("/standard?v=1&preset=simplest")
    editor = stage.open_editor("input", (1, 1))
    editor.fill("two")
    editor.press("Enter")
    expect(stage.alert).to_have_count(1)
    expect(stage.editor).to_be_visible()
    stage.editor.fill(typed)
    stage.page.get_by_test_id("stMain").click(position={"x": 8, "y": 80})
    expect(stage.editor).to_be_hidden()
    expect(stage.alert).to_have_count(0)
    check(stage, LESSON)


def test_values_as_text(open_again: Callable[..., Stage]) -> None:
    """Brackets, commas and comments are read and stay; sizes follow what was typed; the other values stay."""
    stage = open_again()
    in_brackets = "[[1, 2, 3],\n [4, 5, 6]]  # from a notebook\n"
    stage.set_text("Input values", in_brackets)
    stage.set_text("Kernel values", "1; −1\n\n")
    expect(stage.number("Input height")).to_have_value("2")
    expect(stage.number("Kernel height")).to_have_value("1")
    layer = Oracle(x=[[[1, 2, 3], [4, 5, 6]]], kernel=[[[[1, -1]]]])
    check_picture(stage, layer)
    expect(stage.text_area("Input values")).to_have_value(in_brackets)
    # A size changed afterwards keeps what there is.
    stage.set_number("Input width", 4)
    stage.set_number("Kernel height", 2)
    check(stage, replace(layer, x=[[[1, 2, 3, 0], [4, 5, 6, 0]]], kernel=[[[[1, -1], [0, 0]]]]))


@pytest.mark.parametrize("text", ["[[1, 2], [3, 4]]  # mine", "1 2\n3"])
def test_a_text_is_there_again_after_another_page(open_again: Callable[..., Stage], text: str) -> None:
    stage = open_again()
    stage.set_text("Input values", text)
    for name, path in (("Pooling", "/pooling"), ("Standard", "/standard")):
        stage.page.get_by_role("link", name=name, exact=True).first.click()
        stage.page.wait_for_url(f"**{path}*")
    expect(stage.text_area("Input values")).to_have_value(text)
    expect(stage.text_area("Kernel values")).to_have_value("1  0\n2  1")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Kernel values", "1 2\n3 4\n\n5 6\n7 8"),  # a matrix more than the input has channels
        ("Bias values", "1 2 3"),  # more than there are filters
    ],
)
def test_values_that_have_no_place_are_not_dropped_in_silence(
    open_again: Callable[..., Stage], label: str, text: str
) -> None:
    stage = open_again()
    if label == "Bias values":
        stage.switch("Bias")
    stage.set_text(label, text)
    is_kept = stage.text_area(label).input_value().split() == text.split()
    assert is_kept or stage.alert.count() == 1


def test_a_weight_of_any_filter_is_changed_from_the_first_step_on(open_again: Callable[..., Stage]) -> None:
    """All filters stand by themselves, each with its name; a weight of one that does not play is pointed at there."""
    stage = open_again(CHANNELS.link)
    for filter_, weights in enumerate(CHANNELS.weight):
        assert misread(stage.look().numbers("filter", filter_), np.hstack(list(weights))) == []
    seen = stage.hover("filter", (1, 2), channel=1)  # row 1 of the second channel's kernel, its first column
    assert seen.sentence.startswith("filter 1[1, 0] = 1: one weight")
    assert seen.links("linked", "input", 1) == {CHANNELS.read(at, (1, 0)) for at in CHANNELS.outputs}
    assert not seen.links("quiet", "kernel", 1)  # beside the channel stands the kernel of filter 0
    type_over(stage, "filter", (1, 2), "9", channel=1)
    stage.expect(step=0)
    check(stage, changed(CHANNELS, "kernel", (1, 1, 1, 0), 9))


def test_a_group_that_does_not_play_has_its_weights(open_again: Callable[..., Stage]) -> None:
    """Beside each channel stands the kernel of the first filter of its group, and can be changed there."""
    stage = open_again("/grouped")
    label = stage.root.locator("g.grid[data-role=kernel] text.label").last
    named = label.text_content() or ""
    last = max(channel for role, channel in stage.look().grids if role == "kernel")
    assert None not in stage.look().live("kernel", last)
    type_over(stage, "kernel", (0, 0), "7", channel=last)
    stage.expect(step=0)
    assert stage.look().live("kernel", last)[0] == "7"
    assert stage.hover("kernel", (0, 0), channel=last).sentence.startswith(f"{named}[0, 0] = 7: one weight")
