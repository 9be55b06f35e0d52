"""What the first HTML of a page names beyond what Streamlit's own does."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from kinds.registry import SPECS
from serving.page_chunks import CONTROLS, OTHER_PAGES, STAGE, chunks, elements
from tests.serving.asking import Answer

PRELOADED = re.compile(r'<link rel="modulepreload" crossorigin href="\./([^"]+)">')
PAGES = (
    "", "gallery", *SPECS, "learn_a_kernel", "train_a_network", "images", "upsampling", "comparison", "glossary",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_what_is_named_is_there_for_good_and_named_once(ask: Callable[..., Answer], page: str) -> None:
    named = Counter(PRELOADED.findall(ask(f"/{page}").body.decode()))
    own = Counter(PRELOADED.findall(ask("/no-page").body.decode()))
    assert own.keys() < named.keys()
    assert set(named.values()) == {1}
    for file in named.keys() - own.keys():
        answer = ask(f"/{file}")
        assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True)
        assert answer.headers["Content-Type"].partition(";")[0].endswith("/javascript")


@pytest.mark.parametrize("element", sorted({*STAGE, *CONTROLS, "ButtonGroup", *sum(OTHER_PAGES.values(), ())}))
def test_streamlit_knows_every_element(element: str) -> None:
    assert any(file.startswith(f"static/js/{element}.") for file in chunks([element]))


def test_what_the_stage_needs_comes_before_its_controls() -> None:
    alone, whole = (chunks(elements("standard", is_embedded)) for is_embedded in (True, False))
    assert whole[: len(alone)] == alone
    assert len(alone) < len(whole)


def test_an_element_that_streamlit_does_not_know_needs_nothing() -> None:
    assert chunks(["NoSuchElement"]) == []
