"""Two forms, field by field."""

from __future__ import annotations

import json
from typing import Any

from engine.comparing import Detail, Kind, Sheet
from engine.comparing.forms import compare_form


def field(key: str, **more: Any) -> dict[str, Any]:
    return {"type": "textfield", "key": key, "label": key.upper(), "id": f"F_{key}", **more}


def sheet(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Sheet:
    old, new = ({"id": "f", "type": "default", "components": one} for one in (before, after))
    found = compare_form("approve", json.dumps(old).encode(), json.dumps(new).encode())
    assert found is not None
    return found


def kinds(found: Sheet) -> dict[str, Kind]:
    return {row.title: row.kind for row in found.rows if row.touched}


def test_added_and_removed_stand_where_they_belong() -> None:
    found = sheet([field("a"), field("b"), field("c")], [field("a"), field("n"), field("c")])
    assert [(row.title, row.kind) for row in found.rows] == [
        ("A", Kind.SAME),
        ("B", Kind.REMOVED),
        ("N", Kind.ADDED),
        ("C", Kind.SAME),
    ]


def test_a_field_that_went_up_is_the_only_one_moved() -> None:
    found = sheet([field("a"), field("b"), field("c")], [field("c"), field("a"), field("b")])
    assert kinds(found) == {"C": Kind.MOVED}


def test_into_a_group_is_moved() -> None:
    box = {"type": "group", "id": "G", "label": "风险", "path": "risk"}
    found = sheet([field("a"), {**box, "components": []}], [{**box, "components": [field("a")]}])
    assert kinds(found) == {"A": Kind.MOVED}
    assert found.rows[-1].depth == 1


def test_every_property_in_words() -> None:
    found = sheet(
        [field("a", validate={"required": True, "maxLength": 20}, description="旧")],
        [
            field(
                "a",
                label="新标题",
                type="number",
                validate={"min": 1},
                description="新",
                appearance={"suffixAdorner": "万元"},
                conditional={"hide": "=b"},
                defaultValue=5,
                readonly=True,
            )
        ],
    )
    assert found.rows[0].details == (
        Detail("标题", "A", "新标题"),
        Detail("类型", "单行文字", "数字"),
        Detail("说明", "旧", "新"),
        Detail("最小", "", "1"),
        Detail("单位", "", "万元"),
        Detail("默认值", "", "5"),
        Detail("何时隐藏", "", "=b"),
        Detail("只读", "", "是"),
        Detail("必填", "是", ""),
        Detail("最多字数", "20", ""),
    )


def test_options_are_told_by_label_and_value() -> None:
    one, other = {"label": "同意", "value": "yes"}, {"label": "不同意", "value": "不同意"}
    found = sheet([field("a", type="radio", values=[one])], [field("a", type="radio", values=[one, other])])
    assert found.rows[0].details == (Detail("选项", "同意（yes）", "同意（yes）、不同意"),)


def test_a_field_with_a_new_id_is_known_by_its_name() -> None:
    found = sheet([field("a", id="old")], [field("a", id="new", label="改名")])
    assert kinds(found) == {"改名": Kind.CHANGED}


def test_a_field_with_a_new_name_is_known_by_its_id() -> None:
    found = sheet([field("a")], [{**field("a"), "key": "amount"}])
    assert found.rows[0].details == (Detail("字段名", "a", "amount"),)


def test_cells_show_both_sides() -> None:
    found = sheet([field("a")], [field("a", validate={"required": True, "maxLength": 9})])
    assert [column.label for column in found.columns] == ["字段", "字段名", "类型", "必填", "限制和选项", "何时隐藏"]
    assert found.rows[0].cells[3] == ("", "是")
    assert found.rows[0].cells[4] == ("", "最多字数 9")


def test_another_spelling_is_no_difference() -> None:
    found = compare_form("a", b'{"components": []}', b'{ "components":[] }')
    assert found is not None
    assert "书写格式" in found.note
    assert found.count == 1


def test_a_torn_form_is_said() -> None:
    found = compare_form("a", b"{}", b"{")
    assert found is not None
    assert "不能读取" in found.note
