"""条款追溯: what the page, its report and its table say, whom they let in, how the address carries year and filter."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine.models import Document, Instance
from engine.platform import Platform
from tests.ui.conftest import Visitor


@pytest.fixture
def zhou(as_person: Callable[[str], Visitor]) -> Visitor:
    """周岚, who may see every case."""
    return as_person("zhoulan")


def said(page: str) -> str:
    main = page.split('<main id="main"', 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_a_clause_leads_to_procedures_steps_and_gaps(zhou: Visitor, as_person: Callable[[str], Visitor]) -> None:
    starter = as_person("chensiyuan")
    starter.get("/start/change_approval")
    starter.start(change_title="终端能离线用")
    page = zhou.text("/clauses?clause=2.2.3")
    text = said(page)
    for part in ("第2.2.3条 变更论证与审批", "项目变更审批", "必要性审查", "平台管理部", "发起 1 件", "缺证据"):
        assert part in text, part
    assert 'href="/procedures/change_approval"' in page
    assert "年没有这一条的证据" in text
    assert 'aria-current="page"' in page.split('class="g-card g-clauses"', 1)[1]


def test_the_filter_stays_in_every_address(zhou: Visitor) -> None:
    page = zhou.text("/clauses?show=missing")
    assert "2.2.3 变更论证与审批" in said(page)
    assert "/clauses?clause=2.2.3&amp;show=missing" in page
    assert "年度" in said(zhou.text("/clauses?show=nonsense&year=19x9"))


def test_a_clause_that_is_not_there_is_said_so(zhou: Visitor) -> None:
    answer = zhou.get("/clauses?clause=9.9.9")
    assert answer.status_code == 404
    assert "办法里没有第9.9.9条" in answer.get_data(as_text=True)


def test_all_documents_of_a_clause_are_listed(zhou: Visitor, platform: Platform) -> None:
    zhou.start()
    with platform.database.write() as session:
        case = session.scalars(select(Instance.id)).one()
        about = {"kind": "YSZS", "title": "验收证书", "state": "archived", "content": b"{}"}
        session.add_all(
            Document(instance_id=case, number=f"YSZS-2026-{n:04d}", created_at=platform.clock.now(), **about)
            for n in range(1, 23)
        )
    page = zhou.text("/clauses?clause=2.2.3")
    assert "全部文书 22 份" in said(page)
    [address] = set(re.findall(r'href="(/clauses/documents[^"]*key=change_approval[^"]*)"', page))
    listed = zhou.text(address.replace("&amp;", "&"))
    assert "YSZS-2026-0022" in listed
    assert "YSZS-2026-0002" not in listed
    [following] = set(re.findall(r'rel="next" href="([^"]+)"', listed))
    assert "YSZS-2026-0002" in zhou.text(following.replace("&amp;", "&"))
    assert "还没有" not in said(zhou.text("/clauses/documents?clause=2.3.1"))
    assert "2026 年没有这一条的文书" in said(zhou.text("/clauses/documents?clause=2.3.1"))


def test_the_report_has_every_clause_and_can_be_printed(zhou: Visitor) -> None:
    page = zhou.text("/clauses/report")
    assert "data-print" in page
    assert len(re.findall(r'class="g-report__clause"', page)) == 47


def test_the_table_is_a_spreadsheet(zhou: Visitor) -> None:
    answer = zhou.get("/clauses/report.xlsx")
    assert answer.status_code == 200
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert re.search(r"attachment; filename=clauses-\d{4}\.xlsx", answer.headers["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "变更论证与审批" in sheet


@pytest.mark.parametrize(
    "address", ["/clauses", "/clauses/documents?clause=2.2.3", "/clauses/report", "/clauses/report.xlsx"]
)
def test_staff_do_not_get_in_managers_and_audit_do(as_person: Callable[[str], Visitor], address: str) -> None:
    assert as_person("chensiyuan").get(address).status_code == 403
    assert "/clauses" not in as_person("chensiyuan").text("/")
    for account in ("gaozhendong", "guolimin", "jianghuaiyuan"):
        assert as_person(account).get(address).status_code == 200
