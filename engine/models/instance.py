"""A case: one run of a procedure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class InstanceState(StrEnum):
    """Where a case is in its life."""

    RUNNING = "running"
    COMPLETED = "completed"  # ended; `outcome` says how


class Outcome(StrEnum):
    """How a case ended; the end events of the diagrams name one of these (guicheng:outcome)."""

    COMPLETED = "completed"  # 办结
    REJECTED = "rejected"  # 驳回
    WITHDRAWN = "withdrawn"  # 撤销 by the initiator
    ROLLED_BACK = "rolled_back"  # implemented, then undone
    LAPSED = "lapsed"  # not resubmitted in time
    CANCELLED = "cancelled"  # 取消 by whoever organises it: a training that is not held
    FAILED = "failed"  # a called case that an error ended
    TERMINATED = "terminated"  # by an administrator, or because its caller does not need it any more


class Instance(Base):
    """A case. `engine_state` holds only what is live (empty once ended); `revision` is the optimistic lock;
    `standing` names the elements where it has tokens, one after the other ("*": too many to be named here; None: not
    noted yet); `event_seq` and `event_head` are the tip of its hash chain."""

    __tablename__ = "instance"
    __table_args__ = (
        Index("ix_instance_starter_id_started_at", "starter_id", "started_at"),
        Index("ix_instance_state_started_at", "state", "started_at"),
        Index("ix_instance_state_key", "state", "key"),
        Index("ix_instance_started_at", "started_at"),
        Index("ix_instance_ended_at", "ended_at"),
        Index("ix_instance_outcome_id", "outcome", "id"),
        Index("ix_instance_starter_department_id_id", "starter_department_id", "id", "state"),
        Index("ix_instance_key_ended_at", "key", "ended_at"),
        Index("ix_instance_key_definition_id_state", "key", "definition_id", "state"),
        Index("ix_instance_key_state_standing", "key", "state", "standing"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    key: Mapped[str] = mapped_column(String(60))
    definition_id: Mapped[int] = mapped_column(Key, ForeignKey("definition.id"))
    title: Mapped[str] = mapped_column(String(200))
    tag: Mapped[str] = mapped_column(String(40), default="")
    starter_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    starter_department_id: Mapped[int] = mapped_column(Key, ForeignKey("department.id"))
    state: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str] = mapped_column(String(20), default="")
    started_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    parent_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"), index=True)
    parent_token: Mapped[int | None]
    suspended_at: Mapped[datetime | None] = mapped_column(Moment)
    revision: Mapped[int] = mapped_column(default=1)
    standing: Mapped[str | None] = mapped_column(String(400))
    engine_state: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    was_late: Mapped[bool] = mapped_column(default=False)
    event_seq: Mapped[int] = mapped_column(default=0)
    event_head: Mapped[str] = mapped_column(String(64), default="")


class CaseData(Base):
    """The form data of a case as last submitted, by form: what pages show after the engine forgot it."""

    __tablename__ = "case_data"
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class NumberSequence(Base):
    """The last number given per prefix and year; numbers are drawn in the case's own transaction, hence gap-free."""

    __tablename__ = "number_sequence"
    prefix: Mapped[str] = mapped_column(String(10), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class SearchGram(Base):
    """Bigram index over number, title, starter and department: Chinese names of two characters are found."""

    __tablename__ = "search_gram"
    gram: Mapped[str] = mapped_column(String(4), primary_key=True)
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"), primary_key=True)
