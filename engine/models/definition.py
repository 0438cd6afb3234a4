"""What is deployed: a diagram with its forms and decision tables, pinned together, unchangeable once there."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class DefinitionStatus(StrEnum):
    """Life of a version."""

    LIVE = "live"  # new cases start on it
    RETIRED = "retired"  # a newer version took its place; running cases stay on it


class Deployment(Base):
    """One act of deploying; `content_hash` covers every part, so the same files are never deployed twice."""

    __tablename__ = "deployment"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(60), index=True)
    source: Mapped[str] = mapped_column(String(10))  # "files" or "browser"
    content_hash: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))


class Definition(Base):
    """A version of a procedure: the diagram's bytes and what lists need of it."""

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("key", "version"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    deployment_id: Mapped[int] = mapped_column(Key, ForeignKey("deployment.id"))
    name: Mapped[str] = mapped_column(String(80))
    prefix: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10))
    bpmn: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Resource(Base):
    """A form or a decision file of a deployment."""

    __tablename__ = "resource"
    __table_args__ = (UniqueConstraint("deployment_id", "kind", "name"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    deployment_id: Mapped[int] = mapped_column(Key, ForeignKey("deployment.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # "form" or "decision"
    name: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary)
