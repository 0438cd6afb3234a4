"""Draw a paper from a bank: the same bank, blueprint and seed give the same paper, on any machine and any version.

The algorithm, so that it can be done again by anybody:

1. The lot of a question in part number *p* (from 0) is SHA-256 of the UTF-8 text `seed/p/code`, read as hexadecimal.
2. Parts are filled in their order. A part asks the questions that it admits in the order of their lots, lowest first.
3. A question goes to the first part that asks for it. When a part finds too few that are free, an earlier part gives
   up one of its own that it can replace (augmenting paths of bipartite matching, again in the order of lots); so a
   paper is found whenever there is one at all. Parts that have no question in common draw uniformly.
4. Within a part questions stand in the order of their lots. Options stand in the order of SHA-256 of
   `seed/code/option place`, unless the blueprint keeps them, the question is true or false, or its last option
   speaks of those above it (begins with 以上).

Lots depend on nothing but seed, part and code: a question that joins the bank later leaves the others as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from engine.exams.blueprint import Blueprint, Part
from engine.exams.paper import Paper, PaperQuestion
from engine.exams.question import Kind, Question


@dataclass(frozen=True)
class Shortage:
    """A part that a bank cannot fill: `place` of the part, how many it wants, how many there are for it (after what the
    parts before it need)."""

    place: int
    part: Part
    wanted: int
    found: int


def draw(bank: Iterable[Question], blueprint: Blueprint, seed: str) -> Paper | list[Shortage]:
    """A paper; or, when the bank has too few questions, the parts that lack some."""
    chosen, missing = _match(sorted(bank, key=lambda question: question.code), blueprint, seed)
    if missing:
        return missing
    questions: list[PaperQuestion] = []
    for place, part in enumerate(blueprint.parts):
        for question in sorted(chosen[place], key=lambda one: _lot(seed, place, one.code)):
            order = _order(question, blueprint.shuffle, seed)
            points = question.points if part.points is None else part.points
            questions.append(PaperQuestion(len(questions) + 1, question, order, points))
    return Paper(tuple(questions), blueprint.partial)


def shortages(bank: Iterable[Question], blueprint: Blueprint) -> list[Shortage]:
    """The parts that the bank cannot fill; whether it can does not depend on the seed."""
    return _match(sorted(bank, key=lambda question: question.code), blueprint, "")[1]


def _wished(bank: Sequence[Question], part: Part, seed: str, place: int) -> list[Question]:
    """The questions that one part admits, in the order of its lots."""
    return sorted((one for one in bank if part.admits(one)), key=lambda one: _lot(seed, place, one.code))


def _match(bank: Sequence[Question], blueprint: Blueprint, seed: str) -> tuple[list[list[Question]], list[Shortage]]:
    """The questions of each part, and what is lacking."""
    wishes = [_wished(bank, part, seed, place) for place, part in enumerate(blueprint.parts)]
    held_by: dict[str, int] = {}
    missing: list[Shortage] = []
    for place, part in enumerate(blueprint.parts):
        found = 0
        while found < part.count and _give(place, wishes, held_by, {place}):
            found += 1
        if found < part.count:
            missing.append(Shortage(place, part, part.count, found))
    chosen = [[q for q in wish if held_by.get(q.code) == place] for place, wish in enumerate(wishes)]
    return chosen, missing


def _give(place: int, wishes: Sequence[Sequence[Question]], held_by: dict[str, int], asked: set[int]) -> bool:
    """One more question for a part: a free one, else one of another part that can find another for itself."""
    for question in wishes[place]:
        if question.code not in held_by:
            held_by[question.code] = place
            return True
    for question in wishes[place]:
        holder = held_by[question.code]
        if holder in asked:
            continue
        asked.add(holder)
        if _give(holder, wishes, held_by, asked):
            held_by[question.code] = place
            return True
    return False


def _order(question: Question, shuffle: bool, seed: str) -> tuple[int, ...]:
    places = range(len(question.options))
    if not shuffle or question.kind == Kind.JUDGE or (question.options and question.options[-1].startswith("以上")):
        return tuple(places)
    return tuple(sorted(places, key=lambda place: _hash(f"{seed}/{question.code}/{place}")))


def _lot(seed: str, place: int, code: str) -> str:
    return _hash(f"{seed}/{place}/{code}")


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
