"""The floor: the least that any act through HTTP costs on this machine and database.

A bare Flask view on a plain connection of the database's own driver, with the product's connection settings. It
commits one UPDATE and one INSERT durably and redirects: no session, no permission, no object mapping, no template.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, redirect
from sqlalchemy.pool import PoolProxiedConnection
from werkzeug.wrappers import Response

from engine.db import Database

TABLES = (
    "CREATE TABLE bench_floor (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)",
    "CREATE TABLE bench_floor_entry (n INTEGER NOT NULL, text VARCHAR(80) NOT NULL)",
    "INSERT INTO bench_floor VALUES (1, 0)",
)
RAISE = "UPDATE bench_floor SET n = n + 1 WHERE id = 1"
ENTER = "INSERT INTO bench_floor_entry VALUES (1, 'completed by one person')"


def floor(database: Database) -> Callable[[], None]:
    """One call of the view, ready to be timed; its two tables lie beside the product's."""
    connection = database.engine.raw_connection()
    _run(connection, *TABLES)
    app = Flask("floor")

    @app.post("/act")
    def act() -> Response:
        _run(connection, RAISE, ENTER)
        return redirect("/", 303)

    client = app.test_client()

    def call() -> None:
        assert client.post("/act").status_code == 303

    return call


def _run(connection: PoolProxiedConnection, *statements: str) -> None:
    """On SQLite the connection says nothing of its own, so BEGIN is said here; psycopg says it itself."""
    cursor = connection.cursor()
    plain = type(connection.driver_connection).__module__.startswith("sqlite3")
    if plain:
        cursor.execute("BEGIN IMMEDIATE")
    for statement in statements:
        cursor.execute(statement)
    cursor.execute("COMMIT") if plain else connection.commit()
    cursor.close()
