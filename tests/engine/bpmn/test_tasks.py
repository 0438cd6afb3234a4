"""Service, business rule and script tasks; errors of handlers."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bpmn import BpmnError, Execution, parse
from engine.errors import ExecutionError, HandlerFailed
from tests.engine.bpmn.build import boundary, diagram, element, end, error, rule, script, service, start, sub, user
from tests.engine.bpmn.world import Case, World


def fails(with_: Exception) -> World:
    world = World()

    def run(inputs: dict[str, Any]) -> dict[str, Any]:
        raise with_

    world.handlers["demo.run"] = run
    return world


def guarded(*boundaries: Any, flows: str = "") -> bytes:
    return diagram(
        element("error", "E1", errorCode="conflict"),
        element("error", "E2", errorCode="other"),
        start(),
        service("s"),
        *boundaries,
        user("a"),
        user("b"),
        end(),
        flows=f"start > s > end\na > end\nb > end\n{flows}",
    )


BOTH = guarded(
    boundary("any", "s", error()),
    boundary("exact", "s", error("E1", camunda_errorCodeVariable="code", camunda_errorMessageVariable="text")),
    flows="any > a\nexact > b",
)


def test_a_handler_sees_only_its_inputs_and_leaves_only_its_outputs() -> None:
    world = World()
    world.handlers["demo.run"] = lambda inputs: {"total": inputs["n"] + 1, "secret": 1}
    xml = diagram(
        start(),
        service("s", inputs=[("n", "= count"), ("word", "fixed")], outputs=[("result", "= total * 2 + count")]),
        end(),
        flows="start > s > end",
    )
    case = Case(xml, world, count=3, other=9)
    assert world.served == [("demo.run", {"n": 3, "word": "fixed"})]
    assert case.variables == {"count": 3, "other": 9, "result": 11}
    told = next(h for h in case.told if h.kind == "service_called")
    assert told.data == {"topic": "demo.run", "outputs": {"result": 11}}


def test_a_whole_result_goes_into_the_result_variable() -> None:
    world = World()
    world.handlers["demo.run"] = lambda inputs: {"x": [1]}
    xml = diagram(start(), service("s", camunda_resultVariable="r"), end(), flows="start > s > end")
    assert Case(xml, world).variables == {"r": {"x": [1]}}
    bare = diagram(start(), service("s"), end(), flows="start > s > end")
    assert Case(bare, world).variables == {}


def test_nothing_leaks_by_reference() -> None:
    world, kept = World(), {"list": [1]}
    world.handlers["demo.run"] = lambda inputs: kept
    xml = diagram(
        start(),
        service("s", outputs=[("out", "= list"), ("again", "= list")]),
        user("a"),
        end(),
        flows="start > s > a > end",
    )
    case = Case(xml, world)
    kept["list"].append(2)
    case.variables["out"].append(3)
    assert case.variables == {"out": [1], "again": [1]}


def test_an_error_is_caught_by_its_code() -> None:
    case = Case(BOTH, fails(BpmnError("conflict", "基线已变")))
    assert case.open == ["b"]
    assert case.variables == {"code": "conflict", "text": "基线已变"}
    caught = next(h for h in case.told if h.kind == "error_caught")
    assert (caught.node_id, caught.data) == ("exact", {"code": "conflict", "message": "基线已变"})
    assert case.kinds("activity_cancelled") == ["s"]


def test_a_general_boundary_catches_the_rest() -> None:
    assert Case(BOTH, fails(BpmnError("unheard"))).open == ["a"]


def test_another_code_is_not_caught() -> None:
    xml = diagram(
        element("error", "E1", errorCode="conflict"),
        start(),
        service("s"),
        boundary("exact", "s", error("E1")),
        end(),
        flows="start > s > end\nexact > end",
    )
    with pytest.raises(HandlerFailed):
        Execution(parse(xml), fails(BpmnError("unheard"))).start({})


def test_an_error_travels_outwards() -> None:
    xml = diagram(
        element("error", "E1", errorCode="conflict"),
        start(),
        sub("outer", start("s1"), user("w"), service("s"), end("e1"), flows="s1 > s > e1\ns1 > w > e1"),
        boundary("caught", "outer", error("E1")),
        user("a"),
        end(),
        flows="start > outer > end\ncaught > a > end",
    )
    case = Case(xml, fails(BpmnError("conflict")))
    assert case.open == ["a"]


@pytest.mark.parametrize("error", [BpmnError("unknown", "什么"), ValueError("坏了"), KeyError("x")])
def test_what_nobody_catches_is_a_failure_with_the_node(error: Exception) -> None:
    plain = diagram(start(), service("s"), end(), flows="start > s > end")
    with pytest.raises(HandlerFailed, match="没有保存") as caught:
        Execution(parse(plain), fails(error)).start({})
    assert caught.value.node_id == "s"
    assert caught.value.__cause__ is error


def test_a_result_that_cannot_be_saved_is_a_failure() -> None:
    world = World()
    world.handlers["demo.run"] = lambda inputs: {"x": object()}
    plain = diagram(start(), service("s"), end(), flows="start > s > end")
    with pytest.raises(HandlerFailed, match="object"):
        Execution(parse(plain), world).start({})


def decided(value: Any, **attributes: Any) -> Case:
    world = World()
    world.decisions["grade"] = value
    return Case(diagram(start(), rule("r", **attributes), end(), flows="start > r > end"), world, cost=5)


def test_a_decision_goes_into_its_variable_and_is_explained() -> None:
    case = decided(lambda variables: {"grade": "重大", "cost": variables["cost"]})
    assert case.variables == {"cost": 5, "grading": {"grade": "重大", "cost": 5}}
    told = next(h for h in case.told if h.kind == "decision_made")
    assert told.data == {
        "decision": "grade",
        "value": {"grade": "重大", "cost": 5},
        "explanation": "规则 1",
        "matched": [{"index": 1}],
    }


@pytest.mark.parametrize(
    ("mapping", "value", "stored"),
    [
        ("singleEntry", {"grade": "一般"}, "一般"),
        ("singleEntry", None, None),
        ("singleEntry", "bare", "bare"),
        ("singleResult", [1, 2], [1, 2]),  # of an expression: one value
        ("singleEntry", ["a", {"b": 1}], ["a", {"b": 1}]),
        ("singleResult", {"grade": "一般"}, {"grade": "一般"}),
        ("singleResult", [{"grade": 1}], {"grade": 1}),
        ("singleResult", [], None),
    ],
)
def test_mapping_of_results(mapping: str, value: Any, stored: Any) -> None:
    assert decided(value, camunda_mapDecisionResult=mapping).variables["grading"] == stored


@pytest.mark.parametrize(
    ("mapping", "value"), [("singleResult", [{"a": 1}, {"a": 2}]), ("singleEntry", {"a": 1, "b": 2})]
)
def test_results_that_do_not_fit_are_errors(mapping: str, value: Any) -> None:
    with pytest.raises(ExecutionError, match="「r」"):
        decided(value, camunda_mapDecisionResult=mapping)


def test_a_script_is_one_expression() -> None:
    xml = diagram(start(), script("s", "= sum(list) / 2", "half"), end(), flows="start > s > end")
    assert str(Case(xml, list=[1, 2]).variables["half"]) == "1.5"


def test_a_script_may_ask_for_the_time() -> None:
    xml = diagram(
        start(),
        script("s", 'today() = date("2026-01-05")', "monday"),
        script("t", "now()", "moment"),
        end(),
        flows="start > s > t > end",
    )
    case = Case(xml)
    assert case.variables["monday"] is True
    assert case.variables["moment"] == case.world.now()


def test_a_failing_decision_passes_its_own_error() -> None:
    def broken(variables: Any) -> Any:
        raise ExecutionError("表格有错")

    with pytest.raises(ExecutionError, match="表格有错"):
        decided(broken)
