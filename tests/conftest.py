"""What every test may ask for: a clock that stands still, settings, a database of its own.

`pytest --database=postgresql` runs the tests that use a database on PostgreSQL instead of SQLite (and only those: the
others would prove nothing new). The server is TEST_DATABASE_URL, a local one, or the packaged one.
"""

from __future__ import annotations

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import hypothesis
import pytest

from engine.clock import LOCAL, MovableClock
from engine.config import Settings

pytest_plugins = ["tests.fixtures.databases"]
if find_spec("tests.fixtures.platform"):
    pytest_plugins += ["tests.fixtures.platform", "tests.fixtures.year"]

# How long one example takes says more about the machine than about the code; benchmarks measure time.
hypothesis.settings.register_profile("guicheng", deadline=None, print_blob=True)
hypothesis.settings.load_profile("guicheng")


@pytest.fixture
def clock() -> MovableClock:
    """Friday 2026-11-06 09:30 in Shanghai, until the test moves it."""
    return MovableClock(datetime(2026, 11, 6, 9, 30, tzinfo=LOCAL))


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """An installation in the test's own folder, on the test's own database; not yet prepared."""
    return Settings.from_environment({"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": database_url})
