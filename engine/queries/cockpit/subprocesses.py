"""Subprocesses in numbers: from the first step inside to the last one, a case at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from engine.calendar import WorkingCalendar
from engine.deployments import Deployed
from engine.figures import Figures
from engine.models import Task
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
        there = session.execute(_open(deployed.key, inner, since, now)).all()
        days = _durations(calendar, deployed.key, inner, {row.instance_id for row in there}, sample)
        entered = counts.get((deployed.key, node_id, 0), Counter())["begun"]
        rows.append(
            StepFigures(
                node_id=node_id,
                name=deployed.process.nodes[node_id].name,
                arrived=entered + sum(row.from_before for row in there),
                median_days=median(days),
                average_days=average(days),
                limit_days=None,
                on_time=None,
                waiting=len(there),
                waiting_late=sum(row.late for row in there),
                late=sum(by_id[inside].late for inside in inner),
                is_subprocess=True,
            )
        )
    return rows


def _open(key: str, inner: Collection[str], since: datetime, now: datetime) -> Rows:
    """Cases that are inside now: instance_id, 1 or 0 each for late (an open deadline has passed) and from_before (what
    is open there began before the period). Numbers, since reading moments costs more than finding the cases."""
    return (
        select(
            Task.instance_id,
            func.max(case((Task.due_at < now, 1), else_=0)).label("late"),
            func.max(case((Task.created_at < since, 1), else_=0)).label("from_before"),
        )
        .where(Task.key == key, Task.node_id.in_(inner), Task.is_open)
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
        instance_id = task.activity[0]
        if task.step[0] == key and task.step[1] in inner and instance_id not in still_inside:
            start, end = spans.get(instance_id, (task.start, task.end))
            spans[instance_id] = (min(start, task.start), max(end, task.end))
    return [working_days(calendar, start, end) for start, end in spans.values()]
