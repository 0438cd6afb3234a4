"""Exam papers in forms: `exam` asks the questions of a paper in a variable, `marks` asks an examiner for points.

`properties.paper` names the variable: for `exam` what `context.exams.draw` answered (or its questions), for `marks` the
list `open` that `context.exams.grade` answered. The values are mappings by the number of the question, as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from typing import Any

from marshmallow import ValidationError, missing

from engine.errors import Finding
from engine.forms.inputs import Given, Input
from engine.forms.values import decimal_of, number_text, places, plain
from engine.i18n import _

PAPERS = frozenset({"exam", "marks"})
LONGEST = 4000
"""Characters of a short answer."""

_NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]{0,59}")


def paper_name(component: Mapping[str, Any]) -> str | Finding | None:
    """The variable that holds the paper; None for a component that shows none."""
    if component.get("type") not in PAPERS:
        return None
    custom = component.get("properties")
    name = custom.get("paper") if isinstance(custom, dict) else None
    if isinstance(name, str) and _NAME.fullmatch(name):
        return name
    message = _("试卷组件须写明试卷在哪个变量里（properties.paper）")
    return Finding("house", "form.paper", str(component.get("id", ""))[:80], "", message)


def questions_of(paper: Any) -> list[Mapping[str, Any]]:
    """The questions of a paper, or of a list of them; none when it is neither."""
    rows = paper.get("questions") if isinstance(paper, Mapping) else paper
    return [row for row in rows if isinstance(row, Mapping) and "no" in row] if isinstance(rows, list | tuple) else []


class _ByNumber(Input):
    """A mapping from the numbers of questions."""

    empty = ()

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        found = super().deserialize(value, attr, data, **kwargs)
        return {} if found == () else found

    def is_empty(self, raw: Any) -> bool:
        return raw is missing or raw is None or raw == {} or raw == "" or raw == []

    def rows(self, raw: Any, given: Given) -> dict[str, Mapping[str, Any]]:
        """The questions by number; refuses what is no mapping and numbers that the paper does not have."""
        found = {str(row["no"]): row for row in questions_of(given.paper)}
        if not isinstance(raw, Mapping) or any(str(no) not in found for no in raw):
            raise ValidationError(_("{label}与试卷的题号对不上，请刷新页面后重试", label=self.spec.label))
        return found


class ExamInput(_ByNumber):
    """exam: answers by number: a letter, several letters (multiple), a text (short). Unanswered ones are left out."""

    def read(self, raw: Any, given: Given) -> dict[str, Any]:
        rows = self.rows(raw, given)
        answers = {str(no): self._answer(rows[str(no)], answer) for no, answer in raw.items()}
        return {no: answers[no] for no in rows if answers.get(no)}

    def check(self, value: dict[str, Any], given: Given) -> None:
        lacking = [no for no in (str(row["no"]) for row in questions_of(given.paper)) if no not in value]
        if self.spec.required and lacking:
            raise ValidationError(_("第 {list} 题还没有作答", list="、".join(lacking[:20])))

    def _answer(self, row: Mapping[str, Any], answer: Any) -> Any:
        wrong = ValidationError(_("第 {no} 题的答案不在选项里，请重新作答", no=row["no"]))
        if answer is None or answer == "" or answer == []:
            return None
        if row.get("kind") == "short":
            if not isinstance(answer, str):
                raise wrong
            if len(answer) > LONGEST:
                raise ValidationError(_("第 {no} 题的回答最多 {n} 字", no=row["no"], n=LONGEST))
            return "".join(c for c in answer.replace("\r\n", "\n") if c in "\n\t" or c.isprintable()).strip()
        letters = {str(option["value"]) for option in row.get("options") or ()}
        if row.get("kind") == "multiple":
            if not isinstance(answer, list) or not all(isinstance(one, str) and one in letters for one in answer):
                raise wrong
            return sorted(set(answer))
        if not isinstance(answer, str) or answer not in letters:
            raise wrong
        return answer


class MarksInput(_ByNumber):
    """marks: points by number, from 0 to what the question counts, at most one decimal; none is left out."""

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        if value is not missing and not questions_of(value.paper):
            return {}  # nobody wrote a short answer: nothing to mark
        return super().deserialize(value, attr, data, **kwargs)

    def is_empty(self, raw: Any) -> bool:
        return False

    def read(self, raw: Any, given: Given) -> dict[str, Any]:
        raw = {} if super().is_empty(raw) else raw
        rows, marks = self.rows(raw, given), {}
        for no, row in rows.items():
            most, mark = decimal_of(row.get("points")), decimal_of(raw.get(no, raw.get(row["no"])))
            if mark is None:
                raise ValidationError(_("第 {no} 题还没有给分", no=no))
            if most is None or not 0 <= mark <= most or places(mark) > 1:
                raise ValidationError(
                    _("第 {no} 题的得分须在 0 到 {n} 之间，最多一位小数", no=no, n=number_text(most) if most else 0)
                )
            marks[no] = mark
        return marks


def sample_paper(rng: Random, kind: str, paper: Any) -> dict[str, Any]:
    """Answers or marks as somebody might give them."""
    found: dict[str, Any] = {}
    for row in questions_of(paper):
        letters = [str(option["value"]) for option in row.get("options") or ()]
        if kind == "marks":
            found[str(row["no"])] = int(decimal_of(row.get("points")) or 0) * rng.randint(5, 10) // 10
        elif row.get("kind") == "multiple":
            found[str(row["no"])] = sorted(rng.sample(letters, rng.randint(2, len(letters))))
        else:
            found[str(row["no"])] = rng.choice(letters) if letters else _("按规定的程序办理，并留下记录。")
    return found


def say_paper(kind: str, value: Any) -> str:
    """Answers or marks in a line."""
    if not isinstance(value, Mapping):
        return ""
    if kind == "marks":
        return "；".join(_("第 {no} 题 {n} 分", no=no, n=plain(mark)) for no, mark in value.items())
    return _("已答 {n} 题", n=len(value))
