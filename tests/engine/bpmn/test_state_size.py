"""What a case weighs follows from what is open in it, not from what has happened: sizes of saved states."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from lxml.etree import _Element as Element

from engine.bpmn import Execution, dumps, loads, parse
from engine.bpmn.gate.xml import MAX_DEPTH
from tests.engine.bpmn.build import (
    beside,
    both,
    boundary,
    declared,
    diagram,
    end,
    event,
    gate,
    loop,
    multi,
    start,
    sub,
    text,
    throws,
    undone_by,
    user,
    xor,
)
from tests.engine.bpmn.world import World

INSTANCES = 1000
ROUNDS = 100
DIGITS = 48
"""Ids get longer as a case goes on: a few more digits are not growth."""


def begun(diagram: bytes, **variables: object) -> Execution:
    execution = Execution(parse(diagram), World())
    execution.start(variables)
    return execution


def again(execution: Execution) -> Execution:
    """Saved and loaded; happenings and requests go to the log."""
    execution.drain()
    execution.drain_requests()
    return loads(dumps(execution), execution.definition, execution.services)


def finish_all(execution: Execution, **variables: object) -> Execution:
    for item in execution.work:
        execution.complete(item.token_id, variables)
    return again(execution)


def test_an_innermost_task_as_deep_as_a_diagram_may_be() -> None:
    """One scope and one token a level, entered and left without recursion."""
    levels = MAX_DEPTH - 3  # around it are the file and the process, in it the flows
    model: Element = user("deep")
    for level in range(levels):
        inner = model.get("id")
        model = sub(f"s{level}", start(f"i{level}"), model, end(f"e{level}"), flows=f"i{level} > {inner} > e{level}")
    execution = begun(diagram(start(), model, end(), flows=f"start > {model.get('id')} > end"))
    assert len(execution.live_tokens()) == levels + 1
    assert len(dumps(execution)) < 100 + 60 * levels
    execution = finish_all(execution)
    assert execution.state == "completed"
    assert len(dumps(execution)) < 100


def test_a_thousand_instances_of_a_subprocess() -> None:
    box = sub("box", start("s"), user("x"), user("y"), end("e"), multi("= panel"), flows="s > x > y > e")
    execution = begun(diagram(start(), box, user("after"), end(), flows="start > box > after > end"), panel=[])
    assert [item.node.id for item in execution.work] == ["after"]
    panel = list(range(INSTANCES))
    execution = begun(diagram(start(), box, user("after"), end(), flows="start > box > after > end"), panel=panel)
    one_each = len(dumps(execution)) / INSTANCES
    assert one_each < 120
    sizes = []
    for item in execution.work[: INSTANCES // 2]:
        execution.complete(item.token_id, {"vote": 1})
    execution = again(execution)
    assert len(dumps(execution)) / INSTANCES < one_each + 40  # now some have a past and a variable
    while any(item.node.id != "after" for item in execution.work):
        execution = finish_all(execution, vote=1) if len(execution.work) > 1 else execution
        sizes.append(len(dumps(execution)))
    assert sizes == sorted(sizes, reverse=True)
    assert execution.variables["votes"] == [1] * INSTANCES
    assert len(dumps(execution)) < 200 + len(str(panel)) + 2 * INSTANCES


# ---------------------------------------------------------------- rounds


def plain() -> bytes:
    return rounds(user("a"), user("b"), flows="in > a > b > out")


def forks() -> bytes:
    nodes = [both("f"), user("a"), user("b"), both("j")]
    return rounds(*nodes, flows="in > f > a > j > out\nf > b > j")


def inclusive() -> bytes:
    nodes = [gate("inclusive", "f"), user("a"), user("b"), gate("inclusive", "j")]
    return rounds(*nodes, flows="in > f\nf > a : true\nf > b : round > 1\na > j > out\nb > j")


def quorum() -> bytes:
    enough = text("activationCondition", "activationCount >= 2")
    nodes = [both("f"), user("a"), user("b"), user("c"), gate("complex", "j", enough)]
    return rounds(
        sub("q", start("s"), *nodes, end("e"), flows="s > f > a > j > e\nf > b > j\nf > c > j"), flows="in > q > out"
    )


def borders() -> bytes:
    side = beside("side", event("signal", signalRef="S"), user("heard"), end("he"), flows="side_start > heard > he",
                  interrupting=False)  # fmt: skip
    box = sub("box", start("s"), throws("call", event("signal", signalRef="S")), user("a"), end("e"), side,
              flows="s > call > a > e")  # fmt: skip
    return rounds(box, boundary("b", "box", event("signal", signalRef="T")), user("c"),
                  flows="in > box > out\nb > c > out")  # fmt: skip


def instances() -> bytes:
    box = sub("box", start("s"), user("a", multi("= [1, 2, 3]", sequential=True)), end("e"), multi("= [1, 2, 3]"),
              flows="s > a > e")  # fmt: skip
    return rounds(box, user("z"), flows="in > box > z > out")


def rounds(*nodes: Element, flows: str) -> bytes:
    """The nodes between `in` and `out`, again as long as the variable `more` says."""
    tops = [declared("signal", "S"), declared("signal", "T")]
    flows = f"start > in\nout > in : more\nout > end : *\n{flows}"
    return diagram(*tops, start(), xor("in"), *nodes, xor("out"), end(), flows=flows)


@pytest.mark.parametrize("model", [plain, forks, inclusive, quorum, borders, instances])
def test_a_hundred_rounds_weigh_what_three_do(model: Callable[[], bytes]) -> None:
    execution = begun(model(), more=True, round=0)
    weighed: dict[tuple[str, ...], int] = {}
    for step in range(ROUNDS * 3):
        execution = finish_all(execution, more=True, round=2)
        standing = tuple(sorted(item.node.id for item in execution.work))
        if step < ROUNDS:
            weighed[standing] = max(weighed.get(standing, 0), len(dumps(execution)))
        else:
            assert len(dumps(execution)) <= weighed[standing] + DIGITS
    happened = len(execution.live_tokens())
    assert happened < 20
    for _step in range(8):
        execution = finish_all(execution, more=False)
    assert execution.state == "completed"
    assert len(dumps(execution)) < 200


def test_a_hundred_rounds_of_a_standard_loop() -> None:
    box = sub("box", start("s"), user("a"), end("e"), loop("more"), flows="s > a > e")
    execution = begun(diagram(start(), box, end(), flows="start > box > end"), more=True)
    sizes = []
    for _round in range(ROUNDS):
        execution = finish_all(execution, more=True)
        sizes.append(len(dumps(execution)))
    assert max(sizes) <= sizes[2] + DIGITS
    assert finish_all(execution, more=False).state == "completed"


def test_only_what_a_compensation_may_need_is_kept() -> None:
    """A round that can be undone is remembered: one short row each, and none once the case has ended."""
    undo = [user("a"), user("una", isForCompensation="true"), *undone_by("a", "una")]
    execution = begun(rounds(*undo, flows="in > a > out"), more=True)
    sizes = []
    for _round in range(ROUNDS):
        execution = finish_all(execution, more=True)
        sizes.append(len(dumps(execution)))
    steps = [after - before for before, after in pairwise(sizes[2:])]
    assert max(steps) < 30
    execution = finish_all(execution, more=False)
    assert execution.state == "completed"
    assert len(dumps(execution)) < 100
