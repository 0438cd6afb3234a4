"""The context object handed to every handler."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy.orm import Session

from engine.bpmn import BpmnError
from engine.models import Instance
from engine.permissions import Actor
from engine.ports.notify import Notify
from engine.ports.projects import Projects


@dataclass(frozen=True)
class HandlerContext:
    """`now` (aware UTC), `actor` (account of who moved the case, None for the clock), `case` (number and title) and the
    ports. Effects through a port happen in the transaction that moves the case, hence exactly once."""

    now: datetime
    actor: str | None
    case: dict[str, Any]
    projects: Any
    notify: Any

    @classmethod
    def for_case(cls, session: Session, instance: Instance, actor: Actor | None, now: datetime) -> HandlerContext:
        """The real context of a running case."""
        return cls(
            now=now,
            actor=actor.account if actor else None,
            case={"number": instance.number, "title": instance.title},
            projects=Projects(session, instance.id, now),
            notify=Notify(session, instance.id, now),
        )

    def error(self, code: str, message: str) -> NoReturn:
        """Raise a BPMN error that an error boundary event of the diagram may catch by its code."""
        raise BpmnError(code, message)
