"""Wrong, missing and hostile input: a clear sentence at the right place, nothing changed, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.backstage import Backstage
from tests.browser.person import Person

Come = Callable[..., Person]


def test_missing_values_are_named_at_their_fields_and_listed_on_top(come: Come) -> None:
    chen = come("chensiyuan")
    chen.open("/start/change_approval")
    chen.fill(变更名称="甲", 变更事由="太短", 联系电话="12345")
    chen.act("提交申请")
    summary = chen.page.locator("[data-errors]")
    expect(summary).to_be_visible()
    assert summary.locator("li").count() > 3
    expect(summary).to_contain_text("所属项目")
    expect(chen.form.control("所属项目")).to_be_focused()
    expect(chen.form.error("变更名称")).to_contain_text("4")
    expect(chen.form.error("联系电话")).to_contain_text("联系电话须是 11 位手机号，例如 13800000000")
    summary.get_by_role("button", name="联系电话").click()
    expect(chen.form.control("联系电话")).to_be_focused()
    expect(chen.form.control("变更事由")).to_have_value("太短")


def test_one_wrong_value_needs_no_summary(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("批准费用不能超过申请")
    lei = come("leizhen")
    lei.open(f"/tasks/{backstage.task(case, 'leizhen')}")
    lei.fill({"批准费用上限": "99", "批准完工日期": "2027-04-04", "实施窗口": "周末全天", "是否签订补充协议": "不需要"})
    lei.opinion("同意。")
    lei.act("同意")
    expect(lei.form.error("批准费用上限")).to_contain_text("3")
    expect(lei.form.control("批准费用上限")).to_be_focused()
    expect(lei.page.locator("[data-errors]")).to_have_count(0)
    expect(lei.page.locator("#opinion")).to_have_value("同意。")


def test_an_opinion_that_is_required(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("意见必须写")
    lei = come("leizhen")
    lei.open(f"/tasks/{backstage.task(case, 'leizhen')}")
    lei.fill({"批准费用上限": "3", "批准完工日期": "2027-04-04", "实施窗口": "周末全天", "是否签订补充协议": "不需要"})
    lei.act("同意")
    expect(lei.page.locator("#opinion-error")).to_be_visible()
    expect(lei.page.locator("#opinion")).to_be_focused()


def test_a_stale_page_says_so_and_keeps_what_was_typed(come: Come, backstage: Backstage) -> None:
    case = backstage.at_vote("页面过时")
    zhang = come("zhangweimin")
    task = backstage.task(case, "zhangweimin")
    zhang.open(f"/tasks/{task}")
    zhang.fill({"技术可行性": "可行", "费用合理性": "合理", "风险可控性": "可控"})
    zhang.opinion("页面打开之后才有人办理。")
    with zhang.watch.expecting(409, 404):  # his own preview may already find the task gone
        backstage.complete(case, "sunli", "submit", {"position": "无异议"})
        backstage.complete(
            case,
            "zhangweimin",
            "abstain",
            {
                "feasibility": "可行",
                "cost_judgement": "合理",
                "risk_judgement": "可控",
                "no_conflict": True,
            },
            "另一台电脑上先办了。",
        )
        zhang.page.get_by_label("本人与申请人、承建单位没有利害关系").check()
        zhang.act("同意")
        problem = zhang.page.locator(".g-notice--danger")
        expect(problem).to_contain_text("张伟民")
    expect(zhang.page.locator("#opinion")).to_have_value("页面打开之后才有人办理。")


def test_a_wrong_token_keeps_what_was_typed(come: Come, backstage: Backstage) -> None:
    case = backstage.propose("口令不对")
    task = backstage.claim(case, "hejing")
    he = come("hejing")
    he.open(f"/tasks/{task}")
    he.page.evaluate("document.querySelector('meta[name=csrf-token]').content = 'forged'")
    with he.watch.expecting(403):  # the preview is refused as well
        he.fill({"变更依据": ["业务需求变化"], "与合同的关系": "合同范围内", "与在办变更": "不重复"})
        he.opinion("口令换掉以后写的意见。")
        he.act("通过")
        expect(he.page.locator(".g-notice--danger")).to_contain_text("页面已过期")
    expect(he.page.locator("#opinion")).to_have_value("口令换掉以后写的意见。")
    he.open(f"/tasks/{task}")
    expect(he.page.locator("#opinion")).to_have_value("口令换掉以后写的意见。")


def test_a_forged_task_is_not_found(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("别人的任务")
    chen = come("zhangweimin")
    with chen.watch.expecting(404):
        for address in ("/tasks/99999999", f"/tasks/{backstage.task(case, 'leizhen')}", f"/cases/{case}", "/tasks/abc"):
            answer = chen.page.goto(address)
            assert answer is not None
            assert answer.status == 404, address
            expect(chen.page.locator("h1, h2").filter(has_text="没有").first).to_be_visible()
            expect(chen.page.get_by_role("link", name="回到工作台")).to_be_visible()


def test_an_expired_session_brings_back_what_was_typed(come: Come, backstage: Backstage) -> None:
    case = backstage.propose("登录过期")
    task = backstage.claim(case, "hejing")
    he = come("hejing")
    he.open(f"/tasks/{task}")
    he.context.clear_cookies()
    with he.watch.expecting(401):
        he.fill({"变更依据": ["技术条件变化"], "与合同的关系": "须签补充协议", "与在办变更": "不重复"})
        he.opinion("登录过期前写了很久。")
        he.act("通过")
        he.page.locator(".g-notice--danger").get_by_role("link").click()
    he.sign_in()
    he.page.wait_for_url(f"**/tasks/{task}")
    he.settle()
    expect(he.page.locator("#opinion")).to_have_value("登录过期前写了很久。")
    expect(he.form.field("变更依据").get_by_label("技术条件变化")).to_be_checked()
    he.act("通过")
    expect(he.toast).to_contain_text("部门负责人审批")
    assert backstage.task(case, "leizhen")


def test_files_that_may_not_come_in(come: Come) -> None:
    chen = come("zhongxiaoyan")
    chen.open("/start/change_approval")
    chen.choose_file("病毒.exe", b"MZ" + b"\0" * 100)
    expect(chen.upload("病毒.exe")).to_contain_text("pdf")
    chen.choose_file("空.pdf", b"")
    expect(chen.upload("空.pdf")).to_have_attribute("data-state", "failed")
    with chen.watch.expecting(422):
        chen.choose_file("其实不是.pdf", b"<html><script>alert(1)</script></html>")
        expect(chen.upload("其实不是.pdf")).to_have_attribute("data-state", "failed")
    chen.attach("说明.pdf", b"%PDF-1.4\n%%EOF\n")
    chen.upload("说明.pdf").get_by_role("button").click()
    expect(chen.upload("说明.pdf")).to_have_count(0)


def test_nothing_is_sent_for_somebody_elses_task(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("替别人办")
    task = backstage.task(case, "leizhen")
    chen = come("zhangweimin")
    chen.open("/")
    status = chen.page.evaluate(
        """async (task) => (await fetch(`/tasks/${task}/complete`, {method: 'POST', headers: {
            'Content-Type': 'application/json', Accept: 'application/json',
            'X-CSRF-Token': document.querySelector('meta[name=csrf-token]').content},
            body: JSON.stringify({revision: 1, action: 'department_approved', opinion: '同意', data: {}})})).status""",
        task,
    )
    assert status == 404
    chen.watch.found.clear()
    assert backstage.task(case, "leizhen") == task
