"""Values of a run as people read them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from engine.feel import FarDate, FarDateTime, YearsMonths
from engine.tryout.variables import LONGEST, kind_of, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("同意", "同意"),
        (None, "—"),
        (Decimal("3.8"), "3.8"),
        (date(2027, 4, 5), "2027-04-05"),
        (time(17, 30), "17:30:00"),
        (FarDate.fromisoformat("-0044-03-15"), "-0044-03-15"),
        (["information", "data"], '["information","data"]'),
        ("长" * (LONGEST + 1), "长" * LONGEST + "…"),
    ],
)
def test_a_value_on_paper(value: Any, text: str) -> None:
    assert text_of(value) == text


def test_its_kind_in_everyday_words() -> None:
    far, moment = FarDate.fromisoformat("-0044-03-15"), FarDateTime.fromisoformat("12026-03-15T09:30:00")
    assert [kind_of(one) for one in (date(2027, 4, 5), far, moment, YearsMonths(3))] == ["日期", "日期", "时刻", "时长"]
