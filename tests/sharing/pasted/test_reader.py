"""What is pasted is read as what it is, or refused by line; none of it is run."""

import builtins
import os
import subprocess
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from engine import LayerError
from sharing.pasted.messages import TEMPLATES, FileCode, PastedCode
from sharing.pasted.reader import read_pasted
from sharing.pasted.results import Layout, Meaning, Part, PastedLayer, PastedNumbers, PastedStack
from sharing.stack_text import join, run_stack
from tests.sharing.pasted.corpus import LAYERS, NUMBERS, REFUSED, STACKS

SEQUENTIAL = nn.Sequential(
    nn.Conv2d(3, 8, 3, padding="same", bias=False),
    nn.BatchNorm2d(8),
    nn.ReLU(inplace=True),
    nn.Sequential(nn.Conv2d(8, 8, (3, 1), (2, 1), groups=4), nn.GELU()),
    nn.ModuleList([nn.SiLU(), nn.SiLU()]),
    nn.MaxPool2d(3, 2, 1),
    nn.AvgPool2d(2),
    nn.ConvTranspose2d(8, 4, 3, 2, 1, 1),
    nn.Upsample(scale_factor=2, mode="bilinear"),
    nn.Dropout(0.2),
    nn.AdaptiveAvgPool2d((1, 1)),
    nn.Flatten(),
    nn.Linear(4, 10, bias=False),
    nn.Softmax(dim=1),
)
PRINTED = (
    "conv 3>8 3 same nobias; batchnorm; relu; conv 8>8 3x1 s2x1 g4; gelu; silu; silu; maxpool 3 s2 p1; avgpool 2; "
    "transposed 8>4 3 s2 p1 o1; upsample 2 bilinear; dropout 0.2; globalpool; flatten; linear 4>10 nobias; softmax"
)


def rows_of(text: str) -> str:
    read = read_pasted(text)
    assert not isinstance(read, PastedNumbers)
    return "; ".join((read.stack if isinstance(read, PastedLayer) else read).rows)


def test_the_corpus_is_large_and_a_tenth_of_it_is_broken() -> None:
    texts = [*STACKS, *LAYERS, *NUMBERS, *REFUSED]
    assert len(set(texts)) == len(texts) >= 200
    assert len(REFUSED) >= len(texts) / 10


@pytest.mark.parametrize("text", STACKS, ids=range(len(STACKS)))
def test_layers_are_read_as_a_stack_that_can_be(text: str) -> None:
    assert rows_of(text) == STACKS[text]


@pytest.mark.parametrize("text", LAYERS, ids=range(len(LAYERS)))
def test_one_layer_is_read_as_its_page(text: str) -> None:
    page, fields = LAYERS[text]
    read = read_pasted(text)
    assert isinstance(read, PastedLayer)
    assert read.page == page
    assert fields.items() <= read.fields.items()


@pytest.mark.parametrize("text", NUMBERS, ids=range(len(NUMBERS)))
def test_numbers_are_read_with_all_that_they_may_be(text: str) -> None:
    values, meanings = NUMBERS[text]
    read = read_pasted(text)
    assert isinstance(read, PastedNumbers)
    assert read.values.shape == np.shape(values)
    np.testing.assert_allclose(read.values, values, rtol=1e-15)
    assert " ".join(f"{one.part}:{one.layout}" for one in read.meanings) == meanings


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused_by_its_line(text: str) -> None:
    with pytest.raises(LayerError) as refused:
        read_pasted(text)
    assert isinstance(refused.value.code, PastedCode)
    assert refused.value.places.get("line") == REFUSED[text]
    assert len(str(refused.value)) < 250


def test_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any, **__: Any) -> Any:
        raise AssertionError("a pasted text was run")

    for owner, name in ((builtins, "eval"), (builtins, "exec"), (os, "system"), (subprocess, "Popen")):
        monkeypatch.setattr(owner, name, forbidden)
    for text in (*STACKS, *LAYERS, *NUMBERS):
        read_pasted(text)
    for text in REFUSED:
        with pytest.raises(LayerError):
            read_pasted(text)


def test_a_model_is_read_as_torch_prints_it() -> None:
    assert rows_of(str(SEQUENTIAL)) == PRINTED
    # Each row has as many parameters as torch's own layer.
    counted = sum(row.applied.cost.params for row in run_stack(PRINTED, (3, 32, 32)) if row.applied)
    assert counted == sum(one.numel() for one in SEQUENTIAL.parameters())


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 4), (2, 1, 3, 3)])
def test_a_tensor_is_read_as_torch_prints_it(shape: tuple[int, ...]) -> None:
    values = torch.arange(-3.0, -3.0 + int(np.prod(shape))).reshape(shape) / 4
    for printed in (repr(values), repr(nn.Parameter(values)), repr(values.numpy()), str(values.numpy())):
        read = read_pasted(printed)
        assert isinstance(read, PastedNumbers)
        np.testing.assert_array_equal(read.values, values.numpy())


def test_a_kernel_in_kerass_layout_is_asked_for_and_arranged_as_keras_means_it() -> None:
    pasted = np.arange(18.0).reshape(3, 3, 1, 2)
    read = read_pasted(str(pasted.tolist()))
    assert isinstance(read, PastedNumbers)
    assert [one.layout for one in read.meanings] == [Layout.OIHW, Layout.HWIO]
    arranged = Meaning(Part.KERNEL, Layout.HWIO).arranged(read.values)
    np.testing.assert_array_equal(arranged, np.moveaxis(pasted, (3, 2), (0, 1)))


def test_a_batch_of_one_is_an_input() -> None:
    read = read_pasted("[[[[1, 2, 3]], [[4, 5, 6]]]]")
    assert isinstance(read, PastedNumbers)
    last = Meaning(Part.INPUT, Layout.NHWC)
    assert last in read.meanings
    assert last.arranged(read.values).tolist() == [[[1], [4]], [[2], [5]], [[3], [6]]]


def test_what_is_left_out_or_worked_out_is_said() -> None:
    reflected = read_pasted("nn.Sequential(nn.Conv2d(1, 1, 3, padding=1, padding_mode='reflect'), nn.ReLU())")
    assert isinstance(reflected, PastedStack)
    assert reflected.left_out == ("padding_mode=reflect changes numbers, not counts: the stack leaves it out.",)
    alone = read_pasted("nn.Conv2d(1, 1, 3, padding=1, padding_mode='reflect')")
    assert isinstance(alone, PastedLayer)
    assert alone.left_out == ()  # its page has the mode
    assert alone.stack.left_out == reflected.left_out
    depthwise = read_pasted("layers.DepthwiseConv2D(3)")
    assert isinstance(depthwise, PastedLayer)
    assert depthwise.left_out == ("The text does not say how many channels come in: the page takes 2.",)


def test_what_only_a_page_leaves_out_is_not_said_of_the_stack() -> None:
    read = read_pasted("layers.Conv2D(16, 3, activation='relu')")
    assert isinstance(read, PastedLayer)
    assert read.stack.rows == ("conv 16 3", "relu")
    assert len(read.left_out) == 2
    assert read.stack.left_out == ()


@pytest.mark.parametrize(
    ("code", "argument"),
    [
        ("nn.Conv2d(1, 1, 0)", "kernel_size"),
        ("nn.MaxPool2d((2, 0))", "kernel_size"),
        ("nn.AdaptiveAvgPool2d(0)", "output_size"),
        ("layers.MaxPooling2D(0)", "pool_size"),
        ("layers.UpSampling2D((0, 2))", "size"),
    ],
)
def test_a_size_of_no_cells_is_refused_and_not_left_out(code: str, argument: str) -> None:
    with pytest.raises(LayerError, match=f"{argument} “.*0.*”, which cannot be shown here"):
        read_pasted(code)


@pytest.mark.parametrize(
    ("arguments", "parameters", "mult_adds"),
    [  # Keras 3: `SeparableConv2D(...)` built for (None, 28, 28, 3), its count_params()
        ("8, 3", 27 + 24 + 8, (27 + 24) * 26 * 26),
        ("8, 3, depth_multiplier=2, strides=2, padding='same'", 54 + 48 + 8, (54 + 48) * 14 * 14),
        ("8, 3, use_bias=False", 27 + 24, (27 + 24) * 26 * 26),
    ],
)
def test_a_separable_layer_of_keras_has_one_bias_in_the_stack_too(
    arguments: str, parameters: int, mult_adds: int
) -> None:
    read = read_pasted(f"Sequential([Input((28, 28, 3)), SeparableConv2D({arguments}), ReLU()])")
    assert isinstance(read, PastedStack)
    assert read.inputs is not None
    costs = [row.applied.cost for row in run_stack(join(list(read.rows)), read.inputs) if row.applied]
    assert sum(cost.params for cost in costs) == parameters
    assert sum(cost.macs for cost in costs) == mult_adds


def test_a_chain_that_repeats_itself_within_itself_is_bounded() -> None:
    lines = ["a0 = nn.Sequential(nn.ReLU())", *(f"a{n + 1} = nn.Sequential(a{n}, a{n})" for n in range(60))]
    with pytest.raises(LayerError):
        read_pasted("\n".join(lines))


@given(st.text(alphabet="nConv2d(3,)[]=' \n:;.-/", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(LayerError):
        read_pasted(text)


def test_every_sentence_has_its_code() -> None:
    assert {key.partition(".")[0] for key in TEMPLATES} == {str(code) for code in (*PastedCode, *FileCode)}
