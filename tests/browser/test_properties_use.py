"""The properties panel at work: completion, new parts, several people, foreign words, keys, and what it looks like."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from engine.bpmn import check, parse
from engine.bpmn.voting import Vote
from tests.browser.audit import contrast, names
from tests.browser.panel import Panel
from tests.browser.person import Person
from tests.browser.server import Server

Come = Callable[..., Person]
pytestmark = pytest.mark.long
KEY = "change_approval"


def test_expressions_complete_what_is_known_there_and_say_what_is_wrong(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    with person.watch.expecting(422):  # scenarios cannot be played with half an expression
        _complete(Panel(person, KEY))


def _complete(panel: Panel) -> None:
    panel.select_with_variables("panel_accepted")
    editor = panel.group("condition").locator('[data-entry-id="condition"] .cm-content')
    editor.click()
    panel.page.keyboard.press("Control+a")
    panel.page.keyboard.type("voting.")
    options = panel.page.get_by_role("option")
    expect(options.filter(has_text="numerator")).to_contain_text("同意比例分子")
    panel.page.keyboard.press("Control+a")
    panel.page.keyboard.type("distin")
    expect(options.filter(has_text="distinct values(list)")).to_be_visible()
    expect(panel.page.locator(".cm-completionInfo")).to_have_text("去掉重复的项")
    panel.page.keyboard.press("Escape")
    panel.page.keyboard.press("Control+a")
    panel.page.keyboard.type("count(panel) >= ")
    expect(panel.group("condition").locator(".bio-properties-panel-error")).to_have_text(
        "表达式没有写完，或有写错的地方"
    )
    expect(panel.page.locator(".g-propfound")).to_contain_text("表达式没有写完")
    panel.page.keyboard.type("3")
    expect(panel.group("condition").locator(".bio-properties-panel-error")).to_have_count(0)
    assert "count(panel) &gt;= 3" in panel.saved(lambda xml: "&gt;= 3<" in xml)


def test_a_form_and_a_table_are_made_where_they_are_used(come: Come, studio_server: Server) -> None:
    panel = Panel(come("hejing", at=studio_server), KEY)
    panel.select("issue_order")
    panel.press("form", "新建表单")
    panel.write("form", "new-form", "Order Form")
    expect(panel.group("form")).to_contain_text("用小写英文字母、数字和下划线")
    panel.write("form", "new-form", "order_form")
    panel.press("form", "建立并选用")
    expect(panel.group("form").locator('[data-field="form"] select')).to_have_value("order_form")
    panel.select("grade_change")
    panel.press("decision", "新建决策表")
    panel.write("decision", "new-decision", "new_grade")
    panel.press("decision", "建立并选用")
    expect(panel.group("decision").locator('[data-field="decision"] select')).to_have_value("new_grade")
    xml = panel.saved(lambda xml: "new_grade" in xml and "order_form" in xml)
    assert check(xml.encode()) == []
    assert parse(xml.encode()).nodes["grade_change"].decision_mapping == "singleEntry"  # it has one output
    codes = {one["code"] for one in panel.findings()}
    assert not codes & {"form_missing", "decision_missing"}
    panel.select("issue_order")
    panel.group("form").get_by_role("link", name="打开表单").click()
    panel.page.wait_for_url(f"**/studio/{KEY}/forms/order_form")


def test_several_people_are_set_up_from_one(come: Come, studio_server: Server) -> None:
    panel = Panel(come("hejing", at=studio_server), KEY)
    panel.select_with_variables("executive_approval")
    panel.press("vote", "会签")
    expect(panel.said("candidates")).to_contain_text("每个人都会收到全部任务")
    panel.press("candidates", "改为各办各的")
    expect(panel.said("candidates")).to_have_count(0)
    expect(panel.said("vote").nth(1)).to_contain_text("5 人时，同意满 4 票即通过")
    xml = panel.saved(lambda xml: "executive_approval_votes" in xml and '"= person"' in xml)
    assert check(xml.encode()) == []
    spec = parse(xml.encode()).nodes["executive_approval"].multi_instance
    assert spec is not None
    assert (spec.collection, spec.element) == ("= panel", "person")
    assert spec.output_element == "= {person: person, approval: approval}"
    assert panel.undo() == 2


def test_a_vote_is_counted_by_rule(come: Come, studio_server: Server) -> None:
    panel = Panel(come("hejing", at=studio_server), KEY)
    panel.select_with_variables("expert_review")
    panel.press("vote", "不用会签规则")
    panel.press("vote", "改用会签规则（由平台计票）")
    expect(panel.group("vote")).to_contain_text("三分之二写 = {numerator: 2, denominator: 3}")
    xml = panel.saved(lambda xml: "expert_review_result" in xml and "<bpmn:completionCondition" not in xml)
    assert check(xml.encode()) == []
    vote = parse(xml.encode()).nodes["expert_review"].vote
    assert vote == Vote("percent_of_all", "expert_review_result", "= {numerator: 2, denominator: 3}")
    panel.choose("vote", "vote-rule", "至少几人同意")
    value = panel.group("vote").locator('[data-entry-id="rule-value"] input')
    expect(value).to_have_value("2")
    value.fill("0")
    expect(panel.group("vote").locator(".bio-properties-panel-error")).to_have_text(
        "请填写从 1 起的整数，或以 = 开头的公式"
    )
    value.fill("4")
    panel.feel("vote", "rule-veto", "[panel[1]]")
    panel.write("vote", "rule-result", "ballot")
    panel.press("vote", "依次")
    xml = panel.saved(lambda xml: 'result="ballot"' in xml and 'isSequential="true"' in xml)
    assert check(xml.encode()) == []
    node = parse(xml.encode()).nodes["expert_review"]
    assert node.vote == Vote("at_least", "ballot", "4", "= [panel[1]]")
    panel.press("vote", "单人")
    xml = panel.saved(lambda xml: "guicheng:vote" not in xml)
    assert parse(xml.encode()).nodes["expert_review"].multi_instance is None


def test_what_another_tool_wrote_is_named_and_removed(come: Come, studio_server: Server) -> None:
    person = come("hejing", at=studio_server)
    panel = Panel(person, KEY)
    foreign = panel.stored().replace(
        '<bpmn:userTask id="revise" ', '<bpmn:userTask id="revise" camunda:assignee="zhang" camunda:dueDate="P1D" '
    )
    event = '<bpmn:terminateEventDefinition id="implementation_verified_terminate" />'
    assert event in foreign
    foreign = foreign.replace('<bpmn:endEvent id="lapsed" name="逾期失效" guicheng:outcome="lapsed">', LINK_END)
    panel.put(foreign)
    panel.select("lapsed")
    expect(panel.said("refused")).to_contain_text("“链接”在这里不能运行，发布时会被拒绝。")
    panel.select("revise")
    expect(panel.group("foreign")).to_contain_text("camunda:assignee")
    expect(panel.page.locator(".g-propfound")).to_contain_text("camunda:dueDate")
    panel.press("foreign", "全部删除")
    expect(panel.page.locator('[data-group="foreign"]')).to_have_count(0)
    assert "camunda:assignee" not in panel.saved(lambda xml: "camunda:dueDate" not in xml)
    assert panel.undo() == 1


def test_what_runs_as_another_tool_wrote_it_is_told(come: Come, studio_server: Server) -> None:
    panel = Panel(come("hejing", at=studio_server), KEY)
    panel.put(
        panel.stored().replace('<bpmn:userTask id="revise" ', '<bpmn:userTask id="revise" camunda:priority="60" ')
    )
    panel.select("revise")
    expect(panel.group("foreign")).to_contain_text("按原样运行")
    expect(panel.group("foreign")).to_contain_text("camunda:priority")
    expect(panel.group("foreign").get_by_role("button", name="全部删除")).to_have_count(0)


def test_persons_and_roles_together_are_chosen_from_one_list(come: Come, studio_server: Server) -> None:
    panel = Panel(come("hejing", at=studio_server), KEY)
    rule = '<guicheng:candidates rule="several" value="person:hejing,role:executive" />'
    before = panel.stored()
    at = before.index("<guicheng:candidates", before.index('<bpmn:userTask id="review_necessity"'))
    panel.put(before[:at] + rule + before[before.index("/>", at) + 2 :])
    panel.select("review_necessity")
    expect(panel.group("candidates")).to_contain_text("何静")
    expect(panel.group("candidates").locator(".g-propwho")).to_contain_text("现在会是")


LINK_END = """<bpmn:endEvent id="lapsed" name="逾期失效" guicheng:outcome="lapsed">
      <bpmn:linkEventDefinition id="lapsed_link" name="A" />"""


def test_the_panel_is_worked_by_keys(come: Come, studio_server: Server) -> None:
    panel = Panel(come("hejing", at=studio_server), KEY)
    panel.select("review_necessity")
    head = panel.page.locator('[data-group="clauses"] .g-prop__head')
    head.focus()
    panel.page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-expanded", "false")
    panel.page.keyboard.press("Enter")
    panel.page.keyboard.press("Tab")  # the chip's button
    panel.page.keyboard.press("Tab")
    expect(panel.page.locator("#prop-clauses")).to_be_focused()
    panel.page.keyboard.press("Enter")
    search = panel.page.get_by_role("combobox", name="查找所依据的条款")
    expect(search).to_be_focused()
    panel.page.keyboard.type("规划")
    panel.page.keyboard.press("ArrowDown")
    panel.page.keyboard.press("ArrowUp")
    panel.page.keyboard.press("Enter")
    panel.page.keyboard.press("Escape")
    expect(panel.page.locator("#prop-clauses")).to_be_focused()
    expect(panel.group("clauses")).to_contain_text("第2.1.1条")
    panel.page.keyboard.press("Control+z")
    expect(panel.group("clauses")).not_to_contain_text("第2.1.1条")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_in_the_panel_is_named_and_readable(come: Come, studio_server: Server, theme: str) -> None:
    panel = Panel(come("hejing", at=studio_server, color_scheme=theme, viewport={"width": 1440, "height": 1200}), KEY)
    problems = names(panel.page) + contrast(panel.page)
    for identity in ("expert_review", "update_baseline", "review_overdue", "withdrawal_asked", "baseline_conflict"):
        panel.select(identity)
        panel.unfold()
        problems += [f"{identity}: {one}" for one in (*names(panel.page), *contrast(panel.page))]
    sideways = panel.page.locator(".bio-properties-panel-scroll-container").evaluate(
        "(box) => box.scrollWidth > box.clientWidth"
    )
    assert not sideways
    assert problems == []
