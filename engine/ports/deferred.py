"""The ports of a handler that runs outside any transaction: what it wants of the platform is done when it has ended.

Notices are written in the transaction that takes its answer, hence exactly once however often the handler ran. What
must happen in the very transaction (a new baseline) cannot be done from there and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from engine.db import Database
from engine.errors import ExecutionError
from engine.i18n import _
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

    def update_baseline(self, code: str, **_changes: Any) -> dict[str, Any] | None:
        """Not from here: raises ExecutionError."""
        raise ExecutionError(
            _("在事务之外运行的自动步骤不能更新基线（{code}）。请流程负责人去掉它的“异步执行”。", code=code)
        )
