"""Reading and writing data stores, within the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from engine import typedjson
from engine.models import DataStore


def read(session: Session, name: str) -> Any:
    """What the store holds, None where nothing was ever written."""
    value = session.scalar(select(DataStore.value).where(DataStore.name == name))
    return None if value is None else typedjson.loads(value)


def write(session: Session, name: str, value: Any, number: str, now: datetime) -> None:
    """Put a value in place of what was there; `number` is that of the case that writes."""
    dialect_insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    values = {"value": typedjson.dumps(value), "written_at": now, "written_by": number}
    statement = dialect_insert(DataStore).values(name=name, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
