"""A run as PyTorch code that trains the same network to the same losses, and its parameters as a file."""

import io
from dataclasses import MISSING, fields
from typing import Any

import numpy as np
import streamlit as st

from engine.feed_forward import NetworkLayer
from kinds.shared.program_text import call, program
from learning.data_sets import DataSet
from learning.recipe import Recipe
from learning.recording import Recording
from pages.shared.offer_code import offer_code
from pages.shared.optimizer_text import optimizer_call
from pages.train_a_network_parts.state_dict import offer_state_dict, weights_of

HEADS = {
    DataSet.DIGITS: "A network that learns to read digits. The page offers {file} beside this program.",
    DataSet.CLOTHES: "A network that learns to tell clothes apart. The page offers {file} beside this program.",
}
_IMPORTS = "import numpy as np\nimport torch\nfrom torch import nn"
_PICTURES = """\
with np.load("{file}") as stored:
    pictures = {{name: torch.from_numpy(array) for name, array in stored.items()}}
images, unseen = (pictures[f"{{part}}_images"][:, None] / 255 for part in ("to_learn", "held_out"))
labels, unseen_labels = (pictures[f"{{part}}_labels"].long() for part in ("to_learn", "held_out"))"""


def torch_code(recipe: Recipe) -> str:
    """A PyTorch program that trains a network by a recipe, and prints the loss of each batch and what is read."""
    layers = "".join(f"    {_layer_call(layer)},\n" for layer in recipe.layers)
    file = recipe.data_set.file.name
    return program(
        HEADS[recipe.data_set].format(file=file),
        _IMPORTS,
        _PICTURES.format(file=file),
        f"torch.set_num_threads(1)  # with more, sums are made in another order\ntorch.manual_seed({recipe.seed})\n"
        f"network = nn.Sequential(\n{layers})\noptimizer = {optimizer_call(recipe.optimizer, 'network')}",
        f"for epoch in range({recipe.epochs}):\n"
        f"    for batch in torch.randperm(len(labels)).split({recipe.batch_size}):\n"
        "        optimizer.zero_grad()\n"
        "        loss = nn.functional.cross_entropy(network(images[batch]), labels[batch])\n"
        "        loss.backward()\n"
        "        optimizer.step()\n"
        '        print("loss", loss.item())\n'
        "    with torch.no_grad():\n"
        '        print("read right", (network(unseen).argmax(1) == unseen_labels).sum().item(), "of", len(unseen))',
    )


def _layer_call(layer: NetworkLayer) -> str:
    """The call of torch.nn that makes a layer: the engine's have its names, arguments and defaults."""
    arguments = {
        field.name: getattr(layer, field.name)
        for field in fields(layer)
        if field.default is MISSING or getattr(layer, field.name) != field.default
    }
    return call(f"nn.{type(layer).__name__}", arguments)


def weights_file(recording: Recording, checkpoint: int) -> bytes:
    """Return the parameters of a checkpoint as an NPZ file, by their names in the program's `state_dict`."""
    file = io.BytesIO()
    arrays: dict[str, Any] = {**weights_of(recording, checkpoint)}
    np.savez(file, **arrays)
    return file.getvalue()


def offer_run(recording: Recording, checkpoint: int) -> None:
    """Offer the program of a run, the pictures that it reads, and the parameters of a checkpoint."""
    offer_code("PyTorch", torch_code(recording.recipe), "train_a_network.py")
    step = recording.steps[checkpoint]
    pictures = recording.recipe.data_set.file
    for label, file, data in (
        ("The pictures: {file}", pictures.name, pictures.read_bytes),
        ("The weights after step {step}: {file}", f"weights_{step}.npz", lambda: weights_file(recording, checkpoint)),
    ):
        shown, kind = label.format(file=file, step=step), "application/octet-stream"
        st.download_button(shown, data, file, kind, on_click="ignore", icon=":material/download:")
    offer_state_dict(recording, checkpoint)
