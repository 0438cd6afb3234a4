"""Figures of days that are over: what managers' pages would otherwise count anew from everything that ever happened."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base


class DayFigure(Base):
    """One day (of Asia/Shanghai) of one procedure (`key`), of one step of it (`key` and `node_id`; a subprocess is one
    too) or of one department (`department_id`); nought and "" mean "not by this". The row with none of them only says
    that the day is closed: there is one for every day from the first case on. See engine/figures.py for what counts.
    """

    __tablename__ = "day_figure"
    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    node_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    department_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    begun: Mapped[int] = mapped_column(default=0)
    finished: Mapped[int] = mapped_column(default=0)
    limited: Mapped[int] = mapped_column(default=0)
    late: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
