"""What pages say of a vote with a rule: the rule in words, how it stands, how it ended. Read from the case's log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from engine.bpmn.vote_words import rule_told, standing_told
from engine.i18n import _
from engine.jsondata import load
from engine.models import Event, Person, Task, TaskState

Begun = Mapping[str, Any]
"""How a vote began, see `engine.bpmn.voting.Ballot.told`."""


def begun_in(events: Iterable[Event], activity_id: int) -> Begun | None:
    """How the vote of that activity began; None for other steps, and where it was erased."""
    for event in events:
        if event.kind == "activity_started" and event.token_id == activity_id:
            begun: Begun | None = load(event.payload).get("vote")
            return begun
    return None


def counted_in(events: Iterable[Event], activity_id: int) -> Mapping[str, Any] | None:
    """What was counted at its end, see `Ballot.result`; None while it lasts."""
    for event in events:
        if event.kind == "vote_counted" and event.token_id == activity_id:
            return load(event.payload) or None
    return None


def begun_of(session: Session, activities: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Begun]:
    """The same for many (case, activity), in one statement; none where there are none."""
    if not activities:
        return {}
    asked = select(Event.instance_id, Event.token_id, Event.payload).where(
        tuple_(Event.instance_id, Event.token_id).in_(activities), Event.kind == "activity_started"
    )
    told = {(case, token): load(payload).get("vote") for case, token, payload in session.execute(asked)}
    return {key: vote for key, vote in told.items() if vote}


def vetoing(session: Session, events: Iterable[Event]) -> dict[str, str]:
    """Names by account of those who have a veto in a vote of the case; no statement where nobody has."""
    begun = (load(e.payload).get("vote") or {} for e in events if e.kind == "activity_started")
    accounts = {str(account) for vote in begun for account in vote.get("veto", ())}
    if not accounts:
        return {}
    return dict(session.execute(select(Person.account, Person.name).where(Person.account.in_(accounts))).all())


def rule_said(begun: Begun, names: Mapping[str, str]) -> str:
    """The rule in words, with the names of those who have a veto."""
    rule = rule_told(begun)
    if not begun["veto"]:
        return rule
    who = _("、").join(names.get(str(account), str(account)) for account in begun["veto"])
    return _("{rule}；{who}可一票否决", rule=rule, who=who)


def standing(begun: Begun, tasks: Iterable[Task]) -> str:
    """4 / 5 已表态，同意 3，需 4."""
    done = [task for task in tasks if task.state == TaskState.COMPLETED]
    return standing_told(begun, len(done), sum(task.action_kind == "agree" for task in done))
