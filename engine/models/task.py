"""What people do: tasks, who may see them, drafts, attachments, notifications."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, literal_column
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment, only_where


class TaskState(StrEnum):
    """Life of a task."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"  # the case went another way: returned, withdrawn, decided early, timed out


_OF_A_CASE = ("instance_id", "due_at", "due_unit", "key", "assignee_id")
_AT_A_STEP = ("key", "node_id", "instance_id", "activity_id", "due_at", "created_at")
"""All that managers' pages count open tasks by: the indexes answer without the tasks themselves."""

_OPEN, _OVER = only_where("state = 'open'"), only_where("completed_at IS NOT NULL")


class Task(Base):
    """One user task of a case for one person (or for the first of its candidates to claim it).

    `token_id` is the engine's token; `activity_id` is the token of the whole activity, so the votes of one 会签 round
    share it. `result` is how the round ended when the whole activity is over.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("instance_id", "token_id"),
        Index("ix_task_open_assignee_id", "assignee_id", "due_at", **_OPEN),
        Index("ix_task_open_due_at", "due_at", "instance_id", "key", **_OPEN),
        Index("ix_task_open_instance_id", *_OF_A_CASE, **_OPEN),
        Index("ix_task_open_key", *_AT_A_STEP, **_OPEN),
        Index(
            "ix_task_over_completed_by",
            "completed_by",
            "completed_at",
            "id",
            "instance_id",
            **only_where("completed_by IS NOT NULL"),
        ),
        Index("ix_task_over_completed_at", "completed_at", **_OVER),
        Index("ix_task_over_key", "key", "completed_at", **_OVER),
        Index("ix_task_created_at", "created_at"),
        Index("ix_task_instance_id_activity_id", "instance_id", "activity_id"),
        Index("ix_task_nobody", "state", **only_where("nobody", "nobody = 1")),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"))
    definition_id: Mapped[int] = mapped_column(Key, ForeignKey("definition.id"))
    key: Mapped[str] = mapped_column(String(60))
    node_id: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    token_id: Mapped[int]
    activity_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    assignee_id: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    nobody: Mapped[bool] = mapped_column(default=False)  # 无人可办: the rule found nobody, the fallback has it
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    urged: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    due_unit: Mapped[str] = mapped_column(String(10), default="workday")
    due_provisional: Mapped[bool] = mapped_column(default=False)
    completed_at: Mapped[datetime | None] = mapped_column(Moment)
    completed_by: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(40), default="")
    action_label: Mapped[str] = mapped_column(String(40), default="")
    action_kind: Mapped[str] = mapped_column(String(20), default="")
    opinion: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    late: Mapped[bool] = mapped_column(default=False)  # finished, or cancelled, after its deadline
    revision: Mapped[int] = mapped_column(default=1)  # the page's optimistic lock: claim, release, transfer count it up

    @hybrid_property
    def is_open(self) -> bool:
        """It waits for somebody."""
        return self.state == TaskState.OPEN

    @is_open.inplace.expression
    @classmethod
    def _is_open(cls) -> ColumnElement[bool]:
        """With the word itself, not as a parameter: a database must see it to take the indexes of open tasks."""
        return cls.state == literal_column("'open'")


class TaskCandidate(Base):
    """Who may see and claim a task; kept after its end, since having been asked gives the right to read the case."""

    __tablename__ = "task_candidate"
    __table_args__ = (
        Index("ix_task_candidate_open_person_id", "person_id", **only_where("open", "open = 1")),
        Index("ix_task_candidate_person_id_instance_id", "person_id", "instance_id"),
        Index("ix_task_candidate_instance_id", "instance_id"),
    )
    task_id: Mapped[int] = mapped_column(Key, ForeignKey("task.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), primary_key=True)
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"))
    open: Mapped[bool] = mapped_column(default=True)


class Draft(Base):
    """What a person typed and has not sent: for a task, or for a procedure not yet started (`task_id` 0)."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("person_id", "key", "task_id"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(String(60))
    task_id: Mapped[int] = mapped_column(Key, default=0)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(Moment)


class Attachment(Base):
    """A file by its content's hash. Until it is sent with a task it belongs to its uploader alone."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(Key, ForeignKey("task.id"))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(Moment)


class Notification(Base):
    """A notice to one person, inside the platform."""

    __tablename__ = "notification"
    __table_args__ = (
        Index("ix_notification_person_id_read_at", "person_id", "read_at"),
        Index("ix_notification_person_id_id", "person_id", "id"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    instance_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"))
    task_id: Mapped[int | None] = mapped_column(Key, ForeignKey("task.id"))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(400))
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
