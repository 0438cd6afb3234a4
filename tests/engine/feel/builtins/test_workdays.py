"""Working days in expressions; 1–7 October 2026 are free, Saturday 10 October is made up for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.engine.feel.support import feel


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('is working day(@"2026-09-30")', True),
        ('is working day(@"2026-10-01")', False),
        ('is working day(@"2026-10-10")', True),
        ('is working day(date and time("2026-10-10T23:00:00"))', True),
        ('is working day("2026-10-10")', None),
        ("is working day(null)", None),
        ('working days between(@"2026-09-30", @"2026-10-09")', 2),
        ('working days between(@"2026-10-09", @"2026-09-30")', -2),
        ('working days between(@"2026-10-01", @"2026-10-01")', 0),
        ('working days between(@"2026-10-01", 5)', None),
        ('add working days(@"2026-09-30", 1)', date(2026, 10, 8)),
        ('add working days(@"2026-09-30", 3)', date(2026, 10, 10)),
        ('add working days(@"2026-10-08", -1)', date(2026, 9, 30)),
        ('add working days(@"2026-10-01", 0)', date(2026, 10, 1)),
        ('add working days(@"2026-10-01", 1.5)', None),
        ('add working days(@"2026-10-01", 10000000)', None),
        ('add working days(@"9999-12-31", 1)', None),
        ("add working days(null, 1)", None),
        ('next working day(@"2026-09-30")', date(2026, 10, 8)),
        ('next working day(@"2026-10-09")', date(2026, 10, 10)),
        ("next working day(1)", None),
        ('previous working day(@"2026-10-08")', date(2026, 9, 30)),
        ('previous working day(@"2026-10-04")', date(2026, 9, 30)),
        ("previous working day(null)", None),
    ],
)
def test_working_days(text: str, value: Any) -> None:
    assert feel(text) == value
