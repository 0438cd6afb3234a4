"""What the tests of queries share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from engine.permissions import Actor
from engine.platform import Platform
from tests.engine.queries.rows import Rows


@pytest.fixture
def rows(platform: Platform) -> Rows:
    """A writer of rows on the test's own database."""
    return Rows(platform)


@pytest.fixture
def manager(person: Callable[[str], Actor]) -> Actor:
    """Somebody who may see every case."""
    return person("zhoulan")


@pytest.fixture
def statements(platform: Platform) -> Callable[[], object]:
    """`with statements() as said:` collects the SQL that was sent."""

    @contextmanager
    def listen() -> Iterator[list[str]]:
        said: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            said.append(statement)

        event.listen(platform.database.engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(platform.database.engine, "before_cursor_execute", note)

    return listen
