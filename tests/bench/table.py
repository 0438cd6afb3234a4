"""The figures for a reader, and whether they are what was wanted."""

from __future__ import annotations

from typing import Any

FLOOR = "floor"
STATEMENTS, COMMITS, TIMES_FLOOR, CROWDED = 12, 1, 4.0, 6.0
"""At most so much for completing a task through HTTP; the last is for beside ten thousand open tasks."""


def show(load: dict[str, Any]) -> None:
    """One table: an act or page a line; times in milliseconds."""
    print(f"\n{load['load']}\n{'':<42}{'median':>9}{'p95':>9}{'× floor':>9}{'SQL':>6}{'commits':>9}")
    for row in load["rows"]:
        counts = f"{row['statements']:>6}{row['commits']:>9}" if row["statements"] else ""
        times = f"{row['median_ms']:>9.2f}{row['p95_ms']:>9.2f}{row['times_floor']:>9.2f}"
        print(f"  {row['name']:<40}{times}{counts}", flush=True)


def judge(result: dict[str, Any], name: str) -> int:
    """Say for every load whether completing a task is within its limits; 1 when it is not."""
    print(
        f"\n{result['database']}; Python {result['python']}; "
        "state of the case {} bytes, {} of them its variables".format(*result["state_bytes"])
    )
    missed = 0
    for load in result["loads"]:
        row = next((row for row in load["rows"] if row["name"] == name), None)
        if row is None:
            continue
        most = CROWDED if "open tasks" in load["load"] else TIMES_FLOOR
        good = row["commits"] == COMMITS and row["statements"] <= STATEMENTS and row["times_floor"] <= most
        missed += not good
        print(
            f"  {name} · {load['load']}: {row['commits']} commit, {row['statements']} statements, "
            f"{row['times_floor']}× the floor: {'as wanted' if good else 'MISSED'}"
        )
    return 1 if missed else 0
