"""What the picture of a receptive field says and draws: the cells that have a gradient, as torch finds them."""

import re
from urllib.parse import unquote

import pytest
import torch
from torch import nn

from pages.comparison_parts.field_picture import field_html
from sharing.stack_text import run_stack

Cells = tuple[int, int, int, int]
SIZE = (12, 14)
LAYERS: dict[str, list[nn.Module]] = {
    "conv 1 3 s2 p1; avgpool 2": [nn.Conv2d(1, 1, 3, 2, 1), nn.AvgPool2d(2)],
    "conv 1 5x3 p2x1; conv 1 3 d2 p2": [nn.Conv2d(1, 1, (5, 3), 1, (2, 1)), nn.Conv2d(1, 1, 3, 1, 2, 2)],
    "conv 1 3 s2; transposed 1 2 s2": [nn.Conv2d(1, 1, 3, 2), nn.ConvTranspose2d(1, 1, 2, 2)],
}


def seen_by_gradient(layers: list[nn.Module], row: int, column: int) -> Cells:
    for layer in layers:
        for weights in layer.parameters():
            nn.init.ones_(weights)
    x = torch.ones((1, 1, *SIZE), requires_grad=True)
    nn.Sequential(*layers)(x)[0, 0, row, column].backward()
    assert x.grad is not None
    rows, columns = (found.tolist() for found in x.grad[0, 0].nonzero(as_tuple=True))
    return min(rows), max(rows), min(columns), max(columns)


@pytest.mark.parametrize("text", LAYERS)
def test_the_first_and_the_middle_output_see_what_has_a_gradient(text: str) -> None:
    last = run_stack(text, (1, *SIZE))[-1].applied
    assert last is not None
    _, rows, columns = last.outputs
    html = field_html(last, SIZE)
    said = [tuple(map(int, found)) for found in re.findall(r"rows (\d+) to (\d+) and columns (\d+) to (\d+)", html)]
    expected = [seen_by_gradient(LAYERS[text], *at) for at in ((0, 0), (rows // 2, columns // 2))]
    assert said == expected
    drawn = re.findall(
        r'<rect x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)" fill="#', unquote(html.split("svg+xml,")[1])
    )
    boxes = [tuple(map(int, box)) for box in drawn]
    assert boxes == [(left, top, right - left + 1, end - top + 1) for top, end, left, right in expected]


def test_what_only_the_bias_reaches_sees_nothing() -> None:
    last = run_stack("transposed 1 1 s3", (1, 4, 4))[-1].applied
    assert last is not None
    assert "Output [5, 5] sees nothing of the input." in field_html(last, (4, 4))


def test_one_output_is_shown_once() -> None:
    last = run_stack("globalpool", (1, 4, 6))[-1].applied
    assert last is not None
    html = field_html(last, (4, 6))
    assert html.count(" sees ") == 1
    assert "Dashed" not in html
