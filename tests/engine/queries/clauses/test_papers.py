"""The documents of a clause: every one of the year can be reached, by procedure, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import Forbidden, NotFound
from engine.models import Document
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.clauses import clause_page, clause_papers, report, table, tracing
from tests.engine.queries.rows import Rows, at


def issue(platform: Platform, case: int, *numbers: int, year: int = 2026) -> None:
    """Documents with these running numbers, in November of the year."""
    with platform.database.write() as session:
        for n in numbers:
            about = {"kind": "YSZS", "title": "验收证书", "state": "archived", "content": b"{}"}
            issued = at(4, 9, n).replace(year=year)
            session.add(Document(instance_id=case, number=f"YSZS-{year}-{n:04d}", created_at=issued, **about))


@pytest.fixture
def cases(rows: Rows) -> list[int]:
    """More cases with a finished step than the page of the clause shows."""
    found = [rows.case(started=at(3)) for _ in range(9)]
    for n, case in enumerate(found):
        rows.task(case, arrived=at(3), done=at(4, 9, n))
    return found


def test_documents_of_older_cases_are_counted_and_reached(platform: Platform, cases: list[int], manager: Actor) -> None:
    for n, case in enumerate(cases, 1):
        issue(platform, case, n)
    page = clause_page(platform, manager, "2.2.3")
    assert page.clause is not None
    assert sum(len(case.documents) for case in page.cases) == 6 < page.clause.papers == 9
    seen: list[str] = []
    for number in (1, 2, 3):
        found = clause_papers(platform, manager, "2.2.3", page=number, size=4)
        assert (found.page.total, found.page.pages) == (9, 3)
        seen += [row.document.number for row in found.page.items]
    assert seen == [f"YSZS-2026-{n:04d}" for n in range(9, 0, -1)]
    last = clause_papers(platform, manager, "2.2.3", page=40, size=4).page
    assert (last.page, [row.instance_id for row in last.items]) == (3, cases[:1]), (
        "beyond the last page is the last one"
    )
    assert {row.procedure for row in last.items} == {"项目变更审批"}


def test_a_year_and_a_procedure_have_their_own(platform: Platform, cases: list[int], manager: Actor) -> None:
    issue(platform, cases[0], 1, 2)
    issue(platform, cases[0], 3, year=2025)
    found = clause_papers(platform, manager, "2.2.3", key="change_approval")
    assert (found.year, found.key, found.page.total) == (2026, "change_approval", 2)
    assert ("change_approval", "项目变更审批") in found.procedures
    assert clause_papers(platform, manager, "2.2.3", key="acceptance").key == "", "it does not carry out this clause"
    assert clause_papers(platform, manager, "2.3.1").page.items == []
    headings, lines = table(report(platform, manager))
    shown = {(line[headings.index("流程")], line[headings.index("本年文书（份）")]) for line in lines}
    assert shown == {("项目变更审批", 2), ("", 0)}


def test_statements_do_not_grow_with_the_documents(
    platform: Platform, cases: list[int], manager: Actor, statements: Callable[[], Any]
) -> None:
    def cost() -> tuple[int, int]:
        with statements() as tree:
            tracing(platform, manager)
        with statements() as papers:
            clause_papers(platform, manager, "2.2.3")
        return len(tree), len(papers)

    issue(platform, cases[0], 1)
    few = cost()
    for n, case in enumerate(cases):
        issue(platform, case, *range(10 + 5 * n, 15 + 5 * n))
    assert cost() == few
    assert few[1] <= few[0] + 4


def test_who_may_see_all_cases_may_see_them(
    platform: Platform, cases: list[int], person: Callable[[str], Actor], manager: Actor
) -> None:
    issue(platform, cases[0], 1)
    with pytest.raises(Forbidden):
        clause_papers(platform, person("chensiyuan"), "2.2.3")
    with pytest.raises(NotFound, match=r"没有第9\.9\.9条"):
        clause_papers(platform, manager, "9.9.9")
