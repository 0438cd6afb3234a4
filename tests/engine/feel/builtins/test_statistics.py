"""Statistics of numbers."""

from __future__ import annotations

import statistics
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("product([2, 3, 4])", 24),
        ("product(2, 3, 4)", 24),
        ("product(7)", 7),
        ("product([])", None),
        ("product([2, null])", None),
        ('product([2, "3"])', None),
        ("product(1e6000, 1e6000)", None),
        ("median(8, 2, 5, 3, 4)", 4),
        ("median([6, 1, 2, 3])", Decimal("2.5")),
        ("median([1])", 1),
        ("median([])", None),
        ("median([1, null])", None),
        ("median(null)", None),
        ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
        ("stddev([1, 1, 1])", 0),
        ("stddev([47])", None),
        ("stddev(47)", None),
        ("stddev([])", None),
        ('stddev([1, "2"])', None),
        ("mode(6, 3, 9, 6, 6)", [6]),
        ("mode([6, 1, 9, 6, 1])", [1, 6]),
        ("mode([1.0, 1])", [1]),
        ("mode([])", []),
        ("mode()", None),
        ("mode([1, null])", None),
        ("mode(null)", None),
    ],
)
def test_statistics(text: str, value: Any) -> None:
    assert feel(text) == value


@given(st.lists(st.integers(-1000, 1000), min_size=2))
def test_statistics_agree_with_python(numbers: list[int]) -> None:
    assert feel("median(x)", x=numbers) == Decimal(str(statistics.median(numbers)))
    assert feel("mode(x)", x=numbers) == sorted(statistics.multimode(numbers))
    assert float(feel("stddev(x)", x=numbers)) == pytest.approx(statistics.stdev(numbers))
