"""The page of a task, for everybody who may read it; 办理后会怎样 against what then happens."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from engine.commands import claim_task, complete_task, save_draft
from engine.errors import NotNow
from engine.models import Instance, Task
from engine.queries.outcomes import ENDS
from engine.queries.tasks import affected_by_return, preview_outcomes, task_page
from tests.fixtures.story import EXPERTS, LARGER, MAJOR, PAPERS, Case, Story


def test_for_a_candidate_it_can_be_claimed_or_done_at_once(story: Story) -> None:
    case = story.start()
    page = task_page(story.platform, story.person("hejing"), case.task("review_necessity"))
    assert (page.claimable, page.mine, page.assignee, page.closed_note) == (True, False, None, "")
    assert [(a.value, a.kind, a.opinion) for a in page.actions] == [
        ("approve", "approve", "optional"),
        ("return", "return", "required"),
        ("reject", "reject", "required"),
    ]
    assert page.form_schema is not None
    assert (page.number, page.procedure, page.clauses) == (case.number, "项目变更审批", ["2.2.3"])
    assert "核对变更依据" in page.help
    assert not page.can_transfer
    assert ("变更事由", "山区执法点网络不稳定，现场笔录与影像无法实时上传。", True) in page.summary or page.summary


def test_for_the_holder_it_can_be_handed_on_and_stands_in_a_row_of_his_tasks(story: Story) -> None:
    tasks = []
    for _ in range(3):
        case = story.start()
        tasks.append(case.task("review_necessity"))
        claim_task(story.platform, story.person("hejing"), tasks[-1])
    page = task_page(story.platform, story.person("hejing"), tasks[1])
    assert (page.mine, page.can_transfer, page.can_release) == (True, True, True)
    assert (page.position, page.previous_id, page.next_id) == ((2, 3), tasks[0], tasks[2])
    assert page.assignee is not None
    assert page.assignee.account == "hejing"


def test_for_others_it_says_who_has_it(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    assert task_page(story.platform, story.person("gaozhendong"), task_id).closed_note == "这件事项还没有人认领。"
    claim_task(story.platform, story.person("hejing"), task_id)
    for account in ("xuwenbo", "gaozhendong"):
        page = task_page(story.platform, story.person(account), task_id)
        assert page.closed_note == "何静（平台管理部）已认领这件事项。"
        assert (page.actions, page.form_schema, page.outcomes, page.mine, page.claimable) == (
            [],
            None,
            [],
            False,
            False,
        )


def test_after_its_end_it_says_who_did_what_and_when(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.act("zhoulan", "review_necessity", "reject", "不需要变更")
    page = task_page(story.platform, story.person("hejing"), task_id)
    assert page.closed_note == "周岚（平台管理部）已于 2026-11-06 09:30 办理：驳回。"
    assert (page.case_state, page.outcome, page.due, page.actions) == ("completed", "rejected", None, [])


def test_the_form_opens_with_what_the_case_knows_and_the_draft_over_it(story: Story) -> None:
    case = story.start()
    case.act("hejing", "review_necessity", "return", "请补充")
    actor, task_id = story.person("chensiyuan"), case.task("revise")
    assert task_page(story.platform, actor, task_id).form_data["change_title"] == "执法终端离线采集功能调整"
    save_draft(story.platform, actor, None, task_id, {"data": {"change_title": "新的标题"}, "opinion": "已补充"})
    page = task_page(story.platform, actor, task_id)
    assert (page.form_data["change_title"], page.draft_opinion) == ("新的标题", "已补充")
    assert page.form_data["reason"].startswith("山区")


def test_dynamic_choices_come_with_the_form(story: Story) -> None:
    case = story.start(**LARGER).found_necessary()
    data = task_page(story.platform, story.person("hejing"), case.task("form_panel")).form_data
    assert {"value": "fengbo", "label": "冯博（专家库）"} in data["experts"]
    assert {"value": "finance", "label": "财务部"} in data["departments"]


def test_a_vote_can_neither_be_handed_on_nor_released(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    page = task_page(story.platform, story.person("fengbo"), case.task("expert_review", "fengbo"))
    assert (page.mine, page.can_transfer, page.can_release) == (True, False, False)


# ------------------------------------------------------------ 退回


def test_only_steps_that_can_be_returned_to_are_offered(story: Story) -> None:
    """Every target on the page is one the command accepts: none of a round that was cut off by 补正."""
    case = story.start(**LARGER).found_necessary().with_panel().agreed()
    case.act("leizhen", "department_approval", "return", "请补充测算")
    case.act("chensiyuan", "revise", "submit", cost_change=4)
    case.found_necessary()
    actor, task_id = story.person("leizhen"), case.task("department_approval")
    targets = [t.node_id for t in task_page(story.platform, actor, task_id).return_targets]
    assert targets == ["", "review_necessity"]
    for node_id in ("form_panel", "revise"):
        with pytest.raises(NotNow):
            affected_by_return(story.platform, actor, task_id, node_id)


def test_earlier_steps_are_offered_newest_first_with_who_did_them(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel().agreed().approved(approved_cost=30)
    page = task_page(story.platform, story.person("zhoulan"), case.task("platform_approval"))
    assert [(t.node_id, t.person.account if t.person else None) for t in page.return_targets] == [
        ("", None),
        ("department_approval", "leizhen"),
        ("form_panel", "hejing"),
        ("review_necessity", "hejing"),
    ]
    assert [t.is_drawn for t in page.return_targets] == [True, False, False, False]


def test_where_nothing_can_be_returned_nothing_is_offered(story: Story) -> None:
    case = story.start().found_necessary().approved()
    assert task_page(story.platform, story.person("hejing"), case.task("issue_order")).return_targets == []


def test_what_a_return_would_cancel_is_named(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel().agreed()
    actor, task_id = story.person("leizhen"), case.task("department_approval")
    assert affected_by_return(story.platform, actor, task_id, "review_necessity") == []


# ------------------------------------------------------------ 办理后会怎样


def before(story: Story, stage: str) -> tuple[Case, str, str]:
    """A case at a step; its node and who does it."""
    match stage:
        case "necessity":
            return story.start(), "review_necessity", "hejing"
        case "necessity of a larger one":
            return story.start(**LARGER), "review_necessity", "hejing"
        case "panel":
            return story.start(**LARGER).found_necessary(), "form_panel", "hejing"
        case "first vote":
            return story.start(**LARGER).found_necessary().with_panel(), "expert_review", "fengbo"
        case "department":
            return story.start().found_necessary(), "department_approval", "leizhen"
        case "department of a major one":
            found = story.start(**MAJOR).found_necessary().with_panel(*EXPERTS).agreed(*EXPERTS[:4])
            return found, "department_approval", "leizhen"
        case "verification":
            return story.start().found_necessary().approved().ordered().implemented(), "verify", "zhongxiaoyan"
    raise AssertionError(stage)


STAGES = [
    "necessity",
    "necessity of a larger one",
    "panel",
    "first vote",
    "department",
    "department of a major one",
    "verification",
]


@pytest.mark.parametrize("stage", STAGES)
def test_the_preview_of_every_act_is_what_then_happens(story: Story, stage: str) -> None:
    case, node, by = before(story, stage)
    acts = [a.value for a in task_page(story.platform, story.person(by), case.task(node, by)).actions]
    for number, act in enumerate(acts):
        if number:
            case, node, by = before(story, stage)
        data: dict[str, Any] = dict(PAPERS[node])
        actor, task_id = story.person(by), case.task(node, by)
        with story.nothing_changes():
            views = preview_outcomes(story.platform, actor, task_id, data)
        view = next(v for v in views if v.action == act)
        waiting = set(story.all(select(Task.id).where(Task.instance_id == case.id, Task.state == "open")))
        complete_task(story.platform, actor, task_id, None, act, "意见。", {} if act in ("return", "reject") else data)
        opened = [
            task
            for task in story.all(select(Task).where(Task.instance_id == case.id, Task.state == "open"))
            if task.id not in waiting
        ]
        instance = story.one(select(Instance).where(Instance.id == case.id))
        if instance.state == "completed":
            assert view.next == f"→ {ENDS[instance.outcome]}", (act, view)
        elif opened:
            for name in {task.name for task in opened}:
                assert name in view.next, (act, view)
            holder = opened[0].assignee_id
            if holder is not None and len(opened) == 1:
                people = {story.person(a).id: story.person(a).name for a in ("leizhen", "chensiyuan", "qiancheng")}
                people |= {story.person(a).id: story.person(a).name for a in ("zhoulan", "hejing", "gaozhendong")}
                assert people[holder] in view.detail, (act, view)
        else:
            assert view.next == "→ 等待其他人办理"


def test_a_preview_needs_no_complete_form_and_survives_nonsense(story: Story) -> None:
    case = story.start()
    actor, task_id = story.person("hejing"), case.task("review_necessity")
    for data in ({}, {"no_such_field": 1}, {"contract_scope": ["x"]}, {"overlaps": {"a": "b"}}):
        with story.nothing_changes():
            views = preview_outcomes(story.platform, actor, task_id, data)
        assert [view.action for view in views] == ["approve", "return", "reject"]
        assert views[1].next.startswith("→ 修改补正")


def test_a_task_page_costs_the_same_in_a_long_case(story: Story) -> None:
    case = story.start(**LARGER)
    actor = story.person("hejing")
    with story.listening() as short:
        task_page(story.platform, actor, case.task("review_necessity"))
    for _ in range(3):
        case.act("hejing", "review_necessity", "return", "请补充")
        case.act("chensiyuan", "revise", "submit", **LARGER)
    with story.listening() as long:
        task_page(story.platform, actor, case.task("review_necessity"))
    assert len(long.statements) <= len(short.statements) + 2
    assert len(long.statements) <= 30
