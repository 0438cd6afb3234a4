"""设计草稿: what process owners work on between two versions, and what happened to a procedure's definition."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class Design(Base):
    """The one draft of a procedure, shared by all its owners. `revision` grows with every change of any part; a design
    whose revision is 1 is still what it was opened with. `base_version` is the live version it was opened from."""

    __tablename__ = "design"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    base_version: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(Moment)
    updated_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))


class DesignPart(Base):
    """One file of a design; `kind` is "diagram" (name = key), "form", "decision" or "scenario"."""

    __tablename__ = "design_part"
    __table_args__ = (UniqueConstraint("design_id", "kind", "name"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    design_id: Mapped[int] = mapped_column(Key, ForeignKey("design.id"))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(80), default="")
    content: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    updated_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))


class DesignEditor(Base):
    """Who has a design open, and which part; forgotten when not seen for a while."""

    __tablename__ = "design_editor"
    design_id: Mapped[int] = mapped_column(Key, ForeignKey("design.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(120))
    seen_at: Mapped[datetime] = mapped_column(Moment)


class DesignCopy(Base):
    """A part as it was before somebody replaced or removed it: by force, by discarding, by taking another version."""

    __tablename__ = "design_copy"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    author_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(10))
    replaced_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    replaced_at: Mapped[datetime] = mapped_column(Moment)


class ProcedureEvent(Base):
    """The append-only log of a procedure's definition, one hash chain per key (engine/trace.py): who opened, saved,
    published, when, with which note. `content_hash` is the deployment's, where the entry is about a whole version."""

    __tablename__ = "procedure_event"
    __table_args__ = (UniqueConstraint("key", "seq"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    version: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    hash: Mapped[str] = mapped_column(String(64))
