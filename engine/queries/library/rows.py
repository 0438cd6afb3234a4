"""SQL of the library: versions in force, how many cases run on what, who owns procedures. Constant in number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import figures
from engine.models import (
    Definition,
    DefinitionStatus,
    Department,
    Deployment,
    Instance,
    InstanceState,
    Person,
    PersonRole,
)
from engine.queries.library.values import Published, Usage
from engine.queries.shared import people
from engine.queries.values import PersonRef

OWNERS = 12
"""Most owners that a page names."""


@dataclass(frozen=True)
class LiveRow:
    """A version in force, with the id of its definition."""

    definition_id: int
    key: str
    name: str
    prefix: str
    published: Published


def live_versions(session: Session, key: str = "") -> list[LiveRow]:
    """The version in force of every procedure (or of one), by key."""
    statement = (
        select(
            Definition.id,
            Definition.key,
            Definition.name,
            Definition.prefix,
            Definition.version,
            Definition.created_at,
            Deployment.created_by,
            Deployment.source,
            Deployment.note,
        )
        .join(Deployment, Definition.deployment_id == Deployment.id)
        .where(Definition.status == DefinitionStatus.LIVE)
        .order_by(Definition.key)
    )
    found = session.execute(statement.where(Definition.key == key) if key else statement).all()
    known = people(session, [row.created_by for row in found])
    return [
        LiveRow(
            row.id,
            row.key,
            row.name,
            row.prefix,
            Published(row.version, row.created_at, known[row.created_by], row.source, row.note),
        )
        for row in found
    ]


def usage_by_key(session: Session) -> dict[str, Usage]:
    """Running cases and all cases of every procedure that has any; ended cases are not counted anew."""
    of_key = select(Instance.key, func.count()).where(Instance.state == InstanceState.RUNNING).group_by(Instance.key)
    running = dict(session.execute(of_key).all())
    return {key: Usage(running.get(key, 0), cases) for key, cases in figures.begun_ever(session).items()}


def owners(session: Session) -> tuple[PersonRef, ...]:
    """流程负责人: they hold that role for all procedures."""
    statement = (
        select(Person.account, Person.name, Department.name)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .join(Department, Person.department_id == Department.id)
        .where(PersonRole.role_code == "process-owner", Person.active)
        .order_by(Person.id)
        .limit(OWNERS)
    )
    return tuple(PersonRef(*row) for row in session.execute(statement))
