"""Grade a paper: objective questions by rule, short answers put ready for the examiner. Exact, never floating."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from engine.exams.paper import Paper, PaperQuestion, tidy_answer
from engine.exams.question import Kind

_TENTH = Decimal("0.1")


def grade(paper: Paper, answers: Mapping[Any, Any]) -> dict[str, Any]:
    """{objective, objective_max, open, open_max, answered, items}: points earned and possible of objective questions;
    `open` are the short answers that a person must mark, [{no, stem, answer, points, hint}] (hint: the sample answer);
    `items` are all questions, [{no, kind, points, score, right, answered}], score and right null where a person marks.

    A short answer that was left empty earns nothing and needs no examiner. Answers are found by number, as a number or
    as text; what belongs to no question, or is none of its options, is passed over.
    """
    items: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    for one in paper.questions:
        given = tidy_answer(one, answers.get(str(one.no), answers.get(one.no)))
        score: Decimal | None
        if one.question.kind == Kind.SHORT and given:
            score = None
            hint = one.question.sample
            row = {"no": one.no, "stem": one.question.stem, "answer": given, "points": one.points, "hint": hint}
            waiting.append(row)
        else:
            score = score_of(one, given, paper.partial) if isinstance(given, frozenset) else Decimal(0)
        right = None if score is None else score == one.points
        item = {"no": one.no, "kind": one.question.kind.value, "points": one.points, "score": score}
        items.append({**item, "right": right, "answered": bool(given)})
    objective = [item for item in items if item["kind"] != Kind.SHORT]
    total = sum((one.points for one in paper.questions if one.question.kind == Kind.SHORT), Decimal(0))
    return {
        "objective": sum((item["score"] for item in objective), Decimal(0)),
        "objective_max": sum((item["points"] for item in objective), Decimal(0)),
        "open": waiting,
        "open_max": total,
        "answered": sum(item["answered"] for item in items),
        "items": items,
    }


def score_of(one: PaperQuestion, chosen: frozenset[str], partial: str) -> Decimal:
    """The points of an objective question; parts of points are cut to tenths."""
    right = one.right
    if chosen == right:
        return one.points
    if one.question.kind != Kind.MULTIPLE or not chosen or not chosen < right:
        return Decimal(0)
    if partial == "half":
        return (one.points / 2).quantize(_TENTH, ROUND_DOWN)
    if partial == "share":
        return (one.points * len(chosen) / len(right)).quantize(_TENTH, ROUND_DOWN)
    return Decimal(0)


def chosen_letters(paper: Paper, answers: Mapping[Any, Any]) -> dict[int, str]:
    """By number of the question: the options that were chosen, by their letters in the bank; "" for none."""
    found: dict[int, str] = {}
    for one in paper.questions:
        given = tidy_answer(one, answers.get(str(one.no), answers.get(one.no)))
        found[one.no] = one.in_the_bank(given) if isinstance(given, frozenset) else ""
    return found
