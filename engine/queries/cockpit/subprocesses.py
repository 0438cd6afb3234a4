"""Subprocesses in numbers: from the first step inside to the last one, a case at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.bpmn import Definition, Node, NodeKind
from engine.calendar import WorkingCalendar
from engine.models import Task, TaskState
from engine.queries.cockpit.durations import average, median, working_days
from engine.queries.cockpit.sample import FinishedTask
from engine.queries.cockpit.scope import Rows
from engine.queries.cockpit.values import StepFigures


def subprocess_figures(
    session: Session,
    calendar: WorkingCalendar,
    process: Definition,
    sample: Sequence[FinishedTask],
    steps: Iterable[StepFigures],
    since: datetime,
    now: datetime,
) -> list[StepFigures]:
    """Every subprocess with user tasks inside; `steps` are the figures of those. Two statements for each."""
    by_id = {step.node_id: step for step in steps}
    rows = []
    for node in process.nodes.values():
        inner = user_tasks_inside(process, node) if node.kind is NodeKind.SUBPROCESS else set()
        if not inner:
            continue
        there: dict[int, datetime | None] = dict(session.execute(_open(process.key, inner)).all())
        days = _durations(calendar, process.key, inner, there, sample)
        rows.append(
            StepFigures(
                node_id=node.id,
                name=node.name,
                arrived=session.scalar(_arrived(process.key, inner, since)) or 0,
                median_days=median(days),
                average_days=average(days),
                limit_days=None,
                on_time=None,
                waiting=len(there),
                waiting_late=sum(due is not None and due < now for due in there.values()),
                late=sum(by_id[node_id].late for node_id in inner),
                is_subprocess=True,
            )
        )
    return rows


def user_tasks_inside(process: Definition, subprocess: Node) -> set[str]:
    """Ids of the user tasks of a subprocess, those of subprocesses within it included."""
    found: set[str] = set()
    for node in process.nodes.values():
        if node.scope == subprocess.id:
            if node.kind is NodeKind.USER_TASK:
                found.add(node.id)
            elif node.kind is NodeKind.SUBPROCESS:
                found |= user_tasks_inside(process, node)
    return found


def _open(key: str, inner: Collection[str]) -> Rows:
    """(case, earliest deadline) of the cases that are inside now."""
    return (
        select(Task.instance_id, func.min(Task.due_at))
        .where(Task.key == key, Task.node_id.in_(inner), Task.state == TaskState.OPEN)
        .group_by(Task.instance_id)
    )


def _arrived(key: str, inner: Collection[str], since: datetime) -> Rows:
    reached = or_(Task.created_at >= since, Task.state == TaskState.OPEN)
    return select(func.count(Task.instance_id.distinct())).where(Task.key == key, Task.node_id.in_(inner), reached)


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
