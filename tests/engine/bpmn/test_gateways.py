"""Exclusive choices and parallel joins, also in later rounds of a loop."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bpmn import Execution, dumps, parse
from engine.bpmn.weighing import why
from engine.errors import ExecutionError
from tests.engine.bpmn.build import both, catch, diagram, end, start, user, xor
from tests.engine.bpmn.world import Case, World

CHOICE = diagram(
    start(),
    user("a"),
    xor("g"),
    *(user(id) for id in "xyz"),
    end(),
    flows="start > a > g\ng > x : n > 10\ng > y : = n > 5\ng > z : *\nx > end\ny > end\nz > end",
)
FORK = diagram(
    start(),
    both("split"),
    user("a"),
    user("b"),
    both("join"),
    user("c"),
    end(),
    flows="start > split > a > join > c > end\nsplit > b > join",
)
ROUNDS = diagram(
    start(),
    xor("again"),
    both("split"),
    user("a"),
    user("b"),
    both("join"),
    xor("agreed"),
    user("c"),
    end(),
    flows="""start > again > split > a > join > agreed
    split > b > join
    agreed > c : a and b
    agreed > again : *
    c > end""",
)


@pytest.mark.parametrize(("n", "task"), [(11, "x"), (10, "y"), (5, "z"), (None, "z"), ("viel", "z")])
def test_first_true_condition_else_default(n: object, task: str) -> None:
    assert Case(CHOICE).do("a", n=n).open == [task]


@pytest.mark.parametrize("value", [1, "true", [True], {"a": 1}, None, False])
def test_only_true_lets_a_flow_pass(value: object) -> None:
    xml = diagram(
        start(), user("a"), xor("g"), user("b"), end(), flows="start > a > g\ng > b : x\ng > end : *\nb > end"
    )
    assert Case(xml).do("a", x=value).state == "completed"


def test_a_join_waits_for_all_branches() -> None:
    case = Case(FORK)
    assert case.open == ["a", "b"]
    assert case.do("b").open == ["a"]
    assert ("join", "join") in [(node, node) for node, _token in case.execution.live_tokens()]
    assert case.do("a").open == ["c"]
    assert case.kinds("gateway_passed") == ["split", "join"]


def test_branches_see_one_set_of_variables() -> None:
    case = Case(FORK)
    case.do("a", x=1, shared=[1])
    assert case.execution.variables_of(case.item("b").token_id)["x"] == 1
    case.do("b", x=2)
    assert case.variables == {"x": 2, "shared": [1]}


def test_both_refuse_then_both_approve() -> None:
    case = Case(ROUNDS)
    case.do("a", a=False).do("b", b=False)
    assert case.open == ["a", "b"]
    case.do("b", b=True)
    assert case.open == ["a"], "the join must not fire on what is left of round one"
    assert case.do("a", a=True).open == ["c"]


def test_many_rounds_of_a_join() -> None:
    case = Case(ROUNDS)
    for round in range(30):
        first, second = ("a", "b") if round % 2 else ("b", "a")
        case.do(first, a=False, b=False)
        assert case.open == [second]
        case.do(second)
    case.do("a", a=True, b=True).do("b")
    assert case.open == ["c"]


def test_rounds_without_people_leave_nothing_behind() -> None:
    xml = diagram(
        start(),
        xor("again"),
        both("split"),
        catch("t1", "P1D"),
        catch("t2", "P1D"),
        both("join"),
        xor("g"),
        end(),
        flows="""start > again > split > t1 > join > g
        split > t2 > join
        g > end : stop
        g > again : *""",
    )
    case = Case(xml)
    sizes = set()
    for _round in range(20):
        assert case.tick(1) == 2
        sizes.add(len(dumps(case.execution)))
    assert max(sizes) - min(sizes) < 20


def test_two_tokens_on_one_flow_do_not_make_a_join() -> None:
    xml = diagram(
        start(),
        both("split"),
        user("a"),
        user("b"),
        xor("merge"),
        user("c"),
        user("d"),
        both("join"),
        end(),
        flows="start > split > a > merge > c > join > end\nsplit > b > merge\nsplit > d > join",
    )
    case = Case(xml)
    case.do("a").do("b")
    assert case.open == ["c", "c", "d"]
    case.do("c").do("c")
    assert case.open == ["d"]
    case.do("d")
    assert case.state == "running", "one token of the doubled branch is left over"


def test_a_gateway_may_join_and_split() -> None:
    xml = diagram(
        start(),
        both("split"),
        user("a"),
        user("b"),
        both("middle"),
        user("c"),
        user("d"),
        both("join"),
        end(),
        flows="start > split > a > middle > c > join > end\nsplit > b > middle > d > join",
    )
    case = Case(xml)
    assert case.do("a").do("b").open == ["c", "d"]
    assert case.do("d").do("c").state == "completed"


def test_a_condition_that_cannot_be_evaluated_names_the_gateway() -> None:
    xml = diagram(
        start(), user("a"), xor("g"), end(), end("e2"), flows="start > a > g\ng > end : count(l) > 1\ng > e2 : *"
    )
    deep: list[object] = []
    for _level in range(70):
        deep = [deep]
    execution = Execution(parse(xml), World())
    execution.start({})
    with pytest.raises(ExecutionError, match="嵌套"):
        execution.complete(execution.work[0].token_id, {"l": deep})


def reasons(case: Case, told: list[dict[str, Any]]) -> list[tuple[bool, str]]:
    """What a reader is told of the conditions that were looked at."""
    flows, labels = case.definition.flows, case.world.named
    return [(one["held"], why(flows[one["flow"]].condition or "", one, labels)) for one in told]


def test_a_gateway_tells_why_each_condition_it_looked_at_held_or_not() -> None:
    world = World()
    world.named = {"n": "数量"}
    case = Case(CHOICE, world).do("a", n=7)
    told = next(h for h in case.told if h.kind == "gateway_passed").data["conditions"]
    assert reasons(case, told) == [(False, "数量 是 7，不大于 10"), (True, "数量 是 7，大于 5")]


def test_reasons_in_the_log_stay_short() -> None:
    xml = diagram(
        start(), user("a"), xor("g"), user("b"), end(), flows='start > a > g\ng > b : x = "y"\ng > end : *\nb > end'
    )
    case = Case(xml).do("a", x="字" * 100_000)
    told = next(h for h in case.told if h.kind == "gateway_passed").data["conditions"]
    assert len(told[0]["why"]) <= 300


SPLIT = diagram(
    start(),
    user("a"),
    *(user(id) for id in "xyz"),
    end(),
    flows="start > a\na > x : n > 10\na > y : n > 5\na > z : *\nx > end\ny > end\nz > end",
)
"""A task whose own flows bear conditions."""


@pytest.mark.parametrize(
    ("n", "open", "said"),
    [
        (20, ["x", "y"], [(True, "数量 是 20，大于 10"), (True, "数量 是 20，大于 5")]),
        (7, ["y"], [(False, "数量 是 7，不大于 10"), (True, "数量 是 7，大于 5")]),
        (1, ["z"], [(False, "数量 是 1，不大于 10"), (False, "数量 是 1，不大于 5")]),
    ],
)
def test_a_task_tells_why_each_condition_on_its_own_flows_held_or_not(
    n: int, open: list[str], said: list[tuple[bool, str]]
) -> None:
    world = World()
    world.named = {"n": "数量"}
    case = Case(SPLIT, world).do("a", n=n)
    assert case.open == open
    (told,) = [h.data["conditions"] for h in case.told if h.kind == "conditions_weighed"]
    assert reasons(case, told) == said


def test_a_task_without_conditions_tells_of_none() -> None:
    case = Case(CHOICE).do("a", n=1)
    assert case.kinds("conditions_weighed") == []
