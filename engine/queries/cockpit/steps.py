"""Steps: which take longest over all procedures, and one procedure's steps in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.bpmn import Definition, NodeKind
from engine.calendar import WorkingCalendar
from engine.models import Instance, InstanceState, Job, Task, TaskState
from engine.queries.cockpit.durations import average, median, rate, usual
from engine.queries.cockpit.sample import FinishedTask, StepSample, by_step
from engine.queries.cockpit.scope import Rows, activities, count_if
from engine.queries.cockpit.subprocesses import subprocess_figures
from engine.queries.cockpit.values import StepFigures, StepRow

SHOWN = 5
_UNKNOWN = StepSample([], [], [], False)


def slow_steps(session: Session, sample: Iterable[FinishedTask], names: Mapping[str, str]) -> list[StepRow]:
    """卡得最久的环节: the steps with the longest average, of all procedures in force."""
    steps = by_step(sample)
    waiting = {(row.key, row.node_id): row.waiting for row in session.execute(_waiting())}
    titles = _names(session, steps)
    rows = []
    for step, known in steps.items():
        key, node_id = step
        if key in names:
            times = (average(known.days), usual(known.limits), known.pressure, known.natural)
            rows.append(StepRow(node_id, titles[step], names[key], key, waiting.get(step, 0), *times))
    return sorted(rows, key=lambda row: -(row.average_days or 0))[:SHOWN]


def _waiting() -> Rows:
    """(key, node_id, waiting): how many times each step is open now."""
    now = activities(Task.state == TaskState.OPEN)
    return select(now.c.key, now.c.node_id, func.count().label("waiting")).group_by(now.c.key, now.c.node_id)


def _names(session: Session, steps: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The steps' names as their newest tasks bear them."""
    nodes = {node_id for _key, node_id in steps}
    newest = select(func.max(Task.id)).where(Task.node_id.in_(nodes)).group_by(Task.key, Task.node_id)
    statement = select(Task.key, Task.node_id, Task.name).where(Task.id.in_(newest))
    return {(key, node_id): name for key, node_id, name in session.execute(statement)}


@dataclass(frozen=True)
class Period:
    """From when finished work counts, and the present."""

    since: datetime
    now: datetime


def step_figures(
    session: Session, calendar: WorkingCalendar, process: Definition, sample: Sequence[FinishedTask], period: Period
) -> list[StepFigures]:
    """Every user task and subprocess of the diagram, and timers that cases wait at; the longest average first."""
    counts = {row.node_id: row for row in session.execute(_counts(process.key, period))}
    times = by_step(sample)
    rows = [
        _figures(node.id, node.name, counts.get(node.id), times.get((process.key, node.id), _UNKNOWN))
        for node in process.nodes.values()
        if node.kind is NodeKind.USER_TASK
    ]
    rows += subprocess_figures(session, calendar, process, sample, rows, period.since, period.now)
    for node_id, waiting in session.execute(_timers(process)):
        rows.append(StepFigures(node_id, process.nodes[node_id].name, 0, None, None, None, None, waiting, 0, 0))
    return sorted(rows, key=lambda row: (-(row.average_days or -1.0), -row.waiting, -row.arrived))


def _figures(node_id: str, name: str, counts: Any, times: StepSample) -> StepFigures:
    late = counts.missed + counts.waiting_late if counts else 0
    limited = counts.limited + counts.waiting_late if counts else 0
    return StepFigures(
        node_id=node_id,
        name=name,
        arrived=counts.arrived if counts else 0,
        median_days=median(times.days),
        average_days=average(times.days),
        limit_days=usual(times.limits),
        on_time=rate(limited - late, limited),
        waiting=counts.waiting if counts else 0,
        waiting_late=counts.waiting_late if counts else 0,
        late=late,
        pressure=times.pressure,
        natural=times.natural,
    )


def _counts(key: str, period: Period) -> Rows:
    """Per node: reached in the period or still open; open now, of them late; finished with deadline, of them missed."""
    times = activities(Task.key == key, or_(Task.created_at >= period.since, Task.state == TaskState.OPEN))
    is_open = times.c.is_open == 1
    limited = ~is_open & (times.c.is_done == 1) & times.c.due_at.is_not(None)
    return select(
        times.c.node_id,
        func.count().label("arrived"),
        count_if(is_open).label("waiting"),
        count_if(is_open & (times.c.due_at < period.now)).label("waiting_late"),
        count_if(limited).label("limited"),
        count_if(limited & (times.c.is_late == 1)).label("missed"),
    ).group_by(times.c.node_id)


def _timers(process: Definition) -> Rows:
    """(node_id, cases) waiting at intermediate timers of the diagram."""
    nodes = [node.id for node in process.nodes.values() if node.kind is NodeKind.CATCH_EVENT]
    return (
        select(Job.node_id, func.count())
        .join(Instance, Job.instance_id == Instance.id)
        .where(Instance.key == process.key, Instance.state == InstanceState.RUNNING)
        .where(Job.kind == "timer", Job.node_id.in_(nodes))
        .group_by(Job.node_id)
    )
