"""What the engine needs from outside: time, the calendar, decision tables and handlers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from engine.bpmn.model import Node


class Due(NamedTuple):
    """A moment from the calendar; `provisional` when the holidays of that year are not published yet."""

    at: datetime
    provisional: bool


class BpmnError(Exception):
    """A handler's way to say that something went wrong that the diagram may catch (an error boundary event)."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message


class Services(Protocol):
    """Handed to every execution; nothing else of the outside world is reachable from a diagram."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def due(self, start: datetime, amount: Decimal | int, unit: str) -> Due:
        """`amount` units after `start`; unit is "workday" (working days of the calendar) or "hour" (natural time)."""
        ...

    def decide(self, decision_id: str, variables: Mapping[str, Any]) -> tuple[Any, str, list[dict[str, Any]]]:
        """Evaluate a decision table: its value, a Chinese explanation and the rules that matched. The variables are the
        case's own: to be read only, while the call lasts."""
        ...

    def labels(self) -> Mapping[str, str]:
        """What people call variables and their values, see `engine.feel.phrases.Labels`."""
        ...

    def serve(self, node: Node, inputs: dict[str, Any]) -> dict[str, Any]:
        """Call the handler behind `node.topic`; may raise `BpmnError`."""
        ...

    def read_store(self, name: str) -> Any:
        """What a data store holds; None where nothing has been written yet."""
        ...

    def write_store(self, name: str, value: Any) -> None:
        """Write a data store: it outlives the case, and others read it."""
        ...
