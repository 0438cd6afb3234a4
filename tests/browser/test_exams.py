"""An exam on the phone, by keyboard and at the desk: answers that save themselves, handing in at the limit, an
examiner's marks; the pages of the question bank at every width."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from engine.boot import open_platform
from engine.casework import load_case
from engine.clock import MovableClock, SystemClock
from engine.commands import claim_task, fire_timers, start_process
from engine.exams.sheet import read_sheet
from engine.models import Task
from engine.parts import Parts
from engine.publication import check_parts, write_version
from tests.browser.audit import contrast, names
from tests.browser.backstage import Backstage
from tests.browser.person import Person
from tests.fixtures import toy

Come = Callable[..., Person]
LABELS = ("立即报告并控制影响", "自行删除日志", "等下班再说")
CHOICES = "[" + ", ".join(f'{{value: "{"ABC"[n]}", label: "{text}"}}' for n, text in enumerate(LABELS)) + "]"
PAPER = f"""= {{questions: [
  {{no: 1, kind: "single", stem: "发现网络安全事件时首先怎么做？", points: 2, options: {CHOICES}}},
  {{no: 2, kind: "multiple", stem: "下面哪些做法不对？", points: 3, options: {CHOICES}}},
  {{no: 3, kind: "judge", stem: "口令可以贴在显示器上。", points: 1,
    options: [{{value: "A", label: "正确"}}, {{value: "B", label: "错误"}}]}},
  {{no: 4, kind: "short", stem: "简述应急处置的第一个小时。", points: 10, options: []}}]}}"""
OPEN = '= [{no: 4, stem: "简述第一个小时。", answer: "先报告。", points: 10, hint: "记录发现时间；报告；控制。"}]'


def form(name: str, kind: str, paper: str, key: str) -> bytes:
    """A form with one component of an exam."""
    part = {"type": kind, "id": "Paper", "key": key, "label": "试卷", "properties": {"paper": paper}}
    return json.dumps({"type": "default", "id": name, "schemaVersion": 16, "components": [part]}).encode()


def script(node: str, variable: str, text: str, incoming: str, outgoing: str) -> str:
    """A script task."""
    text = text.replace("<", "&lt;")
    return f"""<bpmn:scriptTask id="{node}" name="{node}" scriptFormat="feel" camunda:resultVariable="{variable}">
      <bpmn:incoming>{incoming}</bpmn:incoming><bpmn:outgoing>{outgoing}</bpmn:outgoing>
      <bpmn:script>{text}</bpmn:script></bpmn:scriptTask>"""


@pytest.fixture
def exam(backstage: Backstage) -> int:
    """A case whose exam 陈思远 sits, an hour long; the id of his task."""
    platform = backstage.platform
    sits = toy.task("sit", 'rule="person" value="= case.starter"', "f2", "f3", more='guicheng:onTimeout="draft"')
    marks = toy.task("mark", 'rule="role" value="training"', "f5", "f6")
    body = [
        toy.start(),
        script("draw", "paper", PAPER, "f1", "f2"),
        sits.replace('camunda:formRef="slip"', 'camunda:formRef="sheet"'),
        toy.boundary("over", "sit", "PT1H", "f4"),
        script("grade", "open", OPEN, ["f3", "f4"][0], "f5").replace(
            "<bpmn:incoming>f3</bpmn:incoming>", "<bpmn:incoming>f3</bpmn:incoming><bpmn:incoming>f4</bpmn:incoming>"
        ),
        marks.replace('camunda:formRef="slip"', 'camunda:formRef="marks"'),
        toy.end("f6"),
        toy.flows("begin>draw", "draw>sit", "sit>grade", "over>grade", "grade>mark", "mark>done"),
    ]
    forms = {
        "slip": toy.SLIP,
        "sheet": form("sheet", "exam", "paper", "answers"),
        "marks": form("marks", "marks", "open", "marks"),
    }
    parts = Parts("toy", toy.diagram(*body), forms, {})
    with platform.database.write() as session:
        write_version(platform, session, parts, check_parts(platform, session, parts), "files")
    started = start_process(platform, backstage.actor("chensiyuan"), "toy", {"note": "考试"})
    return backstage.task(started.instance_id, "chensiyuan")


def test_an_exam_on_the_phone_saves_itself_and_is_handed_in(exam: int, come: Come, backstage: Backstage) -> None:
    chen = come("chensiyuan", phone=True)
    chen.open(f"/tasks/{exam}")
    expect(chen.page.get_by_text("已答 0 / 4 题")).to_be_visible()
    assert chen.overflow() == []
    chen.page.get_by_label("立即报告并控制影响").first.tap()
    chen.page.get_by_role("group", name=re.compile("哪些做法不对")).get_by_label("自行删除日志").tap()
    chen.page.get_by_label("错误", exact=True).tap()
    chen.page.get_by_label("第 4 题的回答").fill("先报告。")
    expect(chen.page.get_by_text("已答 4 / 4 题")).to_be_visible()
    expect(chen.page.locator("[data-autosave]")).to_contain_text("已自动保存")
    assert names(chen.page) == []
    assert contrast(chen.page) == []
    chen.page.reload()
    chen.settle()
    expect(chen.page.get_by_text("已答 4 / 4 题")).to_be_visible()
    expect(chen.page.get_by_label("第 4 题的回答")).to_have_value("先报告。")
    assert "记录发现时间" not in chen.page.content()
    chen.done("提交")
    assert answers(backstage, exam) == {"1": "A", "2": ["B"], "3": "B", "4": "先报告。"}

    instance_id = case_of(backstage, exam)
    claim_task(backstage.platform, backstage.actor("fangyuan"), backstage.task(instance_id, "fangyuan"))
    fang = come("fangyuan")
    fang.open(f"/tasks/{backstage.task(instance_id, 'fangyuan')}")
    expect(fang.page.get_by_text("记录发现时间；报告；控制。")).to_be_visible()
    fang.page.get_by_label("得分（满分 10）").fill("7.5")
    fang.done("提交")


def test_an_exam_by_keyboard_and_what_was_saved_goes_in_when_the_time_is_over(
    exam: int, come: Come, backstage: Backstage
) -> None:
    chen = come("chensiyuan")
    chen.open(f"/tasks/{exam}")
    page = chen.page
    page.get_by_label("立即报告并控制影响").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("自行删除日志"))).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_text("已答 2 / 4 题")).to_be_visible()
    expect(page.locator("[data-autosave]")).to_contain_text("已自动保存")
    late = open_platform(backstage.platform.settings, MovableClock(SystemClock().now() + timedelta(hours=2)))
    assert fire_timers(late, case_of(backstage, exam))
    late.database.dispose()
    assert answers(backstage, exam) == {"1": "B", "2": ["A"]}


def case_of(backstage: Backstage, task_id: int) -> int:
    """The case of a task."""
    with backstage.platform.database.read() as session:
        return session.scalars(select(Task.instance_id).where(Task.id == task_id)).one()


def answers(backstage: Backstage, task_id: int) -> object:
    """What the case knows of the answers."""
    with backstage.platform.database.read() as session:
        return load_case(backstage.platform, session, case_of(backstage, task_id), None).execution.variables["answers"]


def test_the_bank_at_every_width(come: Come, tmp_path: Path) -> None:
    pages = ["/exams/questions", "/exams/questions/0001", "/exams/questions/new", "/exams/blueprints"]
    pages += ["/exams/blueprints/annual", "/exams/import", "/training", "/exams/questions?q=没有的"]
    problems = []
    for phone in (False, True):
        fang = come("fangyuan", phone=phone)
        for address in pages:
            fang.open(address)
            problems += [f"{address} {phone}: {one}" for one in (*fang.overflow(), *names(fang.page))]
            problems += [f"{address} {phone}: {one}" for one in contrast(fang.page)]
    assert problems == []


def test_a_file_is_imported_and_exported(come: Come, tmp_path: Path) -> None:
    fang = come("fangyuan")
    fang.open("/exams/import")
    with fang.page.expect_download() as download:
        fang.page.get_by_role("link", name="下载模板").click()
    file = tmp_path / "题目.xlsx"
    download.value.save_as(file)
    assert len(read_sheet(file.read_bytes()).questions) == 4
    fang.page.get_by_label(re.compile("xlsx")).set_input_files(file)
    fang.page.get_by_role("button", name="导入").click()
    expect(fang.page.get_by_text("新增 4 道")).to_be_visible()
    fang.page.get_by_role("link", name="看题库").click()
    fang.page.get_by_placeholder("题干或编号").fill("示例")
    fang.page.keyboard.press("Enter")
    expect(fang.page.get_by_role("link", name=re.compile("示例"))).to_have_count(4)
