"""An emergency from the phone of whoever finds it to its summary: graded, raised, reported, recovered by its people."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from engine.clock import SystemClock, local
from tests.browser.person import Person

pytestmark = pytest.mark.long

Come = Callable[..., Person]
WHAT = "工单系统打不开，页面提示文件被加密。"
REPORT = {"目前情况": "登录服务不可用，正在核实是否有数据外泄。", "已采取的措施": "已断网隔离，保全日志。"}
CONTAINED = {"做了什么": "隔离两台服务器，保全日志。", "效果": "已控制"}


def minutes_ago(minutes: int) -> str:
    return f"{local(SystemClock().now()) - timedelta(minutes=minutes):%Y-%m-%d %H:%M}"


def picture(person: Person, name: str) -> None:
    """Kept where somebody asks for pictures."""
    folder = os.environ.get("PICTURES")
    if folder:
        person.page.screenshot(path=f"{folder}/emergency-{name}.png", full_page=True)


def test_an_emergency_raised_and_reported_by_its_people(come: Come) -> None:
    chen, qin = come("chensiyuan", phone=True), come("qinfeng")
    ma, liu = come("maxiao", phone=True), come("liuhaitao", phone=True)

    # 陈思远 reports from the phone: three fields
    chen.open("/start/emergency_response")
    chen.fill({"发生了什么": WHAT, "发现时间": minutes_ago(20), "影响程度": "核心功能中断"})
    picture(chen, "report-390")
    assert not chen.overflow()
    assert re.search(r"YJ-2\d{3}-\d{4}", chen.done("提交申请"))
    case = chen.page.url
    expect(chen.page.locator("[data-clock]").first).to_contain_text("研判时限")

    # 秦峰 confirms the level; the clock of the report runs from the discovery
    qin.take(WHAT, "研判定级")
    expect(qin.page.locator("main")).to_contain_text("建议级别：III级")
    qin.done("启动响应", "立即启动。", 确认级别="III级", 运营者类别="关键信息基础设施", 研判依据="已与运维组核实。")
    qin.open(case)
    clock = qin.page.locator("[data-clock]", has_text="报告时限")
    expect(clock).to_have_text(re.compile(r"报告时限\s*剩 (3\d|40) 分"))
    expect(clock).to_have_attribute("role", "timer")
    picture(qin, "case")

    # the first report goes out from a phone, as a document of the case
    ma.open("/claimable")
    ma.row(WHAT).filter(has_text="限时报告").get_by_role("button", name=re.compile("认领")).tap()
    ma.settle()
    expect(ma.page.locator("[data-clock]", has_text="报告时限")).to_be_visible()
    assert not ma.overflow()
    picture(ma, "first-report-390")
    ma.done("出具报告", **REPORT)
    ma.open(case)
    expect(ma.page.locator("main")).to_contain_text(re.compile(r"YJBG-2\d{3}-\d{4}"))
    assert not ma.overflow()
    picture(ma, "case-390")

    # 秦峰 raises the level: duties are added, the clock runs anew
    claim(qin, "调整级别")
    qin.done("调整级别", 调整为="II级", 调整理由="备份库被访问，影响可能扩大。")
    claim(qin, "限时报告")
    qin.done("出具报告", **REPORT)
    shen = come("shenyutong")
    claim(shen, "新增处置")
    shen.done("报告处置情况", **CONTAINED)
    claim(shen, "转报")
    shen.done("转报", **REPORT)

    # contained by role, recovered, verified by somebody else
    luo, he = come("luocheng"), come("hejing")
    for person in (liu, luo, he):
        claim(person, "先期处置")
        person.done("报告处置情况", **CONTAINED)
    claim(liu, "恢复运行")
    liu.done("报告恢复情况", 恢复步骤和结果="从备份恢复，逐项上线。", 数据="已找回")
    claim(he, "验证恢复")
    he.done("已恢复", "正常。", 已核验=["服务可用", "数据完整"], 恢复时间=minutes_ago(0), 核验情况="登录、查询正常。")

    # the summary is approved and ends the case
    claim(qin, "总结")
    expect(qin.page.locator("[data-clock]", has_text="总结报告时限")).to_contain_text("天")
    picture(qin, "summary")
    qin.done(
        "提交总结",
        事件原因="运维账号口令简单。",
        影响和损失="中断一小时，没有外泄。",
        处置评价="预案可用，通知偏慢。",
        经验教训="口令须定期清查。",
        应急预案="不需要",
    )
    gao = come("gaozhendong")
    claim(gao, "审定总结")
    gao.done("同意", "同意。")
    chen.open(case)
    expect(chen.page.locator(".g-pagehead .g-badge").first).to_have_text("已办结")
    expect(chen.page.locator("[data-clock]")).to_have_count(0)
    assert not chen.overflow()
    picture(chen, "done-390")


def claim(person: Person, step: str) -> None:
    """Open the person's task of that step, claiming it where the group has it."""
    person.open("/inbox")
    row = person.row(WHAT).filter(has_text=step)
    if row.count():
        row.get_by_role("link").first.click()
    else:
        person.open("/claimable")
        person.row(WHAT).filter(has_text=step).first.get_by_role("button", name=re.compile("认领")).click()
    person.settle()
    expect(person.page.get_by_role("heading", name=step, exact=True).first).to_be_visible()
