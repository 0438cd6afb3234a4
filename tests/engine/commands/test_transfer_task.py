"""转办."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine.commands import release_task, transfer_task
from engine.errors import InvalidForm, NotFound, NotNow, Stale, TaskTaken
from engine.models import Event
from engine.queries.inbox import InboxFilter, list_inbox
from tests.fixtures.story import LARGER, Story


def hand_over(story: Story, by: str, task_id: int, to: str, reason: str = "出差一周。") -> None:
    """`by` hands the task over."""
    transfer_task(story.platform, story.person(by), task_id, None, to, reason)


def test_the_other_person_owns_the_task_and_knows_why(story: Story) -> None:
    case = story.start().found_necessary()
    task_id, actor = case.task("department_approval"), story.person("leizhen")
    with story.listening() as said:
        transfer_task(story.platform, actor, task_id, 1, "zhongxiaoyan", "出差一周。")
    assert said.commits == 1
    row = story.row(task_id)
    assert (row.assignee_id, row.revision, row.read_at) == (story.person("zhongxiaoyan").id, 2, None)
    text = "雷震（执法支队）把“执法终端离线采集功能调整”的环节“部门负责人审批”转办给你：出差一周。"
    assert story.notices("zhongxiaoyan") == [text]
    assert [r.task_id for r in list_inbox(story.platform, story.person("zhongxiaoyan"), InboxFilter()).page.items] == [
        task_id
    ]
    assert list_inbox(story.platform, story.person("leizhen"), InboxFilter()).page.total == 0
    assert "task_transferred" in story.all(select(Event.kind))
    case.act("zhongxiaoyan", "department_approval", "department_approved")


def test_who_handed_it_over_reads_who_has_it(story: Story) -> None:
    case = story.start().found_necessary()
    task_id = case.task("department_approval")
    hand_over(story, "leizhen", task_id, "zhongxiaoyan")
    with story.nothing_changes(), pytest.raises(TaskTaken, match="钟晓燕（执法支队）"):
        hand_over(story, "leizhen", task_id, "wangjianguo")


def test_an_unclaimed_task_can_be_handed_over_by_a_candidate(story: Story) -> None:
    case = story.start()
    hand_over(story, "zhoulan", case.task("review_necessity"), "xuwenbo")
    assert story.row(case.task("review_necessity")).assignee_id == story.person("xuwenbo").id
    release_task(story.platform, story.person("xuwenbo"), case.task("review_necessity"))
    assert story.row(case.task("review_necessity")).assignee_id is None


@pytest.mark.parametrize("to", ["chensiyuan", "hejing"])
def test_whom_the_rules_exclude_does_not_get_it(story: Story, to: str) -> None:
    """The applicant and who reviewed the necessity do not approve."""
    case = story.start().found_necessary()
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        hand_over(story, "leizhen", case.task("department_approval"), to)
    assert "应回避" in refused.value.errors["account"]


@pytest.mark.parametrize("to", ["leizhen", "nobody", "", "zhong\x00xiaoyan", "suspended"])
def test_only_another_active_person_gets_it(story: Story, to: str) -> None:
    case = story.start().found_necessary()
    if to == "suspended":
        story.suspend("wangjianguo")
        to = "wangjianguo"
    if to == "zhong\x00xiaoyan":
        hand_over(story, "leizhen", case.task("department_approval"), to)  # what cannot be seen does not count
        return
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        hand_over(story, "leizhen", case.task("department_approval"), to)
    assert list(refused.value.errors) == ["account"]


@pytest.mark.parametrize("reason", ["", " \n ", "因" * 501])
def test_a_reason_is_required_and_has_a_limit(story: Story, reason: str) -> None:
    case = story.start().found_necessary()
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        hand_over(story, "leizhen", case.task("department_approval"), "nobody", reason)
    assert set(refused.value.errors) == {"account", "reason"}


def test_a_vote_cannot_be_handed_over(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    with story.nothing_changes(), pytest.raises(NotNow, match="本人表态"):
        hand_over(story, "fengbo", case.task("expert_review", "fengbo"), "yujingyi")


def test_an_old_page_and_anothers_task(story: Story) -> None:
    case = story.start().found_necessary()
    task_id = case.task("department_approval")
    with story.nothing_changes(), pytest.raises(Stale):
        transfer_task(story.platform, story.person("leizhen"), task_id, 7, "zhongxiaoyan", "出差")
    with story.nothing_changes(), pytest.raises(NotFound):
        hand_over(story, "wangjianguo", task_id, "zhongxiaoyan")
