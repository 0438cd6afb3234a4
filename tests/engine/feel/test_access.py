"""Names, paths, filters, contexts."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from engine.feel import compile_expression
from tests.engine.feel.support import feel

VOTES = [{"person": "a", "vote": "agree"}, {"person": "b", "vote": "oppose"}, {"person": "c", "vote": "agree"}]
MOMENT = datetime(2026, 11, 6, 9, 30, 15, tzinfo=timezone(timedelta(hours=8)))


def test_missing_names_are_null() -> None:
    assert feel("x") is None
    assert feel("x.y.z") is None
    assert feel("x = null") is True


def test_chinese_names() -> None:
    assert feel("费用变化 / 合同额 * 100 >= 10", 费用变化=126, 合同额=1000) is True


def test_paths_go_deep_and_map_over_lists() -> None:
    assert feel("case.number", case={"number": "BG-2026-0001"}) == "BG-2026-0001"
    assert feel("votes.vote", votes=VOTES) == ["agree", "oppose", "agree"]
    assert feel("a.b.c", a=[{"b": [{"c": 1}, {"c": 2}]}, {"b": [{"c": 3}]}]) == [[1, 2], [3]]
    assert feel("a.b", a=[{"b": 1}, {}, 5]) == [1, None, None]
    assert feel("a.if", a={"if": 1}) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("d.year", 2026),
        ("d.month", 11),
        ("d.day", 6),
        ("d.weekday", 5),
        ("d.hour", None),
        ("m.hour", 9),
        ("m.minute", 30),
        ("m.second", 15),
        ('m.time offset = duration("PT8H")', True),
        ("m.timezone", None),
        ('@"10:00:00@Asia/Shanghai".timezone', "Asia/Shanghai"),
        ('@"10:00:00".time offset', None),
        ('duration("P1DT2H3M4S").days', 1),
        ('duration("P1DT2H3M4S").hours', 2),
        ('duration("P1DT2H3M4S").minutes', 3),
        ('duration("P1DT2H3M4S").seconds', 4),
        ('duration("-P1DT2H").hours', -2),
        ('duration("P1Y2M").years', 1),
        ('duration("P1Y2M").months', 2),
        ('duration("-P1Y2M").months', -2),
        ("[1..5).end", 5),
        ("[1..5).start included", True),
        ("[1..5).end included", False),
        ('"text".length', None),
    ],
)
def test_parts(text: str, value: Any) -> None:
    assert feel(text, d=date(2026, 11, 6), m=MOMENT) == value


def test_filters_by_item_by_field_and_by_outer_variable() -> None:
    assert feel('votes[item.vote = "agree"].person', votes=VOTES) == ["a", "c"]
    assert feel('votes[vote = "agree"].person', votes=VOTES) == ["a", "c"]
    assert feel("votes[person = me].vote", votes=VOTES, me="b") == ["oppose"]
    assert feel("votes[person = vote].vote", votes=VOTES, vote="b") == []
    assert feel("xs[item > limit]", xs=[1, 2, 3], limit=1) == [2, 3]
    assert feel('xs[x = "a"]', xs=["a", "b"], x="a") == ["a", "b"]


def test_a_field_called_item_wins() -> None:
    assert feel("xs[item = 1]", xs=[{"item": 1}, {"item": 2}]) == [{"item": 1}]


def test_filters_nest() -> None:
    lists = [{"n": 1, "of": [{"n": 1}, {"n": 2}]}, {"n": 2, "of": [{"n": 1}]}]
    assert feel("xs[count(of[n = 2]) = 1].n", xs=lists) == [1]
    assert feel("xs[count(of[item.n = wanted]) = 1].n", xs=lists, wanted=1) == [1, 2]


@pytest.mark.parametrize(
    ("index", "value"),
    [("1", 10), ("3", 30), ("-1", 30), ("-3", 10), ("0", None), ("4", None), ("-4", None), ("1.5", None)],
)
def test_indexes(index: str, value: int | None) -> None:
    assert feel(f"xs[{index}]", xs=[10, 20, 30]) == value
    assert feel("xs[i]", xs=[10, 20, 30], i=feel(index)) == value
    assert feel(f"xs[{index} + 0]", xs=[10, 20, 30]) == value


def test_filters_of_single_values_and_null() -> None:
    assert feel("x[1]", x=5) == 5
    assert feel("x[item > 3]", x=5) == [5]
    assert feel("x[item > 3]", x=None) == []
    assert feel("x[1]", x=None) is None
    assert feel("xs[1 + null]", xs=[1]) is None
    assert feel("xs[true]", xs=[1, 2]) == [1, 2]
    assert feel('xs["a"]', xs=[1, 2]) == []


def test_contexts_see_their_earlier_entries() -> None:
    assert feel("{a: 1, b: a + 1, c: b + a}") == {"a": 1, "b": 2, "c": 3}
    assert feel('{"任意 键": 1, if: 2}') == {"任意 键": 1, "if": 2}
    assert feel("{a: b, b: 2}", b=1) == {"a": 1, "b": 2}
    assert feel("{}") == {}


@pytest.mark.parametrize(
    ("text", "names", "item_names"),
    [
        ('level = "II" and amount > 1000', {"level", "amount"}, set()),
        ("case.number", {"case"}, set()),
        ("count(votes[vote = x])", {"votes"}, {"vote", "x"}),
        ("votes[item.vote = 1]", {"votes"}, set()),
        ("{a: b, c: a}", {"b"}, set()),
        ("for x in xs, y in x return y + z", {"xs", "z"}, set()),
        ("x + (for x in xs return x)", {"x", "xs"}, set()),
        ("some v in votes satisfies v.vote = limit", {"votes", "limit"}, set()),
        ("votes[vote = x] = x", {"votes", "x"}, {"vote"}),
        ("a in (? > b)", {"a", "b"}, set()),
        ('now() > @"2026-01-01T00:00:00Z"', set(), set()),
        ("today() = d", {"d"}, set()),
        ("count(count)", {"count"}, set()),
        ("1 + 1", set(), set()),
    ],
)
def test_names(text: str, names: set[str], item_names: set[str]) -> None:
    expression = compile_expression(text)
    assert expression.names == names
    assert expression.item_names == item_names
