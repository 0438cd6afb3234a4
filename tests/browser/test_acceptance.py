"""An acceptance from the application to the certificate, done by its different people; experts have phones."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.test_whole_case import PDF, today

pytestmark = pytest.mark.long

Come = Callable[..., Person]
TITLE = "数据汇聚网关扩容验收"
PAPERS = ["合同及补充协议", "测试报告", "试运行报告", "用户和运维手册", "设备清单及合格证"]


def test_a_project_is_accepted(come: Come) -> None:
    qian, he, tang = come("qiancheng"), come("hejing"), come("tangying")
    zhang, li = come("zhangweimin", phone=True), come("limin", phone=True)

    # 钱程 applies for the contractor
    told = re.search(r"YS-2026-\d{4}", apply(qian))
    assert told is not None
    case = qian.page.url

    # a second application while the first one is under way is refused at once, and he is told by which
    apply(qian)
    expect(qian.page.locator(".g-pagehead .g-badge").first).to_have_text("已驳回")
    qian.open("/notices")
    expect(qian.page.locator("main")).to_contain_text(f"项目已有验收申请 {told[0]} 在办，办结之前不再受理")

    # 何静 accepts the papers and chooses the group; 王建国 is not offered: he has approved a change of this project
    he.take(TITLE, "形式审查")
    he.done("受理", **dict.fromkeys(CHECKS, True))
    he.take(TITLE, "选定验收组")
    expect(he.page.locator("main")).to_contain_text("王建国（批准或实施过本项目变更）")
    he.fill({"组长": "唐颖", "部门代表": ["李敏"], "专家": ["张伟民"], "全组人数": "3"})
    he.done("通知组员确认", 评审安排="周三在信息中心集中评审。")

    # each member confirms, the leader says who reviews what
    for person in (tang, li, zhang):
        step(person, "确认无利害关系", "确认参加", **dict.fromkeys(NO_CONFLICT, True))
    who = {
        "功能评审人": "李敏（信息中心）",
        "性能评审人": "张伟民（专家库）",
        "安全评审人": "张伟民（专家库）",
        "可靠性评审人": "李敏（信息中心）",
    }
    step(tang, "评审分工", "下达分工", **who, 评审重点和现场安排="对照合同逐项核对。")

    # four reviews on phones, each item with what was demanded, what was found, and points
    for person, aspect in ((li, "功能"), (li, "可靠性"), (zhang, "性能"), (zhang, "安全")):
        given = {
            "要求": "合同约定",
            "发现": "现场实测并留存截图。",
            "证据": "实测截图.png",
            "得分": "92",
            "评审意见": "符合要求。",
        }
        step(person, f"{aspect}评审", "提交评审", **given)

    # whoever votes reads there what the four found; two of three agree, and the certificate is a numbered document
    tang.take(TITLE, "验收会签")
    for aspect in ("功能", "性能", "安全", "可靠性"):
        expect(tang.page.locator("[data-form]")).to_contain_text(f"{aspect}评审 92 分：符合要求。")
    expect(tang.page.locator("[data-form]")).to_contain_text(
        "到货与配置核对 92 分：现场实测并留存截图。（证据：实测截图.png）"
    )
    step(tang, "验收会签", "同意", "同意通过验收。", 已阅看四项评审意见和证据=True)
    step(zhang, "验收会签", "同意", "同意。", 已阅看四项评审意见和证据=True)
    qian.open(case)
    expect(qian.page.locator(".g-pagehead .g-badge").first).to_have_text("已办结")
    expect(qian.page.locator("main")).to_contain_text(re.compile(r"YSZS-2026-\d{4}"))
    zhang.open(case)
    assert zhang.overflow() == []


CHECKS = ("合同约定的内容已全部完成（含已批准的变更）", "试运行时间和指标达到合同要求", "资料签章完整、与实际一致")
NO_CONFLICT = ("我与承建单位及本项目没有利害关系，能独立、公正评审", "我能按安排参加评审和会签")


def apply(person: Person) -> str:
    person.open("/start/acceptance")
    person.fill(
        {
            "申请验收的项目": "数据汇聚网关扩容",
            "项目类型": "设备购置",
            "完工日期": today(),
            "试运行天数": "92",
            "完成情况": "8 个节点全部到货、安装、接入，日汇聚 5 亿条。",
            "自检和试运行结论": "自检 40 项全部通过，试运行期间没有中断。",
            "提交的资料": PAPERS,
            "联系电话": "13810035744",
        }
    )
    person.attach("试运行报告.pdf", PDF)
    return person.done("提交申请")


def step(person: Person, name: str, act: str, opinion: str = "", **values: object) -> None:
    person.take(TITLE, name)
    assert person.overflow() == []
    person.done(act, opinion, **values)
