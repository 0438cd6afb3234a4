"""When a vote is decided, against every way in which it could still go on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.voting import RULES, Ballot, needed_by

ANSWERS = ("agree", "oppose", "abstain", "silent")


def expected(rule: str, value: Any, answers: tuple[str, ...], vetoing: frozenset[int]) -> bool:
    """The rule as a person would say it, over the answers of everybody."""
    agree, oppose = answers.count("agree"), answers.count("oppose")
    if agree == 0 or any(answers[seat] == "oppose" for seat in vetoing):
        return False
    if rule == "all":
        return agree == len(answers)
    if rule == "at_least":
        return agree >= value
    share = Fraction(value["numerator"], value["denominator"]) if isinstance(value, dict) else Fraction(value, 100)
    return Fraction(agree, len(answers) if rule == "percent_of_all" else agree + oppose) >= share


@st.composite
def votes(draw: st.DrawFn) -> tuple[str, Any, list[tuple[int, str]], frozenset[int], int]:
    """(rule, value, (seat, answer) in the order in which they come, seats with a veto, how many are asked)."""
    total = draw(st.integers(0, 5))
    rule = draw(st.sampled_from(RULES))
    value: Any = None
    if rule == "at_least":
        value = draw(st.integers(0, total + 1))
    elif rule != "all":
        denominator = draw(st.integers(1, 7))
        fraction = {"numerator": draw(st.integers(0, denominator)), "denominator": denominator}
        value = draw(st.one_of(st.sampled_from([0, 1, 33, 34, 50, 51, 66, 67, 99, 100]), st.just(fraction)))
    seats = draw(st.permutations(range(total)))
    answers = [(seat, draw(st.sampled_from(ANSWERS[:3]))) for seat in seats]
    return (
        rule,
        value,
        answers,
        frozenset(draw(st.sets(st.sampled_from(range(total))) if total else st.just(set()))),
        total,
    )


@given(votes())
def test_decided_exactly_when_every_completion_gives_the_same(
    vote: tuple[str, Any, list[tuple[int, str]], frozenset[int], int],
) -> None:
    rule, value, answers, vetoing, total = vote
    needed = needed_by(rule, value, total)
    assert needed is not None
    ballot = Ballot(rule, total, needed, sorted(vetoing))
    for given_so_far in range(total + 1):
        known = dict(answers[:given_so_far])
        left = [seat for seat in range(total) if seat not in known]
        outcomes = {
            expected(
                rule, value, tuple({**known, **dict(zip(left, more, strict=True))}[s] for s in range(total)), vetoing
            )
            for more in product(ANSWERS, repeat=len(left))
        }
        assert ballot.is_decided == (len(outcomes) == 1), (known, outcomes)
        silent = tuple(known.get(seat, "silent") for seat in range(total))
        assert ballot.passed == expected(rule, value, silent, vetoing)
        assert Ballot.of_row(ballot.row()).result() == ballot.result()
        if given_so_far < total:
            ballot.count(answers[given_so_far][1], answers[given_so_far][0])


@given(votes())
def test_the_result_adds_up(vote: tuple[str, Any, list[tuple[int, str]], frozenset[int], int]) -> None:
    rule, value, answers, vetoing, total = vote
    needed = needed_by(rule, value, total)
    assert needed is not None
    ballot = Ballot(rule, total, needed, sorted(vetoing))
    for seat, answer in answers:
        ballot.count(answer, seat)
        result = ballot.result()
        assert result["agree"] + result["oppose"] + result["abstain"] + result["silent"] == result["total"] == total
        assert result["passed"] == (result["agree"] >= result["needed"] and not result["vetoed"])
        assert result["vetoed"] == any(
            answer == "oppose" and s in vetoing for s, answer in answers[: total - ballot.silent]
        )


@pytest.mark.parametrize(
    ("rule", "value", "needed"),
    [
        ("all", None, (3, 1)),
        ("at_least", 2, (2, 1)),
        ("at_least", Decimal("2.0"), (2, 1)),
        ("at_least", 9, (9, 1)),
        ("percent_of_all", 66, (66, 100)),
        ("percent_of_voting", {"numerator": 2, "denominator": 3}, (2, 3)),
        ("percent_of_all", {"numerator": Decimal(2), "denominator": Decimal(3), "note": "x"}, (2, 3)),
        ("percent_of_all", 0, (0, 100)),
        ("at_least", -1, None),
        ("at_least", Decimal("1.5"), None),
        ("at_least", True, None),
        ("at_least", None, None),
        ("at_least", {"numerator": 2, "denominator": 3}, None),
        ("percent_of_all", 101, None),
        ("percent_of_all", Decimal("66.7"), None),
        ("percent_of_all", "66", None),
        ("percent_of_voting", {"numerator": 4, "denominator": 3}, None),
        ("percent_of_voting", {"numerator": 0, "denominator": 0}, None),
        ("percent_of_voting", {"numerator": -1, "denominator": 3}, None),
        ("percent_of_voting", {"numerator": 1}, None),
        ("percent_of_voting", [2, 3], None),
    ],
)
def test_values_in_whole_numbers(rule: str, value: Any, needed: tuple[int, int] | None) -> None:
    assert needed_by(rule, value, 3) == needed


@pytest.mark.parametrize("rule", RULES)
def test_where_nobody_is_asked_nothing_passes(rule: str) -> None:
    needed = needed_by(rule, 0, 0)
    assert needed is not None
    ballot = Ballot(rule, 0, needed, [])
    assert ballot.is_decided
    assert not ballot.passed


def test_a_share_is_exact_where_a_binary_fraction_is_not() -> None:
    ballot = Ballot("percent_of_all", 300, (2, 3), [])
    for seat in range(199):
        ballot.count("agree", seat)
    assert not ballot.is_decided
    ballot.count("agree", 199)
    assert ballot.is_decided
    assert ballot.passed
