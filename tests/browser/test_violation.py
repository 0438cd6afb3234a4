"""A violation from the report over defence, committee and appeal to its execution; the person concerned has a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.test_whole_case import today

pytestmark = pytest.mark.long

Come = Callable[..., Person]
FACTS = "把查询到的企业信息用手机拍照发到微信群。"


def test_a_violation_is_decided_appealed_and_carried_out(come: Come) -> None:
    shen, guo, lin, gao = come("shenyutong"), come("guolimin"), come("linshuhua"), come("gaozhendong")
    chen = come("chensiyuan", phone=True)

    # 沈雨桐 reports; 郭立民, who did not, finds the facts
    shen.open("/start/violation")
    shen.fill(
        {"当事人": "陈思远", "紧急程度": "一般", "事实": FACTS, "依据": "使用规定第 9 条", "发现途径": "日常监督"}
    )
    told = re.search(r"WG-2026-\d{4}", shen.done("提交申请"))
    assert told is not None
    case, number = shen.page.url, told[0]
    found = {
        "当事人": "陈思远",
        "查明的事实": "查明：共转发 3 张照片，群内 40 人。",
        "后果": "一定",
        "主观状态": "过失",
    }
    step(guo, number, "查清事实", "属实", "属实。", **found, 前次处理次数="0")

    # 陈思远 is heard, the committee of three decides
    step(chen, number, "陈述申辩", "提交", 陈述和申辩="当时为了请教同事，已全部撤回。")
    measure = {"委员": ["周岚", "罗成", "谢婉清"], "拟定措施": "通报批评", "理由": "后果一定，按规定处理。"}
    step(lin, number, "组成委员会", "开始审议", **measure)
    for account in ("zhoulan", "luocheng"):
        member = come(account, phone=True)
        step(member, number, "委员审议", "同意", 事实是否清楚="清楚", 措施是否适当="适当")

    # the decision is a numbered document that he reads before he appeals
    chen.take_step(number, "是否申诉")
    assert chen.overflow() == []
    chen.act("申诉")
    chen.confirm("照片里没有敏感信息，措施偏重。")
    expect(chen.page).not_to_have_url(re.compile("/tasks/"))
    chen.open(case)
    expect(chen.page.locator("main")).to_contain_text(re.compile(r"WGJD-2026-\d{4}"))
    assert chen.overflow() == []

    # an executive who had no part in it makes the measure milder; human resources carry it out
    lin.open(f"/claimable?q={number}")
    expect(lin.row(number)).to_have_count(0)
    milder = {"复核后的措施": "批评教育", "复核情况": "事实清楚，情节较轻。"}
    step(gao, number, "复核", "变更措施", "改为批评教育。", **milder)
    done = {"执行日期": today(), "方式": "当面谈话", "执行情况": "本人认识到错误，已写保证书。"}
    step(come("fangyuan"), number, "执行处理", "已执行", **done)
    shen.open(case)
    expect(shen.page.locator(".g-pagehead .g-badge").first).to_have_text("已办结")
    expect(shen.page.locator("main")).to_contain_text("批评教育")


def step(person: Person, number: str, name: str, act: str, opinion: str = "", **values: object) -> None:
    person.take_step(number, name)
    assert person.overflow() == []
    person.done(act, opinion, **values)
