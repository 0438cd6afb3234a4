"""Twelve months: how much was started and ended, how much of it late."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from engine import figures
from engine.clock import LOCAL, local
from engine.closed_days import ClosedDays
from engine.i18n import _
from engine.queries.cockpit.durations import rate
from engine.queries.cockpit.values import MonthRow

MONTHS = 12


def monthly(session: Session, closed: ClosedDays, now: datetime) -> list[MonthRow]:
    """The last twelve months of the wall calendar, the present one ("11月至今") at the end."""
    starts = _month_starts(now)
    months = figures.cases_by_month(session, closed, starts[0])
    rows = []
    for index, start in enumerate(starts):
        label = _("{n}月至今", n=start.month) if index == MONTHS - 1 else _("{n}月", n=start.month)
        count = months.get((start.year, start.month), Counter())
        rows.append(MonthRow(label, count["begun"], count["finished"], rate(count["late"], count["finished"])))
    return rows


def _month_starts(now: datetime) -> list[datetime]:
    """The first moments of the months, the oldest first."""
    today = local(now)
    latest = today.year * 12 + today.month - 1
    return [datetime(n // 12, n % 12 + 1, 1, tzinfo=LOCAL) for n in range(latest - MONTHS + 1, latest + 1)]
