"""Lists made of lists: parts, changes, order."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.feel.support import feel

SMALL = st.lists(st.integers(0, 5))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sublist([4, 5, 6], 1, 2)", [4, 5]),
        ("sublist([4, 5, 6], 2)", [5, 6]),
        ("sublist([4, 5, 6], -2)", [5, 6]),
        ("sublist([4, 5, 6], -1, 1)", [6]),
        ("sublist([4, 5, 6], 1, 4)", None),
        ("sublist([4, 5, 6], 1, 0)", None),
        ("sublist([4, 5, 6], 0)", None),
        ("sublist([4, 5, 6], 4)", None),
        ("sublist([4, 5, 6], null)", None),
        ("sublist(7, 1)", [7]),
        ("sublist(null, 1)", None),
        ("insert before([1, 3], 1, 2)", [2, 1, 3]),
        ("insert before([1, 3], -1, 2)", [1, 2, 3]),
        ("insert before([1, 3], 2, null)", [1, None, 3]),
        ("insert before([1, 3], 3, 2)", None),
        ("insert before([1, 3], 0, 2)", None),
        ("insert before([], 1, 2)", None),
        ("insert before(null, 1, 2)", None),
        ("remove([1, 2, 3], 2)", [1, 3]),
        ("remove([1, 2, 3], -1)", [1, 2]),
        ("remove([1], 1)", []),
        ("remove([1, 2, 3], 4)", None),
        ("remove([1, 2, 3], 0)", None),
        ('remove([1, 2, 3], "1")', None),
        ("remove(null, 1)", None),
        ("list replace([2, 4, 7, 8], 3, 6)", [2, 4, 6, 8]),
        ("list replace([1, 2, 3], -1, 4)", [1, 2, 4]),
        ("list replace([1, 2, 3], 2.5, 4)", None),
        ("list replace([1, 2, 3], -1.5, 4)", None),
        ("list replace([1, 2, 3], 3, null)", [1, 2, None]),
        ("list replace(1, 1, 5)", [5]),
        ("list replace([1, 2, 3], 0, 4)", None),
        ("list replace([1, 2, 3], 4, 4)", None),
        ("list replace([1, 2, 3], null, 4)", None),
        ('list replace([1, 2, 3], "2", 4)', None),
        ("list replace(null, 1, 4)", None),
        ("list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", [5, 5, 7, 8]),
        ("list replace([1, 2], function(item, newItem) true, 5)", [5, 5]),
        ("list replace([], function(item, newItem) true, 5)", []),
        ("list replace([2, 4], function(item) item = 2, 5)", None),
        ("list replace([2, 4], function(item, newItem, more) true, 5)", None),
        ("list replace([2, 4], function(item, newItem) item, 5)", None),
        ("list replace(newItem: 4, match: function(item, newItem) item = 2, list: [1, 2])", [1, 4]),
        ("reverse([1, 2, 3])", [3, 2, 1]),
        ("reverse([1, null])", [None, 1]),
        ("reverse([])", []),
        ("reverse(1)", [1]),
        ("reverse(null)", None),
        ("index of([1, 2, 3, 2], 2)", [2, 4]),
        ("index of([1, null, null], null)", [2, 3]),
        ("index of([1], 2)", []),
        ("index of([[1], [2]], [2])", [2]),
        ('index of([1, "1"], "1")', [2]),
        ("index of(1, 1)", [1]),
        ("index of(null, 1)", None),
        ("union([1, 2], [2, 3])", [1, 2, 3]),
        ("union([1, 1], 1)", [1]),
        ("union([[1]], [[1]])", [[1]]),
        ("union([], [])", []),
        ("union([1, null], [null])", [1, None]),
        ("union([1], null)", None),
        ("duplicate values([1, 2, 3, 2, 1])", [2, 1]),
        ("duplicate values([1, 1, 1])", [1]),
        ("duplicate values([[1], [2], [1]])", [[1]]),
        ("duplicate values([null, 1, null])", [None]),
        ('duplicate values([1, "1"])', []),
        ("duplicate values([])", []),
        ("duplicate values(null)", None),
        ("sort([3, 1, 4, 5, 2], function(x, y) x < y)", [1, 2, 3, 4, 5]),
        ("sort([3, 1, 2], function(x, y) x > y)", [3, 2, 1]),
        ("sort(list: [3, 1], precedes: function(x, y) x < y)", [1, 3]),
        ("sort([3, 1, 2])", [1, 2, 3]),
        ("sort([3, 1, 2], before)", [1, 2, 3]),
        ('sort(["b", "a"], null)', ["a", "b"]),
        ("sort([3, 1, 2], function(x, y) false)", [3, 1, 2]),
        ("sort([3, 1, 2], function(x, y) true)", [2, 1, 3]),
        ("sort([], function(x, y) x < y)", []),
        ("sort([1], function(x, y) null)", [1]),
        ("sort([2, 1], function(x, y) null)", None),
        ("sort([2, 1], function(x) true)", None),
        ("sort([2, 1], 1)", None),
        ('sort([2, "a"])', None),
        ("sort(null, function(x, y) x < y)", None),
        ("sort(1)", [1]),
    ],
)
def test_list_edits(text: str, value: Any) -> None:
    assert feel(text) == value


@given(SMALL)
def test_sorting_agrees_with_python(numbers: list[int]) -> None:
    assert feel("sort(x)", x=numbers) == sorted(numbers)
    assert feel("sort(x, function(a, b) a > b)", x=numbers) == sorted(numbers, reverse=True)


@given(SMALL)
def test_sorting_keeps_the_order_of_equals(numbers: list[int]) -> None:
    pairs = [{"n": n, "place": place} for place, n in enumerate(numbers)]
    assert feel("sort(x, function(a, b) a.n < b.n)", x=pairs) == sorted(pairs, key=lambda pair: pair["n"])


@given(one=SMALL, other=SMALL)
def test_sets_of_values_agree_with_python(one: list[int], other: list[int]) -> None:
    assert feel("union(a, b)", a=one, b=other) == list(dict.fromkeys(one + other))
    counts = Counter(one)
    assert feel("sort(duplicate values(a))", a=one) == sorted(n for n in counts if counts[n] > 1)
    assert feel("reverse(reverse(a))", a=one) == one


@given(numbers=st.lists(st.integers(-1000, 1000), min_size=1), data=st.data())
def test_what_is_inserted_can_be_removed_again(numbers: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(numbers)))
    assert feel("remove(insert before(x, p, null), p)", x=numbers, p=place) == numbers
    assert feel("concatenate(sublist(x, 1, p), remove(sublist(x, p), 1))", x=numbers, p=place) == numbers
