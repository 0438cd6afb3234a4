"""Cells of a decision table as people read them."""

from __future__ import annotations

from typing import Any

import pytest

from engine.feel.dmn import answer_text, condition_text, label_text, parse_decisions, value_text
from tests.engine.feel.dmn.building import GRADE


@pytest.mark.parametrize(
    ("cell", "label", "words"),
    [
        ("-", "等级", ""),
        ('"重大"', "等级", "重大"),
        ('"较大","重大"', "等级", "较大 或 重大"),
        ('not("一般")', "等级", "除 一般 外"),
        (">= 10", "费用占比（%）", "≥ 10%"),
        ("< 60", "工期影响（天）", "< 60 天"),
        ("[5..10)", "费用占比（%）", "≥ 5% 且 < 10%"),
        ("(5..10]", "人数", "> 5 且 ≤ 10"),
        ("-5", "费用", "-5"),
        ("true", "涉密", "是"),
        ("null", "合同额", "（空）"),
        ('""', "备注", "（空）"),
    ],
)
def test_what_a_cell_asks(cell: str, label: str, words: str) -> None:
    assert condition_text(cell, label) == words


@pytest.mark.parametrize("cell", ["count(?) > 3", "amount * 2", "> limits.cost", ">=", '"unfinished'])
def test_what_has_no_words_stays_as_it_is_written(cell: str) -> None:
    assert condition_text(cell, "x") == cell
    assert value_text(cell, "x") == cell


@pytest.mark.parametrize(
    ("cell", "label", "words"),
    [
        ('"批准"', "结论", "批准"),
        ("3", "时限（个工作日）", "3 个工作日"),
        ("false", "复核", "否"),
        ("x + 1", "n", "x + 1"),
    ],
)
def test_what_a_cell_answers(cell: str, label: str, words: str) -> None:
    assert value_text(cell, label) == words


def test_a_column_is_named_without_the_unit_that_its_cells_carry() -> None:
    assert label_text("费用占比（%）") == "费用占比"
    assert label_text("变更等级") == "变更等级"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"level": "重大", "days": None}, "level = 重大，days = （空）"),
        ({"level": True, "days": 3}, "level = 是，days = 3"),
        ([{"level": "一般"}, {"level": None}], "level = 一般；level = （空）"),
        (["甲", "乙"], "甲、乙"),
        (None, "（空）"),
        (False, "否"),
    ],
)
def test_what_a_table_answered(value: Any, words: str) -> None:
    assert answer_text(value) == words


def test_an_answer_speaks_by_the_labels_of_its_columns() -> None:
    labelled = GRADE.replace(b'name="days"', 'name="days" label="工期（天）"'.encode())
    decision = parse_decisions(labelled)["grade"]
    assert answer_text({"level": "重大", "days": 3}, decision) == "level = 重大，工期 = 3 天"
