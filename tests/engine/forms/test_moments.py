"""Limits that are moments: a field of date and time is held against them to the minute."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from engine.errors import InvalidForm
from engine.feel import NOW
from engine.forms import Form

NOON = datetime(2026, 11, 26, 4, 0, 30, tzinfo=UTC)  # 12:00:30 in Beijing


def moment(key: str, label: str, **properties: str) -> dict[str, Any]:
    """A component of date and time."""
    kind = {"type": "datetime", "subtype": "datetime"}
    return {
        **kind,
        "validate": {"required": key == "found"},
        "id": key,
        "key": key,
        "label": label,
        "dateLabel": label,
        "properties": properties,
    }


FORM = Form.parse(
    json.dumps(
        {
            "type": "default",
            "id": "report",
            "schemaVersion": 18,
            "components": [
                moment("found", "发现时间", notAfter="=now()", notAfterName="现在"),
                moment("told", "报告时间", notBefore="=found", notBeforeName="发现时间", notAfter="=now()"),
            ],
        }
    ).encode()
)


def check(found: str, told: str = "") -> dict[str, Any]:
    """What the server makes of it at noon."""
    return FORM.validate({"found": found, "told": told}, {}, date(2026, 11, 26), {NOW: NOON}, {})


def test_up_to_this_very_minute() -> None:
    assert check("2026-11-26T12:00", "2026-11-26T12:00")["found"] == datetime(2026, 11, 26, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found", "told", "refusal"),
    [
        ("2026-11-26T12:01", "", {"found": "发现时间晚于现在 2026-11-26 12:00，请改早"}),
        ("2026-11-27T08:00", "", {"found": "发现时间晚于现在 2026-11-26，请改早"}),
        ("2026-11-26T11:30", "2026-11-26T11:29", {"told": "报告时间早于发现时间 2026-11-26 11:30，请改晚"}),
    ],
)
def test_a_minute_beyond_is_refused(found: str, told: str, refusal: dict[str, str]) -> None:
    with pytest.raises(InvalidForm) as refused:
        check(found, told)
    assert refused.value.errors == refusal


def test_a_made_up_moment_keeps_the_limits() -> None:
    for seed in range(20):
        made = FORM.fill(Random(seed), {}, date(2026, 11, 26), {NOW: NOON})
        check(made["found"], made.get("told", ""))
