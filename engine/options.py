"""What a form's dynamic choices offer: projects, experts, departments, people.

The same lists go to the browser and into the server's check, so nobody can choose what was not offered.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.forms import Option
from engine.models import Department, Person, PersonRole, Project


def options_for(session: Session, sources: Iterable[str]) -> dict[str, list[Option]]:
    """The choices of each source: `projects`, `departments`, `experts`, `people` or `people:<role>`."""
    return {source: _options(session, source) for source in sources}


def _options(session: Session, source: str) -> list[Option]:
    if source == "projects":
        projects = select(Project.code, Project.name).order_by(Project.code)
        return [Option(code, name) for code, name in session.execute(projects)]
    if source == "departments":
        inside = select(Department.code, Department.name).where(Department.leader_id.is_not(None))
        inside = inside.where(Department.external.is_(False)).order_by(Department.position, Department.id)
        return [Option(code, name) for code, name in session.execute(inside)]
    role = "experts" if source == "experts" else source.partition(":")[2]
    home = Person.department_id == Department.id
    people = select(Person.account, Person.name, Department.name).join(Department, home).where(Person.active)
    if role:
        people = people.join(PersonRole, PersonRole.person_id == Person.id).where(PersonRole.role_code == role)
    return [
        Option(account, f"{name}（{department}）")
        for account, name, department in session.execute(people.order_by(Person.id))
    ]
