"""The programs of stacks are run: every layer makes the shape that is said of it, and the parameters are as many."""

import ast
import os
import re
import warnings
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from io import StringIO

os.environ["KERAS_BACKEND"] = "torch"  # before Keras is first imported

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import LayerError
from engine.modules import Shape
from engine.networks import NetworkName, network
from exports.networks.keras_network import keras_network
from exports.networks.torch_network import torch_network
from sharing.examples import STACKS
from sharing.network_text import network_text
from sharing.pasted.reader import read_pasted
from sharing.pasted.results import PastedLayer, PastedNumbers
from sharing.stack_text import StackRow, run_stack
from tests.draws import examples
from tests.exports.networks.stacks import KNOWN, LINES, TORCH_ALONE

Write = Callable[[Sequence[StackRow], Shape, str], str]
PROGRAMS: dict[str, Write] = {"torch": torch_network, "keras": keras_network}
# What PyTorch has not either.
NOWHERE = ["a = maxpool 2 d2; unpool a", "a = maxpool 3 s2 same_upper; unpool a", "avgpool 3 s3 p1:0 ceil"]
CHECKED = re.compile(r"^( *)(\w+)((?:, \w+)?) = (.*)  # (\(.*\))$", re.MULTILINE)


def run(code: str) -> tuple[tuple[int, ...], int]:
    """Run a program, each layer of which is held to the shape that is said of it; return what it prints."""
    checked = CHECKED.sub(r"\1\2\3 = \4\n\1assert tuple(\2.shape[1:]) == \5, (tuple(\2.shape), \5)", code)
    assert checked.count("assert") >= 1
    out = StringIO()
    with redirect_stdout(out), warnings.catch_warnings(), torch.device("meta"):
        warnings.simplefilter("ignore")  # of PyTorch about the even kernels of "same"
        exec(compile(checked, "generated.py", "exec"), {})
    shape, params = out.getvalue().splitlines()
    return ast.literal_eval(shape)[1:], int(params)


def check(text: str, inputs: Shape, library: str) -> None:
    rows = run_stack(text, inputs)
    done = [row.applied for row in rows if row.applied]
    assert len(done) == len(rows)
    shape, params = run(PROGRAMS[library](rows, inputs, "a link"))
    channels, height, width = done[-1].outputs
    assert shape in ((channels,), (channels, height, width), (height, width, channels))
    assert params == sum(one.cost.params for one in done)


@pytest.mark.parametrize("library", PROGRAMS)
@pytest.mark.parametrize("line", LINES)
def test_every_layer_makes_the_shape_that_is_said_of_it(line: str, library: str) -> None:
    check(line, (8, 12, 13), library)


@pytest.mark.parametrize("line", TORCH_ALONE)
def test_what_keras_has_no_layer_for_is_said_and_pytorch_has_it(line: str) -> None:
    check(line, (8, 12, 13), "torch")
    with pytest.raises(LayerError, match=rf"^Keras has no layer that does what line {line.count(';') + 1} does"):
        keras_network(run_stack(line, (8, 12, 13)), (8, 12, 13))


@pytest.mark.parametrize("line", NOWHERE)
def test_what_pytorch_has_no_layer_for_is_said(line: str) -> None:
    with pytest.raises(LayerError, match=r"^PyTorch has no layer that does what line"):
        torch_network(run_stack(line, (8, 12, 12)), (8, 12, 12))


@pytest.mark.parametrize("library", PROGRAMS)
@pytest.mark.parametrize("slug", [slug for slug in STACKS if slug not in ("too-small", "unpooling")])
def test_the_examples_are_networks(slug: str, library: str) -> None:
    example = STACKS[slug].fields
    check(example["stack"], tuple(example[f"input_{side}"] for side in ("channels", "height", "width")), library)


@pytest.mark.parametrize("name", NetworkName)
def test_published_networks_are_modules(name: NetworkName) -> None:
    known = network(name)
    check(network_text(known), known.rows[0].applied.inputs, "torch")


@settings(max_examples=examples(25))
@given(st.lists(st.sampled_from(LINES), min_size=2, max_size=6))
def test_layers_after_each_other_are_a_network(lines: list[str]) -> None:
    text, inputs = "; ".join(lines), (8, 12, 13)
    assume(all(row.applied for row in run_stack(text, inputs)))
    for library in PROGRAMS:
        check(text, inputs, library)


# Layers that are written as what is no layer of the library, and a program that is longer than what is read.
NOT_READ = {
    "torch": {
        "unpooling", "efficientnet-v2-s", "convnext-t", "layernorm", "layerscale",
        "transposed 8 3 s2 p0:1x1:0", "transposed 8 3 s2 same_upper",
    },
    "keras": {
        "unpooling", "efficientnet-v2-s", "convnext-t", "layernorm", "layerscale", "pixelshuffle 2",
    },
}  # fmt: skip


def worth(rows: Sequence[StackRow]) -> tuple[Shape, int, int]:
    """The shape that a stack makes, its parameters and its mult-adds."""
    done = [row.applied for row in rows if row.applied]
    assert len(done) == len(rows)
    return done[-1].outputs, sum(one.cost.params for one in done), sum(one.cost.macs for one in done)


@pytest.mark.parametrize("library", PROGRAMS)
@pytest.mark.parametrize("name", KNOWN)
def test_a_program_is_read_back_when_it_is_pasted(name: str, library: str) -> None:
    text, inputs = KNOWN[name]
    rows = run_stack(text, inputs)
    try:
        code = PROGRAMS[library](rows, inputs, "")
        read = read_pasted(code)
    except LayerError:
        assert name in NOT_READ[library]
        return
    assert name not in NOT_READ[library]
    assert not isinstance(read, PastedNumbers)
    stack = read.stack if isinstance(read, PastedLayer) else read
    assert worth(run_stack("; ".join(stack.rows), inputs)) == worth(rows)


def test_a_program_says_where_it_is_from() -> None:
    rows = run_stack("relu", (1, 2, 2))
    for write in PROGRAMS.values():
        assert "from a link" in write(rows, (1, 2, 2), "a link").splitlines()[0]
        assert "from" not in write(rows, (1, 2, 2), "").splitlines()[0]
