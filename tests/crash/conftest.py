"""The server of these tests: over the test's own platform, gone when the test is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.platform import Platform
from tests.crash.server import Server


@pytest.fixture
def server(platform: Platform) -> Iterator[Server]:
    """Not yet started."""
    server = Server(platform)
    yield server
    server.kill()
