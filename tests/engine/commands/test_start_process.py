"""发起流程: the number, the first task, and what is refused."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from sqlalchemy import select

from engine.clock import LOCAL
from engine.commands import save_draft, start_process, store_file
from engine.errors import Forbidden, Invalid, InvalidForm, NotFound
from engine.jsondata import load
from engine.models import Attachment, CaseData, Draft, Event, Instance, Job, TaskCandidate
from tests.fixtures.story import APPLICATION, KEY, Story


def test_a_start_opens_the_first_task_for_its_candidates_and_says_who_has_it(story: Story) -> None:
    started = story.start().started
    assert started.number == "BG-2026-0001"
    assert started.next.startswith("已交周岚（平台管理部）、何静（平台管理部）、许文博（平台管理部）办理“必要性审查”")
    row = story.one(select(Instance))
    assert (row.title, row.state, row.tag) == ("执法终端离线采集功能调整", "running", "")
    asked = {story.person(account).id for account in ("zhoulan", "hejing", "xuwenbo")}
    assert set(story.all(select(TaskCandidate.person_id))) == asked
    assert sorted(story.all(select(Job.kind))) == ["overdue", "remind"]


def test_what_the_form_said_is_kept_and_logged(story: Story) -> None:
    story.start()
    assert load(story.one(select(CaseData.data)))["cost_change"] == 4
    kinds = story.all(select(Event.kind).order_by(Event.seq))
    assert kinds[0] == "case_started"
    assert "decision_made" in kinds
    assert kinds[-1] != "case_started"


def test_a_start_is_one_commit(story: Story) -> None:
    story.person("chensiyuan")
    with story.listening() as said:
        story.start()
    assert said.commits == 1


def test_numbers_run_on_and_begin_anew_with_the_local_year(story: Story) -> None:
    assert [story.start().number for _ in range(2)] == ["BG-2026-0001", "BG-2026-0002"]
    story.clock.move_to(datetime(2027, 1, 1, 0, 30, tzinfo=LOCAL))  # still 2026 in Greenwich
    assert story.start().number == "BG-2027-0001"


def test_errors_of_the_form_come_by_field_and_nothing_is_written(story: Story) -> None:
    bad = {**APPLICATION, "change_title": "短", "cost_change": "很多", "no_such_field": 1}
    del bad["reason"]
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        start_process(story.platform, story.person("chensiyuan"), KEY, bad)
    assert set(refused.value.errors) == {"change_title", "cost_change", "reason", "no_such_field"}
    assert story.start().number == "BG-2026-0001"


def test_a_choice_that_was_not_offered_is_refused(story: Story) -> None:
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        story.start(project="XM-1999-01")
    assert list(refused.value.errors) == ["project"]


def test_an_unknown_procedure_is_not_found(story: Story) -> None:
    with story.nothing_changes(), pytest.raises(NotFound, match="no_such_procedure"):
        start_process(story.platform, story.person("chensiyuan"), "no_such_procedure", {})


def test_who_may_not_start_is_told_so(story: Story) -> None:
    with story.nothing_changes(), pytest.raises(Forbidden, match="项目变更审批"):
        story.start("yanjinzhi")


def test_files_go_along_and_the_draft_is_gone(story: Story) -> None:
    actor = story.person("chensiyuan")
    file = store_file(story.platform, actor, "测算表.csv", io.BytesIO("项目,金额\n".encode()))
    save_draft(story.platform, actor, KEY, None, {"data": {"change_title": "写了一半"}})
    start_process(story.platform, actor, KEY, APPLICATION, [file.id])
    assert story.one(select(Attachment.instance_id)) is not None
    assert story.all(select(Draft)) == []


def test_anothers_file_is_refused_and_nothing_starts(story: Story) -> None:
    file = store_file(story.platform, story.person("hejing"), "测算表.csv", io.BytesIO(b"a,b\n"))
    with story.nothing_changes(), pytest.raises(Invalid, match="附件"):
        start_process(story.platform, story.person("chensiyuan"), KEY, APPLICATION, [file.id])


def test_a_file_goes_with_one_case_only(story: Story) -> None:
    actor = story.person("chensiyuan")
    file = store_file(story.platform, actor, "测算表.csv", io.BytesIO(b"a,b\n"))
    start_process(story.platform, actor, KEY, APPLICATION, [file.id])
    with story.nothing_changes(), pytest.raises(Invalid, match="附件"):
        start_process(story.platform, actor, KEY, APPLICATION, [file.id])
