"""More projects for more cases: twenty thousand changes of four projects would be no plausible year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import cycle, product
from typing import Any

PER_PROJECT = 30
MOST = 60

_WHERE = ("执法", "数据", "信息", "应急", "港区", "山区", "城南", "高新区")
_WHAT = (
    "视频接入工程",
    "终端更新项目",
    "预警平台建设",
    "档案数字化项目",
    "网络改造工程",
    "指挥系统升级",
    "数据治理项目",
    "机房改造工程",
)


def with_projects(description: Mapping[str, Any], cases: int) -> dict[str, Any]:
    """The organisation with as many projects as so many cases need, at most `MOST`."""
    projects = list(description["projects"])
    last: date = max(project["end_date"] for project in projects)
    patterns = cycle(description["projects"])
    for number, (what, where) in enumerate(product(_WHAT, _WHERE), len(projects) + 1):
        if number > min(MOST, cases // PER_PROJECT):
            break
        pattern = next(patterns)
        end = last + timedelta(days=number * 9 % 300)
        projects.append({**pattern, "code": f"XM-2026-{number:02d}", "name": where + what, "end_date": end})
    return {**description, "projects": projects}
