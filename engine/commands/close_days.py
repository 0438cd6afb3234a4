"""Once a day: count the days that are over, so that no page need do it again."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import figures
from engine.clock import local
from engine.models import DayFigure, Instance
from engine.platform import Platform

MONTH = 31
"""Days closed in one transaction at most."""

GRACE = timedelta(minutes=10)
"""How long a day must be over: what was begun before midnight has been written by then."""


def close_days(platform: Platform) -> int:
    """Close every day that is over and not closed yet, from the first case on; returns how many.

    Runs at start and once a day; `MONTH` days are one transaction, so that an old installation is closed quickly and
    nobody waits long for it. Two processes at once do no harm: a day is closed by the first.
    """
    last = local(platform.clock.now() - GRACE).date() - timedelta(days=1)
    closed = 0
    while True:
        with platform.database.write() as session:
            days = _open_days(session, last)
            try:
                for day in days:
                    _close(platform, session, day)
            except IntegrityError:  # another process was faster and goes on from there
                session.rollback()
                return closed
        if not days:
            return closed
        closed += len(days)


def _open_days(session: Session, last: date) -> list[date]:
    """The next days to be closed, at most `MONTH`."""
    closed = figures.closed_until(session)
    first = None if closed is None else closed + timedelta(days=1)
    if first is None:
        started = session.scalar(select(func.min(Instance.started_at)))
        first = None if started is None else local(started).date()
    if first is None:
        return []
    return [first + timedelta(days=n) for n in range(min(MONTH, (last - first).days + 1))]


def _close(platform: Platform, session: Session, day: date) -> None:
    subprocesses = {one.key: one.subprocesses for one in platform.deployments.all_live(session)}
    begin, end = figures.start_of(day), figures.start_of(day + timedelta(days=1))
    nought = dict.fromkeys(figures.MEASURES, 0)
    counts = {("", "", 0): nought, **figures.counted(session, begin, end, subprocesses)}
    rows = [
        {"day": day, "key": key, "node_id": node_id, "department_id": department, **nought, **count}
        for (key, node_id, department), count in counts.items()
    ]
    session.execute(insert(DayFigure), rows)
