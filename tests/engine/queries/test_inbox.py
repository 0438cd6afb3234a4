"""待办 and 待认领: order, segments, filters, pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.inbox import InboxFilter, list_claimable, list_inbox
from tests.engine.queries.rows import Rows, at

Person = Callable[[str], Actor]
Desk = dict[str, int]


@pytest.fixture
def desk(rows: Rows) -> Desk:
    """何静's desk on Friday 6 November, 09:30: one task of each kind."""
    return {
        "late": rows.task(rows.case("逾期事项"), due=at(5, 17), arrived=at(2)),
        "today": rows.task(rows.case("今天到期", starter="limin"), due=at(6, 17, 30), arrived=at(5)),
        "week": rows.task(rows.case("下周到期"), due=at(13, 17, 30), arrived=at(4)),
        "far": rows.task(rows.case("很久以后"), due=at(16, 17, 30), arrived=at(3)),
        "open": rows.task(rows.case("没有期限"), due=None, arrived=at(1)),
    }


def shown(platform: Platform, actor: Actor, wanted: InboxFilter) -> list[int]:
    """Task ids of a page."""
    return [row.task_id for row in list_inbox(platform, actor, wanted).page.items]


def test_late_ones_first_those_without_a_deadline_last(
    platform: Platform, person: Person, desk: dict[str, int]
) -> None:
    assert shown(platform, person("hejing"), InboxFilter()) == [
        desk[name] for name in ("late", "today", "week", "far", "open")
    ]
    assert shown(platform, person("hejing"), InboxFilter(sort="arrived")) == [
        desk[name] for name in ("today", "week", "far", "late", "open")
    ]


def test_segments_count_and_select_the_same(
    platform: Platform, person: Person, rows: Rows, desk: dict[str, int]
) -> None:
    rows.urge(desk["far"])
    segments = list_inbox(platform, person("hejing"), InboxFilter()).segments
    assert segments == {"all": 5, "late": 1, "today": 1, "week": 1, "urged": 1}
    for due, name in (("late", "late"), ("today", "today"), ("week", "week"), ("urged", "far")):
        page = list_inbox(platform, person("hejing"), InboxFilter(due=due)).page
        assert ([row.task_id for row in page.items], page.total) == ([desk[name]], 1)


def test_a_row_says_what_a_line_shows(platform: Platform, person: Person, desk: Desk) -> None:
    row = list_inbox(platform, person("hejing"), InboxFilter(due="today")).page.items[0]
    assert (row.title, row.procedure, row.node, str(row.starter)) == (
        "今天到期",
        "项目变更审批",
        "必要性审查",
        "李敏（信息中心）",
    )
    assert row.due is not None
    assert (row.due.text, row.due.soon, row.due.late) == ("今天 17:30", True, False)
    assert (row.unread, row.claimed, row.urged) == (True, True, 0)


def test_filters_by_words_procedure_and_department_join(
    platform: Platform, person: Person, desk: dict[str, int]
) -> None:
    actor = person("hejing")
    assert shown(platform, actor, InboxFilter(q="今天")) == [desk["today"]]
    assert shown(platform, actor, InboxFilter(q="李敏")) == [desk["today"]]
    assert shown(platform, actor, InboxFilter(department="information")) == [desk["today"]]
    assert shown(platform, actor, InboxFilter(department="information", q="逾期")) == []
    assert len(shown(platform, actor, InboxFilter(key="change_approval"))) == 5
    assert shown(platform, actor, InboxFilter(key="no_such_procedure")) == []
    assert shown(platform, actor, InboxFilter(q="%")) == []
    page = list_inbox(platform, actor, InboxFilter())
    assert ("change_approval", "项目变更审批") in page.procedures
    assert ("information", "信息中心") in page.departments


def test_pages_follow_each_other_without_gaps(platform: Platform, person: Person, desk: Desk) -> None:
    actor = person("hejing")
    pages = [list_inbox(platform, actor, InboxFilter(page=n, size=2)).page for n in (1, 2, 3)]
    assert [len(page.items) for page in pages] == [2, 2, 1]
    assert {row.task_id for page in pages for row in page.items} == set(desk.values())
    assert (pages[0].total, pages[0].pages) == (5, 3)


def test_what_may_be_claimed_is_a_list_of_its_own(platform: Platform, person: Person, rows: Rows) -> None:
    mine = rows.task(rows.case("已认领"), holder="hejing", candidates=("hejing", "xuwenbo"))
    free = rows.task(rows.case("待认领"), holder=None, candidates=("hejing", "xuwenbo"))
    gone = rows.task(rows.case("已办"), holder="xuwenbo", candidates=("hejing", "xuwenbo"), done=at(5))
    hejing = [row.task_id for row in list_claimable(platform, person("hejing"), InboxFilter()).page.items]
    assert hejing == [free]
    assert shown(platform, person("hejing"), InboxFilter()) == [mine]
    xuwenbo = list_claimable(platform, person("xuwenbo"), InboxFilter())
    assert [row.task_id for row in xuwenbo.page.items] == [free]
    assert xuwenbo.segments["all"] == 1
    assert gone not in shown(platform, person("xuwenbo"), InboxFilter())


def test_few_statements_for_any_number_of_rows(
    platform: Platform, person: Person, rows: Rows, statements: Callable[[], object]
) -> None:
    actor = person("hejing")
    for n in range(30):
        rows.task(rows.case(f"事项 {n}"), due=at(10 + n % 9))
    counts = []
    for wanted in (InboxFilter(), InboxFilter(size=100), InboxFilter(q="事项", due="week", department="enforcement")):
        with statements() as said:  # type: ignore[attr-defined]
            list_inbox(platform, actor, wanted)
        counts.append(len([s for s in said if not s.startswith("BEGIN")]))
    assert max(counts) <= 8, counts
    assert counts[0] == counts[1]
