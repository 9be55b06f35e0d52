"""Train the lesson's network and record the run: `make recordings`. It takes a minute or two."""

import sys
from math import ceil

import numpy as np

from engine.feed_forward import cross_entropy
from learning.digits import Digits, held_out, to_learn
from learning.recipe import LESSON, Recipe
from learning.recording import CHECKPOINTS, FILE, pack, unpack
from learning.training import Vector, scores_of, train

LEAST_ACCURACY = 0.96


def recorded_steps(recipe: Recipe, digits: int) -> list[int]:
    """The steps at which a checkpoint is made: each of the first ones, and then by about the same share further on."""
    last = recipe.epochs * ceil(digits / recipe.batch_size)
    for count in range(CHECKPOINTS, last):
        steps = np.unique([0, *np.rint(np.geomspace(1, last, count)).astype(int)])
        if len(steps) == CHECKPOINTS:
            return steps.tolist()
    raise ValueError(f"{last} steps are too few")


def judged(recipe: Recipe, vector: Vector, digits: Digits) -> tuple[np.ndarray, float]:
    """What a network reads of digits, and its loss on them."""
    scores = scores_of(recipe, vector, digits)
    return scores.argmax(axis=1).astype(np.uint8), cross_entropy(scores, digits.labels)


def main() -> None:
    """Write the recording; fail where the network reads too few of the held-out digits."""
    steps = recorded_steps(LESSON, len(to_learn().labels))
    wanted = set(steps)
    packed = pack(LESSON, [one.parameters for one in train(LESSON, to_learn()) if one.step in wanted])
    vectors = unpack(LESSON, packed)
    unseen = [judged(LESSON, vector, held_out()) for vector in vectors]
    seen = [judged(LESSON, vector, to_learn()) for vector in vectors]
    np.savez_compressed(
        FILE,
        start=packed.start,
        differences=packed.differences,
        scales=packed.scales,
        steps=np.array(steps),
        read=np.array([read for read, _ in unseen]),
        labels=held_out().labels,
        held_out_losses=np.array([loss for _, loss in unseen]),
        learned_losses=np.array([loss for _, loss in seen]),
        learned_accuracies=np.array([(read == to_learn().labels).mean() for read, _ in seen]),
    )
    accuracy = float((unseen[-1][0] == held_out().labels).mean())
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes, {CHECKPOINTS} checkpoints of {steps[-1]} steps")
    print(f"held-out accuracy: {accuracy:.3f}")
    if accuracy < LEAST_ACCURACY:
        sys.exit(f"At least {LEAST_ACCURACY} is wanted.")


if __name__ == "__main__":
    main()
