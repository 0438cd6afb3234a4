"""Rights of an account that a case has restricted (第3.3.3条)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class Restriction(Base):
    """A person may only finish what is his: by which case, why, since when. The row goes when that case lifts it; the
    case's log keeps both."""

    __tablename__ = "restriction"
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), primary_key=True)
    instance_id: Mapped[int] = mapped_column(Key, ForeignKey("instance.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(400))
    since: Mapped[datetime] = mapped_column(Moment)
