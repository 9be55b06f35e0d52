"""Training a network and recording its run: a task for a process of its own."""

from math import isfinite
from time import monotonic

import numpy as np

from learning.digits import Digits, held_out, to_learn
from learning.recipe import Recipe
from learning.recording import CHECKPOINTS, Recording, recorded_steps
from learning.training import Judged, Trained, judge, train
from pages.shared.worker_process import Tell
from pages.train_a_network_parts.words import diverged_words, progress_words

SAMPLE = 500
"""Of so many of the digits that it learns from, a run says how they are read: of all, it would take longer to say than
to learn.
"""
_TELL_EVERY = 0.5  # seconds


def train_and_record(recipe: Recipe, tell: Tell) -> Recording:
    """Train a network, and return its run; ValueError, with a sentence, where its loss is no number any more."""
    digits, unseen = to_learn(), held_out()
    seen = Digits(digits.images[:SAMPLE], digits.labels[:SAMPLE])
    steps = recorded_steps(recipe, len(digits.labels))
    made: list[tuple[Trained, Judged, Judged]] = []
    told_at = 0.0
    for one in train(recipe, digits):
        if one.step == steps[len(made)]:
            found, learned = (judge(recipe, one.parameters, part, np.float32) for part in (unseen, seen))
            made.append((one, found, learned))
        if not isfinite((one.loss or 0.0) + made[-1][1].loss):
            raise ValueError(diverged_words(one.step))
        if one.loss is not None and monotonic() - told_at > _TELL_EVERY:
            told_at = monotonic()
            share = (one.step / steps[-1] + len(made) / CHECKPOINTS) / 2  # both take time
            tell(progress_words(one.step, steps[-1], one.loss, made[-1][1].accuracy), share)
    return Recording(
        recipe,
        steps=np.array(steps),
        vectors=np.array([one.parameters for one, _, _ in made]),
        read=np.array([found.read for _, found, _ in made]),
        labels=unseen.labels,
        held_out_losses=np.array([found.loss for _, found, _ in made]),
        learned_losses=np.array([learned.loss for _, _, learned in made]),
        learned_accuracies=np.array([learned.accuracy for _, _, learned in made]),
        sample=SAMPLE,
    )
