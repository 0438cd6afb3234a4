"""催办."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands import claim_task, urge_case
from engine.errors import NotFound, NotNow
from engine.jsondata import load
from engine.models import Event
from tests.fixtures.story import LARGER, Story


def test_the_holder_is_told_by_whom_and_of_which_step(story: Story) -> None:
    case = story.start().found_necessary()
    actor = story.person("chensiyuan")
    with story.listening() as said:
        assert urge_case(story.platform, actor, case.id) == 1
    assert said.commits == 1
    told = story.notices("leizhen", "urge")
    assert told == ["陈思远（执法支队）催办：执法终端离线采集功能调整，环节“部门负责人审批”"]
    assert story.row(case.task("department_approval")).urged == 1


def test_all_candidates_are_told_until_one_claims(story: Story) -> None:
    case = story.start()
    assert urge_case(story.platform, story.person("chensiyuan"), case.id) == 3
    claim_task(story.platform, story.person("hejing"), case.task("review_necessity"))
    story.clock.advance(timedelta(minutes=30))
    assert urge_case(story.platform, story.person("chensiyuan"), case.id) == 1
    assert [len(story.notices(a, "urge")) for a in ("hejing", "zhoulan", "xuwenbo")] == [2, 1, 1]


def test_everybody_missing_in_a_vote_is_told_once_per_step_and_counted_once(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel(affected_departments=["unit", "leadership"])
    case.act("heyuan", "expert_review", "agree")
    assert urge_case(story.platform, story.person("chensiyuan"), case.id) == 3
    assert len(story.notices("gaozhendong", "urge")) == 2  # he leads both departments
    assert story.notices("heyuan", "urge") == []
    payload = story.all(select(Event.payload).where(Event.kind == "case_urged"))[0]
    assert load(payload) == {"people": 3}


def test_a_pause_lies_between_two_urges(story: Story) -> None:
    case = story.start()
    urge_case(story.platform, story.person("chensiyuan"), case.id)
    story.clock.advance(timedelta(minutes=12))
    with story.nothing_changes(), pytest.raises(NotNow, match="18 分钟后"):
        urge_case(story.platform, story.person("chensiyuan"), case.id)
    with story.nothing_changes(), pytest.raises(NotNow):
        urge_case(story.platform, story.person("zhoulan"), case.id)
    story.clock.advance(timedelta(minutes=18))
    assert urge_case(story.platform, story.person("chensiyuan"), case.id) == 3


def test_managers_may_urge_and_do_not_urge_themselves(story: Story) -> None:
    case = story.start()
    assert urge_case(story.platform, story.person("zhoulan"), case.id) == 2
    assert story.notices("zhoulan", "urge") == []


def test_a_stranger_learns_nothing(story: Story) -> None:
    running, ended = story.start(), story.start()
    ended.act("hejing", "review_necessity", "reject", "不需要")
    answers = set()
    for instance_id in (running.id, ended.id, 404):
        with story.nothing_changes(), pytest.raises(NotFound) as refused:
            urge_case(story.platform, story.person("zhongxiaoyan"), instance_id)
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_a_case_that_has_ended_is_not_urged(story: Story) -> None:
    case = story.start()
    case.act("hejing", "review_necessity", "reject", "不需要")
    with story.nothing_changes(), pytest.raises(NotNow, match="已经办结"):
        urge_case(story.platform, story.person("chensiyuan"), case.id)
