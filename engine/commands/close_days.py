"""Once a day: count the days that are over, so that no page need do it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import figures
from engine.clock import local
from engine.models import DayFigure, Instance
from engine.platform import Platform

WEEK = 7
"""Days closed in one transaction at most: everybody who writes waits for it, whoever signs in too."""

GRACE = timedelta(minutes=10)
"""How long a day must be over: what was begun before midnight has been written by then."""


def close_days(platform: Platform, going: Callable[[], bool] = lambda: True) -> int:
    """Close every day that is over and not closed yet, from the first case on; returns how many.

    Runs at start and once a day; `WEEK` days are one transaction, so that an old installation is closed quickly and
    nobody waits long for it. No other is begun once `going` says no: the rest is for the next time. Two processes at
    once do no harm: a day is closed by the first.
    """
    last = local(platform.clock.now() - GRACE).date() - timedelta(days=1)
    closed = 0
    while going():
        with platform.database.write() as session:
            days = _open_days(session, last)
            subprocesses = {one.key: one.subprocesses for one in platform.deployments.all_live(session)}
            try:
                for day in days:
                    _close(session, day, subprocesses)
            except IntegrityError:  # another process was faster and goes on from there
                session.rollback()
                return closed
        if not days:
            break
        closed += len(days)
    return closed


def _open_days(session: Session, last: date) -> list[date]:
    """The next days to be closed, at most `WEEK`."""
    closed = figures.closed_until(session)
    first = None if closed is None else closed + timedelta(days=1)
    if first is None:
        started = session.scalar(select(func.min(Instance.started_at)))
        first = None if started is None else local(started).date()
    if first is None:
        return []
    return [first + timedelta(days=n) for n in range(min(WEEK, (last - first).days + 1))]


def _close(session: Session, day: date, subprocesses: figures.Subprocesses) -> None:
    begin, end = figures.start_of(day), figures.start_of(day + timedelta(days=1))
    nought = dict.fromkeys(figures.MEASURES, 0)
    counts = {("", "", 0): nought, **figures.counted(session, begin, end, subprocesses)}
    rows = [
        {"day": day, "key": key, "node_id": node_id, "department_id": department, **nought, **count}
        for (key, node_id, department), count in counts.items()
    ]
    session.execute(insert(DayFigure), rows)
