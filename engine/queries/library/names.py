"""Roles, departments and people by the codes that diagrams use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models import Department, Person, Role
from engine.queries.values import PersonRef


@dataclass(frozen=True)
class Names:
    """What codes are called: roles, departments, who leads a department (by its name), people by account."""

    roles: Mapping[str, str]
    departments: Mapping[str, str]
    leaders: Mapping[str, str]
    people: Mapping[str, PersonRef]


def read_names(session: Session, accounts: Iterable[str]) -> Names:
    """All roles and departments, and the people of these accounts: three statements."""
    roles = dict(session.execute(select(Role.code, Role.name)).all())
    statement = select(Department.code, Department.name, Person.name).outerjoin(
        Person, Department.leader_id == Person.id
    )
    found = session.execute(statement).all()
    wanted = sorted(set(accounts))
    people: dict[str, PersonRef] = {}
    if wanted:
        named = (
            select(Person.account, Person.name, Department.name)
            .join(Department, Person.department_id == Department.id)
            .where(Person.account.in_(wanted))
        )
        people = {row[0]: PersonRef(*row) for row in session.execute(named)}
    return Names(
        roles=roles,
        departments={code: name for code, name, _leader in found},
        leaders={name: leader for _code, name, leader in found if leader},
        people=people,
    )
