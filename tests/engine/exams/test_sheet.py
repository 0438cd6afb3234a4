"""Questions as XLSX: there and back, errors by row and column, and files that mean harm."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from engine.errors import InvalidFile
from engine.exams import Kind, Question
from engine.exams.sheet import COLUMNS, LARGEST, MOST_ROWS, read_sheet, template, write_sheet

BANK = [
    Question(
        code="0001",
        kind=Kind.SINGLE,
        stem="=1+1 是什么？",
        options=("一", "二"),
        right=(1,),
        points=Decimal("1.5"),
        tags=("算术", "入门"),
        explanation="=HYPERLINK 也只是文字",
    ),
    Question(code="0002", kind=Kind.MULTIPLE, stem="多选", options=("1", "2", "3"), right=(0, 2), difficulty=3),
    Question(code="0003", kind=Kind.JUDGE, stem="判断", options=("正确", "错误"), right=(1,), difficulty=1),
    Question(code="0004", kind=Kind.SHORT, stem="简答\n两行", sample="要点", points=Decimal(10)),
]


def sheet(*rows: dict[str, Any]) -> bytes:
    """A file with these rows."""
    book = Workbook()
    book.active.append(list(COLUMNS))
    for row in rows:
        book.active.append([row.get(column) for column in COLUMNS])
    held = BytesIO()
    book.save(held)
    return held.getvalue()


GOOD = {"题型": "单选", "题干": "问", "选项A": "甲", "选项B": "乙", "正确答案": "a"}


def test_a_bank_goes_into_a_file_and_comes_back_as_it_was() -> None:
    found = read_sheet(write_sheet(BANK))
    assert [question for _row, question in found.questions] == BANK
    assert found.errors == ()


def test_what_looks_like_a_formula_is_written_as_text() -> None:
    book = load_workbook(BytesIO(write_sheet(BANK)))
    assert [book.active[place].data_type for place in ("C2", "Q2")] == ["s", "s"]


def test_a_formula_in_a_file_is_its_text() -> None:
    found = read_sheet(sheet({**GOOD, "题干": "=SUM(A1:A9)"}))
    assert found.questions[0][1].stem == "=SUM(A1:A9)"


def test_the_template_can_be_imported_as_it_is() -> None:
    found = read_sheet(template())
    assert [question.kind for _row, question in found.questions] == list(Kind)
    assert found.errors == ()


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"题型": "填空题"}, "题型"),
        ({"题干": None}, "题干"),
        ({"选项B": None}, "选项A"),
        ({"选项B": "甲"}, "选项A"),
        ({"正确答案": "C"}, "正确答案"),
        ({"正确答案": "AB"}, "正确答案"),
        ({"正确答案": "?"}, "正确答案"),
        ({"题型": "多选题"}, "正确答案"),
        ({"题型": "判断题", "正确答案": "也许"}, "正确答案"),
        ({"题型": "简答题", "选项A": None, "选项B": None, "正确答案": None}, "参考答案"),
        ({"分值": "两分"}, "分值"),
        ({"分值": 0}, "分值"),
        ({"分值": 1.25}, "分值"),
        ({"难度": "很难"}, "难度"),
        ({"标签": "很长的标签" * 5}, "标签"),
        ({"编号": "a b"}, "编号"),
    ],
)
def test_an_error_names_row_and_column_and_leaves_the_other_rows_alone(changes: dict[str, Any], column: str) -> None:
    found = read_sheet(sheet({**GOOD, "题干": "第一题"}, {**GOOD, **changes}))
    assert [row for row, _question in found.questions] == [2]
    assert [(error.row, error.column) for error in found.errors] == [(3, column)]
    assert found.rows == 2


def test_the_same_question_twice_is_told() -> None:
    found = read_sheet(sheet(GOOD, {}, GOOD))
    assert [(error.row, error.message) for error in found.errors] == [(4, "与第 2 行的题干相同")]


# ------------------------------------------------------------ files that mean harm


def packed(**parts: bytes) -> bytes:
    """A zip with these parts; __ stands for a slash."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return held.getvalue()


def replaced(name: str, change: Any) -> bytes:
    """A good file with one part changed."""
    held = BytesIO()
    with ZipFile(BytesIO(sheet(GOOD))) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return held.getvalue()


BOMB = b"<x>" + b"0" * (70 * 1024 * 1024)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 nothing",
        b"\xd0\xcf\x11\xe0 an old .xls",
        b"x" * (LARGEST + 1),
        packed(hello=b"no workbook"),
        replaced("xl/worksheets/sheet1.xml", lambda _old: BOMB),
        replaced("xl/worksheets/sheet1.xml", lambda old: ENTITY + old.split(b"?>")[-1]),
        replaced("xl/worksheets/sheet1.xml", lambda old: old.decode().encode("utf-16")),
        replaced("xl/worksheets/sheet1.xml", lambda old: old[: len(old) // 2]),
        replaced("xl/workbook.xml", lambda _old: b"<nothing/>"),
        sheet(GOOD)[:-200],
    ],
    ids=["empty", "cut", "xls", "large", "zip", "bomb", "entity", "utf16", "half", "no book", "no directory"],
)
def test_a_file_that_is_none_or_means_harm_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(InvalidFile) as refused:
        read_sheet(content)
    assert str(refused.value)


def test_too_many_rows_and_missing_headings_are_refused() -> None:
    rows = [{**GOOD, "题干": f"第 {n} 题"} for n in range(MOST_ROWS + 1)]
    with pytest.raises(InvalidFile, match="一次最多导入"):
        read_sheet(sheet(*rows))
    book, held = Workbook(), BytesIO()
    book.active.append(["题型", "题干"])
    book.save(held)
    with pytest.raises(InvalidFile, match="第一行缺少这些列：正确答案"):
        read_sheet(held.getvalue())
