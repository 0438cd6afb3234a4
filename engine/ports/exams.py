"""Papers for assessments (第6.3.1条): drawn, graded, and their scores kept for the statistics of the bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from engine.errors import ExecutionError, InvalidForm
from engine.exams import (
    Blueprint,
    Paper,
    Shortage,
    draw,
    for_person,
    grade,
    kind_name,
    read_blueprint,
    read_paper,
    shortages,
)
from engine.exams.grading import chosen_letters
from engine.exams.question import number
from engine.i18n import _
from engine.jsondata import dump, load
from engine.models import ExamAnswer, ExamBlueprint, ExamPaper, ExamQuestion, Person
from engine.question_bank import enabled_questions


class Exams:
    """Draws and grades papers on behalf of one case."""

    def __init__(self, session: Session, instance_id: int | None, now: datetime) -> None:
        self._session = session
        self._instance_id = instance_id
        self._now = now

    def lacking(self, blueprint: str | Mapping[str, Any]) -> list[str]:
        """What keeps a paper from being drawn by this blueprint, in sentences: it does not exist, or of what the bank
        has too few questions. Empty when a paper can be drawn."""
        try:
            plan = self._blueprint(blueprint)
        except ExecutionError as error:
            return [str(error)]
        return [_short(one) for one in shortages(enabled_questions(self._session), plan)]

    def draw(self, blueprint: str | Mapping[str, Any], seed: int | str) -> dict[str, Any]:
        """A new paper by a blueprint (its code, or its rules): paper_id, title, minutes, points, partial, and questions
        [{no, kind, stem, options: [{value, label}], points}], in which nothing tells what is right. The same seed on
        the same bank gives the same questions (engine/exams/drawing.py). Raises ExecutionError for an unknown blueprint
        and when the bank has too few questions, saying of what."""
        plan = self._blueprint(blueprint)
        paper = drawn(enabled_questions(self._session), plan, str(seed))
        values = {
            "blueprint": plan.name,
            "seed": str(seed)[:200],
            "rules": dump(plan.rules()),
            "content": dump(paper.content()),
            "points": paper.points,
            "instance_id": self._instance_id,
            "drawn_at": self._now,
        }
        paper_id = self._session.scalars(insert(ExamPaper).values(**values).returning(ExamPaper.id)).one()
        return as_drawn(paper_id, plan, paper)

    def grade(self, paper_id: int, answers: Mapping[Any, Any] | None) -> dict[str, Any]:
        """The grading of a paper (engine/exams/grading.py): objective, objective_max, open [{no, stem, answer, points,
        hint}] for the examiner, open_max, answered, items. It is kept with the paper; grading again replaces it."""
        _row, paper = self._paper(paper_id)
        answers = answers if isinstance(answers, Mapping) else {}
        graded = grade(paper, answers)
        kept = {"items": graded["items"], "chosen": chosen_letters(paper, answers)}
        self._change(int(paper_id), graded=dump(kept))
        return graded

    def record_scores(self, paper_id: int, person: str, scores: Mapping[Any, Any] | None = None) -> dict[str, Any]:
        """The scores of a graded paper are final: they count for the statistics, under the account. `scores` are
        the points of questions by number, given by an examiner; the others keep what the grading gave. Recording again
        replaces. Returns total and points. Raises ExecutionError for an ungraded paper, an unknown account, a score
        that is none."""
        row, paper = self._paper(paper_id)
        if row.graded is None:
            raise ExecutionError(_("试卷 {id} 还没有判分，不能登记成绩。", id=row.id))
        person_id = self._session.scalar(select(Person.id).where(Person.account == person))
        if person_id is None:
            raise ExecutionError(_("没有账号“{account}”，不能登记成绩。", account=person))
        kept, given = load(row.graded), {str(no): value for no, value in (scores or {}).items()}
        answers, total = [], Decimal(0)
        for one, item in zip(paper.questions, kept["items"], strict=True):
            score = number(str(given.get(str(one.no), item["score"] if item["score"] is not None else 0)))
            if not (score.is_finite() and 0 <= score <= one.points):
                raise ExecutionError(_("第 {no} 题的得分须在 0 到 {n} 之间。", no=one.no, n=one.points))
            total += score
            where = {"paper_id": row.id, "no": one.no, "question_id": one.question.id}
            what = {"revision": one.question.revision, "chosen": kept["chosen"][str(one.no)]}
            answers.append({**where, **what, "permille": int(score * 1000 / one.points)})
        known = set(self._session.scalars(select(ExamQuestion.id)))
        self._session.execute(delete(ExamAnswer).where(ExamAnswer.paper_id == row.id))
        self._session.execute(insert(ExamAnswer), [answer for answer in answers if answer["question_id"] in known])
        self._change(row.id, person_id=person_id, permille=int(total * 1000 / paper.points))
        return {"total": total, "points": paper.points}

    def figures(self, papers: Iterable[int]) -> list[dict[str, Any]]:
        """How the questions of these papers were answered, the hardest first: code, kind, stem (today's), asked (so
        many papers), percent (of the points earned, whole). Papers without recorded scores count for nothing."""
        share = func.avg(ExamAnswer.permille)
        found = (
            select(ExamQuestion.code, ExamQuestion.kind, ExamQuestion.stem, func.count(), share)
            .join(ExamAnswer, ExamAnswer.question_id == ExamQuestion.id)
            .where(ExamAnswer.paper_id.in_([int(paper) for paper in papers]))
            .group_by(ExamQuestion.id, ExamQuestion.code, ExamQuestion.kind, ExamQuestion.stem)
            .order_by(share, ExamQuestion.code)
        )
        return [
            {"code": code, "kind": kind_name(kind), "stem": stem, "asked": asked, "percent": int(permille / 10)}
            for code, kind, stem, asked, permille in self._session.execute(found)
        ]

    def _blueprint(self, blueprint: str | Mapping[str, Any]) -> Blueprint:
        if isinstance(blueprint, Mapping):
            return plan_of(blueprint)
        found = select(ExamBlueprint.rules, ExamBlueprint.name).where(ExamBlueprint.code == blueprint)
        row = self._session.execute(found).one_or_none()
        if row is None:
            raise ExecutionError(_("没有组卷方案“{code}”。请培训管理员在题库里建立，再重试。", code=blueprint))
        return plan_of(load(row.rules))

    def _paper(self, paper_id: int) -> tuple[ExamPaper, Paper]:
        row = self._session.get(ExamPaper, int(paper_id))
        if row is None:
            raise ExecutionError(_("没有试卷 {id}。", id=paper_id))
        self._session.refresh(row)
        return row, read_paper(load(row.content))

    def _change(self, paper_id: int, **values: Any) -> None:
        changed = update(ExamPaper).where(ExamPaper.id == paper_id).values(**values)
        self._session.execute(changed.execution_options(synchronize_session=False))


def plan_of(rules: Mapping[str, Any]) -> Blueprint:
    """The blueprint of a diagram or of the bank; ExecutionError says what is wrong with it."""
    try:
        return read_blueprint(rules, _("考试"))
    except InvalidForm as error:
        raise ExecutionError(_("组卷方案有误：{list}", list="；".join(error.errors.values()))) from error


def drawn(bank: Any, plan: Blueprint, seed: str) -> Paper:
    """A paper; ExecutionError says which questions are lacking."""
    paper = draw(bank, plan, seed)
    if isinstance(paper, Paper):
        return paper
    lacking = "；".join(map(_short, paper))
    raise ExecutionError(
        _(
            "题库不够组成“{name}”：{lacking}。请培训管理员补充题目或修改组卷方案，再重试。",
            name=plan.name,
            lacking=lacking,
        )
    )


def _short(short: Shortage) -> str:
    return _(
        "{kind}{tags}需要 {wanted} 道，题库里可用 {found} 道",
        kind=kind_name(short.part.kind),
        tags=f"（{'、'.join(short.part.tags)}）" if short.part.tags else "",
        wanted=short.wanted,
        found=short.found,
    )


def as_drawn(paper_id: int, plan: Blueprint, paper: Paper) -> dict[str, Any]:
    """What `draw` answers."""
    return {
        "paper_id": paper_id,
        "title": plan.name,
        "minutes": plan.minutes,
        "points": paper.points,
        "questions": for_person(paper),
    }
