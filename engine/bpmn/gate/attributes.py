"""Our own and Camunda's attributes and elements: what would be ignored silently is refused by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, label
from engine.bpmn.gate.palette import ACTIVITY_TAGS, EVENT_TAGS, local
from engine.bpmn.gate.words import panel_word
from engine.bpmn.names import CAMUNDA, GUICHENG
from engine.errors import Finding
from engine.i18n import _

_OURS: Mapping[str, set[str]] = {
    "process": {"prefix", "clauses", "title", "keyData", "tag"},
    "userTask": {"clauses", "returnable", "tally", "onTimeout"},
    "startEvent": {"availableWhen", "sender"},
    "endEvent": {"outcome"},
    "boundaryEvent": {"clock"},
    "intermediateCatchEvent": {"clock"},
    "serviceTask": {"answer"},
    "multiInstanceLoopCharacteristics": {"outputCollection", "outputElement"},
    **{key: {"correlationKey"} for key in ("message", "messageEventDefinition", "sendTask", "receiveTask")},
}
_OUR_ELEMENTS: Mapping[str, set[str]] = {
    "candidates": {"rule", "value", "exclude", "fallback"},
    "deadline": {"due", "unit", "remind", "escalate", "consequence"},
    "actions": {"variable"},
    "action": {"value", "label", "kind", "opinion"},
    "vote": {"rule", "value", "veto", "result"},
}
_OUR_PLACES: Mapping[str, set[str]] = {
    "userTask": {"candidates", "deadline", "actions", "vote"},
    "startEvent": {"candidates"},
}
_CAMUNDA: Mapping[str, set[str]] = {
    "process": {
        "historyTimeToLive",
        "versionTag",
        "isStartableInTasklist",
        "taskPriority",
    },  # of no effect here, written by the modeler
    "startEvent": {"formRef", "formRefBinding"},
    "userTask": {"formRef", "formRefBinding", "priority"},
    "serviceTask": {"type", "topic", "resultVariable", "taskPriority"},
    "sendTask": {"type", "topic", "resultVariable", "taskPriority"},
    "callActivity": {"calledElementBinding", "calledElementVersion"},
    "businessRuleTask": {"decisionRef", "decisionRefBinding", "resultVariable", "mapDecisionResult"},
    "scriptTask": {"resultVariable"},
    "multiInstanceLoopCharacteristics": {"collection", "elementVariable"},
    "errorEventDefinition": {"errorCodeVariable", "errorMessageVariable"},
    "escalationEventDefinition": {"escalationCodeVariable"},
    "error": {"errorMessage"},
    "conditionalEventDefinition": {"variableName", "variableEvents"},
}
# How Camunda stores and retries; nothing that a case does differently here.
_WITHOUT_EFFECT = frozenset(
    {"asyncBefore", "asyncAfter", "exclusive", "jobPriority", "diagramRelationId"}
    | {"modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"}
)
_CAMUNDA_ELEMENTS: Mapping[str, set[str]] = {
    **{key: {"inputOutput"} for key in ACTIVITY_TAGS | EVENT_TAGS},
    "callActivity": {"in", "out", "inputOutput"},
    "signalEventDefinition": {"in"},
}
_CAMUNDA_EVERYWHERE = {"properties", "failedJobRetryTimeCycle"}
_BOOLEANS = {
    GUICHENG + "returnable",
}


def check_attributes(diagram: Diagram) -> Iterator[Finding]:
    """On BPMN elements."""
    for element in diagram.elements:
        tag = local(element)
        for attribute, value in element.attrib.items():
            key = str(attribute)
            if key in _BOOLEANS and value not in ("true", "false"):
                message = _("{it}的 {name} 只能是 true 或 false，请改正。", it=label(element), name=_short(key))
                yield finding(element, "bad_value", message)
            known = _OURS if key.startswith(GUICHENG) else _CAMUNDA if key.startswith(CAMUNDA) else None
            name = key.partition("}")[2]
            if known is None or name in known.get(tag, ()) or (known is _CAMUNDA and name in _WITHOUT_EFFECT):
                continue
            yield finding(element, "unknown_attribute", _unknown(element, key))
        if element.get(GUICHENG + "onTimeout") is not None:
            yield from _check_timeout(diagram, element)
        if element.get(CAMUNDA + "formRefBinding", "deployment") not in ("deployment", "latest"):
            message = _("{it}的表单绑定方式暂不支持，请删除它（camunda:formRefBinding）。", it=label(element))
            yield finding(element, "bad_value", message)


def _check_timeout(diagram: Diagram, task: Element) -> Iterator[Finding]:
    """Handing in the draft needs a form, one person, and a timer on the border that ends the task."""
    if task.get(GUICHENG + "onTimeout") != "draft":
        yield finding(task, "bad_value", _("{it}的 guicheng:onTimeout 只能是 draft，请改正或删除。", it=label(task)))
    ends = any(
        local(event) == "boundaryEvent"
        and event.get("attachedToRef") == task.get("id")
        and event.get("cancelActivity") != "false"
        and any(local(child) == "timerEventDefinition" for child in event)
        for event in diagram.elements
    )
    several = any(local(child) == "multiInstanceLoopCharacteristics" for child in task)
    if not ends or several or task.get(CAMUNDA + "formRef") is None:
        message = _(
            "{it}到时交草稿（guicheng:onTimeout）需要：有表单、只由一人办理一次（不能是多实例）、"
            "边上有一个中断它的定时事件。",
            it=label(task),
        )
        yield finding(task, "timeout_without_timer", message)


def _unknown(element: Element, key: str) -> str:
    name = _short(key)
    advice = {
        "camunda:assignee": _("请改在“办理人”里设置（guicheng:candidates）"),
        "camunda:candidateUsers": _("请改在“办理人”里设置（guicheng:candidates）"),
        "camunda:candidateGroups": _("请改在“办理人”里设置（guicheng:candidates）"),
        "camunda:formKey": _("请改在“表单”里选择（camunda:formRef）"),
        "camunda:dueDate": _("请改在“时限”里设置（guicheng:deadline）"),
        "camunda:followUpDate": _("请改在“时限”的提前提醒里设置（guicheng:deadline）"),
        "camunda:class": _("请改在“处理器”里选择（camunda:topic）"),
        "camunda:expression": _("请改在“处理器”里选择（camunda:topic）"),
        "camunda:delegateExpression": _("请改在“处理器”里选择（camunda:topic）"),
    }.get(name, _("请删除这个属性"))
    return _("{it}的属性 {name} 在这里不起作用，{advice}。", it=label(element), name=name, advice=advice)


def check_extensions(diagram: Diagram) -> Iterator[Finding]:
    """Inside extensionElements; other tools' elements are left alone."""
    for box in diagram.elements:
        owner = box.getparent()
        if local(box) != "extensionElements" or owner is None:
            continue
        for element in box:
            tag = str(element.tag)
            name = tag.partition("}")[2]
            if tag.startswith(GUICHENG):
                if name not in _OUR_PLACES.get(local(owner), ()):
                    yield _misplaced(owner, tag)
                yield from _our_element(owner, element)
            elif tag.startswith(CAMUNDA):
                if name not in _CAMUNDA_ELEMENTS.get(local(owner), set()) | _CAMUNDA_EVERYWHERE:
                    yield _misplaced(owner, tag)
                elif name == "inputOutput":
                    yield from _input_output(owner, element)


def _our_element(owner: Element, element: Element) -> Iterator[Finding]:
    for part in element.iter():
        name = str(part.tag).removeprefix(GUICHENG)
        parent = part.getparent()
        inside = parent is not None and parent.tag == GUICHENG + "actions"
        if name not in _OUR_ELEMENTS or (part is not element and not (name == "action" and inside)):
            if part is not element:
                yield _misplaced(owner, str(part.tag))
            continue
        for attribute in part.attrib:
            if attribute not in _OUR_ELEMENTS[name]:
                message = _(
                    "{it}的{what}没有属性 {name}（guicheng:{tag}），请删除或改正拼写。",
                    it=label(owner),
                    what=panel_word(name),
                    tag=name,
                    name=attribute,
                )
                yield finding(owner, "unknown_attribute", message)


def _input_output(owner: Element, box: Element) -> Iterator[Finding]:
    for parameter in box:
        tag = str(parameter.tag)
        if tag not in (CAMUNDA + "inputParameter", CAMUNDA + "outputParameter"):
            yield _misplaced(owner, tag)
        elif not parameter.get("name"):
            message = _("{it}有参数没有名称，请填写。", it=label(owner))
            yield finding(owner, "bad_parameter", message)
        elif len(parameter):
            message = _(
                "{it}的参数「{name}」只能是文字或 = 开头的表达式。", it=label(owner), name=parameter.get("name")
            )
            yield finding(owner, "bad_parameter", message)


def _misplaced(owner: Element, tag: str) -> Finding:
    message = _("{it}中的 {name} 在这里不起作用，请删除。", it=label(owner), name=_short(tag))
    return finding(owner, "unknown_extension", message)


def _short(key: str) -> str:
    return key.replace(GUICHENG, "guicheng:").replace(CAMUNDA, "camunda:")
