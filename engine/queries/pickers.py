"""What somebody who draws a procedure can choose from: roles, departments, people, handlers, clauses."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from engine import regulation
from engine.clock import local
from engine.handler_sheets import HandlerSheet, sheets
from engine.models import Definition, DefinitionStatus, Department, Person, PersonRole, Post, Role
from engine.permissions import Actor, Permission
from engine.platform import Platform

MOST_PEOPLE = 3000


@dataclass(frozen=True)
class RoleChoice:
    """A role and how many active people hold it."""

    code: str
    name: str
    people: int


@dataclass(frozen=True)
class DepartmentChoice:
    """A department or outside unit; `leader` is its leader's name, "" where it has none."""

    code: str
    name: str
    leader: str
    external: bool


@dataclass(frozen=True)
class PersonChoice:
    """An active person with the codes of his roles."""

    account: str
    name: str
    department: str
    post: str
    roles: list[str]


@dataclass(frozen=True)
class ProcedureChoice:
    """A procedure that a call activity can call, with the number of its version in force."""

    key: str
    name: str
    version: int


@dataclass(frozen=True)
class Workdays:
    """How deadlines are counted: a working day ends at `day_ends`; holidays are known up to `known_until` (a year),
    what lies later is provisional."""

    day_ends: str
    known_until: int


@dataclass(frozen=True)
class Choices:
    """Everything the pickers offer."""

    roles: list[RoleChoice]
    departments: list[DepartmentChoice]
    people: list[PersonChoice]
    handlers: list[HandlerSheet]
    clauses: list[regulation.Clause]
    procedures: list[ProcedureChoice]
    workdays: Workdays


def choices(platform: Platform, actor: Actor) -> Choices:
    """Raises `Forbidden` for who may not design."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        return Choices(
            roles=_roles(session),
            departments=_departments(session),
            people=_people(session),
            handlers=sheets(platform.handlers),
            clauses=list(regulation.clauses()),
            procedures=_procedures(session),
            workdays=_workdays(platform),
        )


def _roles(session: Session) -> list[RoleChoice]:
    holders = (
        select(PersonRole.role_code, func.count().label("people"))
        .join(Person, PersonRole.person_id == Person.id)
        .where(Person.active)
        .group_by(PersonRole.role_code)
        .subquery()
    )
    asked = select(Role.code, Role.name, func.coalesce(holders.c.people, 0)).outerjoin(
        holders, holders.c.role_code == Role.code
    )
    return [RoleChoice(code, name, people) for code, name, people in session.execute(asked.order_by(Role.code))]


def _departments(session: Session) -> list[DepartmentChoice]:
    leader = aliased(Person)
    asked = select(Department.code, Department.name, leader.name, Department.external).outerjoin(
        leader, Department.leader_id == leader.id
    )
    rows = session.execute(asked.order_by(Department.position, Department.id))
    return [DepartmentChoice(code, name, head or "", external) for code, name, head, external in rows]


def _people(session: Session) -> list[PersonChoice]:
    asked = (
        select(Person.id, Person.account, Person.name, Department.name, Post.name)
        .join(Department, Person.department_id == Department.id)
        .outerjoin(Post, Person.post_id == Post.id)
        .where(Person.active)
        .order_by(Department.position, Person.id)
        .limit(MOST_PEOPLE)
    )
    held: dict[int, list[str]] = {}
    for person_id, role in session.execute(select(PersonRole.person_id, PersonRole.role_code)):
        held.setdefault(person_id, []).append(role)
    return [
        PersonChoice(account, name, home, post or "", sorted(held.get(person_id, [])))
        for person_id, account, name, home, post in session.execute(asked)
    ]


def _procedures(session: Session) -> list[ProcedureChoice]:
    asked = select(Definition.key, Definition.name, Definition.version).where(
        Definition.status == DefinitionStatus.LIVE
    )
    return [
        ProcedureChoice(key, name, version) for key, name, version in session.execute(asked.order_by(Definition.name))
    ]


def _workdays(platform: Platform) -> Workdays:
    year = local(platform.clock.now()).year
    while platform.calendar.is_published(year + 1):
        year += 1
    return Workdays("17:30", year if platform.calendar.is_published(year) else year - 1)
