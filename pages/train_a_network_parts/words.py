"""What is said of a run, of a picture, and of a cell of a map."""

from math import ceil

import numpy as np

from engine import Conv2d
from engine.arrays import Floats
from engine.messages import Templates, fill
from learning.classes import CLASS_NAMES
from learning.data_sets import HELD_OUT, DataSet, to_learn
from learning.recipe import Recipe
from learning.recording import Recording, recorded_run
from sharing.training import MapCell
from stage.number_text import write_number

TEMPLATES: Templates = {
    "network.digits": (
        "{first:kernel|kernels} of 3×3, {between}{second:kernel|kernels} of {first}×3×3, {between}and a linear layer "
        "to ten scores: {parameters:,} parameters, trained on {learned:,} handwritten digits of MNIST. {held_out:,} "
        "others, from which it never learned, say how well it reads."
    ),
    "network.clothes": (
        "{first:kernel|kernels} of 3×3, {between}{second:kernel|kernels} of {first}×3×3, {between}and a linear layer "
        "to ten scores: {parameters:,} parameters, trained on {learned:,} photographs of clothes, of Fashion-MNIST. "
        "{held_out:,} others, from which it never learned, say how well it reads."
    ),
    "linear": "With neither ReLU nor a maximum in it, all its layers together are one linear map of the pixels.",
    "between": "two cells at a time, ",
    "between.ReLU": "two cells at a time, ReLU, ",
    "between.MaxPool2d": "2×2 max pooling, ",
    "between.ReLU.MaxPool2d": "ReLU, 2×2 max pooling, ",
    "between.AvgPool2d": "2×2 average pooling, ",
    "between.ReLU.AvgPool2d": "ReLU, 2×2 average pooling, ",
    "to_train": (
        "**This run has to be trained first**, on this server: {epochs:epoch|epochs} over {learned:,} pictures, "
        "{steps} steps. Who opens its link trains it again, to the same numbers."
    ),
    "loading": "Loading torch",
    "progress": "Step {step} of {steps}: the loss is {loss}, {right} of {held_out:,} held-out pictures are read right",
    "play": "Play",
    "pause": "Pause",
    "diverged": (
        "It diverged: after step {step} its loss is no number any more. Train it with a smaller learning rate."
    ),
    "at.start": (
        "**Before the first step** it reads {right} of {held_out:,} held-out pictures right; the loss is {loss}."
    ),
    "at.later": (
        "**After step {step} of {steps}**, in epoch {epoch} of {epochs}, it reads {right} of {held_out:,} held-out "
        "pictures right; the loss is {loss}."
    ),
    "losses": "**Loss** (mean cross entropy): held-out pictures in blue, those it learns from in grey",
    "losses.sample": (
        "**Loss** (mean cross entropy): held-out pictures in blue, {sample} of those it learns from in grey"
    ),
    "accuracies": "**Read right**, in percent: held-out pictures in blue, those it learns from in grey",
    "accuracies.sample": (
        "**Read right**, in percent: held-out pictures in blue, {sample} of those it learns from in grey"
    ),
    "moved": (
        "**How far the weights are from their start**, in percent of how large they were: first layer in blue, second "
        "in green, linear in purple"
    ),
    "kernels.start": (
        "**The first layer’s kernels** begin as random numbers from −{largest} to {largest}: nothing has changed yet."
    ),
    "kernels.later": (
        "**The first layer’s kernels** began as random numbers from −{largest} to {largest}. A weight has moved by "
        "{mean} on average, and by {most} at most: the change has a scale of its own, up to {most}."
    ),
    "kernel": "**Kernel {number} in numbers.** Its bias is {bias}, and was {start} at the start.",
    "reads.right": "Held-out picture {number} is {label}. It is **read as {read}**, with a share of {share}.",
    "reads.wrong": "Held-out picture {number} is {label}, but **read as {read}**, with a share of {share}.",
    "reads.drawn": "Yours is **read as {read}**, with a share of {share}.",
    "held_out": "Held-out picture {number}, {label}",
    "picture": "Picture",
    "draw.digits": (
        "**Draw a digit** here, with a mouse, a finger or a stylus; or by keys: arrows move the pen, Space lowers it."
    ),
    "draw.clothes": (
        "**Draw a piece of clothing** here, with a mouse, a finger or a stylus; or by keys: arrows move the pen, Space "
        "lowers it."
    ),
    "draw.label": "Paper to draw on: arrows move the pen, Space lowers and lifts it",
    "draw.in_no_link": "What you drew stays here: it is in no link.",
    "draw.undo": "Undo stroke",
    "draw.clear": "Clear",
    "made.first": "First layer: {maps:map|maps} of {side}×{side}",
    "made.second": "Second layer: {maps:map|maps} of {side}×{side}",
    "made.after.ReLU": "After ReLU: {maps:map|maps} of {side}×{side}",
    "made.after.MaxPool2d": "After pooling: {maps:map|maps} of {side}×{side}",
    "made.after.ReLU.MaxPool2d": "After ReLU and pooling: {maps:map|maps} of {side}×{side}",
    "made.after.AvgPool2d": "After pooling: {maps:map|maps} of {side}×{side}",
    "made.after.ReLU.AvgPool2d": "After ReLU and pooling: {maps:map|maps} of {side}×{side}",
    "centred.own": (
        "MNIST’s digits were scaled to 20×20 pixels and put so that the middle of their ink is the middle of 28×28. "
        "The network has seen no others."
    ),
    "centred": (
        "MNIST’s digits were scaled to 20×20 pixels and put so that the middle of their ink is the middle of 28×28. "
        "The network has seen no others: of 50 drawn digits, it read {centred} right when they were made alike, and "
        "{as_drawn} as they stood on the paper."
    ),
    "as_drawn.clothes": (
        "What this network learned from is photographs, from edge to edge of their 28×28 pixels and filled with grey. "
        "It has never seen a line that was drawn: what it reads says more of that than of your drawing."
    ),
    "cell": (
        "Map {number}, row {row}, column {column} (marked): {products} products and the bias {bias} add up to {value}."
    ),
    "cell.cut": (
        "Map {number}, row {row}, column {column} (marked): {products} products and the bias {bias} add up to {value}, "
        "of which ReLU makes 0."
    ),
    "open": "Open this cell on the stage, with its window, weights and sum",
    "open.part": "Open its channels {first} to {last} on the stage: they add up to {total}",
    "open.part.bias": "Open its channels {first} to {last} on the stage: with the bias they add up to {total}",
    "mistakes": (
        "**{wrong:picture is|pictures are} misread** of {held_out:,}. Rows are what a picture is, columns what it is "
        "read as."
    ),
    "misread": "**Misread**: the first {shown} of {wrong}",
    "misread.all": "**Misread**: all {wrong}",
    "misread.none": "**None is misread.**",
    "one_misread": "{number}: {label}, read as {read}",
}
"""The English catalogue."""

DRAWN_RIGHT, DRAWN_RIGHT_AS_THEY_STAND = 50, 30
"""Of the 50 digits drawn by strokes that the tests have: so many does the last checkpoint read right."""

OF_FIRST_LAYER = "0.weight", "0.bias"


def network_words(recording: Recording) -> str:
    """What the network is, and what it learned from."""
    recipe = recording.recipe
    first, second = (layer.out_channels for layer in recipe.layers if isinstance(layer, Conv2d))
    after = after_first(recipe)
    places = {
        "first": first,
        "second": second,
        "between": TEMPLATES[".".join(["between", *after])],
        "parameters": recipe.parameter_count,
        "learned": len(to_learn(recipe.data_set).labels),
        "held_out": HELD_OUT,
    }
    words = fill(TEMPLATES[f"network.{recipe.data_set}"], places)
    return words if {*after} & {"ReLU", "MaxPool2d"} else f"{words} {TEMPLATES['linear']}"


def after_first(recipe: Recipe) -> list[str]:
    """The names of what stands after the first convolution, and after the second one too."""
    second = convolutions(recipe)[1]
    return [type(layer).__name__ for layer in recipe.layers[1:second]]


def convolutions(recipe: Recipe) -> list[int]:
    """The places of the convolutions among the layers of a network."""
    return [place for place, layer in enumerate(recipe.layers) if isinstance(layer, Conv2d)]


def made_words(key: str, maps: Floats) -> str:
    """What maps are called that a layer has made, by the key of their template after `made`."""
    return fill(TEMPLATES[f"made.{key}"], {"maps": len(maps), "side": maps.shape[1]})


def to_train_words(recipe: Recipe) -> str:
    """What has to be done before there is a run to be shown."""
    learned = len(to_learn(recipe.data_set).labels)
    places = {"epochs": recipe.epochs, "learned": learned, "steps": recipe.step_count(learned)}
    return fill(TEMPLATES["to_train"], places)


def progress_words(step: int, steps: int, loss: float, accuracy: float) -> str:
    """How far a training is."""
    places = {"step": step, "steps": steps, "loss": rounded(loss), "right": round(accuracy * HELD_OUT)}
    return fill(TEMPLATES["progress"], places | {"held_out": HELD_OUT})


def diverged_words(step: int) -> str:
    """Why a training has come to no run."""
    return fill(TEMPLATES["diverged"], {"step": step})


def chart_words(key: str, recording: Recording) -> str:
    """What a chart of both sets of pictures shows, `losses` or `accuracies`."""
    is_sample = recording.sample < len(to_learn(recording.recipe.data_set).labels)
    return fill(TEMPLATES[f"{key}.sample" if is_sample else key], {"sample": recording.sample})


def moment_words(recording: Recording, checkpoint: int) -> str:
    """How well a checkpoint reads."""
    step, steps = int(recording.steps[checkpoint]), int(recording.steps[-1])
    epochs = recording.recipe.epochs
    places = {
        "step": step,
        "steps": steps,
        "epoch": ceil(step * epochs / steps),
        "epochs": epochs,
        "right": HELD_OUT - len(recording.misread(checkpoint)),
        "held_out": HELD_OUT,
        "loss": rounded(recording.held_out_losses[checkpoint]),
    }
    return fill(TEMPLATES["at.later" if step else "at.start"], places)


def kernels_words(recording: Recording, checkpoint: int) -> str:
    """How far the first layer's kernels have moved."""
    weight, _ = OF_FIRST_LAYER
    start = recording.parameters(0)[weight]
    moved = np.abs(recording.parameters(checkpoint)[weight] - start)
    places = {
        "largest": rounded(np.abs(start).max()),
        "mean": rounded(moved.mean()),
        "most": rounded(moved.max()),
    }
    return fill(TEMPLATES["kernels.later" if checkpoint else "kernels.start"], places)


def kernel_words(recording: Recording, checkpoint: int, number: int) -> str:
    """The bias of a kernel of the first layer, now and at the start."""
    _, bias = OF_FIRST_LAYER
    now, start = (float(recording.parameters(one)[bias][number]) for one in (checkpoint, 0))
    return fill(TEMPLATES["kernel"], {"number": number, "bias": rounded(now), "start": rounded(start)})


def reading_words(data_set: DataSet, number: int, label: int, shares: Floats) -> str:
    """What a held-out picture is, and what it is read as."""
    read = int(shares.argmax())
    names = CLASS_NAMES[data_set]
    places = {"number": number, "label": names[label].one, "read": names[read].one, "share": percent(shares[read])}
    return fill(TEMPLATES["reads.right" if read == label else "reads.wrong"], places)


def drawn_words(data_set: DataSet, shares: Floats) -> str:
    """What a picture that somebody drew is read as."""
    read = int(shares.argmax())
    return fill(TEMPLATES["reads.drawn"], {"read": CLASS_NAMES[data_set][read].one, "share": percent(shares[read])})


def made_like_words(recording: Recording) -> str:
    """How a drawing is made like the pictures of a run, or why it is not; of the recorded digits, what that does."""
    if recording.recipe.data_set is DataSet.CLOTHES:
        return TEMPLATES["as_drawn.clothes"]
    places = {"centred": DRAWN_RIGHT, "as_drawn": DRAWN_RIGHT_AS_THEY_STAND}
    is_recorded = recording is recorded_run(DataSet.DIGITS)
    return fill(TEMPLATES["centred" if is_recorded else "centred.own"], places)


def cell_words(cell: MapCell, products: int, value: float, bias: float, has_relu: bool) -> str:
    """What a cell of a map comes to."""
    places = {
        "number": cell.number,
        "row": cell.row,
        "column": cell.column,
        "products": products,
        "value": write_number(value),
        "bias": write_number(bias),
    }
    return fill(TEMPLATES["cell.cut" if value < 0 and has_relu else "cell"], places)


def open_words(channels: range, total: float, has_bias: bool, is_all: bool) -> str:
    """What a link to the stage of a cell is called, or to a part of its channels."""
    if is_all:
        return TEMPLATES["open"]
    places = {"first": channels[0], "last": channels[-1], "total": write_number(total)}
    return fill(TEMPLATES["open.part.bias" if has_bias else "open.part"], places)


def mistakes_words(recording: Recording, checkpoint: int) -> str:
    """How many pictures are misread, and how the table is read."""
    return fill(TEMPLATES["mistakes"], {"wrong": len(recording.misread(checkpoint)), "held_out": HELD_OUT})


def misread_words(shown: int, wrong: int) -> str:
    """How many of the misread pictures are shown."""
    key = "misread.none" if not wrong else "misread.all" if shown == wrong else "misread"
    return fill(TEMPLATES[key], {"shown": shown, "wrong": wrong})


def one_misread(recording: Recording, checkpoint: int, number: int) -> str:
    """A misread picture in a few words."""
    names = CLASS_NAMES[recording.recipe.data_set]
    label, read = recording.labels[number], recording.read[checkpoint][number]
    return fill(TEMPLATES["one_misread"], {"number": number, "label": names[label].one, "read": names[read].one})


def shares_words(data_set: DataSet, shares: Floats) -> str:
    """All shares, for who does not see the chart."""
    return ", ".join(
        f"{named.name}: {percent(share)}" for named, share in zip(CLASS_NAMES[data_set], shares.tolist(), strict=True)
    )


def percent(share: float) -> str:
    """A share in percent, with a decimal.

    >>> percent(0.1234), percent(0.9999), percent(1.0), percent(0.0001)
    ('12.3 %', '> 99.9 %', '100 %', '< 0.1 %')
    """
    if 0 < share < 0.0005:
        return "< 0.1 %"
    if 0.9995 <= share < 1:
        return "> 99.9 %"
    return f"{100 * share:.1f} %" if share < 1 else "100 %"


def rounded(value: float) -> str:
    """A number with three digits.

    >>> rounded(0.11649), rounded(-2.0)
    ('0.116', '−2')
    """
    return write_number(float(f"{value:.3g}"))
