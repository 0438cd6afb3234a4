"""The reader's page of a procedure: everything but the duties, which have their own tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import NotFound
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries import library
from engine.queries.library import purpose_of
from tests.engine.queries.library.conftest import Publish
from tests.engine.queries.rows import KEY, Rows, at
from tests.fixtures.every_kind import every_kind

Finder = Callable[[str], Actor]


def test_what_it_says_of_itself(platform: Platform, person: Finder) -> None:
    page = library.reader_page(platform, person("chensiyuan"), KEY)
    assert (page.name, page.prefix, page.clauses, page.published.version) == ("项目变更审批", "BG", ["2.2.3"], 1)
    assert page.purpose.lead[0].startswith("在建项目要改内容")
    assert [head for head, _text in page.purpose.items][:4] == ["发起", "时限", "定级", "论证"]
    assert "何静" in {owner.name for owner in page.owners}


def test_documentation_is_set_by_its_numbered_paragraphs() -> None:
    purpose = purpose_of("  做什么用。\n\n一、发起。谁都可以。\n二、没有标题的一条，就照原样。\n附注。\n")
    assert purpose.lead == ("做什么用。",)
    assert purpose.items == (("发起", "谁都可以。"), ("", "没有标题的一条，就照原样。"), ("", "附注。"))
    assert purpose_of("") == library.Purpose((), ())


def test_start_button_only_for_whom_the_start_rule_fits(platform: Platform, person: Finder) -> None:
    assert library.reader_page(platform, person("chensiyuan"), KEY).may_start
    assert not library.reader_page(platform, person("zhangweimin"), KEY).may_start


def test_figures_are_for_those_who_see_all_cases(platform: Platform, person: Finder, rows: Rows) -> None:
    case = rows.case()
    rows.task(case, due=at(5, month=10))
    rows.case(started=at(2), ended=at(5))
    rows.case(started=at(2), ended=at(5), late=True)
    figures = library.reader_page(platform, person("zhoulan"), KEY).figures
    assert figures is not None
    assert (figures.usage.running, figures.usage.cases, figures.late, figures.finished) == (1, 3, 1, 2)
    assert figures.on_time == pytest.approx(0.5)
    assert library.reader_page(platform, person("chensiyuan"), KEY).figures is None


def test_forms_stand_with_the_steps_that_use_them(platform: Platform, person: Finder) -> None:
    page = library.reader_page(platform, person("hejing"), KEY)
    assert [form.name for form in page.forms][:2] == ["application", "necessity"]
    approve = next(form for form in page.forms if form.name == "approve")
    assert approve.steps == ("部门负责人审批", "平台管理部审批", "分管领导审批")
    assert len(page.forms) == 13


def test_a_form_for_reading_brings_empty_lists_of_choices(platform: Platform, person: Finder) -> None:
    preview = library.form_preview(platform, person("chensiyuan"), KEY, "order")
    assert preview.steps == ("下达实施令",)
    assert preview.data == {"people": []}
    assert {component["key"] for component in preview.schema["components"]} >= {"implementer", "verifier"}
    with pytest.raises(NotFound, match="没有这张表单"):
        library.form_preview(platform, person("chensiyuan"), KEY, "../order")


def test_tables_are_readable(platform: Platform, person: Finder) -> None:
    tables = {table.id: table for table in library.reader_page(platform, person("hejing"), KEY).tables}
    grade = tables["grade"]
    assert grade.inputs == ("费用占比", "工期影响", "范围影响")
    assert grade.rules[0].conditions == ("≥ 10%", "", "")
    assert grade.rules[1].conditions == ("", "≥ 60 天", "")
    assert grade.rules[0].answers == ("重大",)
    assert grade.policy == "自上而下，取第一行符合的"
    assert grade.steps == ("变更定级",)
    assert not grade.upright
    assert tables["time_limits"].upright, "two rules with thirteen answers read better side by side"


def test_what_may_be_done_from_outside_the_steps(platform: Platform, person: Finder) -> None:
    page = library.reader_page(platform, person("hejing"), KEY)
    (message,) = page.messages
    assert (message.name, message.sender, message.outcome) == ("撤销", "申请人", "已撤销")
    assert message.what.startswith("获得批准之前")
    assert page.returnable == ["部门负责人审批", "平台管理部审批", "分管领导审批"]


def test_an_unknown_procedure(platform: Platform, person: Finder) -> None:
    for ask in (library.reader_page, library.live_diagram, library.versions_page):
        with pytest.raises(NotFound):
            ask(platform, person("hejing"), "nothing")


def test_it_costs_a_fixed_number_of_statements(
    platform: Platform, person: Finder, rows: Rows, publish: Publish, statements: Callable[[], Any]
) -> None:
    hejing = person("hejing")
    publish()
    library.reader_page(platform, hejing, KEY)
    with statements() as few:
        library.reader_page(platform, hejing, KEY)
    for n in range(30):
        rows.case(ended=at(5) if n % 2 else None)
    with statements() as many:
        library.reader_page(platform, hejing, KEY)
    assert len(many) == len(few)
    assert len(many) <= 18


def test_every_kind_of_event_is_told_in_words(platform: Platform, person: Finder, publish: Publish) -> None:
    publish(bpmn=every_kind(KEY))
    page = library.reader_page(platform, person("chensiyuan"), KEY)
    assert page.events == [
        "收到消息“来函”时，自动发起（收到来函）",
        "每 1 周一次，自动发起（每周一）",
        "收到信号“年度检查”时，自动发起（年度检查开始）",
        "条件成立时，自动发起（每逢周一）",
        "收到信号“年度检查”时，另行“inserted”，其他环节继续",
    ]
    assert "calls（调用流程 change_approval）" in page.automatic
    assert "等待监理单位回函" in page.automatic
    step = next(row for row in page.duties if row.node_id == "register")
    assert step.timers == (
        "收到信号“年度检查”时：另行“办结”，本环节继续",
        "条件成立时：本环节结束，转到“办结”",
        "每 1 小时一次，共 3 次：另行“办结”，本环节继续",
        "提出升级 SERIOUS 时：另行“办结”，本环节继续",
        "收到消息“来函”时：本环节结束，转到“办结”",
    )
