"""Twelve months: how much was started and ended, how much of it late."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.clock import LOCAL, local
from engine.i18n import _
from engine.models import Instance, InstanceState
from engine.queries.cockpit.durations import rate
from engine.queries.cockpit.scope import count_if
from engine.queries.cockpit.values import MonthRow

MONTHS = 12


def monthly(session: Session, now: datetime) -> list[MonthRow]:
    """The last twelve months of the wall calendar, the present one ("11月至今") at the end."""
    starts = _month_starts(now)
    started = _by_month(session, starts, Instance.started_at)
    finished = _by_month(session, starts, Instance.ended_at, Instance.state == InstanceState.COMPLETED)
    rows = []
    for index, start in enumerate(starts):
        label = _("{n}月至今", n=start.month) if index == MONTHS - 1 else _("{n}月", n=start.month)
        begun, (count, late) = started.get(index, (0, 0))[0], finished.get(index, (0, 0))
        rows.append(MonthRow(label, begun, count, rate(late, count)))
    return rows


def _month_starts(now: datetime) -> list[datetime]:
    """The first moments of the months, the oldest first."""
    today = local(now)
    latest = today.year * 12 + today.month - 1
    return [datetime(n // 12, n % 12 + 1, 1, tzinfo=LOCAL) for n in range(latest - MONTHS + 1, latest + 1)]


def _by_month(
    session: Session, starts: list[datetime], moment: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]
) -> dict[int, tuple[int, int]]:
    """(cases, of them late) by the index of the month in which `moment` lies. Boundaries are compared, not cut out of
    dates: databases disagree about dates, and months are those of Asia/Shanghai."""
    month: ColumnElement[int] = case(
        *[(moment < later, index) for index, later in enumerate(starts[1:])], else_=MONTHS - 1
    )
    counts = select(month.label("month"), func.count(), count_if(Instance.was_late))
    # By the name of the column: repeated as an expression, PostgreSQL would not know it again by its parameters.
    found = session.execute(counts.where(moment >= starts[0], *conditions).group_by("month"))
    return {index: (count, late) for index, count, late in found}
