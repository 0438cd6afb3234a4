"""Values survive as bytes with their kinds, whatever their names are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.feel import DaysTime, FarDate, FarDateTime, YearsMonths
from engine.typedjson import dumps, loads


@pytest.mark.parametrize(
    "value",
    [
        None,
        [1, 2.5, "三", True],
        {"sum": Decimal("1.10"), "on": date(2026, 1, 5), "at": datetime(2026, 1, 5, 9, tzinfo=UTC)},
        [time(9, 30), timedelta(hours=2), YearsMonths(14), DaysTime(Decimal("3.5"))],
        [FarDate.fromisoformat("-0044-03-15"), FarDateTime.fromisoformat("12026-01-05T09:30:00.5+08:05:43")],
        {"\x01": ["n", "1"], "\x01\x01x": Decimal(2)},
    ],
)
def test_what_was_written_is_read(value: Any) -> None:
    assert loads(dumps(value)) == value


def test_a_kind_without_a_word_is_refused() -> None:
    with pytest.raises(TypeError):
        dumps({"x": object()})
