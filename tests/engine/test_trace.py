"""The log of versions: append-only, chained, and true of what is deployed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from engine import migrate, trace
from engine.commands.verify_log import verify_log
from engine.db import Database
from engine.models import Definition, Deployment, ProcedureEvent
from engine.queries.design_history import trace as told
from engine.trace import TraceBreak
from tests.fixtures.drawing_board import Board
from tests.fixtures.story import KEY, Story


@pytest.fixture
def board(story: Story) -> Board:
    """A second version was published."""
    board = Board(story).open()
    board.rename_step()
    board.publish("改称核对")
    return board


def test_who_did_what_when_and_why(board: Board) -> None:
    entries = told(board.platform, board.owner(), KEY)
    assert [(entry.kind, str(entry.actor), entry.version, entry.note) for entry in entries] == [
        ("published", "何静（平台管理部）", 2, "改称核对"),
        ("saved", "何静（平台管理部）", None, f"diagram:{KEY}"),
        ("opened", "何静（平台管理部）", 1, ""),
        ("deployed", "—", 1, ""),
    ]
    assert entries[0].content_hash == board.story.one(
        select(Deployment.content_hash).where(Deployment.source == "browser")
    )


def test_a_true_log_is_sound(board: Board) -> None:
    report = verify_log(board.platform)
    assert (report.sound, report.versions, report.version_breaks) == (True, 2, ())


@pytest.mark.parametrize("change", ["UPDATE procedure_event SET note = 'x'", "DELETE FROM procedure_event"])
def test_entries_are_neither_changed_nor_removed(board: Board, change: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), board.platform.database.write() as session:
        session.execute(text(change))


def test_a_diagram_changed_behind_our_back_shows(board: Board) -> None:
    with board.platform.database.write() as session:
        session.execute(update(Definition).where(Definition.version == 2).values(bpmn=b"<other/>"))
    assert verify_log(board.platform).version_breaks == (TraceBreak(KEY, 2, "content"),)


def test_a_version_that_nobody_published_shows(board: Board) -> None:
    with board.platform.database.write() as session:
        session.execute(update(Definition).where(Definition.version == 2).values(version=3))
    assert verify_log(board.platform).version_breaks == (TraceBreak(KEY, 3, "missing"),)


def test_a_slipped_in_entry_shows(board: Board) -> None:
    now = datetime(2026, 11, 6, tzinfo=UTC)
    with board.platform.database.write() as session:
        values = {"key": KEY, "at": now, "kind": "published", "hash": "0" * 64}
        session.execute(insert(ProcedureEvent).values(seq=5, **values))
        session.execute(insert(ProcedureEvent).values(seq=7, **values))
        breaks = trace.verify(session)[1]
    assert breaks == [TraceBreak(KEY, 5, "hash"), TraceBreak(KEY, 7, "gap"), TraceBreak(KEY, 7, "hash")]


def test_versions_from_before_the_log_begin_it(database_url: str) -> None:
    """An installation that is updated keeps its versions, and they prove themselves."""
    database = Database(database_url)
    migrate.upgrade(database, "0001")
    with database.write() as session:
        for version in (1, 2):
            at = datetime(2026, 11, version, 1, 30, 0, 123456, UTC)
            parts = {"key": "old", "content_hash": f"{version}" * 64, "created_at": at}
            deployment = insert(Deployment).values(source="files", note="", **parts).returning(Deployment.id)
            row = {"version": version, "deployment_id": session.scalars(deployment).one(), "bpmn": b"<x/>"}
            session.execute(
                insert(Definition).values(key="old", name="旧", prefix="J", status="live", created_at=at, **row)
            )
    migrate.upgrade(database)
    with database.read() as session:
        versions, breaks = trace.verify(session)
    assert (versions, {found.reason for found in breaks}) == (2, {"content"})  # the hashes above are not of these bytes
    database.dispose()
