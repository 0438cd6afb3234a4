"""A diagram of Camunda 7, Flowable or Activiti, turned in place into the words of this house, with all that cannot be.

The gate judges the tree afterwards; ids and names stay, so its findings name the elements of the file. A diagram of
this house comes out as it went in. What each setting becomes is told in docs/engine.md, "Foreign diagrams".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml.etree import _Element as Element

from engine.bpmn.expressions import feel_of
from engine.bpmn.foreign.desk import UNSAYABLE, Desk, taken
from engine.bpmn.foreign.forms import translate_form
from engine.bpmn.foreign.java import refuse_java
from engine.bpmn.foreign.juel import is_juel
from engine.bpmn.foreign.parameters import translate_call, translate_mappings, translate_parameters
from engine.bpmn.foreign.people import translate_people, translate_starters
from engine.bpmn.foreign.tasks import translate_decision, translate_script, translate_service, translate_thrown
from engine.bpmn.foreign.times import translate_deadline, translate_timer
from engine.bpmn.foreign.vocabulary import prefix_in, rename
from engine.bpmn.gate.diagram import label
from engine.bpmn.gate.palette import local
from engine.bpmn.names import BPMNDI, bpmn, camunda
from engine.errors import Finding
from engine.i18n import _


def translate(root: Element) -> list[Finding]:
    """Changes the tree; returns what needs Java or has no counterpart, in the order of its kinds."""
    prefix = prefix_in(_meant(root))
    first = Desk(prefix, {})
    refuse_java(_meant(root), first)
    if prefix != "camunda":
        rename(_meant(root), first)
    desk = Desk(prefix, _names(root))
    for element in _meant(root):
        for step in _STEPS.get(str(element.tag), ()):
            step(element, desk)
    return first.findings + desk.findings


def _meant(root: Element) -> list[Element]:
    """All elements but those that say where things are drawn, and those of partners' processes."""
    run = any(process.get("isExecutable") == "true" for process in root.iterfind(bpmn("process")))
    left_out = [process for process in root.iterfind(bpmn("process")) if run and process.get("isExecutable") != "true"]
    return [element for top in root if top.tag != _DRAWING and top not in left_out for element in top.iter()]


def _names(root: Element) -> Mapping[str, str]:
    """The variables that are always there here under another name; what declared them is taken away."""
    names: dict[str, str] = {}
    for start in root.iter(bpmn("startEvent")):
        if initiator := taken(start, "initiator"):
            names[initiator] = "case.starter"
    for loop in root.iter(bpmn("multiInstanceLoopCharacteristics")):
        if counter := taken(loop, "elementIndexVariable"):
            names[counter] = "loopCounter"
    return names


def _user_task(task: Element, desk: Desk) -> None:
    translate_people(task, desk)
    translate_deadline(task, desk)
    translate_form(task, desk)
    desk.attribute(task, "priority")


def _condition(element: Element, desk: Desk) -> None:
    places = {"completionCondition": _("提前结束条件"), "loopCondition": _("循环条件")}
    if is_juel(element.text):
        element.text = desk.feel(element, places.get(local(element), _("条件")), element.text or "", condition=True)
        element.attrib.pop("language", "")


def _loop(loop: Element, desk: Desk) -> None:
    collection = (loop.get(camunda("collection")) or "").strip()
    if collection and feel_of(collection) is None:
        text = desk.feel(loop, desk.shown("collection"), collection)
        loop.set(camunda("collection"), text if text.startswith("=") else f"= {text}")


def _times(cardinality: Element, desk: Desk) -> None:
    cardinality.text = desk.feel(cardinality, _("次数"), cardinality.text or "")


def _named(element: Element, desk: Desk) -> None:
    for name in ("name", "errorCode"):
        if is_juel(element.get(name)):
            message = _("{it}由表达式决定，这里要写定；请改成固定的文字。", it=label(element))
            desk.refuse(element, UNSAYABLE, message)


_DRAWING = f"{BPMNDI}BPMNDiagram"
_OF_BPMN: Mapping[str, tuple[Callable[[Element, Desk], None], ...]] = {
    "process": (translate_starters,),
    "startEvent": (translate_form,),
    "userTask": (_user_task,),
    "serviceTask": (translate_service,),
    "sendTask": (translate_service,),
    "businessRuleTask": (translate_service, translate_decision),
    "scriptTask": (translate_script,),
    "intermediateThrowEvent": (translate_thrown,),
    "endEvent": (translate_thrown,),
    "callActivity": (translate_call,),
    "signalEventDefinition": (translate_mappings,),
    "timerEventDefinition": (translate_timer,),
    "conditionExpression": (_condition,),
    "completionCondition": (_condition,),
    "loopCondition": (_condition,),
    "condition": (_condition,),
    "multiInstanceLoopCharacteristics": (_loop,),
    "loopCardinality": (_times,),
    "message": (_named,),
    "signal": (_named,),
    "error": (_named,),
    "escalation": (_named,),
}
_STEPS = {bpmn(tag): steps for tag, steps in _OF_BPMN.items()} | {camunda("inputOutput"): (translate_parameters,)}
