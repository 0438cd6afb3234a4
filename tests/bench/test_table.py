"""The bench's verdict: each limit alone is enough to miss."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bench.table import judge


def measured(**row: Any) -> dict[str, Any]:
    figures = {"name": "complete", "commits": 1, "statements": 12, "times_floor": 6.0} | row
    head = {"database": "SQLite", "python": "3", "state_bytes": 1}
    return head | {"loads": [{"load": "quiet", "rows": [figures]}]}


def test_at_the_limits_all_is_as_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(measured(), "complete") == 0
    assert "as wanted" in capsys.readouterr().out


@pytest.mark.parametrize("over", [{"commits": 2}, {"statements": 21}, {"times_floor": 6.01}])
def test_beyond_any_limit_it_fails(over: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(measured(**over), "complete") == 1
    assert "MISSED" in capsys.readouterr().out
