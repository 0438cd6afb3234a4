"""XLSX as spreadsheet programs read it: well-formed parts, texts as texts, numbers as numbers."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from engine.xlsx import workbook

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def read(content: bytes) -> list[list[tuple[str, str]]]:
    """(place, text) of every cell by row; numbers keep a `#` before them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [
        [
            (cell.get("r", ""), cell.findtext("m:is/m:t", None, _NS) or f"#{cell.findtext('m:v', '', _NS)}")
            for cell in row.findall("m:c", _NS)
        ]
        for row in sheet.findall("m:sheetData/m:row", _NS)
    ]


def test_cells_are_where_they_belong() -> None:
    found = read(workbook("表/一", ["条款", "件数"], [["2.2.3", 17], ["<&>", 0]], [10, 8]))
    assert found == [
        [("A1", "条款"), ("B1", "件数")],
        [("A2", "2.2.3"), ("B2", "#17")],
        [("A3", "<&>"), ("B3", "#0")],
    ]


def test_a_text_is_never_a_formula_and_control_characters_are_left_out() -> None:
    content = workbook("t", ["a"], [["=1+1"], ["x\x00\x1b\nz"]], [5])
    assert [row[0][1] for row in read(content)] == ["a", "=1+1", "x\nz"]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_columns_go_on_after_z() -> None:
    found = read(workbook("t", [str(n) for n in range(28)], [], [5] * 28))
    assert [place for place, _text in found[0]][24:] == ["Y1", "Z1", "AA1", "AB1"]


def test_the_same_table_gives_the_same_file() -> None:
    assert workbook("t", ["a"], [[1]], [5]) == workbook("t", ["a"], [[1]], [5])
