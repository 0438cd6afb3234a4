"""The ports of exams and training in a try-out: sample questions, the real grading, an archive that only tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.errors import ExecutionError
from engine.exams import Blueprint, Kind, Paper, Part, Question, draw, grade
from engine.exams.question import JUDGE_OPTIONS
from engine.i18n import _
from engine.ports.exams import as_drawn, plan_of
from engine.ports.training import entry
from engine.tryout.effects import Effect
from engine.tryout.world import World, name_of

_EACH = (Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE, Kind.SHORT)
_PARTS = tuple(Part(kind, 2 if kind != Kind.SHORT else 1, Decimal(10)) for kind in _EACH)
"""What a blueprint of the bank is taken for: a try-out does not look into the bank."""


class Exams:
    """The exams port: papers live in this run only."""

    def __init__(self, told: list[Effect]) -> None:
        self._told = told
        self._papers: list[Paper] = []

    def lacking(self, blueprint: str | Mapping[str, Any]) -> list[str]:
        """Nothing: sample questions never run out."""
        del blueprint
        return []

    def draw(self, blueprint: str | Mapping[str, Any], seed: int | str) -> dict[str, Any]:
        """As the real port, of sample questions."""
        plan = replace(
            plan_of(blueprint) if isinstance(blueprint, Mapping) else Blueprint(_("考试"), _PARTS), shuffle=False
        )
        paper = draw(_samples(plan), plan, str(seed))
        assert isinstance(paper, Paper)
        self._papers.append(paper)
        self._told.append(Effect(_("组成一份试卷"), _("{n} 道题，共 {m} 分", n=plan.count, m=paper.points)))
        return as_drawn(len(self._papers), plan, paper)

    def grade(self, paper_id: int, answers: Mapping[Any, Any] | None) -> dict[str, Any]:
        """As the real port."""
        return grade(self._paper(paper_id), answers or {})

    def record_scores(self, paper_id: int, person: str, scores: Mapping[Any, Any] | None = None) -> dict[str, Any]:
        """Tells that scores would be kept."""
        paper = self._paper(paper_id)
        self._told.append(Effect(_("登记 {who} 的成绩", who=person)))
        return {"total": Decimal(0), "points": paper.points}

    def figures(self, papers: Iterable[int]) -> list[dict[str, Any]]:
        """None: a try-out keeps no scores."""
        del papers
        return []

    def _paper(self, paper_id: int) -> Paper:
        if not 0 < int(paper_id) <= len(self._papers):
            raise ExecutionError(_("没有试卷 {id}。", id=paper_id))
        return self._papers[int(paper_id) - 1]


class Training:
    """The training port: remembers what would be written."""

    def __init__(self, world: World, told: list[Effect], now: datetime) -> None:
        self._world = world
        self._told = told
        self._now = now

    def record(
        self, person: str, kind: str, title: str, result: str, score: Any = None, hours: Any = None, date: Any = None
    ) -> None:
        """As the real port."""
        if self._world.person(person) is None:
            raise ExecutionError(_("没有账号“{account}”，不能记入培训档案。", account=person))
        values = entry(kind, title, result, score, hours, date, self._now)
        text = _("记入 {who} 的培训档案", who=name_of(self._world, person))
        self._told.append(Effect(text, f"{values['title']}：{values['result']}"))


def _samples(plan: Blueprint) -> list[Question]:
    """As many sample questions as the blueprint asks for. A is right; of multiple choice A and B."""
    found = []
    for place, part in enumerate(plan.parts):
        for n in range(part.count):
            right = {Kind.SINGLE: (0,), Kind.MULTIPLE: (0, 1), Kind.JUDGE: (0,), Kind.SHORT: ()}[part.kind]
            options = {Kind.JUDGE: JUDGE_OPTIONS, Kind.SHORT: ()}.get(
                part.kind, tuple(_("选项 {n}", n=place) for place in (1, 2, 3))
            )
            found.append(
                Question(
                    code=f"S{place:02}{n:03}",
                    kind=part.kind,
                    stem=_("示例题目 {n}", n=n + 1),
                    options=options,
                    right=right,
                    sample=_("示例答案"),
                    points=part.points or Decimal(1),
                    difficulty=part.difficulty[0] if part.difficulty else 2,
                    tags=part.tags[:1],
                )
            )
    return found
