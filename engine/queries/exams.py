"""The question bank as its administrator sees it: the list, a question with its figures, blueprints."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.exams import Blueprint, Question, Shortage, read_blueprint, read_question, shortages
from engine.exams.sheet import write_sheet
from engine.exams.statistics import discrimination
from engine.i18n import _
from engine.jsondata import load
from engine.models import ExamAnswer, ExamBlueprint, ExamPaper, ExamQuestion, ExamQuestionTag, ExamQuestionVersion
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.shared import people
from engine.queries.values import PersonRef
from engine.question_bank import all_questions, enabled_questions

SIZE = 20


@dataclass(frozen=True)
class QuestionRow:
    """A line of the list; `right` is the share of points that was earned, in percent, none when never used."""

    code: str
    kind: str
    stem: str
    difficulty: int
    tags: list[str]
    enabled: bool
    used: int
    right: int | None


@dataclass(frozen=True)
class QuestionList:
    """One page of the bank, with the tags there are."""

    items: list[QuestionRow]
    total: int
    page: int
    tags: list[str]
    empty: bool


@dataclass(frozen=True)
class Change:
    """One version of a question."""

    revision: int
    at: datetime
    by: PersonRef


@dataclass(frozen=True)
class QuestionPage:
    """A question with its versions, newest first, and its figures: how often answered, percent of points earned,
    discrimination (-100 to 100, none below ten answers), percent that chose each option."""

    question: Question
    enabled: bool
    history: list[Change]
    used: int
    right: int | None
    discrimination: int | None
    shares: list[int]


def _where(q: str, kind: str, tag: str, difficulty: str, state: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if q:
        found.append(ExamQuestion.stem.contains(q, autoescape=True) | (ExamQuestion.code == q))
    if kind:
        found.append(ExamQuestion.kind == kind)
    if tag:
        tagged = select(ExamQuestionTag.question_id).where(ExamQuestionTag.tag == tag)
        found.append(ExamQuestion.id.in_(tagged))
    if difficulty in ("1", "2", "3"):
        found.append(ExamQuestion.difficulty == int(difficulty))
    if state in ("on", "off"):
        found.append(ExamQuestion.enabled.is_(state == "on"))
    return found


def list_questions(
    platform: Platform, actor: Actor, page: int, q: str = "", kind: str = "", tag: str = "", difficulty: str = "",
    state: str = "", order: str = "",
) -> QuestionList:  # fmt: skip
    """The bank, filtered; `order` is right (hardest first) or used (most used first), else by number."""
    actor.require(Permission.MANAGE_EXAMS)
    conditions = _where(q, kind, tag, difficulty, state)
    figures = (
        select(ExamAnswer.question_id, func.count().label("used"), func.avg(ExamAnswer.permille).label("right"))
        .group_by(ExamAnswer.question_id)
        .subquery()
    )
    orders: dict[str, list[Any]] = {
        "right": [figures.c.right.is_(None), figures.c.right],
        "used": [func.coalesce(figures.c.used, 0).desc()],
    }
    with platform.database.read() as session:
        total = session.scalar(select(func.count()).select_from(ExamQuestion).where(*conditions)) or 0
        rows = session.execute(
            select(ExamQuestion, figures.c.used, figures.c.right)
            .outerjoin(figures, figures.c.question_id == ExamQuestion.id)
            .where(*conditions)
            .order_by(*orders.get(order, []), ExamQuestion.code)
            .offset((page - 1) * SIZE)
            .limit(SIZE)
        ).all()
        tags: dict[int, list[str]] = {row[0].id: [] for row in rows}
        tagged = select(ExamQuestionTag).where(ExamQuestionTag.question_id.in_(tags)).order_by(ExamQuestionTag.tag)
        for one in session.scalars(tagged):
            tags[one.question_id].append(one.tag)
        known = list(session.scalars(select(ExamQuestionTag.tag).distinct().order_by(ExamQuestionTag.tag)))
        items = [
            QuestionRow(
                one.code, one.kind, one.stem, one.difficulty, tags[one.id], one.enabled, used or 0, _percent(right)
            )
            for one, used, right in rows
        ]
        empty = not total and session.scalar(select(ExamQuestion.id).limit(1)) is None
    return QuestionList(items, total, page, known, empty)


def question_page(platform: Platform, actor: Actor, code: str) -> QuestionPage:
    """One question; NotFound."""
    actor.require(Permission.MANAGE_EXAMS)
    with platform.database.read() as session:
        row = session.scalar(select(ExamQuestion).where(ExamQuestion.code == code))
        if row is None:
            raise NotFound(_("没有题目 {code}。", code=code))
        versions = session.scalars(
            select(ExamQuestionVersion)
            .where(ExamQuestionVersion.question_id == row.id)
            .order_by(ExamQuestionVersion.revision.desc())
        ).all()
        question = read_question(row.code, load(versions[0].content), row.id, row.revision)
        names = people(session, [version.changed_by for version in versions])
        history = [Change(one.revision, one.changed_at, names[one.changed_by]) for one in versions]
        return QuestionPage(question, row.enabled, history, *_figures(session, question))


def _figures(session: Session, question: Question) -> tuple[int, int | None, int | None, list[int]]:
    answers = session.execute(
        select(ExamAnswer.permille, ExamAnswer.chosen, ExamPaper.permille)
        .join(ExamPaper, ExamPaper.id == ExamAnswer.paper_id)
        .where(ExamAnswer.question_id == question.id)
    ).all()
    used = len(answers)
    if not used:
        return 0, None, None, [0 for _option in question.options]
    chosen = Counter(letter for _score, letters, _whole in answers for letter in letters)
    shares = [round(100 * chosen["ABCDEFGH"[place]] / used) for place in range(len(question.options))]
    pairs = [(score, whole or 0) for score, _letters, whole in answers]
    return used, _percent(sum(score for score, _whole in pairs) / used), discrimination(pairs), shares


def _percent(permille: Any) -> int | None:
    return None if permille is None else round(float(permille) / 10)


@dataclass(frozen=True)
class BlueprintRow:
    """A blueprint with what the bank lacks for it and how many papers were drawn by it."""

    code: str
    plan: Blueprint
    lacking: list[Shortage]
    drawn: int
    changed_at: datetime


def list_blueprints(platform: Platform, actor: Actor) -> list[BlueprintRow]:
    """All blueprints, each checked against the bank as it is now."""
    actor.require(Permission.MANAGE_EXAMS)
    with platform.database.read() as session:
        bank = enabled_questions(session)
        drawn = dict(session.execute(select(ExamPaper.blueprint, func.count()).group_by(ExamPaper.blueprint)).all())
        rows = session.scalars(select(ExamBlueprint).order_by(ExamBlueprint.code)).all()
        plans = [(row, read_blueprint(load(row.rules))) for row in rows]
        return [
            BlueprintRow(row.code, plan, shortages(bank, plan), drawn.get(row.name, 0), row.changed_at)
            for row, plan in plans
        ]


def blueprint_of(platform: Platform, actor: Actor, code: str) -> Blueprint:
    """One blueprint; NotFound."""
    for row in list_blueprints(platform, actor):
        if row.code == code:
            return row.plan
    raise NotFound(_("没有组卷方案“{code}”。", code=code))


def lacking(platform: Platform, actor: Actor, plan: Blueprint) -> list[Shortage]:
    """What the bank lacks for a blueprint that is being written."""
    actor.require(Permission.MANAGE_EXAMS)
    with platform.database.read() as session:
        return shortages(enabled_questions(session), plan)


def export_questions(platform: Platform, actor: Actor) -> bytes:
    """The whole bank as XLSX, as `import_questions` takes it."""
    actor.require(Permission.MANAGE_EXAMS)
    with platform.database.read() as session:
        return write_sheet(all_questions(session))
