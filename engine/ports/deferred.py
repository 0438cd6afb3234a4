"""The ports of a handler that runs outside any transaction: what it wants of the platform is done when it has ended.

Notices are written in the transaction that takes its answer, hence exactly once however often the handler ran. What
must happen in the very transaction (a new baseline) cannot be done from there and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from engine.db import Database
from engine.errors import ExecutionError
from engine.i18n import _
from engine.ports.documents import in_force
from engine.ports.people import People
from engine.ports.projects import Projects


class DeferredNotify:
    """Keeps notices until the job has ended."""

    def __init__(self) -> None:
        self.kept: list[tuple[list[str], str]] = []

    def send(self, accounts: Iterable[str], text: str) -> None:
        """As `Notify.send`, later."""
        self.kept.append((list(accounts), text))


class ReadOnlyProjects:
    """Facts of projects, each read by itself."""

    def __init__(self, database: Database, now: datetime) -> None:
        self._database = database
        self._now = now

    def facts(self, code: str) -> dict[str, Any] | None:
        """As `Projects.facts`."""
        with self._database.read() as session:
            return Projects(session, None, self._now).facts(code)

    def put_forward(self, code: str) -> dict[str, Any] | None:
        """Not from here: raises ExecutionError."""
        return self.update_baseline(code)

    def accept(self, code: str, **_changes: Any) -> dict[str, Any] | None:
        """Not from here: raises ExecutionError."""
        return self.update_baseline(code)

    def fail_acceptance(self, code: str, **_changes: Any) -> dict[str, Any] | None:
        """Not from here: raises ExecutionError."""
        return self.update_baseline(code)

    def involved(self, code: str, steps: Collection[str]) -> list[str]:
        """As `Projects.involved`."""
        with self._database.read() as session:
            return Projects(session, None, self._now).involved(code, steps)

    def update_baseline(self, code: str, **_changes: Any) -> dict[str, Any] | None:
        """Not from here: raises ExecutionError."""
        raise ExecutionError(
            _("在事务之外运行的自动步骤不能改动项目（{code}）。请流程负责人去掉它的“异步执行”。", code=code)
        )


class ReadOnlyPeople:
    """As `People`, each question by itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_role(self, role: str) -> list[dict[str, Any]]:
        """As `People.of_role`."""
        with self._database.read() as session:
            return People(session).of_role(role)

    def of_department(self, code: str) -> list[dict[str, Any]]:
        """As `People.of_department`."""
        with self._database.read() as session:
            return People(session).of_department(code)

    def facts(self, accounts: Iterable[str]) -> list[dict[str, Any]]:
        """As `People.facts`."""
        with self._database.read() as session:
            return People(session).facts(accounts)

    def named(self, accounts: Iterable[str]) -> list[str]:
        """As `People.named`."""
        with self._database.read() as session:
            return People(session).named(accounts)


class NotFromHere:
    """A port whose every act belongs into the transaction that moves the case."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise ExecutionError(
            _("在事务之外运行的自动步骤不能做这件事（{name}）。请流程负责人去掉它的“异步执行”。", name=name)
        )


class ReadOnlyDocuments(NotFromHere):
    """What is in force; nothing can be issued from here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def in_force(self, kind: str) -> dict[str, Any] | None:
        """As `Documents.in_force`."""
        with self._database.read() as session:
            return in_force(session, kind)
