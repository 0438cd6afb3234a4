"""What most queries need: people by id, deadlines in words, who may see a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, or_, select, true
from sqlalchemy.orm import Session

from engine.calendar import describe_due
from engine.clock import local
from engine.errors import NotFound
from engine.i18n import _
from engine.models import Department, Instance, Person, TaskCandidate
from engine.permissions import Actor, Permission
from engine.queries.values import TOTAL_CAP, DueView, PersonRef
from engine.search_index import matching

NOBODY = PersonRef("", "—", "")
"""Stands for the clock and the platform itself."""


def people(session: Session, ids: Iterable[int | None]) -> dict[int | None, PersonRef]:
    """`PersonRef` by person id, in one statement; None maps to `NOBODY`."""
    wanted = {person_id for person_id in ids if person_id is not None}
    found: dict[int | None, PersonRef] = {None: NOBODY}
    if wanted:
        statement = (
            select(Person.id, Person.account, Person.name, Department.name)
            .join(Department, Person.department_id == Department.id)
            .where(Person.id.in_(wanted))
        )
        for person_id, account, name, department in session.execute(statement):
            found[person_id] = PersonRef(account, name, department)
    return found


def due_view(
    due_at: datetime | None, now: datetime, unit: str = "workday", provisional: bool = False
) -> DueView | None:
    """A deadline as pages show it, None when there is none."""
    if due_at is None:
        return None
    kind: Literal["workday", "hour"] = "hour" if unit == "hour" else "workday"
    words = describe_due(due_at, now, kind)
    return DueView(due_at, words.text, words.title, words.late, words.soon, provisional)


def visible(actor: Actor, case: type[Instance] = Instance) -> ColumnElement[bool]:
    """SQL condition on `Instance`, or an alias of it: the cases this person may read: his own, those he was asked in,
    managers all."""
    if actor.can(Permission.SEE_ALL_CASES):
        return true()
    asked = exists().where(TaskCandidate.person_id == actor.id, TaskCandidate.instance_id == case.id)
    return or_(case.starter_id == actor.id, asked)


def visible_instance(session: Session, actor: Actor, instance_id: int) -> Instance:
    """The case if this person may read it, else `NotFound` (the same answer as for a case that does not exist)."""
    found = session.scalar(select(Instance).where(Instance.id == instance_id, visible(actor)))
    if found is None:
        raise NotFound(_("没有这件流程，或你没有查看它的权限。"))
    return found


def found_by(q: str, case_id: SQLColumnExpression[int] = Instance.id) -> ColumnElement[bool] | None:
    """SQL condition on a case's id for a search text; None when nothing was typed."""
    return matching(q, case_id) if q.strip() else None


def capped_count(session: Session, statement: Select[Any]) -> int:
    """Number of rows, counted up to `TOTAL_CAP` only."""
    some = statement.order_by(None).limit(TOTAL_CAP).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def day_edges(now: datetime) -> tuple[datetime, datetime]:
    """End of today and end of next week's Sunday on the local calendar, as moments."""
    today = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = today + timedelta(days=1)
    week = today + timedelta(days=14 - today.weekday())
    return tomorrow, week
