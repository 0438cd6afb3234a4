"""挂起、恢复、终止: an administrator stops a case, lets it go on, or ends it, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, tuple_, update

from engine.casework import load_case
from engine.casework.case import CaseChange
from engine.casework.delivery import retry_messages
from engine.casework.requests import hold
from engine.casework.submission import OPINION_LIMIT, plain
from engine.errors import InvalidForm, NotNow
from engine.i18n import _
from engine.models import Instance, Job, Task
from engine.permissions import Actor, Permission
from engine.platform import Platform

_QUIET = {"synchronize_session": False}


@dataclass(frozen=True)
class Stopped:
    """What the page says."""

    instance_id: int
    message: str


def suspend_case(platform: Platform, actor: Actor, instance_id: int, reason: str) -> Stopped:
    """Nothing of the case moves until it is resumed: no task can be done, no timer fires, no job runs, no message is
    taken. Its time stands still: its tasks have no due date until then. Cases that it has called are cases of their
    own and are not stopped."""
    reason = _allowed(actor, reason)
    with platform.database.write() as session:
        change = load_case(platform, session, instance_id, actor, even_suspended=True)
        if change.instance.suspended_at is not None:
            raise NotNow(_("{number} 已经挂起。", number=change.instance.number))
        change.note("case_suspended", {"reason": reason})
        hold(change, True)
        change.save()
        _due(change, {})
        _mark(change, True)
    return Stopped(instance_id, _("{number} 已挂起。", number=change.instance.number))


def resume_case(platform: Platform, actor: Actor, instance_id: int, reason: str) -> Stopped:
    """The case goes on. The time that it stood still does not count: deadlines and timers move on by it, in working
    days or natural time as they are counted; only dates that the diagram draws stay, and fire at once if they are
    past."""
    reason = _allowed(actor, reason)
    with platform.database.write() as session:
        change = load_case(platform, session, instance_id, actor, even_suspended=True)
        if change.instance.suspended_at is None:
            raise NotNow(_("{number} 没有挂起。", number=change.instance.number))
        change.note("case_resumed", {"reason": reason})
        hold(change, False)
        _put_off(change, change.instance.suspended_at)
        retry_messages(session, instance_id, change.now)
        change.save()
        _mark(change, False)
    platform.wake()
    return Stopped(instance_id, _("{number} 已恢复办理。", number=change.instance.number))


def terminate_case(platform: Platform, actor: Actor, instance_id: int, reason: str) -> Stopped:
    """End the case at once, with all that is open in it and the cases that it has called. A case that waits for this
    one is told an error with the code "terminated"."""
    reason = _allowed(actor, reason)
    with platform.database.write() as session:
        change = load_case(platform, session, instance_id, actor, even_suspended=True)
        change.note("case_terminated", {"reason": reason})
        change.execution.terminate()
        saved = change.save()
    platform.expect(saved.next_timer)
    return Stopped(instance_id, _("{number} 已终止。", number=change.instance.number))


def _allowed(actor: Actor, reason: str) -> str:
    actor.require(Permission.REPAIR_CASES)
    reason = plain(reason)
    if not reason or len(reason) > OPINION_LIMIT:
        raise InvalidForm({"reason": _("请写明原因，最多 {n} 字。", n=OPINION_LIMIT)})
    return reason


def _put_off(change: CaseChange, since: datetime) -> None:
    """Move what is due, in the case's state, its jobs (`save` writes those that moved anew) and its tasks."""
    before = {(t.token_id, t.node_id, t.kind): t.due for t in change.execution.timers}
    change.execution.put_off(since)
    after = {(t.token_id, t.node_id, t.kind): t.due for t in change.execution.timers}
    moved = [key for key, due in after.items() if before[key] != due]
    if moved:
        outdated = delete(Job).where(
            Job.instance_id == change.instance.id, tuple_(Job.token_id, Job.node_id, Job.kind).in_(moved)
        )
        change.session.execute(outdated, execution_options=_QUIET)
    _due(change, {item.token_id: item.due for item in change.execution.work})


def _due(change: CaseChange, moments: Mapping[int, datetime | None]) -> None:
    """When the open tasks are due, by token; None for all others, so that no list counts a case late that stands
    still."""
    mine = update(Task).where(Task.instance_id == change.instance.id, Task.is_open)
    change.session.execute(mine.values(due_at=None), execution_options=_QUIET)
    for token, due in moments.items():
        if due is not None:
            change.session.execute(mine.where(Task.token_id == token).values(due_at=due), execution_options=_QUIET)


def _mark(change: CaseChange, suspended: bool) -> None:
    at = change.now if suspended else None
    marked = update(Instance).where(Instance.id == change.instance.id).values(suspended_at=at)
    change.session.execute(marked, execution_options={"synchronize_session": False})
