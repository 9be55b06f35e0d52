"""Every number on the transposed page's stage is torch's, at every step, in each of its views."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.equations import sign
from tests.browser.oracle import Cell, misread, written
from tests.browser.stage import PAGES, Seen, Stage
from tests.browser.transposed_oracle import GROUPED, LAYERS, ODD, SPREAD, Transposed
from tests.browser.transposed_stage import (
    ALL,
    MATRIX,
    SLUGS,
    STAMPS,
    ZEROS,
    Framed,
    framed,
    open_transposed,
    show_view,
    walk,
)

PATH = PAGES["transposed"].path
# What each view shows of the inputs, of the products and their weights, and of the outputs.
INPUTS = {STAMPS: "input", ZEROS: "zero_inserted", MATRIX: "flat_input"}
OUTPUTS = {STAMPS: "uncropped", ZEROS: "output", MATRIX: "flat_output"}


Products = dict[tuple[int, Cell], float]
# Two layers in every view; of the others, what is their own shows in fewer.
SHOWN = [
    *((name, view) for name in ("odd", "channels") for view in INPUTS),
    *(("spread", view) for view in (STAMPS, ZEROS)),
    ("grouped", STAMPS),
]


@pytest.fixture(scope="module", params=SHOWN, ids=lambda both: "-".join(both))
def shown(request: pytest.FixtureRequest, open_again: Callable[..., Stage]) -> tuple[Stage, Transposed, str]:
    """A stage that shows one of the layers in one of the views; in most, its cells are wide enough for numbers."""
    name, view = request.param
    layer = LAYERS[name]
    return open_transposed(open_again, layer, view), layer, view


def where(layer: Transposed, view: str, seen: Seen, channel: int, position: Cell) -> tuple[str, int, Cell]:
    """Return the role, the channel and the cell in which a view shows an input."""
    rows, columns = layer.input.shape[1:]
    if view == STAMPS:
        return "input", channel, position
    if view == MATRIX:
        return "flat_input", 0, (channel * rows * columns + position[0] * columns + position[1], 0)
    grid = seen.grids["zero_inserted", channel]
    assert (grid.rows, grid.columns) == layer.zero_inserted.shape[1:]
    return "zero_inserted", channel, layer.spread(position)


def output_cell(layer: Transposed, view: str, filter_: int, cell: Cell) -> tuple[str, int, Cell] | None:
    """Return the role, the channel and the cell in which a view shows a cell of the uncropped output, or None."""
    if view == STAMPS:
        return "uncropped", filter_, cell
    output = layer.cropped(cell)
    if output is None:
        return None
    if view == ZEROS:
        return "output", filter_, output
    _, height, width = layer.output.shape
    return "flat_output", 0, (filter_ * height * width + output[0] * width + output[1], 0)


def check_still(seen: Seen, layer: Transposed, view: str) -> None:
    """Check all numbers that never move."""
    if seen.unit < 18:
        assert seen.said["numbers"] == []
        return
    for channel in range(len(layer.input)):
        if view == ZEROS:
            assert misread(seen.numbers("zero_inserted", channel), layer.zero_inserted[channel]) == []
        else:
            assert misread(seen.numbers("input", channel), layer.input[channel]) == []
    for filter_ in range(layer.filters):
        if view == STAMPS:
            assert misread(seen.numbers("uncropped", filter_), layer.uncropped[filter_]) == []
        else:
            assert misread(seen.numbers("output", filter_), layer.output[filter_]) == []
    if view == MATRIX:
        assert misread(seen.numbers("flat_input"), layer.input) == []
        assert misread(seen.numbers("flat_output"), layer.output) == []
        assert misread(seen.numbers("matrix"), [value for value in layer.matrix if value is not None]) == []


def check_made(now: Framed, layer: Transposed, view: str, filter_: int, products: Products) -> None:
    """Check each channel's kernel, and that these products are there, by channel and tap, and no others."""
    if now.seen.unit < 18:
        return
    roles = {STAMPS: ("kernel", "products"), ZEROS: ("flipped_kernel", "flipped_products"), MATRIX: ("kernel", None)}
    kernel_role, products_role = roles[view]
    for channel in range(len(layer.input)):
        reading = [other for other in range(layer.filters) if channel in layer.channels(other)]
        kernel = layer.kernel_of(channel, filter_ if filter_ in reading else reading[0])
        assert kernel is not None
        weights = kernel.ravel().tolist()
        made = [products.get((channel, tap)) for tap in layer.taps]
        if view == ZEROS:
            weights, made = weights[::-1], made[::-1]
        assert misread(now.seen.live(kernel_role, channel), weights) == []
        if products_role:
            assert misread(now.seen.live(products_role, channel), made) == []


def check_sums(now: Framed, layer: Transposed, view: str, canvas: list[list[float | None]], is_whole: bool) -> None:
    """Check what is on the map being filled; once it is whole, the map itself is bare."""
    role = OUTPUTS[view]
    assert now.is_filling(role) is not is_whole
    if is_whole or now.seen.unit < 18:
        return
    values = [value for line in canvas for value in line] if view == STAMPS else layer.inside(canvas)
    assert misread(now.seen.live(role), values) == []


def test_every_stamp_and_every_multiply(shown: tuple[Stage, Transposed, str]) -> None:
    """Products, and what is on the output after each landed; the input that stamps, and where it lands, are framed."""
    stage, layer, view = shown
    taps = layer.taps
    stage.press("3")
    stage.expect(steps=layer.filters * len(layer.multiplies(0)))
    by_product = walk(stage)
    after = {}  # what was there after the last product of each stamp
    for filter_ in range(layer.filters):
        multiplies = layer.multiplies(filter_)
        for index, canvas in enumerate(layer.landed(filter_)):
            position, channel, tap = multiplies[index]
            now = next(by_product)
            is_whole = index == len(multiplies) - 1
            done = {
                (one, at): layer.product(filter_, one, position, at)
                for one in layer.channels(filter_)
                for at in taps
                if (one, taps.index(at)) <= (channel, taps.index(tap))
            }
            check_made(now, layer, view, filter_, done)
            check_sums(now, layer, view, canvas, is_whole)
            check_landing(now, layer, view, filter_, position, channel, tap)
            after[filter_, position] = canvas, is_whole
    assert next(by_product, None) is None

    stage.press("1")
    stage.expect(steps=layer.filters * len(layer.positions))
    for now, (filter_, position) in zip(walk(stage), after, strict=True):
        made = {(c, t): layer.product(filter_, c, position, t) for c in layer.channels(filter_) for t in taps}
        check_made(now, layer, view, filter_, made)
        check_sums(now, layer, view, *after[filter_, position])
        check_stamp(now, layer, view, filter_, position)


def check_landing(
    now: Framed, layer: Transposed, view: str, filter_: int, position: Cell, channel: int, tap: Cell
) -> None:
    """Check what is framed, and said, for the product just made."""
    role, number, cell = where(layer, view, now.seen, channel, position)
    assert now.cells(role, number, "now") == [cell]
    landed = layer.landing(position, tap)
    shown_at = output_cell(layer, view, filter_, landed)
    if shown_at:
        assert shown_at[2] in now.cells(*shown_at[:2], "now")
    kernel_role = "flipped_kernel" if view == ZEROS else "kernel"
    rows, columns = layer.weight.shape[2:]
    turned = (rows - 1 - tap[0], columns - 1 - tap[1])
    assert now.cells(kernel_role, channel, "now") == [turned if view == ZEROS else tap]
    term, product = layer.term(filter_, channel, position, tap), layer.product(filter_, channel, position, tap)
    line = now.seen.equation[1 + channel - layer.channels(filter_)[0]]
    assert f"{term} {sign(term, written(product))} {written(product)}" in line
    output = layer.cropped(landed)
    name = f"output {filter_}" if layer.filters > 1 else "output"
    place = "cropped cell" if output is None else f"{name}[{output[0]}, {output[1]}]"
    assert now.seen.equation[-1].startswith(f"lands on {place}: ")


def check_stamp(now: Framed, layer: Transposed, view: str, filter_: int, position: Cell) -> None:
    """Check what is framed, and said, for a whole stamp."""
    for channel in range(len(layer.input)):
        role, number, cell = where(layer, view, now.seen, channel, position)
        assert (cell in now.cells(role, number, "now")) is (channel in layer.channels(filter_))
    landings = [output_cell(layer, view, filter_, layer.landing(position, tap)) for tap in layer.taps]
    cells = sorted(landing[2] for landing in landings if landing)
    if cells:
        role, number = next(landing[:2] for landing in landings if landing)
        assert now.cells(role, number, "tap") == cells
    if view == STAMPS:
        extent = tuple(d * (k - 1) + 1 for d, k in zip(layer.dilation, layer.weight.shape[2:], strict=True))
        assert now.areas("uncropped", filter_) == [(layer.landing(position, (0, 0)), extent)]
    if view == MATRIX:
        outputs = len(layer.outputs)
        columns = [where(layer, view, now.seen, channel, position)[2][0] for channel in layer.channels(filter_)]
        assert now.areas("matrix") == [((filter_ * outputs, column), (outputs, 1)) for column in columns]
    for channel, line in zip(layer.channels(filter_), now.seen.equation[1:], strict=False):
        terms = [layer.term(filter_, channel, position, tap) for tap in layer.taps]
        products = [written(layer.product(filter_, channel, position, tap)) for tap in layer.taps]
        said = [f"{term} {sign(term, product)} {product}" for term, product in zip(terms, products, strict=True)]
        assert line.split(": ")[-1] == ",  ".join(said)


def test_every_output_and_what_it_is_gathered_from(shown: tuple[Stage, Transposed, str]) -> None:
    stage, layer, view = shown
    stage.press("2")
    stage.expect(steps=layer.output.size)
    check_still(stage.look(), layer, view)
    outputs = layer.outputs
    steps = walk(stage)
    for filter_ in range(layer.filters):
        for index, output in enumerate(outputs):
            now, landings = next(steps), layer.gathered(output)
            made = {
                (channel, tap): layer.product(filter_, channel, position, tap)
                for channel in layer.channels(filter_)
                for position, tap in landings
            }
            check_made(now, layer, view, filter_, made)
            rows, columns = layer.uncropped.shape[1:]
            canvas = [
                [
                    float(layer.output[filter_][at]) if at is not None and outputs.index(at) <= index else None
                    for at in (layer.cropped((row, column)) for column in range(columns))
                ]
                for row in range(rows)
            ]
            check_sums(now, layer, view, canvas, index == len(outputs) - 1)
            assert now.seen.equation == layer.equation(filter_, output)
            check_gathered(now, layer, view, filter_, output, landings)
    assert next(steps, None) is None


def check_gathered(
    now: Framed, layer: Transposed, view: str, filter_: int, output: Cell, landings: list[tuple[Cell, Cell]]
) -> None:
    """Check what is framed for an output."""
    cell = (output[0] + layer.padding[0], output[1] + layer.padding[1])
    shown_at = output_cell(layer, view, filter_, cell)
    assert shown_at
    assert now.cells(*shown_at[:2]) == [shown_at[2]]
    for channel in layer.channels(filter_):
        inputs = sorted(where(layer, view, now.seen, channel, position)[2] for position, _ in landings)
        if view == ZEROS:
            assert set(now.cells("zero_inserted", channel, "tap")) == layer.window(output)
            extent = tuple(d * (k - 1) + 1 for d, k in zip(layer.dilation, layer.weight.shape[2:], strict=True))
            assert now.areas("zero_inserted", channel) == [(output, extent)]
        elif view == STAMPS:
            assert now.cells("input", channel) == inputs
        else:
            assert set(inputs) <= set(now.cells("flat_input"))
    if view == MATRIX:
        assert now.areas("matrix") == [((shown_at[2][0], 0), (1, layer.input.size))]


def test_a_change_of_view_keeps_the_step(open_again: Callable[..., Stage]) -> None:
    stage = open_transposed(open_again, GROUPED, STAMPS)
    for keys, grain, step in ((("3", "End", "ArrowLeft"), "multiply", 62), (("2", "Home", "ArrowRight"), "output", 1)):
        stage.press(*keys)
        stage.expect(step=step)
        equation = stage.look().equation
        for view in (ZEROS, MATRIX, ALL, STAMPS):
            show_view(stage, view)
            stage.expect(step=step)
            expect(stage.control(grain)).to_have_attribute("aria-pressed", "true")
            assert stage.look().equation == equation


@pytest.mark.parametrize("view", [ZEROS, STAMPS])
def test_the_view_of_zeros_opens_with_the_window_that_slides_over_them(
    open_again: Callable[..., Stage], view: str
) -> None:
    stage = open_transposed(open_again, ODD, view)
    grain = "output" if view == ZEROS else "stamp"
    expect(stage.control(grain)).to_have_attribute("aria-pressed", "true")
    assert stage.page.url.partition("#")[2] == ""
    show_view(stage, ZEROS)
    now = framed(stage)
    assert set(now.cells("zero_inserted", 0, "tap")) == ODD.window((0, 0))
    show_view(stage, MATRIX)
    expect(stage.control("stamp")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("grain", ["stamp", "output"])
def test_a_link_to_a_step_means_what_it_did(open_again: Callable[..., Stage], grain: str) -> None:
    """Links of old name no grain where it is the stamp."""
    named = "" if grain == "stamp" else "&grain=output"
    stage = open_again(f"{ODD.link(SLUGS[ZEROS])}#step=2{named}", anew=True)
    stage.expect(step=1)
    expect(stage.control(grain)).to_have_attribute("aria-pressed", "true")
    stage.press("1", "Home")  # at the first stamp, an address says so
    stage.page.wait_for_function("() => location.hash === '#grain=stamp'")


def test_what_no_stamp_reaches_is_said(open_again: Callable[..., Stage]) -> None:
    stage = open_transposed(open_again, SPREAD, STAMPS)
    seen = stage.hover("uncropped", (0, 2))
    assert seen.equation == ["output[0, 2]", "no stamp reaches it", "only the bias: 10"]
    assert seen.sentence == "output[0, 2] = 10: no stamp reaches it, only the bias"


def test_all_three_views_step_together(open_again: Callable[..., Stage]) -> None:
    """On the page as it opens: at every step of every grain the three views have the same sums."""
    stage = open_again(PATH)
    layer = Transposed(x=[[[1, 2], [3, 4]]], kernel=[[[[1, 2], [3, 4]]]])
    assert stage.look().unit >= 18
    assert stage.look().live("products") == ["1", "2", "3", "4"]  # what is seen first is no product with 0
    for key in ("3", "2", "1"):
        stage.press(key)
        for now in walk(stage):
            shown = [now.seen.live(role) for role in OUTPUTS.values()]
            assert shown[0] == shown[1] == shown[2]
            assert len({now.is_filling(role) for role in OUTPUTS.values()}) == 1
    check_still_of_all(stage.look(), layer)


def check_still_of_all(seen: Seen, layer: Transposed) -> None:
    for role in ("uncropped", "output", "flat_output"):
        assert misread(seen.numbers(role), layer.output) == []
    assert misread(seen.numbers("zero_inserted"), layer.zero_inserted) == []
    assert misread(seen.numbers("matrix"), [value for value in layer.matrix if value is not None]) == []


def test_grains_are_named_and_lead_to_each_other(open_again: Callable[..., Stage]) -> None:
    """A stamp's first output, an output's first stamp, and back."""
    stage = open_transposed(open_again, ODD, STAMPS)
    expect(stage.control("stamp")).to_have_attribute("aria-pressed", "true")
    for name in ("stamp", "output", "multiply"):
        expect(stage.control(name)).to_have_text(name)
    stage.press("End")  # the last input lands last on output[5, 5], and first on output[3, 3]
    stage.press("2")
    assert stage.look().equation[0] == "output[3, 3]"
    stage.press("1")  # which the input in the middle is the first to land on
    assert stage.look().equation[0] == "stamp of input[1, 1]"
    stage.press("3")
    stage.expect(step=4 * 9)


def test_labels_and_captions_say_what_is_what(open_again: Callable[..., Stage]) -> None:
    stage = open_transposed(open_again, ODD, ALL)
    said = framed(stage).said
    assert {"input", "output", "kernel", "stamp", "input with zeros", "flipped kernel"} <= set(said["labels"])
    text = " ".join(said["captions"])
    for line in (
        "cropped by padding p = 1, this layer's own",
        "added by output_padding = 1",
        "zeros inserted: s − 1 = 1 between two inputs",
        "padding p′ = k − p − 1 = 1, the equivalent convolution's",
        "a = 1 more at the bottom and right: output_padding",
    ):
        assert line in text
    stage.press("2")
    assert "gathered" in framed(stage).said["labels"]
