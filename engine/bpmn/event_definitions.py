"""What an event reacts to or does, as drawn (BPMN 2.0, 10.5.5 Event Definitions)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """The kinds of event definition; `NONE` is an event without one."""

    NONE = "none"
    MESSAGE = "message"
    SIGNAL = "signal"
    TIMER = "timer"
    CONDITIONAL = "conditional"
    ERROR = "error"
    ESCALATION = "escalation"
    COMPENSATION = "compensation"
    CANCEL = "cancel"
    LINK = "link"
    TERMINATE = "terminate"


AWAITED = frozenset({EventKind.MESSAGE, EventKind.SIGNAL, EventKind.TIMER, EventKind.CONDITIONAL})
"""Kinds that come from outside the flow: who catches them subscribes. The others look for their catcher themselves."""


@dataclass(frozen=True, slots=True)
class TimerText:
    """A timer as drawn: `kind` is "duration", "date" or "cycle"; `text` is literal or FEEL after "="."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDefinition:
    """One definition of an event.

    `name`: of a message or signal (literal or FEEL after "="), of a link. `code`: of an error or escalation, None
    catches every code. `correlation`: text for the key that tells the waiting ones of a message apart. `condition`:
    FEEL without "=". `activity`: id of what a compensation is for, None for all that is done in the scope.
    """

    kind: EventKind
    name: str | None = None
    code: str | None = None
    code_variable: str | None = None
    message_variable: str | None = None
    timer: TimerText | None = None
    condition: str | None = None
    correlation: str | None = None
    activity: str | None = None
    wait: bool = True  # a compensation is waited for
    payload: tuple[tuple[str | None, str], ...] = ()  # what goes with a signal: (name, text); None for all variables
