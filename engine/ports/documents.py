"""Documents that a case issues: certificates, notices, reports, plans in force."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from engine import files
from engine.documents import FORMATS, Content
from engine.errors import ExecutionError
from engine.i18n import _
from engine.jsondata import dump
from engine.models import Document, DocumentFile, DocumentState, Instance
from engine.numbering import next_number
from engine.ports.notes import Note

SERIES = "d:"
"""Numbers of documents are counted apart from those of cases."""


class Documents:
    """Issues documents on behalf of one case. `files_dir` is where their files are kept; `note` writes into the log of
    the case."""

    def __init__(
        self,
        session: Session,
        instance: Instance,
        actor_id: int | None,
        now: datetime,
        files_dir: Path | None,
        note: Note,
    ) -> None:
        self._session = session
        self._instance = instance
        self._actor_id = actor_id
        self._now = now
        self._files_dir = files_dir
        self._note = note

    def issue(
        self,
        kind: str,
        title: str,
        sections: Sequence[Mapping[str, Any]],
        *,
        number: bool = True,
        formats: Sequence[str] = ("docx", "pdf"),
        state: str = "archived",
    ) -> dict[str, Any]:
        """Issue a document of this case: its number (per kind and year, gap-free; None without `number`), version and
        files.

        `kind` is the code that numbers begin with (YSZS), `sections` are mappings of `heading` and `text` or `table`
        (rows; the first has the heads). `state` "in_force" supersedes the document of this kind that was in force and
        counts the version up. Returns {id, number, version, files}, each file {id, document, format, name, size}.
        """
        checked(kind, formats, state)
        drawn = next_number(self._session, kind, self._now, SERIES) if number else None
        version = self._supersede(kind) if state == DocumentState.IN_FORCE else 1
        content = Content.of(title, drawn or "", version, self._now, self._instance.number, sections)
        values = {
            "instance_id": self._instance.id,
            "kind": kind,
            "number": drawn,
            "version": version,
            "title": content.title[:200],
            "state": state,
            "content": dump(content.as_data()),
            "created_at": self._now,
            "created_by": self._actor_id,
        }
        document_id = self._session.scalars(insert(Document).returning(Document.id).values(**values)).one()
        kept = [self._keep(document_id, content, form) for form in formats]
        self._note("document_issued", {"document": document_id, "number": drawn or "", "title": content.title})
        return {"id": document_id, "number": drawn, "version": version, "files": kept}

    def in_force(self, kind: str) -> dict[str, Any] | None:
        """The document of that kind that holds now, by whichever case: {id, number, title, version, files}."""
        return in_force(self._session, kind)

    def _supersede(self, kind: str) -> int:
        """Put the former document out of force; the version of the next. The counter of numbers or, without one, the
        index of the kind keeps two from being in force."""
        former = (Document.kind == kind, Document.state == DocumentState.IN_FORCE)
        ended = {"state": DocumentState.SUPERSEDED, "superseded_at": self._now}
        self._session.execute(
            update(Document).where(*former).values(**ended).execution_options(synchronize_session=False)
        )
        told = select(func.max(Document.version)).where(
            Document.kind == kind, Document.state == DocumentState.SUPERSEDED
        )
        return (self._session.scalar(told) or 0) + 1

    def _keep(self, document_id: int, content: Content, form: str) -> dict[str, Any]:
        if self._files_dir is None:
            raise ExecutionError(_("没有存放文书的地方，请联系系统管理员。"))
        stem = " ".join(part for part in (content.number, content.title) if part)
        kept = files.store(self._files_dir, f"{stem[:150]}.{form}", io.BytesIO(FORMATS[form](content)))
        row = {"name": kept.name, "media_type": kept.media_type, "size": kept.size, "sha256": kept.sha256}
        self._session.execute(insert(DocumentFile).values(document_id=document_id, format=form, **row))
        return _reference(document_id, form, kept.name, kept.size)


def in_force(session: Session, kind: str) -> dict[str, Any] | None:
    """See `Documents.in_force`."""
    wanted = select(Document).where(Document.kind == kind, Document.state == DocumentState.IN_FORCE)
    found = session.scalar(wanted)
    if found is None:
        return None
    kept = select(DocumentFile).where(DocumentFile.document_id == found.id).order_by(DocumentFile.format)
    return {
        "id": found.id,
        "number": found.number,
        "title": found.title,
        "version": found.version,
        "files": [_reference(found.id, one.format, one.name, one.size) for one in session.scalars(kept)],
    }


def checked(kind: str, formats: Iterable[str], state: str) -> None:
    """Raise ValueError for what no document can be."""
    if not (kind.isascii() and kind.isalpha() and kind.isupper() and 2 <= len(kind) <= 8):
        raise ValueError(f"a kind of document is two to eight capital letters, not {kind!r}")
    unknown = set(formats) - FORMATS.keys()
    if unknown or state not in (DocumentState.ARCHIVED, DocumentState.IN_FORCE):
        raise ValueError(f"unknown format or state: {sorted(unknown) or state}")


def _reference(document_id: int, form: str, name: str, size: int) -> dict[str, Any]:
    return {"id": f"{document_id}.{form}", "document": document_id, "format": form, "name": name, "size": size}
