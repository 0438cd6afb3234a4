"""The disk is full: the person reads a sentence, nothing of the act is kept, and with room again the same act goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from structlog.testing import capture_logs

from app import create_app
from engine.boot import ROOT, open_platform
from engine.commands import deploy_files
from engine.commands.install import finish_demo, install_demo
from engine.commands.verify_log import verify_log
from engine.config import Settings
from engine.models import Event, Instance
from engine.platform import Platform
from tests.bench.stage import Visitor
from tests.crash.papers import act_at
from tests.fixtures.platform import PASSWORD, organisation
from tests.workflows.change_approval.papers import NIGHT_MODE

DRAFT = {"data": {**NIGHT_MODE, "content": "增加深色配色。" * 2000}, "opinion": "", "action": "", "attachments": []}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Platform]:
    """An installation on SQLite, whichever database the run is about: filling up a server's disk is not ours to do."""
    settings = Settings.from_environment({"DATA_DIR": str(tmp_path / "data")})
    settings.prepare()
    platform = open_platform(settings)
    install_demo(platform, organisation(), PASSWORD)
    finish_demo(platform)
    deploy_files(platform, ROOT)
    yield platform
    platform.database.dispose()


@contextmanager
def full(platform: Platform) -> Iterator[None]:
    """Within this block the database file cannot grow: SQLite answers as it does on a full disk."""

    def no_more_pages(connection: sqlite3.Connection, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    platform.database.dispose()
    event.listen(platform.database.engine, "connect", no_more_pages)
    try:
        yield
    finally:
        event.remove(platform.database.engine, "connect", no_more_pages)
        platform.database.dispose()


def facts(platform: Platform) -> tuple[object, ...]:
    """What an act would change."""
    with platform.database.read() as session:
        revision = session.scalar(select(func.sum(Instance.revision)))
        return revision, session.scalar(select(func.count(Instance.id))), session.scalar(select(func.count(Event.id)))


def test_a_sentence_and_nothing_lost(small_disk: Platform) -> None:
    app = create_app(small_disk)
    applicant, reviewer = Visitor(app, "chensiyuan"), Visitor(app, "hejing")
    case = applicant.send("/start/change_approval", {"data": NIGHT_MODE}).get_json()["location"]
    action, data = act_at("review_necessity", "2026-11-06", NIGHT_MODE["cost_change"])
    act = {"revision": 1, "action": action, "opinion": "同意。", "data": data, "attachments": []}

    with full(small_disk), capture_logs():  # each refusal is logged with its trace
        while (answer := applicant.try_to("/start/change_approval", {"data": NIGHT_MODE})).status_code == 200:
            pass  # what is free within the file is used up first
        before = facts(small_disk)
        refused = [
            answer,
            reviewer.try_to("/tasks/1/complete", act),
            applicant.try_to("/start/change_approval/draft", DRAFT),
        ]
        for answer in refused:
            assert answer.status_code == 500
            assert "存储空间已满" in answer.get_json()["message"]
            assert "sqlite" not in answer.text.lower()
        assert facts(small_disk) == before
        applicant.open(case)  # reading goes on

    reviewer.send("/tasks/1/complete", act)
    applicant.send("/start/change_approval", {"data": NIGHT_MODE})
    assert verify_log(small_disk).sound
