"""One procedure: its figures, its steps, what is stuck in it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import figures
from engine.deployments import Deployed
from engine.models import Definition, Department, Person, PersonRole
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.cockpit.cases import CaseFilter, in_order
from engine.queries.cockpit.durations import median, nine_of_ten, rate
from engine.queries.cockpit.rows import case_rows
from engine.queries.cockpit.sample import case_durations, finished_tasks
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
    since = figures.period(now, days)
    with platform.database.read() as session:
        deployed = platform.deployments.live(session, key)
        running = session.execute(running_figures(platform.calendar, now, key)).one_or_none() or (key, 0, 0, 0, None)
        counts = period_counts(platform, session, deployed, since, now)
        ended = counts.get((key, "", 0), Counter())
        durations = case_durations(platform, session, since, key)
        late = session.scalars(in_order(CaseFilter(late=True, key=key), now).limit(STUCK)).all()
        finished = ended["finished"]
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
            on_time=rate(finished - ended["late"], finished),
            median_days=median(durations),
            slowest_days=nine_of_ten(durations),
            rejected=ended["rejected"],
            withdrawn=ended["withdrawn"],
            returned=ended["returned"],
            steps=steps_of(platform, session, deployed, days, counts),
            stuck=case_rows(platform, session, late),
        )


def period_counts(
    platform: Platform, session: Session, deployed: Deployed, since: datetime, now: datetime
) -> figures.Figures:
    """The figures of the procedure and its steps since then."""
    return figures.over(session, platform.closed_days, since, now, {deployed.key: deployed.subprocesses}, deployed.key)


def steps_of(
    platform: Platform, session: Session, deployed: Deployed, days: int, counts: figures.Figures | None = None
) -> list[StepFigures]:
    """The steps of a procedure in numbers; `counts` are those of the period, where they are known."""
    now = platform.clock.now()
    since = figures.period(now, days)
    if counts is None:
        counts = period_counts(platform, session, deployed, since, now)
    sample = finished_tasks(platform, session, since, deployed.key)
    return step_figures(session, platform.calendar, deployed, sample, counts, Period(since, now))


def _deployed_at(deployed: Deployed) -> Rows:
    return select(Definition.created_at).where(Definition.id == deployed.definition_id)


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
