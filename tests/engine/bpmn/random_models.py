"""Random models out of blocks, and a plain interpreter of the blocks that knows nothing of tokens.

Every finished task writes `pick`; choices and loops look at it. So both sides decide the same way.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml.etree import _Element as Element

from tests.engine.bpmn.build import both, diagram, end, script, start, sub, user, xor

Block = tuple[Any, ...]  # (kind, id, children…)


KINDS = ["task", "task", "script", "seq", "seq", "choice", "parallel", "loop", "sub"]
CHILDREN = {"seq": (2, 3), "choice": (2, 3), "parallel": (2, 3), "loop": (1, 1), "sub": (1, 1)}


def random_block(dice: random.Random, depth: int, names: Any) -> Block:
    """A block: task, script, sequence, choice, parallel, loop or subprocess."""
    kind = dice.choice(KINDS if depth else ["task"])
    id = f"{kind}{next(names)}"
    inner = [random_block(dice, depth - 1, names) for _child in range(dice.randint(*CHILDREN.get(kind, (0, 0))))]
    if kind == "loop":  # every round waits for somebody, else it could turn for ever
        inner = [("seq", f"{id}_body", ("task", f"{id}_task"), *inner)]
    return (kind, id, *inner)


# ---------------------------------------------------------------- as BPMN


@dataclass
class Drawing:
    """Elements and flows of one scope, while it is being drawn."""

    elements: list[Element] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)

    def draw(self, block: Block) -> tuple[str, str]:
        """Draw a block; the ids of its first and last node."""
        kind, id, *inner = block
        if kind == "task":
            self.elements.append(user(id))
        elif kind == "script":
            self.elements.append(script(id, f"if n_{id} = null then 1 else n_{id} + 1", f"n_{id}"))
        elif kind == "sub":
            self.elements.append(draw_scope(id, inner[0]))
        if kind in ("task", "script", "sub"):
            return id, id
        ends = [self.draw(child) for child in inner]
        if kind == "seq":
            self.flows += [f"{a[1]} > {b[0]}" for a, b in pairwise(ends)]
            return ends[0][0], ends[-1][1]
        first, last = f"{id}_in", f"{id}_out"
        self.elements += [both(first), both(last)] if kind == "parallel" else [xor(first), xor(last)]
        self.flows += [f"{end[1]} > {last}" for end in ends]
        if kind == "loop":
            self.flows += [f"{first} > {ends[0][0]}", f"{last} > {first} : pick >= 3"]
            self.elements.append(xor(f"{id}_left"))
            self.flows.append(f"{last} > {id}_left : *")
            return first, f"{id}_left"
        for place, child in enumerate(ends):
            condition = "" if kind == "parallel" else " : *" if place == 0 else f" : pick = {place}"
            self.flows.append(f"{first} > {child[0]}{condition}")
        return first, last


def draw_scope(id: str, block: Block) -> Element:
    """A subprocess around a block."""
    drawing, first, last = Drawing(), f"{id}_s", f"{id}_e"
    inside = drawing.draw(block)
    flows = [f"{first} > {inside[0]}", f"{inside[1]} > {last}", *drawing.flows]
    return sub(id, start(first), *drawing.elements, end(last), flows="\n".join(flows))


def as_bpmn(block: Block) -> bytes:
    """A whole file."""
    drawing = Drawing()
    first, last = drawing.draw(block)
    flows = [f"start > {first}", f"{last} > end", *drawing.flows]
    return diagram(start(), *drawing.elements, end(), flows="\n".join(flows))


# ---------------------------------------------------------------- interpreted


class Run:
    """A block being run: which of its tasks are open, and whether it is done."""

    def __init__(self, block: Block, env: dict[str, Any], counts: Counter[str]) -> None:
        self.kind, self.id, *self.inner = block
        self.env, self.counts = env, counts
        self.running: list[Run] = []
        self.position = 0
        self.done = False
        if self.kind == "script":
            counts[self.id] += 1
            self.done = True
        elif self.kind == "parallel":
            self.running = [self._run(child) for child in self.inner]
        elif self.kind == "choice":
            place = env["pick"] if 0 < env["pick"] < len(self.inner) else 0
            self.running = [self._run(self.inner[place])]
        elif self.kind != "task":
            self.running = [self._run(self.inner[0])]
        self._settle()

    def _run(self, block: Block) -> Run:
        return Run(block, self.env, self.counts)

    def _settle(self) -> None:
        while self.running and all(run.done for run in self.running):
            self.position += 1
            if self.kind == "seq" and self.position < len(self.inner):
                self.running = [self._run(self.inner[self.position])]
            elif self.kind == "loop" and self.env["pick"] >= 3:
                self.running = [self._run(self.inner[0])]
            else:
                self.running = []
                self.done = True

    def open(self) -> list[str]:
        """The ids of the open tasks."""
        if self.kind == "task":
            return [] if self.done else [self.id]
        return [task for run in self.running for task in run.open()]

    def finish(self, task: str) -> None:
        """Finish an open task."""
        if self.kind == "task":
            self.done = True
            return
        next(run for run in self.running if task in run.open()).finish(task)
        self._settle()
