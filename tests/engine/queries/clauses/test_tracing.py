"""The tree of 条款追溯: what the diagrams name, what a year has seen, who may look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine.commands import close_days
from engine.errors import Forbidden, NotFound
from engine.models import Document
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.clauses import clause_page, report, table, tracing
from tests.engine.queries.rows import Rows, at

LAST_YEAR = at(10).replace(year=2025)


def test_a_clause_has_the_steps_that_name_it_and_how_often_they_were_done(
    platform: Platform, rows: Rows, manager: Actor
) -> None:
    case = rows.case(started=at(3), ended=at(6, 9))
    rows.task(case, arrived=at(3), done=at(4))
    rows.task(case, arrived=at(4), done=at(5))
    rows.task(case, "department_approval", "部门负责人审批", done=at(6, 9))
    trace = tracing(platform, manager).of("2.2.3")
    assert trace is not None
    (change,) = [one for one in trace.procedures if one.key == "change_approval"]
    assert (change.begun, change.ended, change.proofs, trace.state) == (1, 1, 3, "proven")
    done = {step.node_id: step.finished for step in change.steps}
    assert (done["review_necessity"], done["department_approval"], done["verify"]) == (2, 1, 0)
    assert {step.node_id: step.lane for step in change.steps}["verify"] == "实施单位"


def test_all_47_clauses_are_there_each_in_one_state(platform: Platform, manager: Actor) -> None:
    tree = tracing(platform, manager)
    assert len(tree.clauses) == 47
    assert sum(tree.count(state) for state in ("proven", "missing", "none")) == 47
    assert len(tree.gaps) == tree.count("missing") + tree.count("none")
    trace = tree.of("2.2.3")
    assert trace is not None
    assert trace.state == "missing", "a procedure, but nothing done"


def test_a_year_counts_its_own_days_whether_they_are_closed_or_not(
    platform: Platform, rows: Rows, manager: Actor
) -> None:
    old = rows.case(started=LAST_YEAR, ended=LAST_YEAR + timedelta(days=2))
    rows.task(old, arrived=LAST_YEAR, done=LAST_YEAR + timedelta(days=1))
    new = rows.case(started=at(3))
    rows.task(new, arrived=at(3), done=at(4))
    rows.task(new, "form_panel", "组织论证", arrived=at(4), done=at(6, 9, 0))

    def seen() -> list[tuple[int, int]]:
        pages = [clause_page(platform, manager, "2.2.3", year) for year in (2025, 2026)]
        return [(page.clause.proofs, len(page.cases)) for page in pages if page.clause is not None]

    open_days = seen()
    assert open_days == [(1, 1), (2, 1)]
    close_days(platform)
    assert seen() == open_days
    assert tracing(platform, manager).years == (2026, 2025)
    assert tracing(platform, manager, 1999).year == 2026


def test_the_filter_leaves_the_gaps(platform: Platform, rows: Rows, manager: Actor) -> None:
    case = rows.case(started=at(3))
    rows.task(case, arrived=at(3), done=at(4))
    for shown in ("gaps", "missing", "none"):
        tree = tracing(platform, manager, shown=shown)
        kept = [trace for chapter in tree.chapters for trace in chapter.clauses]
        wanted = ("missing", "none") if shown == "gaps" else (shown,)
        assert [trace.clause.number for trace in kept] == [
            trace.clause.number for trace in tree.clauses if trace.state in wanted
        ]
    assert "2.2.3" not in {trace.clause.number for trace in kept}
    unknown = tracing(platform, manager, shown="what")
    assert unknown.shown == ""
    assert sum(len(chapter.clauses) for chapter in unknown.chapters) == 47


def test_the_newest_cases_come_with_what_proves_them(platform: Platform, rows: Rows, manager: Actor) -> None:
    for day in (2, 3, 4):
        case = rows.case(f"第 {day} 日", started=at(day))
        rows.task(case, arrived=at(day), done=at(day, 15))
        rows.task(case, "form_panel", "组织论证", done=at(day, 16))
    page = clause_page(platform, manager, "2.2.3")
    assert [case.title for case in page.cases] == ["第 4 日", "第 3 日", "第 2 日"]
    first = page.cases[0]
    assert [(proof.step, proof.person.name, proof.at) for proof in first.proofs] == [
        ("组织论证", "何静", at(4, 16)),
        ("必要性审查", "何静", at(4, 15)),
    ]
    assert (first.badge, first.documents, first.files, first.entries) == ("running", (), (), 0)


def test_without_a_number_the_first_clause_is_shown(platform: Platform, manager: Actor) -> None:
    page = clause_page(platform, manager)
    assert page.clause is not None
    assert page.clause.clause.number == "2.1.1"
    with pytest.raises(NotFound):
        clause_page(platform, manager, "9.9.9")


def test_only_who_may_see_all_cases_looks(platform: Platform, person: Callable[[str], Actor]) -> None:
    for account in ("jianghuaiyuan", "guolimin", "gaozhendong"):
        assert tracing(platform, person(account)).clauses
    for look in (tracing, clause_page, report):
        with pytest.raises(Forbidden):
            look(platform, person("chensiyuan"))


def test_the_report_names_the_newest_cases_and_a_row_for_every_step(
    platform: Platform, rows: Rows, manager: Actor
) -> None:
    for day in range(1, 8):
        rows.case(started=at(2) + timedelta(minutes=day))
    found = report(platform, manager)
    assert [case.number for case in found.cases["change_approval"]] == [f"BG-2026-{n:04d}" for n in (7, 6, 5, 4, 3)]
    headings, lines = table(found)
    rows_of = [dict(zip(headings, line, strict=True)) for line in lines]
    assert {row["条款"] for row in rows_of} == {trace.clause.number for trace in found.tracing.clauses}
    (necessity,) = [row for row in rows_of if (row["流程"], row["环节"]) == ("项目变更审批", "必要性审查")]
    assert necessity["状态"] == "缺证据"
    assert necessity["本年发起（件）"] == 7
    gap = next(row for row in rows_of if row["状态"] == "缺流程")
    assert (gap["流程"], gap["本年办理（次）"]) == ("", 0)


def test_the_number_of_statements_does_not_grow_with_the_cases(
    platform: Platform, rows: Rows, manager: Actor, statements: Callable[[], Any]
) -> None:
    def cost() -> list[int]:
        found = []
        for look in (
            lambda: tracing(platform, manager),
            lambda: clause_page(platform, manager, "2.2.3"),
            lambda: report(platform, manager),
        ):
            with statements() as said:
                look()
            found.append(len(said))
        return found

    def more(count: int) -> None:
        for n in range(count):
            case = rows.case(started=at(2))
            rows.task(case, arrived=at(2), done=at(3, 9, n))

    more(2)
    few = cost()
    more(12)
    assert cost() == few
    assert few[0] <= 16
    assert few[1] <= few[0] + 6
    assert few[2] == few[0] + 1


def test_documents_of_the_case_are_evidence(platform: Platform, rows: Rows, manager: Actor) -> None:
    case = rows.case(started=at(3))
    rows.task(case, arrived=at(3), done=at(4))
    with platform.database.write() as session:
        about = {"kind": "YSZS", "number": "YSZS-2026-0001", "title": "验收证书", "state": "archived", "content": b"{}"}
        session.add(Document(instance_id=case, created_at=at(4), **about))
    (proof,) = clause_page(platform, manager, "2.2.3").cases
    assert [(one.title, one.number) for one in proof.documents] == [("验收证书", "YSZS-2026-0001")]
