"""条款追溯: from a clause of the regulation over procedures and steps to the cases and what proves them."""

from engine.queries.clauses.evidence import ClausePage, clause_page
from engine.queries.clauses.papers import ClausePapers, PaperRow, clause_papers
from engine.queries.clauses.report import Report, report, table
from engine.queries.clauses.tracing import SHOWN, Tracing, tracing
from engine.queries.clauses.values import CaseProof, ChapterTrace, ClauseTrace, Proof, StepTrace, Trace

__all__ = [
    "SHOWN",
    "CaseProof",
    "ChapterTrace",
    "ClausePage",
    "ClausePapers",
    "ClauseTrace",
    "PaperRow",
    "Proof",
    "Report",
    "StepTrace",
    "Trace",
    "Tracing",
    "clause_page",
    "clause_papers",
    "report",
    "table",
    "tracing",
]
