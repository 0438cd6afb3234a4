"""Reading our own and Camunda's attributes of one element; the gate has already judged them."""

from __future__ import annotations

from typing import Any

from lxml.etree import _Element as Element

from engine.bpmn.model import Action, Actions, Candidates, Deadline
from engine.bpmn.names import bpmn, camunda, guicheng
from engine.bpmn.parser.data import parameters
from engine.bpmn.parser.loops import multi_instance
from engine.bpmn.voting import Vote


def read_extensions(element: Element) -> dict[str, Any]:
    """The fields of `Node` that the diagram says in extension attributes and elements."""
    get = element.get
    return {
        "form": get(camunda("formRef")),
        "clauses": get(guicheng("clauses")),
        "returnable": get(guicheng("returnable")) == "true",
        "on_timeout": get(guicheng("onTimeout")),
        "tally": get(guicheng("tally")),
        "candidates": _candidates(_extension(element, guicheng("candidates"))),
        "deadline": _deadline(_extension(element, guicheng("deadline"))),
        "actions": _actions(_extension(element, guicheng("actions"))),
        "vote": _vote(_extension(element, guicheng("vote"))),
        "priority": get(camunda("priority")),
        "properties": _properties(element),
        "multi_instance": multi_instance(element),
        "decision": get(camunda("decisionRef")),
        "decision_mapping": get(camunda("mapDecisionResult")) or "singleResult",
        "result_variable": get(camunda("resultVariable")),
        "topic": get(camunda("topic")),
        "spreads": get(guicheng("answer")) == "variables",
        "is_job": get(camunda("asyncBefore")) == "true",
        "inputs": tuple(parameters(element, "inputParameter")),
        "outputs": tuple(parameters(element, "outputParameter")),
        "outcome": get(guicheng("outcome")),
        "available_when": get(guicheng("availableWhen")),
        "sender": get(guicheng("sender")),
        "clock": get(guicheng("clock")),
    }


def error_variables(element: Element) -> dict[str, str | None]:
    """Where an error boundary event puts the code and the message."""
    event = element.find(bpmn("errorEventDefinition"))
    if event is None:
        return {}
    return {
        "error_code_variable": event.get(camunda("errorCodeVariable")),
        "error_message_variable": event.get(camunda("errorMessageVariable")),
    }


def _extension(element: Element, tag: str) -> Element | None:
    return element.find(f"{bpmn('extensionElements')}/{tag}")


def _properties(element: Element) -> tuple[tuple[str, str], ...]:
    path = f"{bpmn('extensionElements')}/{camunda('properties')}/{camunda('property')}"
    return tuple((item.get("name") or "", item.get("value") or "") for item in element.iterfind(path))


def _candidates(element: Element | None) -> Candidates | None:
    if element is None:
        return None
    get = element.get
    return Candidates(get("rule") or "", get("value"), get("exclude"), get("fallback"))


def _deadline(element: Element | None) -> Deadline | None:
    if element is None:
        return None
    get = element.get
    return Deadline(get("due") or "", get("unit") or "workday", get("remind"), get("escalate"), get("consequence"))


def _actions(element: Element | None) -> Actions | None:
    if element is None:
        return None
    items = tuple(
        Action(
            action.get("value") or "",
            action.get("label") or "",
            action.get("kind") or "",
            action.get("opinion") or "optional",
        )
        for action in element.iterfind(guicheng("action"))
    )
    return Actions(element.get("variable"), items)


def _vote(element: Element | None) -> Vote | None:
    if element is None:
        return None
    get = element.get
    return Vote(get("rule") or "", get("result") or "", get("value"), get("veto"))
