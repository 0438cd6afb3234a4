"""The bank of questions as values: rows and their newest versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from engine.errors import InvalidForm, NotFound
from engine.exams import Question, read_question
from engine.i18n import _
from engine.jsondata import dump, load
from engine.models import ExamQuestion, ExamQuestionTag, ExamQuestionVersion

_QUIET = {"synchronize_session": False}


def enabled_questions(session: Session) -> list[Question]:
    """All that may be drawn."""
    return questions(session, _newest().where(ExamQuestion.enabled))


def all_questions(session: Session) -> list[Question]:
    """The whole bank, by code."""
    return questions(session, _newest().order_by(ExamQuestion.code))


def questions(session: Session, found: Select[int, str, int, bytes]) -> list[Question]:
    """Rows of `_newest`."""
    return [
        read_question(code, load(content), question_id, revision)
        for question_id, code, revision, content in session.execute(found)
    ]


def _newest() -> Select[int, str, int, bytes]:
    return select(ExamQuestion.id, ExamQuestion.code, ExamQuestion.revision, ExamQuestionVersion.content).join(
        ExamQuestionVersion,
        (ExamQuestionVersion.question_id == ExamQuestion.id) & (ExamQuestionVersion.revision == ExamQuestion.revision),
    )


def add_question(session: Session, question: Question, by: int | None, now: datetime) -> str:
    """A new question, checked (engine.exams.question.checked); without a code of its own it gets the next number.
    Returns its code. Raises InvalidForm when the code is taken."""
    code = question.code or _next_code(session)
    if session.scalar(select(ExamQuestion.id).where(ExamQuestion.code == code)) is not None:
        raise InvalidForm({"code": _("编号 {code} 已经有了", code=code)})
    head = {**_head(question), "code": code, "enabled": True, "revision": 1, "changed_at": now}
    question_id = session.scalars(insert(ExamQuestion).values(**head).returning(ExamQuestion.id)).one()
    _write(session, question_id, 1, question, by, now)
    return code


def change_question(session: Session, question: Question, by: int | None, now: datetime) -> bool:
    """The question of that code as a new version, checked; false when it was the same before. Papers that have been
    drawn keep theirs. Raises NotFound."""
    found = select(ExamQuestion.id, ExamQuestion.revision).where(ExamQuestion.code == question.code)
    row = session.execute(found.with_for_update()).one_or_none()
    if row is None:
        raise NotFound(_("没有题目 {code}。", code=question.code))
    before = questions(session, _newest().where(ExamQuestion.id == row.id))[0]
    if before.content() == question.content():
        return False
    head = {**_head(question), "revision": row.revision + 1, "changed_at": now}
    session.execute(update(ExamQuestion).where(ExamQuestion.id == row.id).values(**head), execution_options=_QUIET)
    session.execute(delete(ExamQuestionTag).where(ExamQuestionTag.question_id == row.id), execution_options=_QUIET)
    _write(session, row.id, row.revision + 1, question, by, now)
    return True


def _head(question: Question) -> dict[str, Any]:
    return {"kind": question.kind.value, "difficulty": question.difficulty, "stem": question.stem}


def _write(
    session: Session, question_id: int, revision: int, question: Question, by: int | None, now: datetime
) -> None:
    content = {"content": dump(question.content()), "changed_at": now, "changed_by": by}
    session.execute(insert(ExamQuestionVersion).values(question_id=question_id, revision=revision, **content))
    if question.tags:
        rows = [{"question_id": question_id, "tag": tag} for tag in question.tags]
        session.execute(insert(ExamQuestionTag), rows)


def _next_code(session: Session) -> str:
    """One more than the largest number so far; at least four digits."""
    newest = session.scalars(select(ExamQuestion.code).where(ExamQuestion.code.regexp_match("^[0-9]+$"))).all()
    return f"{max((int(code) for code in newest), default=0) + 1:04}"
