"""Two replicas behind nginx. Without nginx these tests are skipped, but fail in CI, which installs it."""

import os
from collections.abc import Iterator

import pytest

from deploy.serve import Fleet, Settings, find_nginx, free_ports, running

PREFIX = "/visualizer"


@pytest.fixture(scope="session")
def fleet() -> Iterator[Fleet]:
    if find_nginx() is None:
        message = "no nginx: `bash scripts/install_nginx.sh` installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    (port,) = free_ports(1)
    settings = Settings(listen=f"127.0.0.1:{port}", hosts="localhost 127.0.0.1", prefix=PREFIX)
    with running(settings, replicas=2) as started:
        yield started


@pytest.fixture(autouse=True)
def _all_replicas_run(request: pytest.FixtureRequest) -> None:
    """Begin with every replica, whichever the test before has ended."""
    if "fleet" in request.fixturenames:
        fleet: Fleet = request.getfixturevalue("fleet")
        fleet.restart_those_that_ended()
        fleet.wait()
