"""How many examples Hypothesis draws for a test, by the profile that tests/conftest.py has loaded."""

from hypothesis import settings

# A run by hand and CI draw a few thousand in all, so that they end soon; `make test-long` looks for what is rare.
DEFAULT = 25
LONG_DEFAULT = 2000
LONG_FACTOR = 20


def examples(ordinary: int) -> int:
    """Return how many examples a test draws that draws `ordinary` of them in a run by hand: under "long", 20 times."""
    return ordinary * LONG_FACTOR if settings.get_current_profile_name() == "long" else ordinary
