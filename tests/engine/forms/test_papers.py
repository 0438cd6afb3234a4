"""Exam papers in forms: answers belong to the questions of the paper, marks to what each counts."""

from __future__ import annotations

import json
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from engine.errors import FormRefused, InvalidForm
from engine.forms import Form

LETTERS = [{"value": "A", "label": "甲"}, {"value": "B", "label": "乙"}, {"value": "C", "label": "丙"}]
PAPER = {
    "paper_id": 1,
    "questions": [
        {"no": 1, "kind": "single", "stem": "一", "options": LETTERS, "points": 2},
        {"no": 2, "kind": "multiple", "stem": "二", "options": LETTERS, "points": 3},
        {"no": 3, "kind": "judge", "stem": "三", "options": LETTERS[:2], "points": 1},
        {"no": 4, "kind": "short", "stem": "四", "options": [], "points": Decimal("4.5")},
    ],
}
OPEN = [{"no": 4, "stem": "四", "answer": "写了", "points": Decimal("4.5"), "hint": "示例"}]


def form(kind: str, variable: str | None, required: bool = False) -> Form:
    """A form with one component of this kind."""
    part = {"type": kind, "id": "P", "key": "answers", "label": "试卷", "properties": {"paper": variable}}
    if variable is None:
        del part["properties"]
    if required:
        part["validate"] = {"required": True}
    file = {"type": "default", "id": "f", "schemaVersion": 16, "components": [part]}
    return Form.parse(json.dumps(file).encode())


def answered(answers: Any, required: bool = False) -> Any:
    """What becomes of these answers."""
    found = form("exam", "paper", required).validate({"answers": answers}, context={"paper": PAPER})
    return found["answers"]


def test_answers_are_kept_by_number_and_blank_ones_are_left_out() -> None:
    given = {"1": "B", "2": ["C", "A", "C"], "3": None, "4": " 写\r\n两行 "}
    assert answered(given) == {"1": "B", "2": ["A", "C"], "4": "写\n两行"}
    assert answered({}) == {}
    assert answered(None) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"5": "A"}, {"1": "D"}, {"1": ["A"]}, {"2": "A"}, {"2": ["A", 1]}, {"3": "C"}, {"4": 1}, {"4": "字" * 4001},
        ["A"], "A", {"1": {"x": 1}},
    ],
)  # fmt: skip
def test_what_is_no_answer_to_the_paper_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidForm) as refused:
        answered(wrong)
    assert list(refused.value.errors) == ["answers"]


def test_a_required_paper_names_what_is_not_answered() -> None:
    with pytest.raises(InvalidForm) as refused:
        answered({"1": "A", "3": "B"}, required=True)
    assert refused.value.errors == {"answers": "第 2、4 题还没有作答"}


def test_the_browser_gets_the_paper_and_the_form_says_what_it_reads() -> None:
    one = form("exam", "paper")
    assert one.reads == {"paper"}
    assert one.opening({"paper": PAPER, "secret": 1})["paper"]["questions"][0]["stem"] == "一"
    assert "secret" not in one.opening({"paper": PAPER, "secret": 1})


def test_a_component_without_a_paper_is_refused_when_the_form_is_saved() -> None:
    for kind in ("exam", "marks"):
        with pytest.raises(FormRefused) as refused:
            form(kind, None)
        assert [finding.code for finding in refused.value.findings] == ["form.paper"]


def test_marks_lie_between_nothing_and_what_the_question_counts() -> None:
    marks = form("marks", "open")
    given = {"answers": {"4": Decimal("3.5")}}
    assert marks.validate(given, context={"open": OPEN})["answers"] == {"4": Decimal("3.5")}
    assert marks.validate({"answers": {}}, context={"open": []})["answers"] == {}
    for wrong in ({}, {"4": 5}, {"4": -1}, {"4": "x"}, {"4": Decimal("1.25")}, {"1": 1, "4": 1}):
        with pytest.raises(InvalidForm):
            marks.validate({"answers": wrong}, context={"open": OPEN})


def test_a_paper_is_read_in_a_line_and_filled_as_people_would() -> None:
    exam, marks = form("exam", "paper"), form("marks", "open")
    assert exam.present({"answers": {"1": "A"}}) == [("试卷", "已答 1 题")]
    assert marks.present({"answers": {"4": 3}}) == [("试卷", "第 4 题 3 分")]
    for seed in range(20):
        filled = exam.fill(Random(seed), context={"paper": PAPER})
        assert len(exam.validate(filled, context={"paper": PAPER})["answers"]) == 4
        assert marks.validate(marks.fill(Random(seed), context={"open": OPEN}), context={"open": OPEN})
