"""A small change from beginning to end by people with nothing but a phone in the hand (390 px, touch)."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.test_whole_case import today

Come = Callable[..., Person]
TITLE = "终端字号放大"


def test_a_small_change_on_phones(come: Come) -> None:
    chen = come("chensiyuan", phone=True)
    chen.open("/")
    chen.page.locator(".g-tabbar").get_by_role("link", name="发起流程").tap()
    chen.page.get_by_role("link", name=re.compile("项目变更审批")).tap()
    expect(chen.page).to_have_url(re.compile("/start/change_approval"))
    chen.settle()
    fits(chen)
    chen.fill(
        {
            "所属项目": "移动执法终端项目",
            "变更类型": "需求变更",
            "变更名称": TITLE,
            "变更事由": "一线人员反映字号太小，夜间看不清。",
            "变更内容": "界面字号整体放大一级，可由个人调整。",
            "费用影响": "2",
            "工期影响": "3",
            "范围影响": "不影响范围",
            "风险等级": "低",
            "联系电话": "13810016755",
        }
    )
    chen.attach("截图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    chen.done("提交申请")
    expect(chen.page.locator("main h1")).to_have_text(TITLE)
    chen.settle()
    expect(chen.page.locator('.djs-element[data-element-id="review_necessity"]')).to_be_in_viewport()
    fits(chen)
    case = chen.page.url

    xu = come("xuwenbo", phone=True)
    xu.page.goto("/claimable")
    fits(xu)
    xu.row(TITLE).get_by_role("button", name=re.compile("认领")).tap()
    xu.settle()
    xu.fill({"变更依据": ["业务需求变化"], "与合同的关系": "合同范围内", "与在办变更": "不重复"})
    fits(xu)
    xu.page.get_by_role("button", name="同意，请按计划实施").tap()
    expect(xu.page.locator("#opinion")).to_have_value("同意，请按计划实施")
    xu.done("通过")

    step(
        come("leizhen", phone=True),
        "部门负责人审批",
        "同意",
        "同意。",
        {"批准费用上限": "2", "批准完工日期": "2027-04-03", "实施窗口": "周末全天", "是否签订补充协议": "不需要"},
    )
    order = {
        "实施人": "石磊",
        "验证人": "沈雨桐",
        "实施窗口": "周末全天",
        "实施时限": "3",
        "实施要求": "随周末版本发布。",
    }
    step(xu, "下达实施令", "下达", "", order)
    work = {"完成内容": "字号放大一级并发布到全部终端。", "实际费用": "1.8", "实际完成日期": today()}
    step(come("shilei", phone=True), "实施", "提交验证", "", {**work, "与批准内容": "一致", "变更前备份": "无须备份"})
    findings = {"功能与批准内容": "一致", "对正在使用的业务": "无影响", "数据核对": "不涉及", "验证日期": today()}
    step(
        come("shenyutong", phone=True),
        "验证",
        "验证通过",
        "通过。",
        {**findings, "验证方法和结果": "抽查 5 台终端，字号正确。"},
    )
    chen.open(case)
    expect(chen.page.locator(".g-pagehead .g-badge").first).to_have_text("已办结")


def step(person: Person, name: str, act: str, opinion: str, values: dict[str, object]) -> None:
    person.take(TITLE, name)
    fits(person)
    person.done(act, opinion, **values)


def fits(person: Person) -> None:
    """Nothing stands out of the phone's screen."""
    assert person.overflow() == []
