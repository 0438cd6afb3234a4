"""Documents as files: what they say, as DOCX and PDF, the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from docx import Document

from engine.documents import FORMATS, Content, docx, pdf

AT = datetime(2026, 11, 6, 16, 30, tzinfo=UTC)
SECTIONS = [
    {"heading": "一、结论", "text": "合格。*不是* #标记 $x$ <b>\n另起一段。"},
    {"heading": "二、得分", "table": [["项目", "得分"], ["功能", Decimal("95.50")], ["性能", None]]},
]


def content(**changes: object) -> Content:
    told = {"title": "项目验收证书", "number": "YSZS-2026-0001", "version": 1, "at": AT, "case": "YS-2026-0003"}
    return Content.of(**{**told, "sections": SECTIONS, **changes})  # type: ignore[arg-type]


def test_values_are_told_in_words() -> None:
    row = [True, None, date(2026, 3, 1), AT, Decimal("1E+2"), ["甲", "乙"], {"级别": "一般"}, "a\x00b\r\nc"]
    told = content(sections=[{"heading": "值", "table": [["x"] * len(row), row]}])
    words = ("是", "—", "2026-03-01", "2026-11-07 00:30", "100", "甲、乙", "级别：一般", "ab\nc")
    assert told.sections[0].table[1] == words
    assert told.day == "2026年11月7日"


def test_rows_may_be_mappings_and_short_rows_are_filled() -> None:
    told = content(sections=[{"heading": "", "table": [{"甲": 1, "乙": 2}, {"乙": 3}]}, {"table": [["a", "b"], ["c"]]}])
    assert told.sections[0].table == (("甲", "乙"), ("1", "2"), ("—", "3"))
    assert told.sections[1].table == (("a", "b"), ("c", "—"))


def test_a_section_without_text_or_table_is_refused() -> None:
    with pytest.raises(ValueError, match="text or a table"):
        content(sections=[{"heading": "空"}])


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_content_gives_the_same_bytes(form: str) -> None:
    assert FORMATS[form](content()) == FORMATS[form](content())
    assert FORMATS[form](content()) != FORMATS[form](content(number="YSZS-2026-0002"))


def test_a_docx_says_it_all_and_keeps_no_moment_of_writing() -> None:
    written = docx(content(version=2))
    paper = Document(io.BytesIO(written))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "项目验收证书" in text
    assert "YSZS-2026-0001　第 2 版　案件 YS-2026-0003" in text
    assert "合格。*不是* #标记 $x$ <b>" in text
    assert [[cell.text for cell in row.cells] for row in paper.tables[0].rows][1] == ["功能", "95.5"]
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_pdf_carries_its_chinese_font() -> None:
    written = pdf(content())
    assert written.startswith(b"%PDF-")
    assert b"NotoSerifSC" in written
    assert b"/ToUnicode" in written
    assert b"/FontFile3" in written
