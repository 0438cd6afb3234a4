"""What the engine asks of the platform while it runs a case: time, calendar, decisions, handlers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from engine import bpmn
from engine.casework import stores
from engine.deployments import Deployed
from engine.errors import GuichengError, HandlerFailed
from engine.feel import from_feel
from engine.feel.dmn import Decision
from engine.i18n import _, in_source_language
from engine.models import Instance
from engine.permissions import Actor
from engine.platform import Handler, Platform
from engine.ports import HandlerContext


class CaseServices:
    """Implements `engine.bpmn.Services` for one case inside one transaction."""

    def __init__(
        self, platform: Platform, session: Session, deployed: Deployed, instance: Instance, actor: Actor | None
    ) -> None:
        self._platform = platform
        self._session = session
        self._deployed = deployed
        self._instance = instance
        self._actor = actor
        self._now = platform.clock.now()
        self.stores_written = False
        self.noted: list[tuple[str, str, dict[str, Any]]] = []  # kind, element, payload: what ports have for the log

    def now(self) -> datetime:
        """One moment for the whole transaction."""
        return self._now

    def due(self, start: datetime, amount: Decimal | int, unit: str) -> bpmn.Due:
        """The deadline `amount` working days or natural hours after `start`."""
        calendar = self._platform.calendar
        due = calendar.add_hours(start, amount) if unit == "hour" else calendar.add_working_days(start, amount)
        return bpmn.Due(due.at, due.provisional)

    def decide(self, decision_id: str, variables: Mapping[str, Any]) -> tuple[Any, str, list[dict[str, Any]]]:
        """Evaluate a decision table of this very deployment; says which rules matched on which values."""
        return decide(self._deployed.decisions[decision_id], variables)

    @in_source_language()
    def labels(self) -> Mapping[str, str]:
        """What this very deployment calls its variables; in Chinese, for the log."""
        return self._deployed.labels

    def serve(self, node: bpmn.Node, inputs: dict[str, Any]) -> dict[str, Any]:
        """Run the handler behind a service task inside this transaction."""

        def note(kind: str, payload: Mapping[str, Any]) -> None:
            self.noted.append((kind, node.id, dict(payload)))

        files_dir = self._platform.files_dir
        context = HandlerContext.for_case(self._session, self._instance, self._actor, self._now, files_dir, note)
        return serve(self._platform.handlers, node, inputs, context)

    def read_store(self, name: str) -> Any:
        """What the store holds, None where nothing was ever written."""
        return stores.read(self._session, name)

    def write_store(self, name: str, value: Any) -> None:
        """Written in this very transaction, so a case that does not move on writes nothing."""
        stores.write(self._session, name, value, self._instance.number, self._now)
        self.stores_written = True


class PreviewServices(CaseServices):
    """The same without effects, for 办理后会怎样: handlers are not run and answer nothing, stores are not written."""

    def serve(self, node: bpmn.Node, inputs: dict[str, Any]) -> dict[str, Any]:
        return {}

    def write_store(self, name: str, value: Any) -> None:
        pass


@in_source_language()
def decide(decision: Decision, variables: Mapping[str, Any]) -> tuple[Any, str, list[dict[str, Any]]]:
    """The value of a decision table, its explanation, and the rules that matched, on which values."""
    decided = decision.evaluate(variables)
    matched = [
        {
            "rule": rule.index,
            "id": rule.id,
            "text": rule.description,
            "inputs": [[label, str(value), cell] for label, _text, value, cell in rule.inputs],
        }
        for rule in decided.matched
    ]
    return from_feel(decided.value), decided.explanation, matched


def serve(
    handlers: Mapping[str, Handler], node: bpmn.Node, inputs: dict[str, Any], context: HandlerContext
) -> dict[str, Any]:
    """Run the handler behind a service task with the ports of `context`.

    A `BpmnError` goes to the diagram; anything else becomes `HandlerFailed`, which rolls the transaction back.
    """
    handler = handlers.get(node.topic or "")
    if handler is None:
        raise HandlerFailed(node.id, _("处理器“{topic}”没有安装，请联系系统管理员。", topic=node.topic))
    try:
        return dict(handler(context, **inputs) or {})
    except (bpmn.BpmnError, HandlerFailed):
        raise
    except GuichengError as error:
        raise HandlerFailed(node.id, str(error)) from error
    except Exception as error:  # a handler is foreign code to the engine: whatever it raises is its failure
        raise HandlerFailed(node.id, f"{type(error).__name__}: {error}") from error
