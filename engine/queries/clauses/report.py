"""The report of a year: all clauses unfolded, as a page to print and as a table to take along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.figures import start_of
from engine.i18n import _
from engine.models import Instance
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.clauses.tracing import Tracing, traced
from engine.queries.clauses.values import ClauseTrace
from engine.queries.shared import visible

CASES = 5
"""Cases of each procedure that the report names, the newest ones of the year."""


@dataclass(frozen=True)
class CaseRef:
    """A case by its number."""

    instance_id: int
    number: str
    title: str


@dataclass(frozen=True)
class Report:
    """The tree with the newest cases of every procedure by key."""

    tracing: Tracing
    made_at: datetime
    cases: dict[str, list[CaseRef]]


def report(platform: Platform, actor: Actor, year: int | None = None) -> Report:
    """One statement more than `tracing`."""
    actor.require(Permission.SEE_ALL_CASES)
    with platform.database.read() as session:
        tree = traced(platform, session, year)
        return Report(tree, platform.clock.now(), _newest(session, actor, tree.year))


def _newest(session: Session, actor: Actor, year: int) -> dict[str, list[CaseRef]]:
    place = func.row_number().over(partition_by=Instance.key, order_by=Instance.id.desc()).label("place")
    numbered = (
        select(Instance.id, Instance.key, Instance.number, Instance.title, place)
        .where(Instance.started_at >= start_of(date(year, 1, 1)), Instance.started_at < start_of(date(year + 1, 1, 1)))
        .where(visible(actor))
        .subquery()
    )
    found: dict[str, list[CaseRef]] = {}
    columns = (numbered.c.key, numbered.c.id, numbered.c.number, numbered.c.title)
    for key, *case in session.execute(select(*columns).where(numbered.c.place <= CASES).order_by(numbered.c.id.desc())):
        found.setdefault(key, []).append(CaseRef(*case))
    return found


def table(found: Report) -> tuple[list[str], Iterator[list[str | int]]]:
    """Headings and rows for a spreadsheet: a row for every step, one for a clause that nothing carries out."""
    headings = [
        _("章"),
        _("条款"),
        _("标题"),
        _("摘要"),
        _("状态"),
        _("流程"),
        _("版本"),
        _("环节"),
        _("泳道"),
        _("本年办理（次）"),
        _("本年发起（件）"),
        _("本年办结（件）"),
        _("本年文书（份）"),
        _("最近案件"),
    ]
    return headings, _rows(found)


def _rows(found: Report) -> Iterator[list[str | int]]:
    words = {"proven": _("有证据"), "missing": _("缺证据"), "none": _("缺流程")}
    for chapter in found.tracing.chapters:
        for trace in chapter.clauses:
            clause = trace.clause
            about: list[str | int] = [f"{chapter.number} {chapter.heading}", clause.number, clause.heading]
            about += [clause.summary, words[trace.state]]
            yield from (about + row for row in _of_clause(trace, found.cases))


def _of_clause(trace: ClauseTrace, cases: dict[str, list[CaseRef]]) -> Iterator[list[str | int]]:
    if not trace.procedures:
        yield ["", "", "", "", 0, 0, 0, 0, ""]
    for one in trace.procedures:
        numbers = "、".join(case.number for case in cases.get(one.key, ()))
        head: list[str | int] = [one.name, one.version]
        tail: list[str | int] = [one.begun, one.ended, one.papers, numbers]
        if not one.steps:
            yield [*head, _("整个流程"), "", one.ended, *tail]
        for step in one.steps:
            yield [*head, step.name, step.lane, step.finished, *tail]
