"""The floor: the least that an act through HTTP costs on this machine and database, in the product's own stack.

A bare Flask view on SQLAlchemy Core with the product's connection settings: it commits one UPDATE and one INSERT
durably and redirects. No session, no permission, no object mapping, no template. Beside it, to read the ratios by:
the same view with twelve statements, and with the database's driver alone.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask, redirect
from werkzeug.wrappers import Response

from engine.db import Database

_METADATA = sa.MetaData()
COUNTER = sa.Table(
    "bench_counter",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
)
ENTRY = sa.Table(
    "bench_entry",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("text", sa.String(80), nullable=False),
)
TEXT = "completed by one person"
RAISE_SQL = "UPDATE bench_counter SET n = n + 1 WHERE id = 1"
ENTER_SQL = f"INSERT INTO bench_entry (text) VALUES ('{TEXT}')"


class Floor:
    """The views, ready to be called; their two tables lie beside the product's."""

    def __init__(self, database: Database) -> None:
        with database.write() as session:  # queues with the scheduler's writers
            _METADATA.create_all(session.connection())
            session.execute(sa.insert(COUNTER).values(id=1, n=0))
        self._engine = database.engine.execution_options(guicheng_write=True)
        self._raw = database.engine.raw_connection()
        self._is_sqlite = database.is_sqlite
        app = Flask("floor")
        self._client = app.test_client()
        self.act = self._view(app, "act", lambda: self._core(1))
        self.twelve = self._view(app, "twelve", lambda: self._core(6))
        self.driver = self._view(app, "driver", self._driver)

    def _view(self, app: Flask, name: str, act: Callable[[], None]) -> Callable[[], None]:
        def view() -> Response:
            act()
            return redirect("/", 303)

        app.add_url_rule(f"/{name}", name, view, methods=["POST"])

        def call() -> None:
            assert self._client.post(f"/{name}").status_code == 303

        return call

    def _core(self, times: int) -> None:
        with self._engine.begin() as connection:
            for _time in range(times):
                connection.execute(sa.update(COUNTER).where(COUNTER.c.id == 1).values(n=COUNTER.c.n + 1))
                connection.execute(sa.insert(ENTRY).values(text=TEXT))

    def _driver(self) -> None:
        cursor = self._raw.cursor()
        if self._is_sqlite:  # its connections say nothing of their own (engine/db.py); psycopg begins by itself
            cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(RAISE_SQL)
        cursor.execute(ENTER_SQL)
        self._raw.commit()
        cursor.close()
