"""催办: remind whoever holds a case."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from engine.casework import load_case
from engine.errors import NotNow
from engine.i18n import _, in_source_language
from engine.models import Event, Instance, Notification, Task, TaskCandidate
from engine.permissions import Actor, Permission
from engine.platform import Platform

PAUSE = timedelta(minutes=30)
"""A case is urged at most this often: more would be noise."""


def urge_case(platform: Platform, actor: Actor, instance_id: int) -> int:
    """Notify the holders (or all candidates) of every open task; returns how many people were told.

    Only the initiator and managers may (`NotFound` for others); `NotNow` within half an hour of the last time.
    """
    with platform.database.write() as session:
        change = load_case(platform, session, instance_id, actor, lambda instance: _may_urge(actor, instance))
        urged = select(Event.at).where(Event.instance_id == instance_id, Event.kind == "case_urged")
        last = session.scalar(urged.order_by(Event.seq.desc()).limit(1))
        if last is not None and change.now - last < PAUSE:
            minutes = -(-(PAUSE - (change.now - last)).seconds // 60)
            raise NotNow(_("刚催办过，{n} 分钟后可以再催。", n=minutes))
        is_open = Task.is_open
        asked = (
            select(Task.id, Task.name, Task.assignee_id, TaskCandidate.person_id)
            .join(TaskCandidate, TaskCandidate.task_id == Task.id)
            .where(Task.instance_id == instance_id, is_open)
        )
        told = {
            (task_id, name, person_id)
            for task_id, name, assignee_id, person_id in session.execute(asked)
            if assignee_id in (None, person_id) and person_id != actor.id
        }
        with in_source_language():
            rows = [
                {
                    "person_id": person_id,
                    "instance_id": instance_id,
                    "task_id": task_id,
                    "kind": "urge",
                    "text": _(
                        "{who}（{home}）催办：{title}，环节“{step}”",
                        who=actor.name,
                        home=actor.department,
                        title=change.instance.title,
                        step=name,
                    )[:400],
                    "created_at": change.now,
                }
                for task_id, name, person_id in sorted(told)
            ]
        if rows:
            session.execute(insert(Notification), rows)
        session.execute(
            update(Task)
            .where(Task.instance_id == instance_id, is_open)
            .values(urged=Task.urged + 1)
            .execution_options(synchronize_session=False)
        )
        people = len({row["person_id"] for row in rows})
        change.note("case_urged", {"people": people})
        change.save()
    return people


def _may_urge(actor: Actor, instance: Instance) -> bool:
    return instance.starter_id == actor.id or actor.can(Permission.SEE_ALL_CASES)
