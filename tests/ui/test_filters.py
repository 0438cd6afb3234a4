"""Moments, sizes and numbers as pages show them, in Shanghai."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from ui import filters

MOMENT = datetime(2026, 11, 6, 1, 5, tzinfo=UTC)  # 09:05 in Shanghai


def test_moments_are_local(app: Flask) -> None:
    with app.app_context():  # now is 2026-11-06 09:30
        assert filters.moment(MOMENT) == "2026-11-06 09:05"
        assert filters.short(MOMENT) == "11-06 09:05"
        assert filters.short(MOMENT.replace(year=2025)) == "2025-11-06 09:05"
        assert filters.short_day(MOMENT) == "11-06"
        assert filters.recent(MOMENT) == "09:05"
        assert filters.recent(MOMENT.replace(day=5)) == "昨天"
        assert filters.recent(MOMENT.replace(day=3)) == "11-03"
        assert filters.clock_time(MOMENT) == "09:05"
        assert filters.clock_time(MOMENT.replace(day=5)) == "11-05 09:05"
        assert filters.document_moment(MOMENT) == "2026年11月6日 09:05"
        assert filters.weekday(MOMENT) == "星期五"


@pytest.mark.parametrize("function", [filters.moment, filters.short, filters.recent, filters.day, filters.iso])
def test_nothing_is_shown_as_nothing(function: object) -> None:
    assert callable(function)
    assert function(None) == ""


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (1023, "1023 B"), (88_064, "86 KB"), (1_258_291, "1.2 MB"), (52_428_800, "50.0 MB")]
)
def test_sizes(size: int, text: str) -> None:
    assert filters.file_size(size) == text


def test_totals_are_capped() -> None:
    assert filters.capped(10_000) == "10000"
    assert filters.capped(10_001) == "10 000+"


def test_numbers_stay_in_one_piece_and_words_stay_harmless() -> None:
    shown = filters.unbroken("<b>（BG-2026-0001）已驳回")
    assert shown == '&lt;b&gt;（<span class="g-nowrap">BG-2026-0001</span>）已驳回'
