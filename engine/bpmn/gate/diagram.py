"""The original XML, indexed for the rules of the gate."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lxml.etree import _Element as Element

from engine.bpmn.gate.palette import DEFINITION_TAGS, FLOW_NODES, OPAQUE, SUBPROCESS_TAGS, is_bpmn, local
from engine.bpmn.gate.words import kind_name
from engine.bpmn.names import BPMN, bpmn
from engine.errors import Finding

_SHOWN = 60  # letters of a name or reference that a sentence repeats
_KEPT = 200  # letters of an id or name that a finding carries


class Diagram:
    """Elements by id, the process that is to run, its scopes, and the flows between nodes.

    `process` is the executable one, else the first; the other processes of a file are the business of somebody else:
    only their ids count here. Built for broken files too: nothing here raises, and all of it is linear in the file.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        processes = root.findall(bpmn("process"))
        self.processes = sorted(processes, key=lambda process: process.get("isExecutable") != "true")
        self.process = self.processes[0] if self.processes else None
        self.by_id: dict[str, Element] = {}
        self.roots = {child.get("id") or "": child for child in root.iterchildren(BPMN + "*")}
        self.ids: list[tuple[str, Element]] = []
        self.elements: list[Element] = []
        self.scopes: list[Element] = []
        self.nodes: list[Element] = []
        self.flows: list[Element] = []
        self.associations: list[Element] = []
        self._walk(root)
        self._incoming = self._by_end("targetRef")
        self._outgoing = self._by_end("sourceRef")

    def _walk(self, root: Element) -> None:
        """In file order; what is no BPMN, and what lies in a box for extensions, is none of it."""
        waiting = [(root, True)]
        while waiting:
            element, judged = waiting.pop()
            identity, tag = element.get("id"), local(element)
            if identity is not None:
                self.ids.append((identity, element))
                self.by_id.setdefault(identity, element)
            if judged:
                self.elements.append(element)
                if tag in SUBPROCESS_TAGS or element is self.process:
                    self.scopes.append(element)
                    self.nodes.extend(self.nodes_of(element))
                    self.flows.extend(element.findall(bpmn("sequenceFlow")))
                elif tag == "association":
                    self.associations.append(element)
            judged = judged and tag not in OPAQUE
            if tag != "extensionElements":
                inside = [(child, judged and self._is_ours(child)) for child in element.iterchildren(BPMN + "*")]
                waiting.extend(reversed(inside))

    def _is_ours(self, element: Element) -> bool:
        return element.tag != bpmn("process") or element is self.process

    def _by_end(self, end: str) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for flow in self.flows:
            found.setdefault(flow.get(end) or "", []).append(flow)
        return found

    def incoming(self, node: Element) -> list[Element]:
        """The sequence flows that end at the node."""
        return self._incoming.get(node.get("id") or "", [])

    def outgoing(self, node: Element) -> list[Element]:
        """The sequence flows that start at the node, in file order."""
        return self._outgoing.get(node.get("id") or "", [])

    def all(self, *tags: str) -> Iterator[Element]:
        """Flow nodes of these kinds."""
        return (node for node in self.nodes if local(node) in tags)

    def nodes_of(self, scope: Element) -> list[Element]:
        """The flow nodes drawn directly in a process or subprocess."""
        return [child for child in scope if local(child) in FLOW_NODES]

    def referred(self, element: Element, attribute: str, *tags: str) -> Element | None:
        """The element of one of those kinds which an attribute refers to."""
        found = self.by_id.get(element.get(attribute) or "")
        return found if found is not None and local(found) in tags else None

    def declared(self, reference: str | None, *tags: str) -> Element | None:
        """What is declared beside the processes, by a reference that may bear a prefix (a QName)."""
        found = self.roots.get((reference or "").strip().rpartition(":")[2])
        return found if found is not None and local(found) in tags else None

    def attached(self, activity: Element) -> list[Element]:
        """The boundary events on an activity."""
        return self._catches.get(activity.get("id") or "", [])

    @cached_property
    def _catches(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for event in self.all("boundaryEvent"):
            found.setdefault(event.get("attachedToRef") or "", []).append(event)
        return found

    @cached_property
    def data_names(self) -> dict[str, str]:
        """What data objects are called, by id: by their own name, else by that of their first reference."""
        found: dict[str, str] = {}
        for tag, key in (("dataObject", "id"), ("dataObjectReference", "dataObjectRef")):
            for element in self.elements:
                if local(element) == tag and element.get("name"):
                    found.setdefault(element.get(key) or "", element.get("name") or "")
        return found

    def definitions(self, event: Element) -> list[Element]:
        """The definitions of an event: drawn on it, or drawn beside the process and referred to; others are left
        out."""
        found = []
        for child in event:
            tag = local(child)
            if is_bpmn(child) and tag.endswith("EventDefinition"):
                found.append(child)
            elif tag == "eventDefinitionRef":
                shared = self.declared(child.text, *DEFINITION_TAGS)
                if shared is not None:
                    found.append(shared)
        return found

    def kinds(self, event: Element) -> list[str]:
        """The kinds of these definitions: "message", "timer" …"""
        return [local(definition).removesuffix("EventDefinition") for definition in self.definitions(event)]


def is_event_subprocess(element: Element) -> bool:
    """Whether a subprocess is started by an event instead of a flow."""
    return local(element) == "subProcess" and element.get("triggeredByEvent") == "true"


def is_for_compensation(element: Element) -> bool:
    """Whether an activity runs only to undo another."""
    return element.get("isForCompensation") == "true"


def short(text: str | None) -> str:
    """A text of the diagram as a sentence repeats it."""
    text = text or ""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def label(element: Element) -> str:
    """用户任务「必要性审查」, or with the id where there is no name."""
    return f"{kind_name(local(element))}「{short(element.get('name') or element.get('id'))}」"


def finding(element: Element, code: str, message: str) -> Finding:
    """A finding of the standard level about that element; one without id is reported under the next above it."""
    at: Element | None = element
    while at is not None and at.get("id") is None:
        at = at.getparent()
    named = element if at is None else at
    return Finding("standard", code, (named.get("id") or "")[:_KEPT], (named.get("name") or "")[:_KEPT], message)
