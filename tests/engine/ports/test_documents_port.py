"""Documents that a case issues: numbers without gaps, versions, files, what is in force, who may read them."""

from __future__ import annotations

from typing import Any

import pytest

from engine.casework import logbook
from engine.errors import NotFound
from engine.files import path_of
from engine.models import DocumentFile, Instance
from engine.platform import Platform
from engine.ports import HandlerContext
from engine.queries.cases import case_page
from engine.queries.documents import document_content
from tests.fixtures.story import Case, Story

TEXT = [{"heading": "结论", "text": "合格"}]


def context_of(story: Story, session: Any, case: Case) -> HandlerContext:
    instance = session.get_one(Instance, case.id)
    files_dir = story.platform.files_dir
    return HandlerContext.for_case(session, instance, story.person("hejing"), story.clock.now(), files_dir)


def issue(story: Story, case: Case, kind: str = "YSZS", sections: Any = TEXT, **how: Any) -> dict[str, Any]:
    with story.platform.database.write() as session:
        found: dict[str, Any] = context_of(story, session, case).documents.issue(kind, "验收证书", sections, **how)
    return found


def in_force(story: Story, case: Case, kind: str) -> Any:
    with story.platform.database.read() as session:
        return context_of(story, session, case).documents.in_force(kind)


def test_numbers_count_per_kind_and_leave_no_gap(story: Story) -> None:
    case = story.start()
    first = issue(story, case)
    with pytest.raises(ValueError, match="text or a table"):  # after its number was drawn
        issue(story, case, sections=[{"heading": "空"}])
    second, other = issue(story, case), issue(story, case, "JFQD")
    assert [one["number"] for one in (first, second, other)] == ["YSZS-2026-0001", "YSZS-2026-0002", "JFQD-2026-0001"]
    assert issue(story, case, number=False)["number"] is None


def test_a_document_has_a_file_in_each_format(story: Story) -> None:
    case = story.start()
    files = issue(story, case)["files"]
    assert [(one["format"], one["name"]) for one in files] == [
        ("docx", "YSZS-2026-0001 验收证书.docx"),
        ("pdf", "YSZS-2026-0001 验收证书.pdf"),
    ]
    with story.platform.database.read() as session:
        row = session.get_one(DocumentFile, (files[1]["document"], "pdf"))
        kept = path_of(story.platform.files_dir, row.sha256)
    assert kept.read_bytes().startswith(b"%PDF-")
    assert kept.stat().st_size == files[1]["size"]


def test_what_is_put_in_force_supersedes_the_former_version(story: Story) -> None:
    case = story.start()
    assert in_force(story, case, "YJYA") is None
    issue(story, case, "YJYA", state="in_force")
    later = issue(story, case, "YJYA", state="in_force")
    assert later["version"] == 2
    now = in_force(story, case, "YJYA")
    assert (now["number"], now["version"], now["title"]) == ("YJYA-2026-0002", 2, "验收证书")
    page = case_page(story.platform, story.person("hejing"), case.id)
    assert [(one.version, one.state) for one in page.documents] == [(2, "in_force"), (1, "superseded")]


@pytest.mark.parametrize("wrong", [{"kind": "验收"}, {"formats": ("odt",)}, {"state": "superseded"}])
def test_what_no_document_can_be_is_refused(story: Story, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"kind of document|unknown format"):
        issue(story, story.start(), **wrong)


def test_whoever_may_see_the_case_may_read_its_documents(story: Story, platform: Platform) -> None:
    case = story.start()
    number = issue(story, case)["id"]
    assert document_content(platform, story.person("hejing"), number, "pdf").media_type == "application/pdf"
    for reader, form in (("qiancheng", "pdf"), ("hejing", "odt")):
        with pytest.raises(NotFound):
            document_content(platform, story.person(reader), number, form)


def test_papers_name_people_with_their_department(story: Story) -> None:
    case = story.start()
    with story.platform.database.read() as session:
        people = context_of(story, session, case).people
        assert people.named(["qiancheng", "hejing", "gone"]) == ["钱程（华信科技）", "何静（平台管理部）", "gone"]


def test_the_timeline_tells_of_a_document_after_the_step_that_issued_it(story: Story, platform: Platform) -> None:
    case = story.start()
    with platform.database.write() as session:
        noted: list[Any] = []
        instance = session.get_one(Instance, case.id)
        context = HandlerContext.for_case(
            session, instance, None, story.clock.now(), platform.files_dir, lambda *entry: noted.append(entry)
        )
        context.documents.issue("YSZS", "验收证书", TEXT)
        for kind, told in noted:
            logbook.note(session, case.id, None, story.clock.now(), kind, told)
    steps = case_page(platform, story.person("hejing"), case.id).timeline
    issued = next(step for step in steps if step.name == "签发文书")
    assert issued.detail == "YSZS-2026-0001《验收证书》"
    assert [step.kind for step in steps].index("event") < [step.kind for step in steps].index("start")
