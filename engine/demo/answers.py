"""Somebody who knows so much: answers to a drawn paper, looked up in the question bank."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.exams import Kind, Question
from engine.forms.papers import questions_of
from engine.platform import Platform
from engine.question_bank import all_questions


def answers_of(platform: Platform, paper: Any, share: Any) -> dict[str, Any]:
    """Answers by number of question: of the objective points about `share` (0 to 1) are earned, by the first questions;
    the others are answered wrongly. Short answers are the sample answers of the bank: their marks are somebody's."""
    with platform.database.read() as session:
        known = {(one.kind.value, one.stem): one for one in all_questions(session)}
    rows = [(row, known[str(row["kind"]), str(row["stem"])]) for row in questions_of(paper)]
    left = Decimal(str(share)) * sum(Decimal(row["points"]) for row, one in rows if one.kind != Kind.SHORT)
    answers: dict[str, Any] = {}
    for row, question in rows:
        right = Decimal(row["points"]) <= left
        answer = question.sample if question.kind == Kind.SHORT else _chosen(row, question, right)
        if right and question.kind != Kind.SHORT:
            left -= Decimal(row["points"])
        if answer:
            answers[str(row["no"])] = answer
    return answers


def _chosen(row: Mapping[str, Any], question: Question, right: bool) -> Any:
    """Letters of the paper; none where every option of the question is right and the answer shall be wrong."""
    good = {question.options[place] for place in question.right}
    letters = [str(option["value"]) for option in row["options"] if (option["label"] in good) == right]
    return letters[: len(letters) if right else 1] if question.kind == Kind.MULTIPLE else letters[0]
