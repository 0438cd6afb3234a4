"""People to choose from: whom a task can be handed over to."""

from __future__ import annotations

from sqlalchemy import or_, select

from engine.models import Department, Person
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.values import PersonRef

LIMIT = 20


def transfer_candidates(platform: Platform, actor: Actor, task_id: int, q: str = "") -> list[PersonRef]:
    """Active people inside the organisation whose name, account or department holds `q`; the command judges further."""
    pattern = "%" + q.strip().replace("%", "").replace("_", "") + "%"
    with platform.database.read() as session:
        statement = (
            select(Person.account, Person.name, Department.name)
            .join(Department, Person.department_id == Department.id)
            .where(Person.active, Person.external.is_(False), Person.id != actor.id)
            .where(or_(Person.name.like(pattern), Person.account.like(pattern), Department.name.like(pattern)))
            .order_by(Department.position, Person.id)
            .limit(LIMIT)
        )
        return [PersonRef(account, name, home) for account, name, home in session.execute(statement)]
