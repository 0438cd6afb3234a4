"""Tables are judged with what the forms around them let pass."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from engine.boot import ROOT, load_handlers
from engine.errors import Finding
from engine.handler_sheets import sheets
from engine.hints import View, findings_on
from engine.hints.tables import table_findings
from engine.parts import Parts, read_procedure
from engine.variables import Sources
from tests.engine.bpmn.build import diagram, end, rule, start, xor
from tests.engine.feel.dmn.building import table
from tests.fixtures.story import KEY

SELECT = {"type": "select", "key": "level", "label": "等级", "values": [{"label": v, "value": v} for v in ("I", "II")]}
AMOUNT = {"type": "number", "key": "amount", "label": "金额", "validate": {"min": 0}, "decimalDigits": 0}
INPUTS = [("金额（万元）", "amount", "number"), ("等级", "level", "string")]


def parts(fields: Sequence[dict[str, Any]], dmn: bytes, decision: str = "grade") -> Parts:
    """A procedure of one form and one table that reads it."""
    begin = start(camunda_formRef="application")
    drawn = diagram(begin, rule("ask", decision), end(), flows="start > ask > end")
    form = json.dumps({"type": "default", "id": "application", "components": list(fields)}).encode()
    return Parts("demo", drawn, {"application": form}, {"grade": dmn})


def findings(given: Parts) -> list[Finding]:
    found = table_findings(View(given, Sources(given.forms, list(given.decisions.values()), {})))
    assert {(one.kind, one.name) for one in found} <= {("decision", "grade")}
    return [one.finding for one in found]


def of(rules: Sequence[Sequence[str]], policy: str = "UNIQUE") -> bytes:
    rows = [(*cells, str(number)) for number, cells in enumerate(rules)]
    return table(INPUTS, [("answer", "number")], rows, policy=policy)


def test_of_the_procedures_of_the_checkout_only_one_computed_column_cannot_be_judged() -> None:
    found = read_procedure(ROOT, KEY)
    assert found is not None
    handlers = {sheet.topic: sheet for sheet in sheets(load_handlers())}
    told = findings_on(found, Sources(found.forms, list(found.decisions.values()), handlers))
    assert [(one.name, one.finding.code, one.finding.element_name) for one in told] == [
        ("approval_chain", "dmn-skipped", "刚作出的审批")
    ]


def test_columns_that_were_not_judged_are_named_with_why_at_the_first_of_them() -> None:
    inputs = [("金额", "amount", "number"), ("平方", "amount * amount", "number"), ("超过", "amount > 5", "boolean")]
    rows = [("> 1", "> 4", "true", "1"), ("<= 1", "<= 4", "-", "2")]
    dmn = table(inputs, [("answer", "number")], rows)
    told = [one for one in findings(parts([AMOUNT, SELECT], dmn)) if one.code == "dmn-skipped"]
    assert [(one.level, one.element_name) for one in told] == [("hint", "平方")]
    assert "“平方”（它的算式推不回输入的值）、“超过”（它和别的列看同一个变量）" in told[0].message


def test_a_choice_of_the_form_that_no_rule_knows_is_a_gap() -> None:
    gap, _unused = findings(parts([AMOUNT, SELECT], of([("-", '"I"')])))
    assert (gap.level, gap.code, gap.element_id, gap.element_name) == ("hint", "dmn-gap", "grade", "变更分级")
    assert gap.message == '等级 = "II" 时没有规则符合，结果为空；请补一条规则，或在输入列写明允许的取值。'


def test_numbers_that_the_form_refuses_are_no_gap() -> None:
    rules = [("[0..3]", "-"), (">= 4", "-")]
    assert [one.code for one in findings(parts([AMOUNT, SELECT], of(rules)))] == ["dmn-unused"]
    plain = {"type": "number", "key": "amount", "label": "金额"}
    told = [one.message for one in findings(parts([plain, SELECT], of(rules))) if one.code == "dmn-gap"]
    assert {one.partition(" 时")[0] for one in told} == {"金额 = -1 万元", "金额 = 3.1 万元"}


def test_a_field_that_another_writer_fills_freely_has_more_than_its_choices() -> None:
    given = parts([SELECT], of([("-", 'not("I")'), ("-", 'not("II")')]))
    assert [one.level for one in findings(given) if one.code == "dmn-overlap"] == ["hint"]  # only where it is empty
    free = {"type": "textfield", "key": "level", "label": "等级"}
    again = parts([SELECT, free], of([("-", 'not("I")'), ("-", 'not("II")')]))
    overlap = next(one for one in findings(again) if one.code == "dmn-overlap")
    assert (overlap.level, overlap.element_id, overlap.element_name) == ("house", "r2", "规则 2")
    assert "与规则 1 同时符合" in overlap.message


def test_past_a_gateway_only_some_choices_may_be_left() -> None:
    drawn = diagram(
        start(camunda_formRef="application"),
        xor("x"),
        rule("ask", "grade"),
        end(),
        end("other"),
        flows='start > x\nx > other : = level = "II"\nx > ask : *\nask > end',
    )
    given = replace(parts([AMOUNT, SELECT], of([("-", '"I"')])), diagram=drawn)
    assert [one.code for one in findings(given)] == ["dmn-unused"]


def test_a_table_that_no_step_asks_is_judged_by_itself() -> None:
    given = parts([SELECT], of([("-", '"I"')]), decision="another")
    assert {one.code for one in findings(given)} == {"dmn-unused"}


def test_a_rule_that_never_comes_points_to_itself() -> None:
    (never,) = findings(parts([AMOUNT, SELECT], of([("-", '"I", "II"'), ("> 5", '"I"'), ("-", "-")], "FIRST")))
    assert (never.level, never.code, never.element_id) == ("hint", "dmn-never", "r2")


def test_files_that_cannot_be_read_are_left_to_others() -> None:
    assert findings(parts([SELECT], b"<dmn")) == []
    assert findings(Parts("demo", b"no diagram", {}, {"grade": of([("-", "-")])}))
