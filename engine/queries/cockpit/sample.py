"""The newest finished tasks and cases of a period, from which all averages and medians are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, SQLColumnExpression, select
from sqlalchemy.orm import Session

from engine.calendar import WorkingCalendar
from engine.figures import closed_until, start_of
from engine.models import Instance, Person, Task
from engine.platform import Platform
from engine.queries.cockpit.durations import SAMPLE, allowed, average, taken, working_days
from engine.queries.cockpit.scope import Rows

Sample = TypeVar("Sample")


class FinishedTask(NamedTuple):
    """One finished task: how long it took and might have taken, in days of its own kind (`natural`: by the clock).

    `limit` is the time limit as people know it (5 days), `room` what it came to, the rest of the first day included.
    """

    step: tuple[str, str]  # procedure key, node id
    activity: tuple[int, int]  # case, activity: the tasks of one 会签 round share it
    department_id: int | None
    start: datetime
    end: datetime
    days: float
    limit: float | None
    room: float | None
    natural: bool


def newest(
    platform: Platform,
    session: Session,
    question: tuple[str, str],
    statement: Rows,
    ended_at: SQLColumnExpression[datetime | None],
    since: datetime,
    read: Callable[[Any], Sample],
) -> list[Sample]:
    """What `statement` finds that ended since then, read row by row, at most `SAMPLE`. What lies in closed days is kept
    under `question`, so that a page reads the days that are not closed only."""

    def rows(*within: ColumnElement[bool]) -> list[Sample]:
        return [read(row) for row in session.execute(statement.where(*within).limit(SAMPLE))]

    last = closed_until(session)
    if last is None or (open_from := start_of(last + timedelta(days=1))) <= since:
        return rows(ended_at >= since)
    fresh = rows(ended_at >= open_from)
    past = platform.closed_days.ask(last, (*question, since), lambda: rows(ended_at >= since, ended_at < open_from))
    return (fresh + past)[:SAMPLE]


def finished_tasks(platform: Platform, session: Session, since: datetime, key: str = "") -> list[FinishedTask]:
    """At most `SAMPLE` tasks finished since then, the newest first."""
    statement = (
        select(
            Task.key,
            Task.node_id,
            Task.instance_id,
            Task.activity_id,
            Person.department_id,
            Task.created_at,
            Task.completed_at,
            Task.due_at,
            Task.due_unit,
        )
        .outerjoin(Person, Task.completed_by == Person.id)
        .where(Task.completed_by.is_not(None))  # cancelled ones name nobody
        .order_by(Task.completed_at.desc(), Task.id.desc())
    )
    if key:
        statement = statement.where(Task.key == key)
    calendar = platform.calendar
    return newest(
        platform, session, ("tasks", key), statement, Task.completed_at, since, lambda row: _task(calendar, row)
    )


def _task(calendar: WorkingCalendar, row: Any) -> FinishedTask:
    key, node_id, instance_id, activity_id, department_id, start, end, due, unit = row
    return FinishedTask(
        step=(key, node_id),
        activity=(instance_id, activity_id),
        department_id=department_id,
        start=start,
        end=end,
        days=taken(calendar, start, end, unit),
        limit=allowed(calendar, start, due, unit) if due else None,
        room=taken(calendar, start, due, unit) if due else None,
        natural=unit == "hour",
    )


def case_durations(platform: Platform, session: Session, since: datetime, key: str = "") -> list[float]:
    """Working days from start to end of the newest cases ended since then, at most `SAMPLE`."""
    statement = select(Instance.started_at, Instance.ended_at)
    statement = statement.order_by(Instance.ended_at.desc(), Instance.id.desc())
    if key:
        statement = statement.where(Instance.key == key)
    calendar = platform.calendar
    return newest(
        platform,
        session,
        ("cases", key),
        statement,
        Instance.ended_at,
        since,
        lambda row: working_days(calendar, row.started_at, row.ended_at),
    )


@dataclass(frozen=True)
class StepSample:
    """What the sample knows of one step: how long each time took (a 会签 as long as its last vote), and the limits."""

    days: list[float]
    limits: list[float]
    rooms: list[float]
    natural: bool

    @property
    def pressure(self) -> float | None:
        """How much of the time allowed was used on average: 1 is all of it; None without a limit."""
        used, allowed = average(self.days), average(self.rooms)
        return used / allowed if used is not None and allowed else None


def by_step(tasks: Iterable[FinishedTask]) -> dict[tuple[str, str], StepSample]:
    """The sample by (procedure key, node id)."""
    longest: dict[tuple[str, str], dict[tuple[int, int], float]] = {}
    limits: dict[tuple[str, str], list[float]] = {}
    rooms: dict[tuple[str, str], list[float]] = {}
    natural: dict[tuple[str, str], bool] = {}
    for task in tasks:
        rounds = longest.setdefault(task.step, {})
        rounds[task.activity] = max(task.days, rounds.get(task.activity, 0.0))
        natural.setdefault(task.step, task.natural)
        if task.limit is not None and task.room is not None:
            limits.setdefault(task.step, []).append(task.limit)
            rooms.setdefault(task.step, []).append(task.room)
    return {
        step: StepSample(list(rounds.values()), limits.get(step, []), rooms.get(step, []), natural[step])
        for step, rounds in longest.items()
    }
