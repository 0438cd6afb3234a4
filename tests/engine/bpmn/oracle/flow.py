"""Runs of the blocks of the flow: sequences, gateways, events."""

from __future__ import annotations

from functools import partial

from tests.engine.bpmn.oracle.blocks import Block
from tests.engine.bpmn.oracle.runs import RUNS, BlockRun, Run


class Seq(BlockRun):
    at = 0

    def begin(self) -> None:
        self.start(self.block.inner[self.at])

    def ended(self, child: Run, dead: bool) -> None:
        self.at += 1
        if dead or self.at == len(self.block.inner):
            self.end(dead)
        else:
            self.begin()


class Choice(BlockRun):
    def begin(self) -> None:
        pick = self.env.read("pick")
        self.start(self.block.inner[pick if 0 < pick < len(self.block.inner) else 0])

    def ended(self, child: Run, dead: bool) -> None:
        self.end(dead)


class Loop(BlockRun):
    def begin(self) -> None:
        self.start(self.block.inner[0])

    def ended(self, child: Run, dead: bool) -> None:
        if not dead and self.env.read("pick") >= 3:
            self.begin()
        else:
            self.end(dead)


class Fork(BlockRun):
    """Branches side by side: parallel, inclusive and quorum."""

    left = 0
    arrived = 0

    def branches(self) -> list[Block]:
        if self.block.kind != "inclusive":
            return list(self.block.inner)
        pick = self.env.read("pick")
        return [block for place, block in enumerate(self.block.inner) if 0 < place <= pick] or [self.block.inner[0]]

    def begin(self) -> None:
        runs = [self.add(block) for block in self.branches()]
        self.left = len(runs)
        for run in runs:
            if run.alive:
                run.begin()

    def ended(self, child: Run, dead: bool) -> None:
        self.left -= 1
        self.arrived += not dead
        if self.block.kind == "quorum" and self.arrived == self.block.number:
            scope = self.scope
            for late in self.inside:  # they go on, but nothing waits for them except the scope
                late.around = scope
            scope.inside += self.inside
            self.inside = []
            self.end()
        elif self.left == 0 and (self.block.kind == "inclusive" or self.arrived in (0, len(self.block.inner))):
            self.end(dead=self.arrived == 0)


class Wait(BlockRun):
    """A catch event, of one of several definitions or of all, or an event-based gateway and what follows its events."""

    def begin(self) -> None:
        self.missing = len(self.block.words) if self.block.kind == "catch" and self.block.number else 1
        events = [(self.block.id, event) for event in self.block.words]
        if self.block.kind == "race":
            events = [(f"{self.block.id}_{place}", event) for place, event in enumerate(self.block.words)]
        for place, (node, event) in enumerate(events):
            if not self.inside and self.alive:
                self.scope.wait_for(self, node, *event, partial(self._come, place))

    def _come(self, place: int) -> None:
        self.missing -= 1
        if self.missing:
            return
        self.story.forget(self)
        if self.block.kind == "race":
            self.start(self.block.inner[place])
        else:
            self.end()

    def ended(self, child: Run, dead: bool) -> None:
        self.end(dead)


class Throw(BlockRun):
    """A task, then an event is thrown."""

    def begin(self) -> None:
        self.start(Block("task", f"{self.block.id}_task"))

    def ended(self, child: Run, dead: bool) -> None:
        kind, word = self.block.words[0]
        scope = self.scope
        if kind == "error":
            assert self.propagate(kind, word)
        elif kind == "escalation":
            self.propagate(kind, word)
        elif kind == "signal":
            self.story.signal(word)
        elif kind == "message":
            self.story.message(word)
        elif kind == "terminate":
            scope.stop_inside()
            scope.close()
        elif kind == "cancel":
            scope.cancel()
        elif kind == "compensation aside":
            scope.undo_aside(word, self.env)
        elif kind == "compensation":
            scope.undo(word, self, self._go_on)
            return
        self._go_on()

    def _go_on(self) -> None:
        if self.alive:
            self.end()


class Exit(BlockRun):
    """By its pick a way to an end event; who goes it is not waited for at any join."""

    def begin(self) -> None:
        leaves = self.env.read("pick") == self.block.number
        if leaves:
            scope = self.scope
            away = Throw(self.story, scope, self.block, self.env)
            scope.inside.append(away)
            away.begin()
        self.end(dead=leaves)

    def ended(self, child: Run, dead: bool) -> None:
        raise AssertionError


class Link(BlockRun):
    def begin(self) -> None:
        self.end()


RUNS.update(
    {
        "seq": Seq,
        "choice": Choice,
        "loop": Loop,
        "parallel": Fork,
        "inclusive": Fork,
        "quorum": Fork,
        "catch": Wait,
        "race": Wait,
        "throw": Throw,
        "exit": Exit,
        "link": Link,
    }
)
