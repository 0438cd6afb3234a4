"""A day of 何静: an opinion and a field more in 项目变更审批; what runs stays as it was, the next case follows."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from engine.queries.people import next_actors
from tests.browser.backstage import PANEL, Backstage
from tests.browser.board import Board
from tests.browser.panel import Panel
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.test_form_editor import Form as FormDesk
from tests.browser.test_tryout import Trial
from tests.browser.test_whole_case import APPLICATION
from tests.workflows.change_approval.papers import NECESSITY

Come = Callable[..., Person]
STEP, FIELD = "法制意见", "预算科目"


def test_an_owner_adds_an_opinion_and_a_field_and_publishes(come: Come, own_server: Server) -> None:
    backstage = Backstage(own_server.data_dir)
    running = backstage.propose("改版前提出的变更", cost_change=30, schedule_change=10)
    board = Board(come("hejing", at=own_server)).open()
    page = board.page

    # a second owner opens the same procedure: both are told
    second = Board(come("shenyutong", at=own_server)).open()
    expect(second.notes).to_contain_text("何静（平台管理部）也在改这张图")

    # an opinion of 综合管理部 beside those of the other departments
    board.select("review_begins")
    board.pad("接着画用户任务").click()
    page.keyboard.type(STEP)
    page.keyboard.press("Enter")
    step = page.locator("g.djs-element.djs-shape.selected").get_attribute("data-element-id") or ""
    assert step
    board.pad("连到另一个元素").click()
    board.shape("review_ends").locator("> .djs-hit").first.click(force=True)
    expect(page.locator("g.djs-connection.selected")).to_have_count(1)
    panel = Panel(board.person, board.key, open_page=False)
    choose(board, step)
    panel.choose("candidates", "rule", "部门负责人")
    panel.pick("candidates", "value", "综合管理部")
    panel.group("form").locator("select").first.select_option("department_opinion")
    panel.press("actions", "提交")
    board.save()

    # two things are missing: the draft is kept, but it cannot be published
    missing = board.findings.filter(has_text=re.compile("没有办理时限|没有对应的条款"))
    expect(missing).to_have_count(2)
    expect(missing.filter(has_text=STEP)).to_have_count(2)
    publish = page.get_by_role("button", name="发布", exact=True)
    expect(publish).to_have_attribute("aria-disabled", "true")
    choose(board, step)
    panel.press("deadline", "设置时限")
    panel.pick("clauses", "clauses", "2.2.3")
    board.save()
    expect(missing).to_have_count(0)

    # a field more in the application
    form = FormDesk(board.person)
    form.page.locator('.fjs-palette-field[data-field-type="textfield"]').focus()
    page.keyboard.press("Enter")
    page.locator(".fjs-element", has_text="单行文字").last.click()
    form.entry("标题").fill(FIELD)
    form.entry("字段名").fill("budget_item")
    form.saved()

    # kept runs show what the new step changes; it is done in them, and they are green again
    assert len(mend_scenarios(board.person)) == 3

    # published: the second owner is told
    board.open()
    expect(page.locator("[data-studio-verdict]")).to_have_text("可以发布，1 条提醒")
    publish.click()
    dialog = board.person.dialog
    dialog.locator("textarea").fill("增加综合管理部的法制意见；申请表增加预算科目。")
    # what the pages were still asking about the draft
    with board.person.watch.expecting(404, 409), second.person.watch.expecting(409):
        dialog.get_by_role("button", name="发布第 2 版").click()
        expect(board.person.toast).to_contain_text("已发布第 2 版")
        second.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(second.notes).to_contain_text("第 2 版")

    # the running case goes on as before …
    assert STEP not in at_review(backstage, running)
    # … and the next follows the new version: field and step
    chen = come("chensiyuan", at=own_server)
    chen.open("/start/change_approval")
    chen.fill(APPLICATION)
    chen.fill({FIELD: "信息化运维费"})
    chen.done("提交申请")
    new = int(chen.page.url.rstrip("/").rpartition("/")[2])
    assert STEP in at_review(backstage, new)
    zhao = come("zhaoxiaotong", at=own_server)
    zhao.take(APPLICATION["变更名称"], STEP)
    zhao.done("提交", 本部门意见="无异议")
    backstage.close()


def choose(board: Board, step: str) -> None:
    """Click on a step beside the flows that run over it; the first click after connecting only ends that."""
    board.page.locator("[data-modeler] .djs-container").click(position={"x": 30, "y": 300}, force=True)
    board.shape(step).locator("> .djs-hit").first.click(force=True, position={"x": 48, "y": 40})
    expect(board.page.locator(".g-propid")).to_have_text(step)


def mend_scenarios(owner: Person) -> list[str]:
    """Open each scenario that no longer holds, do the new step wherever it stops and keep it so; their names."""
    page = owner.page
    page.goto("/studio/change_approval/tryout")
    trial = Trial(owner)
    expect(page.locator("[data-tryout]")).not_to_have_attribute("aria-busy", "true")
    page.get_by_role("tab", name=re.compile("场景测试")).click()
    broken = page.locator("#try-panel-scenarios li", has_text="不再成立")
    expect(broken).to_have_count(3)
    names = []
    for left in (2, 1, 0):
        names.append(broken.first.locator("b").inner_text())
        broken.first.get_by_text("打开", exact=True).click()
        expect(trial.desk).to_contain_text("办不成")
        stopped = True
        while stopped:
            owner.fill({"本部门意见": "无异议"})
            with page.expect_response("**/tryout") as reply:
                trial.desk.get_by_role("button", name="提交", exact=True).click()
            stopped = bool(reply.value.json()["error"])
            expect(trial.desk.get_by_text("办不成")).to_have_count(int(stopped))
        page.get_by_role("button", name="更新场景").click()
        page.locator("dialog[open]").get_by_role("button", name="更新场景").click()
        expect(broken).to_have_count(left)
    return names


def at_review(backstage: Backstage, case: int) -> list[str]:
    """Bring a larger change to its review; the steps that then wait for somebody."""
    backstage.complete(case, "hejing", "approve", NECESSITY, "同意。")
    backstage.complete(case, "hejing", "submit", PANEL)
    return [one.node for one in next_actors(backstage.platform, case)]
