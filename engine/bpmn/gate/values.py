"""Attributes that have only a few values (BPMN 2.0, the simple types of its XML schema)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.bpmn.gate.diagram import Diagram, finding, label
from engine.bpmn.gate.palette import GATEWAY_TAGS
from engine.errors import Finding
from engine.i18n import _

_BOOLEANS = frozenset(
    {
        "isExecutable",
        "triggeredByEvent",
        "cancelActivity",
        "isInterrupting",
        "isSequential",
        "isForCompensation",
        "parallelMultiple",
        "instantiate",
        "testBefore",
        "cancelRemainingInstances",
        "waitForCompletion",
        "isCollection",
        "isImmediate",
        "isClosed",
    }
)
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "gatewayDirection": ("Unspecified", "Converging", "Diverging", "Mixed"),
    "eventGatewayType": ("Exclusive", "Parallel"),
    "behavior": ("None", "One", "All", "Complex"),
    "ordering": ("Parallel", "Sequential"),
    "associationDirection": ("None", "One", "Both"),
    "processType": ("None", "Public", "Private"),
    "method": ("##Compensate",),  # a transaction is undone by compensation; not by images of its data
}


def check_values(diagram: Diagram) -> Iterator[Finding]:
    """One of the words that are allowed; anything else would be read as one of them, and nobody knows as which."""
    for element in diagram.elements:
        for name, value in element.attrib.items():
            key = str(name)
            choices = ("true", "false") if key in _BOOLEANS else _CHOICES.get(key)
            if choices is not None and value not in choices:
                message = _(
                    "{it}的 {name} 只能是 {choices}，请改正。", it=label(element), name=key, choices=" / ".join(choices)
                )
                yield finding(element, "bad_value", message)


def check_directions(diagram: Diagram) -> Iterator[Finding]:
    """A gateway that says that it only joins or only splits does so."""
    for gateway in diagram.all(*GATEWAY_TAGS):
        direction = gateway.get("gatewayDirection")
        if (direction == "Converging" and len(diagram.outgoing(gateway)) > 1) or (
            direction == "Diverging" and len(diagram.incoming(gateway)) > 1
        ):
            message = _(
                "{it}标为 {direction}，与它的连线不符；请改接连线或删除 gatewayDirection。",
                it=label(gateway),
                direction=direction,
            )
            yield finding(gateway, "gateway_direction", message)
