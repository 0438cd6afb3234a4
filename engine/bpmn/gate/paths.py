"""Every node can be reached from where its scope begins and can reach where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, is_event_subprocess, is_for_compensation, label
from engine.bpmn.gate.links import link_name
from engine.bpmn.gate.palette import local
from engine.bpmn.names import bpmn
from engine.errors import Finding
from engine.i18n import _


def check_paths(diagram: Diagram) -> Iterator[Finding]:
    """All scopes at once: flows do not cross borders. Of a cut-off part only its beginning, of a dead end only its last
    node is named; what follows or precedes would be named for nothing."""
    drawn = [node for scope in diagram.scopes for node in in_flow(diagram, scope)]
    forward, backward = _edges(diagram, drawn)
    starts: set[str] = set()
    ends: set[str] = set()
    for scope in diagram.scopes:
        nodes = in_flow(diagram, scope)
        begins = any(_begins_alone(node) for node in nodes)
        stops = any(local(node) == "endEvent" for node in nodes)
        for node in nodes:
            if _begins_alone(node) or _is_link(diagram, node, "intermediateCatchEvent"):
                starts.update(() if backward.get(_id(node)) else {_id(node)})
            elif local(node) != "boundaryEvent" and not backward.get(_id(node)):
                starts.add(_id(node))
                if begins or local(node).endswith("Event"):
                    message = _("{it}没有进入的连线，流程永远到不了这里；请连上前一步或删除。", it=label(node))
                    yield finding(node, "no_incoming", message)
            if local(node) == "endEvent":
                ends.add(_id(node))
            elif not diagram.outgoing(node):
                ends.add(_id(node))
                if (stops or local(node) == "startEvent") and not _goes_elsewhere(diagram, node):
                    message = _("{it}没有离开的连线，流程会断在这里；请连到下一步或结束事件。", it=label(node))
                    yield finding(node, "no_outgoing", message)
    yield from _deadlocks(diagram, starts, forward)
    reached, ending = _reach(starts, forward), _reach(ends, backward)
    broken_off = _broken_off(diagram)
    for node in drawn:
        if _id(node) not in reached:
            message = _("{it}从开始事件无法到达；请连上前面的步骤或删除。", it=label(node))
            yield finding(node, "unreachable", message)
        elif _id(node) not in ending and node.getparent() not in broken_off:
            message = _("{it}之后只能循环，到不了结束事件；请画一条离开循环的出路。", it=label(node))
            yield finding(node, "no_way_to_end", message)


def in_flow(diagram: Diagram, scope: Element) -> list[Element]:
    """The nodes of a scope that tokens come to by its flow; compensation handlers and event subprocesses are beside."""
    return [node for node in diagram.nodes_of(scope) if not is_event_subprocess(node) and not is_for_compensation(node)]


def _broken_off(diagram: Diagram) -> set[Element]:
    """The scopes that something from outside their flow can end: there a loop may have no way out of its own."""
    found: set[Element] = set()
    for scope in diagram.scopes:
        nodes = diagram.nodes_of(scope)
        inside = filter(is_event_subprocess, nodes)
        starts = [start for beside in inside for start in beside.findall(bpmn("startEvent"))]
        if (
            scope.getparent() in found
            or any(event.get("cancelActivity") != "false" for event in diagram.attached(scope))
            or any(start.get("isInterrupting") != "false" for start in starts)
            or any(kind in ("terminate", "error", "cancel") for node in nodes for kind in diagram.kinds(node))
        ):
            found.add(scope)
    return found


def _begins_alone(node: Element) -> bool:
    """Whether a node begins a scope explicitly, so that nothing else in it begins by having no incoming flow."""
    return local(node) == "startEvent" or node.get("instantiate") == "true"


def _is_link(diagram: Diagram, node: Element, tag: str) -> bool:
    return local(node) == tag and link_name(diagram, node) is not None


def _goes_elsewhere(diagram: Diagram, node: Element) -> bool:
    """Whether a node without an outgoing flow is no loose end: it jumps, or it stands for a handler."""
    if local(node) == "boundaryEvent":
        return "compensate" in diagram.kinds(node)
    return _is_link(diagram, node, "intermediateThrowEvent")


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


def _edges(diagram: Diagram, nodes: Iterable[Element]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What follows and what precedes, by id: by flows, from an activity to what happens on its border, along links."""
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
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
        backward.setdefault(target, []).append(source)
    return forward, backward


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
