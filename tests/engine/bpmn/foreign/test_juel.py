"""`${…}` says the same in FEEL, or is refused with what to write instead."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from engine.bpmn.foreign.juel import NotTranslatable, feel_of_juel, is_juel
from engine.feel import compile_expression
from tests.engine.bpmn.foreign import juel_model as model

TRANSLATIONS = [
    ("${approved}", "approved"),
    ("#{ approved }", "approved"),
    ("${approved == true}", "approved = true"),
    ("${status == 'open'}", 'status = "open"'),
    ('${status eq "open"}', 'status = "open"'),
    (r"${status != 'it\'s'}", 'status != "it\'s"'),
    ("${amount >= 1000 && amount lt 5000.50}", "amount >= 1000 and amount < 5000.5"),
    ("${(a == 1 || b == 2) && c == 3}", "(a = 1 or b = 2) and c = 3"),
    ("${a == 1 or b == 2 and c == 3}", "a = 1 or b = 2 and c = 3"),
    ("${!approved}", "approved != true"),
    ("${!(a == 1)}", "not(a = 1)"),
    ("${not empty manager}", 'not(list contains([null, "", [], {}], manager))'),
    ("${order.customer.level == 'A'}", 'order.customer.level = "A"'),
    ("${order['customer']['first name'] == 'x'}", 'get value(order.customer, "first name") = "x"'),
    ("${items[0].price > 5}", "items[1].price > 5"),
    ("${items[loopCounter] > 5}", "sublist(items, loopCounter + 1, 1)[1] > 5"),
    ("${nrOfCompletedInstances / nrOfInstances >= 0.6}", "nrOfCompletedInstances / nrOfInstances >= 0.6"),
    ("${nrOfCompletedInstances == 1}", "nrOfCompletedInstances = 1"),
    ("${a > b ? a : b}", "if a > b then a else b"),
    ("${reviewers.size() > 2}", "count(reviewers) > 2"),
    ("${reviewers.isEmpty()}", 'list contains([null, "", [], {}], reviewers)'),
    ("${name.length() > 2}", "string length(name) > 2"),
    ("${decision.equals('yes')}", 'decision = "yes"'),
    ("${'yes'.equals(decision)}", '"yes" = decision'),
    ("${code.startsWith('A')}", 'starts with(code, "A")'),
    ("${code.substring(0, 2) == 'AB'}", 'substring(code, 1, 2) = "AB"'),
    ("${execution.getVariable('amount') > 5}", "amount > 5"),
    ("${order.prop('total').numberValue() > 5}", "order.total > 5"),
    ("${S(order).prop('total').value() > 5}", "order.total > 5"),
    ("${variables:equals(status, 'open')}", 'status = "open"'),
    ("${vars:get('amount') > 5}", "amount > 5"),
    ("${flag == 'true'}", 'string(flag) = "true"'),
    ("${a <= b}", "a <= b or a = b"),
]


@pytest.mark.parametrize(("juel", "feel"), TRANSLATIONS)
def test_conditions(juel: str, feel: str) -> None:
    assert feel_of_juel(juel, condition=True) == feel


VALUES: list[tuple[str, str]] = [
    ("${dueDate}", "dueDate"),
    ("${amount + 1}", "get or else(amount, 0) + 1"),
    ("${(a - 1) * 2}", "(get or else(a, 0) - 1) * 2"),
    ("Hello ${name}!", 'string join(["Hello ", string(name), "!"])'),
    ("${a}-#{b}", 'string join([string(a), "-", string(b)])'),
    (r"\${a}", '"${a}"'),
    ("${now()}", "now()"),
    ("${dateTime().plusDays(3).toDate()}", 'now() + duration("P3D")'),
    ("${now().plusWeeks(2)}", 'now() + duration("P14D")'),
    ("${dateTime().minusHours(n)}", 'now() - duration("PT1H") * get or else(n, 0)'),
    ("${execution.processBusinessKey}", "get or else(business_key, case.number)"),
    ("${a && b}", "(a and b) = true"),
    ("${a > 5}", "(a > 5) = true"),
]


@pytest.mark.parametrize(("juel", "feel"), VALUES)
def test_values(juel: str, feel: str) -> None:
    assert feel_of_juel(juel) == feel


def test_variables_that_are_called_otherwise_here() -> None:
    assert feel_of_juel("${starter == 'demo'}", {"starter": "case.starter"}) == 'case.starter = "demo"'


REFUSALS = [
    ("${bean.call(x)}", "call(…) 是 Java 方法"),
    ("${bean.call(x) > 5}", "call(…) 是 Java 方法"),
    ("${myFunction(x)}", "myFunction(…) 是 Java 函数"),
    ("${mail:send(x)}", "mail:send(…) 是 Java 函数"),
    ("${execution.id}", "execution.getId 要 Java 才能读"),
    ("${execution}", "execution 是 Java 对象"),
    ("${task.assignee}", "task.getAssignee 要 Java 才能读"),
    ("${currentUser()}", "case.starter"),
    ("${x instanceof y}", "instanceof"),
    ("${a = 5}", "不能在表达式里赋值"),
    ("${}", "空的"),
    ("${a", "缺少右花括号"),
    ("${a == 'x}", "引号"),
    ("${a ? b}", "这里不该有 }"),
    ("${a b}", "这里不该有 b"),
    ("${if}", "变量名 if"),
    ("${$order}", "变量名 $order"),
    ("${a @ b}", "不认识的字符 @"),
    ("${'a' + 'b'}", "连接文字请写成 ${a}${b}"),
    ("${" + "(" * 60 + "a" + ")" * 60 + "}", "嵌套超过"),
    ("${" + "a + " * 2000 + "a}", "太长"),
    ("${" + "a % " * 30 + "a}", "太长"),
    ("${" + "a[" * 15 + "a" + "]" * 15 + "}", "太长"),
    ("${" + "a-" * 900 + "a}", "太"),
    ("${1e999999999}", "太大"),
    ("${list[1e99]}", "太大"),
    ("${now().plusDays(1e999999)}", "太大"),
]


@pytest.mark.parametrize(("juel", "reason"), REFUSALS)
def test_what_has_no_feel_says_why(juel: str, reason: str) -> None:
    with pytest.raises(NotTranslatable) as refused:
        feel_of_juel(juel)
    assert reason in refused.value.reason


def test_text_around_a_condition_is_refused() -> None:
    with pytest.raises(NotTranslatable) as refused:
        feel_of_juel("${a} == 'x'", condition=True)
    assert "整个写在一个" in refused.value.reason


def test_feel_stays_feel() -> None:
    assert [is_juel(text) for text in ("${a}", "x #{a}", "= ${a}")] == [True, True, True]
    assert feel_of_juel("= ${a}") == "a"
    assert [is_juel(text) for text in ('= "costs ${a}"', "a > 5", None)] == [False, False, False]


@settings(max_examples=400, deadline=None)
@given(model.truths, model.values)
def test_a_condition_holds_in_the_same_cases(piece: model.Piece, known: dict[str, Any]) -> None:
    feel = feel_of_juel(f"${{{model.written(piece)}}}", condition=True)
    assert (compile_expression(feel)(known) is True) is bool(model.value_of(piece, known)), feel


@settings(max_examples=400, deadline=None)
@given(model.numbers | model.texts | model.truths, model.values)
def test_an_expression_gives_the_same_value(piece: model.Piece, known: dict[str, Any]) -> None:
    feel = feel_of_juel(f"${{{model.written(piece)}}}")
    assert _same(compile_expression(feel)(known), model.value_of(piece, known)), feel


@settings(max_examples=200, deadline=None)
@given(model.texts, model.texts, model.values)
def test_a_text_with_expressions_in_it_is_put_together(
    one: model.Piece, other: model.Piece, known: dict[str, Any]
) -> None:
    feel = feel_of_juel(f"a ${{{model.written(one)}}} b #{{{model.written(other)}}}")
    wanted = f"a {model.value_of(one, known) or ''} b {model.value_of(other, known) or ''}"
    assert compile_expression(feel)(known) == wanted


def _same(feel: Any, juel: Any) -> bool:
    if isinstance(feel, Decimal):
        return (
            not isinstance(juel, bool)
            and juel is not None
            and abs(Fraction(feel) - Fraction(juel)) < Fraction(1, 10**20)
        )
    return type(feel) is type(juel) and feel == juel
