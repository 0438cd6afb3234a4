"""The question bank: import, write, change, put out of use. Whoever may administer exams (培训管理员)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from engine.errors import NotFound
from engine.exams.blueprint import read_blueprint
from engine.exams.question import Question, checked
from engine.exams.sheet import CODE, STEM, RowError, read_sheet
from engine.i18n import _
from engine.jsondata import dump
from engine.models import ExamBlueprint, ExamQuestion
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.question_bank import add_question, change_question


@dataclass(frozen=True)
class Imported:
    """What an import did: how many rows there were, questions added, changed and unchanged, and what was wrong.

    `done` is false when nothing was imported because of the errors.
    """

    rows: int
    added: int
    changed: int
    same: int
    errors: tuple[RowError, ...]
    done: bool

    @property
    def right(self) -> int:
        """How many rows are in order."""
        return self.rows - len({error.row for error in self.errors})


def import_questions(platform: Platform, actor: Actor | None, content: bytes, skip_wrong: bool = False) -> Imported:
    """The questions of an XLSX file. With an error in any row nothing is imported, unless `skip_wrong` asks for the
    right rows. A row with the number of a question changes it, one with a new number or none adds one. Raises
    InvalidFile.
    `actor` is none for the demo."""
    if actor is not None:
        actor.require(Permission.MANAGE_EXAMS)
    sheet, now = read_sheet(content), platform.clock.now()
    by = actor.id if actor else None
    with platform.database.write() as session:
        stems: dict[str, str] = {}
        for stem, code in session.execute(select(ExamQuestion.stem, ExamQuestion.code)):
            stems[stem] = code
        codes, errors = set(stems.values()), list(sheet.errors)
        taken: set[str] = set()
        right: list[Question] = []
        for place, question in sheet.questions:
            owner = stems.get(question.stem)
            if question.code and question.code in taken:
                errors.append(RowError(place, CODE, _("编号 {code} 在文件里出现了两次", code=question.code)))
            elif owner is not None and owner != question.code:
                errors.append(RowError(place, STEM, _("题库里已有相同的题目（{code}）", code=owner)))
            else:
                taken.add(question.code)
                right.append(question)
        errors.sort(key=lambda error: error.row)
        if errors and not skip_wrong:
            return Imported(sheet.rows, 0, 0, 0, tuple(errors), False)
        added = changed = 0
        for question in right:
            if question.code in codes:
                changed += change_question(session, question, by, now)
            else:
                add_question(session, question, by, now)
                added += 1
    return Imported(sheet.rows, added, changed, len(right) - added - changed, tuple(errors), True)


def save_question(platform: Platform, actor: Actor, question: Question) -> str:
    """Write a new question (no code) or a new version of one; its code. Raises InvalidForm by field, NotFound."""
    actor.require(Permission.MANAGE_EXAMS)
    question, now = checked(question), platform.clock.now()
    with platform.database.write() as session:
        if not question.code:
            return add_question(session, question, actor.id, now)
        change_question(session, question, actor.id, now)
        return question.code


def enable_question(platform: Platform, actor: Actor, code: str, enabled: bool) -> None:
    """Put a question out of use, or back: it is drawn no more; papers that have it keep it."""
    actor.require(Permission.MANAGE_EXAMS)
    with platform.database.write() as session:
        changed = update(ExamQuestion).where(ExamQuestion.code == code).values(enabled=enabled)
        if not session.execute(changed.returning(ExamQuestion.id)).all():
            raise NotFound(_("没有题目 {code}。", code=code))


def save_blueprint(platform: Platform, actor: Actor | None, code: str, rules: Mapping[str, Any]) -> None:
    """Write a blueprint under its code, a new one or another version of it. Raises InvalidForm by field."""
    if actor is not None:
        actor.require(Permission.MANAGE_EXAMS)
    plan = read_blueprint(rules)
    values = {"name": plan.name, "rules": dump(plan.rules()), "changed_at": platform.clock.now()}
    values["changed_by"] = actor.id if actor else None
    with platform.database.write() as session:
        row = session.scalar(select(ExamBlueprint).where(ExamBlueprint.code == code).with_for_update())
        if row is None:
            session.add(ExamBlueprint(code=code, **values))
        else:
            for name, value in values.items():
                setattr(row, name, value)
            row.revision += 1
