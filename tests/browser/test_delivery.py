"""A project is handed over: the contractor's people on phones, the platform department and the owner at desks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.test_whole_case import PDF, today

pytestmark = pytest.mark.long

Come = Callable[..., Person]
WANTED = ["验收证书和验收记录", "需求与设计文档", "源代码与构建说明", "部署与运维手册", "用户手册和培训材料"]
IN_ORDER = {"账号、代码和资产": "已接收", "培训": "已落实", "售后承诺": "符合合同"}


def test_a_project_is_handed_over_and_signed_for(come: Come) -> None:
    he, tang, qian = come("hejing"), come("tangying"), come("qiancheng")
    shi, ren = come("shilei", phone=True), come("renjiahao", phone=True)

    # 何静 proposes the delivery and says what the contract asks for
    he.open("/start/delivery")
    he.fill({"交付项目": "监管大屏二期", "验收证书编号": "YSZS-2026-0901"})
    told = re.search(r"JF-2026-\d{4}", he.done("提交申请"))
    assert told is not None
    case, number = he.page.url, told[0]
    he.take_step(number, "核定合同约定")
    he.fill({"合同编号": "HT-2025-018", "合同类型": "软件开发", "是否移交数据": "不移交", "验收证书": "有效，结论合格"})
    he.done("办理交付", 合同约定的交付要求="交付源代码、全部文档，培训使用人员，质保三年。")

    # the contractor's people hand over the four parts, two of them out on the spot
    step(shi, number, "移交技术文档", "提交", 已移交的技术文档=WANTED, 文档存放位置="档案室与文档库")
    assets = {"移交的账号": "运维账号 4 个、数据库账号 2 个。", "代码位置": "screen v2.3.0", "设备与许可证": "12"}
    step(ren, number, "移交账号代码资产", "提交", **assets, 密码和密钥="已全部更换")
    shi.take_step(number, "培训使用人员")
    shi.attach("签到表.pdf", PDF)
    held = {"培训日期": today(), "培训时长": "16", "参训人数": "28", "培训效果": "能独立使用和维护"}
    shi.done("提交", **held, 培训内容="使用、维护和应急操作，两天四场。")
    promise = {"质保期": "36", "故障响应": "2", "售后联系人": "石磊 13810037978"}
    step(qian, number, "出具售后承诺", "提交", **promise, 售后服务承诺="七乘二十四小时响应，重大故障四小时到场。")

    # the platform department sends back what lacks something: that part alone comes back
    he.take_step(number, "核对交付")
    he.fill({"技术文档": "不齐全", **IN_ORDER, "需要补正的部分": ["技术文档"]})
    he.done("退回补正", "部署手册缺附录。", 核对情况="部署与运维手册缺少附录三。")
    expect_open(he, case, "移交技术文档", "出具售后承诺")
    step(shi, number, "移交技术文档", "提交", 已移交的技术文档=WANTED, 文档存放位置="档案室与文档库（已补附录）")
    step(he, number, "核对交付", "核对无误", 技术文档="齐全", **IN_ORDER, 核对情况="逐项核对，与清单一致。")

    # both sides sign; the list is a numbered document, and the warranty runs
    step(tang, number, "使用单位签署", "签署", 使用单位="已收到全部交付内容", 接收人="唐颖")
    step(qian, number, "承建单位签署", "签署", 承建单位="交付内容真实完整，履行售后承诺")
    he.open(case)
    expect(he.page.locator("main")).to_contain_text(re.compile(r"JFQD-2026-\d{4}"))
    expect(he.page.locator(".g-pagehead .g-badge").first).to_have_text("进行中")
    shi.open(case)
    assert shi.overflow() == []


def step(person: Person, number: str, name: str, act: str, **values: object) -> None:
    person.take_step(number, name)
    assert person.overflow() == []
    person.done(act, **values)


def expect_open(person: Person, case: str, wanted: str, other: str) -> None:
    """The page of the case says that it waits for the one step and not for the other."""
    person.open(case)
    why = person.page.locator("main", has_text="卡在：")
    expect(why).to_contain_text(re.compile(f"卡在：[^。]*{wanted}"))
    expect(why).not_to_contain_text(re.compile(f"卡在：[^。]*{other}"))
