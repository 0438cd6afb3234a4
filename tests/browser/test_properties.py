"""The properties panel: what an owner sets in it stands in the file as the engine reads it, and undo takes it back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from lxml import etree
from playwright.sync_api import expect

from engine.bpmn import check, parse
from tests.browser.panel import CAMUNDA, Panel, element
from tests.browser.person import Person
from tests.browser.server import Server

pytestmark = pytest.mark.long  # what an editor writes is tested without a browser too

Come = Callable[..., Person]
KEY = "change_approval"
DEFAULTS = {("cancelActivity", "true"), ("isInterrupting", "true"), ("isSequential", "false")}
"""What the modeler leaves out because the standard says so anyway."""


def test_looking_at_every_element_changes_nothing(come: Come, studio_server: Server) -> None:
    panel = Panel(come("hejing", at=studio_server), KEY)
    before = panel.stored()
    seen = 0
    for identity in panel.elements():
        panel.select(identity)
        panel.unfold()
        expect(panel.page.locator("[data-properties] .is-invalid, [data-properties] .has-error")).to_have_count(0)
        seen += 1
    assert seen > 80
    expect(panel.page.get_by_role("button", name="撤销", exact=True)).to_be_disabled()
    assert panel.stored() == before


def test_every_group_writes_what_the_engine_reads_and_undo_takes_it_back(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    with person.watch.expecting(422):  # scenarios cannot be played in the middle of an edit
        _every_group(Panel(person, KEY))


def _every_group(panel: Panel) -> None:
    first = panel.stored()
    panel.select("necessity_decided")
    panel.write("basics", "name", "确有必要？")
    panel.saved(lambda xml: "确有必要？" in xml)
    assert panel.undo() == 1
    rewritten = panel.saved(lambda xml: "确有必要？" not in xml)
    assert meaning(rewritten) == meaning(first)

    _people(panel)
    _platform(panel)
    _flows_and_events(panel)
    _procedure(panel)

    xml = panel.saved(lambda xml: 'guicheng:prefix="BGX"' in xml)
    assert check(xml.encode()) == []
    assert [one for one in panel.findings() if one["level"] == "standard"] == []
    _read_by_the_engine(xml)

    assert panel.undo() > 30
    assert panel.saved(lambda xml: xml == rewritten) == rewritten


def _people(panel: Panel) -> None:
    panel.select("review_necessity")
    panel.choose("candidates", "rule", "部门负责人")
    panel.pick("candidates", "value", "平台管理部")
    expect(panel.page.locator(".g-propwho")).to_contain_text("（平台管理部）")
    panel.pick("candidates", "exclude", "修改补正")
    panel.choose("candidates", "fallback", "交“监督管理部”办理")
    panel.press("deadline", "小时（自然时间）")
    panel.feel("deadline", "due", "limits.necessity * 8")
    panel.choose("deadline", "escalate", "某个人")
    panel.pick("deadline", "escalate-person", "沈雨")
    panel.write("deadline", "consequence", "逾期报沈雨桐。")
    expect(panel.said("deadline")).to_contain_text("（limits.necessity * 8） 小时内办完")
    panel.choose_part("form", "form", "approve")
    panel.press("actions", "按钮")
    panel.write("actions", "label-3", "请示")
    panel.write("actions", "value-3", "ask")
    panel.choose("actions", "opinion-3", "必填")
    panel.group("actions").get_by_role("button", name="把“请示”上移").click()
    panel.pick("clauses", "clauses", "2.2.1")
    panel.tick("returning", "returnable")
    panel.write("basics", "documentation", "核对依据。\n材料不全的退回。")

    panel.select("expert_review")
    panel.press("vote", "不用会签规则")
    panel.choose("vote", "ends", "按同意比例，结果一定就结束")
    expect(panel.said("vote").nth(1)).to_contain_text("5 人时，同意满 4 票即通过，不同意满 2 票即不通过")
    panel.choose("vote", "share", "≥ 3/4 同意")
    panel.choose("vote", "abstentions", "不计入总数")
    expect(panel.said("vote").nth(1)).to_contain_text("5 人时，同意满 4 票即通过，不同意满 2 票即不通过")
    panel.write("vote", "output-collection", "votes")

    panel.select("department_opinion")
    panel.press("vote", "依次")
    panel.select("form_panel")
    panel.press("vote", "或签")
    panel.feel("vote", "collection", "[case.starter]")


def _platform(panel: Panel) -> None:
    panel.select("update_baseline")
    panel.feel("handler", "input-reason", 'change_title + "（已批准）"')
    panel.write("handler", "output-0", "new_baseline")
    panel.select("grade_change")
    panel.choose_part("decision", "decision", "time_limits")
    panel.write("decision", "result", "grade_of_change")
    panel.select("count_votes")
    panel.feel("script", "script", "{passed: true}")


def _flows_and_events(panel: Panel) -> None:
    panel.select("necessity_approved")
    panel.choose("condition", "act", "必要性审查：请示")
    panel.feel("condition", "condition", 'necessity = "approve" or necessity = "ask"')
    panel.select("graded")
    panel.choose("branches", "default-flow", "一般")
    panel.select("grade_needs_review")
    panel.feel("condition", "condition", 'grade != "一般"')
    panel.select("review_overdue")
    panel.choose("timer", "timer-kind", "过几个工作日")
    panel.write("timer", "amount", "7")
    expect(panel.said("timer")).to_contain_text(
        "满 7 个工作日，按工作日历跳过周末和节假日。到时“专家论证”结束，改走这里。"
    )
    panel.tick("timer", "interrupting", on=False)
    panel.select("opinion_overdue")
    panel.choose("timer", "timer-kind", "到某个时刻")
    panel.write("timer", "date", "2027-01-04T09:30:00")
    expect(panel.said("timer")).to_contain_text("2027年1月4日 09:30（北京时间）")
    panel.select("withdrawal_asked")
    panel.choose("message", "sender", "能看到案件的人")
    panel.feel("message", "available", "route = null")
    panel.select("baseline_conflict")
    panel.write("error", "message-variable", "conflict_words")
    panel.select("refused_by_approver")
    panel.choose("outcome", "outcome", "已撤销")


def _procedure(panel: Panel) -> None:
    panel.select("change_approval_pool")
    panel.feel("casefile", "title", 'change_title + "（变更）"')
    panel.pick("casefile", "key-data", "联系电话")
    panel.write("casefile", "prefix", "BGX")


def _read_by_the_engine(xml: str) -> None:
    definition = parse(xml.encode())
    node = definition.nodes
    task = node["review_necessity"]
    assert task.candidates is not None
    assert (task.candidates.rule, task.candidates.value) == ("leader", "platform")
    assert (task.candidates.exclude, task.candidates.fallback) == ("= [case.starter, revision_by]", "role:supervision")
    assert task.deadline is not None
    assert (task.deadline.due, task.deadline.unit) == ("= limits.necessity * 8", "hour")
    assert (task.deadline.escalate, task.deadline.consequence) == ("person:shenyutong", "逾期报沈雨桐。")
    assert task.actions is not None
    assert [(one.value, one.label, one.opinion) for one in task.actions.items][2:] == [
        ("ask", "请示", "required"),
        ("reject", "驳回", "required"),
    ]
    assert (task.form, task.clauses, task.returnable) == ("approve", "2.2.1 2.2.3", True)
    assert task.documentation == "核对依据。\n材料不全的退回。"
    vote = node["expert_review"].multi_instance
    assert vote is not None
    assert vote.output_collection == "votes"
    assert vote.completion_condition is not None
    assert "* 4 >= 3 * (nrOfInstances - count(" in vote.completion_condition
    assert node["department_opinion"].multi_instance is not None
    assert node["department_opinion"].multi_instance.sequential
    first = node["form_panel"].multi_instance
    assert first is not None
    assert (first.collection, first.completion_condition) == ("= [case.starter]", "nrOfCompletedInstances >= 1")
    assert dict(node["update_baseline"].inputs)["reason"] == '= change_title + "（已批准）"'
    assert node["update_baseline"].outputs == (("new_baseline", "= baseline"),)
    table = node["grade_change"]
    assert (table.decision, table.decision_mapping, table.result_variable) == (
        "time_limits",
        "singleResult",
        "grade_of_change",
    )
    assert node["count_votes"].script == "{passed: true}"
    flows = definition.flows
    assert flows["necessity_approved"].condition == 'necessity = "approve" or necessity = "ask"'
    assert flows["grade_minor"].default
    assert flows["grade_minor"].condition is None
    assert node["review_overdue"].timer is not None
    assert (node["review_overdue"].timer.text, node["review_overdue"].interrupting) == ("7 个工作日", False)
    assert node["opinion_overdue"].timer is not None
    assert (node["opinion_overdue"].timer.kind, node["opinion_overdue"].timer.text) == ("date", "2027-01-04T09:30:00")
    assert (node["withdrawal_asked"].sender, node["withdrawal_asked"].available_when) == (None, "= route = null")
    assert node["baseline_conflict"].events[0].message_variable == "conflict_words"
    assert node["refused_by_approver"].outcome == "withdrawn"
    assert (definition.prefix, definition.title) == ("BGX", '= change_title + "（变更）"')
    assert definition.key_data[-1] == "contact_phone"


def test_a_new_task_is_set_up_from_nothing(come: Come, studio_server: Server) -> None:
    """Undressed and dressed again: every extension goes, and comes back by the panel's own proposals."""
    panel = Panel(come("hejing", at=studio_server), KEY)
    panel.select("review_necessity")
    panel.choose("candidates", "rule", "未指定")
    panel.press("deadline", "删除时限")
    expect(panel.said("deadline")).to_contain_text("还没有时限")
    for _button in range(3):
        panel.group("actions").get_by_role("button", name=re.compile("^删除“")).first.click()
    panel.choose("form", "form", "未选择")
    panel.group("clauses").get_by_role("button", name=re.compile("^移除")).click()
    bare = panel.saved(lambda xml: element(xml, "review_necessity").find(".//{*}extensionElements") is None)
    task = element(bare, "review_necessity")
    assert task.get(f"{CAMUNDA}formRef") is None
    house = {one["code"] for one in panel.findings() if one["element_id"] == "review_necessity"}
    assert house >= {"candidates_missing", "deadline_missing", "actions_missing", "form_missing", "clause_missing"}

    found = panel.page.locator(".g-propfound")
    expect(found).to_contain_text("没有指定办理人")
    found.get_by_role("button", name="去改“办理人”").click()
    expect(panel.group("candidates").locator('[data-field="rule"] select')).to_be_focused()
    panel.choose("candidates", "rule", "有某个角色的人")
    panel.pick("candidates", "value", "平台管理部")
    panel.press("deadline", "设置时限")
    panel.press("actions", "审批：通过、退回、驳回")
    panel.write("actions", "variable", "necessity")
    panel.choose_part("form", "form", "necessity")
    panel.pick("clauses", "clauses", "2.2.3")
    xml = panel.saved(lambda xml: "guicheng:clauses" in etree.tostring(element(xml, "review_necessity")).decode())
    expect(found).to_have_count(0)
    assert {one["code"] for one in panel.findings()} <= {"dmn-skipped"}
    deadline = parse(xml.encode()).nodes["review_necessity"].deadline
    assert deadline is not None
    assert (deadline.due, deadline.unit, deadline.remind, deadline.escalate) == ("5", "workday", "1", "leader")


def meaning(xml: str) -> object:
    """What a diagram says, without the layout of the text and what the standard says anyway."""

    def of(node: etree._Element) -> object:
        attributes = {(str(name), str(value)) for name, value in node.attrib.items()} - DEFAULTS
        inner = [of(child) for child in node if isinstance(child.tag, str)]
        if node.tag.endswith("BPMNPlane"):
            inner.sort(key=repr)  # what is drawn first lies below, nothing more
        return (str(node.tag), sorted(attributes), (node.text or "").strip(), inner)

    return of(etree.fromstring(xml.encode()))
