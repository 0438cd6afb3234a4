"""Stock SpiffWorkflow as second opinion on models that it runs rightly: sequence, choice, parallel, subprocess."""

from __future__ import annotations

import random
from itertools import count
from typing import Any

import pytest
from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from engine.bpmn.names import bpmn
from tests.engine.bpmn.random_models import Block, as_bpmn, random_block
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


def without(block: Block, *kinds: str) -> Block:
    """The block with other kinds replaced: loops and scripts are where the library goes its own ways."""
    kind, id, *inner = block
    if kind in kinds:
        return ("task", id) if not inner else without(inner[0], *kinds)
    return (kind, id, *[without(child, *kinds) for child in inner])


@pytest.mark.parametrize("batch", range(6))
def test_the_library_agrees(batch: int) -> None:
    for seed in range(5000 + batch * 10, 5010 + batch * 10):
        dice = random.Random(seed)
        inner = without(random_block(dice, 3, count()), "loop", "script")
        xml = as_bpmn(("seq", "all", ("task", "first"), inner, ("task", "last")))
        ours, theirs = Case(xml, pick=0), Stock(xml)
        pick = dice.randrange(4)  # one value for all: the library's branches each keep data of their own
        while ours.open:
            assert ours.open == theirs.open, seed
            task = dice.choice(ours.open)
            ours.do(task, pick=pick)
            theirs.do(task, pick)
        assert ours.state == "completed"
        assert theirs.workflow.is_completed()
