"""Several rules at once, or none: what each hit policy answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.feel import DecisionError
from engine.feel.dmn import Aggregation, Decision, HitPolicy, parse_decisions
from tests.engine.feel.dmn.building import table

LEVELS = '"重大","较大","一般"'
RULES = [["> 1", '"一般"'], ["> 5", '"重大"'], ["> 3", '"较大"'], ["> 5", '"较大"']]


def decision(xml: bytes) -> Decision:
    return parse_decisions(xml)["grade"]


def levels(policy: str) -> Decision:
    return decision(table([("数", "n", "")], [("level", "string")], RULES, policy=policy, allowed=LEVELS))


def summed(aggregation: str, answers: list[str], default: str = "") -> Decision:
    xml = table(
        [("数", "n", "")],
        [("fee", "")],
        [[f"> {n}", answer] for n, answer in enumerate(answers)],
        policy="COLLECT",
        extra=f'aggregation="{aggregation}"',
    )
    return decision(with_default(xml, default) if default else xml)


def with_default(xml: bytes, text: str) -> bytes:
    entry = f"<defaultOutputEntry><text>{text}</text></defaultOutputEntry></output>"
    return xml.replace(b"</output>", entry.encode(), 1)


def test_priority_takes_what_stands_first_among_the_allowed_values() -> None:
    decided = levels("PRIORITY").evaluate({"n": 9})
    assert decided.value == {"level": "重大"}
    assert [rule.index for rule in decided.matched] == [2]
    assert decided.explanation == "数 9 > 5"
    assert levels("PRIORITY").evaluate({"n": 4}).value == {"level": "较大"}
    assert levels("PRIORITY").evaluate({"n": 0}).value is None


def test_output_order_lists_by_the_allowed_values_and_then_by_the_rules() -> None:
    decided = levels("OUTPUT ORDER").evaluate({"n": 9})
    assert decided.value == [{"level": "重大"}, {"level": "较大"}, {"level": "较大"}, {"level": "一般"}]
    assert [rule.index for rule in decided.matched] == [2, 3, 4, 1]
    assert levels("OUTPUT ORDER").evaluate({"n": 0}).value == []


def test_rule_order_lists_by_the_rules() -> None:
    decided = levels("RULE ORDER").evaluate({"n": 9})
    assert decided.value == [{"level": name} for name in ("一般", "重大", "较大", "较大")]
    assert levels("RULE ORDER").hit_policy is HitPolicy.RULE_ORDER


def test_priority_of_several_outputs_goes_from_left_to_right() -> None:
    xml = table(
        [("数", "n", "")],
        [("level", ""), ("days", "")],
        [["-", '"一般"', "9"], ["-", '"重大"', "2"], ["-", '"重大"', "1"]],
        policy="PRIORITY",
        allowed=LEVELS,
    ).replace(b'name="days" typeRef="">', b'name="days"><outputValues><text>1,2,9</text></outputValues>')
    assert decision(xml).evaluate({}).value == {"level": "重大", "days": 1}


def test_null_stands_behind_all_allowed_values() -> None:
    xml = table(
        [("数", "n", "")], [("level", "")], [["-", "n"], ["-", '"一般"']], policy="OUTPUT ORDER", allowed=LEVELS
    )
    assert decision(xml).evaluate({}).value == [{"level": "一般"}, {"level": None}]


@pytest.mark.parametrize(
    ("aggregation", "answers", "n", "value"),
    [
        ("SUM", ["1.5", "2", "40"], 2, Decimal("3.5")),
        ("MIN", ["7", "2", "4"], 3, 2),
        ("MAX", ["7", "2", "9"], 3, 9),
        ("COUNT", ['"a"', '"a"', '"b"'], 3, 3),
        ("SUM", ["1"], 0, None),
        ("MIN", ["1"], 0, None),
        ("COUNT", ["1"], 0, 0),
        ("SUM", ["1", '"a"'], 2, None),
        ("MAX", ["1", '"a"'], 2, None),
        ("MAX", ['"a"', '"b"'], 2, "b"),
    ],
)
def test_aggregation_answers_one_number(aggregation: str, answers: list[str], n: int, value: Any) -> None:
    asked = summed(aggregation, answers)
    assert asked.aggregation is Aggregation(aggregation)
    assert asked.evaluate({"n": n}).value == {"fee": value}


def test_aggregation_says_all_rules_that_were_counted() -> None:
    decided = summed("SUM", ["1", "2"]).evaluate({"n": 5})
    assert decided.explanation == "数 5 > 0；数 5 > 1"


def test_defaults_answer_where_no_rule_matches() -> None:
    rules = [["> 5", '"a"', "1"]]
    outputs = [("level", "string"), ("days", "number")]
    first = decision(with_default(table([("数", "n", "")], outputs, rules, policy="FIRST"), '"无"'))
    assert first.evaluate({"n": 1}).value == {"level": "无", "days": None}
    assert first.evaluate({"n": 1}).matched == ()
    assert first.evaluate({"n": 6}).value == {"level": "a", "days": 1}
    assert first.outputs[0].default == '"无"'
    listed = decision(with_default(table([("数", "n", "")], outputs, rules, policy="COLLECT"), '"无"'))
    assert listed.evaluate({"n": 1}).value == [{"level": "无", "days": None}]
    assert summed("SUM", ["1"], "n - 1").evaluate({"n": 0}).value == {"fee": -1}


def test_a_default_must_have_the_type_of_its_column() -> None:
    xml = with_default(table([("数", "n", "")], [("level", "string")], [["> 5", '"a"']]), "n")
    with pytest.raises(DecisionError, match="“level”的默认输出：应为文本，却是数字"):
        decision(xml).evaluate({"n": 1})


def test_any_tells_numbers_from_booleans() -> None:
    xml = table([("数", "n", "")], [("level", "")], [["-", "1"], ["-", "true"]], policy="ANY")
    with pytest.raises(DecisionError, match="ANY"):
        decision(xml).evaluate({})


@pytest.mark.parametrize("orientation", ["Rule-as-Row", "Rule-as-Column", "CrossTable"])
def test_the_drawing_does_not_matter(orientation: str) -> None:
    xml = table([("数", "n", "")], [("o", "")], [["-", "1"]], extra=f'preferredOrientation="{orientation}"')
    assert decision(xml).evaluate({}).value == {"o": 1}
