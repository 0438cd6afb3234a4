"""One procedure: its figures, its steps, what is stuck in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from engine.deployments import Deployed
from engine.models import Definition, Department, Instance, InstanceState, Person, PersonRole, Task
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.cockpit.cases import CaseFilter, in_order
from engine.queries.cockpit.durations import median, nine_of_ten, rate
from engine.queries.cockpit.overview import case_durations, ended_figures
from engine.queries.cockpit.rows import case_rows
from engine.queries.cockpit.sample import finished_tasks
from engine.queries.cockpit.scope import Rows, running_figures
from engine.queries.cockpit.steps import Period, step_figures
from engine.queries.cockpit.values import ProcedurePage, StepFigures
from engine.queries.values import PersonRef
from engine.regulation import clause_numbers

STUCK = 8


def procedure_page(platform: Platform, actor: Actor, key: str, days: int = 90) -> ProcedurePage:
    """A procedure in force; finished work of the last `days` days. Raises `NotFound` for an unknown key."""
    actor.require(Permission.SEE_ALL_CASES)
    now = platform.clock.now()
    since = now - timedelta(days=days)
    with platform.database.read() as session:
        deployed = platform.deployments.live(session, key)
        running = session.execute(running_figures(platform.calendar, now, key)).one_or_none() or (key, 0, 0, 0, None)
        ended = session.execute(ended_figures(since, key)).one_or_none()
        durations = case_durations(platform, session, since, key)
        late = session.scalars(in_order(CaseFilter(late=True, key=key), now).limit(STUCK)).all()
        finished = ended.finished if ended else 0
        return ProcedurePage(
            key=key,
            name=deployed.name,
            prefix=deployed.prefix,
            clauses=clause_numbers(deployed.process.clauses),
            version=deployed.version,
            deployed_at=session.scalars(_deployed_at(deployed)).one(),
            documentation=deployed.process.documentation or "",
            owners=_owners(session),
            days=days,
            running=running[1],
            late=running[2],
            soon=running[3],
            finished=finished,
            on_time=rate(ended.on_time, finished) if ended else None,
            median_days=median(durations),
            slowest_days=nine_of_ten(durations),
            rejected=ended.rejected if ended else 0,
            withdrawn=ended.withdrawn if ended else 0,
            returned=session.scalar(_returned(key, since)) or 0,
            steps=steps_of(platform, session, deployed, days),
            stuck=case_rows(platform, session, late),
        )


def steps_of(platform: Platform, session: Session, deployed: Deployed, days: int) -> list[StepFigures]:
    """The steps of a procedure in numbers."""
    now = platform.clock.now()
    since = now - timedelta(days=days)
    sample = finished_tasks(session, platform.calendar, since, deployed.key)
    return step_figures(session, platform.calendar, deployed.process, sample, Period(since, now))


def _deployed_at(deployed: Deployed) -> Rows:
    return select(Definition.created_at).where(Definition.id == deployed.definition_id)


def _returned(key: str, since: datetime) -> Rows:
    """How many of the cases ended since then were sent back on their way."""
    sent_back = exists().where(Task.instance_id == Instance.id, Task.action_kind == "return")
    ended = (Instance.key == key, Instance.state == InstanceState.COMPLETED, Instance.ended_at >= since)
    return select(func.count()).select_from(Instance).where(*ended, sent_back)


def _owners(session: Session) -> list[PersonRef]:
    """The process owners (流程负责人), who hold that role for all procedures."""
    statement = (
        select(Person.account, Person.name, Department.name)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .join(Department, Person.department_id == Department.id)
        .where(PersonRole.role_code == "process-owner", Person.active)
        .order_by(Person.id)
        .limit(3)
    )
    return [PersonRef(*row) for row in session.execute(statement)]
