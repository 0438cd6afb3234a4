"""The page of a case: timeline, marks, data, log, sheet, what may be done, and why it waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.commands import claim_task, start_process, urge_case
from engine.commands.verify_log import verify_log
from engine.queries.cases import CasePage, case_diagram, case_marks, case_page
from engine.queries.procedures import list_startable, start_page
from engine.queries.workbench import frame_counts, workbench
from tests.fixtures import toy
from tests.fixtures.story import EXPERTS, KEY, LARGER, Case, Story


def page_of(story: Story, case: Case, by: str = "chensiyuan") -> CasePage:
    """The case as somebody sees it."""
    return case_page(story.platform, story.person(by), case.id)


def why(story: Story, case: Case) -> str:
    """卡点说明 as one text."""
    return str(page_of(story, case).why)


# ------------------------------------------------------------ timeline


def test_the_timeline_is_newest_first_with_rounds_and_open_steps_on_top(story: Story) -> None:
    case = story.start(**LARGER)
    story.advance(hours=1)
    case.act("hejing", "review_necessity", "return", "请补充测算")
    story.advance(hours=1)
    case.act("chensiyuan", "revise", "submit", **LARGER)
    story.advance(hours=1)
    case.found_necessary()
    steps = page_of(story, case).timeline
    assert [(s.name, s.state, s.round) for s in steps if s.kind in ("task", "start")] == [
        ("组织论证", "current", None),
        ("必要性审查", "done", 2),
        ("修改补正", "done", None),
        ("必要性审查", "returned", 1),
        ("发起", "done", None),
    ]
    assert [step.at for step in steps] == sorted((step.at for step in steps), reverse=True)
    returned = next(step for step in steps if step.state == "returned")
    assert (returned.result, returned.opinions[0].opinion) == ("退回", "请补充测算")
    machine = [step for step in steps if step.kind == "machine"]
    assert any(step.name.startswith("变更定级：较大") and "自动判定" in step.detail for step in machine)


def test_a_vote_shows_everybody_and_who_has_not_opened_it(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    case.act("fengbo", "expert_review", "agree", "技术路线成熟。")
    urge_case(story.platform, story.person("chensiyuan"), case.id)
    step = next(s for s in page_of(story, case).timeline if s.node_id == "expert_review")
    assert (step.state, step.badge) == ("current", "1 / 3 已表态，同意 1，需 2")
    assert [(o.person.account, o.label, o.note) for o in step.opinions] == [
        ("zhangweimin", "未表态", "未打开，催办 1 次"),
        ("fengbo", "同意", ""),
        ("heyuan", "未表态", "未打开，催办 1 次"),
    ]


def test_a_finished_step_names_who_did_it_though_he_wrote_no_opinion(story: Story) -> None:
    case = story.start(**LARGER)
    case.act("hejing", "review_necessity", "return", "请补充测算")
    case.act("chensiyuan", "revise", "submit", "", **LARGER)
    revised = next(step for step in page_of(story, case).timeline if step.node_id == "revise")
    assert [(o.person.account, o.label, o.opinion) for o in revised.opinions] == [("chensiyuan", revised.result, "")]


def test_the_end_is_the_newest_entry(story: Story) -> None:
    case = story.start()
    story.advance(minutes=5)
    case.act("hejing", "review_necessity", "reject", "不需要变更")
    page = page_of(story, case)
    newest = [step for step in page.timeline if step.kind != "machine"][:2]
    assert {step.kind for step in newest} == {"end", "task"}
    assert {step.state for step in newest} == {"refused"}
    assert (page.why, page.can_urge, page.can_withdraw) == (None, False, False)
    assert page.used == "当天办结"


# ------------------------------------------------------------ data


def test_key_data_forms_and_files_speak_in_labels(story: Story) -> None:
    case = story.start(**LARGER).found_necessary()
    page = page_of(story, case)
    assert page.key_data[-1] == ("申请人", "陈思远（执法支队）")
    assert any("30" in text for _label, text in page.key_data)
    assert [form.name for form in page.forms] == ["必要性审查", "申请"]
    assert any(text == "移动执法终端项目" for _label, text in page.forms[-1].items)


def test_a_correction_replaces_what_was_applied_for_first(story: Story) -> None:
    case = story.start()
    case.act("hejing", "review_necessity", "return", "请补充测算")
    case.act("chensiyuan", "revise", "submit", cost_change=3, reason="山区执法点网络不稳定，已补充实测数据。")
    page = page_of(story, case)
    texts = {text for row in page.sheet.rows for cell in row for text in [cell.text]}
    assert "山区执法点网络不稳定，已补充实测数据。" in texts
    assert "山区执法点网络不稳定，现场笔录与影像无法实时上传。" not in texts


def test_the_log_tells_every_act_and_links_up(story: Story) -> None:
    case = story.start()
    claim_task(story.platform, story.person("hejing"), case.task("review_necessity"))
    case.act("hejing", "review_necessity", "approve")
    log = page_of(story, case).log
    texts = [row.text for row in reversed(log)]
    assert texts[0] == "发起流程"
    assert texts.index("认领“必要性审查”") < texts.index("办理“必要性审查”：通过")
    assert [row.seq for row in log] == sorted((row.seq for row in log), reverse=True)
    assert log[0].hash == case.row.event_head or log[0].seq < case.row.event_seq
    assert not any("{" in text for text in texts)


def test_the_sheet_is_unfinished_until_the_end_and_its_code_changes_with_the_log(story: Story) -> None:
    case = story.start().found_necessary()
    before = page_of(story, case).sheet
    assert (before.title, before.number, before.unfinished) == ("项目变更审批单", case.number, True)
    case.act("leizhen", "department_approval", "reject", "不同意")
    after = page_of(story, case).sheet
    assert not after.unfinished
    assert before.check_code != after.check_code
    signed = [cell for row in after.rows for cell in row if cell.sign]
    assert [cell.label for cell in signed] == ["必要性审查", "部门负责人审批"]
    assert signed[1].sign == "雷震（执法支队）　2026年11月6日 09:30"


# ------------------------------------------------------------ marks


def test_marks_tell_done_current_and_the_flows_that_were_taken(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    case.act("fengbo", "expert_review", "agree")
    marks = case_marks(story.platform, story.person("chensiyuan"), case.id)
    states = {node_id: mark["state"] for node_id, mark in marks["nodes"].items()}
    assert states["review_necessity"] == states["grade_change"] == states["form_panel"] == "done"
    assert states["expert_review"] == states["department_opinion"] == "current"
    assert "department_approval" not in states
    assert marks["nodes"]["expert_review"]["pill"] == "会签 1/3"
    assert marks["focus"] in ("expert_review", "department_opinion")
    assert marks["flows"]["necessity_approved"] == "done"
    assert "necessity_rejected" not in marks["flows"]
    diagram = case_diagram(story.platform, story.person("chensiyuan"), case.id).decode()
    assert all(f'id="{name}"' in diagram for name in (*marks["nodes"], *marks["flows"]))


def test_marks_tell_returned_and_refused(story: Story) -> None:
    case = story.start()
    case.act("hejing", "review_necessity", "return", "请补充测算")
    marks = case_marks(story.platform, story.person("chensiyuan"), case.id)
    assert marks["nodes"]["review_necessity"]["state"] == "returned"
    assert marks["flows"]["necessity_returned"] == "back"
    story.advance(minutes=1)
    case.act("chensiyuan", "revise", "submit")
    story.advance(minutes=1)
    case.act("hejing", "review_necessity", "reject", "不需要变更")
    marks = case_marks(story.platform, story.person("chensiyuan"), case.id)
    assert marks["nodes"]["review_necessity"]["state"] == "refused"
    assert marks["nodes"]["refused_as_needless"]["state"] == "refused"
    assert marks["flows"]["necessity_rejected"] == "no"


def test_a_late_step_is_marked(story: Story) -> None:
    case = story.start()
    story.workdays(3)
    marks = case_marks(story.platform, story.person("chensiyuan"), case.id)
    assert marks["nodes"]["review_necessity"]["late"]


# ------------------------------------------------------------ 卡点说明


def test_why_one_person(story: Story) -> None:
    case = story.start().found_necessary()
    assert why(story, case) == (
        "卡在：部门负责人审批。等雷震（执法支队）办理；2026-11-11 17:30 到期，"
        "逾期提醒审批人并报分管领导，变更继续等待审批。"
    )


def test_why_nobody_has_claimed_it(story: Story) -> None:
    text = why(story, story.start())
    assert text.startswith("卡在：必要性审查。等")
    assert "周岚" in text
    assert "中的一人认领" in text


def test_why_a_vote_in_its_second_round(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    for expert in EXPERTS[:2]:
        case.act(expert, "expert_review", "oppose", "测算不实")
    case.act("wangjianguo", "department_opinion", "submit")
    case.act("chensiyuan", "revise", "submit", **LARGER)
    case.found_necessary().with_panel(*EXPERTS)
    case.act("wangjianguo", "department_opinion", "submit")
    for expert in EXPERTS[:2]:
        case.act(expert, "expert_review", "agree")
    text = why(story, case)
    assert text.startswith("卡在：专家论证（2 / 5 已表态，同意 2，需 4，第 2 轮）。")
    assert "何远、吴志强、郑雅文" in text
    assert "未表态的按弃权计" in text
    assert "全体 5 人中 2/3 以上同意为通过" in text


def test_why_two_steps_at_once(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    text = why(story, case)
    assert text.startswith("卡在：专家论证（0 / 3 已表态，同意 0，需 2）、部门意见（会签 0/1）")
    assert "专家论证：" in text
    assert "部门意见" in text.partition("。")[2]


def test_why_it_is_late_and_ignored(story: Story) -> None:
    case = story.start().found_necessary()
    urge_case(story.platform, story.person("chensiyuan"), case.id)
    story.workdays(3, minutes=60)
    found = page_of(story, case).why
    assert found is not None
    assert found.late
    assert "雷震催办 1 次仍未打开" in found.text
    assert "超期 1 小时" in found.text


def test_why_nobody_can_do_it(story: Story) -> None:
    for account in ("zhoulan", "hejing", "xuwenbo", "gaozhendong", "linshuhua"):
        story.suspend(account)
    assert "无人可办" in why(story, story.start())


def test_why_it_waits_for_a_timer(story: Story) -> None:
    toy.deploy(
        story.platform,
        toy.start(),
        toy.timer("pause", "PT5H", "f1", "f2"),
        toy.end("f2"),
        toy.flows("begin>pause", "pause>done"),
    )
    started = start_process(story.platform, story.person("chensiyuan"), "toy", {})
    found = case_page(story.platform, story.person("chensiyuan"), started.instance_id).why
    assert str(found) == "等待：等待。到 今天 14:30 自动继续。"


# ------------------------------------------------------------ buttons


def test_who_may_urge_and_withdraw(story: Story) -> None:
    case = story.start()
    assert (page_of(story, case).can_urge, page_of(story, case).can_withdraw) == (True, True)
    manager = page_of(story, case, "gaozhendong")
    assert (manager.can_urge, manager.can_withdraw) == (True, False)
    candidate = page_of(story, case, "hejing")
    assert candidate.can_withdraw is False
    case.act("hejing", "review_necessity", "return", "请补充")
    own = page_of(story, case)
    assert own.can_urge is False  # the only open task is his own
    assert own.my_task_id == case.task("revise")


# ------------------------------------------------------------ workbench, start pages


def test_the_workbench_groups_by_deadline_and_agrees_with_the_frame(story: Story) -> None:
    for _ in range(2):
        story.start().found_necessary()
    story.workdays(2)
    story.start().found_necessary()
    story.workdays(1)
    actor = story.person("leizhen")
    bench, counts = workbench(story.platform, actor), frame_counts(story.platform, actor)
    assert [len(bench.groups[name]) for name in ("late", "today", "later")] == [2, 0, 1]
    assert (bench.inbox_total, bench.late) == (counts.inbox, counts.inbox_late) == (3, 2)
    assert bench.unread == counts.unread > 0
    assert counts.claimable == bench.claimable_total == 0
    assert [card.key for card in bench.procedures] == [KEY]
    starter = workbench(story.platform, story.person("chensiyuan"))
    assert starter.started_total == 3


@pytest.mark.parametrize("account", ["hejing", "leizhen", "chensiyuan", "gaozhendong"])
def test_the_workbench_costs_few_statements(story: Story, account: str) -> None:
    for _ in range(8):
        story.start(**LARGER).found_necessary().with_panel()
        story.start()
    actor = story.person(account)
    with story.listening() as said:
        workbench(story.platform, actor)
    assert len(said.statements) <= 30
    with story.listening() as said:
        frame_counts(story.platform, actor)
    assert len(said.statements) == 1


def test_what_can_be_started_depends_on_the_person(story: Story) -> None:
    assert [card.name for card in list_startable(story.platform, story.person("limin"))] == ["项目变更审批"]
    assert list_startable(story.platform, story.person("yanjinzhi")) == []
    page = start_page(story.platform, story.person("limin"), KEY)
    assert page.form_schema is not None
    assert {"value": "XM-2026-01", "label": "智慧监管平台二期"} in page.form_data["projects"]
    assert page.expected


def test_all_this_reading_has_changed_nothing(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    story.clock.advance(timedelta(days=1))
    with story.nothing_changes():
        page_of(story, case)
        case_marks(story.platform, story.person("chensiyuan"), case.id)
        workbench(story.platform, story.person("fengbo"))
    assert verify_log(story.platform).sound


def test_a_gateway_shows_the_way_it_took_and_why(story: Story) -> None:
    case = story.start(**LARGER).found_necessary()
    steps = [(s.name, s.whys, s.detail) for s in page_of(story, case).timeline if "：走" in s.name]
    assert steps == [
        (
            "等级：走“较大、重大”",
            ["“一般”的条件不成立：变更等级 是 “较大”，不等于 “一般”"],
            "其他条件都不成立，走默认的线",
        ),
        ("有必要：走“通过”", ["“通过”的条件成立：必要性审查的结果 是 “通过”"], ""),
    ]


def test_a_table_shows_the_rules_that_matched_and_on_which_values(story: Story) -> None:
    case = story.start(**LARGER).found_necessary()
    step = next(s for s in page_of(story, case).timeline if s.name.startswith("变更定级"))
    assert [why.partition(" ")[0] for why in step.whys] == ["规则"] * len(step.whys)
    assert step.whys
    assert all(" = " in why for why in step.whys)


def test_a_task_with_conditions_on_its_own_flows_shows_the_ways_it_took_and_why(story: Story) -> None:
    first = toy.task("first", 'rule="person" value="chensiyuan"', "f1", "f2", more='default="f3"').replace(
        "<bpmn:outgoing>f2</bpmn:outgoing>", "<bpmn:outgoing>f2</bpmn:outgoing><bpmn:outgoing>f3</bpmn:outgoing>"
    )
    toy.deploy(
        story.platform,
        toy.start(),
        first,
        toy.end("f2", "f3"),
        toy.way("f1", "begin", "first"),
        toy.way("f2", "first", "done", 'note = "急"', "加急"),
        toy.way("f3", "first", "done", name="照常"),
    )
    for note, title, why, detail in (
        ("急", "first之后：走“加急”", "“加急”的条件成立：Note 是 “急”", ""),
        ("缓", "first之后：走“照常”", "“加急”的条件不成立：Note 是 “缓”，不等于 “急”", "其他条件都不成立，走默认的线"),
    ):
        started = start_process(story.platform, story.person("chensiyuan"), "toy", {})
        case = Case(story, started)
        story.papers["first"] = {}
        case.act("chensiyuan", "first", "submit", note=note)
        step = next(s for s in page_of(story, case).timeline if "之后" in s.name)
        assert (step.name, step.whys, step.detail) == (title, [why], detail)
