"""流程库: procedures under the clauses that they carry out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from sqlalchemy import insert, update

from engine.boot import ROOT
from engine.commands import open_design, save_part, take_file_version, touch_design
from engine.models import Definition, Instance
from engine.parts import read_procedure
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries import library
from engine.queries.library import Catalogue, LibraryFilter, ProcedureRow
from tests.engine.queries.library.conftest import Publish
from tests.engine.queries.rows import KEY, Rows, at

Finder = Callable[[str], Actor]


def procedures(page: Catalogue) -> list[ProcedureRow]:
    """All that the page shows, each as often as it shows it."""
    clauses = [row for chapter in page.chapters for section in chapter.sections for row in section.clauses]
    return [*(found for row in clauses for found in row.procedures), *page.others]


def numbers(page: Catalogue) -> list[str]:
    """The clauses that the page shows."""
    return [row.clause.number for chapter in page.chapters for section in chapter.sections for row in section.clauses]


def test_a_procedure_stands_at_its_clause_with_version_author_and_time(
    platform: Platform, person: Finder, publish: Publish
) -> None:
    publish(by="hejing", note="增加部门意见", when=at(5))
    page = library.catalogue(platform, person("hejing"))
    (row,) = procedures(page)
    assert (row.key, row.name, row.prefix, row.clauses, row.state) == (KEY, "项目变更审批", "BG", ("2.2.3",), "live")
    assert row.published is not None
    assert (row.published.version, str(row.published.by), row.published.at, row.published.source) == (
        2,
        "何静（平台管理部）",
        at(5),
        "browser",
    )


def test_all_six_chapters_are_shown_and_clauses_without_a_procedure_too(platform: Platform, person: Finder) -> None:
    page = library.catalogue(platform, person("chensiyuan"))
    assert [chapter.number for chapter in page.chapters] == ["2", "3", "4", "5", "6", "7"]
    assert len(numbers(page)) == 47
    assert (page.clauses, page.covered, page.procedures, page.live) == (47, 1, 1, 1)
    assert [(c.total, c.covered) for c in page.chapters][:2] == [(7, 1), (9, 0)]


def test_numbers_of_cases_are_for_those_who_see_all_cases(platform: Platform, person: Finder, rows: Rows) -> None:
    rows.case()
    rows.case(ended=at(5))
    (seen,) = procedures(library.catalogue(platform, person("zhoulan")))
    assert seen.usage is not None
    assert (seen.usage.running, seen.usage.cases) == (1, 2)
    (hidden,) = procedures(library.catalogue(platform, person("chensiyuan")))
    assert hidden.usage is None


@pytest.mark.parametrize("q", ["变更", "BG", "change_app", "2.2.3", "变更论证", "项目 审批"])
def test_it_is_found_by_name_prefix_key_number_and_heading(platform: Platform, person: Finder, q: str) -> None:
    assert [row.key for row in procedures(library.catalogue(platform, person("hejing"), LibraryFilter(q=q)))] == [KEY]


def test_a_search_leaves_only_what_fits(platform: Platform, person: Finder) -> None:
    page = library.catalogue(platform, person("hejing"), LibraryFilter(q="演练"))
    assert numbers(page) == ["5.2.2", "5.3.2", "6.2.2"]
    assert procedures(page) == []
    nothing = library.catalogue(platform, person("hejing"), LibraryFilter(q="没有这样的词"))
    assert (nothing.chapters, nothing.others, nothing.found) == ((), (), 0)


def test_filters_by_state_and_chapter(platform: Platform, person: Finder) -> None:
    hejing = person("hejing")
    assert numbers(library.catalogue(platform, hejing, LibraryFilter(state="live"))) == ["2.2.3"]
    without = numbers(library.catalogue(platform, hejing, LibraryFilter(state="none")))
    assert len(without) == 46
    assert "2.2.3" not in without
    assert numbers(library.catalogue(platform, hejing, LibraryFilter(state="draft"))) == []
    assert {n[0] for n in numbers(library.catalogue(platform, hejing, LibraryFilter(chapter="5")))} == {"5"}


def test_a_procedure_of_several_clauses_stands_at_each_and_one_of_none_apart(
    platform: Platform, person: Finder, publish: Publish
) -> None:
    with platform.database.read() as session:
        xml = platform.deployments.live(session, KEY).bpmn_xml
    several = xml.replace(
        b'guicheng:prefix="BG" guicheng:clauses="2.2.3"', b'guicheng:prefix="BG" guicheng:clauses="3.3.3 6.3.1"'
    )
    publish("assessment", bpmn=several)
    publish("elsewhere", bpmn=several.replace(b"3.3.3 6.3.1", b"9.9.9"))
    page = library.catalogue(platform, person("hejing"))
    shown = procedures(page)
    assert [row.key for row in shown] == [KEY, "assessment", "assessment", "elsewhere"]
    assert [row.key for row in page.others] == ["elsewhere"]
    assert (page.procedures, page.covered) == (3, 3)


def test_an_open_draft_is_marked_for_designers_only(platform: Platform, person: Finder) -> None:
    hejing = person("hejing")
    open_design(platform, hejing, KEY)
    assert procedures(library.catalogue(platform, hejing))[0].design is None, "nothing differs yet"
    parts = read_procedure(ROOT, KEY)
    assert parts is not None
    save_part(platform, hejing, KEY, "form", "order", parts.forms["order"] + b"\n", 1)
    touch_design(platform, person("zhoulan"), KEY, "diagram:change_approval")
    design = procedures(library.catalogue(platform, hejing))[0].design
    assert design is not None
    assert (design.changed, design.base_version, str(design.updated_by)) == (1, 1, "何静（平台管理部）")
    assert [person.name for person in design.editors] == ["周岚"]
    page = library.catalogue(platform, hejing, LibraryFilter(state="draft"))
    assert (numbers(page), page.drafts) == (["2.2.3"], 1)
    assert procedures(library.catalogue(platform, person("chensiyuan")))[0].design is None


def test_news_in_the_files_are_marked_where_an_owner_has_published_since(
    platform: Platform, person: Finder, publish: Publish, tmp_path: Path
) -> None:
    hejing = person("hejing")

    def offered() -> bool:
        return procedures(library.catalogue(platform, hejing))[0].offered

    copytree(ROOT / "workflows" / KEY, tmp_path / "workflows" / KEY)
    copytree(ROOT / "forms" / KEY, tmp_path / "forms" / KEY)
    platform.checkout = tmp_path
    publish()
    assert not offered(), "the files are what version 1 was"
    form = tmp_path / "forms" / KEY / "order.json"
    form.write_bytes(form.read_bytes() + b"\n")
    assert offered()
    assert library.versions_page(platform, hejing, KEY).offered is not None
    assert library.versions_page(platform, person("chensiyuan"), KEY).offered is None
    take_file_version(platform, hejing, KEY)
    assert not offered()


def test_an_installation_without_procedures(platform: Platform, person: Finder) -> None:
    with platform.database.write() as session:
        session.execute(update(Definition).values(status="retired"))
    page = library.catalogue(platform, person("hejing"))
    assert (page.procedures, page.live, page.covered, len(numbers(page))) == (0, 0, 0, 47)


def test_it_costs_the_same_with_33_procedures_and_many_cases(
    platform: Platform, person: Finder, publish: Publish, rows: Rows, statements: Callable[[], Any]
) -> None:
    hejing = person("hejing")
    publish()
    library.catalogue(platform, hejing)
    with statements() as few:
        library.catalogue(platform, hejing)
    for n in range(32):
        publish(f"procedure_{n}")
    first = rows.case()
    with platform.database.write() as session:
        known = {c.name: c for c in Instance.__table__.columns}
        template = dict(session.execute(Instance.__table__.select().where(known["id"] == first)).one()._mapping)
        del template["id"]
        many = [{**template, "number": f"BG-2026-{n:05d}"} for n in range(10_000, 12_000)]
        session.execute(insert(Instance), many)
    library.catalogue(platform, hejing)
    with statements() as said:
        page = library.catalogue(platform, hejing)
    assert page.procedures == 33
    assert len(said) == len(few)
    assert len(said) <= 12


def test_the_first_look_reads_all_versions_at_once(
    platform: Platform, person: Finder, publish: Publish, statements: Callable[[], Any]
) -> None:
    for n in range(5):
        publish(f"procedure_{n}")
    with statements() as said:
        library.catalogue(platform, person("hejing"))
    assert sum("resource.deployment_id IN (" in text for text in said) == 1
