"""The documents of a year by which a clause was carried out: all of them, a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import regulation
from engine.errors import NotFound
from engine.i18n import _
from engine.models import Definition, Document, Instance
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.clauses.tracing import issued_in, traced
from engine.queries.documents import DocumentView, views_of
from engine.queries.shared import capped_count, visible
from engine.queries.values import Page
from engine.regulation import Clause


@dataclass(frozen=True)
class PaperRow:
    """A document and the case that issued it."""

    document: DocumentView
    instance_id: int
    number: str
    title: str
    procedure: str


@dataclass(frozen=True)
class ClausePapers:
    """The documents that cases of these procedures (key and name) issued in the year, newest first. `key` is the
    procedure that was asked for, "" for all of them."""

    clause: Clause
    year: int
    key: str
    procedures: tuple[tuple[str, str], ...]
    page: Page[PaperRow]


def clause_papers(
    platform: Platform, actor: Actor, number: str, year: int | None = None, key: str = "", page: int = 1, size: int = 20
) -> ClausePapers:
    """Four statements more than `tracing`, one less where there is none. A page beyond the last one is the last one.
    Raises `NotFound` for a clause that the regulation does not have."""
    actor.require(Permission.SEE_ALL_CASES)
    clause = regulation.clause(number)
    if clause is None:
        raise NotFound(_("办法里没有第{n}条。", n=number))
    with platform.database.read() as session:
        tree = traced(platform, session, year)
        trace = tree.of(number)
        known = tuple((one.key, one.name) for one in trace.procedures) if trace is not None else ()
        key = key if key in dict(known) else ""
        rows = _page(session, actor, [key] if key else [one for one, _name in known], tree.year, page, size)
        return ClausePapers(clause, tree.year, key, known, rows)


def _page(session: Session, actor: Actor, keys: Collection[str], year: int, page: int, size: int) -> Page[PaperRow]:
    asked = (*issued_in(year), Instance.key.in_(keys), visible(actor))
    whole = select(Document.id).join(Instance, Document.instance_id == Instance.id).where(*asked)
    total = capped_count(session, whole)
    page = min(page, max(1, -(-total // size)))
    statement = (
        select(Document, Instance.number, Instance.title, Definition.name)
        .join(Instance, Document.instance_id == Instance.id)
        .join(Definition, Instance.definition_id == Definition.id)
        .where(*asked)
        .order_by(Document.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    found = session.execute(statement).all() if total else []
    views = views_of(session, [document for document, *_case in found])
    rows = [PaperRow(view, document.instance_id, *case) for view, (document, *case) in zip(views, found, strict=True)]
    return Page(rows, total, page, size)
