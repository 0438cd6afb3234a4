"""What a version starts with besides people: messages, signals, timers and conditions.

Only the version in force has any: publishing another takes the older one's away. A timer start is a job; its time is
counted from the publication, and a fixed date that has passed by then is left out. A condition is judged over the data
stores, each under its name, when one is written; it starts a case when it begins to hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from engine import bpmn, typedjson
from engine.bpmn import expressions
from engine.bpmn.cron import Cron
from engine.bpmn.moments import Amount, Cycle, When, read_cycle, read_moment
from engine.casework.awaiting import share, wake_messages
from engine.casework.change import Change
from engine.casework.requests import BLANK, add_jobs
from engine.errors import ExecutionError
from engine.i18n import _
from engine.models import DataStore, Definition, Job, JobKind, JobState, Subscription
from engine.platform import Platform

_QUIET = {"synchronize_session": False}


def open_version(
    platform: Platform, session: Session, definition_id: int, process: bpmn.Definition, now: datetime
) -> datetime | None:
    """Register what the new version in force starts with, and withdraw that of the versions before; when the first of
    its jobs is due."""
    close_versions(session, process.key)
    rows: list[dict[str, Any]] = []
    jobs: list[dict[str, Any]] = []
    for node in process.scopes[process.key].event_starts:
        for at, event in enumerate(node.events):
            of_node = {"definition_id": definition_id, "node_id": node.id}
            row = {**of_node, "holder_id": at}
            if event.kind is bpmn.EventKind.TIMER:
                first = _first(platform, node, at, now)
                if first is not None:
                    due, left = first
                    payload = typedjson.dumps({"variables": {}, "at": at, "left": left})
                    jobs.append({**BLANK, **of_node, "kind": JobKind.START, "due_at": due, "payload": payload})
            elif event.kind in (bpmn.EventKind.MESSAGE, bpmn.EventKind.SIGNAL):
                name = str(expressions.value_of(event.name or "", {}, node, lambda: now))
                rows.append({**row, "kind": event.kind.value, "name": name, "met": False})
            elif event.kind is bpmn.EventKind.CONDITIONAL and event.condition is not None:
                met = expressions.holds(event.condition, _stores(session), node, lambda: now)
                rows.append({**row, "kind": "conditional", "name": event.condition, "met": met})
    messages = {row["name"] for row in rows if row["kind"] == "message"}
    share(session, messages)
    if rows:
        session.execute(insert(Subscription), rows)
    woken = wake_messages(session, messages)
    jobs += [{**BLANK, "due_at": now, **row} for row in woken]
    if jobs:
        session.execute(insert(Job), jobs)
    return min((job["due_at"] for job in jobs), default=None)


def close_versions(session: Session, key: str) -> None:
    """No version of the procedure starts by itself any more. What was asked for already still begins."""
    versions = select(Definition.id).where(Definition.key == key)
    session.execute(delete(Subscription).where(Subscription.definition_id.in_(versions)), execution_options=_QUIET)
    timers = delete(Job).where(Job.kind == JobKind.START, Job.source_id.is_(None), Job.definition_id.in_(versions))
    session.execute(timers, execution_options=_QUIET)


def next_start(
    platform: Platform, node: bpmn.Node, at: int, due: datetime, left: int, now: datetime
) -> tuple[datetime, int] | None:
    """When a repeating timer start comes after the time `due`, and how often then; None after the last.

    `left` -1 is without end; then what was missed while nothing ran is not made up for.
    """
    cycle = read_cycle(_timer_value(node, at, now))
    if cycle is None or not left:
        return None
    moment = _after(platform, cycle.every, max(due, now) if isinstance(cycle.every, Cron) else due)
    while left < 0 and moment <= now:
        moment = _after(platform, cycle.every, moment)
    return moment, left if left < 0 else left - 1


def gather(
    session: Session, definition_id: int, node: bpmn.Node, at: int, variables: dict[str, Any], now: datetime
) -> bool:
    """One of the events of a start that needs all of them has occurred; with the last of them the case is to begin,
    with what all have brought. Until then a held job keeps what came; whether it is complete."""
    kept = session.scalar(
        select(Job)
        .where(
            Job.definition_id == definition_id,
            Job.node_id == node.id,
            Job.kind == JobKind.START,
            Job.state == JobState.HELD,
        )
        .with_for_update()
    )
    came = typedjson.loads(kept.payload) if kept is not None and kept.payload else {"variables": {}, "came": []}
    came = {"variables": {**came["variables"], **variables}, "came": sorted({*came["came"], at})}
    complete = len(came["came"]) == len(node.events)
    if kept is None:
        row = {"definition_id": definition_id, "node_id": node.id, "kind": JobKind.START, "state": JobState.HELD}
        kept = Job(**row, due_at=now)
        session.add(kept)
    kept.payload = typedjson.dumps(came)
    if complete:
        kept.state, kept.due_at = JobState.WAITING, now
    session.flush()
    return complete


def look_again(change: Change) -> bool:
    """A store was written: the conditions of starts are looked at after the commit, if there are any."""
    session = change.session
    if session.scalar(select(Subscription.id).where(Subscription.kind == "conditional").limit(1)) is None:
        return False
    return add_jobs(change, [{"source_id": change.instance.id, "kind": JobKind.CONDITION}])


def conditions_met(
    session: Session, source_id: int | None, nodes: Iterable[tuple[Subscription, bpmn.Node]], now: datetime
) -> list[dict[str, Any]]:
    """Note which conditions hold now; the jobs of the cases that start because one begins to."""
    jobs: list[dict[str, Any]] = []
    seen = _stores(session)
    for subscription, node in nodes:
        met = expressions.holds(subscription.name, seen, node, lambda: now)
        if met != subscription.met:
            change = update(Subscription).where(Subscription.id == subscription.id).values(met=met)
            session.execute(change, execution_options=_QUIET)
        if met and not subscription.met:
            start = {"definition_id": subscription.definition_id, "node_id": node.id, "source_id": source_id}
            payload = typedjson.dumps({"variables": {}, "at": subscription.holder_id})
            jobs.append({**BLANK, **start, "kind": JobKind.START, "due_at": now, "payload": payload})
    return jobs


def _stores(session: Session) -> dict[str, Any]:
    return {name: typedjson.loads(value) for name, value in session.execute(select(DataStore.name, DataStore.value))}


def _first(platform: Platform, node: bpmn.Node, at: int, now: datetime) -> tuple[datetime, int] | None:
    """When a timer start comes first, and how often after that; None where its only time has passed."""
    value = _timer_value(node, at, now)
    cycle = read_cycle(value)
    if cycle is not None:
        return _first_of_cycle(platform, cycle, now)
    when = read_moment(value)
    if when is None:
        raise ExecutionError(_("开始事件「{name}」的时间 {value} 不能识别。", name=node.name or node.id, value=value))
    if isinstance(when, datetime):
        return (when, 0) if when > now else None
    return _after(platform, when, now), 0


def _first_of_cycle(platform: Platform, cycle: Cycle, now: datetime) -> tuple[datetime, int] | None:
    due = cycle.start or _after(platform, cycle.every, now)
    left = -1 if cycle.times is None else cycle.times - 1
    while due <= now:
        if not left:
            return None
        due, left = _after(platform, cycle.every, due), left if left < 0 else left - 1
    return due, left


def _timer_value(node: bpmn.Node, at: int, now: datetime) -> Any:
    timer = node.events[at].timer
    return None if timer is None else expressions.value_of(timer.text, {}, node, lambda: now)


def _after(platform: Platform, when: When, start: datetime) -> datetime:
    if isinstance(when, Amount):
        calendar = platform.calendar
        count = calendar.add_hours if when.unit == "hour" else calendar.add_working_days
        return count(start, when.amount).at
    return when if isinstance(when, datetime) else when.after(start)
