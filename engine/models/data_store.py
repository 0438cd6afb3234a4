"""What outlives a case: the data stores that diagrams read and write."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class DataStore(Base):
    """One named store with the value last written to it (engine/typedjson.py); `written_by` is the number of the case
    that wrote it. Concurrent writers: the last one wins, as with any variable."""

    __tablename__ = "data_store"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime] = mapped_column(Moment)
    written_by: Mapped[str] = mapped_column(String(24))
