"""Random models: the engine and a plain interpreter of the model's structure always show the same open work."""

from __future__ import annotations

import random
from collections import Counter
from itertools import count

import pytest

from engine.bpmn.past import mark_of
from tests.engine.bpmn.random_models import Run, as_bpmn, random_block
from tests.engine.bpmn.world import Case


def compare(seed: int) -> None:
    dice = random.Random(seed)
    block = ("seq", "all", ("task", "first"), random_block(dice, 4, count()), ("task", "last"))
    case = Case(as_bpmn(block), pick=0)
    counts: Counter[str] = Counter()
    env = {"pick": 0}
    run = Run(block, env, counts)
    for step in range(200):
        assert case.open == sorted(run.open()), (seed, step)
        if run.done:
            break
        task = dice.choice(case.open)
        env["pick"] = dice.randrange(5) if step < 40 else dice.randrange(3)
        case.do(task, pick=env["pick"])
        run.finish(task)
    assert run.done
    assert case.state == "completed"
    assert {name[2:]: value for name, value in case.variables.items() if name != "pick"} == counts


@pytest.mark.parametrize("batch", range(10))
def test_two_hundred_models(batch: int) -> None:
    for seed in range(batch * 20, batch * 20 + 20):
        compare(seed)


@pytest.mark.long
@pytest.mark.parametrize("batch", range(100))
def test_ten_thousand_models(batch: int) -> None:
    for seed in range(1000 + batch * 100, 1100 + batch * 100):
        compare(seed)


@pytest.mark.parametrize("batch", range(10))
def test_returns_never_leave_a_dead_wait(batch: int) -> None:
    """Whatever is returned to wherever it may be: no task is open twice, and finishing what is open ends the case."""
    for seed in range(batch * 15, batch * 15 + 15):
        dice = random.Random(seed)
        block = ("seq", "all", ("task", "first"), random_block(dice, 4, count()), ("task", "last"))
        case = Case(as_bpmn(block), pick=0)
        returns = 0
        for step in range(400):
            if not case.open:
                break
            assert len(set(case.open)) == len(case.open), (seed, step)
            task = dice.choice(case.open)
            targets = earlier(case, task)
            if targets and returns < 12 and dice.random() < 0.4:
                target = dice.choice(targets)
                case.give_back(task, target)
                assert target in case.open
                returns += 1
            else:
                case.do(task, pick=dice.randrange(5) if step < 40 else dice.randrange(3))
        assert case.state == "completed", seed


def earlier(case: Case, task: str) -> list[str]:
    """The tasks to which a return is allowed."""
    machine = case.execution._machine
    token = machine.tokens[case.item(task).token_id]
    found = []
    while token is not None:
        found += [m.node_id for m in token.path if m.branches is None and mark_of(token.path, m.node_id) is m]
        token = token.scope.owner  # type: ignore[assignment]
    return found
