"""Training a network and recording its run, or saving its weights: tasks for a process of its own, where torch is."""

from math import isfinite
from time import monotonic

import numpy as np

from learning.data_sets import Pictures, held_out, to_learn
from learning.recipe import Recipe
from learning.recording import CHECKPOINTS, Recording, recorded_steps
from learning.training import Judged, Trained, Weights, judge, state_dict_file, train
from pages.shared.worker_process import Tell
from pages.train_a_network_parts.words import TEMPLATES, diverged_words, progress_words

SAMPLE = 500
"""Of so many of the pictures that it learns from, a run says how they are read: to say it of all would take longer than
to learn.
"""
_TELL_EVERY = 0.5  # seconds


def train_and_record(recipe: Recipe, tell: Tell) -> Recording:
    """Train a network, and return its run; ValueError, with a sentence, where its loss is no number any more."""
    pictures, unseen = to_learn(recipe.data_set), held_out(recipe.data_set)
    seen = Pictures(pictures.images[:SAMPLE], pictures.labels[:SAMPLE])
    tell(TEMPLATES["loading"], 0.0)
    steps = recorded_steps(recipe, len(pictures.labels))
    made: list[tuple[Trained, Judged, Judged]] = []
    told_at = 0.0
    for one in train(recipe, pictures):
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


def save_state_dict(weights: Weights, tell: Tell) -> bytes:
    """Return weights as a file of torch's."""
    tell(TEMPLATES["loading"], 0.2)
    return state_dict_file(weights)
