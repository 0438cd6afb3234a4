"""Training archives: everybody his own; 培训管理员 and 人事 all; a head of department those of his department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, or_, select, true

from engine.models import Department, Instance, Person, TrainingRecord
from engine.permissions import Actor
from engine.platform import Platform

SIZE = 50
WIDE = frozenset({"training", "hr"})
"""Roles that see every archive."""


@dataclass(frozen=True)
class Record:
    """A line of an archive, with the case that it came from where the reader may open archives of it."""

    person: str
    department: str
    kind: str
    title: str
    result: str
    score: Decimal | None
    hours: Decimal | None
    on: date
    number: str | None
    instance_id: int | None


@dataclass(frozen=True)
class Archive:
    """One page of it; `others` says whether the reader sees more than his own."""

    items: list[Record]
    total: int
    page: int
    others: bool


def _visible(actor: Actor) -> ColumnElement[bool]:
    """SQL condition on `Person`: whose archives this person may read."""
    if WIDE & actor.roles:
        return true()
    led = select(Department.id).where(Department.leader_id == actor.id)
    return or_(Person.id == actor.id, Person.department_id.in_(led))


def archive(platform: Platform, actor: Actor, page: int, q: str = "", kind: str = "", own: bool = False) -> Archive:
    """What the reader may see, newest first; `q` is part of a name or title, `own` leaves out others."""
    conditions = [Person.id == actor.id if own else _visible(actor)]
    if q:
        conditions.append(Person.name.contains(q, autoescape=True) | TrainingRecord.title.contains(q, autoescape=True))
    if kind in ("training", "assessment"):
        conditions.append(TrainingRecord.kind == kind)
    with platform.database.read() as session:
        base = select(TrainingRecord).join(Person, Person.id == TrainingRecord.person_id)
        total = session.scalar(select(func.count()).select_from(base.where(*conditions).subquery())) or 0
        rows = session.execute(
            select(TrainingRecord, Person.name, Department.name, Instance.number)
            .join(Person, Person.id == TrainingRecord.person_id)
            .join(Department, Department.id == Person.department_id)
            .outerjoin(Instance, Instance.id == TrainingRecord.instance_id)
            .where(*conditions)
            .order_by(TrainingRecord.on.desc(), TrainingRecord.id.desc())
            .offset((page - 1) * SIZE)
            .limit(SIZE)
        ).all()
        leads = session.scalar(select(Department.id).where(Department.leader_id == actor.id).limit(1)) is not None
    items = [
        Record(name, department, one.kind, one.title, one.result, one.score, one.hours, one.on, number, one.instance_id)
        for one, name, department, number in rows
    ]
    return Archive(items, total, page, leads or bool(WIDE & actor.roles))
