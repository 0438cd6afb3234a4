"""The database: one engine, two kinds of session, a fair queue of writers.

`Database.write()` is the one transaction of a command: it commits at its end or rolls everything back.
`Database.read()` is for queries and never commits.

SQLite (the default) runs in WAL mode with `synchronous=FULL`. Its writers queue on a fair lock inside the process and
then take the file's write lock at once (`BEGIN IMMEDIATE`), so that nobody starves and no transaction finds out at its
end that it must be repeated. `busy_timeout` is only for other processes. PostgreSQL needs none of it.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from engine.errors import StorageFull
from engine.i18n import _

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables; constraint names are predictable so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)


def table_of(model: type[Base]) -> Table:
    """The table behind a model. What every act sends is built from tables, once, when its module is imported: this
    costs a third of the same statement built anew from the model (docs/benchmarks.md)."""
    assert isinstance(model.__table__, Table)
    return model.__table__


def only_where(condition: str, in_sqlite: str = "") -> dict[str, Any]:
    """What makes an `Index` hold only the rows that its pages ask for (SQLite writes a flag as `name = 1`).

    An act then writes fewer pages than when each index held every row (docs/benchmarks.md); a query finds such an index
    by saying the same condition, or one that implies it.
    """
    return {"sqlite_where": text(in_sqlite or condition), "postgresql_where": text(condition)}


Key = BigInteger().with_variant(Integer, "sqlite")
"""Type of surrogate keys: 64 bits everywhere, and SQLite's own rowid where it runs."""


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; naive values are refused because they mean nothing."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Any:
        """SQLite keeps text, in UTC: written in one step, since an act writes forty moments."""
        return _utc_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """SQLite keeps text: read in one step, since a manager's page reads thousands of moments."""
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)
        return lambda value: None if value is None else datetime.fromisoformat(f"{value}+00:00")


def _utc_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("naive datetime")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


class Exact(TypeDecorator[Decimal]):
    """A decimal number kept as its digits, so that SQLite rounds nothing; never filtered or sorted by."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


_FULL = re.compile("disk is full|No space left|could not extend", re.IGNORECASE)
"""How SQLite and PostgreSQL say that nothing more can be written."""


class FairLock:
    """A mutex that serves its waiters in the order of their coming; a thread may not take it twice."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        try:
            turn.wait()
        except BaseException:  # Ctrl-C: whoever leaves the queue must not be given a turn that he never gives back
            self._leave(turn)
            raise

    def __exit__(self, *exc: object) -> None:
        self._pass_on()

    def _leave(self, turn: threading.Event) -> None:
        with self._guard:
            waits = turn in self._waiting
            if waits:
                self._waiting.remove(turn)
        if not waits:  # it was his turn already
            self._pass_on()

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()  # the lock passes on without being free in between
            else:
                self._held = False


class Database:
    """The product's database behind one URL (`sqlite:///…` or `postgresql+psycopg://…`)."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writers = FairLock()
        self._durable = True
        if self.is_sqlite:
            self.engine = create_engine(self.url, pool_size=12, max_overflow=20, connect_args={"timeout": 30})
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            self.engine = create_engine(self.url, pool_size=12, max_overflow=20, pool_pre_ping=True)
        event.listen(self.engine, "connect", self._hurry)
        alone = {"guicheng_begin": False} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._glancer: Engine = self.engine.execution_options(**alone)
        self._writer: Engine = self.engine.execution_options(guicheng_write=True)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed once at the end of the block, rolled back on any error."""
        if self.is_sqlite:
            with self._writers, self._transaction() as session:
                yield session
        else:
            with self._transaction() as session:
                yield session

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with Session(self._writer, expire_on_commit=False, autoflush=False) as session:
            try:
                yield session
                session.commit()
            except OperationalError as error:
                if _FULL.search(str(error.orig)) is None:
                    raise
                text = _("服务器的存储空间已满，什么都没有改动；填写的内容还在。请联系系统管理员，腾出空间后再试。")
                raise StorageFull(text) from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for queries: one snapshot, nothing is ever committed."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """For one query that needs no snapshot with others: no transaction is begun or ended around it."""
        with self._glancer.connect() as connection:
            yield connection

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Commits inside the block do not wait for the disk; at its end everything is on it. Only for what can be made
        anew: a power cut in between may damage the database."""
        self._durable = False
        self.engine.dispose()
        try:
            yield
        finally:
            self._durable = True
            self.engine.dispose()
            if self.is_sqlite:
                connection = self.engine.raw_connection()
                try:
                    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    connection.close()

    def _hurry(self, connection: Any, _record: Any) -> None:
        if self._durable:
            return
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF" if self.is_sqlite else "SET synchronous_commit=off")
        cursor.close()
        if not self.is_sqlite:
            connection.commit()

    def analyze(self) -> None:
        """Let SQLite measure how its tables are filled: without figures it may search a case's tasks by the index of
        all open ones. PostgreSQL does this by itself."""
        if not self.is_sqlite:
            return
        with self._writers:
            connection = self.engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute("PRAGMA analysis_limit=1000")  # rows per index: quick, whatever the size
                cursor.execute("ANALYZE")
            except sqlite3.OperationalError:  # a full disk, a busy file: figures help, nothing depends on them
                pass
            finally:
                connection.close()
        self.engine.dispose()  # connections read the figures when they open

    def dispose(self) -> None:
        """Close all connections (graceful stop)."""
        self.engine.dispose()


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("guicheng_begin", True):
        return
    immediate = options.get("guicheng_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
