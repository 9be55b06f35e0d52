"""The ONNX programs of stacks are run: their shapes are inferred, and with weights they make what PyTorch makes."""

import ast
import re
import warnings
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from onnx.reference import ReferenceEvaluator

from engine import LayerError
from engine.modules import Shape
from exports.networks.onnx_network import onnx_network
from exports.networks.torch_network import torch_network
from sharing.stack_text import run_stack
from tests.draws import examples
from tests.exports.networks.stacks import KNOWN, LINES, TORCH_ALONE

INPUTS = (8, 12, 13)
NOT_ONNXS = [
    "adaptiveavgpool 5", "adaptivemaxpool 4x3", "a = maxpool 2 d2; unpool a", "a = maxpool 2; relu; unpool a",
]  # fmt: skip
REFUSED = [*((text, INPUTS) for text in NOT_ONNXS), KNOWN["unpooling"]]
FITTING = ["a = maxpool 2x1; relu; unpool a", "a = maxpool 2x3 s2 p0:0x1:1; unpool a", "adaptiveavgpool 6x13"]
# Where ONNX's reference is wrong, though not its shapes: groups of a transposed layer, and sides that are not alike
# with a stride of 1. What is given away of a single layer goes around that (test_onnx_code.py).
MISREAD = ["transposed 8 3 g4", "maxpool 3 s1 p2:1"]
COMPARED = [one for one in (*LINES, *TORCH_ALONE, *FITTING) if one not in (*NOT_ONNXS, *MISREAD)]
LINE = re.compile(r"^(\w+) = (.*)  # (\(.*\))$", re.MULTILINE)


def ran(code: str) -> tuple[dict[str, Any], list[str]]:
    """Run a program; return its variables and the lines that it prints."""
    out, held = StringIO(), dict[str, Any](said=[])
    with redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("error" if "onnx" in code else "ignore")  # of PyTorch about the even kernels of "same"
        exec(compile(code, "generated.py", "exec"), held)
    return held, out.getvalue().splitlines()


def check(text: str, inputs: Shape) -> Any:
    """Hold a program to every shape and the parameters that the stack has, and return its variables."""
    rows = run_stack(text, inputs)
    done = [row.applied for row in rows if row.applied]
    assert len(done) == len(rows)
    code, lines = LINE.subn(r"\1 = \2\nsaid.append((\1, \3))", onnx_network(rows, inputs, "a link"))
    assert lines == len(rows)
    held, (shape, params) = ran(code)
    graph = held["model"].graph
    inferred = {
        value.name: tuple(side.dim_value for side in value.type.tensor_type.shape.dim)
        for value in (*graph.input, *graph.value_info, *graph.output)
    }
    assert [inferred[name][1:] for name, _ in held["said"]] == [said for _, said in held["said"]]
    assert [np.prod(said) for _, said in held["said"]] == [np.prod(one.outputs) for one in done]
    assert ast.literal_eval(shape) == (1, *held["said"][-1][1])
    assert int(params) == sum(one.cost.params for one in done)
    return held


@pytest.mark.parametrize("name", [name for name in KNOWN if KNOWN[name] not in REFUSED])
def test_every_layer_makes_the_shape_that_is_said_of_it(name: str) -> None:
    check(*KNOWN[name])


@pytest.mark.parametrize(("text", "inputs"), REFUSED)
def test_what_onnx_has_no_layer_for_is_said(text: str, inputs: Shape) -> None:
    with pytest.raises(LayerError, match=r"^ONNX has no layer that does what line \d does, “(unpool|adaptive)"):
        onnx_network(run_stack(text, inputs), inputs)


@pytest.mark.parametrize("text", COMPARED)
def test_with_the_same_weights_it_makes_what_pytorch_makes(text: str) -> None:
    held = check(text, INPUTS)
    network = ran(torch_network(run_stack(text, INPUTS), INPUTS))[0]["network"]
    drawn = np.random.default_rng(0)
    given = {name: drawn.normal(size=shape).astype(np.float32) for name, shape in held["learnt"].items()}
    x = drawn.normal(size=(1, *INPUTS)).astype(np.float32)
    with torch.no_grad():
        for parameter, values in zip(network.parameters(), given.values(), strict=True):
            parameter.copy_(torch.from_numpy(values))
        expected = network(torch.from_numpy(x)).numpy()
    (found,) = ReferenceEvaluator(held["model"]).run(None, {"inputs": x, **given})
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


@settings(max_examples=examples(25))
@given(st.lists(st.sampled_from([line for line in LINES if line not in NOT_ONNXS]), min_size=2, max_size=6))
def test_layers_after_each_other_are_a_network(lines: list[str]) -> None:
    text = "; ".join(lines)
    assume(all(row.applied for row in run_stack(text, INPUTS)))
    check(text, INPUTS)


def test_a_program_says_where_it_is_from() -> None:
    rows = run_stack("relu", (1, 2, 2))
    assert onnx_network(rows, (1, 2, 2), "a link").splitlines()[0] == "# A network of 1 layers, from a link"
