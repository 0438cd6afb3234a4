"""The original XML, indexed for the rules of the gate."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.gate.palette import FLOW_NODES, kind_name, local
from engine.bpmn.names import BPMN, bpmn
from engine.errors import Finding


class Diagram:
    """Elements by id, scopes, and the flows between nodes. Built for broken files too: nothing here raises."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.processes = list(root.iter(bpmn("process")))
        self.by_id: dict[str, Element] = {}
        self.ids: list[tuple[str, Element]] = []
        for element in root.iter(BPMN + "*"):
            identity = element.get("id")
            if identity is not None:
                self.ids.append((identity, element))
                self.by_id.setdefault(identity, element)
        self.scopes = [*self.processes, *root.iter(bpmn("subProcess"))]
        self.nodes: list[Element] = []
        self.flows: list[Element] = []
        for scope in self.scopes:
            self.nodes.extend(child for child in scope if local(child) in FLOW_NODES)
            self.flows.extend(scope.findall(bpmn("sequenceFlow")))
        self._incoming = self._by_end("targetRef")
        self._outgoing = self._by_end("sourceRef")

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

    def referred(self, element: Element, attribute: str, tag: str) -> Element | None:
        """The element of that kind which an attribute refers to."""
        found = self.by_id.get(element.get(attribute) or "")
        return found if found is not None and local(found) == tag else None


def is_event_subprocess(element: Element) -> bool:
    """Whether a subprocess is started by an event instead of a flow."""
    return local(element) == "subProcess" and element.get("triggeredByEvent") == "true"


def event_definitions(event: Element) -> list[Element]:
    """The event definitions drawn on an event."""
    return [child for child in event if local(child).endswith(("EventDefinition", "eventDefinitionRef"))]


def label(element: Element) -> str:
    """用户任务「必要性审查」, or with the id where there is no name."""
    return f"{kind_name(local(element))}「{element.get('name') or element.get('id') or ''}」"


def finding(element: Element, code: str, message: str) -> Finding:
    """A finding of the standard level about that element; one without id is reported under the next above it."""
    at: Element | None = element
    while at is not None and at.get("id") is None:
        at = at.getparent()
    named = element if at is None else at
    return Finding("standard", code, named.get("id") or "", named.get("name") or "", message)
