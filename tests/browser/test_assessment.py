"""An assessment from the plan to hr, done by its different people; whoever is assessed has a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from engine.boot import open_platform
from engine.casework import load_case
from engine.clock import MovableClock, SystemClock
from engine.commands import fire_timers, start_process
from engine.demo.answers import answers_of
from engine.errors import NotFound
from engine.models import Instance
from engine.queries.cases import case_page
from tests.browser.audit import contrast, names
from tests.browser.backstage import Backstage
from tests.browser.person import Person
from tests.browser.test_whole_case import today

pytestmark = pytest.mark.long

Come = Callable[..., Person]
TITLE = "浏览器里的岗位考核"
OWN = f"陈思远：{TITLE}"
"""The title of the person's own case."""


def test_a_person_is_assessed_from_the_plan_to_hr(come: Come, backstage: Backstage) -> None:
    fang, zhou, he, lei = come("fangyuan"), come("zhoulan"), come("hejing"), come("leizhen")
    chen = come("chensiyuan", phone=True)

    # 方圆 plans, 周岚 approves
    fang.open("/start/assessment")
    fang.fill({"考核名称": TITLE, "组卷方案": "年度岗位考核", "开放日期": today(), "业务岗": ["陈思远"]})
    assert re.search(r"KH-2\d{3}-\d{4}", fang.done("提交申请"))
    plan = fang.page.url
    zhou.take(TITLE, "审批考核计划")
    expect(zhou.page.locator("[data-form]")).to_contain_text("陈思远（执法支队，业务岗）")
    zhou.done("同意", **{"对象、分组和时间是否适当": "适当"})

    # 陈思远 begins on his phone, answers, and comes back to what was saved
    come_up(chen, OWN)
    chen.take(OWN, "开始考试")
    assert chen.overflow() == []
    chen.done("开始考试", **{"本人独立作答，已准备好": True})
    chen.take(OWN, "答卷")
    expect(chen.page.locator("main")).to_contain_text("考试剩余时间")
    assert (chen.overflow(), names(chen.page), contrast(chen.page)) == ([], [], [])
    paper = variables(backstage, OWN)["paper"]
    given = answers_of(backstage.platform, paper, 0.9)
    for row in paper["questions"]:
        answer(chen, row, "先报告，再控制影响。" if row["kind"] == "short" else given.get(str(row["no"])))
    expect(chen.page.get_by_text(f"已答 {len(given)} / {len(paper['questions'])} 题")).to_be_visible()
    expect(chen.page.locator("[data-autosave]")).to_contain_text("已自动保存")
    chen.page.reload()
    chen.settle()
    expect(chen.page.get_by_text(f"已答 {len(given)} / {len(paper['questions'])} 题")).to_be_visible()
    chen.done("交卷")

    # the examiner sees the sample answers, the person never does; three people give their points
    he.take(OWN, "操作技能评分")
    he.done("提交评分", 考核项目和表现="完成派单和归档两项操作。", 操作技能得分="85")
    lei.take(OWN, "工作业绩评分")
    lei.done("提交评分", 业绩依据="按时办结全部任务。", 工作业绩得分="80")
    fang.take(OWN, "阅卷")
    samples = [row["hint"][:12] for row in variables(backstage, OWN)["open_answers"]]
    for sample in samples:
        expect(fang.page.locator("[data-form]")).to_contain_text(sample)
    for field in fang.page.get_by_label(re.compile("得分（满分")).all():
        field.fill("8")
    fang.done("提交评分")

    # he objects, 周岚 corrects, he accepts; his own sheet is in his archive
    chen.take(OWN, "确认成绩")
    expect(chen.page.locator("[data-form]")).to_contain_text("操作技能 85")
    chen.done("提出异议", "现场评了 88 分。", 对哪一部分有异议="操作技能", 异议理由="现场公布的是 88 分。")
    zhou.take(OWN, "复核成绩")
    zhou.done("更正成绩", "记录是 88 分。", 操作技能得分="88", 复核情况="核对现场记录，登记有误。")
    chen.take(OWN, "确认成绩")
    expect(chen.page.locator("[data-form]")).to_contain_text("操作技能 88")
    chen.done("无异议", 对哪一部分有异议="没有")
    own = chen.page
    chen.open(f"/cases/{case(backstage, OWN).id}")
    expect(own.locator(".g-pagehead .g-badge").first).to_have_text("已办结")
    assert [sample for sample in samples if sample in own.content()] == []
    for account, hidden in (("limin", OWN), ("chensiyuan", TITLE)):  # nobody reads others' marks
        with pytest.raises(NotFound):
            case_page(backstage.platform, backstage.actor(account), case(backstage, hidden).id)
    chen.open("/training")
    expect(own.locator("main")).to_contain_text(TITLE)

    # hr receives the numbered sheet
    xie = come("xiewanqing")
    come_up(xie, TITLE)
    xie.take(TITLE, "接收考核结果")
    expect(xie.page.locator("[data-form]")).to_contain_text(re.compile(r"合格率 100%。成绩单 KHCJ-2\d{3}-\d{4}"))
    xie.done("已接收", 怎样使用=["绩效评价"])
    fang.open(plan)
    expect(fang.page.locator(".g-pagehead .g-badge").first).to_have_text("已办结")


def test_what_was_saved_is_handed_in_when_the_minutes_are_over(come: Come, backstage: Backstage) -> None:
    title = "浏览器里的限时考核"
    data = {"person": "limin", "post_kind": "业务岗", "plan_title": title, "blueprint": "security"}
    started = start_process(backstage.platform, backstage.actor("fangyuan"), "personal_assessment", data)
    fire_timers(backstage.platform, started.instance_id)  # it is open from today on
    li = come("limin", phone=True)
    li.take(title, "开始考试")
    li.done("开始考试", **{"本人独立作答，已准备好": True})
    li.take(title, "答卷")
    first = variables(backstage, title)["paper"]["questions"][0]
    answer(li, first, first["options"][0]["value"])
    expect(li.page.get_by_text("已答 1 / 10 题")).to_be_visible()
    expect(li.page.locator("[data-autosave]")).to_contain_text("已自动保存")
    late = open_platform(backstage.platform.settings, MovableClock(SystemClock().now() + timedelta(minutes=21)))
    assert fire_timers(late, started.instance_id)
    late.database.dispose()
    known = variables(backstage, title)
    assert known["handed_in"] == "到时自动交卷"
    assert known["answers"] == {str(first["no"]): first["options"][0]["value"]}


def answer(person: Person, row: dict[str, Any], given: Any) -> None:
    """One question on the phone; None leaves it."""
    if given is None:
        return
    if row["kind"] == "short":
        person.page.get_by_label(f"第 {row['no']} 题的回答").fill(given)
        return
    asked = person.page.locator(".g-exam__q").filter(has=person.page.get_by_text(row["stem"], exact=True))
    for letter in [given] if isinstance(given, str) else given:
        asked.locator(f'input[value="{letter}"]').tap()


def come_up(person: Person, title: str) -> None:
    """Another case or a timer brings the task; the platform does it by itself, soon."""
    for look in range(120):
        person.open(("/inbox", "/claimable")[look % 2])
        if person.row(title).count():
            return
    raise AssertionError(f"{title} has not come to {person.account}")


def case(backstage: Backstage, title: str) -> Instance:
    """The case with that title."""
    with backstage.platform.database.read() as session:
        return session.scalars(select(Instance).where(Instance.title == title)).one()


def variables(backstage: Backstage, title: str) -> dict[str, Any]:
    """What the case knows."""
    found = case(backstage, title)
    with backstage.platform.database.read() as session:
        return dict(load_case(backstage.platform, session, found.id, None).execution.variables)
