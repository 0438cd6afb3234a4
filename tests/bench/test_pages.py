"""Every page is measured, and none of them reads a whole table that grows with the cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from app import create_app
from engine.platform import Platform
from tests.bench.pages import addresses
from tests.bench.stage import Visitor

BIG = ("instance", "task", "task_candidate", "event", "notification", "search_gram", "job", "case_data", "incident")
MOST = 48
"""Statements of one page at most: the overview of the cockpit, its signed-in person and frame included."""


@pytest.fixture
def sent(lived: Platform) -> Iterator[list[tuple[str, Any]]]:
    """What is sent to the database, with its parameters."""
    _forget_figures(lived)
    log: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            log.append((statement, parameters))

    event.listen(lived.database.engine, "before_cursor_execute", note)
    yield log
    event.remove(lived.database.engine, "before_cursor_execute", note)


def test_no_page_reads_a_whole_table(lived: Platform, sent: list[tuple[str, Any]]) -> None:
    app: Flask = create_app(lived)
    seen: set[str] = set()
    problems: list[str] = []
    opened = 0
    for account in ("chensiyuan", "gaozhendong", "hejing"):
        visitor = Visitor(app, account)
        for page in list(addresses(app, lived, account)):
            sent.clear()
            with visitor.client.get(page.path) as answer:
                opened += answer.status_code == 200
            statements = list(sent)
            if len(statements) > MOST:
                problems.append(f"{page.name}: {len(statements)} statements")
            for statement, parameters in statements:
                if statement not in seen:
                    seen.add(statement)
                    scans = _scans(lived, statement, parameters)
                    problems += [f"{page.name}: {one}\n    {statement[:400]}" for one in scans]
    assert opened > 120
    assert not problems, "\n".join(problems)


def _forget_figures(platform: Platform) -> None:
    """SQLite shall not know that the tables are small: with thirty rows every plan is a scan, and rightly so."""
    if platform.database.is_sqlite:
        with platform.database.write() as session:
            session.execute(text("DELETE FROM sqlite_stat1"))
        platform.database.dispose()


def _scans(platform: Platform, statement: str, parameters: Any) -> list[str]:
    """Whole tables that the database would read for this statement. A list in the order of a table that stops at its
    limit does not count, nor does an index of what is open, nor the search for a number that may begin in its middle:
    it reads numbers alone."""
    with platform.database.engine.connect() as connection:
        if platform.database.is_sqlite:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            scanned = [re.match(r"SCAN (\w+)(?! USING (?:COVERING )?INDEX ix_\w+_open_)", line) for line in plan]
        else:
            connection.exec_driver_sql("SET enable_seqscan = off")
            plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
            scanned = [re.search(r"Seq Scan on (\w+)", line) for line in plan]
    stops = " LIMIT " in statement and not any("B-TREE FOR ORDER BY" in line or "Sort " in line for line in plan)
    if stops or ".number LIKE" in statement:
        return []
    return [f"reads all of {one[1]}" for one in scanned if one and re.sub(r"_\d+$", "", one[1]) in BIG]
