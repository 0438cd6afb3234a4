"""Work to be done later, and what went wrong with it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment, only_where


class JobState(StrEnum):
    """Life of a job row; finished jobs are deleted in the transaction that did their work."""

    WAITING = "waiting"
    ASKED = "asked"  # a called case runs: the row stays until it has ended, so that it can be called again
    HELD = "held"  # the case is suspended
    FAILED = "failed"  # retries are used up: an incident waits for a person


class JobKind(StrEnum):
    """What is to be done. The first three mirror the timers of a case, `SERVICE` runs outside any transaction, each of
    the others is one transaction that changes one case."""

    TIMER = "timer"  # drawn in the diagram
    REMIND = "remind"
    OVERDUE = "overdue"
    SERVICE = "service"  # run a handler for the token; `payload` is what it is given
    CALL = "call"  # start the case that a call activity asks for; `payload` has key, binding, version, variables
    ENDED = "ended"  # the called case `source_id` has ended; `payload` is its variables
    RAISED = "raised"  # the called case `source_id` has raised an error or escalation; `payload` says which
    TERMINATE = "terminate"  # end the case, whose caller does not want it any more
    MESSAGE = "message"  # hand over the message `message_id`; `instance_id` is the sender's case
    EXPIRE = "expire"  # the message `message_id` has waited long enough
    SIGNAL = "signal"  # tell the case a signal; `payload` has name and payload
    START = "start"  # begin a case of `definition_id` at `node_id`; `payload` has its variables, `source_id` who asked
    CONDITION = "condition"  # a data store was written: look at the conditions that start processes


TIMERS = (JobKind.TIMER, JobKind.REMIND, JobKind.OVERDUE)
_MIRRORED = only_where("kind IN ('timer', 'remind', 'overdue')")


class Job(Base):
    """One thing to be done at `due_at`, for the token of a case where one waits for it.

    A timer's row is the mirror of the engine's own subscription: the row tells when to look, the engine's state tells
    what is really due, so a row can never fire anything twice. `payload` is written by engine/typedjson.py.
    `lock_owner` is drawn anew each time a service job is taken up: who holds another one has been overtaken.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_state_due_at", "state", "due_at"),
        Index(
            "ix_job_instance_id_token_id_node_id_kind",
            "instance_id",
            "token_id",
            "node_id",
            "kind",
            unique=True,
            **_MIRRORED,
        ),
        Index("ix_job_instance_id_kind", "instance_id", "kind"),
        Index("ix_job_definition_id", "definition_id", **only_where("definition_id IS NOT NULL")),
        Index("ix_job_message_id", "message_id", **only_where("message_id IS NOT NULL")),
        Index("ix_job_provisional", "instance_id", **only_where("provisional", "provisional = 1")),
        {"sqlite_autoincrement": True},  # an id is never given twice: it tells the tries of one job from another's
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"))
    token_id: Mapped[int] = mapped_column(default=0)
    node_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime] = mapped_column(Moment)
    provisional: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    source_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"))
    definition_id: Mapped[int | None] = mapped_column(Key, ForeignKey("definition.id"))
    message_id: Mapped[int | None] = mapped_column(Key, ForeignKey("message.id"))
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    lock_owner: Mapped[str] = mapped_column(String(80), default="")
    locked_until: Mapped[datetime | None] = mapped_column(Moment)


class Incident(Base):
    """Something a person must look at: a handler failed, nobody is eligible, a job has used up its tries. Without
    `instance_id` it is about a case that could not begin. `resolution` says how it was settled (retried, answered,
    skipped, closed), `note` why."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_instance_id_resolved_at", "instance_id", "resolved_at"),
        Index("ix_incident_kind_resolved_at", "kind", "resolved_at"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"))
    job_id: Mapped[int | None] = mapped_column(Key, index=True)  # the row may be gone by now
    node_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_by: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    resolution: Mapped[str] = mapped_column(String(10), default="")
    note: Mapped[str] = mapped_column(Text, default="")
