"""Who sees what: one's own, what one was asked to do, managers all; a forged id and another's thing look the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.errors import NotFound
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.cases import case_diagram, case_marks, case_page
from engine.queries.inbox import InboxFilter, list_claimable, list_done, list_inbox
from engine.queries.search import search
from engine.queries.started import list_started
from engine.queries.tasks import affected_by_return, preview_outcomes, task_page
from tests.fixtures.story import LARGER, Case, Story

ASKED = ("chensiyuan", "hejing", "xuwenbo", "zhangweimin", "wangjianguo")
MANAGERS = ("gaozhendong", "guolimin", "dengkai", "jianghuaiyuan")
STRANGERS = ("limin", "qiancheng", "yujingyi", "luocheng")


@pytest.fixture
def case(story: Story) -> Case:
    """A case in review."""
    return story.start(**LARGER).found_necessary().with_panel()


@pytest.mark.parametrize("query", [case_page, case_marks, case_diagram], ids=lambda query: query.__name__)
def test_a_case_is_read_by_its_people_and_by_managers_only(
    story: Story, case: Case, query: Callable[[Platform, Actor, int], object]
) -> None:
    for account in (*ASKED, *MANAGERS):
        assert query(story.platform, story.person(account), case.id)
    answers = set()
    for account, instance_id in [*((account, case.id) for account in STRANGERS), ("chensiyuan", 404)]:
        with pytest.raises(NotFound) as refused:
            query(story.platform, story.person(account), instance_id)
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_a_task_is_read_by_who_was_asked_and_by_managers_only(story: Story, case: Case) -> None:
    task_id = case.task("expert_review", "fengbo")
    for account in ("fengbo", *MANAGERS):
        assert task_page(story.platform, story.person(account), task_id).task_id == task_id
    answers = set()
    for account, wanted in [("zhangweimin", task_id), ("chensiyuan", task_id), ("limin", task_id), ("fengbo", 404)]:
        with pytest.raises(NotFound) as refused:
            task_page(story.platform, story.person(account), wanted)
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_only_who_may_act_tries_what_an_act_would_do(story: Story, case: Case) -> None:
    task_id = case.task("expert_review", "fengbo")
    for account in ("zhangweimin", "limin", "gaozhendong"):
        with pytest.raises(NotFound):
            preview_outcomes(story.platform, story.person(account), task_id, {})
        with pytest.raises(NotFound):
            affected_by_return(story.platform, story.person(account), task_id, "form_panel")


def test_having_been_asked_keeps_the_right_to_read(story: Story, case: Case) -> None:
    for expert in ("zhangweimin", "fengbo"):
        case.act(expert, "expert_review", "agree")
    for account in ("fengbo", "heyuan", "zhoulan"):  # done, cancelled, another's claim
        assert case_page(story.platform, story.person(account), case.id).number == case.number


def test_lists_and_search_show_nothing_of_others(story: Story, case: Case) -> None:
    for account in STRANGERS:
        actor = story.person(account)
        assert list_inbox(story.platform, actor, InboxFilter()).page.total == 0
        assert list_claimable(story.platform, actor, InboxFilter()).page.total == 0
        assert list_done(story.platform, actor).total == 0
        assert list_started(story.platform, actor).total == 0
        assert search(story.platform, actor, case.number) == []
    assert len(search(story.platform, story.person("fengbo"), case.number)) == 1
