"""Why a condition is true or not: one sentence for each part that decided."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.feel import compile_expression
from engine.feel.explain import MOST_REASONS, account, explain
from engine.i18n import set_language

LABELS = {"amount": "金额", "level": "等级", "plan": "方案", "plan.cost": "方案费用", "urgent": "加急"}
COSTS = [{"cost": 1}, {"cost": 200}]


@pytest.mark.parametrize(
    ("text", "context", "sentence"),
    [
        ("amount > 1000", {"amount": 800}, "金额 是 800，不大于 1000"),
        ("amount > 1000", {"amount": 1001}, "金额 是 1001，大于 1000"),
        ("1000 < amount", {"amount": 800}, "金额 是 800，不大于 1000"),
        ("amount >= 5", {"amount": 4.5}, "金额 是 4.5，小于 5"),
        ("amount <= 5", {"amount": 4}, "金额 是 4，不大于 5"),
        ('level = "II"', {"level": "II"}, "等级 是 “II”"),
        ('level = "II"', {"level": "I"}, "等级 是 “I”，不等于 “II”"),
        ('level != "II"', {"level": "I"}, "等级 是 “I”，不等于 “II”"),
        ("amount > plan.cost", {"amount": 8, "plan": {"cost": 9}}, "金额 是 8，不大于 方案费用（9）"),
        ("plan.days > 3", {"plan": {"days": 2}}, "方案.days 是 2，不大于 3"),
        ("yes / all >= 2/3", {"yes": 3, "all": 5}, "yes / all 是 0.6，小于 2 / 3（0.6667）"),
        ("amount > 3", {}, "金额 没有值，无法与 3 比较"),
        ('amount > "a"', {"amount": 1}, "金额 是 1，与 “a” 不是同一种值，无法比较"),
        ("level = null", {}, "等级 没有值"),
        ("level != null", {"level": "I"}, "等级 是 “I”，有值"),
        ("amount between 5 and 10", {"amount": 12}, "金额 是 12，不在 5 到 10 之间"),
        ("amount in [1..5]", {"amount": 3}, "金额 是 3，符合 [1..5]"),
        ('level in ("I", "II")', {"level": "III"}, "等级 是 “III”，不符合 “I”、“II”"),
        ("urgent", {"urgent": False}, "加急 为“否”"),
        ("not(urgent)", {"urgent": True}, "加急 为“是”"),
        ("urgent", {}, "加急 没有值"),
        ('contains(level, "X")', {"level": "II"}, "contains(等级, “X”) 不成立（等级 是 “II”）"),
        ("some x in xs satisfies x > 3", {"xs": [1, 5]}, "xs 的第 2 项符合；x 是 5，大于 3"),
        ("some x in xs satisfies x > 3", {"xs": [1, 2]}, "xs 的 2 项都不符合"),
        ("every x in xs satisfies x.cost > 9", {"xs": COSTS}, "xs 的第 1 项不符合；x.cost 是 1，不大于 9"),
        ("every x in xs satisfies x > 3", {"xs": []}, "xs 里没有内容"),
        ("if urgent then amount > 1 else amount > 5", {"amount": 4}, "加急 没有值；金额 是 4，不大于 5"),
        ("true", {}, "条件写定为 “是”"),
        ("due > today()", {"due": date(2026, 1, 1), "now()": date(2026, 1, 2)}, None),
    ],
)
def test_a_part_is_told_with_its_values(text: str, context: dict[str, Any], sentence: str | None) -> None:
    told = explain(text, context, LABELS)
    assert told.reasons
    if sentence is not None:
        assert told.text == sentence
        assert told.value == compile_expression(text)(context)


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ('level = "I" and amount > 1000', ["金额 是 800，不大于 1000"]),
        ('level = "I" and amount > 100', ["等级 是 “I”", "金额 是 800，大于 100"]),
        ('level = "I" or amount > 1000', ["等级 是 “I”"]),
        ('level = "X" or amount > 1000', ["等级 是 “I”，不等于 “X”", "金额 是 800，不大于 1000"]),
        ("amount > 100 and missing", ["missing 没有值"]),
        ('not(level = "I" and (amount > 1000 or amount < 900))', ["等级 是 “I”", "金额 是 800，小于 900"]),
    ],
)
def test_of_and_and_or_only_the_parts_that_decided_are_told(text: str, reasons: list[str]) -> None:
    assert list(explain(text, {"level": "I", "amount": 800}, LABELS).reasons) == reasons


def test_a_condition_that_cannot_be_read_or_costs_too_much_is_explained_too() -> None:
    assert explain("a +", {}).text.startswith("无法计算")
    assert explain("a", {"a": object()}).text.startswith("无法计算")
    endless = "count(for i in 1..99999, j in 1..99999 return i) > 1"
    assert "计算量太大" in explain(endless, {}).text
    assert not explain(endless, {}).held


def test_there_are_never_more_reasons_than_people_read() -> None:
    told = explain(" and ".join(f"a{n} = {n}" for n in range(60)), {f"a{n}": n for n in range(60)})
    assert told.held
    assert len(told.reasons) == MOST_REASONS


def test_long_values_are_cut() -> None:
    assert len(explain('x = "a"', {"x": "字" * 5000}).text) < 100


def test_a_function_of_the_context_named_not_is_not_taken_for_the_built_in() -> None:
    text = "{not: function(x) x, r: not(a)}.r"
    assert explain(text, {"a": True}).value is compile_expression(text)({"a": True})


def test_sentences_come_in_the_language_in_force() -> None:
    set_language("en")
    try:
        assert explain("amount > 1000", {"amount": 800}).text == "amount is 800, not greater than 1000"
    finally:
        set_language("zh")


@pytest.mark.parametrize(
    ("text", "value", "words", "reasons"),
    [
        ("budget * 0.5", 300, "预算 * 0.5", ("预算 是 600",)),
        ("budget", 600, "预算", ()),
        ("5", 5, "", ()),
        ("if budget > 500 then 9 else 1", 9, "", ("预算 是 600，大于 500",)),
        (
            "if budget > 700 then 9 else budget - n",
            598,
            "预算 - n",
            ("预算 是 600，不大于 700", "预算 是 600", "n 是 2"),
        ),
    ],
)
def test_how_a_value_came_about(text: str, value: int, words: str, reasons: tuple[str, ...]) -> None:
    found = account(text, {"budget": 600, "n": 2}, {"budget": "预算"})
    assert (found.value, found.text, found.reasons) == (value, words, reasons)


def test_a_value_that_cannot_be_had_is_told_and_not_raised() -> None:
    assert account("1 +", {}).reasons[0].startswith("无法计算")
