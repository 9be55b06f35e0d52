"""A run by one's own settings: what is trained is what torch trains, once for all who ask, and it can be stopped."""

import re
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from engine import SGD, Adam, forward
from engine.feed_forward import feed_forward
from kinds.links import decode
from learning.data_sets import HELD_OUT, DataSet, held_out, to_learn
from learning.recipe import LESSON, Recipe, Shrinking, two_convolutions
from learning.recording import Recording, recorded_run
from learning.training import train
from pages.shared.heavy_work import Ended, WorkQueue
from pages.shared.torch_installed import NO_TORCH
from pages.train_a_network_parts import own_run, training_task
from pages.train_a_network_parts.own_run import TRAIN, TRAINING
from pages.train_a_network_parts.reading import read_held_out, stage_parts
from pages.train_a_network_parts.training_task import SAMPLE, train_and_record
from sharing.link import encode
from sharing.optimizers import OptimizerName
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.training import LAST, ChosenRun, MapCell, TrainingState, TrainingView
from sharing.values import operands
from tests.pages.comparison_page import chart
from tests.pages.driver import PATIENCE, errors, open_link, page_text, press
from tests.pages.shared import tasks

PAGE = TrainingState.page
OWN = TrainingState(
    run=ChosenRun.OWN, epochs=1, first_maps=2, second_maps=3, shrinking=Shrinking.STRIDES, learning_rate=50
)
"""Settings of a run that takes a second."""


def told(recipe: Recipe) -> tuple[Recording, list[tuple[str, float]]]:
    """A run, and what was said meanwhile."""
    said: list[tuple[str, float]] = []
    return train_and_record(recipe, lambda step, share: said.append((step, share))), said


@pytest.fixture(scope="module")
def run() -> Recording:
    return told(OWN.recipe())[0]


def test_the_state_says_what_is_trained() -> None:
    assert OWN.recipe() == Recipe(two_convolutions(2, 3, True, Shrinking.STRIDES), Adam(0.005), epochs=1)
    momentum = replace(OWN, optimizer=OptimizerName.MOMENTUM, learning_rate=300, seed=7, epochs=4).recipe()
    assert (momentum.optimizer, momentum.seed, momentum.epochs) == (SGD(0.03, 0.9), 7, 4)
    assert replace(OWN, run=ChosenRun.RECORDED).recipe() == LESSON


def test_what_is_recorded_is_what_torch_trains(run: Recording) -> None:
    steps = {one.step: one.parameters for one in train(OWN.recipe(), to_learn(DataSet.DIGITS))}
    assert [*steps][-1] == run.steps[-1] == 63
    assert (run.steps[0], len(run.steps)) == (0, LAST + 1)
    for step, vector in zip(run.steps.tolist(), run.vectors, strict=True):
        np.testing.assert_array_equal(vector, steps[step])
    assert run.accuracies[-1] > 0.5


def test_the_lessons_settings_are_the_recipe_of_the_recorded_run() -> None:
    assert TrainingState(run=ChosenRun.OWN, epochs=LESSON.epochs).recipe() == LESSON


@pytest.mark.parametrize("checkpoint", [0, 20, LAST])
def test_what_is_said_of_its_reading_is_the_engines(run: Recording, checkpoint: int) -> None:
    parameters = run.parameters(checkpoint)
    images, labels = held_out(DataSet.DIGITS).inputs()[:200], held_out(DataSet.DIGITS).labels[:200]
    scores = np.array([feed_forward(run.recipe.layers, parameters, image)[-1] for image in images])
    assert (scores.argmax(axis=1) == run.read[checkpoint][:200]).mean() > 0.99
    network = torch.nn.Sequential(
        torch.nn.Conv2d(1, 2, 3, stride=2, padding=1),
        torch.nn.ReLU(),
        torch.nn.Conv2d(2, 3, 3, stride=2, padding=1),
        torch.nn.ReLU(),
        torch.nn.Flatten(),
        torch.nn.Linear(3 * 7 * 7, 10),
    ).double()
    network.load_state_dict({name: torch.tensor(values) for name, values in parameters.items()})
    with torch.inference_mode():
        for digits, count, loss in (
            (held_out(DataSet.DIGITS), HELD_OUT, run.held_out_losses),
            (to_learn(DataSet.DIGITS), SAMPLE, run.learned_losses),
        ):
            found = network(torch.from_numpy(digits.inputs()[:count]).double())
            right = torch.from_numpy(digits.labels[:count].astype(int))
            assert loss[checkpoint] == pytest.approx(torch.nn.functional.cross_entropy(found, right).item(), rel=1e-5)
    assert (labels == run.labels[:200]).all()


@pytest.mark.parametrize("shrinking", Shrinking)
def test_without_relu_and_a_maximum_all_layers_are_one_linear_map(shrinking: Shrinking) -> None:
    recipe = replace(OWN, relu=False, shrinking=shrinking).recipe()
    (start,) = islice(train(recipe, to_learn(DataSet.DIGITS)), 1)
    run = replace(recorded_run(DataSet.DIGITS), recipe=recipe, vectors=start.parameters[None])
    one, other = held_out(DataSet.DIGITS).inputs()[:2].astype(float)
    zero = np.zeros_like(one)
    scores = {
        name: feed_forward(recipe.layers, run.parameters(0), image)[-1]
        for name, image in {"one": one, "other": other, "both": one + other, "zero": zero}.items()
    }
    is_linear = np.allclose(scores["both"] - scores["zero"], scores["one"] + scores["other"] - 2 * scores["zero"])
    assert is_linear is (shrinking is not Shrinking.MAX_POOLING)


def test_what_is_told_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_task, "_TELL_EVERY", 0)
    _, (loading, *said) = told(OWN.recipe())
    assert loading == ("Loading torch", 0.0)
    shares = [share for _, share in said]
    assert len(said) == 63
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1
    losses = [one.loss for one in train(OWN.recipe(), to_learn(DataSet.DIGITS))][1:]
    for (step, _), loss in zip(said, losses, strict=True):
        assert f"the loss is {loss:.3g}"[:16] in step
        assert re.search(r", \d+ of 1,000 held-out pictures are read right$", step)


def test_a_training_that_diverges_says_so() -> None:
    state = replace(OWN, relu=False, optimizer=OptimizerName.SGD, learning_rate=10_000)
    with pytest.raises(ValueError, match=r"^It diverged: after step \d+ its loss is no number any more\."):
        told(state.recipe())


def wait_and_look(app: AppTest) -> AppTest:
    """Wait for what this visitor has asked for."""
    app.session_state["training"].wait(PATIENCE)
    return app.run()


def test_a_link_trains_its_run_and_shows_it(run: Recording) -> None:
    link = encode(OWN)
    assert decode(PAGE, link) == (OWN, ())
    app = open_link(link, PAGE)
    assert errors(app) == []
    assert "**This run has to be trained first**, on this server: 1 epoch over 4,000 pictures, 63 steps." in page_text(
        app
    )
    assert not app.get("plotly_chart")
    app = press(app, TRAIN)
    assert "Cancel" in [button.label for button in app.button]
    app = wait_and_look(app)
    assert errors(app) == []
    assert TRAIN not in [button.label for button in app.button]
    assert f"reads {run.accuracies[-1] * 1000:.0f} of 1,000 held-out pictures right" in page_text(app)
    assert chart(app, "training_losses")["data"][1]["y"] == pytest.approx(run.held_out_losses)
    assert dict(app.query_params).keys() == link.keys()
    other = open_link(link, PAGE)
    assert chart(other, "training_losses")["data"][1]["y"] == pytest.approx(run.held_out_losses)


def test_a_run_that_is_done_while_the_page_waits_is_shown_at_once(
    run: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fragment that waits has the whole page run anew."""
    asked: list[Recipe] = []

    def kept(recipe: Recipe) -> Recording | None:
        asked.append(recipe)
        return run if len(asked) > 1 else None

    monkeypatch.setattr(TRAINING, "kept", kept)
    app = open_link(encode(OWN), PAGE)
    assert errors(app) == []
    assert "**After step 63 of 63**" in page_text(app)
    assert TRAIN not in [button.label for button in app.button]
    assert len(asked) == 3


def test_equal_presses_are_one_run_and_who_cancels_cancels_it_for_nobody_else(tmp_path: Path) -> None:
    queue = WorkQueue(kept_bytes=1000)
    recipe = OWN.recipe()
    calls, go = tmp_path / "calls", tmp_path / "go"
    asked = [
        queue.add(str(visitor), None, tasks.note_and_wait, calls, go, same=recipe, limit=PATIENCE)
        for visitor in range(30)
    ]
    assert [work.before for work in asked] == [0] * 30
    other = queue.add("other", None, tasks.add, 1, 1, same=replace(recipe, seed=1))
    assert other.before == 1
    for work in asked[:29]:
        work.cancel()
    assert not asked[0].is_under_way
    assert asked[29].is_under_way
    go.touch()
    asked[29].wait(PATIENCE)
    assert asked[29].result() == queue.kept(recipe) == "a run"
    assert calls.read_text() == "begun\n"
    with pytest.raises(Ended, match="Cancelled"):
        asked[0].result()
    other.wait(PATIENCE)
    assert other.result() == 2


def test_who_stops_gets_the_button_back() -> None:
    app = press(open_link(encode(replace(OWN, seed=2)), PAGE), TRAIN)
    app = press(app, "Cancel")
    assert [info.value for info in app.info] == ["Cancelled."]
    assert TRAIN in [button.label for button in app.button]


def test_other_settings_cancel_what_is_under_way() -> None:
    app = press(open_link(encode(replace(OWN, seed=3)), PAGE), TRAIN)
    work = app.session_state["training"]
    app = app.number_input(key="epochs").set_value(2).run()
    assert not work.is_under_way
    assert TRAIN in [button.label for button in app.button]
    assert app.info == []


def test_a_process_that_was_killed_is_a_sentence_and_a_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(own_run, "train_and_record", tasks.end_the_process_of)
        app = wait_and_look(press(open_link(encode(replace(OWN, seed=4)), PAGE), TRAIN))
    assert [info.value for info in app.info] == ["It broke off; the server's log says why."]
    app = wait_and_look(press(app, TRAIN))
    assert errors(app) == []
    assert "**After step 63 of 63**" in page_text(app)


def test_a_training_that_diverges_is_said_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_run, "train_and_record", tasks.diverge)
    app = wait_and_look(press(open_link(encode(replace(OWN, seed=5)), PAGE), TRAIN))
    assert [info.value for info in app.info] == ["It diverged."]
    assert TRAIN in [button.label for button in app.button]


def test_a_run_is_not_trained_where_there_is_no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    app = press(open_link(encode(replace(OWN, seed=6)), PAGE), TRAIN)
    assert [info.value for info in app.info] == [NO_TORCH]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"epochs": "16"}, "Epochs is 16, but this page shows 1 to 15: use 15."),
        ({"first_maps": "0"}, "Kernels, layer 1 is 0, but this page shows 1 to 16: use 1."),
        ({"first_maps": "4", "map_number": "4"}, "Kernel and map is 4, but this page shows 0 to 3: use 3."),
        (
            {"view": "digit", "shrinking": "strides", "map_row": "14"},
            "Row of the map is 14, but this page shows 0 to 13: use 13.",
        ),
    ],
)
def test_a_setting_out_of_bounds_is_one_sentence_and_no_button(fields: dict[str, str], sentence: str) -> None:
    app = open_link({"run": "own"} | fields, PAGE)
    assert errors(app) == [sentence]
    assert TRAIN not in [button.label for button in app.button]
    (way,) = {button.label for button in app.button if str(button.key).startswith("way_out_")}
    assert errors(press(app, way)) == []


@pytest.mark.parametrize("view", TrainingView)
@pytest.mark.parametrize("shrinking", Shrinking)
@pytest.mark.parametrize("relu", [True, False])
def test_every_view_shows_a_run_of_any_network(view: TrainingView, shrinking: Shrinking, relu: bool) -> None:
    state = replace(OWN, view=view, shrinking=shrinking, relu=relu, checkpoint=0, map_number=1, map_row=5)
    (start,) = islice(train(state.recipe(), to_learn(DataSet.DIGITS)), 1)
    recorded = recorded_run(DataSet.DIGITS)
    run = replace(recorded, recipe=state.recipe(), vectors=np.repeat(start.parameters[None], LAST + 1, axis=0))
    TRAINING.keep(state.recipe(), run)
    app = open_link(encode(state), PAGE)
    assert errors(app) == []
    assert app.slider(key="checkpoint").value == 0
    text = "\n".join([page_text(app), *(caption.value for caption in app.caption)])
    assert "2 kernels of 3×3" in text
    is_linear = not relu and shrinking is not Shrinking.MAX_POOLING
    assert ("all its layers together are one linear map" in text) is is_linear


@pytest.mark.parametrize("cell", [(0, 0), (13, 13), (5, 8), (0, 13)])
def test_a_cell_of_a_layer_with_strides_is_played_with_its_own_numbers(run: Recording, cell: tuple[int, int]) -> None:
    reading = read_held_out(run, LAST, 74)
    (part,) = stage_parts(reading, MapCell(0, 1, *cell))
    numbers = operands(part.state)
    output = forward(part.state.layer(), numbers[INPUT], numbers[KERNEL], numbers[BIAS])
    parameters = {name: torch.tensor(values) for name, values in run.parameters(LAST).items()}
    image = torch.tensor(reading.image)[None]
    made = torch.nn.functional.conv2d(image, parameters["0.weight"], parameters["0.bias"], stride=2, padding=1)
    assert output.ravel()[part.step - 1] == pytest.approx(made[0, 1, cell[0], cell[1]].item(), abs=1e-12)
