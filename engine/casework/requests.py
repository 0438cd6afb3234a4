"""What an execution asks of the world becomes rows of its own transaction: jobs, and messages under way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from engine import bpmn, typedjson
from engine.casework.change import Change
from engine.db import table_of
from engine.models import Incident, Instance, InstanceState, Job, JobKind, JobState, Message, Subscription

_JOB = table_of(Job)
_ADD = insert(_JOB)
_OUTSIDE = (JobKind.SERVICE, JobKind.CALL, JobKind.ENDED, JobKind.RAISED)
"""Jobs that a token waits for."""


def write_requests(change: Change, requests: Iterable[bpmn.Request]) -> bool:
    """Write the requests in their order; whether anything is to be done at once after the commit."""
    rows: list[dict[str, Any]] = []
    for request in requests:
        if isinstance(request, bpmn.CancelRequest):
            kept = [row for row in rows if row.get("token_id") != request.token_id or row["kind"] not in _OUTSIDE]
            if len(kept) == len(rows):
                kept += _cancel(change, request)
            rows = kept
        else:
            rows += _rows(change, request)
    return add_jobs(change, rows)


def add_jobs(change: Change, rows: Sequence[dict[str, Any]]) -> bool:
    """Insert jobs that are due now; whether there were any."""
    if rows:
        change.session.execute(_ADD, [{**BLANK, "due_at": change.now, **row} for row in rows])
    return bool(rows)


BLANK: dict[str, Any] = {
    "instance_id": None,
    "token_id": 0,
    "node_id": "",
    "source_id": None,
    "definition_id": None,
    "message_id": None,
    "payload": None,
}
"""A job row without anything particular: rows of one statement have the same columns."""


def _rows(change: Change, request: bpmn.Request) -> list[dict[str, Any]]:
    case = change.instance.id
    match request:
        case bpmn.JobRequest():
            return [_outside(case, request.token_id, request.node.id, JobKind.SERVICE, request.inputs)]
        case bpmn.CallRequest():
            asked = {"key": request.key, "binding": request.binding, "version": request.version}
            payload = {**asked, "variables": request.variables}
            return [_outside(case, request.token_id, request.node.id, JobKind.CALL, payload)]
        case bpmn.RaiseRequest():
            return to_caller(change, request.is_error, request.code, request.message)
        case bpmn.MessageRequest():
            return [_message(change, request)]
        case bpmn.SignalRequest():
            return _signal(change, request)
    return []


def _outside(case: int, token: int, node: str, kind: JobKind, payload: Any) -> dict[str, Any]:
    return {
        "instance_id": case,
        "token_id": token,
        "node_id": node,
        "kind": kind,
        "payload": typedjson.dumps(payload),
    }


def to_caller(change: Change, is_error: bool, code: str, message: str) -> list[dict[str, Any]]:
    """The job by which the calling case learns of an error or escalation; none for a case that nobody called."""
    return _answer(change, JobKind.RAISED, {"is_error": is_error, "code": code, "message": message})


def ended(change: Change) -> list[dict[str, Any]]:
    """The job by which the calling case learns that this one has ended, with its variables."""
    return _answer(change, JobKind.ENDED, change.execution.variables)


def _answer(change: Change, kind: JobKind, payload: Any) -> list[dict[str, Any]]:
    instance = change.instance
    if instance.parent_id is None or instance.parent_token is None:
        return []
    row = _outside(instance.parent_id, instance.parent_token, "", kind, payload)
    return [{**row, "source_id": instance.id}]


def _message(change: Change, request: bpmn.MessageRequest) -> dict[str, Any]:
    expires = change.now + timedelta(days=change.platform.settings.message_days)
    message_id = change.session.scalars(
        insert(Message)
        .values(
            name=request.name,
            correlation=request.key,
            payload=typedjson.dumps(request.payload),
            sender_id=change.instance.id,
            node_id=request.node_id,
            sent_at=change.now,
            expires_at=expires,
        )
        .returning(Message.id)
    ).one()
    return {
        "instance_id": change.instance.id,
        "node_id": request.node_id,
        "kind": JobKind.MESSAGE,
        "message_id": message_id,
    }


def _signal(change: Change, request: bpmn.SignalRequest) -> list[dict[str, Any]]:
    """A job for each other case that waits for the signal now, and for each version that starts with it."""
    told = typedjson.dumps({"name": request.name, "payload": request.payload})
    waiting = (
        select(Subscription.instance_id, Subscription.definition_id, Subscription.node_id, Subscription.holder_id)
        .where(Subscription.kind == "signal", Subscription.name == request.name)
        .order_by(Subscription.id)
    )
    rows: dict[tuple[int | None, int | None, str], dict[str, Any]] = {}
    for case, definition, node, place in change.session.execute(waiting):
        if definition is not None:
            start = {"definition_id": definition, "node_id": node, "source_id": change.instance.id}
            payload = typedjson.dumps({"variables": request.payload, "at": place})
            rows[None, definition, f"{node} {place}"] = {**start, "kind": JobKind.START, "payload": payload}
        elif case != change.instance.id:
            heard = {"instance_id": case, "source_id": change.instance.id, "kind": JobKind.SIGNAL, "payload": told}
            rows.setdefault((case, None, ""), heard)
    return list(rows.values())


def _cancel(change: Change, request: bpmn.CancelRequest) -> list[dict[str, Any]]:
    """Nobody waits for that token's job any more; a case that it called is to end."""
    session, case = change.session, change.instance.id
    of_token = (Job.instance_id == case, Job.token_id == request.token_id, Job.kind.in_(_OUTSIDE))
    quiet = {"synchronize_session": False}
    gone = session.scalars(delete(Job).where(*of_token).returning(Job.id), execution_options=quiet).all()
    settle(change, gone)
    called = select(Instance.id).where(
        Instance.parent_id == case,
        Instance.parent_token == request.token_id,
        Instance.state == InstanceState.RUNNING,
    )
    return [{"instance_id": child, "kind": JobKind.TERMINATE, "source_id": case} for child in session.scalars(called)]


def settle(change: Change, jobs: Sequence[int]) -> None:
    """Incidents of jobs that are not wanted any more need nobody."""
    if not jobs:
        return
    session = change.session
    open_ones = update(Incident).where(Incident.job_id.in_(jobs), Incident.resolved_at.is_(None))
    closed = open_ones.values(resolved_at=change.now, resolution="closed")
    session.execute(closed, execution_options={"synchronize_session": False})


def hold(change: Change, held: bool) -> None:
    """Put the waiting jobs of a case aside while it is suspended, and back."""
    before, after = (JobState.WAITING, JobState.HELD) if held else (JobState.HELD, JobState.WAITING)
    moved = update(Job).where(Job.instance_id == change.instance.id, Job.state == before).values(state=after)
    change.session.execute(moved, execution_options={"synchronize_session": False})
