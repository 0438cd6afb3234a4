"""Whole stories of 项目变更审批 through the commands, down to the baselines in the database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from engine.commands import claim_task, recall_task, return_task, transfer_task, urge_case
from engine.commands.verify_log import verify_log
from engine.models import Job, ProjectBaseline, TaskCandidate
from tests.fixtures.story import EXPERTS, LARGER, MAJOR, Case, Story


def baselines(story: Story) -> list[ProjectBaseline]:
    """All baselines of the project, oldest first; the project's own row shows the last."""
    rows = story.all(
        select(ProjectBaseline)
        .where(ProjectBaseline.project_id == story.project().id)
        .order_by(ProjectBaseline.revision)
    )
    project = story.project()
    for column in ("revision", "contract_amount", "reserve", "end_date", "scope"):
        assert getattr(project, column) == getattr(rows[-1], column)
    return rows


def at_the_verification(story: Story, **changes: object) -> Case:
    """A minor change that waits for 验证."""
    return story.start(**changes).found_necessary().approved().ordered().implemented()


def test_a_minor_change_updates_the_baseline_by_what_was_approved(story: Story) -> None:
    scope = story.project().scope
    case = story.start().found_necessary().approved(approved_cost=3.75, approved_end_date="2027-04-01").ordered()
    case.implemented().verified()
    assert (case.row.state, case.row.outcome, case.row.tag) == ("completed", "completed", "一般变更")
    first, second = baselines(story)
    assert (first.contract_amount, second.contract_amount) == (Decimal("486.50"), Decimal("490.25"))
    assert (first.reserve, second.reserve) == (Decimal("30.00"), Decimal("26.25"))
    assert (second.end_date, second.scope, second.instance_id) == (date(2027, 4, 1), scope, case.id)
    assert second.reason == f"{case.number} 执法终端离线采集功能调整"
    assert len(story.notices("chensiyuan", "notice")) == 1
    assert (story.all(select(Job)), story.incidents()) == ([], [])
    assert not any(story.all(select(TaskCandidate.open)))


def test_two_changes_of_one_project_never_overwrite_each_other(story: Story) -> None:
    """The second was decided on a baseline that is no longer in force: 平台管理部 settles it by hand."""
    first = at_the_verification(story)
    second = at_the_verification(story, change_title="终端定位软件升级改造", cost_change=8)
    first.verified()
    assert story.project().revision == 2
    second.verified()
    assert (second.waits, second.row.state) == (["settle_baseline"], "running")
    assert story.project().revision == 2
    assert story.incidents() == []
    story.papers["settle_baseline"] = {
        "baseline_end_date": "2027-04-30",
        "conflict_checked": "已协调一致",
        "baseline_scope": "配发移动执法终端 320 台，离线采集与定位软件各升级一次。",
    }
    second.act("xuwenbo", "settle_baseline", "confirm", "与前一变更合并核定。")
    assert second.row.outcome == "completed"
    _contract, one, two = baselines(story)
    assert (one.instance_id, two.instance_id) == (first.id, second.id)
    assert two.contract_amount == Decimal("486.50") + 4 + 4
    assert two.end_date == date(2027, 4, 30)


def test_a_major_change_through_return_recall_transfer_and_rework(story: Story) -> None:
    case = story.start(**MAJOR)
    claim_task(story.platform, story.person("xuwenbo"), case.task("review_necessity"))
    story.advance(hours=1)
    urge_case(story.platform, story.person("chensiyuan"), case.id)
    case.act("xuwenbo", "review_necessity", "return", "请补充测算依据。")
    story.advance(hours=20)
    case.act("chensiyuan", "revise", "submit", **MAJOR)
    case.act("xuwenbo", "review_necessity", "approve")
    case.with_panel(*EXPERTS).agreed(*EXPERTS[:4])
    assert case.row.tag == "重大变更"
    case.approved(approved_cost=60)
    transfer_task(
        story.platform, story.person("zhoulan"), case.task("platform_approval"), None, "zhaoxiaotong", "外出培训。"
    )
    case.act("zhaoxiaotong", "platform_approval", "platform_approved", approved_cost=55)
    return_task(
        story.platform,
        story.person("gaozhendong"),
        case.task("executive_approval"),
        None,
        "department_approval",
        "请重新核定费用上限。",
    )
    again = case.task("department_approval")
    case.approved(approved_cost=50)
    recall_task(story.platform, story.person("leizhen"), again)
    case.approved(approved_cost=52)
    case.act("zhoulan", "platform_approval", "platform_approved", approved_cost=52)
    case.act("linshuhua", "executive_approval", "executive_approved", approved_cost=52)
    case.ordered(implement_days=2)
    story.workdays(2)  # late, so 督办 opens beside it
    assert case.waits == ["implement", "supervise"]
    case.implemented()
    case.act("zhongxiaoyan", "verify", "rework", "离线补传有遗漏，请返工。")
    case.implemented().verified()
    assert (case.row.outcome, case.row.was_late, case.waits) == ("completed", True, [])
    last = baselines(story)[-1]
    assert (last.contract_amount, last.scope) == (Decimal("538.50"), MAJOR["new_scope"])
    assert story.incidents() == []
    assert verify_log(story.platform).sound


def test_a_failed_verification_is_rolled_back_and_leaves_the_baseline(story: Story) -> None:
    case = at_the_verification(story)
    case.act("zhongxiaoyan", "verify", "rollback", "终端大量死机，无法修复。", function_result="不一致")
    story.papers["roll_back"] = {
        "rollback_steps": "恢复实施前备份，回退到上一版本并复核数据。",
        "restored": "完全恢复",
        "restored_on": story.today,
    }
    case.act("qiancheng", "roll_back", "submit")
    assert (case.row.state, case.row.outcome) == ("completed", "rolled_back")
    assert len(baselines(story)) == 1


def test_three_rounds_of_review_without_success_are_a_refusal(story: Story) -> None:
    case = story.start(**LARGER).found_necessary()
    for round_no in (1, 2, 3):
        case.with_panel()
        for expert in EXPERTS[:2]:
            case.act(expert, "expert_review", "oppose", "测算不实，风险不可控。")
        case.act("wangjianguo", "department_opinion", "submit")
        if round_no < 3:
            case.act("chensiyuan", "revise", "submit", **LARGER)
            case.found_necessary()
    assert case.row.outcome == "rejected"
    assert len(baselines(story)) == 1


def test_where_both_executives_have_approved_already_somebody_else_decides_the_last_level(story: Story) -> None:
    """The heads are away, so 分管领导 stood in on both lower levels: neither may approve again, the case goes on."""
    case = story.start(**MAJOR).found_necessary().with_panel(*EXPERTS)
    for head in ("zhoulan", "leizhen"):
        story.suspend(head)
    case.agreed(*EXPERTS[:4])
    case.act("gaozhendong", "department_approval", "department_approved")
    case.act("linshuhua", "platform_approval", "platform_approved")
    assert case.waits == ["executive_approval"]
    case.act("guolimin", "executive_approval", "executive_approved")
    assert case.waits == ["issue_order"]
