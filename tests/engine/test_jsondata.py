"""Form data as exact JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.jsondata import dump, load

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc变更", max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(plain)
def test_what_is_written_comes_back(value: Any) -> None:
    if value is not None:
        assert load(dump(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_decimals_keep_every_digit(amount: Decimal) -> None:
    found = load(dump({"amount": amount}))["amount"]
    assert found == amount
    assert not isinstance(found, float)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": Decimal("12.50")}, b'{"a":12.50}'),
        ({"a": Decimal("3.00")}, b'{"a":3}'),
        ({"a": date(2026, 11, 6)}, b'{"a":"2026-11-06"}'),
        ({"a": time(9, 30)}, b'{"a":"09:30:00"}'),
        ({"a": datetime(2026, 11, 6, 1, tzinfo=UTC)}, b'{"a":"2026-11-06T01:00:00+00:00"}'),
        ({"a": (1, 2)}, b'{"a":[1,2]}'),
        ({1: "x"}, b'{"1":"x"}'),
    ],
)
def test_how_values_are_written(value: Any, text: bytes) -> None:
    assert dump(value) == text


def test_nothing_is_an_empty_record() -> None:
    assert load(None) == load(b"") == {}
