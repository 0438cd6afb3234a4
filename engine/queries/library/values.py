"""What the library's queries hand to its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.queries.values import PersonRef
from engine.regulation import Clause


@dataclass(frozen=True)
class Usage:
    """How many cases run, and how many there have been in all."""

    running: int = 0
    cases: int = 0


@dataclass(frozen=True)
class Published:
    """A version in force: who published it, when and from where ("files" or "browser"); nobody stands for files."""

    version: int
    at: datetime
    by: PersonRef
    source: str
    note: str


@dataclass(frozen=True)
class OpenDesign:
    """A draft that differs from what is live, in how many parts; who changed it last, who has it open now."""

    base_version: int | None
    changed: int
    updated_at: datetime
    updated_by: PersonRef
    editors: tuple[PersonRef, ...]


@dataclass(frozen=True)
class ProcedureRow:
    """A procedure of the library. `state` is "live", "draft" (never published, somebody draws it) or "none" (there once
    was a version, none is in force). `usage` is None for who may not see all cases, `design` for who may not design."""

    key: str
    name: str
    prefix: str
    clauses: tuple[str, ...]
    state: str
    published: Published | None = None
    usage: Usage | None = None
    design: OpenDesign | None = None
    offered: bool = False


@dataclass(frozen=True)
class ClauseRow:
    """A clause with the procedures that carry it out."""

    clause: Clause
    procedures: tuple[ProcedureRow, ...]


@dataclass(frozen=True)
class SectionRow:
    """A section of the regulation; only the clauses that the filter left."""

    number: str
    heading: str
    clauses: tuple[ClauseRow, ...]


@dataclass(frozen=True)
class ChapterRow:
    """A chapter; `total` and `covered` count its clauses and those with a published procedure, whatever the filter."""

    number: str
    heading: str
    sections: tuple[SectionRow, ...]
    total: int
    covered: int


@dataclass(frozen=True)
class Catalogue:
    """The library. Counts are of everything, whatever the filter; `others` stand in no clause of the regulation."""

    chapters: tuple[ChapterRow, ...]
    others: tuple[ProcedureRow, ...]
    procedures: int
    live: int
    drafts: int
    clauses: int
    covered: int
    owners: tuple[PersonRef, ...]
    found: int
