"""The pages that ours are measured against run."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks import peers

PAGES = sorted(path for path in Path(peers.__file__).parent.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_peer_runs(page: Path) -> None:
    app = AppTest.from_file(page, default_timeout=60).run()
    assert not app.exception
