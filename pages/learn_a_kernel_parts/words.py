"""What is said of a run: which rates arrive for this input, what a step does, and where the run has come to."""

from itertools import pairwise
from math import ceil, isclose, log10

import numpy as np

from engine import SGD, Adam, Curvature, LearningStep, Run, curvature
from engine.messages import Templates, fill
from stage.number_text import write_number, write_short

FOUND = 1e-3
"""A loss so small beside that of the start that the kernel counts as found."""

TEMPLATES: Templates = {
    "bends": (
        "For this X the loss bends by {values:and}: a step of rate r multiplies the two errors by "
        "{factors:and}. At r = {rate} that is **{at:and}**: {verdict}. Best is r = {best}; above {largest} it diverges."
    ),
    "bends.sum_and_difference": (
        "For this X the loss bends by {values:and}, along k₁ + k₂ and along k₁ − k₂: a step of rate r multiplies the "
        "two errors by {factors:and}. At r = {rate} that is **{at:and}**: {verdict}. Best is r = {best}; above "
        "{largest} it diverges."
    ),
    "bends.difference_and_sum": (
        "For this X the loss bends by {values:and}, along k₁ − k₂ and along k₁ + k₂: a step of rate r multiplies the "
        "two errors by {factors:and}. At r = {rate} that is **{at:and}**: {verdict}. Best is r = {best}; above "
        "{largest} it diverges."
    ),
    "bends.alike": (
        "For this X the loss bends by {most} in {count} directions alike: a step of rate r multiplies the "
        "error there by {factors:and}. At r = {rate} that is **{at:and}**: {verdict}. Best is r = {best}; above "
        "{largest} it diverges."
    ),
    "bends.one": (
        "For this X the loss bends by {most}: a step of rate r multiplies the error by {factors:and}. At r = {rate} "
        "that is **{at:and}**: {verdict}. Best is r = {best}; above {largest} it diverges."
    ),
    "bends.many": (
        "For this X the loss bends in {count} directions, by {most} at most and by {least} at least: a step of rate r "
        "multiplies the errors there by 1 − {most}·r and 1 − {least}·r. At r = {rate} that is **{at:and}**: {verdict}. "
        "Best is r = {best}; above {largest} it diverges."
    ),
    "momentum": (
        "For this X the loss bends by {most} at most and {least} at least. With momentum {momentum} a step also keeps "
        "that part of the one before, so that it diverges only above r = {largest}, where plain descent does above "
        "{plain}."
    ),
    "adam": (
        "For this X the loss bends by {most} at most and {least} at least. Adam divides each weight’s step by how "
        "large its gradients have been: the first step is {rate} for every weight, however steep the loss is."
    ),
    "flat": (
        "**This X cannot tell what the kernel is.** In {flat} of {count:direction|directions} the loss is flat (its "
        "curvature is 0): there the kernel can be anything, and what the start says stays."
    ),
    "flat.sum": (
        "**This X cannot tell what the kernel is.** The loss depends on k₁ + k₂ alone: any two weights with the right "
        "sum make the same Y, and the difference stays what it was at the start."
    ),
    "flat.all": "**This X cannot tell anything of the kernel**: the output is 0 whatever its weights are.",
    "verdict.shrinks": "the slope is taken slowly, and nothing overshoots",
    "verdict.zigzags": "what is negative overshoots, so the path zigzags, and still shrinks",
    "verdict.stays": "one error only changes its sign, and never shrinks",
    "verdict.diverges": "one error grows with every step",
    "verdict.at_once": "one step takes the whole error away",
    "came.found": "After {steps:step|steps} the loss is {loss}, from {first} at the start: the kernel is found.",
    "came.not_yet": "After {steps:step|steps} the loss is {loss}, from {first} at the start: more steps are needed.",
    "came.any": (
        "After {steps:step|steps} the loss is {loss}, from {first} at the start: as low as any kernel’s, but many "
        "kernels have that loss."
    ),
    "came.noise": (
        "After {steps:step|steps} the loss is {loss}, from {first} at the start. With such a Y no kernel comes below "
        "{least}."
    ),
    "came.diverged": "After {steps:step|steps} the loss is {loss}, from {first} at the start: it has diverged.",
    "came.will_diverge": (
        "After {steps:step|steps} the loss is {loss}, from {first} at the start: it is lower so far, but one error "
        "grows with every step, so that more steps let it diverge."
    ),
    "came.rose": (
        "After {steps:step|steps} the loss is {loss}, from {first} at the start: the steps went too far; later ones "
        "come back."
    ),
    "forward": "**1 · Forward.** X through the kernel before the step makes the output.",
    "error": "**2 · Error.** The output minus the wanted Y. The loss is the sum of its squares: {loss}.",
    "gradient": (
        "**3 · Gradient of the kernel.** dL/dY is twice the error; each weight’s gradient is the sum of dL/dY times "
        "the input that this weight met."
    ),
    "update.sgd": "**4 · Update.** The kernel minus {rate} times its gradient.",
    "update.momentum": (
        "**4 · Update.** The kernel minus {rate} times its velocity: its gradient plus {momentum} times the velocity "
        "before."
    ),
    "update.adam": (
        "**4 · Update.** Adam’s step: {rate} times the mean of the gradients so far, divided by the root of the mean "
        "of their squares."
    ),
    "example": "In this step: {line}.",
    "first_of": "Shown is the first of {images:image|images}; the gradient is the sum of all of them.",
}
"""The English catalogue."""


def rate_words(run: Run) -> str:
    """What the curvatures of a run's loss say of its rate; first, where there are any, of directions that are flat."""
    bends = curvature(run.task)
    lines = [] if not bends.flat else [_flat_words(bends)]
    if bends.flat < len(bends.values):
        lines.append(_bent_words(run, bends))
    return "  \n".join(lines)


def _flat_words(bends: Curvature) -> str:
    if bends.flat == len(bends.values):
        return TEMPLATES["flat.all"]
    if _pair_of(bends) == "sum_and_difference":
        return TEMPLATES["flat.sum"]
    return fill(TEMPLATES["flat"], {"flat": bends.flat, "count": len(bends.values)})


def _bent_words(run: Run, bends: Curvature) -> str:
    values = [float(value) for value in bends.values if value]
    most, least = _number(values[0]), _number(values[-1])
    rate, plain = write_number(run.optimizer.lr), rate_text(bends.largest_rate())
    match run.optimizer:
        case Adam():
            return fill(TEMPLATES["adam"], {"most": most, "least": least, "rate": rate})
        case SGD(momentum=momentum) if momentum:
            places = {"momentum": momentum, "largest": rate_text(bends.largest_rate(momentum)), "plain": plain}
            return fill(TEMPLATES["momentum"], {"most": most, "least": least} | places)
    apart = [value for value, next_one in pairwise([*values, 0.0]) if not isclose(value, next_one, rel_tol=1e-6)]
    shown = apart if len(apart) <= 2 else [apart[0], apart[-1]]
    alone = "bends.one" if len(values) == 1 else "bends.alike"
    key = {1: alone, 2: f"bends.{_pair_of(bends)}".rstrip(".")}.get(len(apart), "bends.many")
    factors = [1 - run.optimizer.lr * value for value in shown]
    places = {
        "values": tuple(map(_number, shown)),
        "factors": tuple(f"1 − {_number(value)}·r" for value in shown),
        "count": len(values),
        "most": most,
        "least": least,
        "rate": rate,
        "at": tuple(map(_factor, factors)),
        "verdict": TEMPLATES[f"verdict.{_verdict(factors)}"],
        "best": rate_text(bends.best_rate),
        "largest": plain,
    }
    return fill(TEMPLATES[key], places)


def _verdict(factors: list[float]) -> str:
    largest, least = max(map(abs, factors)), min(factors)
    if largest < 1e-9:
        return "at_once"
    if largest > 1 + 1e-9:
        return "diverges"
    if isclose(least, -1, abs_tol=1e-9):
        return "stays"
    return "zigzags" if least < -1e-9 else "shrinks"


def _factor(factor: float) -> str:
    """What an error is multiplied by: with as many decimals as tell it from 1, where that decides what becomes of it.

    >>> _factor(-0.8), _factor(-1.004), _factor(0.99997), _factor(-1.0)
    ('−0.80', '−1.004', '0.99997', '−1')
    """
    away = abs(abs(factor) - 1)
    if 1e-9 < away < 0.005:
        return write_number(round(factor, ceil(-log10(away))))
    return write_short(round(factor, 9))


def _pair_of(bends: Curvature) -> str:
    """Whether two directions are the sum and the difference of two weights, and in which order; "" where not."""
    if bends.values.size != 2 or isclose(*bends.values, rel_tol=1e-9):
        return ""
    first = bends.directions[0]
    if not isclose(abs(first[0]), abs(first[1]), rel_tol=1e-9):
        return ""
    return "sum_and_difference" if first[0] * first[1] > 0 else "difference_and_sum"


def rate_text(rate: float) -> str:
    """A rate as a fraction of one, where it is such a fraction, and as a number.

    >>> rate_text(1 / 36), rate_text(0.05), rate_text(0.0437)
    ('1/36 ≈ 0.0278', '1/20 = 0.05', '0.0437')
    """
    parts = round(1 / rate)
    written = write_number(float(f"{rate:.3g}"))
    if parts < 2 or not isclose(1 / rate, parts, rel_tol=1e-9):
        return written
    return f"1/{parts} {'=' if isclose(float(f'{rate:.3g}'), rate, rel_tol=1e-12) else '≈'} {written}"


def came_words(run: Run) -> str:
    """Where a run has come to."""
    first, last = run.losses[0], run.losses[-1]
    least = run.task.loss(run.task.best_weight)
    if _grows(run):
        key = "diverged" if last > first else "will_diverge"
    elif last > first:
        key = "rose"
    elif least > 1e-9 * max(1.0, float((run.task.wanted**2).sum())):
        key = "noise"
    elif last > FOUND * first:
        key = "not_yet"
    else:
        key = "any" if curvature(run.task).flat else "found"
    places = {"first": loss_text(first), "loss": loss_text(last), "least": loss_text(least), "steps": len(run.steps)}
    return fill(TEMPLATES[f"came.{key}"], places)


def _grows(run: Run) -> bool:
    """Whether plain descent, or with momentum, multiplies an error by more than 1 at every step."""
    bends, optimizer = curvature(run.task), run.optimizer
    is_flat = bends.flat == len(bends.values)
    return isinstance(optimizer, SGD) and not is_flat and optimizer.lr > bends.largest_rate(optimizer.momentum)


def loss_text(loss: float) -> str:
    """A loss with a few digits."""
    return write_number(float(f"{loss:.4g}"))


def update_words(run: Run) -> str:
    """What the last of the four stages does."""
    rate = write_number(run.optimizer.lr)
    match run.optimizer:
        case Adam():
            return fill(TEMPLATES["update.adam"], {"rate": rate})
        case SGD(momentum=momentum) if momentum:
            return fill(TEMPLATES["update.momentum"], {"rate": rate, "momentum": momentum})
    return fill(TEMPLATES["update.sgd"], {"rate": rate})


def example_words(run: Run, step: LearningStep) -> str:
    """The update of the first weight in numbers; "" where the step is not plain descent."""
    if not isinstance(run.optimizer, SGD) or run.optimizer.momentum:
        return ""
    before, gradient, after = (float(np.ravel(values)[0]) for values in (step.weight, step.gradient, step.weight_after))
    sign = "−" if gradient >= 0 else "+"
    rate = write_number(run.optimizer.lr)
    line = f"{_number(before)} {sign} {rate} · {_number(abs(gradient))} = **{_number(after)}**"
    return fill(TEMPLATES["example"], {"line": line})


def _number(value: float) -> str:
    """A number with as many digits as a sentence needs."""
    return write_number(float(f"{value:.4g}"))
