"""The search of the top bar: what is found, and only what the person may read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.search import FOUND, search
from tests.engine.queries.rows import Rows, at


def found(platform: Platform, actor: Actor, q: str) -> list[str]:
    return [row.number for row in search(platform, actor, q)]


@pytest.fixture
def three(rows: Rows) -> Rows:
    """Three cases of two people."""
    rows.case("3 号机房 UPS 电池扩容", starter="limin")
    rows.case("执法终端离线采集", starter="chensiyuan")
    rows.case("机房空调更换", starter="chensiyuan", ended=at(5))
    return rows


@pytest.mark.parametrize(
    ("q", "hits"),
    [
        ("机房", ["BG-2026-0003", "BG-2026-0001"]),
        ("3号机房", ["BG-2026-0001"]),
        ("ＵＰＳ", ["BG-2026-0001"]),
        ("李敏", ["BG-2026-0001"]),
        ("机房 扩容", ["BG-2026-0001"]),
        ("房", ["BG-2026-0003", "BG-2026-0001"]),
        ("BG-2026-0002", ["BG-2026-0002"]),
        ("bg20260002", ["BG-2026-0002"]),
        ("2026-2", ["BG-2026-0002"]),
        ("BG-2026", ["BG-2026-0003", "BG-2026-0002", "BG-2026-0001"]),
        ("房机", []),
        ("YS-2026-0001", []),
        ("。，！", []),
        ("   ", []),
        ("%", []),
    ],
)
def test_finds(platform: Platform, three: Rows, manager: Actor, q: str, hits: list[str]) -> None:
    assert found(platform, manager, q) == hits


def test_people_find_only_what_they_may_read(platform: Platform, three: Rows, person: Callable[[str], Actor]) -> None:
    assert found(platform, person("chensiyuan"), "机房") == ["BG-2026-0003"]
    assert found(platform, person("qiancheng"), "机房") == []
    three.task(1, holder="qiancheng")
    assert found(platform, person("qiancheng"), "机房") == ["BG-2026-0001"]


def test_a_row_says_where_the_case_stands(platform: Platform, three: Rows, manager: Actor) -> None:
    three.task(1)
    three.task(1, "implement", "实施", holder="qiancheng")
    row = search(platform, manager, "UPS")[0]
    assert (row.title, row.procedure, str(row.starter)) == ("3 号机房 UPS 电池扩容", "项目变更审批", "李敏（信息中心）")
    assert (row.state, row.current) == ("running", "必要性审查、实施")


def test_at_most_twenty_the_newest_first(platform: Platform, rows: Rows, manager: Actor) -> None:
    for _number in range(FOUND + 2):
        rows.case()
    assert found(platform, manager, "扩容")[:1] == ["BG-2026-0022"]
    assert len(found(platform, manager, "扩容")) == FOUND
