"""People to choose from: whom a task can be handed over to."""

from __future__ import annotations

from sqlalchemy import or_, select

from engine.errors import NotFound
from engine.i18n import _
from engine.models import Department, Person, Task
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.values import PersonRef

LIMIT = 20


def transfer_candidates(platform: Platform, actor: Actor, task_id: int, q: str = "") -> list[PersonRef]:
    """Active people inside the organisation whose name, account or department holds `q`; the command judges further.

    `NotFound` unless the task is open and this person's.
    """
    pattern = "%" + q.strip().replace("%", "").replace("_", "") + "%"
    with platform.database.read() as session:
        mine = (Task.id == task_id, Task.assignee_id == actor.id, Task.is_open)
        if session.scalar(select(Task.id).where(*mine)) is None:
            raise NotFound(_("没有这件事项，或它不能由你转办。"))
        statement = (
            select(Person.account, Person.name, Department.name)
            .join(Department, Person.department_id == Department.id)
            .where(Person.active, Person.external.is_(False), Person.id != actor.id)
            .where(or_(Person.name.like(pattern), Person.account.like(pattern), Department.name.like(pattern)))
            .order_by(Department.position, Person.id)
            .limit(LIMIT)
        )
        return [PersonRef(account, name, home) for account, name, home in session.execute(statement)]
