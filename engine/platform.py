"""The assembled product below its doors: what every command and query gets as its first argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from engine.calendar import WorkingCalendar
from engine.clock import Clock, SystemClock
from engine.closed_days import ClosedDays
from engine.config import Settings
from engine.db import Database
from engine.deployments import DeploymentCache

Handler = Callable[..., Mapping[str, Any] | None]


class Waker(Protocol):
    """Whoever must learn that a timer was armed (the scheduler), after the commit."""

    def wake(self) -> None:
        """Look at the job table again."""
        ...

    def expect(self, due: datetime) -> None:
        """A timer was armed for `due`."""
        ...

    @property
    def running(self) -> bool:
        """Whether it is alive."""
        ...


@dataclass
class Platform:
    """Settings, database, clock, calendar, handlers and caches of one running product."""

    settings: Settings
    database: Database
    handlers: Mapping[str, Handler]
    clock: Clock = field(default_factory=SystemClock)
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    deployments: DeploymentCache = field(default_factory=DeploymentCache)
    closed_days: ClosedDays = field(default_factory=ClosedDays)
    scheduler: Waker | None = None
    checkout: Path = Path(__file__).resolve().parent.parent  # where `workflows/` and `forms/` lie
    mode: str = "real"  # "demo" shows the banner and the person switcher

    @property
    def files_dir(self) -> Path:
        """Where attachments lie by their content's hash."""
        return self.settings.data_dir / "files"

    def wake(self) -> None:
        """Tell the scheduler that jobs changed; harmless where none runs."""
        if self.scheduler is not None:
            self.scheduler.wake()

    def expect(self, due: datetime | None) -> None:
        """Tell the scheduler the earliest timer that a transaction armed; nothing to tell when it armed none."""
        if self.scheduler is not None and due is not None:
            self.scheduler.expect(due)
