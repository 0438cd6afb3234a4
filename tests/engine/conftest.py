"""What the tests of commands, queries and jobs share."""

from __future__ import annotations

import pytest

from engine.clock import MovableClock
from engine.platform import Platform
from tests.fixtures.story import Story


@pytest.fixture
def story(platform: Platform, clock: MovableClock) -> Story:
    """A story on the test's own platform, without cases."""
    return Story(platform, clock)
