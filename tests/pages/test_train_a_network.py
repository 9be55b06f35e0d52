"""The page on which a network learns digits: its run, its digits, its cells, and where they lead."""

import contextlib
import io
import re
import struct
import zlib
from base64 import b64decode
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
import pytest
import torch
from PIL import Image
from streamlit.testing.v1 import AppTest

from engine import forward
from kinds.links import decode
from learning.classes import CLASS_NAMES
from learning.data_sets import DataSet, held_out, to_learn
from learning.drawing import as_drawn, as_mnist
from learning.recipe import RECORDED, Recipe
from learning.recording import CHECKPOINTS, recorded_run
from learning.training import judge, train
from pages.shared.example_choice import matching
from pages.train_a_network_parts.code import torch_code, weights_file
from pages.train_a_network_parts.controls import film_address
from pages.train_a_network_parts.drawing import STROKES
from pages.train_a_network_parts.map_picture import png
from pages.train_a_network_parts.moving import Part
from pages.train_a_network_parts.own_run import film
from pages.train_a_network_parts.reading import CROP, read_held_out, stage_parts
from pages.train_a_network_parts.state_dict import MAKE
from pages.train_a_network_parts.words import kernels_words
from sharing.link import encode
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.training import LAST, MapCell, TrainingState, TrainingView
from sharing.training_examples import MOMENTS
from sharing.values import operands
from tests.pages.comparison_page import chart
from tests.pages.driver import errors, open_link, page_text, press, press_and_wait

PAGE = "train_a_network"
RUN = recorded_run(DataSet.DIGITS)


OF_CELLS = ["map_number", "map_row", "map_column", "second_map_number", "second_map_row", "second_map_column"]


def moment(name: str) -> TrainingState:
    return replace(TrainingState(), **MOMENTS[name].fields)


def pictures(app: AppTest) -> dict[str, str]:
    """The pictures of maps on a page, by what is said of them to who does not see them."""
    shown = "".join(html.proto.body for html in app.get("html") if "map-pictures" in html.proto.body)
    return {alt: unquote(address) for alt, address in re.findall(r'alt="([^"]*)" src="([^"]*)"', shown)}


def bars(app: AppTest) -> list[float]:
    """The shares of the classes, by the lengths of their bars."""
    shown = "".join(html.proto.body for html in app.get("html") if 'class="shares"' in html.proto.body)
    return [float(share) for share in re.findall(r"--share:([\d.]+)", shown)]


def tiles(drawn: str) -> np.ndarray:
    """The grey and the opacity of each pixel of a picture."""
    (grey,) = re.findall(r"data:image/png;base64,([^']*)'", drawn)
    return np.array(Image.open(io.BytesIO(b64decode(grey))))


def network(checkpoint: int, data_set: DataSet = DataSet.DIGITS) -> torch.nn.Sequential:
    """The lesson's network in PyTorch, written out here, with the parameters of a checkpoint."""
    made = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(16, 32, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(32 * 7 * 7, 10),
    ).double()
    parameters = recorded_run(data_set).parameters(checkpoint)
    made.load_state_dict({name: torch.tensor(values) for name, values in parameters.items()})
    return made


def accuracy(recipe: Recipe) -> float:
    """Train a network, and return the share of the held-out pictures that it reads."""
    *_, last = train(recipe, to_learn(DataSet.DIGITS))
    return judge(recipe, last.parameters, held_out(DataSet.DIGITS)).accuracy


def test_the_page_opens_on_the_trained_network() -> None:
    app = open_link({}, PAGE)
    assert errors(app) == []
    assert "**After step 945 of 945**, in epoch 15 of 15, it reads 970 of 1,000 held-out pictures right" in page_text(
        app
    )
    assert app.slider(key="checkpoint").value == LAST
    assert app.selectbox(key="example").value == "trained"


def test_checkpoints_are_walked_by_buttons_and_by_the_slider_and_the_link_follows() -> None:
    app = press(open_link({}, PAGE), "Start")
    assert app.slider(key="checkpoint").value == 0
    assert app.query_params["checkpoint"] == "0"
    assert "**Before the first step** it reads 90 of 1,000" in page_text(app)
    assert {one.label: one.disabled for one in app.button if one.label in ("Start", "Back", "Next", "End")} == {
        "Start": True, "Back": True, "Next": False, "End": False,
    }  # fmt: skip
    app = press(press(app, "Next"), "Next")
    assert f"**After step {RUN.steps[2]} of 945**, in epoch 1 of 15" in page_text(app)
    app = press(app.slider(key="checkpoint").set_value(30).run(), "Back")
    assert "**After step 63 of 945**, in epoch 1 of 15, it reads 836 of 1,000" in page_text(app)
    assert "checkpoint" not in press(app, "End").query_params


@pytest.mark.parametrize("checkpoint", [0, 29, LAST])
def test_its_charts_show_the_run(checkpoint: int) -> None:
    app = open_link({"checkpoint": str(checkpoint)}, PAGE)
    seen, unseen, mark = chart(app, "training_losses")["data"]
    assert unseen["y"] == pytest.approx(RUN.held_out_losses)
    assert seen["y"] == pytest.approx(RUN.learned_losses)
    assert (mark["x"], mark["y"]) == ([checkpoint], pytest.approx([RUN.held_out_losses[checkpoint]]))
    axis = chart(app, "training_losses")["layout"]["xaxis"]
    assert [str(RUN.steps[place]) for place in axis["tickvals"]] == axis["ticktext"]
    _, unseen, mark = chart(app, "training_accuracies")["data"]
    assert unseen["y"] == pytest.approx((RUN.read == held_out(DataSet.DIGITS).labels).mean(axis=1) * 100)
    *_, first, mark = chart(app, "training_moved")["data"]
    assert mark["y"] == [first["y"][checkpoint]]
    start, now = (RUN.parameters(one)["0.weight"] for one in (0, checkpoint))
    assert mark["y"][0] == pytest.approx(100 * np.sqrt(((now - start) ** 2).sum() / (start**2).sum()))


def test_what_is_said_of_the_kernels_is_so() -> None:
    start, now = (RUN.parameters(one)["0.weight"] for one in (0, 29))
    moved = np.abs(now - start)
    words = kernels_words(RUN, 29)
    assert f"from −{np.abs(start).max():.3g} to" in words
    assert f"moved by {moved.mean():.3g} on average, and by {moved.max():.3g} at most" in words
    assert moved.max() < 0.072
    assert "nothing has changed" in kernels_words(RUN, 0)


@pytest.mark.parametrize(("checkpoint", "digit"), [(0, 13), (LAST, 74), (30, 999)])
@pytest.mark.parametrize("data_set", DataSet)
def test_the_maps_and_the_shares_of_a_picture_are_torchs(data_set: DataSet, checkpoint: int, digit: int) -> None:
    reading = read_held_out(recorded_run(data_set), checkpoint, digit)
    values = torch.tensor(reading.image)[None]
    for made, layer in zip(reading.made, network(checkpoint, data_set), strict=True):
        values = layer(values)
        np.testing.assert_allclose(made, values[0].detach(), atol=1e-9)
    shares = torch.softmax(values, 1)[0].detach().numpy()
    np.testing.assert_allclose(reading.shares, shares, atol=1e-9)
    query = {"data_set": data_set, "view": "digit", "checkpoint": str(checkpoint), "digit": str(digit)}
    app = open_link(query, PAGE)
    assert errors(app) == []
    assert bars(app) == pytest.approx(shares, abs=1e-4)
    names = CLASS_NAMES[data_set]
    assert f"Held-out picture {digit} is {names[held_out(data_set).labels[digit]].one}" in page_text(app)
    assert f"**read as {names[shares.argmax()].one}**" in page_text(app)


def test_every_pixel_of_a_picture_is_its_value() -> None:
    app = open_link({"view": "digit", "digit": "74"}, PAGE)
    reading = read_held_out(RUN, LAST, 74)
    shown = {alt.split(":")[0]: drawn for alt, drawn in pictures(app).items()}
    for name, layer, gap in (("First layer", 0, 2), ("Second layer", 3, 1)):
        made = reading.made[layer]
        found = tiles(shown[name])
        side = made.shape[1]
        for number in range(len(made)):
            row, column = divmod(number, 8)
            top, left = gap + row * (side + gap), gap + column * (side + gap)
            part = found[top : top + side, left : left + side]
            assert (part[..., 1] == 255).all()
            expected = made[number] / np.abs(made).max()
            np.testing.assert_allclose(part[..., 0] / 127.5 - 1, expected, atol=1 / 127)
        assert (found[:gap, :, 1] == 0).all()


def test_a_png_is_read_by_others_as_it_was_meant() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (5, 7, 2)).astype(np.uint8)
    written = png(pixels)
    assert (np.array(Image.open(io.BytesIO(written))) == pixels).all()
    at = written.index(b"IHDR")
    assert struct.unpack(">I", written[at + 17 : at + 21])[0] == zlib.crc32(written[at : at + 17])


def test_before_the_first_step_nothing_has_changed() -> None:
    app = open_link({"checkpoint": "0"}, PAGE)
    assert errors(app) == []
    change = next(drawn for alt, drawn in pictures(app).items() if alt.startswith("Change"))
    assert set(np.unique(tiles(change)[..., 0])) <= {0, 128}


@pytest.mark.parametrize("cell", [(0, 0), (0, 27), (27, 27), (13, 5), (9, 12)])
@pytest.mark.parametrize("number", [0, 15])
def test_a_cell_is_played_by_the_standard_page_with_the_layers_own_numbers(number: int, cell: tuple[int, int]) -> None:
    reading = read_held_out(RUN, 40, 74)
    (part,) = stage_parts(reading, MapCell(0, number, *cell))
    state, step = part.state, part.step
    opened, problems = decode("standard", encode(state))
    assert problems == ()
    assert opened == state
    numbers = operands(opened)
    output = forward(opened.layer(), numbers[INPUT], numbers[KERNEL], numbers[BIAS])
    expected = network(40)[0](torch.tensor(reading.image)[None])[0, number, cell[0], cell[1]].item()
    assert output.ravel()[step - 1] == pytest.approx(expected, abs=1e-12)
    assert output.shape == (1, CROP - 2, CROP - 2)
    link = urlsplit(part.address)
    assert (link.path, link.fragment) == ("standard", f"step={step}")
    assert decode(link.path, parse_qs(link.query)) == (state, ())


@pytest.mark.parametrize("cell", [(0, 0), (13, 13), (6, 2)])
@pytest.mark.parametrize(("number", "data_set"), [(0, DataSet.DIGITS), (31, DataSet.CLOTHES)])
def test_a_cell_of_the_second_layer_is_played_in_parts_that_add_up_to_it(
    number: int, data_set: DataSet, cell: tuple[int, int]
) -> None:
    reading = read_held_out(recorded_run(data_set), 40, 74)
    parts = stage_parts(reading, MapCell(1, number, *cell))
    assert [part.channels for part in parts] == [range(8), range(8, 16)]
    assert [part.has_bias for part in parts] == [True, False]
    for part in parts:
        opened, problems = decode("standard", encode(part.state))
        assert (opened, problems) == (part.state, ())
        numbers = operands(opened)
        output = forward(opened.layer(), numbers[INPUT], numbers[KERNEL], numbers.get(BIAS))
        assert output.ravel()[part.step - 1] == pytest.approx(part.total, abs=1e-12)
    values = network(40, data_set)[:4](torch.tensor(reading.image)[None])
    assert sum(part.total for part in parts) == pytest.approx(values[0, number, *cell].item(), abs=1e-9)


def test_the_cell_of_the_second_layer_that_is_said_is_the_one_that_is_opened() -> None:
    query = {"view": "digit", "second_map_number": "17", "second_map_row": "3", "second_map_column": "9"}
    app = open_link(query, PAGE)
    reading = read_held_out(RUN, LAST, TrainingState().digit)
    assert "Map 17, row 3, column 9 (marked): 144 products and the bias" in page_text(app)
    (links,) = (html.proto.body for html in app.get("html") if f'data-film="{Part.SECOND_STAGES}"' in html.proto.body)
    written = re.findall(r'href="([^"]*)">Open its channels (\d+) to (\d+) on the stage: [^<]* (−?[\d.]+)</a>', links)
    assert [(first, last) for _, first, last, _ in written] == [("0", "7"), ("8", "15")]
    total = sum(float(number.replace("−", "-")) for *_, number in written)
    assert total == pytest.approx(reading.made[3][17, 3, 9], abs=2e-5)


def test_the_cell_that_is_said_is_the_one_that_is_opened() -> None:
    app = open_link({"view": "digit", "map_number": "11", "map_row": "9", "map_column": "12"}, PAGE)
    value = read_held_out(RUN, LAST, TrainingState().digit).made[0][11, 9, 12]
    assert "Map 11, row 9, column 12 (marked): 9 products and the bias" in page_text(app)
    assert f"{abs(value):.5g}"[:6] in page_text(app)
    assert any("stage-link" in html.proto.body for html in app.get("html"))


@pytest.mark.parametrize("checkpoint", [0, 29, LAST])
@pytest.mark.parametrize("data_set", DataSet)
def test_the_table_counts_what_is_read_as_what(data_set: DataSet, checkpoint: int) -> None:
    app = open_link({"data_set": data_set, "view": "mistakes", "checkpoint": str(checkpoint)}, PAGE)
    (table,) = (
        html.proto.body for html in app.get("html") if "confusion" in html.proto.body and "<table" in html.proto.body
    )
    cells = [0 if cell == "·" else int(cell) for cell in re.findall(r"<td (?:class|style)[^>]*>([^<]*)</td>", table)]
    expected = np.zeros((10, 10), int)
    names = re.findall(r'scope="(?:col|row)">(?:<span>)?([^<]*)<', table)
    assert names == [named.name for named in CLASS_NAMES[data_set]] * 2
    for label, read in zip(held_out(data_set).labels, recorded_run(data_set).read[checkpoint], strict=True):
        expected[label, read] += 1
    assert np.reshape(cells, (10, 10)).tolist() == expected.tolist()
    wrong = 1000 - int(np.trace(expected))
    assert f"**{wrong} pictures are misread** of 1,000" in page_text(app)


def test_misread_digits_are_walked_and_chosen() -> None:
    wrong = np.flatnonzero(RUN.read[LAST] != held_out(DataSet.DIGITS).labels).tolist()
    app = open_link({"view": "mistakes", "digit": "0"}, PAGE)
    app = press(press(app, "Next misread"), "Next misread")
    assert app.number_input(key="digit").value == wrong[1]
    assert app.query_params["digit"] == str(wrong[1])
    assert "but **read as" in page_text(app)
    app = press(app, "Misread before")
    assert app.selectbox(key="misread").value == wrong[0]
    app = app.selectbox(key="misread").set_value(wrong[7]).run()
    assert app.number_input(key="digit").value == wrong[7]
    assert f"Held-out picture {wrong[7]} is a {held_out(DataSet.DIGITS).labels[wrong[7]]}" in page_text(app)


@pytest.mark.parametrize("name", MOMENTS)
def test_an_example_opens_by_its_name_and_by_its_link(name: str) -> None:
    state = moment(name)
    assert matching(state, MOMENTS) == name
    assert decode(PAGE, encode(state)) == (state, ())
    app = open_link(encode(state), PAGE)
    assert errors(app) == []
    assert app.selectbox(key="example").value == name
    assert MOMENTS[name].look_for in page_text(app)


def test_what_the_examples_say_is_so() -> None:
    epoch = moment("one-epoch").checkpoint
    assert RUN.steps[epoch] == 63 == RUN.steps[-1] / RUN.recipe.epochs
    right = (RUN.read == held_out(DataSet.DIGITS).labels).sum(axis=1)
    assert (right[0], right[epoch], right[LAST]) == (90, 836, 970)
    assert (RUN.read[0] == 0).sum() == 912
    fours, sevens = (RUN.read[epoch][held_out(DataSet.DIGITS).labels == one] for one in (4, 7))
    assert ((fours == 9).sum(), (sevens == 9).sum()) == (22, 10)
    assert (RUN.read[LAST][held_out(DataSet.DIGITS).labels == 4] == 9).sum() == 1  # a lesson of the path says so


def test_what_the_examples_say_of_clothes_is_so() -> None:
    run, names = recorded_run(DataSet.CLOTHES), [named.name for named in CLASS_NAMES[DataSet.CLOTHES]]
    labels = held_out(DataSet.CLOTHES).labels

    def read_as(checkpoint: int, name: str, as_name: str) -> int:
        shown = run.read[checkpoint][labels == names.index(name)]
        return int((shown == names.index(as_name)).sum())

    assert (run.read[LAST] == labels).sum() == 867
    assert run.learned_accuracies[LAST] == pytest.approx(0.91, abs=0.005)
    assert read_as(LAST, "Sandal", "Sandal") == 97
    assert [read_as(LAST, "Shirt", name) for name in ("Shirt", "Coat", "Pullover")] == [68, 17, 7]
    early = moment("shirts-early").checkpoint
    assert abs(run.steps[early] - run.steps[-1] / run.recipe.epochs) < 3
    assert [read_as(early, "Shirt", name) for name in ("Shirt", "Pullover")] == [7, 35]


@pytest.mark.parametrize(("name", "of_100", "parameters"), [("one-linear-map", 88, 20490), ("few-kernels", 78, 2066)])
def test_what_the_examples_say_of_ones_own_runs_is_so(name: str, of_100: int, parameters: int) -> None:
    state = moment(name)
    assert f"{of_100} of 100 digits" in MOMENTS[name].look_for
    assert "92" in MOMENTS[name].look_for
    assert state.recipe().parameter_count == parameters
    assert accuracy(state.recipe()) == pytest.approx(of_100 / 100, abs=0.02)


def test_the_lessons_network_reads_as_much_after_three_epochs() -> None:
    """Of which the examples speak: the recorded run, whose seed is the same, has a checkpoint near their end."""
    at = int(np.abs(RUN.steps - 3 * 63).argmin())
    assert abs(RUN.steps[at] - 3 * 63) < 15
    assert RUN.accuracies[at] == pytest.approx(0.92, abs=0.02)


@pytest.mark.parametrize("fields", [{"digit": "1000"}, {"view": "digit", "map_row": "28"}, {"map_number": "-1"}])
def test_a_number_out_of_bounds_is_said_in_one_sentence_and_put_right_by_a_button(fields: dict[str, Any]) -> None:
    app = open_link(fields, PAGE)
    (error,) = errors(app)
    assert re.search(r"is [−-]?[\d,]+, but this page shows 0 to [\d,]+: use \d+", error.replace("\\", ""))
    name, said = list(fields.items())[-1]
    app = app.number_input(key=name).set_value(max(0, int(said) - 1)).run()
    assert errors(app) == []


@pytest.mark.parametrize(("data_set", "steps"), [(DataSet.DIGITS, 63), (DataSet.CLOTHES, 94)])
def test_the_code_trains_to_the_same_losses(monkeypatch: pytest.MonkeyPatch, data_set: DataSet, steps: int) -> None:
    """For the one epoch that a test has time for."""
    monkeypatch.chdir(data_set.file.parent)
    recipe = replace(RECORDED[data_set], epochs=1)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(torch_code(recipe), "code", "exec"), {})
    lines = out.getvalue().splitlines()
    found = [float(line.removeprefix("loss ")) for line in lines if line.startswith("loss ")]
    made = list(train(recipe, to_learn(data_set)))
    expected = [one.loss for one in made if one.loss is not None]
    assert found == pytest.approx(expected, rel=1e-6)
    (right,) = re.findall(r"read right (\d+) of 1000", lines[steps])
    assert int(right) == pytest.approx(1000 * judge(recipe, made[-1].parameters, held_out(data_set)).accuracy, abs=1)


def test_the_code_and_the_files_are_offered() -> None:
    app = open_link({"checkpoint": "29"}, PAGE)
    assert "range(15)" in app.code[0].value
    assert "nn.Conv2d(in_channels=16, out_channels=32, kernel_size=3, padding=1)" in app.code[0].value
    labels = [one.proto.label for one in app.get("download_button")]
    assert labels == ["train_a_network.py", "The pictures: digits.npz", "The weights after step 63: weights_63.npz"]


def test_the_weights_that_are_offered_read_what_the_page_says() -> None:
    with np.load(io.BytesIO(weights_file(RUN, 40))) as stored:
        state = {name: torch.from_numpy(values) for name, values in stored.items()}
    made = network(40).float()
    made.load_state_dict(state)
    with torch.inference_mode():
        read = made(torch.from_numpy(held_out(DataSet.DIGITS).inputs())).argmax(1)
    assert (read.numpy() == RUN.read[40]).mean() > 0.999


def test_a_state_dict_is_made_that_torch_loads_and_that_reads_what_the_page_says() -> None:
    app = open_link({"checkpoint": "40"}, PAGE)
    app = press_and_wait(app, MAKE, "state_dict")
    file = app.session_state["state_dict"].result()
    made = network(40).float()
    made.load_state_dict(torch.load(io.BytesIO(file), weights_only=True))
    with torch.inference_mode():
        read = made(torch.from_numpy(held_out(DataSet.DIGITS).inputs())).argmax(1)
    assert (read.numpy() == RUN.read[40]).mean() > 0.999
    assert [one.proto.label for one in app.get("download_button")][-1] == f"weights_{RUN.steps[40]}.pt"
    app = app.slider(key="checkpoint").set_value(39).run()
    assert app.button(key="state_dict_button").label == MAKE  # what was made is of another checkpoint


def test_a_drawn_digit_is_read_at_any_checkpoint_and_as_it_stands() -> None:
    strokes = (((100, 60), (180, 60), (130, 220)),)
    app = open_link({"view": "draw"}, PAGE)
    assert errors(app) == []
    assert not bars(app)
    app.session_state[STROKES] = strokes
    app = app.run()
    for checkpoint, is_centred, image in ((LAST, True, as_mnist(strokes)), (20, False, as_drawn(strokes))):
        app = app.slider(key="checkpoint").set_value(checkpoint).run()
        app = app.toggle(key="centred").set_value(is_centred).run()
        shares = torch.softmax(network(checkpoint)(torch.tensor(image[None, None])), 1)[0].detach().numpy()
        assert bars(app) == pytest.approx(shares, abs=1e-4)
        assert f"Yours is **read as {CLASS_NAMES[DataSet.DIGITS][shares.argmax()].one}**" in page_text(app)
        found = tiles(next(drawn for alt, drawn in pictures(app).items() if alt.startswith("What is drawn")))
        np.testing.assert_allclose(found[2:-2, 2:-2, 0] / 127.5 - 1, image, atol=1 / 127)
    assert app.query_params["centred"] == "0"
    assert "drawn" not in str(dict(app.query_params))


def test_what_is_drawn_is_not_made_like_a_digit_for_a_network_that_learned_clothes() -> None:
    strokes = (((100, 60), (180, 60), (130, 220)),)
    app = open_link({"data_set": "clothes", "view": "draw"}, PAGE)
    app.session_state[STROKES] = strokes
    app = app.run()
    assert [one.key for one in app.toggle] == []
    image = torch.tensor(as_drawn(strokes)[None, None])
    shares = torch.softmax(network(LAST, DataSet.CLOTHES)(image), 1)[0].detach().numpy()
    assert bars(app) == pytest.approx(shares, abs=1e-4)
    assert f"Yours is **read as {CLASS_NAMES[DataSet.CLOTHES][shares.argmax()].one}**" in page_text(app)
    assert "MNIST’s digits" not in page_text(app)


def test_only_what_has_an_effect_has_a_control() -> None:
    shown = {}
    for view in TrainingView:
        app = open_link({"view": view.name.lower(), "map_row": "99"}, PAGE)
        shown[view] = [one.key for one in app.number_input]
        assert bool(errors(app)) is (view in (TrainingView.DIGIT, TrainingView.DRAW))
    assert shown == {
        TrainingView.LEARNING: ["digit", "map_number"],
        TrainingView.DIGIT: ["digit", *OF_CELLS],
        TrainingView.MISTAKES: ["digit"],
        TrainingView.DRAW: OF_CELLS,
    }


@pytest.mark.parametrize("view", TrainingView)
def test_the_film_has_what_runs_of_the_page_show(view: TrainingView) -> None:
    """At any checkpoint: a part that a slider shows is the one that stays when it is let go."""
    frames = film(replace(TrainingState(), view=view, digit=74))["parts"]
    assert {len(stops) for stops in frames.values()} == {CHECKPOINTS}
    for checkpoint in (0, 29, LAST):
        app = open_link({"view": view.name.lower(), "digit": "74", "checkpoint": str(checkpoint)}, PAGE)
        shown = dict(
            found.groups()
            for html in app.get("html")
            if (found := re.fullmatch(r'<div data-film="(\w+)">(.*)</div>', html.proto.body, re.DOTALL))
        )
        if Part.SECOND_STAGES in shown:
            shown[Part.SECOND_STAGES] = re.sub(' href="[^"]*"', "", shown[Part.SECOND_STAGES])
        assert shown == {part: stops[checkpoint] for part, stops in frames.items()}


def test_the_place_of_a_film_does_not_depend_on_the_checkpoint() -> None:
    start, end = (film_address(TrainingState(checkpoint=one)) for one in (0, LAST))
    assert start == end
    assert film_address(TrainingState(view=TrainingView.DRAW)) is None
