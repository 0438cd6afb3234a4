"""One transaction per command, exact values, a fair queue of writers."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread, get_ident

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from engine.clock import LOCAL
from engine.db import Database, FairLock, table_of
from engine.models import Installation, NumberSequence, Project
from engine.platform import Platform


@pytest.fixture
def database(empty_platform: Platform) -> Database:
    """Migrated, empty."""
    return empty_platform.database


def count(database: Database) -> int:
    """Rows of a small table."""
    with database.read() as session:
        return len(session.scalars(select(NumberSequence.prefix)).all())


def test_a_block_is_one_transaction(database: Database) -> None:
    with database.write() as session:
        session.execute(insert(NumberSequence).values(prefix="A", year=2026))
        session.execute(insert(NumberSequence).values(prefix="B", year=2026))
    assert count(database) == 2

    def fail() -> None:
        with database.write() as session:
            session.execute(insert(NumberSequence).values(prefix="C", year=2026))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert count(database) == 2


def test_a_failing_statement_takes_all_with_it(database: Database) -> None:
    def twice() -> None:
        with database.write() as session:
            session.execute(insert(NumberSequence).values(prefix="A", year=2026))
            session.execute(insert(NumberSequence).values(prefix="A", year=2026))

    with pytest.raises(IntegrityError):
        twice()
    assert count(database) == 0
    with database.write() as session:  # and the lock is free again
        session.execute(insert(NumberSequence).values(prefix="A", year=2026))
    assert count(database) == 1


def test_reading_never_commits(database: Database) -> None:
    with database.read() as session:
        session.execute(insert(NumberSequence).values(prefix="A", year=2026))
    assert count(database) == 0


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    with database.write() as session:
        session.execute(insert(NumberSequence).values(prefix="A", year=2026))
        assert count(database) == 0
    assert count(database) == 1


def test_moments_are_kept_in_utc_and_naive_ones_refused(database: Database) -> None:
    moment = datetime(2026, 11, 6, 9, 30, 15, 123456, tzinfo=LOCAL)
    row = {"id": 1, "mode": "real", "name": "x"}
    with database.write() as session:
        session.execute(insert(Installation).values(**row, created_at=moment))
    with database.read() as session:
        found = session.scalars(select(Installation.created_at)).one()
        assert (found, found.tzinfo) == (moment, UTC)
        later = select(Installation.id).where(Installation.created_at > moment - timedelta(microseconds=1))
        assert session.scalars(later).all() == [1]
    naive = datetime(2026, 1, 1)  # noqa: DTZ001  # a naive one is the point
    with pytest.raises(StatementError, match="naive"), database.write() as session:
        session.execute(insert(Installation).values(id=2, mode="real", name="x", created_at=naive))


@pytest.mark.parametrize("amount", ["0.10", "-99999999999999.99", "486.50", "1E+3", "0"])
def test_amounts_keep_every_digit(platform: Platform, amount: str) -> None:
    with platform.database.write() as session:
        project = session.scalars(select(Project).limit(1)).one()
        project.reserve = Decimal(amount)
    with platform.database.read() as session:
        found = session.scalars(select(Project.reserve).where(Project.id == project.id)).one()
    assert (found, type(found)) == (Decimal(amount), Decimal)


def test_foreign_keys_hold(database: Database) -> None:
    bad = "insert into person_role (person_id, role_code) values (4711, 'nobody')"
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text(bad))


def test_the_lock_serves_in_the_order_of_coming() -> None:
    lock, served, begun = FairLock(), list[int](), [Event() for _ in range(5)]

    def wait(number: int) -> None:
        begun[number].set()
        with lock:
            served.append(number)

    threads = [Thread(target=wait, args=(number,)) for number in range(5)]
    with lock:
        for number, thread in enumerate(threads):
            thread.start()
            assert begun[number].wait(5)
            while len(lock._waiting) <= number:
                pass  # until it stands in the queue, a few instructions later
    for thread in threads:
        thread.join(5)
    assert served == [0, 1, 2, 3, 4]
    with lock:
        assert not lock._waiting


class Arrivals(deque[Event]):
    """A queue that remembers who came when, and how many stood before him at most."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[int] = []
        self.longest = 0

    def append(self, turn: Event) -> None:
        self.longest = max(self.longest, len(self))
        self.came.append(get_ident())
        super().append(turn)


@pytest.mark.parametrize("writers", [8, 50])
def test_writers_in_a_loop_are_served_in_the_order_of_their_coming(tmp_path: Path, writers: int) -> None:
    """Nobody who has just written gets in before somebody who waits: each waits for one turn of every other at most."""
    database = Database(f"sqlite:///{tmp_path / 'queue.sqlite'}")
    table_of(NumberSequence).create(database.engine)
    database._writers._waiting = arrivals = Arrivals()
    served: list[int] = []

    def write() -> None:
        me = get_ident()
        for _time in range(5):
            waits = arrivals.came.count(me)
            with database.write() as session:
                session.execute(update(NumberSequence).values(last=NumberSequence.last + 1))
                if arrivals.came.count(me) > waits:  # it stood in the queue
                    served.append(me)

    with database.write() as session:
        session.execute(insert(NumberSequence).values(prefix="A", year=2026, last=0))
        threads = [Thread(target=write, daemon=True) for _number in range(writers)]
        for thread in threads:
            thread.start()
        while len(arrivals.came) < writers:
            pass  # until all stand in the queue
    for thread in threads:
        thread.join(60)
    with database.read() as session:
        assert session.scalar(select(NumberSequence.last)) == 5 * writers
    database.dispose()
    assert served == arrivals.came
    assert arrivals.longest < writers


@pytest.mark.parametrize("its_turn", [False, True])
def test_who_is_interrupted_in_the_queue_takes_no_turn_with_him(
    monkeypatch: pytest.MonkeyPatch, its_turn: bool
) -> None:
    lock = FairLock()

    class Interrupted(Event):
        def wait(self, timeout: float | None = None) -> bool:
            if its_turn:
                lock.__exit__()  # the holder gives it to this one at the last moment
            raise KeyboardInterrupt

    lock.__enter__()
    monkeypatch.setattr("engine.db.threading.Event", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        lock.__enter__()
    if not its_turn:
        lock.__exit__()
    with lock:
        assert not lock._waiting


def test_the_lock_is_given_back_when_its_holder_fails() -> None:
    lock = FairLock()
    with pytest.raises(ZeroDivisionError), lock:
        raise ZeroDivisionError
    with lock:
        pass
