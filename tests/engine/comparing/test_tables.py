"""Two decision tables, cell by cell."""

from __future__ import annotations

from pathlib import Path

from engine.boot import ROOT
from engine.comparing import Detail, Kind, Sheet
from engine.comparing.tables import compare_decisions

GRADE = (Path(ROOT) / "workflows" / "change_approval" / "grade.dmn").read_text(encoding="utf-8")


def compared(after: str, before: str = GRADE) -> Sheet:
    found = compare_decisions("grade", before.encode(), after.encode())
    assert len(found) == 1
    return found[0]


def rule(id: str) -> str:
    begin = GRADE.index(f'<rule id="{id}"')
    return GRADE[begin : GRADE.index("</rule>", begin) + len("</rule>")]


def kinds(found: Sheet) -> dict[str, Kind]:
    return {row.id: row.kind for row in found.rows if row.touched}


def test_a_changed_cell_is_told_with_both_texts() -> None:
    found = compared(GRADE.replace("<text>&gt;= 10</text>", "<text>&gt;= 12</text>"))
    assert kinds(found) == {"grade_major_cost": Kind.CHANGED}
    assert found.rows[0].cells[0] == (">= 10", ">= 12")
    assert found.count == 1


def test_a_rule_that_went_away() -> None:
    assert kinds(compared(GRADE.replace(rule("grade_major_days"), ""))) == {"grade_major_days": Kind.REMOVED}


def test_a_rule_with_a_new_id_is_known_by_its_content() -> None:
    renamed = GRADE.replace('"grade_major_days', '"fresh')
    found = compare_decisions("grade", GRADE.encode(), renamed.encode())
    assert "没有变化" in found[0].note


def test_rules_that_changed_places() -> None:
    first, second = rule("grade_major_cost"), rule("grade_major_days")
    swapped = GRADE.replace(first, "@").replace(second, first).replace("@", second)
    found = compared(swapped)
    assert list(kinds(found).values()) == [Kind.MOVED]


def test_another_hit_policy_and_name() -> None:
    found = compared(
        GRADE.replace('hitPolicy="FIRST"', 'hitPolicy="UNIQUE"').replace(
            '<decision id="grade" name="变更定级"', '<decision id="grade" name="定级"'
        )
    )
    assert found.details == (
        Detail("名称", "变更定级", "定级"),
        Detail("命中方式", "首个：取第一条符合的规则", "唯一：最多一条规则符合"),
    )


def test_a_changed_and_a_new_column() -> None:
    column = '<input id="fresh" label="紧急"><inputExpression><text>urgency</text></inputExpression></input><output'
    found = compared(
        GRADE.replace("<text>abs(schedule_change)</text>", "<text>schedule_change</text>").replace("<output", column, 1)
    )
    assert [(one.label, one.kind) for one in found.columns if one.kind is not Kind.SAME] == [
        ("工期影响（天）", Kind.CHANGED),
        ("紧急", Kind.ADDED),
    ]
    assert found.columns[1].details == (Detail("输入", "abs(schedule_change)", "schedule_change"),)


def test_a_column_that_went_away_keeps_its_place() -> None:
    begin = GRADE.index('<input id="grade_in_days"')
    stop = GRADE.index("</input>", begin) + len("</input>")
    found = compared(GRADE[:begin] + GRADE[stop:])
    assert [column.kind for column in found.columns[:3]] == [Kind.SAME, Kind.REMOVED, Kind.SAME]


def test_a_new_file_shows_its_rules() -> None:
    found = compare_decisions("grade", None, GRADE.encode())
    assert found[0].kind is Kind.ADDED
    assert all(row.kind is Kind.ADDED for row in found[0].rows)
    assert found[0].count == 1


def test_a_torn_file_is_said() -> None:
    assert "不能读取" in compare_decisions("grade", GRADE.encode(), b"<torn")[0].note
