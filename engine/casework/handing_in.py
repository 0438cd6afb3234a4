"""到时交卷: the time of a task is over, and what its person has saved so far goes on with the case.

Declared in the diagram (`guicheng:onTimeout="draft"` on a user task with an interrupting timer on its border); it holds
for any form. Fields that the form would refuse are left empty: nobody is there to mend them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, update

from engine import bpmn
from engine.casework.case import CaseChange
from engine.casework.submission import salvage
from engine.jsondata import dump, load
from engine.models import Attachment, Draft, Task

_QUIET = {"synchronize_session": False}


def hand_in_drafts(change: CaseChange) -> None:
    """From now on the case takes the drafts of tasks whose time ends."""
    change.execution.draft_of = lambda token_id, node: _draft_of(change, token_id, node)


def _draft_of(change: CaseChange, token_id: int, node: bpmn.Node) -> dict[str, Any]:
    """The variables that the draft makes; those of an empty form when nothing was saved."""
    form = change.deployed.form_of(node.id)
    if form is None:
        return {}
    session = change.session
    mine = (Task.instance_id == change.instance.id, Task.token_id == token_id, Task.is_open)
    task = session.scalar(select(Task).where(*mine).order_by(Task.id.desc()))
    content = _newest(change, task) if task is not None else {}
    data = content.get("data")
    variables: dict[str, Any] = salvage(
        session, form, data if isinstance(data, Mapping) else {}, change.now, change.execution.variables_of(token_id)
    )
    if task is not None and content:
        kept = {"data": dump(dict(data) if isinstance(data, Mapping) else {})}
        session.execute(update(Task).where(Task.id == task.id).values(**kept), execution_options=_QUIET)
        session.execute(delete(Draft).where(Draft.task_id == task.id), execution_options=_QUIET)
    change.note("draft_handed_in", {"saved": bool(content)}, node.id, token_id)
    return variables


def _newest(change: CaseChange, task: Task) -> dict[str, Any]:
    """The draft of whoever has the task; of nobody's task the one that was saved last. Its files join the case."""
    session = change.session
    drafts = session.execute(
        select(Draft.person_id, Draft.content).where(Draft.task_id == task.id).order_by(Draft.updated_at.desc())
    ).all()
    own = [row for row in drafts if row.person_id == task.assignee_id] or (drafts if task.assignee_id is None else [])
    if not own:
        return {}
    content: dict[str, Any] = load(own[0].content)
    files = [one for one in content.get("attachments") or [] if isinstance(one, int)]
    if files:
        free = (Attachment.id.in_(files), Attachment.uploaded_by == own[0].person_id, Attachment.instance_id.is_(None))
        bound = update(Attachment).where(*free).values(instance_id=change.instance.id, task_id=task.id)
        session.execute(bound, execution_options=_QUIET)
    return content
