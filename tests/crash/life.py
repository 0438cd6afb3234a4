"""One life of a process that does everything: people who start cases and act, timers, errands and service jobs.

It ends only by being killed. Its clock stands still; the next life begins ten minutes later, so that time limits have
passed and what this one held locked has lapsed.
"""

from __future__ import annotations

import random
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import event, func, select

from engine.clock import MovableClock
from engine.commands import complete_task, start_process
from engine.config import Settings
from engine.db import Database
from engine.errors import Refused
from engine.jobs import run_due
from engine.jobs.pool import ServicePool
from engine.models import Instance, InstanceState, Person, Task, TaskState
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.people import actor_by_account
from tests.crash.traffic import PAYMENT, TOPIC, Journal, paying

PEOPLE = 3
STEP = timedelta(minutes=10)


@dataclass(frozen=True)
class Life:
    """What a process is born with. `at_once` payments are kept running; `fatal`: its handlers kill it."""

    environment: Mapping[str, str]
    folder: Path
    now: datetime
    seed: str
    at_once: int
    fatal: bool

    @property
    def journal(self) -> Journal:
        """The same for all lives."""
        return Journal(self.folder / "journal.txt")

    @property
    def troubles(self) -> Path:
        """Where a life writes what must not happen."""
        return self.folder / "troubles.txt"


class Bell:
    """In the scheduler's place: rings when something is to be done now."""

    running = True

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._rung = threading.Event()

    def wake(self) -> None:
        """Jobs have changed."""
        self._rung.set()

    def expect(self, due: datetime) -> None:
        """A job is due then; the clock of this life does not reach what is later."""
        if due <= self._now:
            self._rung.set()

    def wait(self) -> None:
        """Until it has rung since the last time."""
        self._rung.wait()
        self._rung.clear()


def live(life: Life, signs: Connection) -> None:
    """The body of the process; `signs` gets a sign of life from each transaction that is about to be committed."""

    def on_error(_logger: Any, method: str, entry: Any) -> Any:
        if method in ("error", "exception"):
            _trouble(life, str(entry))
        raise structlog.DropEvent

    structlog.configure(processors=[structlog.processors.format_exc_info, on_error])
    settings = Settings.from_environment(life.environment)
    handlers = {TOPIC: paying(life.journal, life.fatal)}
    platform = Platform(settings, Database(settings.database_url), handlers, MovableClock(life.now))
    event.listen(platform.database.engine, "commit", lambda _connection: signs.send_bytes(b"."))
    platform.scheduler = bell = Bell(life.now)
    for number in range(PEOPLE):
        threading.Thread(target=_person, args=(platform, life, number), daemon=True).start()
    try:
        pool = ServicePool(platform, 2)
        bell.wake()  # what fell due while nobody lived
        while True:
            bell.wait()
            run_due(platform, pool)
    except BaseException:
        _trouble(life, traceback.format_exc())
        raise


def _person(platform: Platform, life: Life, number: int) -> None:
    chance = random.Random(f"{life.seed} {number}")
    people = Acting(platform, life.journal)
    try:
        while True:
            if people.running() < life.at_once:
                people.start(f"{chance.getrandbits(64):016x}")
            elif tasks := people.tasks():
                people.act(*chance.choice(tasks))
    except BaseException:
        _trouble(life, traceback.format_exc())
        raise


def _trouble(life: Life, text: str) -> None:
    with life.troubles.open("a", encoding="utf-8") as file:
        file.write(text + "\n")


class Acting:
    """Starts payments and does open tasks by the real commands; writes down what was answered well."""

    def __init__(self, platform: Platform, journal: Journal) -> None:
        self._platform = platform
        self._journal = journal
        self._known: dict[str, Actor] = {}

    def running(self) -> int:
        """How many payments run."""
        asked = select(func.count(Instance.id)).where(Instance.key == PAYMENT, Instance.state == InstanceState.RUNNING)
        with self._platform.database.read() as session:
            return session.scalar(asked) or 0

    def tasks(self) -> list[tuple[int, int, str]]:
        """Id, revision and account of the open tasks."""
        asked = (
            select(Task.id, Task.revision, Person.account)
            .join(Person, Person.id == Task.assignee_id)
            .where(Task.state == TaskState.OPEN)
            .order_by(Task.id)
        )
        with self._platform.database.read() as session:
            return [(task, revision, account) for task, revision, account in session.execute(asked)]

    def start(self, mark: str) -> None:
        """Begin a payment that bears the mark."""
        started = start_process(self._platform, self._actor("chensiyuan"), PAYMENT, {"note": mark})
        self._journal.write("started", started.instance_id)

    def act(self, task: int, revision: int, account: str) -> None:
        """Finish the task, unless another is faster."""
        try:
            complete_task(self._platform, self._actor(account), task, revision, "submit", "", {})
        except Refused:
            return
        self._journal.write("completed", task)

    def _actor(self, account: str) -> Actor:
        if account not in self._known:
            actor = actor_by_account(self._platform, account)
            assert actor is not None, account
            self._known[account] = actor
        return self._known[account]
