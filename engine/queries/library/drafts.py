"""Drafts as the library marks them: who changed what, who is at it, and which clauses a new procedure will serve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models import Department, Design, DesignEditor, DesignPart, Person
from engine.parts import clauses_of
from engine.queries.designs import PRESENT, changed_designs
from engine.queries.library.values import OpenDesign
from engine.queries.values import PersonRef
from engine.regulation import clause_numbers


@dataclass(frozen=True)
class Draft:
    """An open draft with what its own diagram says, where nothing is published yet."""

    name: str
    prefix: str
    clauses: tuple[str, ...]
    design: OpenDesign


def open_designs(session: Session, now: datetime) -> dict[str, Draft]:
    """Every draft that differs from what is live, by key: seven statements at most, however many there are."""
    rows = changed_designs(session)
    editors = _editors(session, now) if rows else {}
    said = _said(session, [row.key for row in rows if row.live_version is None])
    found = {}
    for row in rows:
        prefix, clauses = said.get(row.key, ("", ""))
        present = tuple(editors.get(row.key, ()))
        design = OpenDesign(row.base_version, row.changed, row.updated_at, row.updated_by, present)
        found[row.key] = Draft(row.name, prefix, tuple(clause_numbers(clauses)), design)
    return found


def _editors(session: Session, now: datetime) -> dict[str, list[PersonRef]]:
    """Who has which draft open."""
    statement = (
        select(Design.key, Person.account, Person.name, Department.name)
        .join(DesignEditor, DesignEditor.design_id == Design.id)
        .join(Person, DesignEditor.person_id == Person.id)
        .join(Department, Person.department_id == Department.id)
        .where(DesignEditor.seen_at >= now - PRESENT)
        .order_by(DesignEditor.seen_at.desc())
    )
    found: dict[str, list[PersonRef]] = {}
    for key, account, name, department in session.execute(statement):
        found.setdefault(key, []).append(PersonRef(account, name, department))
    return found


def _said(session: Session, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Prefix and clauses in the diagrams of procedures that were never published."""
    wanted = list(keys)
    if not wanted:
        return {}
    statement = (
        select(Design.key, DesignPart.content)
        .join(DesignPart, DesignPart.design_id == Design.id)
        .where(Design.key.in_(wanted), DesignPart.kind == "diagram")
    )
    return {key: clauses_of(content) for key, content in session.execute(statement)}
