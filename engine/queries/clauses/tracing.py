"""The tree of 条款追溯: every clause with its state in a year.

The map is read from the diagrams in force (`guicheng:clauses` of the process and of its user tasks) and kept nowhere
else. What was done is added up from the figures of days, so a year of twenty thousand cases costs as much as one of
twenty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine import figures, regulation
from engine.bpmn import NodeKind
from engine.clock import local
from engine.deployments import Deployed
from engine.figures import Figures, start_of
from engine.models import Document, Instance
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.clauses.values import ChapterTrace, ClauseTrace, StepTrace, Trace
from engine.queries.library.rows import LiveRow, live_versions
from engine.queries.order import Placed, in_order
from engine.regulation import Clause, clause_numbers

SHOWN = ("gaps", "missing", "none")
"""What the tree may be filtered by beside "": clauses with either gap, without evidence, without a procedure."""


@dataclass(frozen=True)
class Tracing:
    """All chapters, of them those clauses that `shown` leaves; `years` are the years that had cases, newest first."""

    year: int
    years: tuple[int, ...]
    shown: str
    chapters: tuple[ChapterTrace, ...]
    clauses: tuple[ClauseTrace, ...]

    def count(self, state: str) -> int:
        """How many clauses are in this state, whatever the filter."""
        return sum(trace.state == state for trace in self.clauses)

    def of(self, number: str) -> ClauseTrace | None:
        """The clause of this number."""
        return next((trace for trace in self.clauses if trace.clause.number == number), None)

    @property
    def gaps(self) -> tuple[ClauseTrace, ...]:
        """The clauses that lack a procedure or evidence, whatever the filter."""
        return tuple(trace for trace in self.clauses if trace.state != "proven")

    @property
    def first(self) -> ClauseTrace | None:
        """The first clause that is shown."""
        return next((trace for chapter in self.chapters for trace in chapter.clauses), None)


def tracing(platform: Platform, actor: Actor, year: int | None = None, shown: str = "") -> Tracing:
    """The whole tree of a year (without one: of this year). About a dozen statements, whatever the number of cases."""
    actor.require(Permission.SEE_ALL_CASES)
    with platform.database.read() as session:
        return traced(platform, session, year, shown)


def traced(platform: Platform, session: Session, year: int | None, shown: str = "") -> Tracing:
    """See `tracing`, in a session of the caller's."""
    today = local(platform.clock.now()).date()
    years = _years(session, today)
    year = year if year in years else today.year
    done = figures.between(session, platform.closed_days, date(year, 1, 1), min(date(year, 12, 31), today))
    live, papers = live_versions(session), papers_by_procedure(session, year)
    deployed = platform.deployments.all(session, [row.definition_id for row in live])
    named = [(row, _steps(deployed[row.definition_id])) for row in live]
    clauses = {
        clause.number: ClauseTrace(clause, tuple(_traces(clause, named, deployed, done, papers)))
        for clause in regulation.clauses()
    }
    chapters = tuple(_chapter(chapter, clauses, shown) for chapter in regulation.chapters())
    return Tracing(year, years, shown if shown in SHOWN else "", chapters, tuple(clauses.values()))


def _years(session: Session, today: date) -> tuple[int, ...]:
    first = session.scalar(select(func.min(Instance.started_at)))
    since = local(first).year if first is not None else today.year
    return tuple(range(today.year, min(since, today.year) - 1, -1))


def papers_by_procedure(session: Session, year: int) -> dict[str, int]:
    """How many documents the cases of each procedure issued in the year, in one statement."""
    counted = (
        select(Instance.key, func.count(Document.id))
        .join(Instance, Document.instance_id == Instance.id)
        .where(*issued_in(year))
        .group_by(Instance.key)
    )
    return dict(session.execute(counted).all())


def issued_in(year: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """SQL conditions: the document was issued in that year of the local calendar."""
    return Document.created_at >= start_of(date(year, 1, 1)), Document.created_at < start_of(date(year + 1, 1, 1))


_Steps = Sequence[tuple[Placed, frozenset[str]]]


def _steps(deployed: Deployed) -> _Steps:
    """The user tasks in a reader's order, with the clauses that each names."""
    placed = (one for one in in_order(deployed.process) if one.node.kind is NodeKind.USER_TASK)
    return [(one, frozenset(clause_numbers(one.node.clauses))) for one in placed]


def _traces(
    clause: Clause,
    named: Iterable[tuple[LiveRow, _Steps]],
    deployed: Mapping[int, Deployed],
    done: Figures,
    papers: Mapping[str, int],
) -> Iterable[Trace]:
    for row, placed in named:
        steps = tuple(
            StepTrace(one.node.id, one.node.name, one.within, one.lane, _of(done, row.key, one.node.id, "finished"))
            for one, numbers in placed
            if clause.number in numbers
        )
        if steps or clause.number in clause_numbers(deployed[row.definition_id].process.clauses):
            begun, ended = (_of(done, row.key, "", measure) for measure in ("begun", "finished"))
            yield Trace(row.key, row.name, row.published.version, steps, begun, ended, papers.get(row.key, 0))


def _of(done: Figures, key: str, node_id: str, measure: str) -> int:
    found = done.get((key, node_id, 0))
    return found[measure] if found is not None else 0


def _chapter(chapter: regulation.Chapter, clauses: Mapping[str, ClauseTrace], shown: str) -> ChapterTrace:
    own = [clauses[clause.number] for clause in chapter.clauses]
    kept = tuple(trace for trace in own if _fits(trace, shown))
    missing, none = (sum(trace.state == state for trace in own) for state in ("missing", "none"))
    return ChapterTrace(chapter.number, chapter.heading, kept, missing, none)


def _fits(trace: ClauseTrace, shown: str) -> bool:
    return trace.state == shown or (trace.state != "proven" if shown == "gaps" else shown not in SHOWN)
