"""Hit policies, types, several outputs, what was tested."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from engine.errors import ExpressionError
from engine.feel import NOW, DecisionError
from engine.feel.dmn import Decision, HitPolicy, JudgedCell, parse_decisions
from tests.engine.feel.dmn.building import GRADE, table


def decision(xml: bytes) -> Decision:
    return parse_decisions(xml)["grade"]


def numbers(rules: list[list[str]], policy: str) -> Decision:
    return decision(table([("数", "n", "")], [("out", "")], rules, policy=policy))


def test_what_a_decision_says_of_itself() -> None:
    grade = decision(GRADE)
    assert (grade.id, grade.name, grade.hit_policy) == ("grade", "变更分级", HitPolicy.FIRST)
    assert [column.label for column in grade.inputs] == ["费用占比（%）", "涉及安全"]
    assert [column.name for column in grade.outputs] == ["level", "days"]
    assert grade.rules[1].inputs == ("[10..20)", "true")
    assert grade.rules[2].description == "没有达到较大标准"
    assert grade.names == {"cost", "cost_change", "safety", "base"}


@pytest.mark.parametrize(
    ("variables", "value", "rule"),
    [
        ({"cost": 1000, "cost_change": 200}, {"level": "重大", "days": 10}, "r1"),
        ({"cost": 1000, "cost_change": 126, "safety": True, "base": 4}, {"level": "较大", "days": 5}, "r2"),
        ({"cost": 1000, "cost_change": 126, "safety": False}, {"level": "一般", "days": Decimal("1.5")}, "r3"),
        ({}, {"level": "一般", "days": Decimal("1.5")}, "r3"),
    ],
)
def test_first(variables: dict[str, Any], value: dict[str, Any], rule: str) -> None:
    decided = decision(GRADE).evaluate(variables)
    assert decided.value == value
    assert [matched.id for matched in decided.matched] == [rule]


def test_matched_rules_say_what_was_tested() -> None:
    [matched] = decision(GRADE).evaluate({"cost": 1000, "cost_change": 126, "safety": True, "base": 4}).matched
    assert matched.index == 2
    assert matched.inputs[0] == JudgedCell("费用占比（%）", "cost_change / cost * 100", Decimal("12.6"), "[10..20)")
    assert matched.inputs[1].value is True
    assert matched.outputs == {"level": "较大", "days": 5}


def test_unique() -> None:
    overlapping = numbers([["< 5", '"low"'], ["> 3", '"high"']], "UNIQUE")
    assert overlapping.evaluate({"n": 1}).value == {"out": "low"}
    assert overlapping.evaluate({"n": None}).value is None
    with pytest.raises(DecisionError, match=r"变更分级.*规则 1、2 同时符合.*UNIQUE"):
        overlapping.evaluate({"n": 4})


def test_any() -> None:
    same = numbers([["< 5", "1"], ["> 3", "1.0"], ["> 8", "2"]], "ANY")
    assert same.evaluate({"n": 4}).value == {"out": 1}
    assert len(same.evaluate({"n": 4}).matched) == 2
    with pytest.raises(DecisionError, match="规则 2、3 同时符合而结果不同"):
        same.evaluate({"n": 9})


def test_collect() -> None:
    collecting = numbers([["< 5", '"a"'], ["> 3", '"b"'], ["-", '"c"']], "COLLECT")
    assert collecting.evaluate({"n": 4}).value == [{"out": "a"}, {"out": "b"}, {"out": "c"}]
    nothing = numbers([["< 5", '"a"']], "COLLECT")
    assert nothing.evaluate({"n": 7}).value == []


@pytest.mark.parametrize(
    ("type_name", "good", "bad", "found"),
    [
        ("number", 5, "5", "文本"),
        ("integer", 5, True, "是非值"),
        ("string", "a", 5, "数字"),
        ("boolean", True, "true", "文本"),
        ("feel:number", 5, [5], "列表"),
    ],
)
def test_inputs_must_have_their_type(type_name: str, good: object, bad: object, found: str) -> None:
    typed = decision(table([("金额", "n", type_name)], [("out", "")], [["-", "1"]]))
    assert typed.evaluate({"n": good}).value == {"out": 1}
    assert typed.evaluate({"n": None}).value == {"out": 1}
    with pytest.raises(DecisionError, match=f"输入“金额”：应为.*却是{found}"):
        typed.evaluate({"n": bad})


def test_outputs_must_have_their_type_and_be_allowed() -> None:
    computed = decision(table([("数", "n", "")], [("out", "string")], [["-", "n"]], allowed='"a","b"'))
    assert computed.evaluate({"n": "a"}).value == {"out": "a"}
    assert computed.evaluate({}).value == {"out": None}
    with pytest.raises(DecisionError, match="规则 1 的输出“out”：应为文本，却是数字"):
        computed.evaluate({"n": 1})
    with pytest.raises(DecisionError, match="不在允许的取值"):
        computed.evaluate({"n": "c"})


def test_allowed_values_of_inputs() -> None:
    xml = table([("级", "n", "string")], [("out", "")], [["-", "1"]]).replace(
        b"</inputExpression>", '</inputExpression><inputValues><text>"甲","乙"</text></inputValues>'.encode()
    )
    assert decision(xml).evaluate({"n": "甲"}).value == {"out": 1}
    with pytest.raises(DecisionError, match="输入“级”：值不在允许的取值里"):
        decision(xml).evaluate({"n": "丙"})


def test_a_nameless_single_output_bears_the_decisions_id() -> None:
    xml = table([("数", "n", "")], [("out", "")], [["-", "1"]]).replace(b' name="out"', b"")
    assert decision(xml).evaluate({}).value == {"grade": 1}


def test_cells_may_use_variables_and_the_value() -> None:
    rules = [["> limit", '"over"'], ["? > limit - 2 and ? <= limit", '"near"'], ["not(> limit - 2)", '"under"']]
    limits = numbers(rules, "UNIQUE")
    assert [limits.evaluate({"n": n, "limit": 5}).value for n in (6, 4, 1)] == [
        {"out": "over"},
        {"out": "near"},
        {"out": "under"},
    ]


def test_errors_name_table_and_rule() -> None:
    clock = numbers([["-", "now()"]], "FIRST")
    with pytest.raises(DecisionError, match="判定表“变更分级”：规则 1 的输出“out”：这里不提供当前时间"):
        clock.evaluate({})
    assert issubclass(DecisionError, ExpressionError)
    greedy = numbers(
        [["1", "1"], ["some i in 1..99999 satisfies every j in 1..99999 satisfies j > 0 and i > 0", "1"]], "FIRST"
    )
    with pytest.raises(DecisionError, match="规则 2：计算量太大"):
        greedy.evaluate({"n": 2})
    with pytest.raises(DecisionError, match="变量 n"):
        greedy.evaluate({"n": object()})
    typed = decision(table([("数", "now()", "")], [("out", "")], [["-", "1"]]))
    with pytest.raises(DecisionError, match="输入“数”：这里不提供"):
        typed.evaluate({})
    assert NOW == "now()"


def test_threads_share_tables() -> None:
    grade = decision(GRADE)

    def level(change: int) -> str:
        value = grade.evaluate({"cost": 100, "cost_change": change, "safety": True, "base": 1}).value
        assert isinstance(value, dict)
        return str(value["level"])

    with ThreadPoolExecutor(8) as pool:
        levels = list(pool.map(level, list(range(30)) * 20))
    assert levels == ["一般" if n < 10 else "较大" if n < 20 else "重大" for n in range(30)] * 20


def test_all_versions_of_the_standard() -> None:
    for version in ("20180521", "20191111", "20211108", "20230324"):
        scheme = "http" if version == "20180521" else "https"
        namespace = f"{scheme}://www.omg.org/spec/DMN/{version}/MODEL/"
        xml = table([("数", "n", "")], [("out", "")], [["-", "1"]], namespace=namespace)
        assert decision(xml).evaluate({}).value == {"out": 1}
