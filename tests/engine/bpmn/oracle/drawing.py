"""Blocks as a BPMN file."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from lxml.etree import _Element as Element

from tests.engine.bpmn import build
from tests.engine.bpmn.oracle.blocks import ACTIVITIES, Block, Many, Reaction, handler_of, minute_of
from tests.engine.bpmn.oracle.free_drawing import bundle, free, note

TOPS = [
    *(build.declared("signal", name) for name in ("S1", "S2")),
    *(build.declared("error", name) for name in ("E1", "E2")),
    *(build.declared("escalation", name) for name in ("L1", "L2")),
]


def as_bpmn(block: Block) -> bytes:
    """A whole file; the reactions beside the outermost block are those of the process."""
    drawing = Drawing()
    first, last = drawing.draw(block)
    for reaction in block.beside:
        drawing.beside(reaction)
    flows = [f"start > {first}", f"{last} > end", *drawing.flows]
    tops = [*TOPS, *(build.message(name) for name in sorted({"M0", *messages(drawing.elements)}))]
    elements = [build.start(), *drawing.elements, build.end()]
    return build.diagram(*tops, *elements, flows="\n".join(flows))


def messages(elements: list[Element]) -> set[str]:
    """The names of all messages in what is drawn."""
    found = {e.get("messageRef") for element in elements for e in element.iter() if isinstance(e.tag, str)}
    return {name for name in found if name is not None}


def definition(kind: str, word: str, id: str, activity: str | None = None) -> Element:
    """The event definition of a kind."""
    if kind == "timer":
        return build.timer(f"P{word}DT{minute_of(id)}M")
    if kind == "cycle":
        return build.timer(f"R2/P{word}DT{minute_of(id)}M", "timeCycle")
    if kind == "conditional":
        return build.condition(f"{word} = true")
    if kind.startswith("compensation"):
        marks = {"activityRef": word} if word else {}
        return build.event("compensate", **marks, **({"waitForCompletion": "false"} if kind.endswith("aside") else {}))
    return build.event(kind, **({f"{kind}Ref": word} if word else {}))


class Drawing:
    """Elements and flows of one scope, while it is being drawn."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.flows: list[str] = []

    def draw(self, block: Block) -> tuple[str, str]:
        """Draw a block; the ids of its first and last node."""
        kind = block.kind
        if kind in ACTIVITIES:
            return self._activity(block)
        if kind == "bundle":
            return bundle(block, self)
        if kind == "note":
            self.elements += note(block)
            return block.id, block.id
        if kind in ("catch", "throw", "exit", "link", "race"):
            drawn: tuple[str, str] = getattr(self, f"_{kind}")(block)
            return drawn
        ends = [self.draw(child) for child in block.inner]
        if kind == "seq":
            self.flows += [f"{a[1]} > {b[0]}" for a, b in pairwise(ends)]
            return ends[0][0], ends[-1][1]
        first, last = f"{block.id}_in", f"{block.id}_out"
        self.elements += self._gateways(block, first, last)
        self.flows += [f"{end[1]} > {last}" for end in ends]
        if kind == "loop":
            left = f"{block.id}_left"
            self.elements.append(build.xor(left))
            self.flows += [f"{first} > {ends[0][0]}", f"{last} > {first} : pick >= 3", f"{last} > {left} : *"]
            return first, left
        for place, child in enumerate(ends):
            sign = {"choice": " : pick = ", "inclusive": " : pick >= "}.get(kind)
            condition = "" if sign is None else " : *" if place == 0 else f"{sign}{place}"
            self.flows.append(f"{first} > {child[0]}{condition}")
        return first, last

    def _gateways(self, block: Block, first: str, last: str) -> list[Element]:
        if block.kind == "quorum":
            enough = build.text("activationCondition", f"activationCount >= {block.number}")
            return [build.both(first), build.gate("complex", last, enough)]
        kind = {"parallel": "parallel", "inclusive": "inclusive"}.get(block.kind, "exclusive")
        return [build.gate(kind, first), build.gate(kind, last)]

    # ---------------------------------------------------------------- activities

    def _activity(self, block: Block) -> tuple[str, str]:
        made = WORK[block.kind](block)
        if block.many is not None:
            made.append(_many(block, block.many))
        self.elements.append(made)
        if block.handler:
            self._handler(block)
        rejoining = [one for one in block.border if one.rejoins]
        last = f"{block.id}_on" if rejoining else block.id
        if rejoining:
            self.elements.append(build.xor(last))
            self.flows.append(f"{block.id} > {last}")
        for reaction in block.border:
            event = definition(reaction.kind, reaction.word, reaction.id)
            self.elements.append(build.boundary(reaction.id, block.id, event, reaction.interrupting))
            self._way(reaction.id, reaction.body, last if reaction.rejoins else None)
        return block.id, last

    def _handler(self, block: Block) -> None:
        id = handler_of(block.id)
        marks = {"isForCompensation": "true"}
        service = block.handler == "service"
        self.elements.append(build.service(id, f"demo.{id}", **marks) if service else build.user(id, **marks))
        self.elements += build.undone_by(block.id, id)

    def _way(self, source: str, body: Block | None, target: str | None) -> None:
        """From a node through a body to a target, or to an end event of its own."""
        if target is None:
            target = f"{source}_end"
            self.elements.append(build.end(target))
        first, last = self.draw(body) if body is not None else (target, source)
        self.flows.append(f"{source} > {first}")
        if body is not None:
            self.flows.append(f"{last} > {target}")

    def beside(self, reaction: Reaction) -> None:
        """An event subprocess."""
        assert reaction.body is not None
        inside, start, end = Drawing(), f"{reaction.id}_start", f"{reaction.id}_e"
        first, last = inside.draw(reaction.body)
        flows = "\n".join([f"{start} > {first}", f"{last} > {end}", *inside.flows])
        event = definition(reaction.kind, reaction.word, reaction.id)
        children = [*inside.elements, build.end(end)]
        made = build.beside(reaction.id, event, *children, flows=flows, interrupting=reaction.interrupting)
        self.elements.append(made)

    # ---------------------------------------------------------------- events

    def _catch(self, block: Block) -> tuple[str, str]:
        events = [definition(kind, word, block.id) for kind, word in block.words]
        marks = {"parallelMultiple": "true"} if block.number else {}
        self.elements.append(build.awaits(block.id, *events, **marks))
        return block.id, block.id

    def _throw(self, block: Block) -> tuple[str, str]:
        task = f"{block.id}_task"
        self.elements += [build.user(task), build.throws(block.id, definition(*block.words[0], block.id))]
        self.flows.append(f"{task} > {block.id}")
        return task, block.id

    def _exit(self, block: Block) -> tuple[str, str]:
        way, on, task = f"{block.id}_way", f"{block.id}_on", f"{block.id}_task"
        kind, word = block.words[0]
        events = [definition(kind, word, block.id)] if kind != "none" else []
        self.elements += [build.xor(way), build.xor(on), build.user(task), build.ends(block.id, *events)]
        self.flows += [f"{way} > {task} : pick = {block.number}", f"{way} > {on} : *", f"{task} > {block.id}"]
        return way, on

    def _link(self, block: Block) -> tuple[str, str]:
        there = f"{block.id}_there"
        self.elements.append(build.throws(block.id, build.event("link", name=block.id)))
        self.elements.append(build.awaits(there, build.event("link", name=block.id)))
        return block.id, there

    def _race(self, block: Block) -> tuple[str, str]:
        last = f"{block.id}_out"
        self.elements += [build.gate("eventBased", block.id), build.xor(last)]
        for place, (kind, word) in enumerate(block.words):
            event = f"{block.id}_{place}"
            self.elements.append(build.awaits(event, definition(kind, word, event)))
            self.flows.append(f"{block.id} > {event}")
            self._way(event, block.inner[place], last)
        return block.id, last


def _scope(block: Block) -> Element:
    drawing, start, end = Drawing(), f"{block.id}_s", f"{block.id}_e"
    first, last = drawing.draw(block.inner[0])
    for reaction in block.beside:
        drawing.beside(reaction)
    flows = "\n".join([f"{start} > {first}", f"{last} > {end}", *drawing.flows])
    tag = {"sub": "subProcess"}.get(block.kind, block.kind)
    return build.scope(tag, block.id, build.start(start), *drawing.elements, build.end(end), flows=flows)


def _script(block: Block) -> Element:
    name = f"n_{block.id}"
    return build.script(block.id, f"if {name} = null then 1 else {name} + 1", name)


def _call(block: Block) -> Element:
    box = build.extension(build.hands("out", source="result", target=f"got_{block.id}"))
    return build.call(block.id, "other", box)


def _job(block: Block) -> Element:
    outputs = [(f"got_{block.id}", "= result")]
    return build.service(block.id, "demo.slow", outputs=outputs, camunda_asyncBefore="true")


def _receive(block: Block) -> Element:
    return build.element("receiveTask", block.id, name=block.id, messageRef=block.word)


WORK: dict[str, Any] = {
    "task": lambda block: build.user(block.id),
    "script": _script,
    "call": _call,
    "job": _job,
    "receive": _receive,
    "sub": _scope,
    "transaction": _scope,
    "adhoc": lambda block: free(block, Drawing()),
}


def output_of(block: Block) -> str:
    """The variable that each instance of a multi-instance gives away."""
    return {"script": f"n_{block.id}", "call": f"got_{block.id}", "job": f"got_{block.id}"}.get(block.kind, "pick")


def _many(block: Block, many: Many) -> Element:
    if many.how in ("before", "after"):
        asked = f"n_{block.id} < 3" if block.kind == "script" and many.how == "after" else "pick >= 3"
        return build.loop(asked, testBefore=str(many.how == "before").lower(), loopMaximum=str(many.number))
    marks = {
        "camunda_collection": f"= {list(range(many.number))}",
        "camunda_elementVariable": f"who_{block.id}",
        "guicheng_outputCollection": f"all_{block.id}",
        "guicheng_outputElement": f"= {output_of(block)}",
        "isSequential": str(many.how == "sequential").lower(),
    }
    made = build.element("multiInstanceLoopCharacteristics", None, **marks)
    if many.until is not None:
        made.append(build.text("completionCondition", f"nrOfCompletedInstances >= {many.until}"))
    return made
