"""What cases tell each other: messages under way, and who waits for what."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class MessageState(StrEnum):
    """Life of a message; one that was taken is deleted in the transaction of the case that took it."""

    WAITING = "waiting"
    EXPIRED = "expired"  # nobody took it in time: kept for the administrators


class Message(Base):
    """A message that has not been taken. `correlation` tells the receivers of one name apart, None matches only who
    waits without one; `payload` is written by engine/typedjson.py."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_name_correlation", "name", "correlation"),
        {"sqlite_autoincrement": True},  # jobs know it by its id
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    correlation: Mapped[str | None] = mapped_column(String(400))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    sender_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"), index=True)
    node_id: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[str] = mapped_column(String(10), default=MessageState.WAITING)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class Subscription(Base):
    """What a case waits for (`instance_id`, `holder_id` the token or scope) or what a version starts with
    (`definition_id`, `holder_id` the place of the definition among those of its event): the mirror of the engine's own
    state, so that nobody looks through cases.

    `kind` is "message", "signal" or, for starts only, "conditional"; then `name` is the condition and `met` whether it
    held when last looked at.
    """

    __tablename__ = "subscription"
    __table_args__ = (Index("ix_subscription_kind_name_correlation", "kind", "name", "correlation"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"), index=True)
    definition_id: Mapped[int | None] = mapped_column(Key, ForeignKey("definition.id"), index=True)
    holder_id: Mapped[int] = mapped_column(default=0)
    node_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(400))
    correlation: Mapped[str | None] = mapped_column(String(400))
    met: Mapped[bool] = mapped_column(default=False)
