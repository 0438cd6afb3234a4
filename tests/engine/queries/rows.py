"""Rows made by hand: cases and tasks as the tests want to find them, without running a procedure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from engine.clock import LOCAL
from engine.models import (
    Definition,
    Incident,
    Instance,
    InstanceState,
    Person,
    SearchGram,
    Task,
    TaskCandidate,
    TaskState,
)
from engine.platform import Platform
from engine.search_index import grams

KEY = "change_approval"


def at(day: int, hour: int = 9, minute: int = 30, month: int = 11) -> datetime:
    """A moment of 2026 in Shanghai; 6 November is the Friday on which the tests' clock stands."""
    return datetime(2026, month, day, hour, minute, tzinfo=LOCAL)


class Rows:
    """Writes rows and remembers the people by account."""

    def __init__(self, platform: Platform) -> None:
        self._database = platform.database
        with self._database.read() as session:
            people = session.execute(select(Person.account, Person.id, Person.department_id, Person.name)).all()
            self.definition_id = session.scalars(select(Definition.id).where(Definition.key == KEY)).one()
        self.people = {account: person_id for account, person_id, _home, _name in people}
        self._homes = {account: home for account, _id, home, _name in people}
        self._names = {account: name for account, _id, _home, name in people}
        self._count = 0
        self._token = 0

    def case(
        self,
        title: str = "机房扩容",
        *,
        starter: str = "chensiyuan",
        started: datetime | None = None,
        ended: datetime | None = None,
        outcome: str = "completed",
        late: bool = False,
    ) -> int:
        """A case; running unless it has an end. Returns its id."""
        self._count += 1
        number = f"BG-2026-{self._count:04d}"
        values = {
            "number": number,
            "key": KEY,
            "definition_id": self.definition_id,
            "title": title,
            "starter_id": self.people[starter],
            "starter_department_id": self._homes[starter],
            "state": InstanceState.COMPLETED if ended else InstanceState.RUNNING,
            "outcome": outcome if ended else "",
            "started_at": started or at(2),
            "ended_at": ended,
            "was_late": late,
        }
        with self._database.write() as session:
            instance_id = session.scalars(insert(Instance).returning(Instance.id).values(**values)).one()
            index = [{"gram": g, "instance_id": instance_id} for g in grams(number, title, self._names[starter])]
            session.execute(insert(SearchGram), index)
        return instance_id

    def task(
        self,
        instance_id: int,
        node: str = "review_necessity",
        name: str = "必要性审查",
        *,
        holder: str | None = "hejing",
        candidates: tuple[str, ...] = (),
        arrived: datetime | None = None,
        due: datetime | None = None,
        unit: str = "workday",
        done: datetime | None = None,
        kind: str = "approve",
        activity: int | None = None,
        cancelled: bool = False,
    ) -> int:
        """A task; open unless it was done. `activity` groups the tasks of one 会签. Returns its id."""
        self._token += 1
        state = TaskState.CANCELLED if cancelled else TaskState.COMPLETED if done else TaskState.OPEN
        finished = state == TaskState.COMPLETED
        values: dict[str, Any] = {
            "instance_id": instance_id,
            "definition_id": self.definition_id,
            "key": KEY,
            "node_id": node,
            "name": name,
            "token_id": self._token,
            "activity_id": activity or self._token,
            "state": state,
            "assignee_id": self.people[holder] if holder else None,
            "created_at": arrived or at(2),
            "due_at": due,
            "due_unit": unit,
            "completed_at": done,
            "completed_by": self.people[holder] if finished and holder else None,
            "action_kind": kind if finished else "",
            "late": bool(due and done and done > due),
        }
        with self._database.write() as session:
            task_id = session.scalars(insert(Task).returning(Task.id).values(**values)).one()
            for account in candidates or ((holder,) if holder else ()):
                row = {"task_id": task_id, "person_id": self.people[account], "instance_id": instance_id}
                session.execute(insert(TaskCandidate).values(**row, open=state == TaskState.OPEN))
        return task_id

    def urge(self, task_id: int) -> None:
        """Somebody has asked for it."""
        with self._database.write() as session:
            session.execute(update(Task).where(Task.id == task_id).values(urged=1))

    def incident(self, instance_id: int, message: str) -> None:
        """An unsettled incident."""
        values = {"instance_id": instance_id, "node_id": "x", "kind": "handler", "message": message}
        with self._database.write() as session:
            session.execute(insert(Incident).values(**values, created_at=at(5)))
