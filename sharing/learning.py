"""The state of the page on which a kernel is learned: what is known, how it is learned, and which step is shown."""

from dataclasses import dataclass
from enum import StrEnum, auto
from math import sqrt
from typing import Annotated, ClassVar

import numpy as np

from engine import Conv2d, LayerError, Optimizer, Run, Task, forward, learn, task
from engine.arrays import Floats
from sharing.fields import Limits, Seed, Stops, check_number, limits
from sharing.learning_messages import LearningCode
from sharing.matrices import parse
from sharing.optimizers import OptimizerName, Rate, chosen_optimizer
from sharing.roles import INPUT, KERNEL, WANTED, Role

LARGEST_INPUT = 16
LARGEST_KERNEL = 5
MOST_CHANNELS = 3
MOST_IMAGES = 8
MOST_STEPS = 100

Side = Annotated[int, Limits(1, LARGEST_INPUT)]
KernelSide = Annotated[int, Limits(1, LARGEST_KERNEL)]


class GivenInput(StrEnum):
    """The input from which a kernel is learned."""

    BARS = auto()
    """Ones, and zeros in its middle half of columns."""
    NOISE = auto()
    """Seeded numbers from -1 to 1."""
    ONE_PIXEL = auto()
    """Zeros, and a one in the middle."""
    CONSTANT = auto()
    """Ones."""
    TYPED = auto()


class WantedOutput(StrEnum):
    """Where the output that is wanted comes from."""

    KNOWN = auto()
    """A kernel that was typed."""
    HIDDEN = auto()
    """A seeded kernel that is not shown."""
    TYPED = auto()


@dataclass(frozen=True, eq=False)
class Lesson:
    """What is to be learned, from where, and the kernel that has made what is wanted; None where it was typed."""

    task: Task
    start: Floats
    kernel: Floats | None


@dataclass(frozen=True)
class LearningState:
    """Everything that can be chosen on the page on which a kernel is learned.

    Sizes of the input count unless it is typed, those of the kernel while it is hidden. `learning_rate` is in
    ten-thousandths, `noise` in hundredths: the standard deviation of what is added to each wanted output. In a text,
    images, or filters, stand apart by `---`. `step` counts from 1.
    """

    page: ClassVar[str] = "learn_a_kernel"
    roles: ClassVar[tuple[Role, ...]] = (INPUT, KERNEL, WANTED)

    given: GivenInput = GivenInput.BARS
    height: Side = 6
    width: Side = 8
    input_text: str = ""
    wanted: WantedOutput = WantedOutput.KNOWN
    kernel_text: str = "1  -1"
    kernel_height: KernelSide = 1
    kernel_width: KernelSide = 2
    wanted_text: str = ""
    noise: Annotated[int, Limits(0, 100)] = 0
    seed: Seed = 2
    optimizer: OptimizerName = OptimizerName.SGD
    learning_rate: Rate = 300
    steps: Annotated[int, Limits(1, MOST_STEPS)] = 10
    step: Annotated[int, Stops(1, MOST_STEPS)] = 1

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present: they have no control and are not checked.

        >>> sorted(LearningState().idle())
        ['input_text', 'kernel_height', 'kernel_width', 'wanted_text']
        """
        idle = {"height", "width"} if self.given is GivenInput.TYPED else {"input_text"}
        if self.wanted is not WantedOutput.TYPED:
            idle |= {"wanted_text"}
        if self.wanted is not WantedOutput.KNOWN:
            idle |= {"kernel_text"}
        if self.wanted is not WantedOutput.HIDDEN:
            idle |= {"kernel_height", "kernel_width"}
        return idle

    def chosen_optimizer(self) -> Optimizer:
        """Return the optimizer with its learning rate.

        >>> LearningState().chosen_optimizer()
        SGD(lr=0.03, momentum=0.0)
        """
        return chosen_optimizer(self.optimizer, self.learning_rate)

    def lesson(self) -> Lesson:
        """Return what is to be learned; LayerError where a number is out of bounds, or a text does not fit the others.

        >>> LearningState().lesson().task.wanted[0, 0, 0].tolist()
        [0.0, 1.0, 0.0, 0.0, 0.0, -1.0, 0.0]
        """
        for name, bounds in limits(type(self)).items():
            if name not in self.idle():
                check_number(name, getattr(self, name), bounds)
        inputs = self._inputs()
        kernel = self._kernel(inputs.shape[1])
        if kernel is None:
            wanted = _typed(WANTED, self.wanted_text)
            shape = _kernel_shape(inputs, wanted)
        else:
            shape = kernel.shape
            _check_size(inputs, kernel, "kernel_text" if self.wanted is WantedOutput.KNOWN else "kernel_height")
        out_channels, in_channels, *size = shape
        layer = Conv2d(in_channels, out_channels, (size[0], size[1]), bias=False)
        if kernel is not None:
            wanted = np.array([forward(layer, one, kernel) for one in inputs])
        noise = self._generator("noise").normal(0, self.noise / 100, wanted.shape).round(2)
        most = round(100 / sqrt(layer.weight_shape[1] * size[0] * size[1]))
        start = self._generator("start").integers(-most, most, layer.weight_shape, endpoint=True) / 100
        return Lesson(task(layer, inputs, wanted + noise), start, kernel)

    def run(self, lesson: Lesson) -> Run:
        """Return the recorded run of a lesson of this state."""
        return learn(lesson.task, lesson.start, self.chosen_optimizer(), self.steps)

    def _inputs(self) -> Floats:
        """The inputs, (batch, in_channels, height, width)."""
        shape = (1, 1, self.height, self.width)
        match self.given:
            case GivenInput.BARS:
                bars = np.ones(shape)
                bars[..., self.width // 4 : self.width - self.width // 4] = 0
                return bars
            case GivenInput.NOISE:
                return self._generator("input").integers(-100, 100, shape, endpoint=True) / 100
            case GivenInput.ONE_PIXEL:
                pixel = np.zeros(shape)
                pixel[..., self.height // 2, self.width // 2] = 1
                return pixel
            case GivenInput.CONSTANT:
                return np.ones(shape)
            case GivenInput.TYPED:
                return _typed(INPUT, self.input_text)

    def _kernel(self, channels: int) -> Floats | None:
        """The kernel that makes what is wanted; None where that is typed."""
        match self.wanted:
            case WantedOutput.KNOWN:
                kernel = _typed(KERNEL, self.kernel_text)
                if kernel.shape[1] != channels:
                    raise LayerError(LearningCode.CHANNELS_DIFFER, "kernel_text", kernel.shape[1], channels=channels)
                return kernel
            case WantedOutput.HIDDEN:
                shape = (1, channels, self.kernel_height, self.kernel_width)
                return self._generator("kernel").integers(-3, 3, shape, endpoint=True).astype(float)
            case WantedOutput.TYPED:
                return None

    def _generator(self, of: str) -> np.random.Generator:
        """Random numbers of their own for each thing that is drawn."""
        return np.random.default_rng([self.seed, 20 + ("start", "input", "kernel", "noise").index(of)])


_MOST = {
    INPUT: {"images": MOST_IMAGES, "channels": MOST_CHANNELS, "rows": LARGEST_INPUT, "columns": LARGEST_INPUT},
    WANTED: {"images": MOST_IMAGES, "channels": MOST_CHANNELS, "rows": LARGEST_INPUT, "columns": LARGEST_INPUT},
    KERNEL: {"filters": MOST_CHANNELS, "channels": MOST_CHANNELS, "rows": LARGEST_KERNEL, "columns": LARGEST_KERNEL},
}


def _typed(role: Role, text: str) -> Floats:
    """The numbers of a text with all four axes; LayerError where it cannot be read or has more than there is room for.

    Here a text can hold several images, which no other page has: a role's own axes have no place for them.
    """
    values = parse(role.name, text, role.naming)
    for (axis, most), count in zip(_MOST[role].items(), values.shape, strict=True):
        if count > most:
            raise LayerError(LearningCode.TOO_MANY, f"{role.name}_text", count, axis, most=most)
    return values


def _check_size(inputs: Floats, kernel: Floats, parameter: str) -> None:
    (height, width), (rows, columns) = inputs.shape[2:], kernel.shape[2:]
    if rows > height or columns > width:
        sizes = {"rows": rows, "columns": columns, "height": height, "width": width}
        raise LayerError(LearningCode.KERNEL_LARGER, parameter, rows, **sizes)


def _kernel_shape(inputs: Floats, wanted: Floats) -> tuple[int, ...]:
    """The shape of the kernel that makes outputs of this size; LayerError where there is none."""
    if len(inputs) != len(wanted):
        raise LayerError(LearningCode.IMAGES_DIFFER, "wanted_text", len(wanted), images=len(inputs))
    (height, width), (rows, columns) = inputs.shape[2:], wanted.shape[2:]
    size = height - rows + 1, width - columns + 1
    if not all(1 <= length <= LARGEST_KERNEL for length in size):
        sizes = {"rows": rows, "columns": columns, "height": height, "width": width, "most": LARGEST_KERNEL}
        raise LayerError(LearningCode.NO_SUCH_KERNEL, "wanted_text", rows, **sizes)
    return (wanted.shape[1], inputs.shape[1], *size)
