"""What began and what was finished in a stretch of time: by procedure, by step, by department.

Whatever is finished never changes, so a day that is over is counted once and kept (`DayFigure`, closed by
`commands.close_days`); a page adds up the closed days and counts the rest: today, and the first day of its period, of
which only a part belongs to it. A closed day counts exactly like an open one, hence pages do not show which it was.

- procedure: `begun` cases; `finished` cases (in any way), of them `late` (missed a deadline), `rejected`, `withdrawn`,
  `returned` (sent back at least once)
- step: `begun` activities (a 会签 once); `finished` ones, of them `limited` (with a deadline), of these `late`.
  A subprocess has only `begun`: cases that entered it
- department of who did it: `finished` tasks, of them `limited`, `late`, `returned` (the act was 退回)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from engine.clock import LOCAL, local
from engine.closed_days import ClosedDays
from engine.models import DayFigure, Instance, Outcome, Person, Task, TaskState

Place = tuple[str, str, int]
"""Procedure key, node id, department id."""
Rows = Select[*tuple[Any, ...]]
Figures = dict[Place, Counter[str]]
Month = tuple[int, int]
"""Year and month."""
Subprocesses = Mapping[str, Mapping[str, Iterable[str]]]
"""By procedure key: the subprocesses of its version in force with the user tasks inside."""

MEASURES = ("begun", "finished", "limited", "late", "returned", "rejected", "withdrawn")
_ONE_DAY = timedelta(days=1)


def over(
    session: Session,
    closed: ClosedDays,
    since: datetime,
    now: datetime,
    subprocesses: Subprocesses | None,
    key: str = "",
) -> Figures:
    """All figures from `since` to `now`, both aware; only those of the procedure `key` if one is named, and without
    those of steps where `subprocesses` is None."""
    first, last = _first_whole_day(since), closed_until(session)
    if last is None or last < first:
        return counted(session, since, now + _ONE_DAY, subprocesses, key)
    steps = subprocesses is not None
    kept = closed.ask(last, ("figures", first, key, steps), lambda: stored(session, first, last, key, steps))
    total = {place: Counter(figures) for place, figures in kept.items()}
    before = counted(session, since, start_of(first), subprocesses, key)
    after = counted(session, start_of(last + _ONE_DAY), now + _ONE_DAY, subprocesses, key)
    for part in (before, after):
        for place, figures in part.items():
            total.setdefault(place, Counter()).update(figures)
    return total


def between(session: Session, closed: ClosedDays, first: date, last: date) -> Figures:
    """The figures of procedures and user tasks over whole days, `first` and `last` included; the future has none."""
    total: Figures = {}
    until, open_from = closed_until(session), first
    if until is not None and until >= first:
        end = min(last, until)
        kept = closed.ask(until, ("between", first, end), lambda: stored(session, first, end))
        total = {place: Counter(figures) for place, figures in kept.items()}
        open_from = end + _ONE_DAY
    for place, figures in counted(session, start_of(open_from), start_of(last + _ONE_DAY), {}).items():
        total.setdefault(place, Counter()).update(figures)
    return total


def closed_until(session: Session) -> date | None:
    """The last day that is closed; all days before it are, back to the first case. A session asks once: it sees the
    moment of its first statement."""
    if "closed_until" not in session.info:
        session.info["closed_until"] = session.scalar(select(func.max(DayFigure.day)))
    last: date | None = session.info["closed_until"]
    return last


def start_of(day: date) -> datetime:
    """The first moment of a day of the wall calendar."""
    return datetime.combine(day, time.min, tzinfo=LOCAL)


def _first_whole_day(since: datetime) -> date:
    """The day that begins then, or else the next one."""
    day = local(since).date()
    return day if since == start_of(day) else day + _ONE_DAY


def period(now: datetime, days: int) -> datetime:
    """When the last `days` days begin: with a whole day, so that all of them but today are closed."""
    return start_of(local(now).date() - timedelta(days=days))


def cases_over(session: Session, since: datetime, now: datetime, key: str) -> Counter[str]:
    """The figures of the cases of one procedure alone, from the first moment of a day to `now`."""
    first, last = local(since).date(), closed_until(session)
    total: Counter[str] = Counter()
    if last is not None and last >= first:
        total.update(stored(session, first, last, key, steps=False).get((key, "", 0), {}))
        since = start_of(last + _ONE_DAY)
    for statement in (_cases_begun(since, now + _ONE_DAY), _cases_ended(since, now + _ONE_DAY)):
        for row in session.execute(statement.group_by(unindexed(Instance.key))):
            if row.key == key:
                total.update(_measures(row))
    return total


def stored(session: Session, first: date, last: date, key: str = "", steps: bool = True) -> Figures:
    """The sums of closed days, `first` and `last` included; without `steps` those of procedures and departments."""
    sums = [func.sum(getattr(DayFigure, measure)) for measure in MEASURES]
    statement = select(DayFigure.key, DayFigure.node_id, DayFigure.department_id, *sums)
    statement = statement.where(DayFigure.day >= first, DayFigure.day <= last)
    if key:
        statement = statement.where(DayFigure.key == key)
    if not steps:
        statement = statement.where(DayFigure.node_id == "")
    rows = session.execute(statement.group_by(DayFigure.key, DayFigure.node_id, DayFigure.department_id))
    return {(row[0], row[1], row[2]): Counter(dict(zip(MEASURES, row[3:], strict=True))) for row in rows}


def begun_ever(session: Session) -> Counter[str]:
    """How many cases of each procedure ever began, by key."""
    last = closed_until(session)
    closed = select(DayFigure.key, func.sum(DayFigure.begun)).where(DayFigure.key != "", DayFigure.node_id == "")
    total = Counter({key: int(begun) for key, begun in session.execute(closed.group_by(DayFigure.key))})
    since = datetime.min.replace(year=1900, tzinfo=LOCAL) if last is None else start_of(last + _ONE_DAY)
    key = unindexed(Instance.key)
    open_days = select(key, func.count()).where(Instance.started_at >= since).group_by(key)
    total.update(dict(session.execute(open_days).all()))
    return total


def cases_by_month(session: Session, closed: ClosedDays, since: datetime) -> dict[Month, Counter[str]]:
    """The figures of all cases together, by month, from the first moment of a day on."""
    first, last = local(since).date(), closed_until(session)
    by_month: dict[Month, Counter[str]] = {}
    if last is not None and last >= first:
        since = start_of(last + _ONE_DAY)
        kept = closed.ask(last, ("months", first), lambda: _stored_months(session, first))
        by_month = {month: Counter(figures) for month, figures in kept.items()}
    for moment in session.scalars(select(Instance.started_at).where(Instance.started_at >= since)):
        by_month.setdefault(_month(local(moment)), Counter())["begun"] += 1
    for end, late in session.execute(select(Instance.ended_at, Instance.was_late).where(Instance.ended_at >= since)):
        assert end is not None
        by_month.setdefault(_month(local(end)), Counter()).update(finished=1, late=int(late))
    return by_month


def _stored_months(session: Session, first: date) -> dict[Month, Counter[str]]:
    measures = ("begun", "finished", "late")
    days = select(DayFigure.day, *(func.sum(getattr(DayFigure, measure)) for measure in measures))
    days = days.where(DayFigure.day >= first, DayFigure.key != "", DayFigure.node_id == "").group_by(DayFigure.day)
    by_month: dict[Month, Counter[str]] = {}
    for day, *sums in session.execute(days):
        by_month.setdefault(_month(day), Counter()).update(dict(zip(measures, sums, strict=True)))
    return by_month


def _month(day: date) -> Month:
    return day.year, day.month


def counted(
    session: Session, since: datetime, until: datetime, subprocesses: Subprocesses | None, key: str = ""
) -> Figures:
    """The same as `over` counted from cases and tasks, from `since` up to and without `until`."""
    found: Figures = {}
    if since >= until:
        return found
    for statement in (_cases_begun(since, until), _cases_ended(since, until)):
        of_cases = statement.where(unindexed(Instance.key) == key) if key else statement
        for row in session.execute(of_cases.group_by(unindexed(Instance.key))):
            found.setdefault((row.key, "", 0), Counter()).update(_measures(row))
    if subprocesses is not None:
        for (procedure, node_id), figures in _of_steps(session, since, until, subprocesses, key).items():
            found[(procedure, node_id, 0)] = figures
    if not key:
        for row in session.execute(_done_by_departments(since, until)):
            found[("", "", row.department_id)] = Counter(_measures(row))
    return found


def _of_steps(
    session: Session, since: datetime, until: datetime, subprocesses: Subprocesses, key: str
) -> dict[tuple[str, str], Counter[str]]:
    """The figures of steps and subprocesses by (procedure key, node id)."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for statement in (_activities_begun(since, until, key), _activities_finished(since, until, key)):
        for row in session.execute(statement):
            found.setdefault((row.key, row.node_id), Counter()).update(_measures(row))
    for procedure, inner in subprocesses.items():
        for node_id, nodes in inner.items() if key in ("", procedure) else ():
            entered = session.scalar(_entered(procedure, list(nodes), since, until)) or 0
            if entered:
                found[(procedure, node_id)] = Counter(begun=entered)
    return found


def unindexed(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """A column of text that no index helps to find: where a stretch of time says more, a database without fresh figures
    must not read all finished tasks or all of a procedure instead."""
    return func.coalesce(column, literal_column("''"))


def _measures(row: Any) -> dict[str, int]:
    return {measure: getattr(row, measure) for measure in MEASURES if hasattr(row, measure)}


def count_if(condition: SQLColumnExpression[bool]) -> ColumnElement[int]:
    """How many rows fulfil the condition; 0 over no rows."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _cases_begun(since: datetime, until: datetime) -> Rows:
    begun: Rows = select(unindexed(Instance.key).label("key"), func.count().label("begun"))
    return begun.where(Instance.started_at >= since, Instance.started_at < until)


def _cases_ended(since: datetime, until: datetime) -> Rows:
    sent_back = exists().where(Task.instance_id == Instance.id, Task.action_kind == "return")
    return select(
        unindexed(Instance.key).label("key"),
        func.count().label("finished"),
        count_if(Instance.was_late).label("late"),
        count_if(Instance.outcome == Outcome.REJECTED).label("rejected"),
        count_if(Instance.outcome == Outcome.WITHDRAWN).label("withdrawn"),
        count_if(sent_back).label("returned"),
    ).where(Instance.ended_at >= since, Instance.ended_at < until)


def _activities_begun(since: datetime, until: datetime, key: str) -> Rows:
    """Each activity where its first task was opened."""
    before = aliased(Task)
    earlier = exists().where(
        before.instance_id == Task.instance_id, before.activity_id == Task.activity_id, before.created_at < since
    )
    opened = select(Task.key, Task.node_id, Task.instance_id, Task.activity_id).distinct()
    opened = opened.where(Task.created_at >= since, Task.created_at < until, ~earlier)
    if key:
        opened = opened.where(unindexed(Task.key) == key)
    begun = opened.subquery()
    return select(begun.c.key, begun.c.node_id, func.count().label("begun")).group_by(begun.c.key, begun.c.node_id)


def _activities_finished(since: datetime, until: datetime, key: str) -> Rows:
    """Each activity where its last task was finished."""
    other = aliased(Task)
    same = (other.instance_id == Task.instance_id, other.activity_id == Task.activity_id)
    after = or_(
        other.completed_at > Task.completed_at, and_(other.completed_at == Task.completed_at, other.id > Task.id)
    )
    later = or_(other.is_open, and_(other.state == TaskState.COMPLETED, after))
    missed = exists().where(*same, other.late)
    finished = select(
        Task.key,
        Task.node_id,
        func.count().label("finished"),
        func.count(Task.due_at).label("limited"),
        count_if(Task.due_at.is_not(None) & missed).label("late"),
    ).where(unindexed(Task.state) == TaskState.COMPLETED, Task.completed_at >= since, Task.completed_at < until)
    if key:
        finished = finished.where(unindexed(Task.key) == key)
    return finished.where(~exists().where(*same, later)).group_by(Task.key, Task.node_id)


def _done_by_departments(since: datetime, until: datetime) -> Rows:
    return (
        select(
            Person.department_id,
            func.count().label("finished"),
            func.count(Task.due_at).label("limited"),
            count_if(Task.late).label("late"),
            count_if(Task.action_kind == "return").label("returned"),
        )
        .join(Person, Task.completed_by == Person.id)
        .where(unindexed(Task.state) == TaskState.COMPLETED, Task.completed_at >= since, Task.completed_at < until)
        .group_by(Person.department_id)
    )


def _entered(key: str, nodes: list[str], since: datetime, until: datetime) -> Rows:
    """Cases whose first task inside was opened then."""
    before = aliased(Task)
    earlier = exists().where(
        before.instance_id == Task.instance_id, before.node_id.in_(nodes), before.created_at < since
    )
    inside = (unindexed(Task.key) == key, Task.node_id.in_(nodes), Task.created_at >= since, Task.created_at < until)
    return select(func.count(Task.instance_id.distinct())).where(*inside, ~earlier)
