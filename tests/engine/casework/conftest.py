"""What the tests of this folder start from."""

from __future__ import annotations

import pytest

from tests.fixtures.exchange import Exchange
from tests.fixtures.story import Story


@pytest.fixture
def exchange(story: Story) -> Exchange:
    """A platform on which cases deal with each other."""
    return Exchange(story)
