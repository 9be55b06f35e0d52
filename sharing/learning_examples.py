"""Examples for the page on which a kernel is learned."""

from dataclasses import asdict
from typing import Any

from sharing.examples import Example
from sharing.learning import GivenInput, LearningState, WantedOutput
from sharing.optimizers import OptimizerName


def _lesson(title: str, summary: str, details: str = "", **fields: Any) -> Example:
    """An example with all fields but the step that is shown: those that are not named are as the page opens."""
    opening = {name: value for name, value in asdict(LearningState()).items() if name != "step"}
    return Example(title, summary, opening | fields, details)


_SHARPEN = "0   -1  0\n-1  5   -1\n0   -1  0"
_TWO_CHANNELS = """\
1   1   -1  -1  1   1
0   -1  1   0   -1  -1
0   1   0   1   -1  0
0   1   -1  1   -1  0
1   0   1   1   1   1
-1  1   1   -1  1   1

-1  -1  0   1   1   -1
0   1   0   -1  -1  1
-1  0   1   -1  0   -1
1   0   -1  0   1   1
-1  -1  -1  -1  1   1
0   0   0   -1  0   -1"""

LESSONS = {
    "bars": _lesson(
        "Bars and their edges: the kernel 1 −1",
        "X has black and white bars, and Y is where they end: ten steps from a random start come near the kernel.",
        "Step through: the output, its error, the gradient of the kernel, the kernel after.",
    ),
    "best-rate": _lesson(
        "The best rate, 1/36",
        "At 1/36 both errors shrink alike, one of them changing its sign each time. No other rate is faster here.",
        learning_rate=278,
    ),
    "small-rate": _lesson(
        "A small rate: straight, but slow",
        "At 0.005 nothing overshoots, and after ten steps the loss is still far from 0.",
        learning_rate=50,
    ),
    "diverges": _lesson(
        "Too large a rate: it diverges",
        "Above 1/30 each step overshoots by more than the error was: the loss grows, though each sets out downhill.",
        learning_rate=350,
        steps=20,
    ),
    "another-start": _lesson(
        "Another start: ten steps suffice",
        "The same rate from a start in the middle of the valley: the error that shrinks slowest is not there at all.",
        seed=83,
    ),
    "momentum": _lesson(
        "Momentum: it rolls past, and comes back",
        "With momentum 0.9 each step keeps most of the last one: the path swings around the kernel.",
        optimizer=OptimizerName.MOMENTUM,
        learning_rate=50,
        steps=60,
    ),
    "adam": _lesson(
        "Adam: the same step for every weight at first",
        "Adam’s first step is the rate itself for both weights, however steep the loss is in each.",
        optimizer=OptimizerName.ADAM,
        learning_rate=1000,
        steps=60,
    ),
    "constant": _lesson(
        "Ones everywhere: the kernel cannot be found",
        "Each output is k₁ + k₂, whatever the two are: the loss reaches 0, and the kernel is another one.",
        given=GivenInput.CONSTANT,
        learning_rate=50,
    ),
    "one-pixel": _lesson(
        "One pixel: found in a single step",
        "A single 1 shows each weight in one output alone: no weight disturbs another, and the rate 1/2 is exact.",
        given=GivenInput.ONE_PIXEL,
        height=7,
        width=7,
        kernel_text=_SHARPEN,
        learning_rate=5000,
        steps=2,
    ),
    "find-it": _lesson(
        "Find it: a hidden 3×3 kernel",
        "All that is known are X and Y. Forty steps find the nine whole numbers of the kernel between them.",
        given=GivenInput.NOISE,
        height=10,
        width=10,
        wanted=WantedOutput.HIDDEN,
        kernel_height=3,
        kernel_width=3,
        learning_rate=180,
        steps=40,
        seed=4,
    ),
    "noise": _lesson(
        "Noise in Y: a loss that does not reach 0",
        "No kernel makes such a Y: the loss ends above 0, and the kernel near the true one, not on it.",
        given=GivenInput.NOISE,
        height=10,
        width=10,
        kernel_text=_SHARPEN,
        noise=50,
        learning_rate=180,
        steps=40,
        seed=4,
    ),
    "two-channels": _lesson(
        "Two channels, two filters",
        "Each filter has a kernel for each channel, and each of them is moved by the error of its own filter alone.",
        given=GivenInput.TYPED,
        input_text=_TWO_CHANNELS,
        kernel_text="1   0\n0   -1\n\n0   1\n0   0\n---\n0   0\n1   1\n\n-1  0\n0   1",
        learning_rate=250,
        steps=40,
    ),
}
"""Examples, by a name of their own."""
