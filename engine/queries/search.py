"""The search of the top bar: cases by number, title, person or department, among those the person may read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from engine.models import Definition, Department, Instance, Person, Task
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.related import CaseLink, caller_of, link_to
from engine.queries.shared import visible
from engine.queries.values import PersonRef
from engine.search_index import matching

FOUND = 20


@dataclass(frozen=True)
class SearchRow:
    """A case that was found; `current` names its open steps."""

    instance_id: int
    number: str
    title: str
    procedure: str
    starter: PersonRef
    state: str
    outcome: str
    current: str
    parent: CaseLink | None = None  # the case that called this one, if this person may see it


def search(platform: Platform, actor: Actor, q: str) -> list[SearchRow]:
    """The newest cases that match, at most `FOUND`; none for an empty query."""
    if not q.strip():
        return []
    caller = aliased(Instance)
    statement = (
        select(Instance, caller, Definition.name, Person.account, Person.name, Department.name)
        .join(Definition, Instance.definition_id == Definition.id)
        .join(Person, Instance.starter_id == Person.id)
        .join(Department, Instance.starter_department_id == Department.id)
        .outerjoin(caller, caller_of(caller, actor))
        .where(matching(q), visible(actor))
        .order_by(Instance.id.desc())
        .limit(FOUND)
    )
    with platform.database.read() as session:
        rows = session.execute(statement).all()
        current = _open_steps(session, [row[0].id for row in rows])
    return [
        SearchRow(
            instance_id=instance.id,
            number=instance.number,
            title=instance.title,
            procedure=procedure,
            starter=PersonRef(account, starter, department),
            state=instance.state,
            outcome=instance.outcome,
            current="、".join(current.get(instance.id, {})),
            parent=link_to(parent),
        )
        for instance, parent, procedure, account, starter, department in rows
    ]


def _open_steps(session: Session, instance_ids: list[int]) -> dict[int, dict[str, None]]:
    """Names of the open steps by case, each once, in the order they were reached."""
    if not instance_ids:
        return {}
    statement = select(Task.instance_id, Task.name).where(Task.instance_id.in_(instance_ids), Task.is_open)
    found: dict[int, dict[str, None]] = {}
    for instance_id, name in session.execute(statement.order_by(Task.id)):
        found.setdefault(instance_id, {})[name] = None
    return found
