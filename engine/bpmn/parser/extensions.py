"""Reading our own and Camunda's attributes of one element; the gate has already judged them."""

from __future__ import annotations

from typing import Any

from lxml.etree import _Element as Element

from engine.bpmn.expressions import always_feel
from engine.bpmn.model import Action, Actions, Candidates, Deadline, MultiInstance
from engine.bpmn.names import bpmn, camunda, guicheng


def read_extensions(element: Element) -> dict[str, Any]:
    """The fields of `Node` that the diagram says in extension attributes and elements."""
    get = element.get
    return {
        "form": get(camunda("formRef")),
        "clauses": get(guicheng("clauses")),
        "returnable": get(guicheng("returnable")) == "true",
        "tally": get(guicheng("tally")),
        "candidates": _candidates(_extension(element, guicheng("candidates"))),
        "deadline": _deadline(_extension(element, guicheng("deadline"))),
        "actions": _actions(_extension(element, guicheng("actions"))),
        "multi_instance": _multi_instance(element.find(bpmn("multiInstanceLoopCharacteristics"))),
        "decision": get(camunda("decisionRef")),
        "decision_mapping": get(camunda("mapDecisionResult")) or "singleResult",
        "result_variable": get(camunda("resultVariable")),
        "topic": get(camunda("topic")),
        "inputs": _parameters(element, "inputParameter"),
        "outputs": _parameters(element, "outputParameter"),
        "outcome": get(guicheng("outcome")),
        "available_when": get(guicheng("availableWhen")),
        "sender": get(guicheng("sender")),
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


def _multi_instance(element: Element | None) -> MultiInstance | None:
    if element is None:
        return None
    condition = (element.findtext(bpmn("completionCondition")) or "").strip()
    return MultiInstance(
        sequential=element.get("isSequential") == "true",
        collection=element.get(camunda("collection")) or "",
        element=element.get(camunda("elementVariable")),
        output_collection=element.get(guicheng("outputCollection")),
        output_element=element.get(guicheng("outputElement")),
        completion_condition=always_feel(condition) if condition else None,
    )


def _parameters(element: Element, kind: str) -> tuple[tuple[str, str], ...]:
    path = f"{bpmn('extensionElements')}/{camunda('inputOutput')}/{camunda(kind)}"
    return tuple((item.get("name") or "", (item.text or "").strip()) for item in element.iterfind(path))
