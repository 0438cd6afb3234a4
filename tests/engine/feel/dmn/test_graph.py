"""Decisions without tables, and decisions that build upon each other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.errors import DecisionRefused
from engine.feel import DecisionError
from engine.feel.dmn import by_namespace, check_decisions, parse_decisions

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(body: str, namespace: str = "urn:one") -> bytes:
    return f'<definitions xmlns="{DMN}" id="m" name="m" namespace="{namespace}">{body}</definitions>'.encode()


def literal(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<literalExpression><text>{escaped}</text></literalExpression>"


def decision(identity: str, logic: str, *needs: str, type_: str = "", name: str = "") -> str:
    """`needs` are ids: of input data with a leading `<`, of knowledge with `(`, else of decisions."""
    return (
        f'<decision id="{identity}" name="{name or identity}"><variable name="{name or identity}" typeRef="{type_}"/>'
        f"{''.join(map(need, needs))}{logic}</decision>"
    )


def need(one: str) -> str:
    if one.startswith("<"):
        return f'<informationRequirement><requiredInput href="#{one[1:]}"/></informationRequirement>'
    if one.startswith("("):
        return f'<knowledgeRequirement><requiredKnowledge href="#{one[1:]}"/></knowledgeRequirement>'
    return f'<informationRequirement><requiredDecision href="#{one}"/></informationRequirement>'


def input_data(name: str, type_: str = "number", identity: str = "") -> str:
    return f'<inputData id="{identity or name}" name="{name}"><variable name="{name}" typeRef="{type_}"/></inputData>'


def value(body: str, identity: str, /, **context: Any) -> Any:
    return parse_decisions(model(body))[identity].evaluate(context).value


def codes(body: str) -> list[str]:
    return [finding.code for finding in check_decisions(model(body))]


# ------------------------------------------------------------ boxed expressions


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (literal("n + 1"), 6),
        ("<list>" + literal("n") + literal("n * 2") + "</list>", [5, 10]),
        (
            '<context><contextEntry><variable name="double"/>' + literal("n * 2") + "</contextEntry>"
            '<contextEntry><variable name="more"/>' + literal("double + 1") + "</contextEntry></context>",
            {"double": 10, "more": 11},
        ),
        (
            '<context><contextEntry><variable name="unit price"/>' + literal("n * 2") + "</contextEntry>"
            "<contextEntry>" + literal("unit price + 1") + "</contextEntry></context>",
            11,
        ),
        (
            '<relation><column name="a"/><column name="n"/><row>' + literal("n") + literal("1") + "</row><row>"
            + literal("n + 1") + literal("2") + "</row></relation>",
            [{"a": 5, "n": 1}, {"a": 6, "n": 2}],
        ),
        (
            "<conditional><if>" + literal("n > 3") + "</if><then>" + literal('"big"') + "</then><else>"
            + literal('"small"') + "</else></conditional>",
            "big",
        ),
        (
            '<for iteratorVariable="i"><in>' + literal("[1..n]") + "</in><return>" + literal("i * i")
            + "</return></for>",
            [1, 4, 9, 16, 25],
        ),
        (
            '<some iteratorVariable="i"><in>' + literal("[1..n]") + "</in><satisfies>" + literal("i = 5")
            + "</satisfies></some>",
            True,
        ),
        (
            '<every iteratorVariable="i"><in>' + literal("[1..n]") + "</in><satisfies>" + literal("i < 5")
            + "</satisfies></every>",
            False,
        ),
        ("<filter><in>" + literal("[1, 5, 9]") + "</in><match>" + literal("item >= n") + "</match></filter>", [5, 9]),
        (
            "<invocation>" + literal("substring") + '<binding><parameter name="string"/>' + literal('"abcdefg"')
            + '</binding><binding><parameter name="start position"/>' + literal("n") + "</binding></invocation>",
            "efg",
        ),
    ],
)  # fmt: skip
def test_boxed_expressions(logic: str, expected: Any) -> None:
    assert value(decision("d", logic), "d", n=5) == expected


def test_what_is_no_table_says_so() -> None:
    decided = parse_decisions(model(decision("d", literal("n + 1"))))["d"]
    assert (decided.hit_policy, decided.inputs, decided.rules, decided.expression) == (None, (), (), "n + 1")
    assert decided.names == frozenset({"n"})
    assert decided.evaluate({"n": 1}).explanation == "按表达式计算"


def test_an_error_names_the_decision_and_not_a_trace() -> None:
    greedy = parse_decisions(model(decision("d", literal("for i in 1..99999 return for j in 1..99999 return 1"))))["d"]
    with pytest.raises(DecisionError, match="决策“d”：计算量太大"):
        greedy.evaluate({})


# ------------------------------------------------------------ requirement graphs


def test_a_decision_builds_upon_others_and_each_runs_once() -> None:
    body = (
        input_data("amount")
        + decision("rate", literal("if amount > 100 then 0.1 else 0.2"), "<amount")
        + decision("tax", literal("amount * rate"), "<amount", "rate")
        + decision("total", literal("amount + tax + rate * 0"), "<amount", "tax", "rate")
    )
    assert value(body, "total", amount=200) == 220
    assert parse_decisions(model(body))["total"].names == frozenset({"amount"})


def test_names_with_spaces_go_through_the_graph() -> None:
    body = input_data("base amount", identity="i1") + decision("d1", literal("base amount * 2"), "<i1", name="net sum")
    body += decision("d2", literal("net sum + 1"), "d1", name="total")
    assert parse_decisions(model(body))["d2"].evaluate({"base amount": 5}).value == 11


def test_a_table_in_the_graph_gives_its_only_output_or_a_context() -> None:
    rule = "<rule><inputEntry><text>{}</text></inputEntry>{}</rule>"
    answer = "<outputEntry><text>{}</text></outputEntry>"
    one = (
        '<decisionTable hitPolicy="FIRST"><input label="n"><inputExpression><text>n</text></inputExpression></input>'
        '<output name="level"/>{}{}</decisionTable>'
    ).format(rule.format("&gt; 3", answer.format('"高"')), rule.format("-", answer.format('"低"')))
    assert value(decision("t", one) + decision("d", literal('t + "级"'), "t"), "d", n=5) == "高级"
    two = one.replace("</input><output", '</input><output name="days"/><output').replace(
        "</inputEntry><outputEntry>", "</inputEntry><outputEntry><text>7</text></outputEntry><outputEntry>"
    )
    assert value(decision("t", two) + decision("d", literal("t.days + 1"), "t"), "d", n=5) == 8


def test_a_cycle_is_refused() -> None:
    body = decision("a", literal("b"), "b") + decision("b", literal("a"), "a")
    assert set(codes(body)) == {"dmn-requirement"}
    with pytest.raises(DecisionRefused, match="成环"):
        parse_decisions(model(body))


def test_a_missing_requirement_is_refused() -> None:
    assert codes(decision("a", literal("1"), "nowhere")) == ["dmn-requirement"]


def test_a_chain_of_hundreds_is_evaluated_or_refused_but_never_breaks() -> None:
    body = decision("d0", literal("1"))
    body += "".join(decision(f"d{n}", literal(f"d{n - 1} + 1"), f"d{n - 1}") for n in range(1, 150))
    assert value(body, "d149") == 150


# ------------------------------------------------------------ functions


def knowledge(name: str, parameters: str, logic: str, *needs: str) -> str:
    formal = "".join(f'<formalParameter name="{one}" typeRef="number"/>' for one in parameters.split())
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}">{"".join(map(need, needs))}'
        f"<encapsulatedLogic>{formal}{logic}</encapsulatedLogic></businessKnowledgeModel>"
    )


def test_a_business_knowledge_model_is_called_by_place_name_and_invocation() -> None:
    body = knowledge("discount", "price rate", literal("price * (1 - rate)"))
    assert value(body + decision("d", literal("discount(100, 0.1)"), "(discount"), "d") == 90
    assert value(body + decision("d", literal("discount(rate: 0.5, price: 10)"), "(discount"), "d") == 5
    invocation = (
        "<invocation>" + literal("discount") + '<binding><parameter name="rate"/>' + literal("0.2")
        + '</binding><binding><parameter name="price"/>' + literal("50") + "</binding></invocation>"
    )  # fmt: skip
    assert value(body + decision("d", invocation, "(discount"), "d") == 40
    assert value(body + decision("d", literal('discount("x", 1)'), "(discount"), "d") is None


def test_knowledge_builds_upon_knowledge_and_may_call_itself() -> None:
    body = knowledge("fact", "n", literal("if n < 2 then 1 else n * fact(n - 1)"), "(fact")
    body += knowledge("twice", "n", literal("fact(n) * 2"), "(fact")
    assert value(body + decision("d", literal("twice(5)"), "(twice"), "d") == 240


def test_knowledge_that_is_not_required_is_not_known() -> None:
    body = knowledge("discount", "price", literal("price"))
    assert codes(body + decision("d", literal("discount(1)"))) == ["dmn-expression"]


def test_a_parameter_may_be_called_like_a_path() -> None:
    body = input_data("who", "Any") + knowledge("f", "who.age", literal("who.age + 1"))
    assert value(body + decision("d", literal("f(who.age)"), "<who", "(f"), "d", who={"age": 4}) == 5


def test_functions_in_a_context_are_called() -> None:
    logic = (
        '<context><contextEntry><variable name="f"/><functionDefinition><formalParameter name="x"/>'
        + literal("x * 2") + "</functionDefinition></contextEntry><contextEntry>" + literal("f(n)")
        + "</contextEntry></context>"
    )  # fmt: skip
    assert value(decision("d", logic), "d", n=4) == 8


def test_foreign_code_is_refused() -> None:
    body = knowledge("f", "x", literal("1")).replace("<encapsulatedLogic>", '<encapsulatedLogic kind="Java">')
    assert codes(body + decision("d", literal("f(1)"), "(f")) == ["dmn-function"]


def test_a_decision_service_is_a_function_of_its_inputs() -> None:
    body = input_data("amount") + decision("rate", literal("amount / 1000"), "<amount")
    body += decision("tax", literal("amount * rate"), "<amount", "rate")
    service = (
        '<decisionService id="taxes" name="taxes"><outputDecision href="#tax"/>{}<inputData href="#amount"/>'
        "</decisionService>"
    )
    whole = body + service.format('<encapsulatedDecision href="#rate"/>')
    assert value(whole + decision("d", literal("taxes(100)"), "(taxes"), "d") == 10
    given = body + service.format('<inputDecision href="#rate"/>')
    assert value(given + decision("d", literal("taxes(amount: 100, rate: 0.5)"), "(taxes"), "d") == 50


# ------------------------------------------------------------ types


ITEMS = (
    '<itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"I", "II"</text></allowedValues>'
    '</itemDefinition><itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef>'
    '</itemComponent><itemComponent name="grade"><typeRef>tGrade</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>'
    '<itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef>'
    "<typeConstraint><text>count(?) &lt;= 2</text></typeConstraint></itemDefinition>"
)


@pytest.mark.parametrize(
    ("type_", "good", "bad", "words"),
    [
        ("tGrade", "I", "III", '“x”的值不在允许的取值 "I", "II" 里'),
        ("tGrade", "I", 1, "“x”应为文本，却是数字"),
        ("tPerson", {"name": "甲", "grade": "II"}, {"name": "甲", "grade": "V"}, "“x.grade”的值不在"),
        ("tPerson", {"name": "甲"}, "甲", "“x”应为上下文，却是文本"),
        ("tPeople", [{"name": "甲"}], [{"name": "甲"}, {"name": 1}], "“x 第 2 项.name”应为文本"),
        ("tPeople", [], {"name": "甲"}, "“x”应为列表"),
        ("tFew", [1, 2], [1, 2, 3], "“x”的值不在"),
        ("tFew", [1], ["a"], "“x 第 1 项”应为数字"),
        ("number", 1, "a", "“x”应为数字，却是文本"),
    ],
)
def test_inputs_have_the_type_of_their_definition(type_: str, good: Any, bad: Any, words: str) -> None:
    found = parse_decisions(model(ITEMS + input_data("x", type_) + decision("d", literal("x"), "<x")))["d"]
    assert found.evaluate({"x": good}).value == good
    assert found.evaluate({"x": None}).value is None
    with pytest.raises(DecisionError) as caught:
        found.evaluate({"x": bad})
    assert words in str(caught.value)


def test_results_have_the_type_of_their_definition() -> None:
    found = parse_decisions(model(ITEMS + decision("d", literal("x"), type_="tGrade")))["d"]
    assert found.evaluate({"x": "II"}).value == "II"
    with pytest.raises(DecisionError, match="不在允许的取值"):
        found.evaluate({"x": "IV"})


def test_columns_may_have_types_of_the_model() -> None:
    table = (
        '<decisionTable><input label="级"><inputExpression typeRef="tGrade"><text>x</text></inputExpression></input>'
        '<output name="o" typeRef="number"/><rule><inputEntry><text>"I"</text></inputEntry><outputEntry><text>1</text>'
        "</outputEntry></rule></decisionTable>"
    )
    found = parse_decisions(model(ITEMS + decision("d", table)))["d"]
    assert found.evaluate({"x": "I"}).value == {"o": 1}
    with pytest.raises(DecisionError, match="输入“级”"):
        found.evaluate({"x": "IX"})


@pytest.mark.parametrize(
    "items",
    [
        '<itemDefinition name="t"><typeRef>t</typeRef></itemDefinition>',
        '<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition>'
        '<itemDefinition name="b"><typeRef>a</typeRef></itemDefinition>',
        '<itemDefinition name="t"><typeRef>money</typeRef></itemDefinition>',
        '<itemDefinition name="t"><typeRef>number</typeRef><allowedValues><text>1 +</text></allowedValues>'
        "</itemDefinition>",
    ],
)
def test_types_that_cannot_be_are_refused(items: str) -> None:
    assert codes(items + decision("d", literal("1")))


# ------------------------------------------------------------ imports


LIBRARY = model(
    ITEMS + knowledge("double", "n", literal("n * 2")) + input_data("amount")
    + decision("rate", literal("double(amount)"), "<amount", "(double"),
    namespace="urn:library",
)  # fmt: skip


def importing(body: str) -> bytes:
    return model('<import namespace="urn:library" name="lib" importType="dmn"/>' + body)


def test_functions_types_and_decisions_of_another_file() -> None:
    files = by_namespace([LIBRARY])
    call = decision("d", literal("lib.double(21)"), "(double").replace('"#double"', '"urn:library#double"')
    assert parse_decisions(importing(call), files)["d"].evaluate({}).value == 42
    typed = importing(input_data("x", "lib.tGrade") + decision("d", literal("x"), "<x"))
    with pytest.raises(DecisionError, match="不在允许的取值"):
        parse_decisions(typed, files)["d"].evaluate({"x": "IX"})
    built = decision("d", literal("lib.rate + 1"), "rate").replace('"#rate"', '"urn:library#rate"')
    assert parse_decisions(importing(built), files)["d"].evaluate({"amount": 4}).value == 9


def test_a_file_that_is_not_there_and_one_that_imports_itself() -> None:
    with pytest.raises(DecisionRefused, match="urn:library"):
        parse_decisions(importing(decision("d", literal("1"))))
    itself = model('<import namespace="urn:one" name="me"/>' + decision("d", literal("1")))
    assert parse_decisions(itself, by_namespace([itself]))["d"].evaluate({}).value == 1


# ------------------------------------------------------------ hostile files


def test_boxes_inside_boxes_end_in_a_finding() -> None:
    deep = "<list>" * 60 + literal("1") + "</list>" * 60
    assert "dmn-nesting" in codes(decision("d", deep))


def test_a_graph_has_one_budget() -> None:
    greedy = literal("count(for i in 1..90000 return i)")
    body = "".join(decision(f"d{n}", greedy) for n in range(12))
    body += decision("all", literal("d0"), *(f"d{n}" for n in range(12)))
    with pytest.raises(DecisionError, match="计算量太大"):
        value(body, "all")


def test_decimals_come_out_as_they_are() -> None:
    assert value(decision("d", literal("0.1 + 0.2")), "d") == Decimal("0.3")
