"""What is kept of a condition: the reasons, and values where they are few and plain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.bpmn import parse
from engine.bpmn.model import Flow
from engine.bpmn.weighing import weighed, why
from engine.feel import NOW
from engine.i18n import set_language
from engine.jsondata import dump, load
from tests.engine.bpmn.build import diagram, end, start, user, xor
from tests.engine.bpmn.world import MONDAY


def flow(condition: str) -> Flow:
    xml = diagram(
        start(),
        user("a"),
        xor("g"),
        user("b"),
        end(),
        flows=f"start > a > g\ng > b : {condition}\ng > end : *\nb > end",
    )
    return next(one for one in parse(xml).flows.values() if one.condition)


def test_the_values_a_condition_looked_at_are_kept_and_no_others() -> None:
    told = weighed(flow("n.a > 10"), False, {"n": {"a": Decimal(7)}, "other": 1}, dict)
    assert told["values"] == {"n": {"a": 7}}
    assert told["held"] is False
    assert why("n.a > 10", told, {"n.a": "数量"}) == "数量 是 7，不大于 10"


@pytest.mark.parametrize("value", ["字" * 200, list(range(100)), date(2026, 1, 1), [date(2026, 1, 1)]])
def test_what_is_long_or_does_not_come_back_as_it_was_is_not_kept(value: Any) -> None:
    told = weighed(flow("n = 1"), False, {"n": value}, dict)
    assert "values" not in told
    assert why("n = 1", told, {}) == told["why"]


def test_the_reasons_can_be_said_in_another_language_from_the_log() -> None:
    told = load(dump(weighed(flow("n > 10"), False, {"n": 7}, dict)))
    set_language("en")
    try:
        assert why("n > 10", told, {"n": "Number"}) == "Number is 7, not greater than 10"
    finally:
        set_language("zh")


def test_values_that_would_say_otherwise_now_are_not_believed() -> None:
    told = {"flow": "f", "held": True, "why": "当时成立", "values": {"n": 7}}
    assert why("n > 10", told, {}) == "当时成立"


def test_where_the_moment_counts_the_reasons_are_written_down() -> None:
    told = weighed(flow("d < today()"), True, {"d": date(2026, 1, 1), NOW: MONDAY}, lambda: {"d": "期限"})
    assert "values" not in told
    assert "期限" in told["why"]
