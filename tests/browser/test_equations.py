"""Every equation on the screen is true as written, at every step of every page, view and granularity."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest

from tests.browser.equations import exactly, is_true, statements
from tests.browser.oracle import written
from tests.browser.stage import Stage

# Walk through all steps of every granularity; return, for each, the lines of the arithmetic and what the cells say
# in which a channel's terms are added up.
WALK = """() => {
  const root = document.querySelector(".stage-root");
  const press = (name) => root.querySelector(`[data-control="${name}"]`).click();
  const text = (element) => element?.textContent ?? "";
  const look = () => ({
    step: root.dataset.step,
    lines: [...root.querySelectorAll(".equation-channel, .equation-total")].map(text),
    now: [...root.querySelectorAll(".equation-channel .now")].map(text),
    partial: [...root.querySelectorAll("g.cells.partial:not(.strip *)")].map((one) => text(one.querySelector("text"))),
  });
  const walks = {};
  for (const button of [...root.querySelectorAll(".granularities button")].filter((one) => one.offsetParent)) {
    button.click();
    press("first");
    const seen = [look()];
    for (let last = ""; seen.at(-1).step !== last; seen.push(look())) {
      last = seen.at(-1).step;
      press("next");
    }
    walks[button.textContent.trim()] = seen.slice(0, -1);
  }
  return walks;
}"""

ROUNDED = {
    "values": "typed",
    "kernel_values": "*1e-3 0.333333333 1e6\n.5 0 0\n0 0 1",
    "input_values": "*1 2 3 4\n2 3 4 5\n3 4 5 1\n4 5 1 2",
    "kernel_height": 3,
    "kernel_width": 3,
}
REAL = {"values": "real", "seed": 3}
LINKS: dict[str, tuple[str, dict[str, Any]]] = {
    "standard": ("standard", {}),
    "rounded": ("standard", ROUNDED),
    "channels": ("standard", {"preset": "channels"}),
    "channels, real": ("standard", {"preset": "channels"} | REAL),
    "im2col": ("standard", {"preset": "windows-as-columns"}),
    "matrix": ("standard", {"view": "matrix"} | REAL),
    "grouped": ("grouped", {"bias": 1}),
    "grouped, apart": ("grouped", {"view": "apart"} | REAL),
    "separable": ("separable", REAL),
    "pointwise": ("separable", {"view": "pointwise"}),
    "stamps": ("transposed", {"preset": "stride", "bias": 1, "view": "stamp"}),
    "stamps, real": ("transposed", {"preset": "overlap", "view": "stamp"} | REAL),
    "zeros inserted": ("transposed", {"view": "zero-inserted"} | REAL),
    "transposed matrix": ("transposed", {"view": "matrix"}),
    "max": ("pooling", {}),
    "max of padding": ("pooling", {"preset": "ceil"} | REAL),
    "mean": ("pooling", {"preset": "padding-not-counted"}),
    "mean, real": ("pooling", {"preset": "average"} | REAL),
    "1-D": ("one_dimensional", {"preset": "channels"} | REAL),
    "the weight's gradient": ("gradients", {"preset": "channels"} | REAL),
    "the input's gradient": ("gradients", {"preset": "groups", "view": "input"}),
}


@pytest.mark.parametrize("link", LINKS)
def test_every_equation_is_true_as_written(open_again: Callable[..., Stage], link: str) -> None:
    page, query = LINKS[link]
    stage = open_again(f"/{page}?{urlencode({'v': 1} | query)}")
    walks = stage.page.evaluate(WALK)
    for granularity, walk in walks.items():
        assert len(walk) > 2
        found = [statement for seen in walk for line in seen["lines"] for statement in statements(line)]
        assert found or granularity == "stamp"
        wrong = [statement for statement in dict.fromkeys(found) if not is_true(statement)]
        assert not wrong, granularity
    if link == "rounded":
        assert any("≈ 3000010" in line for seen in walks["output"] for line in seen["lines"])


def test_what_is_said_of_a_cell_is_true_as_written(open_again: Callable[..., Stage]) -> None:
    stage = open_again(f"/standard?{urlencode({'v': 1} | ROUNDED)}")
    places: list[tuple[str, tuple[int, int], int]] = [
        ("kernel", (0, 1), 0),
        ("kernel", (1, 0), 0),
        ("products", (0, 1), 0),
        ("output", (0, 0), 0),
        ("input", (1, 1), 0),
    ]
    said = [seen.sentence.split(":")[0] for seen in stage.hover_each(places)]
    assert said == [
        "kernel[0, 1] ≈ 0.333333",
        "kernel[1, 0] = 0.5",
        "products[0, 1] ≈ 0.666667",
        "output[0, 0] ≈ 3000010",
        "input[1, 1] = 3",
    ]


def test_each_multiply_shows_its_product_and_the_total_so_far(open_again: Callable[..., Stage]) -> None:
    """Both in words and in the cell, until the sum of the window stands there."""
    x = np.array([[4, 1, 7, 5], [4, 4, 2, 5], [7, 7, 2, 4], [1, 0, 2, 4]])
    kernel = np.array([[1, 0], [2, 1]])
    walk = open_again("/standard").page.evaluate(WALK)["multiply"]
    windows = np.lib.stride_tricks.sliding_window_view(x, (2, 2)).reshape(-1, 4)
    for at, (window, seen) in enumerate(zip(np.repeat(windows, 4, axis=0), walk, strict=True)):
        tap = at % 4
        products = window * kernel.ravel()
        total = written(products[: tap + 1].sum())
        assert seen["partial"] == [total]
        assert seen["now"] == [f"{window[tap]}×{kernel.ravel()[tap]} = {products[tap]};  "]
        terms = " + ".join(f"{value}×{weight}" for value, weight in zip(window, kernel.ravel(), strict=True))
        so_far = " + ".join(terms.split(" + ")[: tap + 1])
        assert seen["lines"][0] == f"{seen['now'][0]}{so_far} = {total}{' so far' * (tap < 3)}"


@pytest.mark.parametrize(("preset", "made"), [("max", np.fmax), ("average", np.add)])
def test_each_value_of_a_window_shows_what_is_made_of_it_so_far(
    open_again: Callable[..., Stage], preset: str, made: np.ufunc
) -> None:
    walk = open_again(f"/pooling?v=1&preset={preset}").page.evaluate(WALK)["value"]
    for at, seen in enumerate(walk[:16]):
        values = [float(exactly(walk[one]["now"][0].removesuffix(";  "))) for one in range(at - at % 4, at + 1)]
        total = made.accumulate(values)[-1]
        if preset == "average" and at % 4 == 3:
            total /= 4
        assert seen["partial"] == [written(total)]
        assert seen["lines"][0].removesuffix(" so far").endswith(f" = {written(total)}")


@pytest.mark.parametrize(
    ("statement", "is_right"),
    [
        ("2×3 = 6", True),
        ("2×3 = 7", False),
        ("2×3 ≈ 6", False),
        ("0.333333×2 ≈ 0.666667", True),
        ("0.333333×2 = 0.666667", False),
        ("1000000×3 + 0.5×1 ≈ 3000010", True),
        ("1000000×3 + 0.5×1 ≈ 3000100", False),
        ("max(−∞, 1) = 1", True),
        ("(1 + 2) / 4 = 0.75", True),
        ("2×(−3) + 4×1 = −2", True),
    ],
)
def test_a_reader_tells_true_from_false(statement: str, is_right: bool) -> None:
    assert is_true(statement) is is_right
