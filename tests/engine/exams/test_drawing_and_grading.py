"""Drawing is fair, reproducible and complete; grading is exact: properties over made-up banks."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.exams import Blueprint, Kind, Paper, Part, Question, draw, for_person, grade, read_paper, shortages
from engine.exams.grading import score_of
from engine.exams.paper import PaperQuestion
from engine.jsondata import dump, load

OPTIONS = ("甲", "乙", "丙", "丁")
KNOWN = [("0000", (2, 0, 3, 1)), ("0005", (2, 3, 0, 1)), ("0002", (3, 1, 2, 0))]
"""What the documented algorithm draws (engine/exams/drawing.py); another machine or version draws the same."""


def question(n: int, kind: Kind = Kind.MULTIPLE, tags: tuple[str, ...] = (), difficulty: int = 2) -> Question:
    """A question; of choices the first and third option are right."""
    right = {Kind.SINGLE: (0,), Kind.JUDGE: (1,), Kind.MULTIPLE: (0, 2), Kind.SHORT: ()}[kind]
    options = () if kind == Kind.SHORT else ("正确", "错误") if kind == Kind.JUDGE else OPTIONS
    return Question(
        code=f"{n:04}",
        kind=kind,
        stem=f"{n}",
        options=options,
        right=right,
        tags=tags,
        difficulty=difficulty,
        sample="x",
    )


TAGS = st.sets(st.sampled_from("abc"), max_size=2).map(lambda tags: tuple(sorted(tags)))
BANKS = st.lists(st.tuples(st.sampled_from(list(Kind)), TAGS, st.integers(1, 3)), max_size=24).map(
    lambda rows: [question(n, *row) for n, row in enumerate(rows)]
)
LEVELS = st.sets(st.integers(1, 3), max_size=2).map(tuple)
PARTS = st.builds(Part, st.sampled_from(list(Kind)), st.integers(1, 4), st.none() | st.just(Decimal(2)), TAGS, LEVELS)
PLANS = st.lists(PARTS, min_size=1, max_size=5).map(lambda parts: Blueprint("x", tuple(parts)))


def possible(bank: list[Question], plan: Blueprint) -> bool:
    """Hall's theorem by brute force: every choice of parts finds together as many questions as it asks for."""
    for chosen in range(1, 2 ** len(plan.parts)):
        parts = [part for place, part in enumerate(plan.parts) if chosen >> place & 1]
        found = sum(any(part.admits(one) for part in parts) for one in bank)
        if found < sum(part.count for part in parts):
            return False
    return True


@settings(max_examples=150, deadline=None)
@given(BANKS, PLANS, st.text(max_size=8))
def test_a_paper_is_drawn_exactly_when_there_is_one_and_fits_its_blueprint(
    bank: list[Question], plan: Blueprint, seed: str
) -> None:
    paper = draw(bank, plan, seed)
    assert isinstance(paper, Paper) == possible(bank, plan) == (not shortages(bank, plan))
    if isinstance(paper, Paper):
        codes = [one.question.code for one in paper.questions]
        assert len(codes) == len(set(codes)) == plan.count
        at = 0
        for part in plan.parts:
            assert all(part.admits(one.question) for one in paper.questions[at : at + part.count])
            at += part.count


@settings(max_examples=60, deadline=None)
@given(BANKS, PLANS, st.text(max_size=8), st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_bank(
    bank: list[Question], plan: Blueprint, seed: str, rng: object
) -> None:
    mixed = list(bank)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    assert draw(bank, plan, seed) == draw(mixed, plan, seed)


def test_the_algorithm_is_the_one_that_is_written_down() -> None:
    paper = draw([question(n) for n in range(9)], Blueprint("x", (Part(Kind.MULTIPLE, 3),)), "2026/chensiyuan/1")
    assert isinstance(paper, Paper)
    assert [(one.question.code, one.order) for one in paper.questions] == KNOWN


def test_every_question_is_drawn_about_as_often() -> None:
    bank = [question(n) for n in range(10)]
    plan = Blueprint("x", (Part(Kind.MULTIPLE, 3),))
    drawn = [one.question.code for seed in range(2000) for one in draw(bank, plan, str(seed)).questions]  # type: ignore[union-attr]
    assert all(500 < drawn.count(one.code) < 700 for one in bank)


@settings(max_examples=60, deadline=None)
@given(BANKS, PLANS, st.text(max_size=8))
def test_a_paper_is_kept_as_it_is_and_shows_nothing_of_what_is_right(
    bank: list[Question], plan: Blueprint, seed: str
) -> None:
    paper = draw(bank, plan, seed)
    if isinstance(paper, Paper):
        assert read_paper(load(dump(paper.content()))) == paper
        for row in for_person(paper):
            assert set(row) == {"no", "kind", "stem", "options", "points"}


LETTERS = st.sets(st.sampled_from("ABCD")).map(frozenset)


@given(
    LETTERS, st.permutations(range(4)), st.sampled_from(["none", "half", "share"]), st.sampled_from(["1", "2", "2.5"])
)
def test_multiple_choice_is_exact_and_partial_only_without_a_wrong_option(
    chosen: frozenset[str], order: list[int], partial: str, worth: str
) -> None:
    one = PaperQuestion(1, question(1), tuple(order), Decimal(worth))
    score = score_of(one, chosen, partial)
    assert 0 <= score <= one.points
    assert score == (score * 10).to_integral_value() / 10
    assert (score == one.points) == (chosen == one.right)
    if chosen - one.right or not chosen or partial == "none":
        assert score in (0, one.points)
    elif chosen != one.right:
        assert score == (one.points / 2).quantize(Decimal("0.1"), "ROUND_DOWN")  # one of two right ones


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3)
)


@settings(max_examples=100, deadline=None)
@given(BANKS, st.dictionaries(st.integers(0, 9) | st.integers(0, 9).map(str), JUNK, max_size=9))
def test_grading_takes_whatever_came_and_its_sums_hold(bank: list[Question], answers: dict[object, object]) -> None:
    paper = draw(bank, Blueprint("x", tuple(Part(one.kind, 1) for one in bank)), "s")
    assert isinstance(paper, Paper)
    graded = grade(paper, answers)
    scored = [item["score"] for item in graded["items"] if item["score"] is not None]
    assert graded["objective"] == sum(scored, Decimal(0))
    assert graded["objective_max"] + graded["open_max"] == paper.points
    assert {row["no"] for row in graded["open"]} == {row["no"] for row in graded["items"] if row["score"] is None}
