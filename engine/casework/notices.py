"""Who is told what when a case moves (UI.md §6: subject is a person or a thing, exact, and what to do)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from engine import bpmn, organisation
from engine.casework import candidates
from engine.casework.change import Change, NewTask
from engine.db import table_of
from engine.i18n import N_, _, in_source_language
from engine.models import Department, Notification, Person, Task, TaskCandidate
from engine.organisation import CandidateRequest
from engine.prepared import Prepared

_TELL = Prepared(insert(table_of(Notification)))

OUTCOME_WORDS = {
    "completed": N_("已办结"),
    "rejected": N_("已驳回"),
    "withdrawn": N_("已撤销"),
    "rolled_back": N_("已回退"),
    "lapsed": N_("逾期未补正，已失效"),
    "cancelled": N_("已取消"),
    "failed": N_("因错误结束"),
    "terminated": N_("已终止"),
}


@in_source_language()
def nobody_text(step: str, has_fallback: bool) -> str:
    """The incident's text when a candidate rule finds no one."""
    if has_fallback:
        return _("环节“{step}”按规则无人可办，已交备用办理人。请补充人员或角色。", step=step)
    return _("环节“{step}”无人可办。请补充人员或角色后转办。", step=step)


def task_text(case: str, step: str) -> str:
    """To whom a task was given."""
    return _("{case}：请办理“{step}”", case=case, step=step)


def remind_text(case: str, step: str) -> str:
    """Before the deadline of a task."""
    return _("{case}：环节“{step}”即将到期，请尽快办理", case=case, step=step)


def late_text(case: str, step: str) -> str:
    """After the deadline of a task."""
    return _("{case}：环节“{step}”已超期", case=case, step=step)


def end_text(case: str, outcome: str | None) -> str:
    """To whoever started the case, at its end."""
    return _("{case}{outcome}", case=case, outcome=_(OUTCOME_WORDS.get(outcome or "completed", "已办结")))


@in_source_language()
def send(change: Change, happenings: Sequence[bpmn.Happening], opened: Sequence[NewTask]) -> None:
    """Write the notices of one transaction: tasks that arrived, reminders, deadlines passed, the end of the case."""
    rows: list[dict[str, Any]] = []
    case = f"{change.instance.title}（{change.instance.number}）"
    for task in opened:
        if task.holder is not None and (change.actor is None or task.holder.id != change.actor.id):
            text = task_text(case, task.name)
            rows.append(_row(change, task.holder.id, "task", text, task.id))
    for happening in happenings:
        if happening.kind in ("reminder_due", "deadline_passed"):
            rows += _deadline_rows(change, happening, case)
    if change.execution.state in ("completed", "failed", "terminated"):
        state = change.execution.state
        text = end_text(case, change.execution.outcome if state == "completed" else state)
        rows.append(_row(change, change.instance.starter_id, "case", text))
    if rows:
        _TELL.run_each(change.session, rows)


def _row(change: Change, person_id: int, kind: str, text: str, task_id: int | None = None) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "instance_id": change.instance.id,
        "task_id": task_id,
        "kind": kind,
        "text": text[:400],
        "created_at": change.now,
    }


def _deadline_rows(change: Change, happening: bpmn.Happening, case: str) -> list[dict[str, Any]]:
    """A reminder goes to whoever holds the task; a passed deadline also to whom the diagram escalates."""
    session, node = change.session, change.deployed.process.nodes[happening.node_id]
    task = session.execute(
        select(Task.id, Task.assignee_id).where(
            Task.instance_id == change.instance.id, Task.token_id == happening.token_id
        )
    ).first()
    if task is None:
        return []
    task_id, assignee_id = task
    holders = (
        [assignee_id]
        if assignee_id
        else list(session.scalars(select(TaskCandidate.person_id).where(TaskCandidate.task_id == task_id)))
    )
    if happening.kind == "reminder_due":
        text = remind_text(case, node.name)
        return [_row(change, person, "remind", text, task_id) for person in holders]
    text = late_text(case, node.name)
    superiors = [] if node.deadline is None else _superiors(change, happening, holders, node.deadline.escalate)
    told = dict.fromkeys([*holders, *superiors])
    return [_row(change, person, "late", text, task_id) for person in told]


def _superiors(change: Change, happening: bpmn.Happening, holders: Sequence[int], escalate: str | None) -> list[int]:
    if not escalate:
        return []
    if escalate == "leader":  # of the holders' departments
        statement = select(Department.leader_id).join(Person, Person.department_id == Department.id)
        found = change.session.scalars(statement.where(Person.id.in_(holders), Department.leader_id.is_not(None)))
        return list(dict.fromkeys(leader for leader in found if leader is not None))
    rule, _sep, value = escalate.partition(":")
    alive = change.execution.is_alive(happening.token_id)
    values = candidates.values_of(change.execution, value, happening.token_id if alive else None)
    return [member.id for member in organisation.resolve(change.session, [CandidateRequest(rule, values)])[0].members]
