"""Let an app under test open quickly."""

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="package", autouse=True)
def packages_scanned_once() -> Iterator[None]:
    """Keep what Streamlit finds in the installed packages: it reads all of them, 0.1 s, for each app that is opened."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield
