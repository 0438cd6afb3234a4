"""List functions."""

from __future__ import annotations

import statistics
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.feel.support import feel

NUMBERS = st.lists(st.integers(min_value=-1000, max_value=1000), min_size=1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("count([])", 0),
        ("count([1, null])", 2),
        ("count(5)", 1),
        ("count(null)", None),
        ("sum([1, 2, 3])", 6),
        ("sum(1, 2)", 3),
        ("sum(5)", 5),
        ("sum([])", None),
        ("sum([1, null])", None),
        ('sum([1, "a"])', None),
        ("sum(null)", None),
        ('sum([duration("P1D"), duration("PT12H")]) = duration("PT36H")', True),
        ('sum([duration("P1D"), 1])', None),
        ("mean([1, 2])", Decimal("1.5")),
        ("mean(1, 2, 3)", 2),
        ("mean([])", None),
        ("mean([null])", None),
        ("min([3, 1, 2])", 1),
        ("min(3, 1)", 1),
        ('min("b", "a")', "a"),
        ('min([@"2026-01-02", @"2026-01-01"]) = @"2026-01-01"', True),
        ("min([])", None),
        ("min([1, null])", None),
        ("min([null, 1])", None),
        ('min([1, "a"])', None),
        ("max([3, 1, 2])", 3),
        ("max(3, 9)", 9),
        ("max(7)", 7),
        ("max(null)", None),
        ("max([true, false])", None),
        ("append([1], 2, 3)", [1, 2, 3]),
        ("append([], null)", [None]),
        ("append(1, [2])", [1, [2]]),
        ("append(null, 1)", None),
        ("concatenate([1], [2, 3])", [1, 2, 3]),
        ("concatenate([1], 2)", [1, 2]),
        ("concatenate([], [])", []),
        ("concatenate([1], null)", None),
        ("flatten([[1, [2]], 3])", [1, 2, 3]),
        ("flatten([])", []),
        ("flatten([[[]], null])", [None]),
        ("flatten(1)", [1]),
        ("flatten(null)", None),
        ("distinct values([1, 2, 1.0, null, null])", [1, 2, None]),
        ('distinct values([1, "1", true])', [1, "1", True]),
        ("distinct values([[1], [1], {a: 1}, {a: 1}])", [[1], {"a": 1}]),
        ('count(distinct values([@"10:00:00Z", @"18:00:00+08:00"]))', 1),
        ("distinct values([])", []),
        ("distinct values(null)", None),
        ("list contains([1, 2], 2)", True),
        ("list contains([1, 2], 3)", False),
        ("list contains([1, null], null)", True),
        ("list contains([[1]], [1])", True),
        ('list contains(["1"], 1)', False),
        ("list contains(null, 1)", None),
    ],
)
def test_lists(text: str, value: Any) -> None:
    assert feel(text) == value


@given(NUMBERS)
def test_aggregates_agree_with_python(numbers: list[int]) -> None:
    assert feel("[count(x), sum(x), min(x), max(x)]", x=numbers) == [
        len(numbers),
        sum(numbers),
        min(numbers),
        max(numbers),
    ]
    assert float(feel("mean(x)", x=numbers)) == pytest.approx(statistics.fmean(numbers))
    assert feel("distinct values(x)", x=numbers) == list(dict.fromkeys(numbers))
    assert feel("concatenate(x, x)", x=numbers) == numbers * 2
    assert feel("list contains(x, x[1])", x=numbers) is True
