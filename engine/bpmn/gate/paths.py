"""Every node can be reached from its start and can reach an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml.etree import _Element as Element

from engine.bpmn.gate.diagram import Diagram, finding, is_event_subprocess, label
from engine.bpmn.gate.palette import local
from engine.errors import Finding
from engine.i18n import _


def check_paths(diagram: Diagram) -> Iterator[Finding]:
    """All scopes at once: flows do not cross borders. Of a cut-off part only its beginning, of a dead end only its last
    node is named; what follows or precedes would be named for nothing."""
    nodes = [node for node in diagram.nodes if not is_event_subprocess(node)]
    forward, backward = _edges(diagram, nodes)
    starts, ends = set(), set()
    for node in nodes:
        tag, id = local(node), _id(node)
        if tag == "startEvent":
            starts.add(id)
        elif tag != "boundaryEvent" and not backward.get(id):
            starts.add(id)
            message = _("{it}没有进入的连线，流程永远到不了这里；请连上前一步或删除。", it=label(node))
            yield finding(node, "no_incoming", message)
        if tag == "endEvent":
            ends.add(id)
        elif not diagram.outgoing(node):
            ends.add(id)
            message = _("{it}没有离开的连线，流程会断在这里；请连到下一步或结束事件。", it=label(node))
            yield finding(node, "no_outgoing", message)
    yield from _deadlocks(diagram, starts, forward)
    reached, ending = _reach(starts, forward), _reach(ends, backward)
    for node in nodes:
        if _id(node) not in reached:
            message = _("{it}从开始事件无法到达；请连上前面的步骤或删除。", it=label(node))
            yield finding(node, "unreachable", message)
        elif _id(node) not in ending:
            message = _("{it}之后只能循环，到不了结束事件；请画一条离开循环的出路。", it=label(node))
            yield finding(node, "no_way_to_end", message)


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
    """What follows and what precedes, by id; kinds of nodes that are not accepted are passed through."""
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
    pairs = [(flow.get("sourceRef") or "", flow.get("targetRef") or "") for flow in diagram.flows]
    pairs += [(node.get("attachedToRef") or "", _id(node)) for node in nodes if local(node) == "boundaryEvent"]
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
