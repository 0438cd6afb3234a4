"""Arming timers and deadlines, and computing provisional ones again."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from engine.bpmn.cron import Cron
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Deadline, Node
from engine.bpmn.moments import Amount, Period, When, read_cycle, read_moment
from engine.bpmn.records import Scope, Subscription, Token
from engine.errors import ExecutionError
from engine.i18n import _

CRON = "cron"
"""`Subscription.unit` of clock times that come again; their text is its amount."""


def arm_timer(machine: Machine, node: Node, holder: Token | Scope, at: int = 0) -> None:
    """Arm one timer definition of an event, held by what waits for it.

    A cycle comes again only where an event may occur more than once: at a boundary or an event subprocess that does
    not interrupt. Everywhere else its first time is all there is.
    """
    timer = node.events[at].timer
    assert timer is not None
    value = machine.value_of(timer.text, machine.context_of(holder), node)
    subscription = Subscription("timer", node, holder, at)
    when = read_moment(value)
    if when is not None:
        _arm(machine, subscription, when)
        return
    cycle = read_cycle(value)
    if cycle is None:
        raise _unreadable(node, timer.text, value)
    if not node.interrupting and cycle.times != 1:
        subscription.left = -1 if cycle.times is None else cycle.times - 1
        if isinstance(cycle.every, Period):
            subscription.period = (cycle.every.months, cycle.every.rest // timedelta(microseconds=1))
    if isinstance(cycle.every, Cron):
        subscription.amount, subscription.unit = cycle.every.text, CRON
    _arm(machine, subscription, cycle.start or cycle.every, cycle.every)


def arm_again(machine: Machine, subscription: Subscription) -> None:
    """Set a repeating timer to its next time, counted from the last one; after the last time it repeats no more.

    Of a repetition without end, the times that were missed (nothing ran) do not come one after the other: the next one
    lies ahead.
    """
    if not subscription.left:
        subscription.left = None
        return
    now = machine.services.now()
    if subscription.left > 0:
        subscription.left -= 1
        _advance(machine, subscription)
    else:
        _advance(machine, subscription, past=now)
    tell_armed(machine, subscription)


def _advance(machine: Machine, subscription: Subscription, past: datetime | None = None) -> None:
    """Move by one interval, or by as many as it takes to lie after `past`."""
    assert subscription.due is not None
    due = subscription.due
    if subscription.unit == CRON:
        subscription.due = Cron(subscription.amount).after(due if past is None else max(due, past))
        return
    if subscription.period is not None:
        months, micros = subscription.period
        rest = timedelta(microseconds=micros)
        if past is not None and not months and due <= past:
            due += (past - due) // rest * rest
        due = Period(months, rest).after(due)
        while past is not None and due <= past:
            due = Period(months, rest).after(due)
        subscription.due = due
        return
    while True:
        subscription.start = due
        due, subscription.provisional = machine.services.due(due, subscription.amount, subscription.unit)
        if past is None or due > past:
            break
    subscription.due = due


def arm_deadline(machine: Machine, deadline: Deadline, token: Token) -> None:
    """Arm the deadline of a user task ("overdue") and its reminder ("remind"): so many units before it, or at a moment.

    A reminder that would come with the task itself is left out: the person has just been told. A text that gives ""
    says that there is none.
    """
    node = token.node
    value = machine.value_of(deadline.due, machine.context(token), node)
    when = read_moment(value, deadline.unit)
    if when is None and value != "":
        raise _unreadable(node, deadline.due, value)
    if deadline.remind is not None:
        _arm_reminder(machine, deadline.remind, deadline.unit, token, when)
    if when is not None:
        _arm(machine, Subscription("overdue", node, token), when)


def _arm_reminder(machine: Machine, text: str, unit: str, token: Token, due: When | None) -> None:
    node = token.node
    value = machine.value_of(text, machine.context(token), node)
    remind = read_moment(value, unit)
    if isinstance(remind, datetime):
        if remind > machine.services.now():
            _arm(machine, Subscription("remind", node, token), remind)
    elif isinstance(due, Amount) and value != "":
        if not isinstance(remind, Amount) or remind.unit != due.unit:
            raise _unreadable(node, text, value)
        left = Decimal(due.amount) - Decimal(remind.amount)
        if left > 0 and remind.amount > 0:
            _arm(machine, Subscription("remind", node, token), Amount(_plain(left), due.unit))


def recompute(machine: Machine) -> int:
    """Compute all provisional timers again; the number whose moment (or being provisional) changed."""
    changed = 0
    machine.rouse(None)
    for held in machine.subscriptions.values():
        for subscription in held:
            if not subscription.provisional or subscription.fired:
                continue
            assert subscription.start is not None
            due = machine.services.due(subscription.start, subscription.amount, subscription.unit)
            if due != (subscription.due, subscription.provisional):
                subscription.due, subscription.provisional = due
                changed += 1
                tell_armed(machine, subscription)
    return changed


def _arm(machine: Machine, subscription: Subscription, when: When, every: When | None = None) -> None:
    start = machine.services.now()
    if isinstance(every, Amount):
        subscription.amount, subscription.unit = every.amount, every.unit
    try:
        if isinstance(when, Amount):
            subscription.start, subscription.amount, subscription.unit = start, when.amount, when.unit
            subscription.due, subscription.provisional = machine.services.due(start, when.amount, when.unit)
        else:
            subscription.due = when.after(start) if isinstance(when, Period | Cron) else when
    except OverflowError:
        raise _unreadable(subscription.node, "", when) from None
    machine.subscribe(subscription)
    tell_armed(machine, subscription)


def tell_armed(machine: Machine, subscription: Subscription) -> None:
    """Say when it is due now."""
    machine.emit_of(
        HappeningKind.TIMER_ARMED,
        subscription.node,
        subscription.holder,
        due=subscription.due,
        kind=subscription.kind,
        provisional=subscription.provisional,
    )


def _plain(value: Decimal) -> Decimal | int:
    return int(value) if value == value.to_integral_value() else value


def _unreadable(node: Node, text: str, value: Any) -> ExecutionError:
    return ExecutionError(
        _(
            "「{name}」的时限 {text} 得到 {value}，不是可用的时间（数、工作日、时长或日期）；"
            "本次操作没有保存，请流程负责人修改。",
            name=node.name or node.id,
            text=text,
            value=value,
        )
    )
