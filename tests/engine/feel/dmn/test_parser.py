"""All problems at once, each with its place; hostile files."""

from __future__ import annotations

import pytest

from engine.errors import DecisionRefused
from engine.feel.dmn import check_decisions, parse_decisions
from tests.engine.feel.dmn.building import DMN_1_3, GRADE, GRADE_INPUTS, GRADE_OUTPUTS, table

SIMPLE = table([("数", "n", "")], [("out", "")], [["-", "1"]])


def codes(xml: bytes) -> list[str]:
    return [finding.code for finding in check_decisions(xml)]


def only_message(xml: bytes) -> str:
    [finding] = check_decisions(xml)
    return finding.message


def test_an_input_without_a_label_is_called_by_its_expression() -> None:
    found = parse_decisions(table([("", "n", "")], [("o", "")], [["> 1", "2"]]))
    [decided] = found.values()
    assert [column.label for column in decided.inputs] == ["n"]
    assert decided.evaluate({"n": 2}).value == {"o": 2}


def test_a_good_file_has_no_findings() -> None:
    assert check_decisions(GRADE) == []


def test_all_problems_at_once_with_their_cells() -> None:
    rules = [["> ", "-", '"重大"', '"十"'], ["-", "maybe(", "", "1"], ["-", "-", '"特大"', "cnt(1)"]]
    xml = table(GRADE_INPUTS, GRADE_OUTPUTS, rules, policy="BEST", allowed='"一般","重大"')
    with pytest.raises(DecisionRefused) as caught:
        parse_decisions(xml)
    found = {finding.element_id: finding for finding in caught.value.findings}
    assert set(found) == {"table", "r1i1", "r1o2", "r2i2", "r2o1", "r3o1", "r3o2"}
    assert found["r1i1"].element_name == "规则 1 · 费用占比（%）"
    assert "没有写完" in found["r1i1"].message
    assert "应为数字，却是文本" in found["r1o2"].message
    assert "请填写" in found["r2o1"].message
    assert "不在允许的取值" in found["r3o1"].message
    assert "是否想写 count()" in found["r3o2"].message
    assert "UNIQUE、FIRST、ANY、PRIORITY、COLLECT、RULE ORDER、OUTPUT ORDER" in found["table"].message
    assert {finding.level for finding in caught.value.findings} == {"standard"}
    assert caught.value.message.startswith("有 7 处问题")


@pytest.mark.parametrize("policy", ["unique", "", "BEST", "RULE_ORDER"])
def test_other_hit_policies_are_refused_by_name(policy: str) -> None:
    assert "命中策略" in only_message(table([("数", "n", "")], [("out", "")], [["-", "1"]], policy=policy))


@pytest.mark.parametrize(
    ("xml", "code", "words"),
    [
        (
            table(
                [("数", "n", "")],
                [("o", ""), ("p", "")],
                [["-", "1", "2"]],
                policy="COLLECT",
                extra='aggregation="SUM"',
            ),
            "aggregation",
            "只有一个输出列",
        ),
        (
            table([("数", "n", "")], [("o", "")], [["-", "1"]], extra='aggregation="SUM"'),
            "aggregation",
            "只能用于命中策略 COLLECT",
        ),
        (
            table([("数", "n", "")], [("o", "")], [["-", "1"]], policy="COLLECT", extra='aggregation="AVERAGE"'),
            "aggregation",
            "AVERAGE",
        ),
        (
            table([("数", "n", "")], [("o", "")], [["-", "1"]], extra='preferredOrientation="Sideways"'),
            "orientation",
            "Sideways",
        ),
        (table([("数", "n", "")], [("o", "")], [["-", "1"]], policy="PRIORITY"), "priority", "允许的取值"),
        (table([("数", "n", "money")], [("o", "")], [["-", "1"]]), "type", "money"),
        (table([("数", "n", "")], [("o", "tMoney")], [["-", "1"]]), "type", "tMoney"),
        (table([("数", "", "")], [("o", "")], [["-", "1"]]), "empty", "表达式"),
        (table([("数", "n +", "")], [("o", "")], [["-", "1"]]), "expression", "没有写完"),
        (table([("数", "n", "")], [], [["-"]]), "output", "没有输出"),
        (table([("数", "n", "")], [("o", ""), ("o", "")], [["-", "1", "2"]]), "output", "重复"),
        (table([("数", "n", "")], [("o", "")], []), "rule", "没有规则"),
        (table([("数", "n", "")], [("o", "")], [["-"]]), "cells", "个数"),
        (SIMPLE.replace(b"<output ", b'<output expressionLanguage="juel" '), "language", "juel"),
        (SIMPLE.replace(b'id="r1"', b'id="table"'), "id", "重复"),
        (SIMPLE.replace(b'<decision id="grade"', b"<decision"), "id", "缺少 id"),
        (
            SIMPLE.replace(b"</output>", b"<defaultOutputEntry><text>1 +</text></defaultOutputEntry></output>"),
            "expression",
            "没有写完",
        ),
        (SIMPLE.replace(b"</decisionTable>", b"<surprise/></decisionTable>"), "element", "surprise"),
        (
            table([("数", "n", "")], [("o", "")], [["-", "1"]], more='<organisation name="t"/>'),
            "element",
            "organisation",
        ),
        (
            table(
                [("数", "n", "")],
                [("o", "")],
                [["-", "1"]],
                more='<itemDefinition name="t"><typeRef>money</typeRef></itemDefinition>',
            ),
            "type",
            "money",
        ),
        (table([("数", "n", "")], [("o", "")], [["-", "1"]], more='<import name="other"/>'), "import", "命名空间"),
        (
            table([("数", "n", "")], [("o", "")], [["-", "1"]], more='<import name="other" namespace="urn:x"/>'),
            "import",
            "urn:x",
        ),
        (
            table(
                [("数", "n", "")], [("o", "")], [["-", "1"]], more='<decision id="d2"><literalExpression/></decision>'
            ),
            "empty",
            "请填写表达式",
        ),
        (
            table([("数", "n", "")], [("o", "")], [["-", "1"]], more='<decision id="d2" name="空"/>'),
            "table",
            "没有判定表",
        ),
        (
            SIMPLE.replace(
                b"</decision>",
                b'<informationRequirement><requiredDecision href="#x"/></informationRequirement></decision>',
            ),
            "requirement",
            "找不到所依赖的 #x",
        ),
        (f'<definitions xmlns="{DMN_1_3}" id="d"/>'.encode(), "decision", "没有决策"),
    ],
)
def test_refusals(xml: bytes, code: str, words: str) -> None:
    assert codes(xml) == [f"dmn-{code}"]
    assert words in only_message(xml)
    with pytest.raises(DecisionRefused):
        parse_decisions(xml)


def test_decoration_is_ignored() -> None:
    xml = SIMPLE.replace(
        b"</decision>",
        b'<variable name="x"/><informationRequirement><requiredInput href="#i"/></informationRequirement>'
        b"<extensionElements><anything/></extensionElements></decision>"
        b'<inputData id="i"/><textAnnotation id="t"><text>note</text></textAnnotation>'
        b'<x:DMNDI xmlns:x="https://www.omg.org/spec/DMN/20191111/DMNDI/"/>',
    ).replace(b"<input ", b'<input xmlns:camunda="http://camunda.org/schema/1.0/dmn" camunda:inputVariable="q" ')
    assert check_decisions(xml) == []


def test_several_tables_in_one_file() -> None:
    second = SIMPLE.split(b'name="\xe6\x96\x87\xe4\xbb\xb6">')[1].split(b"</definitions>")[0]
    for name in (b"grade", b"table", b"in1", b"ie1", b"out1", b'"r1'):
        second = second.replace(name, name + b"_2")
    xml = SIMPLE.replace(b"</definitions>", second + b"</definitions>")
    assert list(parse_decisions(xml)) == ["grade", "grade_2"]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "xml"),
        (b"not xml", "xml"),
        (SIMPLE[:-20], "xml"),
        (b"<a/>", "namespace"),
        (SIMPLE.replace(b"20191111", b"20151101"), "namespace"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]>" + SIMPLE, "doctype"),
        (SIMPLE.replace(b"?>", b'?><!DOCTYPE d SYSTEM "http://127.0.0.1/x.dtd">'), "doctype"),
        (SIMPLE.decode().encode("utf-16"), "encoding"),
        (SIMPLE.replace("变更".encode(), "变更".encode("gbk")), "encoding"),
        (SIMPLE + b" " * (1 << 20), "size"),
        (b"<a>" * 50_000, "xml"),
        (SIMPLE.replace(b"<text>1</text>", b"<text>&undefined;</text>"), "xml"),
    ],
)
def test_hostile_and_broken_files(xml: bytes, code: str) -> None:
    assert codes(xml) == [f"dmn-{code}"]


def test_a_byte_order_mark_is_harmless() -> None:
    assert check_decisions(b"\xef\xbb\xbf" + SIMPLE) == []
