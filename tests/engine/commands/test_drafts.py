"""草稿: kept whatever happens, one for each person and task."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands import discard_draft, save_draft
from engine.commands.drafts import LIMIT
from engine.errors import Invalid, NotFound
from engine.jsondata import load
from engine.models import Draft
from engine.queries.drafts import list_drafts
from engine.queries.procedures import start_page
from engine.queries.tasks import task_page
from tests.fixtures.story import KEY, Story


def test_a_draft_of_a_start_comes_back_on_its_page(story: Story) -> None:
    actor = story.person("chensiyuan")
    content = {"data": {"change_title": "写了一半", "cost_change": 12.5}, "opinion": "", "attachments": []}
    saved_at = save_draft(story.platform, actor, KEY, None, content)
    page = start_page(story.platform, actor, KEY)
    assert saved_at == page.draft_saved_at == story.clock.now()
    assert page.form_data["change_title"] == "写了一半"
    assert start_page(story.platform, story.person("limin"), KEY).draft_saved_at is None
    row = list_drafts(story.platform, actor)[0]
    assert (row.kind, row.title, row.procedure) == ("start", "写了一半", "项目变更审批")


def test_the_newest_wins(story: Story) -> None:
    actor, task_id = story.person("hejing"), story.start().task("review_necessity")
    for opinion in ("第一稿", "第二稿"):
        save_draft(story.platform, actor, None, task_id, {"opinion": opinion, "data": {"overlaps": "不重复"}})
        story.clock.advance(timedelta(minutes=1))
    assert load(story.one(select(Draft.content)))["opinion"] == "第二稿"
    page = task_page(story.platform, actor, task_id)
    assert (page.draft_opinion, page.form_data["overlaps"]) == ("第二稿", "不重复")


def test_a_draft_is_kept_also_when_another_was_faster(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.act("zhoulan", "review_necessity", "approve")
    save_draft(story.platform, story.person("hejing"), None, task_id, {"opinion": "我的意见"})
    row = list_drafts(story.platform, story.person("hejing"))[0]
    assert (row.kind, row.task_id, row.node, row.title) == (
        "task",
        task_id,
        "必要性审查",
        "执法终端离线采集功能调整",
    )


def test_whoever_was_not_asked_keeps_none(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    for someone, key, wanted in (("leizhen", None, task_id), ("hejing", None, 404), ("hejing", "no_such", None)):
        with story.nothing_changes(), pytest.raises(NotFound):
            save_draft(story.platform, story.person(someone), key, wanted, {})


@pytest.mark.parametrize("content", [{"opinion": "长" * LIMIT}, {"opinion": "\ud83d"}, {"data": {"\udc00": 1}}])
def test_what_cannot_be_kept_is_said(story: Story, content: dict[str, object]) -> None:
    with story.nothing_changes(), pytest.raises(Invalid, match="没有存上"):
        save_draft(story.platform, story.person("chensiyuan"), KEY, None, content)


def test_a_draft_can_be_dropped_twice_and_only_ones_own(story: Story) -> None:
    actor = story.person("chensiyuan")
    save_draft(story.platform, actor, KEY, None, {"opinion": "x"})
    with story.nothing_changes():
        discard_draft(story.platform, story.person("limin"), KEY, None)
        discard_draft(story.platform, actor, KEY, 7)
    for _again in range(2):
        discard_draft(story.platform, actor, KEY, None)
    assert list_drafts(story.platform, actor) == []
