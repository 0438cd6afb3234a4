"""Arming timers and deadlines, and computing provisional ones again."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Deadline, Node
from engine.bpmn.moments import Amount, Period, When, read_moment
from engine.bpmn.records import Scope, Subscription, Token
from engine.errors import ExecutionError
from engine.i18n import _


def arm_timer(machine: Machine, node: Node, token: Token) -> None:
    """Arm the timer of a boundary event or of an intermediate event, held by `token`."""
    assert node.timer is not None
    value = machine.value_of(node.timer.text, machine.context(token), node)
    when = read_moment(value)
    if when is None:
        raise _unreadable(node, node.timer.text, value)
    _arm(machine, Subscription("timer", node, token), when)


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
    for held in machine.subscriptions.values():
        for subscription in held:
            if not subscription.provisional or subscription.fired:
                continue
            assert subscription.start is not None
            due = machine.services.due(subscription.start, subscription.amount, subscription.unit)
            if due != (subscription.due, subscription.provisional):
                subscription.due, subscription.provisional = due
                changed += 1
                _tell(machine, subscription)
    return changed


def _arm(machine: Machine, subscription: Subscription, when: When) -> None:
    start = machine.services.now()
    try:
        if isinstance(when, Amount):
            subscription.start, subscription.amount, subscription.unit = start, when.amount, when.unit
            subscription.due, subscription.provisional = machine.services.due(start, when.amount, when.unit)
        else:
            subscription.due = when.after(start) if isinstance(when, Period) else when
    except OverflowError:
        raise _unreadable(subscription.node, "", when) from None
    machine.subscribe(subscription)
    _tell(machine, subscription)


def _tell(machine: Machine, subscription: Subscription) -> None:
    holder: Token | Scope = subscription.holder
    machine.emit(
        HappeningKind.TIMER_ARMED,
        subscription.node,
        holder if isinstance(holder, Token) else None,
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
