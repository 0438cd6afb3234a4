"""One clause in one year: the newest cases in which it was carried out, and what they leave as evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from engine import regulation
from engine.errors import NotFound
from engine.figures import start_of
from engine.i18n import _
from engine.models import Event, Instance, Task, TaskState
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.clauses.tracing import Tracing, traced
from engine.queries.clauses.values import CaseProof, ClauseTrace, Proof, Trace
from engine.queries.documents import documents_of_cases
from engine.queries.files import files_of_cases
from engine.queries.shared import people, visible
from engine.queries.values import PersonRef

CASES = 6
"""Cases that the page of a clause shows; the list of cases has them all."""

STEPS = 120
"""Finished steps that are looked at for each procedure to find the newest cases: a case has seldom more than a dozen of
one clause."""


@dataclass(frozen=True)
class ClausePage:
    """The tree, the chosen clause, its newest cases. `clause` is None where the filter leaves nothing."""

    tracing: Tracing
    clause: ClauseTrace | None
    cases: tuple[CaseProof, ...]


def clause_page(
    platform: Platform, actor: Actor, number: str = "", year: int | None = None, shown: str = ""
) -> ClausePage:
    """The page of 条款追溯; without a number that of the first clause that is shown. At most eight statements more than
    `tracing`. Raises `NotFound` for a clause that the regulation does not have."""
    actor.require(Permission.SEE_ALL_CASES)
    if number and regulation.clause(number) is None:
        raise NotFound(_("办法里没有第{n}条。", n=number))
    with platform.database.read() as session:
        tree = traced(platform, session, year, shown)
        trace = tree.of(number) if number else tree.first
        cases = newest(session, actor, trace.procedures, tree.year) if trace is not None else ()
        return ClausePage(tree, trace, cases)


def newest(session: Session, actor: Actor, procedures: Iterable[Trace], year: int) -> tuple[CaseProof, ...]:
    """The cases of the year that this person may read and in which a step of the procedures was finished last."""
    asked = [_finished(actor, trace, year) for trace in procedures if trace.proofs]
    if not asked:
        return ()
    rows = session.execute(union_all(*(select(part.subquery()) for part in asked))).all()
    by_case: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.completed_at, row.id), reverse=True):
        if row.instance_id in by_case or len(by_case) < CASES:
            by_case[row.instance_id].append(row)
    names = {trace.key: trace.name for trace in procedures}
    return _told(session, by_case, names)


def _finished(actor: Actor, trace: Trace, year: int) -> Select[*tuple[Any, ...]]:
    since, until = start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))
    found = (
        select(
            Task.id,
            Task.instance_id,
            Task.key,
            Task.name,
            Task.completed_at,
            Task.completed_by,
            Task.action_label,
            Task.opinion,
        )
        .join(Instance, Task.instance_id == Instance.id)
        .where(Task.key == trace.key, Task.state == TaskState.COMPLETED, visible(actor))
        .where(Task.completed_at >= since, Task.completed_at < until)
        .order_by(Task.completed_at.desc(), Task.id.desc())
        .limit(STEPS)
    )
    if trace.steps:
        found = found.where(Task.node_id.in_([step.node_id for step in trace.steps if step.finished]))
    return found


def _told(session: Session, by_case: Mapping[int, Sequence[Any]], names: Mapping[str, str]) -> tuple[CaseProof, ...]:
    ids = list(by_case)
    cases = {case.id: case for case in session.scalars(select(Instance).where(Instance.id.in_(ids)))}
    files, documents = files_of_cases(session, ids), documents_of_cases(session, ids)
    counted = select(Event.instance_id, func.count()).where(Event.instance_id.in_(ids)).group_by(Event.instance_id)
    entries = dict(session.execute(counted).all())
    known = people(session, [row.completed_by for rows in by_case.values() for row in rows])
    return tuple(
        CaseProof(
            instance_id=case_id,
            number=cases[case_id].number,
            title=cases[case_id].title,
            procedure=names[cases[case_id].key],
            badge=cases[case_id].outcome or cases[case_id].state,
            proofs=tuple(_proof(row, known) for row in rows),
            documents=tuple(documents.get(case_id, ())),
            files=tuple(files.get(case_id, ())),
            entries=entries.get(case_id, 0),
        )
        for case_id, rows in by_case.items()
    )


def _proof(row: Any, known: Mapping[int | None, PersonRef]) -> Proof:
    at: datetime = row.completed_at
    return Proof(row.name, known[row.completed_by], at, row.action_label, row.opinion)
