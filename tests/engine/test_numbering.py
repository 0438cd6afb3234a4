"""Case numbers: per prefix and local year, without gaps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from engine.clock import LOCAL
from engine.models import NumberSequence
from engine.numbering import next_number
from engine.platform import Platform

NOVEMBER = datetime(2026, 11, 6, tzinfo=LOCAL)


def draw(platform: Platform, prefix: str = "BG", now: datetime = NOVEMBER) -> str:
    """One number, committed."""
    with platform.database.write() as session:
        return next_number(session, prefix, now)


def test_numbers_count_per_prefix_and_year(empty_platform: Platform) -> None:
    assert [draw(empty_platform) for _ in range(3)] == ["BG-2026-0001", "BG-2026-0002", "BG-2026-0003"]
    assert draw(empty_platform, "YY") == "YY-2026-0001"
    assert draw(empty_platform, now=datetime(2027, 3, 1, tzinfo=LOCAL)) == "BG-2027-0001"
    assert draw(empty_platform) == "BG-2026-0004"


def test_the_year_is_the_local_one(empty_platform: Platform) -> None:
    assert draw(empty_platform, now=datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == "BG-2027-0001"
    assert draw(empty_platform, now=datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == "BG-2026-0001"


def test_a_transaction_that_fails_gives_its_number_back(empty_platform: Platform) -> None:
    draw(empty_platform)

    def fail() -> None:
        with empty_platform.database.write() as session:
            assert next_number(session, "BG", NOVEMBER) == "BG-2026-0002"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert draw(empty_platform) == "BG-2026-0002"


def test_several_numbers_in_one_transaction(empty_platform: Platform) -> None:
    with empty_platform.database.write() as session:
        numbers = [next_number(session, "BG", NOVEMBER) for _ in range(3)]
    assert numbers == ["BG-2026-0001", "BG-2026-0002", "BG-2026-0003"]


def test_after_9999_numbers_grow_longer(empty_platform: Platform) -> None:
    with empty_platform.database.write() as session:
        session.execute(insert(NumberSequence).values(prefix="BG", year=2026, last=9999))
    assert draw(empty_platform) == "BG-2026-10000"
