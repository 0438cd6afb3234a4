"""Types of a model: what is computed is converted to them, texts may ask for them."""

from __future__ import annotations

from typing import Any

import pytest

from engine.feel import DecisionError
from engine.feel.dmn import check_decisions, parse_decisions
from tests.engine.feel.dmn.test_graph import codes, decision, input_data, knowledge, literal, model, value

ITEMS = (
    '<itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    '<itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"I", "II"</text></allowedValues>'
    '</itemDefinition><itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef>'
    '</itemComponent><itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tPeople of the office" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>'
    '<itemDefinition name="tToText"><functionItem outputTypeRef="string"><parameters name="n" typeRef="number"/>'
    "</functionItem></itemDefinition>"
    '<itemDefinition name="tAnyFunction"><functionItem/></itemDefinition>'
)

CONVERSIONS = [
    ("1 + 1", "number", 2),
    ("1 + 1", "string", None),
    ("[1]", "number", 1),
    ("[[1]]", "number", 1),
    ("[1, 2]", "number", None),
    ("1", "tNumbers", [1]),
    ('"a"', "tNumbers", None),
    ('[1, "a"]', "tNumbers", None),
    ("null", "tNumbers", None),
    ('{name: "甲", age: 3, more: 1}', "tPerson", {"name": "甲", "age": 3, "more": 1}),
    ('{name: "甲"}', "tPerson", None),
    ('{name: "甲", age: 3}', "tPeople of the office", [{"name": "甲", "age": 3}]),
    ('["II"]', "tGrade", "II"),
]


@pytest.mark.parametrize(("text", "type_", "expected"), CONVERSIONS)
def test_a_result_becomes_one_of_its_type_or_null(text: str, type_: str, expected: Any) -> None:
    assert value(ITEMS + decision("d", literal(text), type_=type_), "d") == expected
    typed = literal(text).replace("<literalExpression", f'<literalExpression typeRef="{type_}"', 1)
    assert value(ITEMS + decision("d", typed), "d") == expected
    built = decision("one", literal(text), type_=type_) + decision("d", literal("one"), "one")
    assert value(ITEMS + built, "d") == expected
    entry = f'<context><contextEntry><variable name="e" typeRef="{type_}"/>{literal(text)}</contextEntry></context>'
    assert value(ITEMS + decision("d", entry), "d") == {"e": expected}


@pytest.mark.parametrize(("text", "type_", "expected"), CONVERSIONS)
def test_arguments_and_results_of_knowledge_are_converted(text: str, type_: str, expected: Any) -> None:
    call = decision("d", literal(f"f({text})"), "(f")
    taking = knowledge("f", "x", literal("x")).replace('"number"', f'"{type_}"')
    assert value(ITEMS + taking + call, "d") == expected
    typed = literal("x").replace("<literalExpression", f'<literalExpression typeRef="{type_}"', 1)
    giving = knowledge("f", "x", "").replace('"number"', '"Any"').replace("</enc", f"{typed}</enc")
    assert value(ITEMS + giving + call, "d") == expected


@pytest.mark.parametrize("type_", ["tToText", "string"])
def test_the_type_of_knowledge_is_that_of_the_function_or_of_its_result(type_: str) -> None:
    typed = f'<variable name="f" typeRef="{type_}"/><encapsulatedLogic>'
    function = knowledge("f", "x", literal("x")).replace('"number"', '"Any"').replace("<encapsulatedLogic>", typed)
    call = literal('[f(1), f("a"), f(["b"])]')
    assert value(ITEMS + function + decision("d", call, "(f"), "d") == [None, "a", "b"]


def test_what_is_handed_to_a_decision_service_is_converted() -> None:
    body = (
        ITEMS + input_data("x", "tNumbers") + decision("echo", literal("x"), "<x")
        + '<decisionService id="s" name="s"><outputDecision href="#echo"/><inputData href="#x"/></decisionService>'
        + decision("d", literal('[s(1), s("a"), s([1, 2])]'), "(s")
    )  # fmt: skip
    assert value(body, "d") == [[1], None, [1, 2]]


def test_what_a_type_does_not_allow_is_an_error_all_the_same() -> None:
    found = parse_decisions(model(ITEMS + decision("d", literal('["V"]'), type_="tGrade")))["d"]
    with pytest.raises(DecisionError, match="不在允许的取值"):
        found.evaluate({})


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("[1, 2] instance of tNumbers", True),
        ("1 instance of tNumbers", False),
        ('"V" instance of tGrade', True),
        ("1 instance of tGrade", False),
        ('{name: "甲", age: 1} instance of tPerson', True),
        ('[{name: "甲"}] instance of list<tPerson>', False),
        ('[{name: "甲", age: 1}] instance of tPeople of the office', True),
        ("null instance of tPerson", False),
        ('(function(n: number) "a") instance of tToText', True),
        ("(function(n: number) n + 1) instance of tToText", False),
        ('(function(n: string) "a") instance of tToText', False),
        ("(function() 1) instance of tAnyFunction", True),
        ("(function(p: tPerson) p.age)({name: 1}) = null", True),
    ],
)
def test_texts_may_ask_for_types_of_the_model(text: str, holds: bool) -> None:
    assert value(ITEMS + decision("d", literal(text)), "d") is holds
    table = (
        '<decisionTable><input label="x"><inputExpression><text>1</text></inputExpression></input><output name="o"/>'
        f"<rule><inputEntry><text>-</text></inputEntry>{literal(text)}</rule></decisionTable>"
    ).replace("literalExpression", "outputEntry")
    assert value(ITEMS + decision("d", table), "d") == {"o": holds}


def test_an_unknown_type_is_refused() -> None:
    assert codes(ITEMS + decision("d", literal("1 instance of tNobody")))
    missing = '<itemDefinition name="t"><functionItem outputTypeRef="tNobody"/></itemDefinition>'
    assert check_decisions(model(missing + decision("d", literal("1"))))
