"""A paper: questions as they were when it was drawn, in their order, with what each counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.exams.question import LETTERS, Kind, Question, read_question


@dataclass(frozen=True)
class PaperQuestion:
    """`order` are places of the question's own options in the order in which the paper shows them."""

    no: int
    question: Question
    order: tuple[int, ...]
    points: Decimal

    @property
    def letters(self) -> str:
        """The letters of the paper's options."""
        return LETTERS[: len(self.order)]

    @property
    def right(self) -> frozenset[str]:
        """The right letters as the paper shows them."""
        return frozenset(LETTERS[shown] for shown, place in enumerate(self.order) if place in self.question.right)

    def in_the_bank(self, chosen: frozenset[str]) -> str:
        """Letters of the paper as letters of the bank: the same option has the same letter in every paper."""
        return "".join(sorted(LETTERS[self.order[LETTERS.index(letter)]] for letter in chosen))


@dataclass(frozen=True)
class Paper:
    """`partial` is the blueprint's rule for incomplete multiple choice."""

    questions: tuple[PaperQuestion, ...]
    partial: str = "none"

    @property
    def points(self) -> Decimal:
        """What all questions count together."""
        return sum((question.points for question in self.questions), Decimal(0))

    def content(self) -> dict[str, Any]:
        """As it is kept; `read_paper` reads it again."""
        return {
            "partial": self.partial,
            "questions": [
                {
                    "no": one.no,
                    "id": one.question.id,
                    "revision": one.question.revision,
                    "code": one.question.code,
                    "order": list(one.order),
                    "worth": one.points,
                    "question": one.question.content(),
                }
                for one in self.questions
            ],
        }


def read_paper(content: Mapping[str, Any]) -> Paper:
    """The paper that `Paper.content` wrote."""
    questions = (
        PaperQuestion(
            row["no"],
            read_question(row["code"], row["question"], row["id"], row["revision"]),
            tuple(row["order"]),
            Decimal(str(row["worth"])),
        )
        for row in content["questions"]
    )
    return Paper(tuple(questions), content["partial"])


def for_person(paper: Paper) -> list[dict[str, Any]]:
    """The questions for the one who sits the paper: {no, kind, stem, options: [{value, label}], points}. Nothing in it
    tells what is right."""
    return [
        {
            "no": one.no,
            "kind": one.question.kind.value,
            "stem": one.question.stem,
            "options": [
                {"value": LETTERS[shown], "label": one.question.options[place]} for shown, place in enumerate(one.order)
            ],
            "points": one.points,
        }
        for one in paper.questions
    ]


def tidy_answer(one: PaperQuestion, answer: Any) -> frozenset[str] | str:
    """What a person answered: letters, or the text of a short answer. Whatever is no answer to it counts as none."""
    if one.question.kind == Kind.SHORT:
        return answer.strip() if isinstance(answer, str) else ""
    given = [answer] if isinstance(answer, str) else answer if isinstance(answer, list | tuple) else []
    letters = frozenset(letter for letter in given if isinstance(letter, str) and letter and letter in one.letters)
    letters = frozenset(letter for letter in letters if len(letter) == 1)
    return letters if one.question.kind == Kind.MULTIPLE or len(letters) == 1 else frozenset()
