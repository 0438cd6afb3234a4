"""Subprocesses in numbers: from the first step inside to the last one, a case at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.calendar import WorkingCalendar
from engine.deployments import Deployed
from engine.figures import Figures
from engine.models import Task, TaskState
from engine.queries.cockpit.durations import average, median, working_days
from engine.queries.cockpit.sample import FinishedTask
from engine.queries.cockpit.scope import Rows
from engine.queries.cockpit.values import StepFigures


def subprocess_figures(
    session: Session,
    calendar: WorkingCalendar,
    deployed: Deployed,
    sample: Sequence[FinishedTask],
    steps: Iterable[StepFigures],
    counts: Figures,
    since: datetime,
    now: datetime,
) -> list[StepFigures]:
    """Every subprocess with user tasks inside; `steps` are the figures of those. A statement for each."""
    by_id = {step.node_id: step for step in steps}
    rows = []
    for node_id, inner in deployed.subprocesses.items():
        there = session.execute(_open(deployed.key, inner)).all()
        days = _durations(calendar, deployed.key, inner, {row.instance_id for row in there}, sample)
        entered = counts.get((deployed.key, node_id, 0), Counter())["begun"]
        rows.append(
            StepFigures(
                node_id=node_id,
                name=deployed.process.nodes[node_id].name,
                arrived=entered + sum(row.created_at < since for row in there),
                median_days=median(days),
                average_days=average(days),
                limit_days=None,
                on_time=None,
                waiting=len(there),
                waiting_late=sum(row.due_at is not None and row.due_at < now for row in there),
                late=sum(by_id[inside].late for inside in inner),
                is_subprocess=True,
            )
        )
    return rows


def _open(key: str, inner: Collection[str]) -> Rows:
    """Cases that are inside now: instance_id, the earliest deadline due_at, since when created_at (of what is open)."""
    return (
        select(Task.instance_id, func.min(Task.due_at).label("due_at"), func.min(Task.created_at).label("created_at"))
        .where(Task.key == key, Task.node_id.in_(inner), Task.state == TaskState.OPEN)
        .group_by(Task.instance_id)
    )


def _durations(
    calendar: WorkingCalendar,
    key: str,
    inner: Collection[str],
    still_inside: Collection[int],
    sample: Iterable[FinishedTask],
) -> list[float]:
    """Working days that the cases of the sample which have left it spent inside."""
    spans: dict[int, tuple[datetime, datetime]] = {}
    for task in sample:
        case = task.activity[0]
        if task.step[0] == key and task.step[1] in inner and case not in still_inside:
            start, end = spans.get(case, (task.start, task.end))
            spans[case] = (min(start, task.start), max(end, task.end))
    return [working_days(calendar, start, end) for start, end in spans.values()]
