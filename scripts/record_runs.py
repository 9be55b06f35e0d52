"""Train the lesson's network on each data set and record the runs: `make recordings`. It takes some minutes."""

import sys

import numpy as np

from learning.data_sets import DataSet, held_out, to_learn
from learning.recipe import RECORDED
from learning.recording import CHECKPOINTS, pack, recorded_steps, recording_file, unpack
from learning.training import judge, train

LEAST_ACCURACY = {DataSet.DIGITS: 0.96, DataSet.CLOTHES: 0.86}
"""What a recorded run has to reach on the pictures that are held out."""


def main() -> None:
    """Write the recordings; fail where a network reads too few of the held-out pictures."""
    for data_set in DataSet:
        _record(data_set)


def _record(data_set: DataSet) -> None:
    recipe, unknown, known = RECORDED[data_set], held_out(data_set), to_learn(data_set)
    steps = recorded_steps(recipe, len(known.labels))
    wanted = set(steps)
    packed = pack(recipe, [one.parameters for one in train(recipe, known) if one.step in wanted])
    vectors = unpack(recipe, packed)
    unseen = [judge(recipe, vector, unknown) for vector in vectors]
    seen = [judge(recipe, vector, known) for vector in vectors]
    file = recording_file(data_set)
    np.savez_compressed(
        file,
        start=packed.start,
        differences=packed.differences,
        scales=packed.scales,
        steps=np.array(steps),
        read=np.array([one.read for one in unseen]),
        labels=unknown.labels,
        held_out_losses=np.array([one.loss for one in unseen]),
        learned_losses=np.array([one.loss for one in seen]),
        learned_accuracies=np.array([one.accuracy for one in seen]),
    )
    accuracy = unseen[-1].accuracy
    print(f"{file.name}: {file.stat().st_size:,} bytes, {CHECKPOINTS} checkpoints of {steps[-1]} steps")
    print(f"held-out accuracy: {accuracy:.3f}")
    if accuracy < LEAST_ACCURACY[data_set]:
        sys.exit(f"At least {LEAST_ACCURACY[data_set]} is wanted.")


if __name__ == "__main__":
    main()
