"""The bank, blueprints and archives as pages: who may see what, what they say, what a form does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import insert, select

from engine.demo.bank import stock_bank
from engine.exams import Kind, Question
from engine.exams.sheet import read_sheet, write_sheet
from engine.models import ExamAnswer, ExamPaper, ExamQuestion, Person, TrainingRecord
from engine.platform import Platform
from tests.ui.conftest import Visitor

AsPerson = Callable[[str], Visitor]
PAGES = ("/exams/questions", "/exams/questions/new", "/exams/blueprints", "/exams/blueprints/new", "/exams/import")


@pytest.fixture
def stocked(platform: Platform) -> Platform:
    """With the demo's bank."""
    stock_bank(platform)
    return platform


def test_only_the_training_administrator_comes_in(as_person: AsPerson) -> None:
    trainer, other = as_person("fangyuan"), as_person("hejing")
    for address in (*PAGES, "/exams/template.xlsx", "/exams/questions.xlsx"):
        assert trainer.get(address).status_code == 200, address
        assert other.get(address).status_code == 403, address


def test_an_empty_bank_says_what_to_do(as_person: AsPerson) -> None:
    trainer = as_person("fangyuan")
    assert "题库还是空的" in trainer.get("/exams/questions").text
    assert "还没有组卷方案" in trainer.get("/exams/blueprints").text


def test_filters_leave_what_fits(stocked: Platform, as_person: AsPerson) -> None:
    trainer = as_person("fangyuan")

    def count(query: str) -> int:
        found = re.search(r"<b>题库</b><span>(\d+)</span>", trainer.get(f"/exams/questions?{query}").text)
        assert found
        return int(found[1])

    every = count("")
    kinds = [count(f"kind={kind}") for kind in Kind]
    assert every == sum(kinds) == sum(count(f"difficulty={level}") for level in (1, 2, 3)) == count("state=on")
    assert 0 < count("tag=安全意识") < count("q=安全") + count("tag=安全意识") < every
    assert "没有符合条件的题目" in trainer.get("/exams/questions?q=没有这样的题").text
    for order in ("right", "used", "nonsense"):
        assert count(f"order={order}") == every


def test_a_question_is_written_changed_and_put_out_of_use(stocked: Platform, as_person: AsPerson) -> None:
    trainer = as_person("fangyuan")
    form = {"kind": "multiple", "stem": "新的题目", "optionA": "甲", "optionC": "丙", "right": ["A", "C"]}
    form |= {"points": "3", "difficulty": "2", "tags": "试验、入门"}
    made = trainer.form("/exams/questions", **form)
    assert made.status_code == 303, made.text
    page = trainer.get(made.location).text
    code = made.location.rsplit("/", 1)[-1]
    assert "新的题目" in page
    assert "还没有人答过这道题" in page
    refused = trainer.form("/exams/questions", **{**form, "code": code, "stem": "", "points": "x"})
    assert refused.status_code == 422
    assert "有 2 处需要修改" in refused.text
    assert trainer.form("/exams/questions", **{**form, "code": code, "stem": "改过"}).status_code == 303
    assert "第 2 版" in trainer.get(made.location).text
    trainer.form(f"{made.location}/state", enabled="0")
    assert "启用这道题" in trainer.get(made.location).text


def test_an_import_tells_every_error_and_then_takes_the_right_rows(stocked: Platform, as_person: AsPerson) -> None:
    trainer = as_person("fangyuan")
    good = Question(code="", kind=Kind.JUDGE, stem="导入的题", options=("正确", "错误"), right=(0,))
    bad = Question(code="", kind=Kind.SHORT, stem="没有答案", sample="")
    file = write_sheet([good, bad])

    def send(**more: str) -> tuple[int, str]:
        answer = trainer.form("/exams/import", **{"file": (BytesIO(file), "题目.xlsx"), **more})
        return answer.status_code, answer.text

    status, text = send()
    assert status == 422
    assert "“题目.xlsx”共 2 行，1 行有错误，什么都没有导入" in text
    assert "参考答案" in text
    assert "跳过有错误的行" in text
    status, text = send(skip="1")
    assert (status, "新增 1 道" in text) == (200, True)
    junk = trainer.form("/exams/import", file=(BytesIO(b"MZ"), "x.xlsx"))
    assert (junk.status_code, "这不是 .xlsx 文件" in junk.text) == (422, True)
    assert trainer.form("/exams/import").status_code == 422


def test_what_is_exported_can_be_imported(stocked: Platform, as_person: AsPerson) -> None:
    content = as_person("fangyuan").get("/exams/questions.xlsx").data
    assert len(read_sheet(content).questions) >= 60


def test_a_blueprint_is_checked_against_the_bank(stocked: Platform, as_person: AsPerson) -> None:
    trainer = as_person("fangyuan")
    form = {"code": "big", "name": "太大的卷", "minutes": "30", "partial": "half", "kind0": "short", "count0": "50"}
    assert trainer.form("/exams/blueprints", **form).status_code == 303
    assert "题库不够：1 个题型的题目不足" in trainer.get("/exams/blueprints").text
    assert "第 1 行：简答题需要 50 道" in trainer.get("/exams/blueprints/big").text
    refused = trainer.form("/exams/blueprints", **{**form, "code": "Größe"})
    assert (refused.status_code, "代号用小写字母" in refused.text) == (422, True)
    refused = trainer.form("/exams/blueprints", **{**form, "count0": "-1"})
    assert (refused.status_code, "题数须是 1 到 200 的整数" in refused.text) == (422, True)


def test_figures_of_a_question(stocked: Platform, as_person: AsPerson) -> None:
    with stocked.database.write() as session:
        question_id = session.scalar(select(ExamQuestion.id).where(ExamQuestion.code == "0001"))
        paper = {"blueprint": "x", "seed": "1", "rules": b"{}", "content": b"{}", "points": 10}
        for n in range(10):
            drawn = {**paper, "drawn_at": stocked.clock.now(), "permille": n * 100}
            paper_id = session.scalars(insert(ExamPaper).values(**drawn).returning(ExamPaper.id)).one()
            right = n >= 5
            answer = {"chosen": "A" if right else "B", "permille": 1000 if right else 0, "revision": 1}
            session.execute(insert(ExamAnswer).values(paper_id=paper_id, no=1, question_id=question_id, **answer))
    page = as_person("fangyuan").get("/exams/questions/0001").text
    assert re.search(r"得分率</dt><dd>50%", page)
    assert re.search(r"区分度</dt><dd>1\.0", page)
    assert page.count(">50%</td>") == 2


def test_archives_are_ones_own_those_of_the_department_or_all(platform: Platform, as_person: AsPerson) -> None:
    assert "还没有培训和考核记录" in as_person("chensiyuan").get("/training").text
    with platform.database.write() as session:
        for account in ("chensiyuan", "zhongxiaoyan", "limin"):
            person_id = session.scalar(select(Person.id).where(Person.account == account))
            line = {"kind": "assessment", "title": f"考核-{account}", "result": "合格", "on": date(2026, 11, 5)}
            session.execute(insert(TrainingRecord).values(person_id=person_id, created_at=platform.clock.now(), **line))
    seen = {
        account: set(re.findall(r"考核-(\w+)", as_person(account).get("/training").text))
        for account in ("chensiyuan", "leizhen", "wangjianguo", "fangyuan", "xiewanqing", "hejing")
    }
    everybody = {"chensiyuan", "zhongxiaoyan", "limin"}
    assert seen == {
        "chensiyuan": {"chensiyuan"},
        "leizhen": {"chensiyuan", "zhongxiaoyan"},
        "wangjianguo": {"limin"},
        "fangyuan": everybody,
        "xiewanqing": everybody,
        "hejing": set(),
    }
    assert set(re.findall(r"考核-(\w+)", as_person("leizhen").get("/training?q=陈思远&kind=assessment").text)) == {
        "chensiyuan"
    }
