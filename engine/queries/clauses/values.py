"""What the pages of 条款追溯 show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.queries.documents import DocumentView
from engine.queries.values import FileView, PersonRef
from engine.regulation import Clause

State = Literal["proven", "missing", "none"]
"""There is evidence of the year; there is a procedure and no evidence; there is no procedure."""


@dataclass(frozen=True)
class StepTrace:
    """A user task whose diagram names the clause; `finished`: how often it was finished in the year (a 会签 once)."""

    node_id: str
    name: str
    within: str
    lane: str
    finished: int


@dataclass(frozen=True)
class Trace:
    """A procedure in force that carries out the clause, as a whole (`steps` empty) or by some of its steps. `begun` and
    `ended` are cases of the year, `papers` the documents that its cases issued in the year."""

    key: str
    name: str
    version: int
    steps: tuple[StepTrace, ...]
    begun: int
    ended: int
    papers: int = 0

    @property
    def proofs(self) -> int:
        """How often the year has seen the clause carried out: finished steps, of a whole procedure ended cases."""
        return sum(step.finished for step in self.steps) if self.steps else self.ended


@dataclass(frozen=True)
class ClauseTrace:
    """A clause with everything that carries it out."""

    clause: Clause
    procedures: tuple[Trace, ...]

    @property
    def proofs(self) -> int:
        """See `Trace.proofs`."""
        return sum(procedure.proofs for procedure in self.procedures)

    @property
    def papers(self) -> int:
        """See `Trace.papers`."""
        return sum(procedure.papers for procedure in self.procedures)

    @property
    def state(self) -> State:
        """Whether the year has evidence."""
        return "none" if not self.procedures else "proven" if self.proofs else "missing"


@dataclass(frozen=True)
class ChapterTrace:
    """A chapter with those of its clauses that the filter leaves; the numbers count all of them."""

    number: str
    heading: str
    clauses: tuple[ClauseTrace, ...]
    missing: int
    none: int


@dataclass(frozen=True)
class Proof:
    """One finished step in a case: by whom, when, with which act and opinion."""

    step: str
    person: PersonRef
    at: datetime
    act: str
    opinion: str


@dataclass(frozen=True)
class CaseProof:
    """A case in which the clause was carried out: the steps, newest first, the documents and files of the case, and
    how many entries its log has."""

    instance_id: int
    number: str
    title: str
    procedure: str
    badge: str
    proofs: tuple[Proof, ...]
    documents: tuple[DocumentView, ...]
    files: tuple[FileView, ...]
    entries: int
