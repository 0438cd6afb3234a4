"""Activities: what is done in them, how often, what reacts at their border and what is remembered to undo them."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.engine.bpmn.oracle.blocks import ACTIVITIES, SCOPES, Block, Many, Reaction
from tests.engine.bpmn.oracle.drawing import output_of
from tests.engine.bpmn.oracle.free import AdHocRun
from tests.engine.bpmn.oracle.runs import RUNS, BlockRun, Run, TaskRun, best
from tests.engine.bpmn.oracle.scopes import Entry, ScopeRun
from tests.engine.bpmn.oracle.story import Env, Story


class Receive(Run):
    """A receive task."""

    def __init__(self, story: Story, around: Run, block: Block, env: Env) -> None:
        super().__init__(story, around, env)
        self.block = block

    def begin(self) -> None:
        self.scope.wait_for(self, self.block.id, "message", self.block.word, self.end)


class ActivityRun(BlockRun):
    """An activity, however often it is done."""

    total = 0
    begun = 0
    done = 0
    active = False
    outputs: list[Any] | None = None

    def begin(self) -> None:
        many = self.block.many
        self.total = many.number if many is not None else 1
        if many is not None and many.how in ("parallel", "sequential"):
            self.outputs = [None] * self.total
            if self.total == 0:
                self._conclude()
                return
        elif many is not None and many.how == "before" and not self._again(many):
            self._conclude()
            return
        self.active = True
        for reaction in self.block.border:
            if self.alive and self.active:
                self.scope.wait_for_reaction(self, reaction, partial(self.react, reaction))
        if not self.active:
            return
        side_by_side = many is not None and many.how == "parallel"
        works = [self._work() for _one in range(self.total if side_by_side else 1)]
        for work in works:
            if work.alive:
                work.begin()

    def ended(self, child: Run, dead: bool) -> None:
        if not self.active:  # the way of what interrupted it has come back
            self.end(dead)
            return
        many = self.block.many
        self.done += 1
        if self.outputs is not None:
            self.outputs[child.env.own["loopCounter"]] = child.env.read(output_of(self.block))
        if many is None:
            self._conclude()
        elif many.how in ("before", "after"):
            if self._again(many):
                self._work().begin()
            else:
                self._conclude()
        elif self.done == self.total or (many.until is not None and self.done >= many.until):
            self._conclude()
        elif many.how == "sequential":
            self._work().begin()

    def _again(self, many: Many) -> bool:
        if self.block.kind == "script" and many.how == "after":
            asked = self.env.read(f"n_{self.block.id}") < 3
        else:
            asked = self.env.read("pick") >= 3
        return bool(asked) and self.done < many.number

    def _work(self) -> Run:
        env, many, id = self.env, self.block.many, self.block.id
        if many is not None:
            own = {"loopCounter": self.begun}
            each = many.how in ("parallel", "sequential")
            if each:
                own[f"who_{id}"] = self.begun
            env = Env(own, env, keeps=each)
        self.begun += 1
        work = self._work_in(env)
        self.inside.append(work)
        return work

    def _work_in(self, env: Env) -> Run:
        block = self.block
        if block.kind in SCOPES:
            env = Env({}, env) if env is self.env else env
            if block.kind == "adhoc":
                return AdHocRun(self.story, self, env, block)
            return ScopeRun(self.story, self, env, block.inner[0], block.beside)
        if block.kind == "receive":
            return Receive(self.story, self, block, env)
        if block.kind == "script":
            return Script(self.story, self, block, env)
        return TaskRun(self.story, self, block.id, block.word, env, outside=block.kind in ("call", "job"))

    def _conclude(self) -> None:
        self._stop_work()
        self._give_outputs()
        if self.block.handler:
            self.scope.done.append(Entry(self.block.id, {}, self.block.handler, act=self.story.act))
        self.end()

    def _stop_work(self) -> None:
        self.stop_inside()
        self.active = False
        self.story.forget(self)

    def _give_outputs(self) -> None:
        if self.outputs is not None:
            self.env.write(f"all_{self.block.id}", list(self.outputs))

    # ---------------------------------------------------------------- the border

    def catcher(self, kind: str, code: str, below: Run | None) -> Reaction | None:
        return best(self.block.border, kind, code) if self.active else None

    def react(self, reaction: Reaction) -> None:
        """An event at the border has occurred."""
        if not reaction.interrupting:
            self.scope.aside(reaction.body)
            return
        self._stop_work()
        self._give_outputs()
        if not reaction.rejoins:
            self.scope.aside(reaction.body)
            self.end(dead=True)
        elif reaction.body is None:
            self.end()
        else:
            self.start(reaction.body)


class Script(BlockRun):
    """It counts how often it was run."""

    def begin(self) -> None:
        name = f"n_{self.block.id}"
        self.env.write(name, (self.env.read(name) or 0) + 1)
        self.end()


RUNS.update(dict.fromkeys(ACTIVITIES, ActivityRun))
