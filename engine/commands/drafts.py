"""草稿: keep and drop what a person typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from engine.casework.drafts import write_draft
from engine.errors import Invalid, NotFound
from engine.i18n import _
from engine.jsondata import dump
from engine.models import Draft, Task, TaskCandidate
from engine.permissions import Actor
from engine.platform import Platform

LIMIT = 256 * 1024
"""Largest draft in bytes."""


def save_draft(
    platform: Platform, actor: Actor, key: str | None, task_id: int | None, content: Mapping[str, Any]
) -> datetime:
    """Keep the draft for starting `key` or for a task; returns when. It is kept also after another took the task."""
    try:
        size = len(dump(dict(content)))
    except (TypeError, RecursionError) as error:  # half a character pair, or nested without end
        raise Invalid(_("草稿里有无法保存的字符，没有存上。请删去后再试。")) from error
    if size > LIMIT:
        raise Invalid(_("草稿太大，没有存上。请把长内容放进附件。"))
    now = platform.clock.now()
    with platform.database.write() as session:
        if task_id is not None:
            asked = (
                select(Task.key)
                .join(TaskCandidate, TaskCandidate.task_id == Task.id)
                .where(Task.id == task_id, TaskCandidate.person_id == actor.id)
            )
            key = session.scalar(asked)
        if key is None:
            raise NotFound(_("没有这件事项，或它不由你办理。"))
        platform.deployments.live(session, key)
        write_draft(session, actor.id, key, task_id or 0, content, now)
    return now


def discard_draft(platform: Platform, actor: Actor, key: str, task_id: int | None) -> None:
    """Drop a draft; nothing happens when there is none."""
    with platform.database.write() as session:
        session.execute(
            delete(Draft).where(Draft.person_id == actor.id, Draft.key == key, Draft.task_id == (task_id or 0))
        )
