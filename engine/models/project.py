"""Construction projects, their baselines (第2.2.3条: what an approved change changes) and acceptance (第2.3.1条)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Exact, Key, Moment


class Project(Base):
    """A project with its baseline in force; amounts in 万元. `revision` counts the baselines.

    `acceptance_result` is the last one (通过, 整改后通过, 不通过), none before the first acceptance. `accepted_on` and
    `certificate` (its number) are there once it is accepted; `acceptance_from` is the first day on which a project that
    has failed may be put forward again. `accepting` is the number of the case that put it forward last, running or
    not.
    """

    __tablename__ = "project"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    contract_amount: Mapped[Decimal] = mapped_column(Exact)
    reserve: Mapped[Decimal] = mapped_column(Exact)
    end_date: Mapped[date]
    scope: Mapped[str] = mapped_column(Text)
    contractor_code: Mapped[str] = mapped_column(String(40))
    owner_code: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(default=1)
    acceptance_result: Mapped[str | None] = mapped_column(String(20))
    accepted_on: Mapped[date | None]
    certificate: Mapped[str | None] = mapped_column(String(40))
    acceptance_from: Mapped[date | None]
    accepting: Mapped[str | None] = mapped_column(String(24))


class ProjectBaseline(Base):
    """One earlier or present baseline, and the case that made it (none for the contract's own)."""

    __tablename__ = "project_baseline"
    __table_args__ = (UniqueConstraint("project_id", "revision"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    project_id: Mapped[int] = mapped_column(Key, ForeignKey("project.id"))
    revision: Mapped[int]
    contract_amount: Mapped[Decimal] = mapped_column(Exact)
    reserve: Mapped[Decimal] = mapped_column(Exact)
    end_date: Mapped[date]
    scope: Mapped[str] = mapped_column(Text)
    instance_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
