"""Countdowns: timers that people see running."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class Countdown(Base):
    """One timer that the diagram marks as a clock (guicheng:clock), as long as what it urges is still to be done: past
    `due_at` it is late and stays. The mirror of the engine's own state, so that lists need not load cases.

    `token_id` is the token of the activity on whose border the timer sits (`host_id`), or that waits at the timer.
    """

    __tablename__ = "countdown"
    __table_args__ = (Index("ix_countdown_instance_id", "instance_id", "token_id", "node_id", unique=True),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"))
    token_id: Mapped[int]
    node_id: Mapped[str] = mapped_column(String(120))
    host_id: Mapped[str] = mapped_column(String(120))
    label: Mapped[str] = mapped_column(String(120))
    armed_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
