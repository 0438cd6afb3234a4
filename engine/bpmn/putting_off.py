"""Time that did not count: timers and deadlines move on by it.

| counted in | moves on by |
|---|---|
| working days | the whole working days that did not count |
| anything natural (hours, durations, a deadline that is a moment) | exactly that time |
| a date that the diagram draws (`timeDate`), clock times | nothing: they stay, and come once if they have passed |

What was due before is left alone: it is late as it was.
"""

from __future__ import annotations

from datetime import datetime

from engine.bpmn.machine import Machine
from engine.bpmn.records import Subscription
from engine.bpmn.services import Services
from engine.bpmn.timers import CRON, tell_armed


def put_off(machine: Machine, since: datetime) -> int:
    """Move what was to come after `since` by the time from then until now; how many moved."""
    now = machine.services.now()
    machine.rouse(None)
    days = _working_days(machine.services, since, now)
    moved = 0
    for held in machine.subscriptions.values():
        for subscription in held:
            if subscription.due is None or subscription.fired or subscription.due <= since or _is_date(subscription):
                continue
            before = subscription.due
            if subscription.unit == "workday":
                _by_days(machine.services, subscription, days)
            else:
                _by_time(subscription, now, since)
            if subscription.due != before:
                moved += 1
                tell_armed(machine, subscription)
    return moved


def _working_days(services: Services, since: datetime, now: datetime) -> int:
    days = 0
    while services.due(since, days + 1, "workday").at <= now:
        days += 1
    return days


def _is_date(subscription: Subscription) -> bool:
    if subscription.unit == CRON:
        return True
    if subscription.kind != "timer" or subscription.unit or subscription.left is not None:
        return False
    timer = subscription.node.events[subscription.at].timer
    return timer is not None and timer.kind == "date"


def _by_days(services: Services, subscription: Subscription, days: int) -> None:
    """Of a repetition the amount is its interval, so its next time alone moves; else so many days more are counted,
    from the same start, and can be counted again when holidays are published."""
    assert subscription.due is not None
    if not days:
        return
    if subscription.left is not None or subscription.start is None:
        subscription.due, subscription.provisional = services.due(subscription.due, days, "workday")
        return
    subscription.amount += days
    subscription.due, subscription.provisional = services.due(subscription.start, subscription.amount, "workday")


def _by_time(subscription: Subscription, now: datetime, since: datetime) -> None:
    assert subscription.due is not None
    subscription.due += now - since
    if subscription.start is not None:
        subscription.start += now - since
