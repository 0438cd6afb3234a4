"""One sentence that says why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from engine.feel.dmn import parse_decisions
from tests.engine.feel.dmn.building import GRADE, table


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"cost": 1000, "cost_change": 300}, "费用占比 30% ≥ 20%"),
        ({"cost": 1000, "cost_change": 126, "safety": True}, "10% ≤ 费用占比 12.6% < 20%，涉及安全 = 是"),
        ({}, "没有达到较大标准"),
    ],
)
def test_grade(variables: dict[str, Any], sentence: str) -> None:
    assert parse_decisions(GRADE)["grade"].evaluate(variables).explanation == sentence


@pytest.mark.parametrize(
    ("label", "cell", "value", "sentence"),
    [
        ("延期（天）", "> 15", 20, "延期 20 天 > 15 天"),
        ("延期(天)", "<= -1", -3, "延期 -3 天 ≤ -1 天"),
        ("延期", "(15..30]", 20, "15 < 延期 20 ≤ 30"),
        ("等级", '"较大"', "较大", "等级 = 较大"),
        ("等级", '"较大","重大"', "重大", "等级 = 重大"),
        ("等级", '= "较大"', "较大", "等级 = 较大"),
        ("等级", '!= "一般"', "较大", "等级 较大 ≠ 一般"),
        ("等级", 'not("一般")', "较大", '等级 = 较大（符合 not("一般")）'),
        ("等级", "null", None, "等级 = （空）"),
        ("金额", "> limit", 12, "金额 = 12（符合 > limit）"),
        ("金额", "[limit..100]", 12, "金额 = 12（符合 [limit..100]）"),
        ("金额", "? > 5 and ? < 20", 12, "金额 = 12（符合 ? > 5 and ? < 20）"),
        ("金额", "> 1, < -1", 12, "金额 = 12（符合 > 1, < -1）"),
        ("金额（万元）", "> 0.3", Decimal("0.333333333"), "金额 0.3333 万元 > 0.3 万元"),
        ("金额", ">= 0.00001", Decimal("0.00002"), "金额 0.00002 ≥ 0.00001"),
        ("涉及安全", "false", False, "涉及安全 = 否"),
        ("完工日", '> date("2026-01-01")', date(2026, 2, 1), '完工日 = 2026-02-01（符合 > date("2026-01-01")）'),
        ("完工日", '> @"2026-01-01"', date(2026, 2, 1), "完工日 2026-02-01 > 2026-01-01"),
        ("附件", "count(?) > 1", [1, 2], "附件 = 1、2（符合 count(?) > 1）"),
        ("附件", "count(?) > 1", [1, 2, 3, 4, 5, 6], "附件 = 6 项（符合 count(?) > 1）"),
        ("附件", "count(?) > 1", [None, True], "附件 = （空）、是（符合 count(?) > 1）"),
        ("时点", "? != null", datetime(2026, 11, 6, 9, 30, tzinfo=UTC), "时点 = 2026-11-06 09:30（符合 ? != null）"),
        ("其他", "-", 1, "其余情况"),
    ],
)
def test_shapes_of_cells(label: str, cell: str, value: Any, sentence: str) -> None:
    decision = parse_decisions(table([(label, "n", "")], [("out", "")], [[cell, "1"]]))["grade"]
    assert decision.evaluate({"n": value, "limit": 10}).explanation == sentence


def test_several_rules_and_none() -> None:
    rules = [["> 1", "1"], ["> 2", "2"]]
    decision = parse_decisions(table([("数", "n", "")], [("out", "")], rules, policy="COLLECT"))["grade"]
    assert decision.evaluate({"n": 5}).explanation == "数 5 > 1；数 5 > 2"
    assert decision.evaluate({"n": 0}).explanation == "没有规则符合"
