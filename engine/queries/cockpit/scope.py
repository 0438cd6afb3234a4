"""SQL that several figures share: deadlines of running cases, who holds open tasks, steps as they were gone through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
    union_all,
)

from engine.calendar import WorkingCalendar
from engine.figures import count_if, unindexed
from engine.models import Instance, InstanceState, Person, Task, TaskCandidate
from engine.queries.cockpit.durations import soon_limits

Rows = Select[*tuple[Any, ...]]
"""A statement whose columns its docstring names."""


def deadlines(key: str = "") -> Subquery:
    """Per case with open tasks, of one procedure or of all: the procedure's key, the earliest deadline, also by kind
    (working days, hours). An index has all of it, in the order of the cases."""
    in_hours = Task.due_unit == "hour"
    earliest = (
        select(
            Task.instance_id,
            func.max(Task.key).label("key"),
            func.min(Task.due_at).label("due_at"),
            func.min(case((in_hours, Task.due_at))).label("hour_due_at"),
            func.min(case((~in_hours, Task.due_at))).label("day_due_at"),
        )
        .where(Task.is_open, Task.due_at.is_not(None))
        .group_by(Task.instance_id)
    )
    if key:
        earliest = earliest.where(unindexed(Task.key) == key)
    return earliest.subquery("deadlines")


def deadline() -> ScalarSelect[Any]:
    """The earliest deadline of a case, for lists of chosen cases: one look into an index for each."""
    earliest = select(func.min(Task.due_at)).where(Task.is_open, Task.instance_id == Instance.id)
    return earliest.correlate(Instance).scalar_subquery()


def is_late(due: Subquery, now: datetime) -> ColumnElement[bool]:
    """The case has missed a deadline that is still open."""
    return due.c.due_at < now


def is_soon(due: Subquery, calendar: WorkingCalendar, now: datetime) -> ColumnElement[bool]:
    """Nothing missed yet, but a deadline within a working day (24 hours for clocks in hours)."""
    day, hour = soon_limits(calendar, now)
    return and_(due.c.due_at >= now, or_(due.c.day_due_at <= day, due.c.hour_due_at <= hour))


def running_figures(calendar: WorkingCalendar, now: datetime, key: str = "") -> Rows:
    """Per procedure: key, running, late, soon, the earliest open deadline. Cases and deadlines are counted apart: only
    running cases have open tasks."""
    due = deadlines(key)
    pressing = (
        select(
            due.c.key,
            count_if(is_late(due, now)).label("late"),
            count_if(is_soon(due, calendar, now)).label("soon"),
            func.min(due.c.due_at).label("due_at"),
        )
        .group_by(due.c.key)
        .subquery("pressing")
    )
    running = select(Instance.key, func.count().label("cases")).where(Instance.state == InstanceState.RUNNING)
    if key:
        running = running.where(Instance.key == key)
    cases = running.group_by(Instance.key).subquery("cases")
    late, soon = func.coalesce(pressing.c.late, 0), func.coalesce(pressing.c.soon, 0)
    return select(cases.c.key, cases.c.cases, late, soon, pressing.c.due_at).outerjoin(
        pressing, pressing.c.key == cases.c.key
    )


def holders() -> Subquery:
    """(task_id, instance_id, department_id, due_at) of open tasks: the assignee's department, of unclaimed ones the
    departments of all who may claim."""
    columns = (Task.id.label("task_id"), Task.instance_id, Person.department_id, Task.due_at)
    is_open = Task.is_open
    assigned = select(*columns).join(Person, Task.assignee_id == Person.id).where(is_open)
    unclaimed = (
        select(*columns)
        .join(TaskCandidate, TaskCandidate.task_id == Task.id)
        .join(Person, TaskCandidate.person_id == Person.id)
        .where(is_open, Task.assignee_id.is_(None), TaskCandidate.open)
        .distinct()
    )
    return union_all(assigned, unclaimed).subquery("holders")


def activities(*conditions: ColumnExpressionArgument[bool]) -> Subquery:
    """One row for each time a step was reached: all tasks of a 会签 round together, with the earliest deadline."""
    return (
        select(
            Task.key,
            Task.node_id,
            Task.instance_id,
            func.min(Task.due_at).label("due_at"),
            func.min(Task.created_at).label("created_at"),
        )
        .where(*conditions)
        .group_by(Task.key, Task.node_id, Task.instance_id, Task.activity_id)
        .subquery("activities")
    )
