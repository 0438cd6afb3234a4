"""XML names of the three vocabularies a diagram is written in."""

from __future__ import annotations

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
GUICHENG = "{urn:guicheng:bpmn:1}"


PLACEHOLDER = "__targetRef_placeholder"
"""The name that bpmn-js gives to the end of an arrow from data to an activity, since the schema wants one there."""


def bpmn(local: str) -> str:
    """`userTask` → the tag of a BPMN element."""
    return BPMN + local


def camunda(local: str) -> str:
    """A name of Camunda's extensions."""
    return CAMUNDA + local


def guicheng(local: str) -> str:
    """A name of our own extensions."""
    return GUICHENG + local
