"""Readiness: each thing that may be wrong is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.db import Database
from engine.platform import Platform
from engine.queries.health import readiness


class Clockwork:
    """A scheduler that runs, or does not."""

    def __init__(self, running: bool) -> None:
        self.running = running

    def wake(self) -> None:
        """Nothing to wake."""


def failing(platform: Platform) -> dict[str, str]:
    return {name: detail for name, ok, detail in readiness(platform) if not ok}


def test_a_healthy_platform(platform: Platform) -> None:
    assert [name for name, ok, _detail in readiness(platform) if ok] == ["database", "migrations", "handlers"]
    assert failing(platform) == {}


@pytest.mark.parametrize("running", [True, False])
def test_the_scheduler_must_run_where_there_is_one(platform: Platform, running: bool) -> None:
    found = failing(replace(platform, scheduler=Clockwork(running)))
    assert set(found) == (set() if running else {"scheduler"})


def test_missing_handlers_are_named(platform: Platform) -> None:
    found = failing(replace(platform, handlers={}))
    assert "change_approval.update_baseline" in found["handlers"]


def test_a_database_that_does_not_answer(platform: Platform, tmp_path: Path) -> None:
    nowhere = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.sqlite'}")
    assert set(failing(replace(platform, database=nowhere))) == {"database"}


def test_a_database_without_tables_is_behind(platform: Platform, tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert set(failing(replace(platform, database=empty))) == {"migrations"}
    empty.dispose()
