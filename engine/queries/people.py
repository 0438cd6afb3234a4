"""People as the doors need them: who is signed in, who the demo offers, who acts next."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from engine.models import Department, Person, PersonRole, Post, Role, Task, TaskCandidate
from engine.people import load_actor
from engine.permissions import Actor, require_not_suspended
from engine.platform import Platform
from engine.queries.values import PersonRef


@dataclass(frozen=True)
class DemoPerson:
    """A person of the demo organisation in the person switcher."""

    id: int
    account: str
    name: str
    department: str
    post: str
    roles: list[str]


@dataclass(frozen=True)
class NextActor:
    """Someone who can act now on a case, and on which task."""

    person: PersonRef
    task_id: int
    node: str
    node_id: str


def actor_by_id(platform: Platform, person_id: int) -> Actor | None:
    """The active person behind a session, None when unknown or suspended."""
    with platform.database.glance() as connection:
        return load_actor(connection, person_id)


def actor_by_account(platform: Platform, account: str) -> Actor | None:
    """The active person with this account; `Forbidden` while it is suspended."""
    with platform.database.read() as session:
        person = session.scalar(select(Person).where(Person.account == account))
        if person is None:
            return None
        require_not_suspended(person.suspended_reason, person.suspended_until, platform.clock.now())
        return load_actor(session, person.id)


def demo_people(platform: Platform) -> list[DemoPerson]:
    """Everybody of the demo organisation by department; nobody outside demo mode."""
    if platform.mode != "demo":
        return []
    with platform.database.read() as session:
        statement = (
            select(Person.id, Person.account, Person.name, Department.name, Post.name)
            .join(Department, Person.department_id == Department.id)
            .outerjoin(Post, Person.post_id == Post.id)
            .where(Person.active)
            .order_by(Department.position, Person.id)
        )
        rows = session.execute(statement).all()
        roles: dict[int, list[str]] = {}
        held = select(PersonRole.person_id, Role.name).join(Role, PersonRole.role_code == Role.code)
        for person_id, role in session.execute(held):
            roles.setdefault(person_id, []).append(role)
    return [DemoPerson(i, account, name, home, post or "", roles.get(i, [])) for i, account, name, home, post in rows]


def next_actors(platform: Platform, instance_id: int) -> list[NextActor]:
    """Who can act now on this case: holders of its open tasks, else their candidates."""
    with platform.database.read() as session:
        statement = (
            select(Person.account, Person.name, Department.name, Task.id, Task.name, Task.node_id)
            .join(TaskCandidate, TaskCandidate.task_id == Task.id)
            .join(Person, TaskCandidate.person_id == Person.id)
            .join(Department, Person.department_id == Department.id)
            .where(Task.instance_id == instance_id, Task.is_open)
            .where(or_(Task.assignee_id == Person.id, Task.assignee_id.is_(None)))
            .order_by(Task.id, Person.id)
        )
        rows = session.execute(statement)
        return [NextActor(PersonRef(a, n, d), task_id, node, node_id) for a, n, d, task_id, node, node_id in rows]
