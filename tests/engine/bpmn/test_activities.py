"""What activities of every kind have in common: loops, instances, quantities, ad-hoc, data of their own."""

from __future__ import annotations

import pytest

from engine.errors import ExecutionError
from tests.engine.bpmn.build import (
    both,
    boundary,
    data,
    declared,
    diagram,
    element,
    end,
    ends,
    error,
    event,
    loop,
    multi,
    scope,
    script,
    start,
    sub,
    text,
    timer,
    user,
)
from tests.engine.bpmn.world import Case


def one(activity: object, *more: object, flows: str = "start > a > after > end") -> bytes:
    return diagram(start(), activity, *more, user("after"), end(), flows=flows)  # type: ignore[arg-type]


def test_tasks_without_work_are_passed() -> None:
    for tag in ("task", "manualTask"):
        case = Case(one(element(tag, "a")))
        assert case.open == ["after"]
        assert case.kinds("activity_started", "activity_completed")[:2] == ["a", "a"]


# ---------------------------------------------------------------- loops


def test_a_loop_goes_round_while_its_condition_holds() -> None:
    case = Case(
        one(
            element(
                "scriptTask",
                "a",
                text("script", "n + 1"),
                loop("n < 3"),
                scriptFormat="feel",
                camunda_resultVariable="n",
            )
        ),
        n=0,
    )
    assert case.variables == {"n": 3}
    assert case.open == ["after"]


def test_a_loop_asks_before_or_after() -> None:
    def model(before: str) -> bytes:
        return one(user("a", loop("more", testBefore=before)))

    assert Case(model("true"), more=False).open == ["after"]
    case = Case(model("false"), more=False)
    assert case.open == ["a"]
    case.do("a", more=True)
    assert case.open == ["a"]
    assert case.item("a").loop_counter == 1
    case.do("a", more=False)
    assert case.open == ["after"]


def test_a_loop_of_a_subprocess_with_a_maximum_and_a_border() -> None:
    case = Case(
        one(
            sub("a", start("s"), user("x"), end("e"), loop("true", loopMaximum="2"), flows="s > x > e"),
            boundary("late", "a", timer("P1D")),
            flows="start > a > after > end\nlate > after",
        )
    )
    case.do("x")
    assert case.open == ["x"]
    case.do("x")
    assert case.open == ["after"]
    assert case.armed == []


# ---------------------------------------------------------------- multi-instance


def test_instances_of_a_subprocess_keep_what_they_write_to_themselves() -> None:
    case = Case(
        one(sub("a", start("s"), user("x"), user("y"), end("e"), multi(), flows="s > x > y > e")), panel=["甲", "乙"]
    )
    assert case.open == ["x", "x"]
    case.do("x", 0, vote=1)
    case.do("x", 0, vote=2)
    assert [s.variables.get("vote") for s in case.execution.scopes if s.loop_counter is not None] == [1, 2]
    case.do("y").do("y")
    assert case.variables == {"panel": ["甲", "乙"], "votes": [1, 2]}
    assert case.open == ["after"]


def test_a_number_instead_of_a_collection() -> None:
    def model(number: str) -> bytes:
        return one(user("a", element("multiInstanceLoopCharacteristics", None, text("loopCardinality", number))))

    assert Case(model("n"), n=3).open == ["a", "a", "a"]
    assert Case(model("n"), n=0).open == ["after"]
    for wrong in (-1, 1.5, "x", None):
        with pytest.raises(ExecutionError, match="整数"):
            Case(model("n"), n=wrong)


def test_the_standards_own_words_for_collection_and_output() -> None:
    case = Case(
        one(
            script("a", "item * 2", "double"),
            element("dataObject", "list"),
            element("dataObject", "doubles"),
        ).replace(
            b"</bpmn:scriptTask>",
            b'<bpmn:multiInstanceLoopCharacteristics isSequential="true">'
            b"<bpmn:loopDataInputRef>list</bpmn:loopDataInputRef>"
            b"<bpmn:loopDataOutputRef>doubles</bpmn:loopDataOutputRef><bpmn:inputDataItem name='item'/>"
            b"<bpmn:outputDataItem name='double'/></bpmn:multiInstanceLoopCharacteristics></bpmn:scriptTask>",
        ),
        list=[1, 2, 3],
    )
    assert case.variables == {"list": [1, 2, 3], "doubles": [2, 4, 6]}


def test_a_completion_condition_and_a_border_over_all_instances() -> None:
    model = one(
        declared("signal", "stop"),
        sub("a", start("s"), user("x"), end("e"), multi(until="nrOfCompletedInstances = 2"), flows="s > x > e"),
        boundary("stopped", "a", event("signal", signalRef="stop")),
        flows="start > a > after > end\nstopped > end",
    )
    case = Case(model, panel=[1, 2, 3]).do("x", vote=1).do("x", 1, vote=3)
    assert case.open == ["after"]
    assert case.variables["votes"] == [1, None, 3]
    case = Case(model, panel=[1, 2, 3]).do("x", vote=1)
    case.signal("stop")
    assert case.state == "completed"
    assert case.variables["votes"] == [1, None, None]


def test_an_error_in_one_instance_is_taken_at_the_border_of_all() -> None:
    case = Case(
        one(
            declared("error", "E"),
            sub("a", start("s"), user("x"), ends("fail", error("E")), multi(), flows="s > x > fail"),
            boundary("failed", "a", error("E")),
            flows="start > a > end\nfailed > after > end",
        ),
        panel=[1, 2],
    )
    case.do("x")
    assert case.open == ["after"]


@pytest.mark.parametrize(("behavior", "told"), [("None", 3), ("One", 1), ("All", 0)])
def test_the_border_is_told_of_instances_that_end(behavior: str, told: int) -> None:
    marks = element("multiInstanceLoopCharacteristics", None, text("loopCardinality", "3"), behavior=behavior)
    marks.set("noneBehaviorEventRef", "each")
    marks.set("oneBehaviorEventRef", "each")
    case = Case(
        one(
            declared("signal", "done"),
            element("signalEventDefinition", "each", signalRef="done"),
            user("a", marks),
            boundary("seen", "a", event("signal", signalRef="done"), interrupting=False),
            user("look"),
            flows="start > a > after > end\nseen > look > end",
        )
    )
    case.do("a").do("a").do("a")
    assert case.open == ["after"] + ["look"] * told


def test_business_rules_and_services_one_by_one() -> None:
    model = one(
        element(
            "serviceTask",
            "a",
            data([("n", "= expert")], [("vote", "= n")]),
            multi(sequential=True),
            camunda_type="external",
            camunda_topic="demo.run",
        )
    )
    case = Case(model.replace(b'camunda:topic="demo.run"', b'camunda:topic="demo.echo"'), _at=None, panel=[])
    assert case.open == ["after"]
    world = case.world
    world.handlers["demo.run"] = lambda inputs: {"n": inputs["n"] * 10}
    case = Case(model, world, panel=[1, 2])
    assert case.variables["votes"] == [10, 20]


# ---------------------------------------------------------------- quantities


def test_an_activity_that_needs_two_tokens_and_gives_three() -> None:
    case = Case(
        diagram(
            start(),
            both("fork"),
            user("x"),
            user("y"),
            user("a", startQuantity="2", completionQuantity="3"),
            user("after"),
            end(),
            flows="start > fork > x > a > after > end\nfork > y > a",
        )
    )
    case.do("x")
    assert case.open == ["y"]
    case.do("y")
    assert case.open == ["a"]
    case.do("a")
    assert case.open == ["after", "after", "after"]


# ---------------------------------------------------------------- ad-hoc


def test_an_ad_hoc_subprocess_side_by_side_until_its_condition() -> None:
    def model(**marks: str) -> bytes:
        return one(
            scope(
                "adHocSubProcess",
                "a",
                user("x"),
                user("y"),
                user("z"),
                text("completionCondition", "enough"),
                **marks,
            )
        )

    case = Case(model(), enough=False)
    assert case.open == ["x", "y", "z"]
    case.do("y")
    assert case.open == ["x", "z"]
    case.do("x", enough=True)
    assert case.open == ["after"]
    case = Case(model(cancelRemainingInstances="false"), enough=True).do("y")
    assert case.open == ["x", "z"]
    case.do("x").do("z")
    assert case.open == ["after"]
    case = Case(model(ordering="Sequential"), enough=False)
    assert case.open == ["x"]
    case.do("x")
    assert case.open == ["y"]
    case.do("y", enough=True)
    assert case.open == ["after"]


# ---------------------------------------------------------------- edges


def test_implicit_start_and_end() -> None:
    case = Case(diagram(user("a"), user("b"), sub("c", user("x"), flows=""), flows="a > c"))
    assert case.open == ["a", "b"]
    case.do("a")
    assert case.open == ["b", "x"]
    case.do("b").do("x")
    assert case.state == "completed"


def test_a_condition_on_a_single_flow() -> None:
    model = diagram(start(), user("a"), end(), flows="start > a\na > end : ok")
    assert Case(model).do("a", ok=True).state == "completed"
    with pytest.raises(ExecutionError):
        Case(model).do("a", ok=False)


def test_a_boundary_fires_while_its_subprocess_is_deep_inside() -> None:
    inner = sub("i", start("si"), both("f"), user("x"), user("y"), end("ei"), flows="si > f > x > ei\nf > y > ei")
    case = Case(
        one(
            sub("a", start("s"), inner, end("e"), flows="s > i > e"),
            boundary("late", "a", timer("P1D")),
            flows="start > a > end\nlate > after > end",
        )
    )
    assert case.tick(2) == 1
    assert case.open == ["after"]
    assert len(case.execution.live_tokens()) == 1


# ---------------------------------------------------------------- data


def test_inputs_are_the_activitys_own_and_outputs_the_scopes() -> None:
    case = Case(one(user("a", data([("n", "= 2 * x")], [("y", "= n + 1")]))), x=4)
    assert case.execution.variables_of(case.token("a")) == {"x": 4, "n": 8}
    case.do("a", z=1)
    assert case.variables == {"x": 4, "y": 9, "z": 1}


def test_data_objects_associations_and_stores() -> None:
    moves = (
        "<bpmn:ioSpecification><bpmn:dataInput id='di' name='mine'/><bpmn:dataInput id='old'/>"
        "<bpmn:dataOutput id='do' name='made'/>"
        "<bpmn:inputSet/><bpmn:outputSet/></bpmn:ioSpecification>"
        "<bpmn:dataInputAssociation><bpmn:sourceRef>r1</bpmn:sourceRef><bpmn:targetRef>di</bpmn:targetRef>"
        "<bpmn:transformation>金额 * 2</bpmn:transformation></bpmn:dataInputAssociation>"
        "<bpmn:dataInputAssociation><bpmn:sourceRef>st</bpmn:sourceRef><bpmn:targetRef>old</bpmn:targetRef>"
        "</bpmn:dataInputAssociation>"
        "<bpmn:dataOutputAssociation><bpmn:sourceRef>do</bpmn:sourceRef><bpmn:targetRef>r2</bpmn:targetRef>"
        "</bpmn:dataOutputAssociation>"
        "<bpmn:dataOutputAssociation><bpmn:sourceRef>do</bpmn:sourceRef><bpmn:targetRef>st</bpmn:targetRef>"
        "</bpmn:dataOutputAssociation></bpmn:userTask>"
    )
    model = (
        one(
            element("dataStore", "store", name="台账"),
            user("a"),
            element("dataObject", "o1"),
            element("dataObjectReference", "r1", dataObjectRef="o1", name="金额"),
            element("dataObject", "o2"),
            element("dataObjectReference", "r2", dataObjectRef="o2", name="结果"),
            element("dataStoreReference", "st", dataStoreRef="store"),
        )
        .decode()
        .replace('name="A"/>', f'name="A">{moves}', 1)
    )
    case = Case(model.encode(), 金额=5)
    assert case.execution.variables_of(case.token("a")) == {"金额": 5, "mine": 10, "old": None}
    case.do("a", made=7)
    assert case.variables["结果"] == 7
    assert case.world.stores == {"台账": 7}


def test_nothing_leaks_by_reference_between_branches() -> None:
    case = Case(
        diagram(
            start(),
            both("fork"),
            user("x"),
            user("y"),
            both("join"),
            user("after"),
            end(),
            flows="start > fork > x > join > after > end\nfork > y > join",
        ),
        shared={"list": [1]},
    )
    value = {"list": [1, 2]}
    case.do("x", shared=value)
    value["list"].append(3)
    assert case.variables["shared"] == {"list": [1, 2]}
    seen = case.execution.variables_of(case.token("y"))
    seen["shared"]["list"].append(9)
    case.do("y")
    assert case.variables["shared"] == {"list": [1, 2]}


def test_a_data_object_that_is_drawn_twice_is_one_variable() -> None:
    written = (
        "<bpmn:dataOutputAssociation><bpmn:targetRef>r2</bpmn:targetRef>"
        "<bpmn:assignment><bpmn:from>amount + 1</bpmn:from><bpmn:to>r2</bpmn:to></bpmn:assignment>"
        "</bpmn:dataOutputAssociation></bpmn:userTask>"
    )
    model = one(
        user("a"),
        element("dataObject", "o1"),
        element("dataObjectReference", "r1", dataObjectRef="o1", name="total"),
        element("dataObjectReference", "r2", dataObjectRef="o1", name="total [checked]"),
    )
    case = Case(model.decode().replace('name="A"/>', f'name="A">{written}', 1).encode(), amount=5)
    case.do("a")
    assert case.variables["total"] == 6
