"""已办, 我发起的, 草稿箱, 通知."""

from __future__ import annotations

from datetime import timedelta

from engine.queries.inbox import list_done
from engine.queries.notices import list_notices
from engine.queries.started import list_started
from tests.fixtures.story import LARGER, Story


def test_done_is_newest_first_and_says_where_the_case_is_now(story: Story) -> None:
    first = story.start()
    first.act("hejing", "review_necessity", "reject", "不需要变更")
    story.clock.advance(timedelta(hours=1))
    second = story.start(change_title="终端定位软件升级改造").found_necessary()
    rows = list_done(story.platform, story.person("hejing")).items
    assert [row.number for row in rows] == [second.number, first.number]
    assert [(r.action_label, r.action_kind, r.case_state, r.outcome, r.current) for r in rows] == [
        ("通过", "approve", "running", "", "部门负责人审批"),
        ("驳回", "reject", "completed", "rejected", ""),
    ]
    assert rows[1].opinion == "不需要变更"
    assert [r.number for r in list_done(story.platform, story.person("hejing"), q="定位软件").items] == [second.number]


def test_done_pages_and_statements(story: Story) -> None:
    for _ in range(7):
        story.start().found_necessary()
    actor = story.person("hejing")
    with story.listening() as said:
        page = list_done(story.platform, actor, size=5)
    assert (len(page.items), page.total, page.pages) == (5, 7, 2)
    assert len(said.statements) <= 5
    assert len(list_done(story.platform, actor, page=2, size=5).items) == 2


def test_started_shows_who_holds_each_case_and_why_it_waits(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    case.act("zhangweimin", "expert_review", "agree")
    row = list_started(story.platform, story.person("chensiyuan")).items[0]
    assert (row.current, row.tag, row.state) == ("专家论证、部门意见", "较大变更", "running")
    assert [person.account for person in row.holders] == ["fengbo", "heyuan", "wangjianguo"]
    assert row.due is not None
    assert row.due.at == story.row(case.task("expert_review")).due_at
    assert "专家论证（1 / 3 已表态，同意 1，需 2）、部门意见" in row.why


def test_started_can_be_narrowed_by_state_and_words(story: Story) -> None:
    actor = story.person("chensiyuan")
    running = story.start()
    rejected = story.start(change_title="终端定位软件升级改造")
    rejected.act("hejing", "review_necessity", "reject", "不需要变更")

    def numbers(**wanted: str) -> list[str]:
        return [row.number for row in list_started(story.platform, actor, **wanted).items]

    assert numbers() == [rejected.number, running.number]
    assert numbers(state="running") == [running.number]
    assert numbers(state="rejected") == [rejected.number]
    assert numbers(state="completed") == []
    assert numbers(q="定位软件", state="running") == []
    assert list_started(story.platform, actor).items[0].why == ""


def test_started_costs_the_same_for_one_case_and_for_many(story: Story) -> None:
    actor, counts = story.person("chensiyuan"), []
    for count in (1, 8):
        for _ in range(count):
            story.start(**LARGER).found_necessary().with_panel()
        with story.listening() as said:
            list_started(story.platform, actor)
        counts.append(len(said.statements))
    assert counts[0] == counts[1] <= 9, "one of them is for the rules of the votes that are open"


def test_notices_are_ones_own_newest_first(story: Story) -> None:
    cases = [story.start().found_necessary() for _ in range(3)]
    page = list_notices(story.platform, story.person("leizhen"))
    assert [notice.instance_id for notice in page.items] == [case.id for case in reversed(cases)]
    assert page.total == 3
    assert {notice.kind for notice in page.items} == {"task"}
    assert list_notices(story.platform, story.person("limin")).total == 0
