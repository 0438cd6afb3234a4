"""What scenario tests share: the stage, and the record of what they exercise."""

from __future__ import annotations

import pytest

from engine.clock import MovableClock
from tests.workflows.coverage import RECORD, Coverage
from tests.workflows.organisation import Organisation
from tests.workflows.stage import Stage


@pytest.fixture(scope="session")
def organisation() -> Organisation:
    """The demo organisation."""
    return Organisation.of_the_demo()


@pytest.fixture
def stage(request: pytest.FixtureRequest, organisation: Organisation, clock: MovableClock) -> Stage:
    """A fresh stage; what is played on it is noted for `python -m tests.workflows.flows`."""
    return Stage(organisation, clock, request.config.stash.setdefault(RECORD, Coverage()))
