"""文书: the documents that a case has issued, and their files for those who may read the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.files import path_of
from engine.i18n import _
from engine.models import Document, DocumentFile, Instance
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.files import FileContent
from engine.queries.shared import people, visible
from engine.queries.values import PersonRef


@dataclass(frozen=True)
class DocumentView:
    """A document in a list; `formats` are its files as (format, size in bytes)."""

    id: int
    kind: str
    number: str
    title: str
    version: int
    state: str
    issued_by: PersonRef
    issued_at: datetime
    formats: list[tuple[str, int]]


def case_documents(session: Session, instance_id: int) -> list[DocumentView]:
    """The documents of a case, newest first; the caller has checked that its reader may see the case."""
    return documents_of_cases(session, [instance_id]).get(instance_id, [])


def documents_of_cases(session: Session, ids: Iterable[int]) -> dict[int, list[DocumentView]]:
    """The documents of several cases, newest first, in at most three statements; a case without any is not there."""
    rows = session.scalars(
        select(Document).where(Document.instance_id.in_(list(ids))).order_by(Document.id.desc())
    ).all()
    found: dict[int, list[DocumentView]] = {}
    for row, view in zip(rows, views_of(session, rows), strict=True):
        found.setdefault(row.instance_id, []).append(view)
    return found


def views_of(session: Session, rows: Sequence[Document]) -> list[DocumentView]:
    """Documents as they stand in a list, in the same order, in two statements; none for an empty list."""
    if not rows:
        return []
    kept = select(DocumentFile.document_id, DocumentFile.format, DocumentFile.size)
    formats: dict[int, list[tuple[str, int]]] = {}
    for document_id, form, size in session.execute(
        kept.where(DocumentFile.document_id.in_([row.id for row in rows])).order_by(DocumentFile.format)
    ):
        formats.setdefault(document_id, []).append((form, size))
    names = people(session, (row.created_by for row in rows))
    views = []
    for row in rows:
        by, files = names[row.created_by], formats.get(row.id, [])
        about = (row.id, row.kind, row.number or "", row.title, row.version, row.state)
        views.append(DocumentView(*about, by, row.created_at, files))
    return views


def document_content(platform: Platform, actor: Actor, document_id: int, form: str) -> FileContent:
    """The file of a document if this person may read its case, else `NotFound`."""
    statement = (
        select(DocumentFile)
        .join(Document, DocumentFile.document_id == Document.id)
        .join(Instance, Document.instance_id == Instance.id)
        .where(DocumentFile.document_id == document_id, DocumentFile.format == form, visible(actor))
    )
    with platform.database.read() as session:
        row = session.scalar(statement)
    if row is None:
        raise NotFound(_("没有这份文书，或你没有查看它的权限。"))
    return FileContent(row.name, row.media_type, path_of(platform.files_dir, row.sha256))
