"""运行总览: the state of everything in one look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import figures
from engine.models import Definition, DefinitionStatus
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.cockpit.cases import CaseFilter, in_order
from engine.queries.cockpit.departments import departments
from engine.queries.cockpit.durations import median, rate
from engine.queries.cockpit.incidents import cases_with_incidents
from engine.queries.cockpit.months import monthly
from engine.queries.cockpit.rows import case_rows
from engine.queries.cockpit.sample import case_durations, finished_tasks
from engine.queries.cockpit.scope import running_figures
from engine.queries.cockpit.steps import slow_steps
from engine.queries.cockpit.values import Overview, ProcedureRow
from engine.queries.shared import due_view

STUCK = 6
"""Late cases on the overview; the list has them all."""


def overview(platform: Platform, actor: Actor, days: int = 90) -> Overview:
    """All figures; those of finished work cover the last `days` days. About 20 statements, whatever the size."""
    actor.require(Permission.SEE_ALL_CASES)
    now = platform.clock.now()
    since = figures.period(now, days)
    with platform.database.read() as session:
        running = {row[0]: row for row in session.execute(running_figures(platform.calendar, now))}
        counts = figures.over(session, platform.closed_days, since, now, None)
        ended = {key: count for (key, node, _home), count in counts.items() if key and not node and count["finished"]}
        names = live_names(session)
        sample = finished_tasks(platform, session, since)
        stuck = session.scalars(in_order(CaseFilter(late=True), now).limit(STUCK)).all()
        earliest = min((row[4] for row in running.values() if row[4] is not None), default=None)
        finished = sum(row["finished"] for row in ended.values())
        return Overview(
            days=days,
            running=sum(row[1] for row in running.values()),
            late=sum(row[2] for row in running.values()),
            soon=sum(row[3] for row in running.values()),
            finished=finished,
            rejected=sum(row["rejected"] for row in ended.values()),
            withdrawn=sum(row["withdrawn"] for row in ended.values()),
            on_time_rate=rate(finished - sum(row["late"] for row in ended.values()), finished),
            median_days=median(case_durations(platform, session, since)),
            incidents=session.scalar(select(func.count()).select_from(cases_with_incidents().subquery())) or 0,
            longest_late=_longest(earliest, now),
            by_procedure=_procedures(names, running, ended),
            slow_steps=slow_steps(platform, session, sample, names),
            departments=departments(session, sample, counts, now),
            monthly=monthly(session, platform.closed_days, now),
            stuck=case_rows(platform, session, stuck),
        )


def live_names(session: Session) -> dict[str, str]:
    """Names of all procedures in force by key."""
    statement = select(Definition.key, Definition.name).where(Definition.status == DefinitionStatus.LIVE)
    return dict(session.execute(statement.order_by(Definition.name)).all())


def _longest(due_at: datetime | None, now: datetime) -> str:
    found = due_view(due_at, now)
    return found.text if found and found.late else ""


def _procedures(names: Mapping[str, str], running: Mapping[str, Any], ended: Mapping[str, Any]) -> list[ProcedureRow]:
    """Every procedure in force, those with trouble first."""
    rows = []
    for key, name in names.items():
        now, past = running.get(key, (key, 0, 0, 0, None)), ended.get(key)
        finished, on_time = (past["finished"], past["finished"] - past["late"]) if past else (0, 0)
        rows.append(ProcedureRow(key, name, now[1], now[2], now[3], finished, rate(on_time, finished)))
    return sorted(rows, key=lambda row: (-row.late, 1.0 if row.on_time is None else row.on_time, -row.running))
