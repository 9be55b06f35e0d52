"""Set up what every test shares."""

import os

# Before NumPy or torch is imported: the arrays here are small, and waking a second thread costs more than it gives.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402 - the thread counts come first

# What a check in a shared module has compared is told, as it is in the tests themselves.
for _module in ("browser.pictures", "browser.slow_network", "browser.stage", "engine.records", "pages.driver"):
    pytest.register_assert_rewrite(f"tests.{_module}")

from tests.draws import DEFAULT, LONG_DEFAULT  # noqa: E402

# No deadline: the first example of a test pays for imports. CI draws the same examples each time, so that a red run
# is the change's doing; a run by hand draws new ones; HYPOTHESIS_PROFILE=long draws twenty times as many or more.
settings.register_profile("dev", deadline=None, max_examples=DEFAULT)
settings.register_profile("ci", deadline=None, max_examples=DEFAULT, derandomize=True, database=None, print_blob=True)
settings.register_profile("long", deadline=None, max_examples=LONG_DEFAULT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") == "true" else "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let pictures that are compared with those in the repository be written there anew."""
    parser.addoption("--refresh-golden", action="store_true", help="write the pictures of tests/browser/golden anew")


@pytest.fixture(scope="session")
def refresh_golden(request: pytest.FixtureRequest) -> bool:
    """Return whether golden pictures are to be written anew."""
    return bool(request.config.getoption("--refresh-golden"))
