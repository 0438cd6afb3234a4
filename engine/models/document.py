"""Documents that the platform issues in a case: certificates, notices, reports, plans."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class DocumentState(StrEnum):
    """Whether a document is a record or a rule that holds now."""

    ARCHIVED = "archived"
    IN_FORCE = "in_force"  # at most one of a kind
    SUPERSEDED = "superseded"  # was in force until a later version


_ONE = text("state = 'in_force'")


class Document(Base):
    """One issued document. `content` is what it says, as `engine.documents` reads it; it never changes. `version`
    counts the documents of its kind that were put in force, and is 1 of one that is only kept. `created_by` is None
    where the clock moved the case."""

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_instance_id", "instance_id"),
        Index("ix_document_created_at", "created_at", "instance_id"),
        Index("uq_document_kind_in_force", "kind", unique=True, sqlite_where=_ONE, postgresql_where=_ONE),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"))
    kind: Mapped[str] = mapped_column(String(8))
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    superseded_at: Mapped[datetime | None] = mapped_column(Moment)


class DocumentFile(Base):
    """A document as a file in one format, by its content's hash in the store of files."""

    __tablename__ = "document_file"
    document_id: Mapped[int] = mapped_column(Key, ForeignKey("document.id"), primary_key=True)
    format: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
