"""From what the engine says happened to rows: tasks, candidates, jobs, notices, the log.

Each kind of row costs one statement per transaction, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from engine import bpmn, organisation
from engine.casework import candidates, logbook, notices
from engine.casework.change import Change, LogEntry, NewTask
from engine.casework.incidents import tell_administrators
from engine.db import table_of
from engine.models import Incident, Job, Task, TaskCandidate, TaskState
from engine.organisation import Eligible, Member
from engine.prepared import Prepared

_TASK, _CANDIDATE, _JOB = table_of(Task), table_of(TaskCandidate), table_of(Job)
_OF_TOKENS = (_TASK.c.instance_id == bindparam("instance"), _TASK.c.token_id.in_(bindparam("tokens", expanding=True)))
_CANCEL = (
    update(_TASK)
    .where(*_OF_TOKENS, _TASK.c.state == TaskState.OPEN)
    .values(state=TaskState.CANCELLED, completed_at=bindparam("at"))
)
_OF_TOKEN = select(_TASK.c.id).where(
    _TASK.c.instance_id == bindparam("instance"), _TASK.c.token_id == bindparam("token")
)
_CLOSE_ONE = Prepared(update(_CANDIDATE).where(_CANDIDATE.c.task_id == _OF_TOKEN.scalar_subquery()).values(open=False))
_CLOSE = update(_CANDIDATE).where(_CANDIDATE.c.task_id.in_(select(_TASK.c.id).where(*_OF_TOKENS))).values(open=False)
_OPEN = insert(_TASK).returning(_TASK.c.id, sort_by_parameter_order=True)
_OPEN_ONE = Prepared(insert(_TASK).returning(_TASK.c.id))
_ASK = Prepared(insert(_CANDIDATE))
_ARM = Prepared(insert(_JOB))
_DISARM = Prepared(
    delete(_JOB).where(
        _JOB.c.instance_id == bindparam("instance"),
        _JOB.c.token_id == bindparam("token"),
        _JOB.c.node_id == bindparam("node"),
        _JOB.c.kind == bindparam("of_kind"),
    )
)


def write_tasks(change: Change, happenings: Sequence[bpmn.Happening]) -> list[NewTask]:
    """Close the rows of tokens that are gone, open rows for new ones with their candidates."""
    _close(
        change, _tasks_of(change, happenings, "activity_cancelled"), _tasks_of(change, happenings, "activity_completed")
    )
    started = {h.token_id for h in happenings if h.kind == "activity_started"}
    work = change.execution.items(started)
    if not work:
        return []
    requests = [candidates.request_of(change.execution, item) for item in work]
    eligible = organisation.resolve(change.session, requests)
    timers = change.execution.timers_of(started)
    guessed = {timer.token_id for timer in timers if timer.provisional and timer.kind == "overdue"}
    holders = [_holder(change, item, found) for item, found in zip(work, eligible, strict=True)]
    rows = [
        _task_row(change, item, found, holder, item.token_id in guessed)
        for item, found, holder in zip(work, eligible, holders, strict=True)
    ]
    ids = _keep(change, rows)
    opened = [
        NewTask(task_id, item.node.name, item, found.members, holder, found.nobody)
        for task_id, item, found, holder in zip(ids, work, eligible, holders, strict=True)
    ]
    asked = [
        {"task_id": task.id, "person_id": member.id, "instance_id": change.instance.id}
        for task in opened
        for member in task.members
    ]
    if asked:
        _ASK.run_each(change.session, asked)
    _report_nobody(change, opened)
    return opened


def _keep(change: Change, rows: Sequence[dict[str, Any]]) -> Sequence[int]:
    """The ids of the new rows, in their order."""
    if len(rows) == 1:
        return [row[0] for row in _OPEN_ONE.fetch(change.session, rows[0])]
    return change.session.scalars(_OPEN, rows).all()


def _tasks_of(change: Change, happenings: Sequence[bpmn.Happening], kind: str) -> list[int]:
    """The tokens that left a user task this way."""
    nodes = change.deployed.process.nodes
    return [h.token_id for h in happenings if h.kind == kind and nodes[h.node_id].kind is bpmn.NodeKind.USER_TASK]


def _close(change: Change, cancelled: Sequence[int], completed: Sequence[int]) -> None:
    session, instance_id = change.session, change.instance.id
    if cancelled:
        session.execute(_CANCEL, {"instance": instance_id, "tokens": list(cancelled), "at": change.now})
    gone = [*cancelled, *completed]
    if len(gone) == 1:
        _CLOSE_ONE.run(session, {"instance": instance_id, "token": gone[0]})
    elif gone:
        session.execute(_CLOSE, {"instance": instance_id, "tokens": gone})


def _holder(change: Change, item: bpmn.WorkItem, found: Eligible) -> Member | None:
    """Who need not claim the task: the only one eligible, or who did this step before and is given it back."""
    if len(found.members) == 1:
        return found.members[0]
    preferred = change.prefer.get(item.node.id)
    return next((member for member in found.members if member.id == preferred), None)


def _task_row(
    change: Change, item: bpmn.WorkItem, found: Eligible, holder: Member | None, provisional: bool
) -> dict[str, Any]:
    deadline = item.node.deadline
    return {
        "instance_id": change.instance.id,
        "definition_id": change.instance.definition_id,
        "key": change.instance.key,
        "node_id": item.node.id,
        "name": item.node.name,
        "token_id": item.token_id,
        "activity_id": item.activity_id,
        "state": TaskState.OPEN,
        "assignee_id": holder.id if holder else None,
        "nobody": found.nobody,
        "created_at": change.now,
        "due_at": item.due,
        "due_unit": deadline.unit if deadline else "workday",
        "due_provisional": provisional,
    }


def _report_nobody(change: Change, opened: Iterable[NewTask]) -> None:
    """An incident for each step whose rule found nobody; where no fallback stands in either, the administrators are
    told at once."""
    alone = [task for task in opened if task.nobody]
    rows = [
        {
            "instance_id": change.instance.id,
            "node_id": task.work.node.id,
            "kind": "nobody",
            "message": notices.nobody_text(task.name, bool(task.members)),
            "created_at": change.now,
        }
        for task in alone
    ]
    if rows:
        change.session.execute(insert(Incident), rows)
    for task, row in zip(alone, rows, strict=True):
        if not task.members:
            text = f"{change.instance.title}（{change.instance.number}）：{row['message']}"
            tell_administrators(change.session, change.instance.id, text, change.now)


def write_jobs(change: Change, happenings: Sequence[bpmn.Happening]) -> datetime | None:
    """Mirror the engine's timers as rows: those that ended go, those that are new come; the earliest new due time.

    Where several timers of one event share a row it names the next one of them.
    """
    gone = {(h.token_id, h.node_id, h.data["kind"]) for h in happenings if h.kind == "timer_cancelled"}
    armed = {(h.token_id, h.node_id, h.data["kind"]) for h in happenings if h.kind == "timer_armed"} | change.fired
    if gone:
        names = ("instance", "token", "node", "of_kind")
        _DISARM.run_each(
            change.session, [dict(zip(names, (change.instance.id, *one), strict=True)) for one in sorted(gone)]
        )
    holders = sorted({holder for holder, _node, _kind in armed})
    rows: dict[tuple[int, str, str], dict[str, Any]] = {}
    for timer in change.execution.timers_of(holders):  # by due time: the next of a row comes first
        key = (timer.token_id, timer.node_id, timer.kind)
        if key in armed:
            rows.setdefault(key, _timer_row(change, timer))
    if rows:
        _ARM.run_each(change.session, list(rows.values()))
    return min((row["due_at"] for row in rows.values()), default=None)


def _timer_row(change: Change, timer: bpmn.Timer) -> dict[str, Any]:
    return {
        "instance_id": change.instance.id,
        "token_id": timer.token_id,
        "node_id": timer.node_id,
        "kind": timer.kind,
        "due_at": timer.due,
        "provisional": timer.provisional,
    }


def write_notices(change: Change, happenings: Sequence[bpmn.Happening], opened: Sequence[NewTask]) -> None:
    """Tell people what concerns them."""
    notices.send(change, happenings, opened)


def write_log(change: Change, happenings: Sequence[bpmn.Happening]) -> dict[str, Any]:
    """Append to the case's chain; returns the new tip (`event_seq`, `event_head`) for the instance row."""
    entries = [
        *change.log,
        *(LogEntry(h.kind, h.node_id, h.token_id, h.data) for h in happenings),
        *(LogEntry(kind, node_id, 0, payload) for kind, node_id, payload in change.services.noted),
    ]
    change.log.clear()
    change.services.noted.clear()
    return logbook.append(
        change.session, change.instance, entries, change.actor.id if change.actor else None, change.now
    )
