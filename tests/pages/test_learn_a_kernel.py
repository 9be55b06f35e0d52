"""The page on which a kernel is learned: what it says of a run, its steps, its links and its code."""

import contextlib
import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import LayerError, curvature
from kinds.gradients.backward import there_and_back
from kinds.links import decode
from pages.learn_a_kernel_parts.charts import moving_weights
from pages.learn_a_kernel_parts.code import torch_code
from pages.learn_a_kernel_parts.step_view import gradients_state, weight_names
from pages.learn_a_kernel_parts.words import came_words, rate_words
from pages.shared.example_choice import matching
from sharing.learning import GivenInput, LearningState, WantedOutput
from sharing.learning_examples import LESSONS
from sharing.link import encode
from sharing.optimizers import OptimizerName
from tests.pages.comparison_page import chart
from tests.pages.driver import errors, open_link, page_text, press

PAGE = "learn_a_kernel"


def state_of(name: str) -> LearningState:
    return replace(LearningState(), **LESSONS[name].fields)


def maps(app: AppTest) -> str:
    return "".join(html.proto.body for html in app.get("html") if 'class="maps"' in html.proto.body)


def test_the_page_opens_on_the_lesson() -> None:
    app = open_link({}, PAGE)
    assert errors(app) == []
    text = page_text(app)
    assert "bends by 60 and 12, along k₁ + k₂ and along k₁ − k₂" in text
    assert "multiplies the two errors by 1 − 60·r and 1 − 12·r" in text
    assert "At r = 0.03 that is **−0.80 and 0.64**: what is negative overshoots" in text
    assert "Best is r = 1/36 ≈ 0.0278; above 1/30 ≈ 0.0333 it diverges" in text
    assert app.selectbox(key="example").value == "bars"
    assert [app.number_input(key=name).value for name in ("height", "width", "steps")] == [6, 8, 10]


def test_its_charts_show_the_run() -> None:
    app = open_link({"step": "3"}, PAGE)
    run = LearningState().run(LearningState().lesson())
    line, mark = chart(app, "losses")["data"]
    assert line["y"] == pytest.approx(run.losses)
    assert (mark["x"], mark["y"]) == ([2], pytest.approx([run.losses[2]]))
    rings, path, best, here = chart(app, "bowl")["data"]
    assert np.transpose([path["x"], path["y"]]) == pytest.approx(run.weights.reshape(-1, 2))
    assert (best["x"], best["y"]) == (pytest.approx([1]), pytest.approx([-1]))
    assert [here["x"][0], here["y"][0]] == pytest.approx(run.weights[2].ravel())
    for row, column in ((0, 0), (7, 30), (40, 40)):
        weight = np.array([[[[rings["x"][column], rings["y"][row]]]]])
        assert rings["z"][row][column] ** 2 == pytest.approx(run.task.loss(weight))


def test_steps_are_walked_by_buttons_and_by_the_slider_and_the_link_follows() -> None:
    app = open_link({}, PAGE)
    assert [one.disabled for one in app.button if one.label in ("Step back", "Next step")] == [True, False]
    app = press(press(app, "Next step"), "Next step")
    assert app.slider(key="step").value == 3
    assert app.query_params["step"] == "3"
    run = LearningState().run(LearningState().lesson())
    assert f"squares: {run.losses[2]:.4g}." in page_text(app)
    app = press(app.slider(key="step").set_value(10).run(), "Step back")
    assert app.slider(key="step").value == 9
    assert f"squares: {run.losses[8]:.4g}." in page_text(app)


def test_a_step_beyond_the_end_is_the_last_one() -> None:
    app = open_link({"step": "10"}, PAGE)
    app = app.number_input(key="steps").set_value(4).run()
    assert errors(app) == []
    assert app.slider(key="step").value == 4
    assert errors(app.number_input(key="steps").set_value(1).run()) == []


def test_the_best_rate_is_taken_by_a_button() -> None:
    app = press(open_link({}, PAGE), "Best: 0.0278")
    assert app.select_slider(key="learning_rate").value == 278
    assert "**−0.67 and 0.67**" in page_text(app)
    assert not [one for one in app.button if one.label.startswith("Best")]


@pytest.mark.parametrize("name", LESSONS)
def test_an_example_opens_by_its_name_and_by_its_link(name: str) -> None:
    state = state_of(name)
    assert matching(state, LESSONS) == name
    assert decode(PAGE, encode(state)) == (state, ())
    app = open_link(encode(state), PAGE)
    assert errors(app) == []
    assert app.selectbox(key="example").value == name
    assert LESSONS[name].look_for in page_text(app)


def test_what_the_examples_say_is_so() -> None:
    runs = {name: state_of(name).run(state_of(name).lesson()) for name in LESSONS}
    losses = {name: run.losses for name, run in runs.items()}
    assert losses["bars"][-1] < 0.01 * losses["bars"][0]
    assert losses["best-rate"][-1] < losses["bars"][-1]
    assert losses["small-rate"][-1] > 1
    assert losses["diverges"][-1] > losses["diverges"][0]
    assert losses["another-start"][-1] < 0.002
    assert losses["one-pixel"][1] == pytest.approx(0, abs=1e-20)
    assert np.abs(runs["adam"].steps[0].change).ravel() == pytest.approx([0.1, 0.1])
    assert losses["constant"][-1] == pytest.approx(0, abs=1e-9)
    assert abs(runs["constant"].weights[-1].ravel()[0] - 1) > 0.5
    hidden = state_of("find-it").lesson().kernel
    assert hidden is not None
    assert runs["find-it"].weights[-1].round(6).tolist() == hidden.tolist()
    assert losses["noise"][-1] > 1
    assert 0.01 < np.abs(runs["noise"].weights[-1] - state_of("noise").lesson().kernel).max() < 0.5
    assert losses["two-channels"][-1] < 1e-9
    path = runs["momentum"].weights.reshape(-1, 2).sum(axis=1)  # whose goal is 0
    assert (path[:-1] * path[1:] < 0).sum() > 3


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("constant", {}, "The loss depends on k₁ + k₂ alone"),
        ("constant", {}, "many kernels have that loss"),
        ("constant", {"kernel_text": "1 2 3"}, "In 2 of 3 directions the loss is flat"),
        ("diverges", {}, "one error grows with every step"),
        ("diverges", {}, "it has diverged"),
        ("small-rate", {}, "nothing overshoots"),
        ("small-rate", {}, "more steps are needed"),
        ("one-pixel", {}, "bends by 2 in 9 directions alike"),
        ("one-pixel", {}, "the kernel is found"),
        ("one-pixel", {"learning_rate": 10_000}, "only changes its sign"),
        ("one-pixel", {"learning_rate": 5000}, "**0**: one step takes the whole error away"),
        ("bars", {"learning_rate": 334, "steps": 100}, "**−1.004 and 0.60**: one error grows with every step"),
        ("bars", {"learning_rate": 334, "steps": 100}, "more steps let it diverge"),
        ("bars", {"learning_rate": 333, "steps": 100}, "**−0.998 and 0.60**: what is negative overshoots"),
        ("adam", {"learning_rate": 9999, "steps": 1}, "the steps went too far; later ones come back"),
        ("momentum", {"learning_rate": 600, "steps": 10}, "the steps went too far; later ones come back"),
        (
            "bars",
            {"given": GivenInput.TYPED, "input_text": "0.0001 0.0002 0.0003\n0.0002 0.0001 0.0004"},
            "nothing overshoots",
        ),
        ("bars", {"kernel_text": "1"}, "a step of rate r multiplies the error by"),
        ("noise", {}, "no kernel comes below"),
        ("momentum", {}, "it diverges only above r = 0.0633, where plain descent does above 1/30"),
        ("adam", {}, "the first step is 0.1 for every weight"),
        ("bars", {"given": GivenInput.TYPED, "input_text": "0 0 0"}, "cannot tell anything of the kernel"),
    ],
)
def test_what_is_said_of_a_run(name: str, fields: dict[str, Any], words: str) -> None:
    state = replace(state_of(name), **fields)
    run = state.run(state.lesson())
    assert words in f"{rate_words(run)} {came_words(run)}"


@pytest.mark.parametrize("optimizer", OptimizerName)
@pytest.mark.parametrize("name", ["bars", "two-channels", "noise"])
def test_the_code_trains_to_the_same_losses(name: str, optimizer: OptimizerName) -> None:
    state = replace(state_of(name), optimizer=optimizer, learning_rate=100)
    lesson = state.lesson()
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(torch_code(state, lesson), "code", "exec"), {})
    lines = out.getvalue().splitlines()
    run = state.run(lesson)
    assert [float(line.split()[1]) for line in lines[:-1]] == pytest.approx(run.losses[:-1], rel=1e-9, abs=1e-12)
    assert float(lines[-1].rsplit(" ", 1)[1]) == pytest.approx(run.losses[-1], rel=1e-9, abs=1e-12)


def test_the_code_is_shown() -> None:
    app = open_link({}, PAGE)
    assert "torch.optim.SGD(params=layer.parameters(), lr=0.03)" in app.code[0].value


@pytest.mark.parametrize("name", ["bars", "two-channels", "noise"])
def test_a_step_is_played_by_the_page_of_gradients_with_its_own_numbers(name: str) -> None:
    state = state_of(name)
    run = state.run(state.lesson())
    step = run.steps[4]
    played = gradients_state(run, step)
    assert played is not None
    opened, problems = decode("gradients", encode(played))
    assert problems == ()
    recorded = there_and_back(opened)
    assert recorded.loss_value == pytest.approx(step.loss)
    np.testing.assert_allclose(recorded.grad_output, step.grad_output[0], atol=1e-12)
    np.testing.assert_allclose(recorded.found.weight, step.gradient, atol=1e-9)  # type: ignore[arg-type]


def test_a_batch_and_numbers_beyond_a_text_are_not_offered_there() -> None:
    batch = replace(LearningState(), given=GivenInput.TYPED, input_text="1 2 3\n---\n0 1 0")
    run = batch.run(batch.lesson())
    assert gradients_state(run, run.steps[0]) is None
    app = open_link(encode(batch), PAGE)
    assert errors(app) == []
    grown = replace(LearningState(), learning_rate=10_000, steps=20)
    run = grown.run(grown.lesson())
    assert gradients_state(run, run.steps[-1]) is None
    assert errors(open_link(encode(replace(grown, step=20)), PAGE)) == []


def test_a_text_that_makes_no_kernel_is_told_and_can_be_corrected() -> None:
    app = open_link({"wanted": "typed", "wanted_values": "1 2"}, PAGE)
    (error,) = errors(app)
    assert error.startswith("Wanted output values: no kernel makes 1×2 of an input of 6×8")
    app = app.text_area(key="wanted_text").set_value("\n".join(["0 1 0 0 0 -1 0"] * 6)).run()
    assert errors(app) == []
    assert "bends by 60 and 12" in page_text(app)


def test_typing_begins_with_the_numbers_that_were_shown() -> None:
    app = open_link({}, PAGE)
    app = app.selectbox(key="given").set_value(GivenInput.TYPED).run()
    assert app.text_area(key="input_text").value.splitlines()[0].split() == list("11000011")
    app = app.selectbox(key="wanted").set_value(WantedOutput.TYPED).run()
    assert app.text_area(key="wanted_text").value.splitlines()[0].split() == ["0", "1", "0", "0", "0", "-1", "0"]
    assert errors(app) == []
    assert "bends by 60 and 12" in page_text(app)


def test_the_bowl_is_over_the_weights_that_move_furthest() -> None:
    state = state_of("find-it")
    run = state.run(state.lesson())
    furthest = np.abs(run.weights - run.task.best_weight).max(axis=0).ravel()
    assert set(moving_weights(run)) == set(np.argsort(furthest)[-2:])
    assert weight_names(run)[5] == "k[1, 2]"
    alone = replace(LearningState(), kernel_text="3")
    assert errors(open_link(encode(alone), PAGE)) == []


def test_a_path_along_one_weight_leaves_the_bowl_its_width() -> None:
    state = replace(LearningState(), given=GivenInput.ONE_PIXEL, kernel_text="0 -2")
    layout = chart(open_link(encode(state), PAGE), "bowl")["layout"]
    lengths = [high - low for low, high in (layout[name]["range"] for name in ("xaxis", "yaxis"))]
    assert min(lengths) >= 0.69 * max(lengths)


def test_every_curvature_that_is_told_is_the_tasks() -> None:
    state = state_of("find-it")
    run = state.run(state.lesson())
    bends = curvature(run.task)
    assert f"by {bends.values[0]:.4g} at most and by {bends.values[-1]:.4g} at least" in rate_words(run)


def test_a_hidden_kernel_is_shown_when_asked_for() -> None:
    app = open_link(encode(state_of("find-it")), PAGE)
    assert [one.label for one in app.expander] == ["Show the hidden kernel", "PyTorch"]
    with pytest.raises(LayerError):
        replace(state_of("find-it"), height=2).lesson()


@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_a_run_whose_weights_become_whole_or_huge_is_shown(seed: str) -> None:
    large = {"given": "noise", "height": "16", "width": "16", "kernel_height": "5", "kernel_width": "5"}
    app = open_link({"v": "1", "wanted": "hidden", "steps": "100", "seed": seed, **large}, PAGE)
    assert not app.exception
