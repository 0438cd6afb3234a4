"""Departments: what their people hold now, how they kept their deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import figures
from engine.figures import count_if
from engine.models import Department
from engine.queries.cockpit.durations import average, rate
from engine.queries.cockpit.sample import FinishedTask
from engine.queries.cockpit.scope import Rows, holders
from engine.queries.cockpit.values import DepartmentRow

SHOWN = 8


def departments(
    session: Session, sample: Iterable[FinishedTask], counts: figures.Figures, now: datetime
) -> list[DepartmentRow]:
    """The departments that hold or finished anything, the least punctual first; `counts` are those of the period."""
    held = {row.department_id: row for row in session.execute(_held(now))}
    done = {home: count for (_key, _node, home), count in counts.items() if home}
    days: dict[int | None, list[float]] = {}
    for task in sample:
        days.setdefault(task.department_id, []).append(task.days)
    names = select(Department.id, Department.code, Department.name).where(Department.id.in_({*held, *done}))
    rows = [
        _row(code, name, held.get(home), done.get(home), average(days.get(home, [])))
        for home, code, name in session.execute(names.order_by(Department.position, Department.id))
    ]
    return sorted(rows, key=lambda row: (2.0 if row.on_time is None else row.on_time, -row.late, -row.open))[:SHOWN]


def _row(code: str, name: str, held: Any, done: Any, days: float | None) -> DepartmentRow:
    overdue = held.late if held else 0
    limited = (done["limited"] if done else 0) + overdue
    return DepartmentRow(
        code=code,
        name=name,
        open=held.open if held else 0,
        late=overdue,
        finished=done["finished"] if done else 0,
        on_time=rate(limited - overdue - (done["late"] if done else 0), limited),
        returned=rate(done["returned"], done["finished"]) if done else None,
        average_days=days,
    )


def _held(now: datetime) -> Rows:
    tasks = holders()
    late = count_if(tasks.c.due_at < now).label("late")
    return select(tasks.c.department_id, func.count().label("open"), late).group_by(tasks.c.department_id)
