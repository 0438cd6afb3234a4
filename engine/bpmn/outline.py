"""A diagram that may be half-drawn, read as far as it can be: steps, flows, and what lies on a way before what.

`parse` accepts only what can run. While somebody draws, most of a diagram is right already, and pickers and
completion need to know it; so nothing here judges, and nothing raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import _Element as Element

from engine.bpmn.expressions import always_feel
from engine.bpmn.foreign.translate import translate
from engine.bpmn.gate.diagram import Diagram, is_event_subprocess
from engine.bpmn.gate.palette import is_bpmn, local
from engine.bpmn.gate.xml import read_xml
from engine.bpmn.inputs import ProcessInput, process_inputs
from engine.bpmn.names import bpmn, camunda, guicheng
from engine.bpmn.parser.data import Data, called_data, parameters
from engine.bpmn.parser.extensions import error_variables, read_extensions

_CARRIERS = {"message", "signal"}
"""Events that bring data with them."""
_LEFT_OUT = ("sequenceFlow", "laneSet", "documentation", "extensionElements", "textAnnotation", "association", "group")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A flow node as drawn, of whatever kind. `said` holds the fields of `Node` that its extensions say, `inside` the
    subprocess around it ("" in the process itself)."""

    id: str
    tag: str
    name: str = ""
    inside: str = ""
    host: str = ""  # the activity that a boundary event sits on
    by_event: bool = False  # an event subprocess
    waits_for: str = ""  # the event definition of an event: "message", "timer", "error" …
    script: str = ""
    writes: tuple[tuple[str, str], ...] = ()  # (variable, text) that it says to hand out, besides what its kind does
    opens: bool = False  # it leaves variables whose names the diagram does not say: a message's, a called case's
    takes: tuple[ProcessInput, ...] = ()  # at a start event of the process: what that declares to take from outside
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A sequence flow as drawn; either end may lead nowhere."""

    id: str
    source: str
    target: str


@dataclass(frozen=True)
class Outline:
    """Steps and flows by id, those without an id left out. `process` is the id of the process, "" where there is
    none."""

    process: str
    steps: Mapping[str, Step]
    links: tuple[Link, ...]

    def within(self, subprocess: str) -> list[Step]:
        """What is drawn directly in a subprocess, or in the process ("")."""
        return [step for step in self.steps.values() if step.inside == subprocess]


def outline(xml: bytes) -> Outline:
    """What can be read of a diagram; an empty outline when it is no BPMN at all."""
    try:
        root, _findings = read_xml(xml)
        if root is None:
            return Outline("", {}, ())
        translate(root)
        return _read(Diagram(root))
    except Exception:  # a reader's way of giving up on a hostile file; there is nothing to know about it
        return Outline("", {}, ())


def _read(diagram: Diagram) -> Outline:
    steps: dict[str, Step] = {}
    links = []
    data = Data(diagram.root)
    for scope in diagram.scopes:
        takes = process_inputs(scope, data) if local(scope) == "process" else ()
        inside = "" if local(scope) == "process" else scope.get("id") or ""
        for child in scope:
            identity = child.get("id")
            if not is_bpmn(child) or not identity or local(child) in _LEFT_OUT:
                continue
            steps.setdefault(identity, _step(child, identity, inside, data, takes))
        for flow in scope.findall(bpmn("sequenceFlow")):
            links.append(Link(flow.get("id") or "", flow.get("sourceRef") or "", flow.get("targetRef") or ""))
    process = next((scope.get("id") or "" for scope in diagram.processes), "")
    return Outline(process, steps, tuple(links))


def _step(element: Element, identity: str, inside: str, data: Data, takes: tuple[ProcessInput, ...]) -> Step:
    starts = local(element) == "startEvent"
    script = (element.findtext(bpmn("script")) or "").strip()
    return Step(
        id=identity,
        tag=local(element),
        name=element.get("name") or "",
        inside=inside,
        host=element.get("attachedToRef") or "",
        by_event=is_event_subprocess(element),
        waits_for=next(_event_kinds(element), ""),
        script=always_feel(script) if script else "",
        writes=tuple(_written(element, data)),
        # what starts a process that says what it takes brings that
        opens=_opens(element) and not (starts and any(one.required for one in takes)),
        takes=takes if starts else (),
        said={**read_extensions(element), **error_variables(element)},
    )


def _written(element: Element, data: Data) -> Iterator[tuple[str, str]]:
    """Declared outputs (of a service task those of `said`), what a called case brings, codes of what is caught."""
    if local(element) != "serviceTask":
        yield from data.of(element)["outputs"]
    if local(element) == "callActivity":
        yield from ((name, "") for name, _text in called_data(element, "out") if name is not None)
    for child in element.iterfind(bpmn("escalationEventDefinition")):
        if name := child.get(camunda("escalationCodeVariable")):
            yield name, ""


def _opens(element: Element) -> bool:
    tag, kinds = local(element), set(_event_kinds(element))
    if tag == "callActivity":
        return any(name is None for name, _text in called_data(element, "out"))
    if element.get(guicheng("answer")) == "variables":
        return True
    catches = tag == "receiveTask" or (tag not in ("endEvent", "intermediateThrowEvent") and kinds & _CARRIERS)
    withdrawal = element.get(guicheng("sender")) is not None  # 撤销 brings its reason and nothing else
    return bool(catches) and not withdrawal and not any(parameters(element, "outputParameter"))


def _event_kinds(element: Element) -> Iterator[str]:
    for child in element:
        if is_bpmn(child) and local(child).endswith("EventDefinition"):
            yield local(child).removesuffix("EventDefinition")
