"""An emergency plan from its proposal to being in force and learnt, done in the browser by its people."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

pytestmark = pytest.mark.long

Come = Callable[..., Person]
TITLE = "移动执法专项应急预案"


def test_a_plan_comes_into_force_and_is_learnt(come: Come) -> None:
    qin = come("qinfeng")
    qin.open("/start/emergency_plan")
    qin.fill({"预案名称": TITLE, "缘由": "修订", "为什么编制或修订": "新增移动执法终端，原预案没有涉及。"})
    assert re.search(r"YA-2\d{3}-\d{4}", qin.done("提交申请"))
    case = qin.page.url

    qin.take(TITLE, "起草")
    qin.done(
        "送审",
        预案名称=TITLE,
        适用范围="移动执法终端及其数据发生的安全事件。",
        职责分工="应急指挥组统一指挥，运维组处置。",
        处置流程="报告、研判、启动、处置、恢复、总结。",
        报告要求="较大及以上事件按规定时限报告。",
        征求意见的部门=["信息中心"],
        评审专家=["张伟民", "冯博", "何远"],
        须学习的人=["刘海涛"],
    )
    wang, luo, gao = come("wangjianguo", phone=True), come("luocheng"), come("gaozhendong")
    experts = [come(account) for account in ("zhangweimin", "fengbo", "heyuan")]
    step(wang, "征求意见", "提交意见", 意见="有修改建议", 修改建议="写明信息中心的值班电话。")

    # the page says the rule of the vote, and how it stands
    step(experts[0], "专家评审", "同意", 完整性="完整", 可行性="可行")
    qin.open(case)
    expect(qin.page.locator("main")).to_contain_text("专家评审（1 / 3 已表态，同意 1，需 2）")
    expect(qin.page.locator("main")).to_contain_text("全体 3 人中 2/3 以上同意为通过")
    step(experts[1], "专家评审", "同意", 完整性="基本完整", 可行性="可行")
    step(luo, "安全审核", "同意")

    # the executive gives it back; what was drafted is there, and goes the whole way once more
    gao.take(TITLE, "领导批准")
    gao.act("退回")
    gao.confirm("请按信息中心的建议补充值班电话。")
    expect(gao.page).not_to_have_url(re.compile("/tasks/"))
    qin.take(TITLE, "起草")
    expect(qin.form.control("适用范围")).to_have_value("移动执法终端及其数据发生的安全事件。")
    qin.done("送审", 职责分工="应急指挥组统一指挥，运维组处置，信息中心值班电话 8001。", 修改说明="已补充值班电话。")
    step(wang, "征求意见", "提交意见", 意见="无异议")
    for expert in experts[1:]:
        step(expert, "专家评审", "同意", 完整性="完整", 可行性="可行")
    step(luo, "安全审核", "同意")
    step(gao, "领导批准", "同意")

    qin.open(case)
    expect(qin.page.locator("main")).to_contain_text(re.compile(r"YJYA-2\d{3}-\d{4}"))
    liu = come("liuhaitao", phone=True)
    step(liu, "学习预案", "已学习", 已学习并清楚自己的职责=True)
    assert not liu.overflow()
    qin.open(case)
    expect(qin.page.locator(".g-pagehead .g-badge").first).to_have_text("已办结")


def step(person: Person, name: str, act: str, **values: object) -> None:
    """Take the task and do it."""
    person.take(TITLE, name)
    assert not person.overflow()
    person.done(act, **values)
