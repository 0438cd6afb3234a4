"""Random models: the engine and a plain interpreter of the model's structure always show the same.

After every act of every case: open tasks, work outside, what is awaited, timers, what was undone in which order,
variables and the state of the case. Between the acts the case is saved and loaded (see `world.Case`).
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from engine.bpmn import codec_reading
from engine.bpmn.past import mark_of
from tests.engine.bpmn.oracle.blocks import each
from tests.engine.bpmn.oracle.comparing import Twin
from tests.engine.bpmn.oracle.dice import BORDER, PLAIN, WEIGHTS, Dice, model
from tests.engine.bpmn.oracle.drawing import as_bpmn
from tests.engine.bpmn.world import Case

SAMPLE = 320


def compare(seed: int) -> Twin:
    twin = Twin(*model(seed))
    try:
        twin.run()
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    return twin


@pytest.mark.parametrize("batch", range(8))
def test_a_sample_of_models(batch: int) -> None:
    for seed in range(batch * SAMPLE // 8, (batch + 1) * SAMPLE // 8):
        compare(seed)


@pytest.mark.long
@pytest.mark.parametrize("batch", range(100))
def test_ten_thousand_models(batch: int) -> None:
    for seed in range(1000 + batch * 100, 1100 + batch * 100):
        compare(seed)


def test_the_sample_has_everything_and_mostly_comes_to_an_end() -> None:
    """Every kind of block, loop and event, interrupting or not, at a border and beside a scope."""
    seen: Counter[object] = Counter()
    for seed in range(SAMPLE):
        for block in each(model(seed)[0]):
            seen[block.kind] += 1
            seen.update((block.kind, kind) for kind, _word in block.words)
            if block.kind == "catch" and len(block.words) > 1:
                seen["several", block.number == 1] += 1
            if block.kind == "adhoc":
                seen["adhoc", block.word] += 1
            if block.many is not None:
                seen[block.many.how, block.many.until is not None] += 1
            seen.update(("border", one.kind, one.interrupting) for one in block.border)
            seen.update(("beside", one.kind, one.interrupting) for one in block.beside)
            seen[block.handler] += 1
    wanted: set[object] = {kind for kind in WEIGHTS if kind not in ("set", "undo", "several")}
    wanted |= {("several", False), ("several", True)}
    orders = ("parallel", "parallel keep", "sequential", "sequential keep")
    wanted |= {("adhoc", order) for order in orders}
    thrown = ("none", "error", "escalation", "signal", "terminate", "cancel", "compensation")
    wanted |= {("exit", kind) for kind in thrown} | {"service", "task"}
    wanted |= {("throw", kind) for kind in ("message", "signal", "escalation", "compensation", "compensation aside")}
    wanted |= {(kind, event) for kind in ("catch", "race") for event in ("timer", "message", "signal", "conditional")}
    wanted |= {(how, until) for how in ("parallel", "sequential") for until in (True, False)}
    wanted |= {(how, False) for how in ("before", "after")}
    for kind in BORDER:
        ways = {"error": (True,), "cycle": (False,)}.get(kind, (True, False))
        wanted |= {(where, kind, way) for where in ("border", "beside") for way in ways}
    wanted |= {("border", "cancel", True), ("beside", "compensation", True)}
    assert wanted - set(seen) == set()
    ended = [compare(seed) for seed in range(40)]
    assert sum(not twin.root.alive for twin in ended) > 30  # others wait for a condition that never comes, or see below
    assert sum(twin.steps for twin in ended) > 300


@pytest.mark.parametrize("batch", range(4))
def test_instances_that_sleep_in_the_state_are_no_different(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many instances that nothing touches are no tokens after a load; here already the first one is not."""
    monkeypatch.setattr(codec_reading, "FEWEST", 1)
    seeds = range(SAMPLE + batch * 40, SAMPLE + 40 + batch * 40)
    for seed in seeds:
        many = {one.many.how for one in each(model(seed)[0]) if one.many is not None}
        if "parallel" in many:
            compare(seed)


@pytest.mark.parametrize("batch", range(10))
def test_returns_never_leave_a_dead_wait(batch: int) -> None:
    """Whatever is returned to wherever it may be: no task is open twice, and finishing what is open ends the case."""
    for seed in range(batch * 15, batch * 15 + 15):
        dice = random.Random(seed)
        case = Case(as_bpmn(Dice(dice, PLAIN, marks=False).model(4)), pick=0)
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
