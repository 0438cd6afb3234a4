"""Service and script tasks: expressions without Java become scripts in FEEL."""

from __future__ import annotations

from lxml.etree import _Element as Element

from engine.bpmn.foreign.desk import Desk, taken
from engine.bpmn.foreign.juel import NotTranslatable, is_juel, parse_juel
from engine.bpmn.foreign.juel.nodes import Call, Literal, Name
from engine.bpmn.gate.diagram import label
from engine.bpmn.names import bpmn, camunda, guicheng
from engine.i18n import _

_PLATFORM = "{http://camunda.org/schema/modeler/1.0}executionPlatform"
_CAMUNDA = "Camunda Platform"


def translate_service(task: Element, desk: Desk) -> None:
    """`camunda:expression="${amount * 2}"` is a script task in FEEL with the same result variable; so is
    `${execution.setVariable('total', amount * 2)}`. A topic that is worked out is refused."""
    expression = taken(task, "expression")
    if not expression:
        if task.tag == bpmn("businessRuleTask") and task.get(camunda("type")) == "external":
            task.tag = bpmn("serviceTask")  # the rules are outside, behind a topic
        desk.fixed(task, "topic")
        _spread(task, desk)
        return
    variable, expression = _assigned(expression) or (task.get(camunda("resultVariable")), expression)
    text = desk.feel(task, desk.shown("expression"), expression)
    if not variable:
        task.tag = bpmn("task")  # its value goes nowhere
        return
    task.tag = bpmn("scriptTask")
    task.set("scriptFormat", "feel")
    task.set(camunda("resultVariable"), variable)
    script = task.makeelement(bpmn("script"), {}, None)
    script.text = text if text.startswith("=") else f"= {text}"
    task.append(script)


def _spread(task: Element, desk: Desk) -> None:
    """What an external worker answers becomes variables, where the diagram says nothing of it."""
    theirs = desk.prefix != "camunda" or task.getroottree().getroot().get(_PLATFORM) == _CAMUNDA
    said = task.get(camunda("resultVariable")) or task.find(f".//{camunda('outputParameter')}") is not None
    if theirs and not said and task.get(camunda("type")) == "external" and task.tag == bpmn("serviceTask"):
        task.set(guicheng("answer"), "variables")


def _assigned(expression: str) -> tuple[str, str] | None:
    """The variable and the value of an expression that does nothing but set a variable."""
    try:
        node = parse_juel(expression)
    except NotTranslatable:
        return None
    if not isinstance(node, Call) or not isinstance(node.of, Name) or node.of.text != "execution":
        return None
    first = node.arguments[0] if len(node.arguments) == 2 else None
    if node.method not in ("setVariable", "setVariableLocal") or not isinstance(first, Literal):
        return None
    inner = expression.strip()[2:-1]
    return str(first.value), "${" + inner[inner.index(",") + 1 :].strip().removesuffix(")") + "}"


def translate_decision(task: Element, desk: Desk) -> None:
    """Where Camunda's own modeler says nothing of the result, it is the list of all that matched."""
    desk.fixed(task, "decisionRef")
    open_ = task.get(camunda("decisionRef")) and task.get(camunda("mapDecisionResult")) is None
    if open_ and task.getroottree().getroot().get(_PLATFORM) == _CAMUNDA:
        task.set(camunda("mapDecisionResult"), "resultList")


def translate_thrown(event: Element, desk: Desk) -> None:
    """A message that an external task sends: the throwing event is that service task. At the end of a path a task
    of its own has to be drawn."""
    definition = event.find(bpmn("messageEventDefinition"))
    if definition is None or definition.get(camunda("type")) != "external":
        return
    if event.tag == bpmn("endEvent"):
        message = _("{it}由外部任务发送消息，这里要画出来；请在它之前画一个服务任务。", it=label(event))
        desk.refuse(event, "foreign_setting", message)
        for name in ("type", "topic", "taskPriority"):
            taken(definition, name)
        return
    event.tag = bpmn("serviceTask")
    event.set(camunda("type"), "external")
    event.set(camunda("topic"), taken(definition, "topic"))
    event.remove(definition)
    _spread(event, desk)


def translate_script(task: Element, desk: Desk) -> None:
    """A script in JUEL becomes FEEL; scripts in other languages have been refused already."""
    script = task.find(bpmn("script"))
    if script is None:
        return
    text = script.text or ""
    if (task.get("scriptFormat") or "").strip().lower() == "juel" or is_juel(text):
        script.text = desk.feel(script, _("脚本"), text)
        task.set("scriptFormat", "feel")
