"""What must hold of the payments when all have ended, read from the database and from what was done outside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from engine import typedjson
from engine.commands.verify_log import verify_log
from engine.jsondata import load
from engine.models import (
    CaseData,
    Event,
    Incident,
    Instance,
    InstanceState,
    Job,
    Message,
    Notification,
    NumberSequence,
    Subscription,
    Task,
    TaskState,
)
from engine.platform import Platform
from tests.crash.traffic import ANSWER, FILING, PAYMENT, Journal


def check(platform: Platform, journal: Journal) -> None:
    """Every case has ended, every effect is there once for its key, nothing is left over, numbers and log are whole."""
    report = verify_log(platform)
    assert report.sound, report.breaks
    _nothing_is_left(platform)
    with platform.database.read() as session:
        cases = session.scalars(select(Instance).order_by(Instance.id)).all()
        counted = {row.prefix: row.last for row in session.scalars(select(NumberSequence)).all()}
        marks = {row.instance_id: str(typedjson.loads(row.data)) for row in session.scalars(select(CaseData)).all()}
    of = defaultdict[str, list[Instance]](list)
    for case in cases:
        of[case.key].append(case)
    assert {(case.state, case.outcome) for case in cases} == {(InstanceState.COMPLETED, "completed")}
    _gap_free((case.number for case in cases), counted)
    payments = {case.id for case in of[PAYMENT]}
    assert Counter(case.parent_id for case in of[ANSWER]) == Counter(payments), "every payment called once"
    _one_filing_each(marks, of[PAYMENT], of[FILING])
    _one_way_each(platform, payments)
    _effects(platform, journal, {case.number for case in of[PAYMENT]})
    _acknowledged(platform, journal, payments)


def _nothing_is_left(platform: Platform) -> None:
    waiting = Subscription.instance_id.is_not(None)  # what versions start with stays
    leftovers = (
        select(Job.kind, Job.state, Job.last_error),
        select(Message.name),
        select(Incident.message),
        select(Subscription.name).where(waiting),
        select(Task.node_id).where(Task.state == TaskState.OPEN),
        select(Event.payload).where(Event.kind == "job_failed"),
    )
    with platform.database.read() as session:
        for asked in leftovers:
            assert not session.execute(asked).all(), asked


def _gap_free(numbers: Iterable[str], counted: dict[str, int]) -> None:
    drawn = defaultdict[str, list[int]](list)
    for number in numbers:
        prefix, _year, place = number.split("-")
        drawn[prefix].append(int(place))
    for prefix, places in drawn.items():
        assert sorted(places) == list(range(1, counted[prefix] + 1)), prefix


def _one_filing_each(marks: dict[int, str], payments: list[Instance], filings: list[Instance]) -> None:
    """Each payment's last message has begun one case: exactly once, the platform's own effect."""
    asked, filed = (sorted(marks[case.id].split("'")[-2] for case in cases) for cases in (payments, filings))
    assert asked == filed


def _one_way_each(platform: Platform, payments: set[int]) -> None:
    """The person wrote it, or the time limit took it from him and another did: never both, never neither."""
    either = Task.node_id.in_(("write", "again")) & (Task.state == TaskState.COMPLETED)
    with platform.database.read() as session:
        done = session.execute(select(Task.instance_id, Task.node_id).where(either)).all()
    assert Counter(case for case, _node in done) == Counter(payments)
    assert {node for _case, node in done} == {"write", "again"}, "both must happen, else the test proves nothing"


def _effects(platform: Platform, journal: Journal, payments: set[str]) -> None:
    """Outside: at least once, always under the same key. Inside, with the answer: exactly once."""
    keys = defaultdict[str, set[str]](set)
    for key, number in journal.read("paid"):
        keys[number].add(key)
    assert set(keys) == payments
    assert {len(found) for found in keys.values()} == {1}, "one key for all tries of a job"
    assert len(set().union(*keys.values())) == len(payments), "no key serves two jobs"
    with platform.database.read() as session:
        told = session.scalars(select(Notification.text).where(Notification.text.like("%已付款"))).all()
    assert Counter(told) == Counter(f"{number} 已付款" for number in payments)


def _acknowledged(platform: Platform, journal: Journal, payments: set[int]) -> None:
    """What people were told is done is done, once."""
    with platform.database.read() as session:
        events = session.scalars(select(Event).where(Event.kind == "task_completed")).all()
        finished = session.scalars(select(Task.id).where(Task.state == TaskState.COMPLETED)).all()
    logged = Counter(load(event.payload)["task"] for event in events)
    assert logged == Counter(finished)
    assert not Counter(int(task) for [task] in journal.read("completed")) - logged
    assert {int(case) for [case] in journal.read("started")} <= payments
