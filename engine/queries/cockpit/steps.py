"""Steps: which take longest over all procedures, and one procedure's steps in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from engine.bpmn import NodeKind
from engine.calendar import WorkingCalendar
from engine.deployments import Deployed
from engine.figures import Figures, count_if
from engine.models import Instance, InstanceState, Job, Task
from engine.platform import Platform
from engine.queries.cockpit.durations import average, median, rate, usual
from engine.queries.cockpit.sample import FinishedTask, StepSample, by_step
from engine.queries.cockpit.scope import Rows, activities
from engine.queries.cockpit.subprocesses import subprocess_figures
from engine.queries.cockpit.values import StepFigures, StepRow

SHOWN = 5
_UNKNOWN = StepSample([], [], [], False)


def slow_steps(
    platform: Platform, session: Session, sample: Iterable[FinishedTask], names: Mapping[str, str]
) -> list[StepRow]:
    """卡得最久的环节: the steps with the longest average, of all procedures in force."""
    nodes = {one.key: one.process.nodes for one in platform.deployments.all_live(session)}
    rows = []
    for (key, node_id), known in by_step(sample).items():
        node = nodes.get(key, {}).get(node_id)
        if node is not None:  # steps that the version in force no longer has are nobody's business now
            times = (average(known.days), usual(known.limits), known.pressure, known.natural)
            rows.append(StepRow(node_id, node.name, names[key], key, 0, *times))
    slowest = sorted(rows, key=lambda row: -(row.average_days or 0))[:SHOWN]
    if not slowest:
        return []
    there = _waiting([(row.key, row.node_id) for row in slowest])
    waiting = {(row.key, row.node_id): row.waiting for row in session.execute(there)}
    return [replace(row, waiting=waiting.get((row.key, row.node_id), 0)) for row in slowest]


def _waiting(steps: Sequence[tuple[str, str]]) -> Rows:
    """(key, node_id, waiting): how many times each of these steps is open now."""
    is_open = Task.is_open
    chosen = or_(*(and_(Task.key == key, Task.node_id == node_id, is_open) for key, node_id in steps))
    now = activities(chosen)
    return select(now.c.key, now.c.node_id, func.count().label("waiting")).group_by(now.c.key, now.c.node_id)


@dataclass(frozen=True)
class Period:
    """From when finished work counts, and the present."""

    since: datetime
    now: datetime


def step_figures(
    session: Session,
    calendar: WorkingCalendar,
    deployed: Deployed,
    sample: Sequence[FinishedTask],
    counts: Figures,
    period: Period,
) -> list[StepFigures]:
    """Every user task and subprocess of the diagram, and timers that cases wait at; the longest average first."""
    process = deployed.process
    user_tasks = [node for node in process.nodes.values() if node.kind is NodeKind.USER_TASK]
    there = _open(process.key, [node.id for node in user_tasks], period)
    waiting = {row.node_id: row for row in session.execute(there)}
    times = by_step(sample)
    rows = [
        _figures(
            node.id,
            node.name,
            counts.get((process.key, node.id, 0), Counter()),
            waiting.get(node.id),
            times.get((process.key, node.id), _UNKNOWN),
        )
        for node in user_tasks
    ]
    rows += subprocess_figures(session, calendar, deployed, sample, rows, counts, period.since, period.now)
    timers = [node.id for node in process.nodes.values() if node.kind is NodeKind.CATCH_EVENT]
    for node_id, cases in session.execute(_timers(process.key, timers)).all() if timers else []:
        rows.append(StepFigures(node_id, process.nodes[node_id].name, 0, None, None, None, None, cases, 0, 0))
    return sorted(rows, key=lambda row: (-(row.average_days or -1.0), -row.waiting, -row.arrived))


def _figures(node_id: str, name: str, counts: Counter[str], now: Any, times: StepSample) -> StepFigures:
    waiting_late = now.waiting_late if now else 0
    late, limited = counts["late"] + waiting_late, counts["limited"] + waiting_late
    return StepFigures(
        node_id=node_id,
        name=name,
        arrived=counts["begun"] + (now.from_before if now else 0),
        median_days=median(times.days),
        average_days=average(times.days),
        limit_days=usual(times.limits),
        on_time=rate(limited - late, limited),
        waiting=now.waiting if now else 0,
        waiting_late=waiting_late,
        late=late,
        pressure=times.pressure,
        natural=times.natural,
    )


def _open(key: str, nodes: Sequence[str], period: Period) -> Rows:
    """Per node what is open now: waiting, of them waiting_late, and how many came before the period (from_before)."""
    times = activities(Task.key == key, Task.node_id.in_(nodes), Task.is_open)
    return select(
        times.c.node_id,
        func.count().label("waiting"),
        count_if(times.c.due_at < period.now).label("waiting_late"),
        count_if(times.c.created_at < period.since).label("from_before"),
    ).group_by(times.c.node_id)


def _timers(key: str, nodes: Sequence[str]) -> Rows:
    """(node_id, cases) waiting at these intermediate timers."""
    return (
        select(Job.node_id, func.count())
        .join(Instance, Job.instance_id == Instance.id)
        .where(Instance.key == key, Instance.state == InstanceState.RUNNING)
        .where(Job.kind == "timer", Job.node_id.in_(nodes))
        .group_by(Job.node_id)
    )
