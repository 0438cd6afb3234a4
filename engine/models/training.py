"""The training archive of each person (第6.2.3条, 第6.3.3条)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Exact, Key, Moment


class TrainingRecord(Base):
    """One training or assessment of a person; `kind` is training or assessment, `result` a word such as 合格."""

    __tablename__ = "training_record"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    result: Mapped[str] = mapped_column(String(40))
    score: Mapped[Decimal | None] = mapped_column(Exact)
    hours: Mapped[Decimal | None] = mapped_column(Exact)
    on: Mapped[date] = mapped_column(index=True)
    instance_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
