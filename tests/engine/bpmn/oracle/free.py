"""Ad-hoc subprocesses, activities that need or give several tokens, and data that associations move."""

from __future__ import annotations

from tests.engine.bpmn.oracle.blocks import Block
from tests.engine.bpmn.oracle.runs import RUNS, BlockRun, Run
from tests.engine.bpmn.oracle.scopes import ScopeRun
from tests.engine.bpmn.oracle.story import Env, Story


class AdHocRun(ScopeRun):
    """Its activities side by side or one by one, until all are done or the condition holds after one of them."""

    def __init__(self, story: Story, around: Run, env: Env, block: Block) -> None:
        super().__init__(story, around, env, None, block.beside)
        self.block = block
        self.left: list[Block] = []

    def begin(self) -> None:
        if "sequential" in self.block.word:
            first, *self.left = self.block.inner
            self.start(first)
            return
        for run in [self.add(block) for block in self.block.inner]:
            if run.alive:
                run.begin()

    def ended(self, child: Run, dead: bool) -> None:
        if self.env.read("pick") >= self.block.number:
            self.left = []
            if "keep" not in self.block.word:
                self.stop_inside()
        if self.inside:
            return
        if self.left:
            self.start(self.left.pop(0))
        else:
            self.close()


class Bundle(BlockRun):
    """The first gives so many tokens, each goes its own way, the last needs them all."""

    arrived = 0

    def begin(self) -> None:
        self.start(self.block.inner[0])

    def ended(self, child: Run, dead: bool) -> None:
        _first, middle, last = self.block.inner
        block = child.block if isinstance(child, BlockRun) else last
        if block is last:
            self.end(dead)
        elif block is middle:
            assert not dead
            self.arrived += 1
            if self.arrived == self.block.number:
                self.start(last)
        else:
            for run in [self.add(middle) for _token in range(self.block.number)]:
                if run.alive:
                    run.begin()


class Note(BlockRun):
    """It reads a data object by an input of its own and writes another one."""

    def begin(self) -> None:
        self.env.write(f"kept_{self.block.id}", self.env.read("pick") * 2 + 1)
        self.end()


RUNS.update({"bundle": Bundle, "note": Note})
