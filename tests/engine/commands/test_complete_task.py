"""办理: what one act does, in how many statements, and what is refused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sqlalchemy import select

from engine.audit import verify_case
from engine.commands import claim_task, complete_task, save_draft, store_file, transfer_task
from engine.errors import Invalid, InvalidForm, NotFound, Stale, TaskTaken
from engine.jsondata import load
from engine.models import Attachment, Draft, Event, Job, TaskCandidate
from tests.fixtures.story import EXPERTS, LARGER, PAPERS, Story

MOST_STATEMENTS = 20
NECESSITY = PAPERS["review_necessity"]


def review(story: Story, task_id: int, act: str = "approve", opinion: str = "", **changes: Any) -> None:
    """何静 does 必要性审查."""
    data = {**NECESSITY, **changes}
    complete_task(story.platform, story.person("hejing"), task_id, changes.pop("revision", None), act, opinion, data)


def test_the_act_is_written_down_and_the_next_step_opens(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    done = case.act("hejing", "review_necessity", "approve", "材料齐全")
    assert done.message == "已通过。已交雷震（执法支队）办理“部门负责人审批”，2026-11-11 17:30 到期"
    assert (done.number, done.can_recall, done.next_task_id) == (case.number, True, None)
    row = story.row(task_id)
    assert (row.state, row.action, row.action_label, row.action_kind) == ("completed", "approve", "通过", "approve")
    assert (row.opinion, row.late, row.completed_at) == ("材料齐全", False, story.clock.now())
    assert row.assignee_id == row.completed_by == story.person("hejing").id
    assert load(row.data)["contract_scope"] == "合同范围内"
    assert case.waits == ["department_approval"]
    assert case.row.tag == "一般变更"
    assert story.all(select(TaskCandidate.open).where(TaskCandidate.task_id == task_id)) == [False] * 3


def test_the_holder_of_the_next_step_is_told_and_its_timers_replace_the_old(story: Story) -> None:
    case = story.start()
    case.act("hejing", "review_necessity", "approve")
    assert story.notices("leizhen") == [f"执法终端离线采集功能调整（{case.number}）：请办理“部门负责人审批”"]
    assert set(story.all(select(Job.node_id))) == {"department_approval"}


@pytest.mark.parametrize("node", ["review_necessity", "department_approval", "form_panel", "expert_review"])
def test_one_commit_and_few_statements(story: Story, node: str) -> None:
    case = story.start(**(LARGER if node in ("form_panel", "expert_review") else {}))
    by, act = {
        "review_necessity": ("hejing", "approve"),
        "department_approval": ("leizhen", "department_approved"),
        "form_panel": ("hejing", "submit"),
        "expert_review": (EXPERTS[0], "agree"),
    }[node]
    if node != "review_necessity":
        case.found_necessary()
    if node == "expert_review":
        case.with_panel()
    actor, task_id = story.person(by), case.task(node, by)
    with story.listening() as said:
        complete_task(story.platform, actor, task_id, None, act, "同意", PAPERS[node])
    assert said.commits == 1
    assert len(said.statements) <= MOST_STATEMENTS, "\n".join(said.statements)


def test_the_next_own_task_is_offered(story: Story) -> None:
    """Whoever is also the only one for what follows goes straight on."""
    case = story.start().found_necessary().approved()
    done = case.act("hejing", "issue_order", "submit", implementer="hejing", verifier="zhongxiaoyan")
    assert done.next_task_id == case.task("implement")
    assert story.notices("hejing") == []


def test_the_end_is_said_and_told_to_the_initiator(story: Story) -> None:
    case = story.start()
    done = case.act("hejing", "review_necessity", "reject", "不需要变更")
    assert (done.message, done.can_recall) == ("已驳回。流程已驳回办结", False)
    row = case.row
    assert (row.state, row.outcome, row.engine_state) == ("completed", "rejected", b"")
    assert row.ended_at == story.clock.now()
    assert story.notices("chensiyuan", "case") == [f"执法终端离线采集功能调整（{case.number}）已驳回"]
    assert story.all(select(Job)) == []


def test_an_unknown_task_and_a_strangers_task_give_the_same_answer(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    answers = []
    for someone, wanted in (("zhongxiaoyan", task_id), ("chensiyuan", task_id), ("hejing", 999_999)):
        with story.nothing_changes(), pytest.raises(NotFound) as refused:
            complete_task(story.platform, story.person(someone), wanted, None, "approve", "", NECESSITY)
        answers.append(str(refused.value))
    assert len(set(answers)) == 1


def test_a_finished_task_names_who_finished_it_and_when(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    case.act("zhoulan", "review_necessity", "approve")
    with story.nothing_changes(), pytest.raises(TaskTaken) as refused:
        review(story, task_id)
    assert str(refused.value) == "周岚（平台管理部）已于 2026-11-06 09:30 办理：通过。"


def test_a_claimed_task_names_its_holder(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    claim_task(story.platform, story.person("zhoulan"), task_id)
    with story.nothing_changes(), pytest.raises(TaskTaken, match="周岚（平台管理部）已认领这件事项。"):
        review(story, task_id)


def test_a_cancelled_task_says_that_it_is_no_longer_needed(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    late = case.task("expert_review", "heyuan")
    for expert in EXPERTS[:2]:
        case.act(expert, "expert_review", "agree")
    with story.nothing_changes(), pytest.raises(TaskTaken, match="流程已于 2026-11-06 09:30 走向别处"):
        complete_task(story.platform, story.person("heyuan"), late, None, "agree", "", PAPERS["expert_review"])


def test_an_older_page_is_stale(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    revision = story.row(task_id).revision
    claim_task(story.platform, story.person("zhoulan"), task_id)
    transfer_task(story.platform, story.person("zhoulan"), task_id, None, "hejing", "出差")
    with story.nothing_changes(), pytest.raises(Stale, match="刷新"):
        complete_task(story.platform, story.person("hejing"), task_id, revision, "approve", "", NECESSITY)
    complete_task(
        story.platform, story.person("hejing"), task_id, story.row(task_id).revision, "approve", "", NECESSITY
    )


def test_the_form_is_checked_again_and_all_errors_come_at_once(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        review(story, task_id, contract_scope="别的", necessity_basis=[], extra="多余")
    assert set(refused.value.errors) == {"contract_scope", "necessity_basis", "extra"}


def test_the_form_is_checked_against_the_case(story: Story) -> None:
    case = story.start().found_necessary()
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        case.approved(approved_cost=5)
    assert list(refused.value.errors) == ["approved_cost"]


def test_an_act_that_the_step_does_not_offer_is_refused(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    with story.nothing_changes(), pytest.raises(Invalid, match="可选：通过、退回、驳回"):
        review(story, task_id, act="submit")


@pytest.mark.parametrize("opinion", ["", "   ", "\n\t"])
def test_an_opinion_that_is_required_cannot_be_blank(story: Story, opinion: str) -> None:
    task_id = story.start().task("review_necessity")
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        review(story, task_id, act="reject", opinion=opinion)
    assert list(refused.value.errors) == ["opinion"]


def test_an_opinion_has_a_limit(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    with story.nothing_changes(), pytest.raises(InvalidForm, match="1 处") as refused:
        review(story, task_id, opinion="好" * 501)
    assert refused.value.errors == {"opinion": "意见最多 500 字，现在 501 字，请精简。"}
    review(story, task_id, opinion="好" * 500)


def test_characters_that_nobody_can_see_do_not_break_an_opinion(story: Story) -> None:
    """PostgreSQL keeps no NUL; whatever the browser sends must not end in an error page."""
    task_id = story.start().task("review_necessity")
    review(story, task_id, opinion="材料\x00齐全\x1b")
    assert story.row(task_id).opinion == "材料齐全"


def test_a_refusal_needs_no_form_and_keeps_none(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    review(story, task_id, act="return", opinion="请补充测算", contract_scope="乱填")
    assert case.waits == ["revise"]
    assert load(story.row(task_id).data) == {}


def test_the_own_draft_goes_with_the_act_anothers_stays(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    for account in ("hejing", "xuwenbo"):
        save_draft(story.platform, story.person(account), None, task_id, {"opinion": "写了一半"})
    review(story, task_id)
    assert story.all(select(Draft.person_id)) == [story.person("xuwenbo").id]


def test_files_are_bound_to_the_task(story: Story) -> None:
    case = story.start()
    task_id, actor = case.task("review_necessity"), story.person("hejing")
    file = store_file(story.platform, actor, "审查表.csv", io.BytesIO(b"a,b\n"))
    complete_task(story.platform, actor, task_id, None, "approve", "", NECESSITY, [file.id, file.id])
    assert story.one(select(Attachment.task_id)) == task_id
    with story.nothing_changes(), pytest.raises(Invalid, match="附件"):
        complete_task(
            story.platform,
            story.person("leizhen"),
            case.task("department_approval"),
            None,
            "department_approved",
            "同意",
            PAPERS["department_approval"],
            [file.id],
        )


def test_a_task_finished_after_its_deadline_is_marked_late(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")
    story.workdays(3)
    case.act("hejing", "review_necessity", "approve")
    assert story.row(task_id).late
    assert case.row.was_late


def test_every_act_lengthens_the_chain_of_its_case(story: Story) -> None:
    case = story.start().found_necessary().approved().ordered().implemented().verified()
    entries = story.all(select(Event).order_by(Event.seq))
    assert verify_case(entries) == []
    assert (case.row.event_seq, case.row.event_head) == (len(entries), entries[-1].hash)
    doers = {entry.actor_id for entry in entries if entry.kind == "task_completed"}
    assert doers == {story.person(a).id for a in ("hejing", "leizhen", "qiancheng", "zhongxiaoyan")}
