"""Exams (第6.3.1条): the bank of questions, blueprints, papers as they were drawn, what was answered."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Exact, Key, Moment


class ExamQuestion(Base):
    """A question of the bank as it is now; what lists filter by stands here, the rest in its newest version.

    `code` is the number that people use and that an import finds it by again. `kind` is one of engine.exams.Kind,
    `difficulty` 1 (易) to 3 (难). A disabled question is drawn no more and stays in every paper that has it.
    """

    __tablename__ = "exam_question"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(10), index=True)
    difficulty: Mapped[int]
    stem: Mapped[str] = mapped_column(Text)
    enabled: Mapped[bool] = mapped_column(default=True)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class ExamQuestionTag(Base):
    """A tag of a question, such as 数据安全."""

    __tablename__ = "exam_question_tag"
    question_id: Mapped[int] = mapped_column(Key, ForeignKey("exam_question.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)


class ExamQuestionVersion(Base):
    """A question as it was from one change to the next; `content` is JSON (engine/exams/question.py)."""

    __tablename__ = "exam_question_version"
    __table_args__ = (UniqueConstraint("question_id", "revision"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    question_id: Mapped[int] = mapped_column(Key, ForeignKey("exam_question.id"))
    revision: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))


class ExamBlueprint(Base):
    """How papers of one kind are made; `rules` is JSON (engine/exams/blueprint.py)."""

    __tablename__ = "exam_blueprint"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    rules: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))


class ExamPaper(Base):
    """A paper as it was drawn: `content` holds the questions with their answers as they were then (JSON).

    `seed` and `rules` draw the same paper again from the same bank. `graded` is the grading that was last made (JSON),
    `person_id` and `permille` (of all points) are there once its scores are recorded.
    """

    __tablename__ = "exam_paper"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    blueprint: Mapped[str] = mapped_column(String(60))
    seed: Mapped[str] = mapped_column(String(200))
    rules: Mapped[bytes] = mapped_column(LargeBinary)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    points: Mapped[Decimal] = mapped_column(Exact)
    instance_id: Mapped[int | None] = mapped_column(Key, ForeignKey("instance.id"), index=True)
    drawn_at: Mapped[datetime] = mapped_column(Moment)
    graded: Mapped[bytes | None] = mapped_column(LargeBinary)
    person_id: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"), index=True)
    permille: Mapped[int | None]


class ExamAnswer(Base):
    """One answered question, for the statistics: `chosen` are the letters of the options in the bank's order, not the
    paper's; `permille` is the share of its points."""

    __tablename__ = "exam_answer"
    __table_args__ = (UniqueConstraint("paper_id", "no"),)
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    paper_id: Mapped[int] = mapped_column(Key, ForeignKey("exam_paper.id"))
    no: Mapped[int]
    question_id: Mapped[int] = mapped_column(Key, ForeignKey("exam_question.id"), index=True)
    revision: Mapped[int]
    chosen: Mapped[str] = mapped_column(String(26))
    permille: Mapped[int]
