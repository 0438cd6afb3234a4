"""Data stores keep a value beyond the case that wrote it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from engine.casework import stores
from engine.platform import Platform

NOW = datetime(2026, 11, 6, 1, 30, tzinfo=UTC)


def test_a_store_nobody_has_written_holds_nothing(platform: Platform) -> None:
    with platform.database.read() as session:
        assert stores.read(session, "价格库") is None


def test_what_was_written_last_is_read_with_its_kinds(platform: Platform) -> None:
    value = {"price": Decimal("3.50"), "since": date(2026, 11, 6), "lines": [1, None, "甲"]}
    with platform.database.write() as session:
        stores.write(session, "价格库", {"price": 1}, "SY-2026-0001", NOW)
        stores.write(session, "价格库", value, "SY-2026-0002", NOW)
        stores.write(session, "另一库", 7, "SY-2026-0002", NOW)
    with platform.database.read() as session:
        assert stores.read(session, "价格库") == value
        assert stores.read(session, "另一库") == 7
