"""The turns a case may take: 驳回, 退回 to an earlier step, 撤回, 撤销, 转办, 催办, and two people at one task."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.backstage import APPROVAL, Backstage
from tests.browser.person import Person

Come = Callable[..., Person]
APPROVE = {
    "批准费用上限": "3",
    "批准完工日期": "2027-04-04",
    "实施窗口": "周末全天",
    "是否签订补充协议": "不需要",
}


def test_rejecting_asks_first_and_says_who_is_told(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("会被驳回的变更")
    lei = come("leizhen")
    lei.open(f"/tasks/{backstage.task(case, 'leizhen')}")
    lei.act("驳回")
    expect(lei.dialog.get_by_role("heading").first).to_have_text("驳回“会被驳回的变更”？")
    expect(lei.dialog).to_contain_text("陈思远（执法支队）")
    expect(lei.dialog).to_contain_text("何静（平台管理部）")
    expect(lei.dialog.locator("textarea")).to_be_focused()
    lei.page.keyboard.press("Escape")
    expect(lei.dialog).to_have_count(0)
    lei.act("驳回")
    lei.confirm("本年度已无预算，列入明年计划。")
    expect(lei.toast).to_contain_text("已驳回")
    chen = come("chensiyuan")
    chen.open(f"/cases/{case}")
    expect(chen.page.locator(".g-pagehead .g-badge").first).to_have_text("已驳回")
    expect(chen.page.locator(".g-tl")).to_contain_text("本年度已无预算")
    expect(chen.page.locator('.djs-element[data-element-id="department_approval"]')).to_have_class(re.compile("is-no"))


def test_returning_to_an_earlier_step_names_who_is_affected(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("退回更早环节")
    lei = come("leizhen")
    lei.open(f"/tasks/{backstage.task(case, 'leizhen')}")
    lei.act("退回")
    choice = lei.dialog.get_by_label("退回到")
    expect(choice.locator("option")).to_have_count(2)
    choice.select_option(label=choice.locator("option", has_text="必要性审查").inner_text())
    expect(lei.dialog.locator("#return-affected")).not_to_contain_text("必要性审查")
    lei.confirm("请核对与在办变更的关系。")
    expect(lei.toast).to_contain_text("退回")
    he = come("hejing")
    he.take("退回更早环节", "必要性审查")
    expect(he.page.locator(".g-tl")).to_contain_text("请核对与在办变更的关系。")
    expect(he.page.locator(".g-tl")).to_contain_text("第 2 轮")


def test_taking_back_what_nobody_has_opened(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("撤回我的办理")
    lei = come("leizhen")
    lei.open(f"/tasks/{backstage.task(case, 'leizhen')}")
    lei.done("同意", "同意。", **APPROVE)
    lei.toast.get_by_role("button", name="撤回").click()
    expect(lei.page.locator("main h1")).to_have_text("撤回我的办理")
    lei.settle()
    expect(lei.form.control("批准费用上限")).to_be_visible()
    # what he did before is still his to change, and the others no longer have the order
    lei.done("同意", "想好了，同意。", **APPROVE)
    he = come("hejing")
    he.open("/claimable")
    expect(he.row("撤回我的办理")).to_have_count(1)


def test_the_applicant_withdraws(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("申请人撤销")
    chen = come("chensiyuan")
    chen.open(f"/cases/{case}")
    chen.page.get_by_role("button", name="撤销").click()
    chen.confirm()
    expect(chen.dialog.locator(".g-error:visible")).to_have_count(1)
    chen.confirm("供应商升级版已包含，不再需要。")
    expect(chen.toast).to_contain_text("已撤销")
    expect(chen.page.locator(".g-pagehead .g-badge").first).to_have_text("已撤销")
    lei = come("leizhen")
    lei.open("/inbox")
    expect(lei.row("申请人撤销")).to_have_count(0)
    lei.open("/notices")
    expect(lei.page.locator("main")).to_contain_text("申请人撤销")


def test_handing_a_task_over(come: Come, backstage: Backstage) -> None:
    case = backstage.propose("转办给同事")
    task = backstage.claim(case, "hejing")
    he = come("hejing")
    he.open(f"/tasks/{task}")
    he.opinion("写到一半，交给同事。")
    he.page.locator(".g-actionbar summary").click()
    he.page.get_by_role("button", name="转办").click()
    he.dialog.get_by_placeholder("输入姓名或部门查找").fill("许文博")
    he.dialog.get_by_role("radio", name=re.compile("许文博")).check()
    he.confirm("这个项目由许文博跟进。")
    expect(he.toast).to_contain_text("已转办")
    he.open("/inbox")
    expect(he.row("转办给同事")).to_have_count(0)
    xu = come("xuwenbo")
    xu.take("转办给同事", "必要性审查")
    expect(xu.page.locator("main")).to_contain_text("这个项目由许文博跟进。")


def test_reminding_those_who_hold_it_up(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("催办一件变更")
    chen = come("chensiyuan")
    chen.open(f"/cases/{case}")
    chen.page.get_by_role("button", name="催办").click()
    expect(chen.toast).to_contain_text("已催办 1 人")
    lei = come("leizhen")
    lei.open("/inbox?due=urged")
    expect(lei.row("催办一件变更")).to_contain_text("催办 1")


def test_two_people_reach_for_one_task(come: Come, backstage: Backstage) -> None:
    case = backstage.at_order("两人抢一件")
    he, xu = come("hejing"), come("xuwenbo")
    task = backstage.task(case, "hejing")
    for one in (he, xu):
        one.open(f"/tasks/{task}")
        expect(one.page.get_by_role("button", name="认领").first).to_be_visible()
    he.page.locator(".g-actionbar").get_by_role("button", name="认领").click()
    expect(he.page.locator("[data-task]")).to_be_visible()
    with xu.watch.expecting(409):
        xu.page.locator(".g-actionbar").get_by_role("button", name="认领").click()
        expect(xu.page.locator("main")).to_contain_text("何静（平台管理部）")


def test_the_second_of_two_reads_who_did_it_and_keeps_his_text(come: Come, backstage: Backstage) -> None:
    case = backstage.propose("一件任务两个人")
    task = backstage.claim(case, "hejing")
    he, again = come("hejing"), come("hejing")
    answers = {"变更依据": ["业务需求变化"], "与合同的关系": "合同范围内", "与在办变更": "不重复"}
    for one, text in ((he, "第一个写完的意见。"), (again, "第二个人写了很久的意见。")):
        one.open(f"/tasks/{task}")
        one.fill(answers)
        one.opinion(text)
    with again.watch.expecting(409, 404):
        he.act("通过")
        expect(he.toast).to_contain_text("雷震")
        again.act("通过")
        problem = again.page.locator(".g-notice--danger")
        expect(problem).to_contain_text(re.compile("何静（平台管理部）.*办理"))
        expect(problem.get_by_role("link")).to_be_visible()
        expect(again.page.locator("#opinion")).to_have_value("第二个人写了很久的意见。")
    assert backstage.complete(case, "leizhen", "department_approved", APPROVAL, "同意。")
