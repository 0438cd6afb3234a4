"""流程库: every procedure under the clauses that it carries out, and the clauses that have none yet.

The clauses stand in the diagrams, so the few dozen procedures are filtered here; whatever grows with the cases is
counted in SQL. The number of statements does not depend on how many procedures or cases there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine import regulation
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.library.drafts import open_designs
from engine.queries.library.rows import live_versions, owners, usage_by_key
from engine.queries.library.values import Catalogue, ChapterRow, ClauseRow, ProcedureRow, SectionRow, Usage
from engine.queries.versions import offered_keys
from engine.regulation import Clause, clause_numbers

STATES = ("live", "draft", "none")
"""What `LibraryFilter.state` may be beside "": published, with an open draft, clauses without a procedure."""


@dataclass(frozen=True)
class LibraryFilter:
    """What the library shows: a text in name, key, prefix, number or heading of a clause; a state; a chapter."""

    q: str = ""
    state: str = ""
    chapter: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.state or self.chapter)


def catalogue(platform: Platform, actor: Actor, chosen: LibraryFilter | None = None) -> Catalogue:
    """The library as this person may see it: numbers of cases for those who see all cases, drafts for designers."""
    wanted = chosen or LibraryFilter()
    with platform.database.read() as session:
        rows = procedure_rows(platform, session, actor)
        held_by = owners(session)
    shown = [row for row in rows if _fits(row, wanted)]
    chapters = tuple(_chapter(chapter, rows, shown, wanted) for chapter in regulation.chapters())
    known = {clause.number for clause in regulation.clauses()}
    others = tuple(row for row in shown if not known & set(row.clauses)) if not wanted.chapter else ()
    published = [row for row in rows if row.published]
    return Catalogue(
        chapters=tuple(chapter for chapter in chapters if chapter.sections),
        others=others,
        procedures=len(rows),
        live=len(published),
        drafts=sum(row.design is not None for row in rows),
        clauses=len(known),
        covered=len(known & {number for row in published for number in row.clauses}),
        owners=held_by,
        found=len(shown),
    )


def procedure_rows(platform: Platform, session: Session, actor: Actor) -> list[ProcedureRow]:
    """Every procedure, by its first clause, then by name."""
    live = live_versions(session)
    designs, offered = {}, set()
    if actor.can(Permission.DESIGN):
        designs = open_designs(session, platform.clock.now())
        offered = offered_keys(platform, session, [row.key for row in live if row.published.source == "browser"])
    deployed = platform.deployments.all(session, [row.definition_id for row in live])
    usage = usage_by_key(session) if actor.can(Permission.SEE_ALL_CASES) else None
    rows = [
        ProcedureRow(
            key=row.key,
            name=row.name,
            prefix=row.prefix,
            clauses=tuple(clause_numbers(deployed[row.definition_id].process.clauses)),
            state="live",
            published=row.published,
            usage=None if usage is None else usage.get(row.key, Usage()),
            design=designs[row.key].design if row.key in designs else None,
            offered=row.key in offered,
        )
        for row in live
    ]
    rows += [
        ProcedureRow(key, draft.name, draft.prefix, draft.clauses, "draft", design=draft.design)
        for key, draft in designs.items()
        if draft.design.base_version is None and key not in {row.key for row in live}
    ]
    return sorted(rows, key=lambda row: (_place(row.clauses), row.name))


def _place(numbers: Sequence[str]) -> tuple[int, ...]:
    """Where the first clause stands; what has none comes last."""
    parts = numbers[0].split(".") if numbers else []
    return tuple(int(part) for part in parts) if parts and all(part.isdecimal() for part in parts) else (999,)


def _fits(row: ProcedureRow, wanted: LibraryFilter) -> bool:
    if wanted.state == "none" or (wanted.state == "live" and row.published is None):
        return False
    if wanted.state == "draft" and row.design is None:
        return False
    known = [regulation.clause(number) for number in row.clauses]
    headings = [clause.heading for clause in known if clause is not None]
    return _holds(wanted.q, (row.name, row.key, row.prefix, *row.clauses, *headings))


def _holds(q: str, texts: Iterable[str]) -> bool:
    """Whether every word of the search stands in one of the texts."""
    return all(any(word in text.casefold() for text in texts) for word in q.casefold().split())


def _chapter(
    chapter: regulation.Chapter, rows: Sequence[ProcedureRow], shown: Sequence[ProcedureRow], wanted: LibraryFilter
) -> ChapterRow:
    sections: list[SectionRow] = []
    if wanted.chapter in ("", chapter.number):
        for section in chapter.sections:
            kept = [_clause(clause, rows, shown, wanted) for clause in section.clauses]
            clauses = tuple(row for row in kept if row is not None)
            if clauses:
                sections.append(SectionRow(section.number, section.heading, clauses))
    published = {number for row in rows if row.published for number in row.clauses}
    covered = sum(clause.number in published for clause in chapter.clauses)
    return ChapterRow(chapter.number, chapter.heading, tuple(sections), len(chapter.clauses), covered)


def _clause(
    clause: Clause, rows: Sequence[ProcedureRow], shown: Sequence[ProcedureRow], wanted: LibraryFilter
) -> ClauseRow | None:
    """The clause with its procedures that fit; None where the filter leaves nothing to show of it."""
    procedures = tuple(row for row in shown if clause.number in row.clauses)
    if procedures:
        return ClauseRow(clause, procedures)
    has_some = any(clause.number in row.clauses and row.published for row in rows)
    if wanted.state in ("live", "draft") or has_some:
        return None
    return ClauseRow(clause, ()) if _holds(wanted.q, (clause.number, clause.heading, clause.summary)) else None
