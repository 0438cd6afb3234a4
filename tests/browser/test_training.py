"""A training at the browsers of its people: planned, answered on the phone, put off; signed in, marked, archived."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from engine.clock import MovableClock, SystemClock
from engine.commands import start_process
from engine.jobs import run_due
from tests.browser.backstage import Backstage
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.test_whole_case import today
from tests.workflows.training.papers import PLAN, READY

pytestmark = pytest.mark.long

Come = Callable[..., Person]
PLANNED = "统计口径业务培训"
HELD = "离线采集操作培训"


def test_a_training_is_planned_answered_and_put_off(come: Come) -> None:
    fang, lei = come("fangyuan"), come("leizhen")
    chen, zhong = come("chensiyuan", phone=True), come("zhongxiaoyan", phone=True)

    # 方圆 plans it for a department; all its people are asked at once
    fang.open("/start/training")
    fang.fill(
        {
            "培训名称": PLANNED,
            "内容": ["业务知识"],
            "方式": "集中",
            "开课日期": today(14),
            "时间": "14:30—17:00",
            "地点或链接": "五楼培训室",
            "学时": "3",
            "授课人": "何静",
            "邀请部门": ["执法支队"],
            "实操形式": "案例分析",
        }
    )
    toast = fang.done("提交申请")
    assert re.search(r"PX-\d{4}-\d{4}", toast), toast

    # one comes, the other asks for leave, which the leader does not grant
    chen.take(PLANNED, "报名")
    expect(chen.page.locator("main")).to_contain_text("五楼培训室")
    assert chen.overflow() == []
    chen.done("参加")
    zhong.take(PLANNED, "报名")
    assert zhong.overflow() == []
    zhong.done("请假", "当天值班，不能离开。")
    lei.take(PLANNED, "报名")
    lei.done("参加")
    lei.take(PLANNED, "批假")
    expect(lei.page.locator("main")).to_contain_text("当天值班，不能离开。")
    lei.done("不准假", "已安排他人顶班。")

    # the date changes: everybody is asked again
    fang.take(PLANNED, "筹备")
    fang.done("改期", "授课人出差。")
    fang.take(PLANNED, "安排培训")
    expect(fang.page.locator("main")).to_contain_text("改期：请另定日期")
    expect(fang.form.field("邀请部门")).to_contain_text("执法支队")
    fang.done("通知报名", 开课日期=today(21))
    chen.take(PLANNED, "报名")
    expect(chen.page.locator("main")).to_contain_text(today(21))
    chen.done("参加")
    zhong.take(PLANNED, "报名")


def test_on_the_day_people_sign_in_are_marked_and_have_it_in_their_archive(come: Come, server: Server) -> None:
    case = on_its_day(server)
    fang, he, chen = come("fangyuan"), come("hejing"), come("chensiyuan", phone=True)

    # 陈思远 signs in on his phone with one tap
    chen.take(HELD, "签到")
    assert chen.overflow() == []
    expect(chen.form.field("怎样参加").get_by_label("到场")).to_be_checked()
    chen.done("签到")

    # the teacher marks him in the row that is there already, somebody else confirms
    he.take(HELD, "评实操")
    expect(he.form.field("学员").locator("option:checked")).to_have_text(re.compile("陈思远"))
    he.done("提交评分", 得分="88", 做得怎样="步骤准确。", 练了什么="断网时采集一户，联网后补传。")
    fang.take(HELD, "核定评分")
    expect(fang.page.locator("main")).to_contain_text("陈思远 88 分（步骤准确。）")
    fang.done("核定", 评分="每人都有", 依据="充分")

    # he says what he thinks of it; then the document is there, and the line in his archive
    chen.take(HELD, "培训评价")
    assert chen.overflow() == []
    chen.done("提交评价", 总的评价="很好", 对工作="很有用", 建议="再练一次补传。")
    fang.open(f"/cases/{case}")
    expect(fang.page.locator(".g-pagehead .g-badge").first).to_have_text("已办结")
    expect(fang.page.locator("main")).to_contain_text(re.compile(r"PXDA-\d{4}-\d{4}"))
    chen.open("/training")
    expect(chen.page.locator("main")).to_contain_text(HELD)


def on_its_day(server: Server) -> int:
    """A training of 陈思远 that was planned ten days ago and is held today; answers the id of its case."""
    behind = Backstage(server.data_dir)
    try:
        now = SystemClock().now()
        behind.platform.clock = clock = MovableClock(now - timedelta(days=10))
        plan = {**PLAN, "title": HELD, "held_on": today(), "attendees": ["chensiyuan"]}
        case = start_process(behind.platform, behind.actor("fangyuan"), "training", plan).instance_id
        behind.complete(case, "chensiyuan", "join")
        behind.complete(case, "fangyuan", "ready", READY)
        clock.move_to(now)
        run_due(behind.platform)
    finally:
        behind.close()
    return case
