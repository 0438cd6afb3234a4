"""Work to be done later, and what went wrong with it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class JobState(StrEnum):
    """Life of a job row; finished jobs are deleted in the transaction that did their work."""

    WAITING = "waiting"
    FAILED = "failed"  # retries are used up: an incident waits for a person


class Job(Base):
    """A timer of a case (`kind` timer, remind or overdue). The mirror of the engine's own subscription: the row tells
    when to look, the engine's state tells what is really due, so a row can never fire anything twice."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_state_due_at", "state", "due_at"),
        UniqueConstraint("instance_id", "token_id", "node_id", "kind"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"))
    token_id: Mapped[int]
    node_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime] = mapped_column(Moment)
    provisional: Mapped[bool] = mapped_column(default=False, index=True)
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")


class Incident(Base):
    """Something a person must look at: a handler failed, or nobody is eligible."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_instance_id_resolved_at", "instance_id", "resolved_at"),
        Index("ix_incident_kind_resolved_at", "kind", "resolved_at"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"))
    node_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
