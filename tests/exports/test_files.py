"""The other files: the record for NumPy, the page that works offline, and what files are called."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest

from exports.arrays import npz
from exports.names import layer_name
from exports.page import standalone
from kinds.gradients.backward import Backward
from kinds.gradients.state import GradientsView
from kinds.registry import PRESETS
from sharing.page_state import SidedPadding
from stage.wire import to_wire
from tests.exports.examples import SLUGS, played


@pytest.mark.parametrize(("page", "slug"), SLUGS)
def test_every_array_of_the_record_is_there_and_explained(page: str, slug: str) -> None:
    with np.load(BytesIO(npz(played(page, slug).stage, "Title", "https://example.org/x"))) as found:
        names = [name for name in found.files if name != "README.txt"]
        readme = found["README.txt"].decode()
        assert readme.startswith("Title\n")
        assert "https://example.org/x" in readme
        for name in names:
            assert f"\n{name} {found[name].shape}\n    " in readme
        outputs = [name for name in names if name.endswith("output")]
        records = played(page, slug).record
        if isinstance(records, Backward):
            made = {
                "output": records.correlation,
                "second_output": records.correlation,
                "third_output": records.stamped,
            }
            if PRESETS[page][slug].state.view is GradientsView.INPUT:
                made["output"] = records.stamped
            for name in set(outputs) - {"first_output"}:
                rows, columns = found[name].shape[1:]
                np.testing.assert_array_equal(found[name], made[name].output[:, :rows, :columns])
            assert "here dL/d" in readme
            return
        records = records if isinstance(records, tuple) else (records,)
        for name, record in zip(outputs, records[-len(outputs) :], strict=True):
            np.testing.assert_array_equal(found[name], record.output)


def test_the_arrays_of_a_convolution_are_those_of_its_trace() -> None:
    trace = played("standard", "channels").record
    with np.load(BytesIO(npz(played("standard", "channels").stage, "")), allow_pickle=False) as found:
        for name, expected in {
            "input": trace.padded,
            "kernel": trace.weight,
            "bias": trace.bias,
            "products": trace.products,
            "partial_sums": trace.partial_sums,
            "running_sums": trace.running_sums,
        }.items():
            assert found[name].dtype == np.float64
            np.testing.assert_array_equal(found[name], expected)


def test_the_readme_can_be_read_without_numpy() -> None:
    with ZipFile(BytesIO(npz(played("standard", "simplest").stage, "One"))) as archive:
        assert archive.read("README.txt").startswith(b"One\n")


@pytest.mark.parametrize(
    ("page", "slug", "name"),
    [
        ("standard", "simplest", "conv2d-1to1-k2"),
        ("standard", "half-padding", "conv2d-1to1-k3-p1"),
        ("standard", "uneven-stride", "conv2d-1to1-k2-s3x2-p1"),
        ("standard", "padding-reflect", "conv2d-1to1-k3-p1-paddingmodereflect"),
        ("standard", "same", "conv2d-1to1-k2-psame"),
        ("standard", "same-upper", "conv2d-1to1-k3-s2-psameupper"),
        ("grouped", "two-groups", "conv2d-4to4-k2-g2"),
        ("separable", "padding-bug", "separableconv2d-1to1-k3-p1-pointwisepadding1"),
        ("pooling", "ceil", "maxpool2d-k2-s2-ceilmode"),
        ("pooling", "padding-not-counted", "avgpool2d-k2-s2-p1-countincludepadfalse"),
        ("one_dimensional", "dilated-causal", "conv1d-1to1-k3-p8x0-d4"),
    ],
)
def test_a_file_is_called_after_its_layer(page: str, slug: str, name: str) -> None:
    assert layer_name(PRESETS[page][slug].state) == name


def test_a_file_is_called_after_all_the_sides_of_its_padding() -> None:
    state = replace(PRESETS["pooling"]["same-upper"].state, padding=SidedPadding.SIDES, padding_bottom=1)
    assert layer_name(state) == "maxpool2d-k3-s2-p0x1x0x0"


def embedded(html: str) -> Any:
    start = html.index('id="record">') + len('id="record">')
    return json.loads(html[start : html.index("</script>", start)])


def test_the_page_holds_the_record_and_the_player_and_asks_for_nothing() -> None:
    shown = played("standard", "simplest").stage
    html = standalone(shown, "Title", "Sentence", "name", "step=3", "https://example.org/standard?v=1&preset=simplest")
    around = {"fixed": True, "offline": True, "fragment": "step=3", "name": "name"}
    assert embedded(html) == to_wire(shown) | around
    assert "class Stage" in html
    assert 'src="http' not in html
    assert '<link rel="stylesheet"' not in html
    text = html[: html.index("<script")]
    assert text.count("href=") == text.count('href="https://example.org/standard?v=1&amp;preset=simplest"') == 1


@pytest.mark.parametrize(("page", "slug"), [(page, next(iter(presets))) for page, presets in PRESETS.items()])
def test_the_page_of_an_opening_preset_is_small_enough_to_be_mailed(page: str, slug: str) -> None:
    html = standalone(played(page, slug).stage, "Title", "Sentence", "name")
    assert len(html.encode()) <= 300_000


def test_nothing_in_a_page_can_end_its_script_or_become_markup() -> None:
    nasty = "</script><script>alert(1)</script><!--"
    html = standalone(
        replace(played("standard", "simplest").stage, id=nasty), nasty, nasty, "name", "", f'https://x/"{nasty}'
    )
    assert nasty not in html
    assert embedded(html)["id"] == nasty
