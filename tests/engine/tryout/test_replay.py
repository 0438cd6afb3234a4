"""A run played from its start: what it shows, where it stops, what it never does."""

from __future__ import annotations

import time
from typing import Any

import pytest

from engine.errors import Invalid
from engine.parts import Parts
from engine.tryout.procedure import Procedure
from engine.tryout.replay import replay
from engine.tryout.run import Run
from engine.tryout.sandbox import Budget
from tests.engine.tryout.trial import HANDLERS, changed, do, parts, play, start, told, toy_parts, waits, world
from tests.fixtures import toy
from tests.fixtures.story import LARGER

NECESSITY = do("review_necessity", "hejing", "approve")
TO_THE_END = [
    NECESSITY,
    do("department_approval", "leizhen", "department_approved"),
    do("issue_order", "hejing", "submit"),
    do("implement", "qiancheng", "submit"),
    do("verify", "zhongxiaoyan", "pass"),
]
RUN_TO_THE_END = Run.read({"start": start(), "steps": TO_THE_END})
VOTE = [do("form_panel", "hejing", "submit"), do("expert_review", "zhangweimin", "agree")]


def test_a_run_without_steps_stands_at_the_first_wait() -> None:
    played = play()
    assert played.trouble is None
    assert waits(played) == [("review_necessity", ["zhoulan", "hejing", "xuwenbo"])]
    assert played.play is not None
    assert played.play.case["number"] == "BG-2026-0001"
    assert played.play.story.path == [["submit_change", "set_limits", "review_necessity"]]


def test_five_people_bring_it_to_its_end() -> None:
    played = play(*TO_THE_END)
    assert played.trouble is None
    assert played.play is not None
    assert (played.play.execution.state, played.play.execution.outcome) == ("completed", "completed")
    assert told(played, "end") == ["流程结束：已办结"]
    assert told(played, "effect") == [
        "会做：更新“移动执法终端项目”的基线为第 2 版",
        "会做：通知 陈思远（执法支队）、钱程（华信科技）、钟晓燕（执法支队）",
    ]


def test_it_says_which_way_a_gateway_took_and_why() -> None:
    played = play(NECESSITY, begun=start(**LARGER))
    assert told(played, "gateway") == ["网关“有必要？”走“通过”", "网关“等级？”走“较大、重大”"]
    assert played.play is not None
    reasons = [entry.detail for entry in played.play.story.entries if entry.kind == "gateway"]
    assert reasons == [
        '条件成立：necessity = "approve"（必要性审查的结果 是 “通过”）',
        "其他条件都不成立，走默认的线；“一般”的条件不成立：变更等级 是 “较大”，不等于 “一般”",
    ]


def test_it_says_which_rules_of_a_table_matched() -> None:
    played = play(NECESSITY, begun=start(**LARGER))
    assert played.play is not None
    graded = next(e for e in played.play.story.entries if e.kind == "decision" and e.node_id == "grade_change")
    assert graded.text == "决策表“变更定级”：较大"
    assert graded.detail == "费用占比 6.16% ≥ 5%。规则 4 费用变化达到合同额的 5%，为较大变更"


RECALL = {"do": "recall", "node": "review_necessity", "person": "hejing"}


def test_the_last_act_is_recalled_by_who_did_it() -> None:
    played = play(NECESSITY, RECALL)
    assert played.trouble is None
    assert played.play is not None
    assert waits(played) == [("review_necessity", ["zhoulan", "hejing", "xuwenbo"])]
    assert [item.holder for item in played.play.story.open] == ["hejing"]
    assert told(played, "act")[-1] == "何静（平台管理部）撤回“必要性审查”"


@pytest.mark.parametrize(
    "steps",
    [
        [RECALL],  # nothing was done
        [NECESSITY, {**RECALL, "person": "zhoulan"}],  # another did it
        [NECESSITY, RECALL, RECALL],
        [*TO_THE_END[:2], RECALL],  # what followed was done
        [NECESSITY, {"do": "transfer", "node": "department_approval", "person": "leizhen", "to": "xuwenbo"}, RECALL],
    ],
)
def test_nothing_else_can_be_recalled(steps: list[dict[str, Any]]) -> None:
    played = play(*steps)
    assert played.trouble is not None
    assert (played.trouble.step, played.trouble.message.startswith("现在不能撤回这一步")) == (len(steps), True)


def test_a_vote_is_not_recalled() -> None:
    vote = {"do": "recall", "node": "expert_review", "person": "zhangweimin"}
    assert play(NECESSITY, *VOTE, vote, begun=start(**LARGER)).trouble is not None


def test_what_a_table_answered_is_told_in_words() -> None:
    """送上级, 结论 and 部门审批人 as the table calls them; nothing of how a program writes them."""
    played = play(NECESSITY, do("department_approval", "leizhen", "return"))
    assert played.play is not None
    [chain] = [e for e in played.play.story.entries if e.kind == "decision" and e.node_id == "next_level"]
    assert chain.text == "决策表“审批链”：送上级 = 无，结论 = 退回"
    assert chain.detail.endswith("送上级 = 无，结论 = 退回，部门审批人 = （空）")


def test_it_says_who_would_be_told() -> None:
    played = play(NECESSITY)
    assert told(played, "notice") == ["会通知 雷震（执法支队）"]


# ---------------------------------------------------------------- the clock


def test_the_clock_stops_at_each_timer_on_its_way() -> None:
    played = play(NECESSITY, *VOTE, {"do": "wait", "days": 5}, begun=start(**LARGER))
    assert played.play is not None
    entries = [(f"{e.at:%m-%d}", e.text) for e in played.play.story.entries if e.kind in ("remind", "late", "event")]
    assert entries[0] == ("11-12", "“专家论证”到了提醒时间")
    assert ("11-13", "计时“表决到期”到了") in entries
    assert waits(played) == [("revise", ["chensiyuan"])]


def test_the_next_timer_is_where_the_clock_goes_by_itself() -> None:
    played = play({"do": "wait"})
    assert told(played, "remind") == ["“必要性审查”到了提醒时间"]
    assert played.play is not None
    assert f"{played.play.clock.now():%m-%d %H:%M}" == "11-10 09:30"


def test_a_deadline_that_passes_is_told_to_the_superior_too() -> None:
    played = play({"do": "wait", "until": "2026-11-12T08:00"})
    late = [e for e in played.play.story.entries if e.kind == "notice"][-1] if played.play else None
    assert late is not None
    assert late.text == "会通知 周岚（平台管理部）、何静（平台管理部）、许文博（平台管理部）"
    assert "已超期" in late.detail


def test_time_does_not_run_backwards() -> None:
    played = play({"do": "wait", "until": "2026-11-01"})
    assert played.trouble is not None
    assert played.trouble.message == "时间只能往后推进，现在是 2026-11-06 09:30。"


def test_with_nothing_to_wait_for_the_clock_stays() -> None:
    done = play(*TO_THE_END, {"do": "wait"})
    assert done.trouble is not None
    assert done.trouble.message == "流程在前一步已经结束，这一步没有办。"


# ---------------------------------------------------------------- what cannot be done


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (do("review_necessity", "leizhen", "approve"), "雷震（执法支队）不能办理“必要性审查”，能办的是"),
        (do("verify", "zhongxiaoyan", "pass"), "“验证”现在没有等待办理；正在等待的是“必要性审查”。"),
        (do("review_necessity", "nobody", "approve"), "组织架构里没有“nobody”这个人，或他已停用。"),
        (do("review_necessity", "hejing", "agree"), "这一环节不能这样办理，可选：通过、退回、驳回。"),
        ({"do": "return", "node": "review_necessity", "person": "hejing", "to": "revise"}, "环节“必要性审查”不能退回"),
        ({"do": "fail", "node": "review_necessity", "action": "X"}, "只有处理器环节能设定返回错误"),
    ],
    ids=["not his", "not open", "nobody", "no such act", "not returnable", "no handler"],
)
def test_a_step_that_cannot_be_done_is_named_and_what_came_before_stands(step: dict[str, Any], message: str) -> None:
    played = play(step, NECESSITY)
    assert played.trouble is not None
    assert (played.trouble.step, played.trouble.message.startswith(message)) == (1, True), played.trouble.message
    assert waits(played) == [("review_necessity", ["zhoulan", "hejing", "xuwenbo"])]


def test_a_form_is_checked_by_its_own_rules() -> None:
    played = play(do("review_necessity", "hejing", "approve", contract_scope="不存在"))
    assert played.trouble is not None
    assert played.trouble.errors == {"contract_scope": "与合同的关系里没有“不存在”这个选项，请重新选择"}


def test_a_start_that_cannot_be_made_leaves_nothing() -> None:
    played = play(begun=start("zhangweimin"))
    assert played.play is None
    assert played.trouble is not None
    assert (played.trouble.step, played.trouble.message[:8]) == (0, "张伟民（专家库）")


def test_a_claimed_item_is_its_holders() -> None:
    claim = {"do": "claim", "node": "review_necessity", "person": "zhoulan"}
    assert play(claim, NECESSITY).trouble is not None
    hand_over = {"do": "transfer", "node": "review_necessity", "person": "zhoulan", "to": "xuwenbo", "opinion": "出差"}
    done = play(claim, hand_over, do("review_necessity", "xuwenbo", "approve"))
    assert done.trouble is None


def test_who_must_keep_away_cannot_be_handed_an_item() -> None:
    to_starter = {"do": "transfer", "node": "review_necessity", "person": "hejing", "to": "chensiyuan"}
    played = play(to_starter)
    assert played.trouble is not None
    assert played.trouble.errors == {"account": "陈思远 按规定应回避这一环节，请改选别人。"}


def test_work_is_returned_to_a_step_that_was_done() -> None:
    back = {"do": "return", "node": "platform_approval", "person": "zhoulan", "to": "form_panel", "opinion": "补专家"}
    agreed = [do("expert_review", "fengbo", "agree"), do("department_opinion", "wangjianguo", "submit")]
    leader = do("department_approval", "leizhen", "department_approved")
    played = play(NECESSITY, *VOTE, *agreed, leader, begun=start(**LARGER))
    assert waits(played) == [("platform_approval", ["zhoulan"])]
    returned = play(NECESSITY, *VOTE, *agreed, leader, back, begun=start(**LARGER))
    if returned.trouble is None:
        assert waits(returned)[0][0] == "form_panel"
        assert returned.play is not None
        assert returned.play.story.open[0].holder == "hejing", "it goes back to who did it"
    else:
        assert "不能退回" in returned.trouble.message


def test_withdrawal_is_offered_as_the_diagram_draws_it() -> None:
    withdrawn = play({"do": "withdraw", "opinion": "不再需要。"})
    assert told(withdrawn, "end") == ["流程结束：已撤销"]
    late = play(*TO_THE_END[:3], {"do": "withdraw"})
    assert late.trouble is not None
    assert late.trouble.message == "流程图现在不允许撤销，或没有画撤销。"


def test_a_handler_can_be_made_to_fail() -> None:
    fail = {"do": "fail", "node": "update_baseline", "action": "BASELINE_CONFLICT"}
    caught = play(fail, *TO_THE_END)
    assert told(caught, "error") == ["“基线冲突”接住了错误 BASELINE_CONFLICT"]
    assert [node for node, _who in waits(caught)] == ["settle_baseline"]
    missed = play({**fail, "action": "OTHER"}, *TO_THE_END)
    assert missed.trouble is not None
    assert missed.trouble.step == 6
    assert [node for node, _who in waits(missed)] == ["verify"]


# ---------------------------------------------------------------- drafts that are not in order


def test_a_diagram_that_no_engine_runs_cannot_be_tried() -> None:
    with pytest.raises(Invalid, match=r"流程图还有 \d+ 处问题，改好后才能试运行"):
        Procedure.of(toy_parts(toy.start()))


def test_a_form_that_is_wrong_matters_only_where_it_is_needed() -> None:
    broken = type(parts())(parts().key, parts().diagram, {**parts().forms, "verify": b"{}"}, parts().decisions)
    played = play(*TO_THE_END, of=broken)
    assert played.trouble is not None
    assert (played.trouble.step, played.trouble.message.startswith("“验证”的表单“verify”还有")) == (5, True)


def test_a_step_that_nobody_may_do_says_so() -> None:
    lonely = changed(
        **{'rule="role" value="platform" exclude="= [case.starter]" fallback="role:executive"': 'rule="role" value="x"'}
    )
    played = play(of=lonely)
    assert waits(played) == [("review_necessity", [])]
    assert told(played, "item")[0].startswith("“必要性审查”无人可办")


def test_the_ways_out_of_a_task_say_why_they_were_taken_or_not() -> None:
    first = toy.task("first", 'rule="person" value="chensiyuan"', "f1", "f2", more='default="f4"').replace(
        "<bpmn:outgoing>f2</bpmn:outgoing>", "".join(f"<bpmn:outgoing>f{n}</bpmn:outgoing>" for n in (2, 3, 4))
    )
    ways = (
        toy.way("f1", "begin", "first"),
        toy.way("f2", "first", "done", 'note = "急"', "加急"),
        toy.way("f3", "first", "done", "string length(note) &lt; 3", "简短"),
        toy.way("f4", "first", "done", name="其他"),
    )
    body = toy_parts(toy.start(), first, *ways, toy.end("f2", "f3", "f4"))
    act = {"do": "complete", "node": "first", "person": "chensiyuan", "action": "submit", "data": {"note": "缓"}}
    played = play(act, of=body, begun={**start(), "data": {}})
    assert played.play is not None
    entries = [(entry.text, entry.detail) for entry in played.play.story.entries if entry.kind == "gateway"]
    ((text, why),) = entries
    assert text == "“first”之后走“简短”"
    assert why.startswith("条件成立：string length(note) < 3（")
    assert why.endswith("“加急”的条件不成立：Note 是 “缓”，不等于 “急”")


def endless(middle: str) -> Parts:
    """A toy whose gateway leads back to itself by way of `middle`, which has the flows f2 and f3."""
    gateway = """<bpmn:exclusiveGateway id="again" name="再来" default="f4"><bpmn:incoming>f1</bpmn:incoming>
      <bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing>
      </bpmn:exclusiveGateway>"""
    flows = """<bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="again"/>
      <bpmn:sequenceFlow id="f2" sourceRef="again" targetRef="turn">
      <bpmn:conditionExpression>true</bpmn:conditionExpression></bpmn:sequenceFlow>
      <bpmn:sequenceFlow id="f3" sourceRef="turn" targetRef="again"/>
      <bpmn:sequenceFlow id="f4" sourceRef="again" targetRef="done"/>"""
    return toy_parts(toy.start(), gateway, middle, toy.end("f4"), flows)


def test_a_diagram_that_never_waits_ends_with_a_sentence() -> None:
    turn = """<bpmn:scriptTask id="turn" name="转圈" scriptFormat="feel" camunda:resultVariable="n">
      <bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:script>1</bpmn:script></bpmn:scriptTask>"""
    played = play(of=endless(turn), begun={**start(), "data": {}})
    assert played.trouble is not None
    assert "自动循环" in played.trouble.message


@pytest.mark.parametrize(("text", "words"), [("PT0S", "试运行超过"), ("PT1S", "计时触发超过 500 次")])
def test_timers_that_go_round_and_round_end_with_a_sentence(text: str, words: str) -> None:
    procedure = Procedure.of(endless(toy.timer("turn", text, "f2", "f3")))
    run = Run.read({"start": {**start(), "data": {}}, "steps": [{"do": "wait", "days": 3}]})
    played = replay(procedure, world(), HANDLERS, run, Budget(0.5 if text == "PT0S" else 60))
    assert played.trouble is not None
    assert (played.trouble.step, words in played.trouble.message) == (1, True), played.trouble.message


def test_many_slow_steps_end_with_a_sentence() -> None:
    ticks = iter(range(10**9))
    played = replay(Procedure.of(parts()), world(), HANDLERS, RUN_TO_THE_END, Budget(5, lambda: next(ticks)))
    assert played.trouble is not None
    assert "试运行超过 5 秒" in played.trouble.message


def test_a_handler_that_breaks_is_told_at_its_step() -> None:
    def broken(_context: Any, **_inputs: Any) -> None:
        raise RuntimeError("连不上")

    played = play(*TO_THE_END, handlers={**HANDLERS, "change_approval.update_baseline": broken})
    assert played.trouble is not None
    assert (played.trouble.step, "连不上" in played.trouble.message) == (5, True)


# ---------------------------------------------------------------- speed


def test_forty_steps_are_played_in_well_under_300_ms() -> None:
    back = do("review_necessity", "hejing", "return")
    again = do("revise", "chensiyuan", "submit")
    steps = [back, again] * 18 + TO_THE_END[:4]
    play(*steps)  # the files are parsed once
    before = time.process_time()  # of this process alone: others share the machine
    played = play(*steps)
    spent = time.process_time() - before
    assert played.trouble is None
    assert len(steps) == 40
    assert spent < 0.3, f"{spent * 1000:.0f} ms"
