"""Opening the platform: database up to date, handlers found, errors in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import migrate
from engine.boot import load_handlers, open_platform, start_again
from engine.clock import MovableClock, SystemClock
from engine.commands.install import BUILDING, install_demo
from engine.config import Settings
from engine.errors import ConfigurationError
from engine.platform import Platform
from tests.fixtures.platform import PASSWORD, organisation


def test_a_new_database_is_migrated_and_not_installed(settings: Settings) -> None:
    settings.prepare()
    platform = open_platform(settings)
    assert platform.mode == ""
    assert not migrate.pending(platform.database)
    assert isinstance(platform.clock, SystemClock)
    platform.database.dispose()


def test_an_installed_one_is_opened_in_its_mode(platform: Platform, clock: MovableClock) -> None:
    again = open_platform(platform.settings, clock)
    assert (again.mode, again.clock) == ("demo", clock)
    again.database.dispose()


def test_handlers_are_found_by_topic_and_nothing_private(platform: Platform) -> None:
    handlers = load_handlers()
    assert "change_approval.update_baseline" in handlers
    assert not any(topic.partition(".")[2].startswith("_") for topic in handlers)
    assert set(platform.handlers) == set(handlers)


def test_a_database_that_cannot_be_opened_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://guicheng:top-secret@127.0.0.1:9/nowhere"
    settings = Settings.from_environment({"DATA_DIR": str(tmp_path), "DATABASE_URL": url})
    with pytest.raises(ConfigurationError) as refused:
        open_platform(settings)
    assert "127.0.0.1:9/nowhere" in str(refused.value)
    assert "top-secret" not in str(refused.value)


def test_an_interrupted_demo_is_emptied(empty_platform: Platform) -> None:
    install_demo(empty_platform, organisation(), PASSWORD)
    assert empty_platform.mode == BUILDING
    again = start_again(empty_platform)
    assert again.mode == ""
    install_demo(again, organisation(), PASSWORD)
    again.database.dispose()


def test_waking_without_a_scheduler_is_harmless(platform: Platform) -> None:
    platform.wake()
    assert platform.files_dir == platform.settings.data_dir / "files"
