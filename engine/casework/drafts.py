"""Drafts: what a person typed and has not sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from engine.jsondata import dump
from engine.models import Draft


def write_draft(
    session: Session, person_id: int, key: str, task_id: int, content: Mapping[str, Any], now: datetime
) -> None:
    """Keep the draft of a person for a task, or for starting `key` when `task_id` is 0; one each, the newest wins."""
    dialect_insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    values = {"content": dump(dict(content)), "updated_at": now}
    statement = dialect_insert(Draft).values(person_id=person_id, key=key, task_id=task_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["person_id", "key", "task_id"], set_=values))
