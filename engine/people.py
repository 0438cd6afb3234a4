"""From a person's row to the `Actor` that commands and queries take: one statement."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from engine.db import table_of
from engine.models import Department, Instance, Person, PersonRole, Restriction
from engine.permissions import Actor, Limit, permissions_of
from engine.prepared import Prepared

_CASE, _LIMIT = table_of(Instance).c, table_of(Restriction).c
_PERSON, _DEPARTMENT, _ROLE = table_of(Person).c, table_of(Department).c, table_of(PersonRole).c
_ACTOR = Prepared(
    select(
        _PERSON.id,
        _PERSON.account,
        _PERSON.name,
        _PERSON.department_id,
        _PERSON.theme,
        _PERSON.language,
        _PERSON.single_keys,
        _PERSON.session_version,
        _DEPARTMENT.code.label("department_code"),
        _DEPARTMENT.name.label("department"),
        _ROLE.role_code,
        _LIMIT.reason,
        _CASE.id.label("case_id"),
        _CASE.number,
    )
    .join_from(table_of(Person), table_of(Department), _PERSON.department_id == _DEPARTMENT.id)
    .outerjoin(table_of(PersonRole), _ROLE.person_id == _PERSON.id)
    .outerjoin(table_of(Restriction), _LIMIT.person_id == _PERSON.id)
    .outerjoin(table_of(Instance), _CASE.id == _LIMIT.instance_id)
    .where(_PERSON.id == bindparam("person"), _PERSON.active)
)


class _Row(NamedTuple):
    """One role and one restriction of the person."""

    id: int
    account: str
    name: str
    department_id: int
    theme: str
    language: str
    single_keys: bool
    session_version: int
    department_code: str
    department: str
    role_code: str | None
    reason: str | None
    case_id: int
    number: str


def load_actor(session: Session | Connection, person_id: int) -> Actor | None:
    """The active person with roles, permissions and restrictions, None when unknown or inactive."""
    rows = [_Row(*row) for row in _ACTOR.fetch(session, {"person": person_id})]
    if not rows:
        return None
    person = rows[0]
    roles = frozenset(row.role_code for row in rows if row.role_code)
    return Actor(
        id=person.id,
        account=person.account,
        name=person.name,
        department_id=person.department_id,
        department_code=person.department_code,
        department=person.department,
        roles=roles,
        permissions=permissions_of(roles),
        theme=person.theme,
        language=person.language,
        single_keys=person.single_keys,
        session_version=person.session_version,
        limits=tuple(sorted({Limit(row.number, row.reason, row.case_id) for row in rows if row.reason is not None})),
    )
