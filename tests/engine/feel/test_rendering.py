"""`string()` of every kind."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('"a"', "a"),
        ("true", "true"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("1e3", "1000"),
        ("0.000", "0"),
        ("-0.10", "-0.1"),
        ('@"2026-01-01"', "2026-01-01"),
        ('@"09:30:00.25"', "09:30:00.25"),
        ('@"09:30:00-05:30"', "09:30:00-05:30"),
        ('@"2026-01-01T09:30:00@Asia/Shanghai"', "2026-01-01T09:30:00@Asia/Shanghai"),
        ('@"P14M"', "P1Y2M"),
        ('@"P0M"', "P0M"),
        ('@"-P12M"', "-P1Y"),
        ('@"PT36H"', "P1DT12H"),
        ('@"PT0S"', "PT0S"),
        ('@"-PT1.5S"', "-PT1.5S"),
        ('@"P3D"', "P3D"),
        ("[]", "[]"),
        ('[1, "a\\"b", null]', '[1, "a\\"b", null]'),
        ("{a: [true], b: {}}", "{a: [true], b: {}}"),
        ("[1..5)", "[1..5)"),
        ('("a".."b"]', '("a".."b"]'),
    ],
)
def test_string(text: str, written: str) -> None:
    assert feel(f"string({text})") == written


def test_moments_of_python() -> None:
    assert feel("string(x)", x=datetime(2026, 1, 1, 9, tzinfo=UTC)) == "2026-01-01T09:00:00Z"
    assert feel("string(x)", x=time(9, tzinfo=timezone(timedelta(hours=8)))) == "09:00:00+08:00"


@given(st.timedeltas(min_value=timedelta(days=-10000), max_value=timedelta(days=10000)))
def test_durations_read_back(span: timedelta) -> None:
    assert feel("duration(string(x)) = x", x=span) is True


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=4))
def test_numbers_read_back(number: object) -> None:
    assert feel("number(string(x)) = x", x=number) is True
