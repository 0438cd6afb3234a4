"""The training archive of each person (第6.2.3条, 第6.3.3条)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.clock import local
from engine.errors import ExecutionError
from engine.exams.question import number
from engine.i18n import _
from engine.models import Person, TrainingRecord

KINDS = ("training", "assessment")


class Training:
    """Writes the archive on behalf of one case."""

    def __init__(self, session: Session, instance_id: int | None, now: datetime) -> None:
        self._session = session
        self._instance_id = instance_id
        self._now = now

    def record(
        self, person: str, kind: str, title: str, result: str, score: Any = None, hours: Any = None, date: Any = None
    ) -> None:
        """One line in the archive of `person` (account): kind is training or assessment, title at most 200 characters,
        result a word such as 合格; score and hours are numbers or null; date is a date or its ISO text, null for today.
        Raises ExecutionError for an unknown account and for what is none of these."""
        person_id = self._session.scalar(select(Person.id).where(Person.account == person))
        if person_id is None:
            raise ExecutionError(_("没有账号“{account}”，不能记入培训档案。", account=person))
        self._session.execute(
            insert(TrainingRecord).values(
                person_id=person_id,
                instance_id=self._instance_id,
                created_at=self._now,
                **entry(kind, title, result, score, hours, date, self._now),
            )
        )


def entry(kind: str, title: str, result: str, score: Any, hours: Any, on: Any, now: datetime) -> dict[str, Any]:
    """The values of one line; ExecutionError when something is none of what it should be."""
    if kind not in KINDS:
        raise ExecutionError(_("培训档案只记 training 和 assessment，不记“{kind}”。", kind=kind))
    return {
        "kind": kind,
        "title": str(title)[:200],
        "result": str(result)[:40],
        "score": _number(score),
        "hours": _number(hours),
        "on": _day(on, now),
    }


def _number(value: Any) -> Decimal | None:
    found = None if value is None else number(str(value))
    if found is not None and not found.is_finite():
        raise ExecutionError(_("“{value}”不是数字，不能记入培训档案。", value=value))
    return found


def _day(value: Any, now: datetime) -> date:
    try:
        if isinstance(value, datetime):
            return local(value).date()
        return value if isinstance(value, date) else date.fromisoformat(value) if value else local(now).date()
    except (TypeError, ValueError) as error:
        raise ExecutionError(_("“{value}”不是日期，不能记入培训档案。", value=value)) from error
