"""Flowable's and Activiti's words → Camunda's, of which they are descendants and cousins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.etree import _Element as Element

from engine.bpmn.foreign.desk import Desk, add, extension_box
from engine.bpmn.gate.diagram import label
from engine.bpmn.gate.expressions import owner_of
from engine.bpmn.gate.palette import is_bpmn, local
from engine.bpmn.names import CAMUNDA, camunda
from engine.i18n import _

COUSINS = {"{http://flowable.org/bpmn}": "flowable", "{http://activiti.org/bpmn}": "activiti"}

_URIS = tuple(COUSINS)

_SAME = frozenset(
    {"assignee", "candidateUsers", "candidateGroups", "formKey", "dueDate", "priority", "initiator", "topic"}
    | {"candidateStarterUsers", "candidateStarterGroups", "collection", "elementVariable", "resultVariable", "type"}
    | {"expression", "exclusive", "jobPriority", "versionTag", "calledElementBinding", "errorCodeVariable"}
)
_RENAMED = {
    "async": "asyncBefore",
    "asyncLeave": "asyncAfter",
    "resultVariableName": "resultVariable",
    "errorVariableName": "errorCodeVariable",
    "elementIndexVariable": "elementIndexVariable",
}
# How the other engine stores, searches or checks; nothing that a case does differently.
_WITHOUT_EFFECT = frozenset(
    {"formFieldValidation", "category", "modelId", "isEagerExecutionFetch", "fallbackToDefaultTenant", "overrideDoc"}
    | {"autoStoreVariables", "parallelInSameTransaction", "completeAsync", "processInstanceName", "calledElementType"}
    | {"processInstanceIdVariableName", "businessCalendarName", "validateFormFields", "diagramRelationId"}
)
_CALLS = ("inheritVariables", "inheritBusinessKey", "businessKey", "sameDeployment")
_SAME_ELEMENTS = frozenset({"in", "out", "properties", "property", "inputOutput", "string", "value"})
_ELEMENTS_WITHOUT_EFFECT = frozenset({"failedJobRetryTimeCycle"})


def cousin_of(name: str) -> str:
    """`flowable` for one of its words, "" for any other."""
    return COUSINS[name[: name.index("}") + 1]] if name.startswith(_URIS) else ""


def prefix_in(drawn: Sequence[Element]) -> str:
    """How the file calls the other tool's words."""
    for element in drawn:
        for name in (element.tag, *element.attrib):
            if found := cousin_of(str(name)):
                return found
    return "camunda"


def rename(drawn: Sequence[Element], desk: Desk) -> None:
    """Every cousin's word becomes Camunda's; those that say nothing here go, unknown ones are refused by name."""
    for element in drawn:
        if is_bpmn(element):
            _attributes(element, desk)
        elif cousin_of(str(element.tag)):
            _element(element, desk)


def _attributes(element: Element, desk: Desk) -> None:
    for key, name, value in list(_cousins(element)):
        del element.attrib[key]
        if name in _SAME or name in _RENAMED:
            element.set(camunda(_RENAMED.get(name, name)), _value(name, value))
        elif name in _CALLS and local(element) == "callActivity":
            _call(element, name, value)
        elif name not in _WITHOUT_EFFECT and value.strip() not in ("", "false"):
            _unknown(element, desk, key)


def _value(name: str, value: str) -> str:
    return "external" if name == "type" and value == "external-worker" else value


def _call(element: Element, name: str, value: str) -> None:
    box = extension_box(element)
    if name == "inheritVariables" and value == "true":
        add(box, camunda("in"), {"variables": "all"})
    elif name == "inheritBusinessKey" and value == "true":
        add(box, camunda("in"), {"businessKey": "#{execution.processBusinessKey}"})
    elif name == "businessKey" and value.strip():
        add(box, camunda("in"), {"businessKey": value})
    elif name == "sameDeployment" and value == "true":
        element.set(camunda("calledElementBinding"), "deployment")


def _element(element: Element, desk: Desk) -> None:
    name = str(element.tag).rpartition("}")[2]
    parent = element.getparent()
    if parent is None:
        return  # went with what it was part of
    if name in _SAME_ELEMENTS:
        element.tag = CAMUNDA + name
        element.attrib.pop("transient", "")
        return
    if name not in _ELEMENTS_WITHOUT_EFFECT:
        _unknown(element, desk, str(element.tag))
    parent.remove(element)


def _cousins(element: Element) -> Iterator[tuple[str, str, str]]:
    for key, value in element.attrib.items():
        if cousin_of(str(key)):
            yield str(key), str(key).rpartition("}")[2], str(value)


def _unknown(element: Element, desk: Desk, key: str) -> None:
    shown = f"{cousin_of(key)}:{key.rpartition('}')[2]}"
    message = _("{it}的 {name} 在这里没有对应的设置，请删除或换一种画法。", it=label(owner_of(element)), name=shown)
    desk.refuse(element, "foreign_setting", message)
