"""Opening a task for an act: it must exist, be open and be this person's; exactly one of two people wins."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from engine.casework.case import CaseChange, change_of
from engine.clock import local
from engine.db import table_of
from engine.errors import NotFound, Stale, TaskTaken
from engine.i18n import _
from engine.models import Department, Draft, Instance, Person, Task, TaskCandidate, TaskState
from engine.permissions import Actor
from engine.platform import Platform

_CANDIDATE, _DRAFT = table_of(TaskCandidate), table_of(Draft)
_ASKED = exists().where(_CANDIDATE.c.task_id == bindparam("task"), _CANDIDATE.c.person_id == bindparam("person"))
_DRAFTED = exists().where(_DRAFT.c.task_id == bindparam("task"), _DRAFT.c.person_id == bindparam("person"))
_WITH_CASE = (
    select(Task, Instance, _ASKED, _DRAFTED)
    .join(Instance, Task.instance_id == Instance.id)
    .where(Task.id == bindparam("task"))
    # the case first: whoever holds it may change its tasks, so nobody waits for it with a task in his hand
    .with_for_update(of=(Instance, Task), key_share=True)
)


def open_task(
    platform: Platform, session: Session, actor: Actor, task_id: int, revision: int | None = None
) -> tuple[Task, CaseChange]:
    """The open task and its case, locked for change by this person.

    Raises `NotFound` for a task that does not exist or never was this person's (the answer is the same), `TaskTaken`
    when it is finished or claimed by another, `Forbidden` when it is nobody's yet and this person may
    claim nothing, `Stale` when the page is older than a claim or transfer.
    """
    row = session.execute(_WITH_CASE, {"task": task_id, "person": actor.id}).first()
    if row is None:
        raise unknown_task()
    task, instance, asked, drafted = row
    _require_mine(session, actor, task, asked)
    if revision is not None and revision != task.revision:
        raise Stale(_("页面打开后，这件事项的办理人有过变动。内容没有提交，已为你保留，请刷新后再办理。"))
    change = change_of(platform, session, instance, actor)
    change.drafted = drafted
    return task, change


def _require_mine(session: Session, actor: Actor, task: Task, asked: bool) -> None:
    if task.state == TaskState.OPEN and task.assignee_id == actor.id:
        return
    if not asked:
        raise unknown_task()
    if task.state != TaskState.OPEN or task.assignee_id is not None:
        raise TaskTaken(taken_note(session, task))
    actor.require_full_rights()


def taken_note(session: Session, task: Task) -> str:
    """One sentence: who finished, claimed or ended the task, and when; or that it waits for somebody to claim it."""
    person_id = task.completed_by if task.state == TaskState.COMPLETED else task.assignee_id
    who = _name(session, person_id)
    if task.state == TaskState.COMPLETED and task.completed_at:
        at = f"{local(task.completed_at):%Y-%m-%d %H:%M}"
        return _("{who}已于 {at} 办理：{act}。", who=who, at=at, act=task.action_label or _("提交"))
    if task.state == TaskState.CANCELLED and task.completed_at:
        at = f"{local(task.completed_at):%Y-%m-%d %H:%M}"
        return _("流程已于 {at} 走向别处，这一环节不再需要办理。", at=at)
    if person_id is None:
        return _("这件事项还没有人认领。")
    return _("{who}已认领这件事项。", who=who)


def _name(session: Session, person_id: int | None) -> str:
    found = session.execute(
        select(Person.name, Department.name)
        .join(Department, Person.department_id == Department.id)
        .where(Person.id == person_id)
    ).first()
    return f"{found[0]}（{found[1]}）" if found else _("别人")


def unknown_task() -> NotFound:
    """One answer for what is not there and what is not theirs: it tells nobody which tasks exist."""
    return NotFound(_("没有这件事项，或它不由你办理。"))
