"""The append-only log: one hash chain per case (see engine/audit.py), and who signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class Event(Base):
    """One thing that happened in a case. `hash` covers the previous hash, the facts and `payload_hash`; so the payload
    can be erased (personal data) and the chain still proves itself. Triggers forbid any other change."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("instance_id", "seq"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(40))
    node_id: Mapped[str] = mapped_column(String(120), default="")
    token_id: Mapped[int] = mapped_column(default=0)
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    payload_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class SignIn(Base):
    """A sign-in or a refused try: time and address, for the security audit."""

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    account: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(60))
    result: Mapped[str] = mapped_column(String(20))


class Installation(Base):
    """The one row that says what this installation is: "demo" or "real"."""

    __tablename__ = "installation"
    id: Mapped[int] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Moment)
