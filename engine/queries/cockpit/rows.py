"""Cases by id as rows of a managers' list: a fixed number of statements, however many rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.calendar import WorkingCalendar
from engine.models import Definition, Department, Incident, Instance, Person, Task, TaskCandidate, TaskState
from engine.platform import Platform
from engine.queries.cockpit.durations import working_days
from engine.queries.cockpit.incidents import unsettled
from engine.queries.cockpit.values import CaseRow
from engine.queries.related import CaseLink, parents_of
from engine.queries.shared import due_view, people
from engine.queries.values import DueView, PersonRef, WhyView
from engine.queries.why import why_sentences


@dataclass
class _Standing:
    """Where one case stands: its open steps by activity, who holds them, the earliest deadline."""

    steps: dict[int, str] = field(default_factory=dict)
    open_tasks: dict[int, int] = field(default_factory=dict)
    finished_tasks: dict[int, int] = field(default_factory=dict)
    holders: dict[str, PersonRef] = field(default_factory=dict)
    due: DueView | None = None

    def current(self) -> str:
        """核验整改结果、专家论证 2/5: the fraction only where several people act in one step."""
        return "、".join(dict.fromkeys(self._named(activity, name) for activity, name in self.steps.items()))

    def _named(self, activity: int, name: str) -> str:
        done = self.finished_tasks.get(activity, 0)
        total = done + self.open_tasks[activity]
        return f"{name} {done}/{total}" if total > 1 else name


def case_rows(platform: Platform, session: Session, ids: Sequence[int]) -> list[CaseRow]:
    """The cases in the order of `ids`."""
    if not ids:
        return []
    standings = _standings(session, ids, platform.clock.now())
    reasons = why_sentences(platform, session, list(ids))
    statement = (
        select(Instance, Definition.name, Person.account, Person.name, Department.name)
        .join(Definition, Instance.definition_id == Definition.id)
        .join(Person, Instance.starter_id == Person.id)
        .join(Department, Instance.starter_department_id == Department.id)
        .where(Instance.id.in_(ids))
    )
    rows = session.execute(statement).all()
    parents = parents_of(session, None, (row[0].parent_id for row in rows))
    known = _Known(platform.calendar, standings, reasons, _incidents(session, ids), parents)
    found = {
        instance.id: _row(instance, name, PersonRef(account, starter, department), known)
        for instance, name, account, starter, department in rows
    }
    return [found[instance_id] for instance_id in ids]


@dataclass(frozen=True)
class _Known:
    """What is known of the cases, by id: where they stand, why they wait, what went wrong."""

    calendar: WorkingCalendar
    standings: Mapping[int, _Standing]
    reasons: Mapping[int, WhyView]
    incidents: Mapping[int, str]
    parents: Mapping[int | None, CaseLink]


def _row(instance: Instance, procedure: str, starter: PersonRef, known: _Known) -> CaseRow:
    standing = known.standings.get(instance.id, _Standing())
    return CaseRow(
        instance_id=instance.id,
        number=instance.number,
        title=instance.title,
        procedure=procedure,
        key=instance.key,
        state=instance.state,
        outcome=instance.outcome,
        tag=instance.tag,
        starter=starter,
        started_at=instance.started_at,
        ended_at=instance.ended_at,
        current=standing.current(),
        holders=list(standing.holders.values()),
        due=standing.due,
        why=known.reasons.get(instance.id),
        was_late=instance.was_late,
        took_days=working_days(known.calendar, instance.started_at, instance.ended_at) if instance.ended_at else None,
        incident=known.incidents.get(instance.id, ""),
        parent=known.parents.get(instance.parent_id),
    )


def _incidents(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The newest unsettled incident of each case."""
    statement = select(Incident.instance_id, Incident.message).where(Incident.instance_id.in_(ids), unsettled())
    rows = session.execute(statement.order_by(Incident.id))
    return {case: message for case, message in rows if case is not None}


def _standings(session: Session, ids: Sequence[int], now: datetime) -> dict[int, _Standing]:
    columns = (Task.id, Task.instance_id, Task.activity_id, Task.state, Task.name, Task.assignee_id)
    statement = (
        select(*columns, Task.due_at, Task.due_unit, Task.due_provisional)
        # "not cancelled" rather than the two states: an index on the state must not tempt SQLite away from the cases
        .where(Task.instance_id.in_(ids), Task.state != TaskState.CANCELLED)
        .order_by(Task.due_at.is_(None), Task.due_at, Task.id)
    )
    found = session.execute(statement).all()
    tasks = [task for task in found if task.state == TaskState.OPEN]
    if not tasks:
        return {}
    holders = _holders(session, tasks)
    standings: dict[int, _Standing] = {}
    for task in tasks:
        standing = standings.setdefault(task.instance_id, _Standing())
        standing.steps.setdefault(task.activity_id, task.name)
        standing.open_tasks[task.activity_id] = standing.open_tasks.get(task.activity_id, 0) + 1
        if standing.due is None:  # tasks come by deadline, so the first is the earliest
            standing.due = due_view(task.due_at, now, task.due_unit, task.due_provisional)
        for person in holders[task.id]:
            standing.holders.setdefault(person.account, person)
    for task in found:  # how many have acted already in steps that several people share
        standing = standings.get(task.instance_id, _Standing())
        if task.state == TaskState.COMPLETED and task.activity_id in standing.steps:
            standing.finished_tasks[task.activity_id] = standing.finished_tasks.get(task.activity_id, 0) + 1
    return standings


def _holders(session: Session, tasks: Sequence[Any]) -> dict[int, list[PersonRef]]:
    """Who has each task: its assignee, else everybody who may claim it."""
    asked: dict[int, list[int]] = {task.id: [task.assignee_id] for task in tasks if task.assignee_id is not None}
    unclaimed = [task.id for task in tasks if task.assignee_id is None]
    if unclaimed:
        candidates = select(TaskCandidate.task_id, TaskCandidate.person_id)
        candidates = candidates.where(TaskCandidate.task_id.in_(unclaimed), TaskCandidate.open)
        # sorted here: an order of the key's own columns tempts SQLite to walk through all candidates there ever were
        for task_id, person_id in sorted((task, person) for task, person in session.execute(candidates)):
            asked.setdefault(task_id, []).append(person_id)
    known = people(session, [person_id for some in asked.values() for person_id in some])
    return {task.id: [known[person_id] for person_id in asked.get(task.id, [])] for task in tasks}
