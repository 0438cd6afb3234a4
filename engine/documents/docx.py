"""A document as DOCX, in the manner of Chinese offices; fonts by name, since every word processor has a 宋体."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from engine.documents.content import Content, Section

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the format's own moments have no zone
_ZIPPED = (1980, 1, 1, 0, 0, 0)


def docx(content: Content) -> bytes:
    """The same content always gives the same bytes: no moment of writing is left in it."""
    paper = Document()
    _style(paper)
    properties = paper.core_properties
    properties.title, properties.author, properties.comments = content.title, "", ""
    properties.subject, properties.identifier = content.case, content.number
    properties.created = properties.modified = _EPOCH
    head = paper.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(head, content.title, 20, "黑体", bold=True)
    mark = paper.add_paragraph()
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(mark, _line(content), 10.5, "宋体")
    for section in content.sections:
        _section(paper, section)
    end = paper.add_paragraph()
    end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(end, content.day, 12, "宋体")
    written = io.BytesIO()
    paper.save(written)
    return _without_times(written.getvalue())


def _line(content: Content) -> str:
    version = f"第 {content.version} 版" if content.version > 1 else ""
    return "　".join(part for part in (content.number, version, f"案件 {content.case}") if part)


def _style(paper: Any) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.6)
    page.top_margin = page.bottom_margin = Cm(2.8)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def _section(paper: Any, section: Section) -> None:
    if section.heading:
        _write(paper.add_paragraph(), section.heading, 14, "黑体", bold=True)
    for line in section.text.split("\n") if section.text else ():
        _write(paper.add_paragraph(), line, 12, "宋体")
    if section.table:
        table = paper.add_table(len(section.table), len(section.table[0]), style="Table Grid")
        for written, row in zip(table.rows, section.table, strict=True):
            for cell, text in zip(written.cells, row, strict=True):
                _write(cell.paragraphs[0], text, 10.5, "宋体", bold=row is section.table[0])
        paper.add_paragraph()


def _write(paragraph: Any, text: str, size: float, font: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _without_times(archive: bytes) -> bytes:
    """The archive again, every entry dated the same."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIPPED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return written.getvalue()
