"""Train the lesson's network and record the run: `make recordings`. It takes a minute or two."""

import sys

import numpy as np

from learning.digits import held_out, to_learn
from learning.recipe import LESSON
from learning.recording import CHECKPOINTS, FILE, pack, recorded_steps, unpack
from learning.training import judge, train

LEAST_ACCURACY = 0.96


def main() -> None:
    """Write the recording; fail where the network reads too few of the held-out digits."""
    steps = recorded_steps(LESSON, len(to_learn().labels))
    wanted = set(steps)
    packed = pack(LESSON, [one.parameters for one in train(LESSON, to_learn()) if one.step in wanted])
    vectors = unpack(LESSON, packed)
    unseen = [judge(LESSON, vector, held_out()) for vector in vectors]
    seen = [judge(LESSON, vector, to_learn()) for vector in vectors]
    np.savez_compressed(
        FILE,
        start=packed.start,
        differences=packed.differences,
        scales=packed.scales,
        steps=np.array(steps),
        read=np.array([one.read for one in unseen]),
        labels=held_out().labels,
        held_out_losses=np.array([one.loss for one in unseen]),
        learned_losses=np.array([one.loss for one in seen]),
        learned_accuracies=np.array([one.accuracy for one in seen]),
    )
    accuracy = unseen[-1].accuracy
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes, {CHECKPOINTS} checkpoints of {steps[-1]} steps")
    print(f"held-out accuracy: {accuracy:.3f}")
    if accuracy < LEAST_ACCURACY:
        sys.exit(f"At least {LEAST_ACCURACY} is wanted.")


if __name__ == "__main__":
    main()
