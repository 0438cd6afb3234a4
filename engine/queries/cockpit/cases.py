"""案件列表: every case, filtered, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from engine.figures import unindexed
from engine.models import (
    Definition,
    DefinitionStatus,
    Department,
    Instance,
    InstanceState,
    Outcome,
    Task,
)
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.cockpit.incidents import cases_with_incidents
from engine.queries.cockpit.rows import case_rows
from engine.queries.cockpit.scope import deadline, holders
from engine.queries.cockpit.values import CaseRow
from engine.queries.shared import capped_count
from engine.queries.values import Page
from engine.search_index import matching

STATES = ("running", "ended", *(outcome.value for outcome in Outcome))
"""What `CaseFilter.state` may be, beside "" for all: running, ended in any way, or how the case ended."""


@dataclass(frozen=True)
class CaseFilter:
    """What the manager chose. `department` (code) holds the case now, `starter` (code) started it, `node` is a step (of
    the procedure `key`) where it stands now, `incident` asks for cases with an 异常 that nobody has settled."""

    q: str = ""
    state: str = ""
    key: str = ""
    late: bool = False
    department: str = ""
    starter: str = ""
    node: str = ""
    incident: bool = False
    page: int = 1
    size: int = 20


@dataclass(frozen=True)
class FilterChoices:
    """What can be filtered by, and the figures of the segments (cases that run, and of them late ones); `node` is the
    name of the step that the filter asks for."""

    procedures: list[tuple[str, str]]
    departments: list[tuple[str, str]]
    running: int
    late: int
    node: str


def list_cases(platform: Platform, actor: Actor, wanted: CaseFilter) -> Page[CaseRow]:
    """Running cases by deadline, the latest first; all others by age, the newest first. A page beyond the last one is
    the last one."""
    actor.require(Permission.SEE_ALL_CASES)
    now = platform.clock.now()
    with platform.database.read() as session:
        total = capped_count(session, _chosen(wanted, now))
        page = min(wanted.page, max(1, -(-total // wanted.size)))
        ordered = in_order(wanted, now).limit(wanted.size).offset((page - 1) * wanted.size)
        items = case_rows(platform, session, session.scalars(ordered).all())
    return Page(items, total, page, wanted.size)


def filter_choices(platform: Platform, actor: Actor, wanted: CaseFilter) -> FilterChoices:
    """Procedures, departments and the figures of the segments."""
    actor.require(Permission.SEE_ALL_CASES)
    live = select(Definition.key, Definition.name).where(Definition.status == DefinitionStatus.LIVE)
    homes = select(Department.code, Department.name)
    with platform.database.read() as session:
        procedures = session.execute(live.order_by(Definition.name)).all()
        departments = session.execute(homes.order_by(Department.position, Department.id)).all()
        running = session.scalar(select(func.count()).where(Instance.state == InstanceState.RUNNING)) or 0
        late = session.scalar(_late(platform.clock.now())) or 0
        node = _name_of(platform, session, wanted.node) if wanted.node else ""
    return FilterChoices(
        procedures=[(key, name) for key, name in procedures],
        departments=[(code, name) for code, name in departments],
        running=running,
        late=late,
        node=node or wanted.node,
    )


def in_order(wanted: CaseFilter, now: datetime) -> Select[Any]:
    """Ids of the cases asked for, in the order of the list."""
    chosen = _chosen(wanted, now)
    if not wanted.late and wanted.state != InstanceState.RUNNING:
        indexed = replace(CaseFilter(), state=wanted.state, page=wanted.page, size=wanted.size) == wanted
        if indexed and wanted.state in ("", "ended"):  # an index is read in this order, however far back the page lies
            return chosen.order_by(Instance.started_at.desc(), Instance.id.desc())
        return chosen.order_by(Instance.id.desc())
    return chosen.order_by(deadline().nulls_last(), Instance.id)


def _chosen(wanted: CaseFilter, now: datetime) -> Select[Any]:
    statement = select(Instance.id).where(*_conditions(wanted))
    if wanted.late:
        passed = select(Task.instance_id).where(Task.is_open, Task.due_at < now)
        if wanted.key:
            passed = passed.where(unindexed(Task.key) == wanted.key)
        statement = statement.where(Instance.id.in_(passed))
    return statement


def _late(now: datetime) -> Select[Any]:
    """How many cases have missed a deadline that is still open: only running ones have open tasks."""
    return select(func.count(Task.instance_id.distinct())).where(Task.is_open, Task.due_at < now)


def _conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.q:
        found.append(matching(wanted.q))
    if wanted.state == InstanceState.RUNNING or wanted.late:
        found.append(Instance.state == InstanceState.RUNNING)
    elif wanted.state == "ended":
        found.append(Instance.state == InstanceState.COMPLETED)
    elif wanted.state:
        found += [unindexed(Instance.state) == InstanceState.COMPLETED, Instance.outcome == wanted.state]
    if wanted.key:
        found.append((unindexed(Instance.key) if wanted.late else Instance.key) == wanted.key)
    if wanted.node:
        here = select(Task.instance_id).where(Task.node_id == wanted.node, Task.is_open)
        found.append(Instance.id.in_(here.where(Task.key == wanted.key) if wanted.key else here))
    if wanted.incident:
        found.append(Instance.id.in_(cases_with_incidents()))
    if wanted.department:
        found.append(Instance.id.in_(_held_by(wanted.department)))
    if wanted.starter:
        found.append(Instance.starter_department_id == _department(wanted.starter).scalar_subquery())
    return found


def _name_of(platform: Platform, session: Session, node_id: str) -> str:
    """The name of a step in the versions in force; "" when none of them has it any more."""
    found = (one.process.nodes.get(node_id) for one in platform.deployments.all_live(session))
    return next((node.name for node in found if node is not None), "")


def _department(code: str) -> Select[Any]:
    return select(Department.id).where(Department.code == code)


def _held_by(code: str) -> Select[Any]:
    held = holders()
    return select(held.c.instance_id).where(held.c.department_id == _department(code).scalar_subquery())
