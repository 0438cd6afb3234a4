"""Ten thousand open tasks, quickly: one real case, made by the real commands, whose rows are then copied in bulk.

The copies differ in number, title, initiator, holder and deadline. Their logs are copies too, so their hash chains do
not prove (a chain covers the id of its case); nothing here verifies them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.orm import Session

from engine.db import Base
from engine.models import CaseData, Event, Instance, Job, Person, SearchGram, Task, TaskCandidate
from engine.platform import Platform
from engine.search_index import grams

Row = dict[str, Any]
COPIED: tuple[type[Base], ...] = (Instance, CaseData, Task, TaskCandidate, Job, Event)
PORTION = 1000
SUBJECTS = ("终端夜间模式", "网关扩容", "能耗专题", "统一认证接口", "工单考核规则", "影像离线采集", "大屏指标口径")


def copy_case(platform: Platform, instance_id: int, count: int, prefix: str = "BG") -> None:
    """`count` copies of a case with one open task or none, their holders taken from everybody in turn."""
    with platform.database.write() as session:
        people = session.scalars(select(Person.id).order_by(Person.id)).all()
        pattern = {model: _rows(session, model, instance_id) for model in COPIED}
        ids = {model: session.scalar(select(func.max(model.__table__.c.id))) or 0 for model in (Instance, Task, Event)}
        for first in range(0, count, PORTION):
            numbers = range(first, min(first + PORTION, count))
            for model in COPIED:
                rows = [row for n in numbers for row in _copies(model, pattern, ids, n, people, prefix)]
                if rows:
                    session.connection().execute(insert(model.__table__), rows)
            index = [row for n in numbers for row in _grams(prefix, ids[Instance] + 1 + n, n)]
            session.connection().execute(insert(SearchGram.__table__), index)
        if not platform.database.is_sqlite:  # we chose ids ourselves: the next ones come after them
            for model in (Instance, Task, Event, Job):
                name = model.__tablename__
                session.execute(text(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))"))
            session.execute(text("ANALYZE"))
    platform.database.analyze()  # as it does once a day


def give_all_to(platform: Platform, account: str) -> int:
    """Make one person the holder of every open task; answers how many those are."""
    with platform.database.write() as session:
        person = session.scalar(select(Person.id).where(Person.account == account))
        session.execute(update(Task).where(Task.state == "open").values(assignee_id=person, revision=Task.revision + 1))
        return session.scalar(select(func.count(Task.id)).where(Task.state == "open")) or 0


def give_to_nobody(platform: Platform) -> None:
    """Put every open task back for its candidates to claim."""
    with platform.database.write() as session:
        session.execute(update(Task).where(Task.state == "open").values(assignee_id=None, revision=Task.revision + 1))


def _rows(session: Session, model: type[Base], instance_id: int) -> list[Row]:
    table = model.__table__
    assert isinstance(table, Table)
    key = table.c.id if model is Instance else table.c.instance_id
    return [dict(row) for row in session.execute(select(table).where(key == instance_id)).mappings()]


def _copies(
    model: type[Base],
    pattern: dict[type[Base], list[Row]],
    ids: dict[Any, int],
    n: int,
    people: Sequence[int],
    prefix: str,
) -> Iterator[Row]:
    case, task = ids[Instance] + 1 + n, ids[Task] + 1 + n
    holder = people[n % len(people)]
    rows = pattern[model]
    for position, row in enumerate(rows):
        copy = {**row, "instance_id": case}
        if model is Instance:
            copy = {**row, "id": case, "number": _number(prefix, n), "title": _title(n)}
            copy["starter_id"] = people[n * 7 % len(people)]
        elif model is Task:
            copy |= {"id": task, "assignee_id": holder, "due_at": row["due_at"] + timedelta(hours=n % 400 - 100)}
        elif model is TaskCandidate:
            copy |= {"task_id": task}
        elif model is Event:
            copy |= {"id": ids[Event] + 1 + n * len(rows) + position}
        elif model is Job:
            del copy["id"]
        yield copy
    if model is TaskCandidate and rows and holder not in {row["person_id"] for row in rows}:
        yield {**rows[0], "instance_id": case, "task_id": task, "person_id": holder}


def _number(prefix: str, n: int) -> str:
    return f"{prefix}-2025-{n + 1:05d}"


def _title(n: int) -> str:
    return f"{SUBJECTS[n % len(SUBJECTS)]}调整（第 {n // len(SUBJECTS) + 1} 批）"


def _grams(prefix: str, instance_id: int, n: int) -> Iterator[Row]:
    for gram in grams(_number(prefix, n), _title(n), "陈思远", "执法支队"):
        yield {"gram": gram, "instance_id": instance_id}
