"""Engine and interpreter side by side: after every act they show the same."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

from engine.bpmn import Definition
from tests.engine.bpmn.oracle import activities, flow, free  # noqa: F401  (they make their runs known)
from tests.engine.bpmn.oracle.blocks import Block
from tests.engine.bpmn.oracle.drawing import as_bpmn
from tests.engine.bpmn.oracle.runs import Place, TaskRun, place
from tests.engine.bpmn.oracle.scopes import ScopeRun, Undecided
from tests.engine.bpmn.oracle.story import Env, Story
from tests.engine.bpmn.world import MONDAY, Case

LIVELY = 40  # acts after which nothing is made longer any more
LAST = 160


class Twin:
    """The engine's case, the interpreter's case, and what both are asked to do."""

    def __init__(self, block: Block, dice: random.Random, definition: Definition | None = None) -> None:
        self.block, self.dice = block, dice
        self.case = Case(definition or as_bpmn(block), pick=0)
        self.story = Story(MONDAY)
        self.env = Env({"pick": 0})
        self.root = ScopeRun(self.story, None, self.env, block, block.beside)
        self.root.begin()
        self.steps = 0

    # ---------------------------------------------------------------- looks

    def expected(self) -> dict[str, Any]:
        """What the interpreter shows."""
        tasks = self._tasks()
        return {
            "state": "running" if self.root.alive else "completed",
            "open": sorted(task.place for task in tasks if not task.outside),
            "outside": sorted(task.place for task in tasks if task.outside),
            "awaited": sorted((w.node, w.kind) for w in self.story.waiting if w.kind in ("message", "signal")),
            "timers": sorted((w.node, w.due) for w in self.story.waiting if w.due is not None),
            "undone": self.story.served,
            "variables": self.env.own,
        }

    def shown(self) -> dict[str, Any]:
        """What the engine shows."""
        execution = self.case.execution
        return {
            "state": execution.state,
            "open": sorted(self._place(item.node.id, item.token_id) for item in execution.work),
            "outside": sorted(self._place(node.id, token) for token, node in execution.outside),
            "awaited": sorted((a.node.id, a.kind) for a in execution.awaited),
            "timers": sorted((t.node_id, t.due) for t in execution.timers),
            "undone": [topic.removeprefix("demo.") for topic, _inputs in self.case.world.served],
            "variables": execution.variables,
        }

    def _tasks(self) -> list[TaskRun]:
        """The open ones, oldest first."""
        return sorted((run for run in self.root.all() if isinstance(run, TaskRun)), key=lambda run: run.age)

    def _place(self, node_id: str, token: int) -> Place:
        return place(node_id, self.case.execution.variables_of(token))

    def _token(self, task: TaskRun) -> int:
        """The engine's token of an open task: of those at the same place the one of the same age."""
        execution = self.case.execution
        nth = [one for one in self._tasks() if one.place == task.place].index(task)
        tokens = [(item.node.id, item.token_id) for item in execution.work]
        tokens += [(node.id, token) for token, node in execution.outside]
        return [token for id, token in tokens if id == task.id and self._place(id, token) == task.place][nth]

    # ---------------------------------------------------------------- acts

    def run(self) -> str:
        """To the end, or until nothing can come any more; the state then, "undecided" where the standard leaves
        the order open. Raises AssertionError where they differ."""
        self.agree("start")
        for self.steps in range(LAST):
            if not self.root.alive:
                break
            self.story.act += 1
            try:
                act = self.act()
            except Undecided:
                return "undecided"
            if act is None:
                break
            self.agree(act)
        return self.case.state

    def agree(self, act: str) -> None:
        expected, shown = self.expected(), self.shown()
        if expected != shown:
            differing = [name for name in expected if expected[name] != shown[name]]
            told = "; ".join(f"{name}: {expected[name]} ≠ {shown[name]}" for name in differing)
            raise AssertionError(f"after {self.steps} {act}: {told}")

    def act(self) -> str | None:
        """Something random that can be done now; None when nothing can."""
        dice, tasks, waiting = self.dice, self._tasks(), self.story.waiting
        wanted = [w for w in waiting if w.kind in ("message", "signal")]
        calm = self.steps >= LIVELY
        if wanted and (dice.random() < (0.03 if calm else 0.15) or not tasks):
            one = dice.choice(wanted)
            return self.message(one.word) if one.kind == "message" else self.signal(one.word)
        if any(w.due is not None for w in waiting) and (dice.random() < (0.03 if calm else 0.12) or not tasks):
            return self.tick(dice.randint(1, 5))
        if not tasks:
            return None
        task = dice.choice(tasks)
        return self.outside(task) if task.outside else self.finish(task, calm)

    def finish(self, task: TaskRun, calm: bool) -> str:
        values: dict[str, Any] = {"pick": self.dice.randrange(3 if calm else 5)}
        if task.flag:
            values[task.flag] = self.dice.random() < 0.7
        token = self._token(task)
        task.finish(dict(values))
        self.case.act(lambda execution: execution.complete(token, values))
        return f"finished {task.place} {values}"

    def outside(self, task: TaskRun) -> str:
        token = self._token(task)
        told = "ended" if self.dice.random() < 0.6 else self.dice.choice(["failed", "failed", "escalated"])
        code = self.dice.choice(["E1", "E2"]) if told == "failed" else self.dice.choice(["L1", "L2"])
        if told == "failed" and task.propagate("error", code):
            self.case.act(lambda execution: execution.fail(token, code))
        elif told == "escalated":
            heard = task.propagate("escalation", code)
            assert self.case.act(lambda execution: execution.escalate(token, code)) == heard
        else:
            result = self.dice.randrange(9)
            task.finish({f"got_{task.id}": result})
            job = self.case.definition.nodes[task.id].is_job
            answer = {"result": result}
            self.case.act(partial(_answered, token, answer, job=job))
        return f"{told} {task.place} {code}"

    def message(self, word: str) -> str:
        self.story.message(word)
        self.case.deliver(word)
        return f"message {word}"

    def signal(self, word: str) -> str:
        self.story.signal(word)
        self.case.signal(word)
        return f"signal {word}"

    def tick(self, days: int) -> str:
        self.story.tick(days)
        self.case.tick(days)
        return f"{days} days"


def _answered(token: int, answer: dict[str, Any], execution: Any, *, job: bool) -> None:
    if job:
        execution.job_done(token, answer)
    else:
        execution.called_ended(token, answer)
