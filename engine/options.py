"""What a form's dynamic choices offer: projects, experts, departments, people, blueprints of exams.

The same lists go to the browser and into the server's check, so nobody can choose what was not offered.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from engine.forms import Option
from engine.i18n import _
from engine.models import Department, ExamBlueprint, Instance, InstanceState, Person, PersonRole, Project


def options_for(session: Session, sources: Iterable[str]) -> dict[str, list[Option]]:
    """The choices of each source: `projects`, `departments`, `experts`, `blueprints`, `people` or `people:<role>`."""
    return {source: _options(session, source) for source in sources}


def _options(session: Session, source: str) -> list[Option]:
    if source == "projects":
        known = select(Project.code, Project.name, Project.accepted_on, Project.acceptance_from, Instance.number)
        running = and_(Instance.number == Project.accepting, Instance.state == InstanceState.RUNNING)
        return [
            Option(code, name + _standing(accepted_on, again_from, number))
            for code, name, accepted_on, again_from, number in session.execute(
                known.outerjoin(Instance, running).order_by(Project.code)
            )
        ]
    if source == "departments":
        inside = select(Department.code, Department.name).where(Department.leader_id.is_not(None))
        inside = inside.where(Department.external.is_(False)).order_by(Department.position, Department.id)
        return [Option(code, name) for code, name in session.execute(inside)]
    if source == "blueprints":
        plans = select(ExamBlueprint.code, ExamBlueprint.name).order_by(ExamBlueprint.code)
        return [Option(code, name) for code, name in session.execute(plans)]
    role = "experts" if source == "experts" else source.partition(":")[2]
    home = Person.department_id == Department.id
    people = select(Person.account, Person.name, Department.name).join(Department, home).where(Person.active)
    if role:
        people = people.join(PersonRole, PersonRole.person_id == Person.id).where(PersonRole.role_code == role)
    return [
        Option(account, f"{name}（{department}）")
        for account, name, department in session.execute(people.order_by(Person.id))
    ]


def _standing(accepted_on: date | None, again_from: date | None, running: str | None) -> str:
    """What whoever chooses a project should know of its acceptance (第2.3.1条)."""
    if accepted_on is not None:
        return _("（{day} 已验收）", day=accepted_on)
    if running is not None:
        return _("（验收申请 {number} 在办）", number=running)
    return _("（验收未通过，{day} 起可再申请）", day=again_from) if again_from is not None else ""
