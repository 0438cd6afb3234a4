"""Notices inside the platform."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.models import Notification, Person


class Notify:
    """Sends notices about one case."""

    def __init__(self, session: Session, instance_id: int, now: datetime) -> None:
        self._session = session
        self._instance_id = instance_id
        self._now = now

    def send(self, accounts: Iterable[str], text: str) -> None:
        """One notice (at most 400 characters) to each account; unknown and inactive accounts are passed over."""
        ids = self._session.scalars(select(Person.id).where(Person.account.in_(set(accounts)), Person.active)).all()
        rows = [
            {
                "person_id": person_id,
                "instance_id": self._instance_id,
                "kind": "notice",
                "text": text[:400],
                "created_at": self._now,
            }
            for person_id in ids
        ]
        if rows:
            self._session.execute(insert(Notification), rows)
