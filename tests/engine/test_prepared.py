"""Prepared statements write and read what SQLAlchemy Core does, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.db import table_of
from engine.models import Job
from engine.platform import Platform
from engine.prepared import Prepared

JOB = table_of(Job)
DUE = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))
COLUMNS = (JOB.c.id, JOB.c.node_id, JOB.c.due_at, JOB.c.provisional, JOB.c.state, JOB.c.attempts, JOB.c.payload)
OF_NODE = select(*COLUMNS).where(JOB.c.node_id == bindparam("node")).order_by(JOB.c.id)


def row(**values: Any) -> dict[str, Any]:
    return {"node_id": "wait", "kind": "service", "due_at": DUE, "provisional": True, "payload": b"\x00\xff", **values}


def kept(platform: Platform, node: str) -> list[tuple[Any, ...]]:
    with platform.database.read() as session:
        found = session.execute(OF_NODE, {"node": node}).all()
    return [tuple(one)[1:] for one in found]


def test_an_insert_writes_what_core_writes_defaults_included(empty_platform: Platform) -> None:
    with empty_platform.database.write() as session:
        Prepared(insert(JOB)).run(session, row())
        session.execute(insert(JOB), row(node_id="core"))
    mine, core = kept(empty_platform, "wait"), kept(empty_platform, "core")
    assert mine == [("wait", DUE.astimezone(UTC), True, "waiting", 0, b"\x00\xff")]
    assert [one[1:] for one in mine] == [one[1:] for one in core]


def test_several_rows_are_one_statement(empty_platform: Platform) -> None:
    with empty_platform.database.write() as session:
        Prepared(insert(JOB)).run_each(session, [row(attempts=n) for n in range(3)])
    assert [one[4] for one in kept(empty_platform, "wait")] == [0, 1, 2]


def test_an_insert_tells_the_new_id(empty_platform: Platform) -> None:
    adding = Prepared(insert(JOB).returning(JOB.c.id, JOB.c.due_at))
    with empty_platform.database.write() as session:
        ((number, due),) = adding.fetch(session, row())
        assert session.scalars(select(JOB.c.id)).all() == [number]
    assert due == DUE


def test_rows_with_other_columns_are_not_one_statement(empty_platform: Platform) -> None:
    adding = Prepared(insert(JOB))
    with pytest.raises(ValueError, match="columns"), empty_platform.database.write() as session:
        adding.run_each(session, [row(), row(attempts=1)])


def test_the_same_statement_serves_rows_with_other_columns(empty_platform: Platform) -> None:
    adding = Prepared(insert(JOB))
    with empty_platform.database.write() as session:
        adding.run(session, row())
        adding.run(session, row(attempts=7, state="held"))
    assert [one[3:5] for one in kept(empty_platform, "wait")] == [("waiting", 0), ("held", 7)]


def test_an_update_sets_the_columns_it_is_given_where_its_parameters_say(empty_platform: Platform) -> None:
    change = Prepared(update(JOB).where(JOB.c.node_id == bindparam("of"), JOB.c.attempts == bindparam("seen")))
    with empty_platform.database.write() as session:
        Prepared(insert(JOB)).run_each(session, [row(attempts=0), row(attempts=1)])
        changed = change.run(session, {"of": "wait", "seen": 0, "attempts": 5, "due_at": DUE + timedelta(days=1)})
        missed = change.run(session, {"of": "wait", "seen": 9, "attempts": 6})
    assert (changed.rowcount, missed.rowcount) == (1, 0)
    assert [(one[4], one[1]) for one in kept(empty_platform, "wait")] == [(5, DUE + timedelta(days=1)), (1, DUE)]


def test_a_delete_takes_away_row_by_row(empty_platform: Platform) -> None:
    with empty_platform.database.write() as session:
        Prepared(insert(JOB)).run_each(session, [row(attempts=n) for n in range(4)])
        gone = Prepared(delete(JOB).where(JOB.c.attempts == bindparam("tries")))
        gone.run_each(session, [{"tries": 0}, {"tries": 2}])
    assert [one[4] for one in kept(empty_platform, "wait")] == [1, 3]


@pytest.mark.parametrize("place", ["session", "glance"])
def test_a_question_is_answered_in_the_types_of_its_columns(empty_platform: Platform, place: str) -> None:
    with empty_platform.database.write() as session:
        Prepared(insert(JOB)).run(session, row())
    asking, database = Prepared(OF_NODE), empty_platform.database
    with database.read() if place == "session" else database.glance() as source:
        found = asking.fetch(source, {"node": "wait"})
        nothing = asking.fetch(source, {"node": "elsewhere"})
    assert [one[1:] for one in found] == kept(empty_platform, "wait")
    assert found[0][3] is True
    assert nothing == []


def test_what_the_database_refuses_is_sqlalchemys_error_and_rolls_back(empty_platform: Platform) -> None:
    adding = Prepared(insert(JOB))
    with pytest.raises(IntegrityError), empty_platform.database.write() as session:
        adding.run_each(session, [row(instance_id=None), row(instance_id=999_999)])
    assert kept(empty_platform, "wait") == []


def test_a_naive_time_is_refused(empty_platform: Platform) -> None:
    with pytest.raises(ValueError, match="naive"), empty_platform.database.write() as session:
        Prepared(insert(JOB)).run(session, row(due_at=DUE.replace(tzinfo=None)))


def test_a_default_that_is_computed_must_be_named(empty_platform: Platform) -> None:
    text = Column("text", Text, default=lambda: "x")
    notes = Table("notes", MetaData(), Column("id", Integer, primary_key=True), text)
    with pytest.raises(TypeError, match=r"notes\.text"), empty_platform.database.write() as session:
        Prepared(insert(notes)).run(session, {"id": 1})
