"""Stock SpiffWorkflow as second opinion on the random models that it runs rightly.

These are sequences, choices, subprocesses, and either forks and inclusive gateways or loops. Left out, and why:

- loops beside forks: each of its branches has data of its own, so what a loop looks at depends on the branch;
- inclusive gateways within inclusive gateways: its outer join goes on while a branch is still on its way;
- links: it never arrives behind them;
- scripts, multi-instance, standard loops, conditional events, calls, jobs: their texts are Python to it, not FEEL, and
  their data go other ways;
- boundary and other events, event subprocesses: they follow its own clock and its own bus of messages;
- compensation, and so transactions that undo something, and complex gateways: it has none.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from engine.bpmn.names import bpmn
from tests.engine.bpmn.oracle.blocks import Block, each
from tests.engine.bpmn.oracle.dice import Dice
from tests.engine.bpmn.oracle.drawing import as_bpmn
from tests.engine.bpmn.world import Case


class Stock:
    """A case in the library's own engine, driven like ours."""

    def __init__(self, xml: bytes) -> None:
        root = etree.fromstring(xml)
        for condition in root.iter(bpmn("conditionExpression")):
            condition.text = (condition.text or "").replace(" = ", " == ")  # its conditions are Python
        parser = BpmnParser()
        parser.add_bpmn_xml(root)
        self.workflow = BpmnWorkflow(parser.get_spec("demo"), parser.get_subprocess_specs("demo"))
        self.workflow.data["pick"] = 0
        for task in self.workflow.get_tasks(state=TaskState.READY):
            task.data["pick"] = 0
        self.workflow.do_engine_steps()

    @property
    def open(self) -> list[str]:
        return sorted(task.task_spec.name for task in self._ready())

    def _ready(self) -> list[Any]:
        tasks: list[Any] = self.workflow.get_tasks(state=TaskState.READY, manual=True)
        return tasks

    def do(self, name: str, pick: int) -> None:
        task = next(task for task in self._ready() if task.task_spec.name == name)
        task.data["pick"] = pick
        task.run()
        self.workflow.do_engine_steps()


KINDS = frozenset({"task", "seq", "choice", "parallel", "sub"})


def nests(block: Block) -> bool:
    """Whether an inclusive gateway stands between those of another."""
    return any(one.kind == "inclusive" for outer in each(block) if outer.kind == "inclusive" for one in inside(outer))


def inside(block: Block) -> list[Block]:
    return [one for inner in block.inner for one in each(inner)]


@pytest.mark.parametrize("batch", range(6))
@pytest.mark.parametrize("kinds", [KINDS, KINDS | {"inclusive"}], ids=["plain", "inclusive"])
def test_the_library_agrees(kinds: frozenset[str], batch: int) -> None:
    for seed in range(5000 + batch * 20, 5020 + batch * 20):
        dice = random.Random(seed)
        model = Dice(dice, kinds, marks=False).model(4)
        pick = dice.randrange(4)  # one value for all: the library's branches each keep data of their own
        if not nests(model):
            agree(seed, as_bpmn(model), dice, [pick])


def test_the_library_agrees_on_loops() -> None:
    for seed in range(5000, 5060):
        dice = random.Random(seed)
        model = Dice(dice, KINDS - {"parallel"} | {"loop"}, marks=False).model(4)
        picks = [dice.randrange(5) for _step in range(20)]
        agree(seed, as_bpmn(model), dice, [*picks, 0])


def agree(seed: int, xml: bytes, dice: random.Random, picks: list[int]) -> None:
    """Do the same in both engines, each time with the next pick, in the end always with the last."""
    ours, theirs = Case(xml, pick=0), Stock(xml)
    for step in range(200):
        assert ours.open == theirs.open, (seed, step)
        if not ours.open:
            break
        task, pick = dice.choice(ours.open), picks[min(step, len(picks) - 1)]
        ours.do(task, pick=pick)
        theirs.do(task, pick)
    assert ours.state == "completed"
    assert theirs.workflow.is_completed()
