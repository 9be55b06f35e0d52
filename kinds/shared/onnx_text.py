"""The parts that ONNX programs are put together from, and what ONNX lacks, written out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from textwrap import indent
from types import MappingProxyType
from typing import Any

from engine import Axis, PaddingMode
from engine.checks import Sides
from engine.layers import ConvNd
from kinds.shared.program_text import NUMPY_MODES, array, call
from sharing.matrices import exact
from sharing.roles import BIAS
from sharing.values import Operands

IMPORTS = (
    "import numpy as np\nimport onnx\nfrom onnx import TensorProto, helper, numpy_helper\n"
    "from onnx.reference import ReferenceEvaluator"
)
INPUT = "x"
OUTPUT = "output"
_NONE: Mapping[str, Any] = MappingProxyType({})
_ZEROS_ALONE = "ONNX's Conv pads with nothing but 0"
_NO_SYMMETRIC = "ONNX has no symmetric padding: these are the cells that the padded ones copy, a direction at a time"


@dataclass(frozen=True)
class Part:
    """Nodes of a model as they are written, and by their names the arrays that they read beside its input."""

    nodes: tuple[str, ...]
    arrays: Mapping[str, str] = field(default_factory=dict)


def node(
    operator: str, reads: Iterable[str], makes: Iterable[str], attributes: Mapping[str, Any] = _NONE, why: str = ""
) -> str:
    """A node of a model, after a comment that says why it is there.

    >>> node("Neg", ["x"], ["y"])
    "helper.make_node(op_type='Neg', inputs=['x'], outputs=['y'])"
    """
    arguments = {"op_type": operator, "inputs": list(reads), "outputs": list(makes), **attributes}
    return (f"# {why}\n" if why else "") + call("helper.make_node", arguments)


def bias_line(numbers: Operands) -> str:
    """The line that makes the bias of a layer; none where it has none."""
    return array("bias", numbers[BIAS], "a number for each output channel") if BIAS in numbers else ""


def run(parts: Sequence[Part], made: Sequence[int]) -> tuple[str, ...]:
    """The parts of a program that makes a model of nodes, checks it, runs it, and prints its output of this shape."""
    arrays = {name: values for part in parts for name, values in part.arrays.items()}
    return (
        _listed("nodes", "[]", chain.from_iterable(part.nodes for part in parts)),
        _listed("arrays", "{}", (f"{name!r}: {values}" for name, values in arrays.items())),
        "graph = helper.make_graph(\n"
        "    nodes,\n"
        "    'layer',\n"
        f"    [helper.make_tensor_value_info({INPUT!r}, TensorProto.DOUBLE, [1, *x.shape])],\n"
        f"    [helper.make_tensor_value_info({OUTPUT!r}, TensorProto.DOUBLE, {[1, *made]})],\n"
        "    [numpy_helper.from_array(values, name) for name, values in arrays.items()],\n"
        ")\n"
        "# the oldest versions that have circular padding, so that most runtimes read the model\n"
        "model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 19)], ir_version=9)\n"
        "onnx.checker.check_model(model, full_check=True)",
        f"({OUTPUT},) = ReferenceEvaluator(model).run(None, {{{INPUT!r}: x[None]}})"
        "  # ONNX reads batches: this is one of a single input\n"
        f"print({OUTPUT}[0].tolist())",
    )


def _listed(name: str, brackets: str, entries: Iterable[str]) -> str:
    """A list or a dictionary with an entry a line; on one where there is none."""
    written = indent("".join(f"{entry},\n" for entry in entries), "    ")
    return f"{name} = {brackets[0]}\n{written}{brackets[1]}" if written else f"{name} = {brackets}"


def pads(sides: Sides) -> list[int]:
    """Padding as an attribute: the amounts before in every direction, then those after.

    >>> pads(((1, 2), (3, 4)))
    [1, 3, 2, 4]
    """
    befores, afters = zip(*sides, strict=True)
    return [*befores, *afters]


def sides_of(axes: Iterable[Axis]) -> Sides:
    """The padding of an input as its axes have it.

    >>> from engine import Conv2d
    >>> sides_of(Conv2d(1, 1, 2, padding="same").axes(4, 4))
    ((0, 1), (0, 1))
    """
    return tuple((axis.before, axis.after) for axis in axes)


def padded_part(sides: Sides, why: str, mode: PaddingMode = PaddingMode.ZEROS, fill: str = "") -> Part:
    """The node that makes `padded` of the input; `fill` is what is put there if that is not 0."""
    arrays = {"pads": f"np.array({pads(((0, 0), (0, 0), *sides))})"} | ({"fill": fill} if fill else {})
    return Part((node("Pad", [INPUT, *arrays], ["padded"], {"mode": NUMPY_MODES[mode]}, why),), arrays)


def _symmetric_part(axes: Sequence[Axis]) -> Part:
    """The nodes that make `padded` of the input by picking the cells that the padded ones copy."""
    names = ("slices", "rows", "columns")[-len(axes) :]
    nodes, given = [], INPUT
    for number, name in enumerate(names):
        makes = "padded" if name == names[-1] else f"padded_{name}"
        nodes.append(node("Gather", [given, name], [makes], {"axis": 2 + number}, "" if number else _NO_SYMMETRIC))
        given = makes
    picked = zip(names, axes, strict=True)
    return Part(tuple(nodes), {name: f"np.array({list(axis.sources)})" for name, axis in picked})


def _padded_first(layer: ConvNd, axes: Sequence[Axis]) -> Part | None:
    """The nodes that pad the input of a layer; None where its own node does that, or there is no padding."""
    mode = PaddingMode(layer.padding_mode)
    if mode == PaddingMode.ZEROS or not any(map(any, sides_of(axes))):
        return None
    if mode == PaddingMode.SYMMETRIC:
        return _symmetric_part(axes)
    fill = f"np.array({exact(layer.padding_value)}, dtype=float)" if mode == PaddingMode.CONSTANT else ""
    return padded_part(sides_of(axes), _ZEROS_ALONE, mode, fill)


def conv_parts(
    layer: ConvNd, size: Sequence[int], given: str = INPUT, makes: str = OUTPUT, prefix: str = ""
) -> tuple[Part, ...]:
    """The nodes of an ordinary layer on an input of this size; `prefix` stands before the names of its arrays."""
    axes = layer.axes(*size)
    first = _padded_first(layer, axes)
    names = [f"{prefix}weight", f"{prefix}bias"][: 1 + layer.bias]
    attributes = {
        "kernel_shape": list(layer.kernel),
        "strides": list(layer.strides),
        "pads": [0] * 2 * len(axes) if first else pads(sides_of(axes)),
        "dilations": list(layer.dilations),
        "group": layer.groups,
    }
    made = node("Conv", ["padded" if first else given, *names], [makes], attributes)
    last = Part((made,), {name: name for name in names})
    return (first, last) if first else (last,)


def conv_run(layer: ConvNd, size: Sequence[int]) -> tuple[str, ...]:
    """The parts of a program that run an ordinary layer on an input of this size."""
    return run(conv_parts(layer, size), (layer.out_channels, *layer.output_size(*size)))
