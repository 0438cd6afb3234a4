"""The bench's verdict: each limit alone is enough to miss."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bench.table import judge


def measured(load: str = "quiet", **row: Any) -> dict[str, Any]:
    figures = {"name": "complete", "commits": 1, "statements": 12, "times_floor": 4.0} | row
    head = {"database": "SQLite", "python": "3", "state_bytes": [2, 1]}
    return head | {"loads": [{"load": load, "rows": [figures]}]}


def test_at_the_limits_all_is_as_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(measured(), "complete") == 0
    assert "as wanted" in capsys.readouterr().out


@pytest.mark.parametrize("over", [{"commits": 2}, {"statements": 21}, {"times_floor": 4.01}])
def test_beyond_any_limit_it_fails(over: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(measured(**over), "complete") == 1
    assert "MISSED" in capsys.readouterr().out


@pytest.mark.parametrize(("times", "missed"), [(6.0, 0), (6.01, 1)])
def test_beside_ten_thousand_open_tasks_more_is_allowed(times: float, missed: int) -> None:
    assert judge(measured("10,000 open tasks to claim", times_floor=times), "complete") == missed
