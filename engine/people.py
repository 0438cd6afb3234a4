"""From a person's row to the `Actor` that commands and queries take: one statement."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models import Department, Person, PersonRole
from engine.permissions import Actor, permissions_of


def load_actor(session: Session, person_id: int) -> Actor | None:
    """The active person with roles and permissions, None when unknown or suspended."""
    statement = (
        select(Person, Department.code, Department.name, PersonRole.role_code)
        .join(Department, Person.department_id == Department.id)
        .outerjoin(PersonRole, PersonRole.person_id == Person.id)
        .where(Person.id == person_id, Person.active)
    )
    rows = session.execute(statement).all()
    if not rows:
        return None
    person, code, department, _role = rows[0]
    roles = frozenset(role for *_rest, role in rows if role)
    return Actor(
        id=person.id,
        account=person.account,
        name=person.name,
        department_id=person.department_id,
        department_code=code,
        department=department,
        roles=roles,
        permissions=permissions_of(roles),
        theme=person.theme,
        language=person.language,
        single_keys=person.single_keys,
        session_version=person.session_version,
    )
