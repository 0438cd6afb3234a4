"""Kinds that do not go together are told where that is certain, and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.errors import PartFinding
from engine.hints import View
from engine.hints.types import type_hints
from engine.parts import Parts
from engine.variables import Sources
from tests.engine.bpmn.build import diagram, end, rule, script, start, user, xor
from tests.engine.feel.dmn.building import table

APPLICATION = {
    "components": [
        {"type": "number", "key": "amount", "label": "金额", "id": "f1"},
        {"type": "textfield", "key": "subject", "label": "事由", "id": "f2"},
        {"type": "datetime", "key": "day", "label": "日期", "id": "f3"},
        {"type": "checkbox", "key": "urgent", "label": "紧急", "id": "f4"},
    ]
}


def told(drawn: bytes, dmn: bytes = b"", **forms: Any) -> list[PartFinding]:
    files = {name: json.dumps(form).encode() for name, form in {"application": APPLICATION, **forms}.items()}
    parts = Parts("demo", drawn, files, {"grade": dmn} if dmn else {})
    return type_hints(View(parts, Sources(parts.forms, list(parts.decisions.values()), {})))


def condition(text: str, *elements: Any, way: str = "start > x") -> bytes:
    begin = start(camunda_formRef="application")
    return diagram(begin, *elements, xor("x"), end(), end("o"), flows=f"{way}\nx > o : = {text}\nx > end : *")


def test_a_number_field_compared_with_a_text() -> None:
    (found,) = told(condition('amount > "abc"'))
    assert (found.kind, found.finding.level, found.finding.code) == ("diagram", "hint", "type")
    assert found.finding.message == 'amount 是数字，却与文本比较，结果总是空（amount > "abc" 第 8 个字符）；请改正。'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("day = 5", "日期"),
        ("urgent and amount", "不能用 and 连接"),
        ("subject + amount = subject", "不能用 + 计算"),
        ("case.nubmer = subject", "case 里没有 nubmer"),
        ('amount in (1, "x")', "文本"),
        ("amount between 1 and day", "日期"),
    ],
)
def test_what_must_be_null(text: str, words: str) -> None:
    (found,) = told(condition(text))
    assert words in found.finding.message


@pytest.mark.parametrize(
    "text",
    [
        "amount > 5 and urgent",
        'day > today() and day - today() > duration("P1D")',
        "subject = null",
        'made > "x"',
        "made.whatever = 3",
        'date and time(case.started_at, "00:00:00") = null',
        'some x in [1, "a"] satisfies x = subject',
    ],
)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert told(condition(text, script("s", "= {a: amount + 1}", "made"), way="start > s > x")) == []


def test_a_variable_that_somebody_writes_otherwise_is_not_known() -> None:
    again = script("s", '= "5"', "amount")
    assert told(condition('amount > "abc"', again, way="start > s > x")) == []


def test_a_form_looks_at_its_own_fields_first() -> None:
    hidden = {"conditional": {"hide": '=amount = "x" or subject = 1 or day = 3'}}
    second = {"components": [{"type": "number", "key": "subject", "id": "g1", "label": "数", **hidden}]}
    drawn = diagram(
        start(camunda_formRef="application"), user("u", camunda_formRef="second"), end(), flows="start > u > end"
    )
    (found,) = told(drawn, second=second)  # dates are texts in the browser, and the field of this form is a number
    assert (found.kind, found.name, found.finding.element_id) == ("form", "second", "g1")
    assert found.finding.message.startswith("amount 是数字")


def test_a_column_that_is_given_another_kind() -> None:
    dmn = table([("日期", "amount", "date"), ("金额", "amount", "")], [("x", "number")], [("-", '"a"', 'amount + "b"')])
    drawn = diagram(start(camunda_formRef="application"), rule("ask"), end(), flows="start > ask > end")
    column, cell, answer = told(drawn, dmn)
    assert (column.kind, column.name, column.finding.element_id) == ("decision", "grade", "in1")
    assert column.finding.message == "这一列的类型是日期，amount 却是数字，判定时会出错；请改类型或表达式。"
    assert (cell.finding.element_id, answer.finding.element_id) == ("r1", "r1")
    assert cell.finding.message.startswith("金额 是数字，却与文本比较")
    assert "不能用 + 计算" in answer.finding.message
