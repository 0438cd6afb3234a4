"""Every node can be reached from where its scope begins, and no join waits for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, is_event_subprocess, is_for_compensation, label
from engine.bpmn.gate.links import link_name
from engine.bpmn.gate.palette import local
from engine.errors import Finding
from engine.i18n import _


def check_paths(diagram: Diagram) -> Iterator[Finding]:
    """All scopes at once: flows do not cross borders. Of a cut-off part only its beginning is named; what follows would
    be named for nothing."""
    drawn = [node for scope in diagram.scopes for node in in_flow(diagram, scope)]
    forward, led_to = _edges(diagram, drawn)
    starts: set[str] = set()
    for scope in diagram.scopes:
        nodes = in_flow(diagram, scope)
        begins = any(_begins_alone(node) for node in nodes)
        for node in nodes:
            if _begins_alone(node) or _is_link(diagram, node, "intermediateCatchEvent"):
                starts.update(() if _id(node) in led_to else {_id(node)})
            elif local(node) != "boundaryEvent" and _id(node) not in led_to:
                starts.add(_id(node))
                if begins or local(node).endswith("Event"):
                    message = _("{it}没有进入的连线，流程永远到不了这里；请连上前一步或删除。", it=label(node))
                    yield finding(node, "no_incoming", message)
            if local(node) == "startEvent" and not diagram.outgoing(node):
                message = _("{it}没有离开的连线，流程会断在这里；请连到下一步或结束事件。", it=label(node))
                yield finding(node, "no_outgoing", message)
    yield from _deadlocks(diagram, starts, forward)
    reached = _reach(starts, forward)
    for node in drawn:
        if _id(node) not in reached:
            message = _("{it}从开始事件无法到达；请连上前面的步骤或删除。", it=label(node))
            yield finding(node, "unreachable", message)


def in_flow(diagram: Diagram, scope: Element) -> list[Element]:
    """The nodes of a scope that tokens come to by its flow; compensation handlers and event subprocesses are beside."""
    return [node for node in diagram.nodes_of(scope) if not is_event_subprocess(node) and not is_for_compensation(node)]


def _begins_alone(node: Element) -> bool:
    """Whether a node begins a scope explicitly, so that nothing else in it begins by having no incoming flow."""
    if local(node) in ("receiveTask", "eventBasedGateway"):
        return node.get("instantiate") == "true"
    return local(node) == "startEvent"


def _is_link(diagram: Diagram, node: Element, tag: str) -> bool:
    return local(node) == tag and link_name(diagram, node) is not None


def _deadlocks(diagram: Diagram, starts: Iterable[str], forward: Mapping[str, list[str]]) -> Iterator[Finding]:
    """A parallel gateway that waits for a flow which only begins behind it (or behind another such) waits for ever.

    Found by letting tokens spread as if every choice went both ways: a gateway that even so never gets all its flows is
    never passed in any case.
    """
    missing = {_id(node): len(diagram.incoming(node)) for node in diagram.all("parallelGateway")}
    passed, arrived = set(starts), set()
    waiting = list(passed)
    while waiting:
        for target in forward.get(waiting.pop(), ()):
            if target in missing:
                arrived.add(target)
                missing[target] -= 1
                if missing[target] > 0:
                    continue
            if target not in passed:
                passed.add(target)
                waiting.append(target)
    for node in diagram.all("parallelGateway"):
        if _id(node) in arrived and _id(node) not in passed:
            message = _(
                "{it}要等的连线有的要先经过它自己才会到来，流程会永远停在这里；请在前面用排他网关汇合循环。",
                it=label(node),
            )
            yield finding(node, "join_waits_for_itself", message)


def _edges(diagram: Diagram, nodes: Iterable[Element]) -> tuple[dict[str, list[str]], set[str]]:
    """What follows each node, and all that something leads to, by id: along flows and links, and from an activity to
    what happens on its border."""
    forward: dict[str, list[str]] = {}
    led_to: set[str] = set()
    pairs = [(flow.get("sourceRef") or "", flow.get("targetRef") or "") for flow in diagram.flows]
    caught: dict[tuple[Element | None, str], str] = {}
    thrown: list[tuple[Element | None, str, str]] = []
    for node in nodes:
        if local(node) == "boundaryEvent":
            pairs.append((node.get("attachedToRef") or "", _id(node)))
        name = link_name(diagram, node)
        if name and local(node) == "intermediateCatchEvent":
            caught.setdefault((node.getparent(), name), _id(node))
        elif name:
            thrown.append((node.getparent(), name, _id(node)))
    pairs += [(id, caught[scope, name]) for scope, name, id in thrown if (scope, name) in caught]
    for source, target in pairs:
        forward.setdefault(source, []).append(target)
        led_to.add(target)
    return forward, led_to


def _reach(begin: Iterable[str], edges: Mapping[str, list[str]]) -> set[str]:
    seen = set(begin)
    waiting = list(seen)
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _id(node: Element) -> str:
    return node.get("id") or ""
