"""会签 by rule: the engine ends a vote as soon as its outcome is certain, and leaves what was counted."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bpmn import Execution, parse
from engine.errors import ExecutionError
from tests.engine.bpmn.build import boundary, diagram, end, extension, multi, ours, start, timer, user
from tests.engine.bpmn.world import Case, World

BUTTONS = [("yes", "agree"), ("no", "oppose"), ("pass", "abstain")]
FIVE = ["甲", "乙", "丙", "丁", "戊"]


def voted(
    rule: str, value: str | None = None, veto: str | None = None, buttons: Any = BUTTONS, **options: Any
) -> bytes:
    """A vote `a` of everybody in `panel`, with a time limit of three days, then a task `b`."""
    says = {name: text for name, text in (("value", value), ("veto", veto)) if text is not None}
    actions = [ours("action", value=text, label=text, kind=kind) for text, kind in buttons]
    box = extension(ours("actions", *actions, variable="vote"), ours("vote", rule=rule, result="review", **says))
    limit = boundary("late", "a", timer("P3D"))
    return diagram(
        start(), user("a", box, multi(**options)), limit, user("b"), end(), flows="start > a > b > end\nlate > b"
    )


def cast(case: Case, *votes: str) -> Case:
    for vote in votes:
        case.do("a", vote=vote)
    return case


def result(case: Case) -> Any:
    return case.variables["review"]


def test_it_passes_as_soon_as_enough_agree_and_withdraws_the_rest() -> None:
    case = cast(Case(voted("at_least", "3"), panel=FIVE), "yes", "no", "yes")
    assert case.open == ["a", "a"]
    cast(case, "yes")
    assert case.open == ["b"]
    assert case.kinds("activity_cancelled") == ["a"]
    counted = {"total": 5, "agree": 3, "oppose": 1, "abstain": 0, "silent": 1}
    assert result(case) == {**counted, "needed": 3, "passed": True, "vetoed": False}


def test_it_fails_as_soon_as_not_enough_can_agree_any_more() -> None:
    case = cast(Case(voted("at_least", "4"), panel=FIVE), "no", "pass")
    assert case.open == ["b"]
    assert (result(case)["passed"], result(case)["silent"]) == (False, 3)


def test_all_ends_with_the_first_who_does_not_agree() -> None:
    case = cast(Case(voted("all"), panel=FIVE), "yes", "pass")
    assert case.open == ["b"]
    assert (result(case)["needed"], result(case)["passed"]) == (5, False)
    assert result(cast(Case(voted("all"), panel=FIVE), *["yes"] * 5))["passed"] is True


@pytest.mark.parametrize(
    ("votes", "passed"),
    [
        (["yes", "yes", "yes", "yes"], True),
        (["yes", "yes", "pass", "pass"], False),
        (["no", "no"], False),
    ],
)
def test_of_all_those_who_abstain_count_as_not_agreed(votes: list[str], passed: bool) -> None:
    case = cast(Case(voted("percent_of_all", "= {numerator: 2, denominator: 3}"), panel=FIVE), *votes)
    assert case.open == ["b"]
    assert (result(case)["needed"], result(case)["passed"]) == (4, passed)


def test_of_those_voting_who_abstain_does_not_count() -> None:
    case = cast(Case(voted("percent_of_voting", "66"), panel=FIVE), "yes", "yes", "pass", "pass")
    assert case.open == ["b"]  # whatever the fifth says: even two of three are enough
    assert (result(case)["silent"], result(case)["needed"], result(case)["passed"]) == (1, 2, True)
    case = cast(Case(voted("percent_of_voting", "67"), panel=FIVE), "yes", "yes", "pass", "pass")
    assert case.open == ["a"]
    cast(case, "no")
    assert (result(case)["needed"], result(case)["passed"]) == (3, False)


def test_of_those_voting_where_nobody_votes_nothing_passes() -> None:
    case = cast(Case(voted("percent_of_voting", "50"), panel=FIVE), *["pass"] * 5)
    counted = {"total": 5, "agree": 0, "oppose": 0, "abstain": 5, "silent": 0}
    assert result(case) == {**counted, "needed": 1, "passed": False, "vetoed": False}


def test_a_veto_decides_alone() -> None:
    case = cast(Case(voted("at_least", "1", veto='= ["乙"]'), panel=FIVE), "yes")
    assert case.open.count("a") == 4  # enough agree, but the one with a veto has not spoken
    case.do("a", 0, vote="no")
    assert case.open == ["b"]
    assert (result(case)["passed"], result(case)["vetoed"]) == (False, True)


@pytest.mark.parametrize("answer", ["yes", "pass"])
def test_who_has_a_veto_may_leave_it(answer: str) -> None:
    case = cast(Case(voted("at_least", "1", veto='= "甲"'), panel=["乙", "甲"]), "yes")
    assert case.open == ["a"]
    cast(case, answer)
    assert (result(case)["passed"], result(case)["vetoed"]) == (True, False)


@pytest.mark.parametrize("veto", ["= null", "= []", '= ["nobody of them"]', "= unknown"])
def test_without_anybody_who_has_a_veto_numbers_decide(veto: str) -> None:
    assert cast(Case(voted("at_least", "1", veto=veto), panel=FIVE), "yes").open == ["b"]


def test_when_its_time_is_over_who_was_silent_has_not_agreed() -> None:
    case = cast(Case(voted("percent_of_all", "60"), panel=FIVE), "yes", "yes")
    case.tick(days=3)
    assert case.open == ["b"]
    assert (result(case)["silent"], result(case)["needed"], result(case)["passed"]) == (3, 3, False)


def test_when_its_time_is_over_a_silent_veto_is_none() -> None:
    case = cast(Case(voted("at_least", "2", veto='= ["戊"]'), panel=FIVE), "yes", "yes")
    case.tick(days=3)
    assert (result(case)["passed"], result(case)["vetoed"]) == (True, False)


def test_one_after_the_other() -> None:
    case = cast(Case(voted("at_least", "2", sequential=True), panel=FIVE), "yes", "no")
    assert case.item("a").variables["expert"] == "丙"
    cast(case, "yes")
    assert case.open == ["b"]
    assert (result(case)["silent"], result(case)["passed"]) == (2, True)


@pytest.mark.parametrize("sequential", [False, True])
def test_who_is_named_twice_has_one_vote(sequential: bool) -> None:
    case = Case(voted("all", sequential=sequential), panel=["甲", "乙", "甲"])
    cast(case, "yes", "yes")
    assert case.open == ["b"]
    assert result(case)["total"] == 2
    assert case.variables["votes"] == ["yes", "yes"]


@pytest.mark.parametrize(("rule", "value"), [("all", None), ("at_least", "= 0"), ("percent_of_voting", "= 0")])
def test_where_nobody_is_asked_it_has_not_passed(rule: str, value: str | None) -> None:
    case = Case(voted(rule, value), panel=[])
    assert case.open == ["b"]
    assert (result(case)["total"], result(case)["needed"], result(case)["passed"]) == (0, 1, False)


def test_where_more_must_agree_than_there_are_nobody_is_asked() -> None:
    case = Case(voted("at_least", "6"), panel=FIVE)
    assert case.open == ["b"]
    assert case.armed == []
    assert (result(case)["silent"], result(case)["needed"], result(case)["passed"]) == (5, 6, False)


@pytest.mark.parametrize("rule", ["at_least", "percent_of_all", "percent_of_voting"])
def test_with_zero_one_who_agrees_is_enough_and_none_is_too_few(rule: str) -> None:
    assert result(cast(Case(voted(rule, "= 0"), panel=["甲"]), "no"))["passed"] is False
    assert result(cast(Case(voted(rule, "= 0"), panel=["甲", "乙"]), "no", "yes"))["passed"] is True


def test_a_hundred_percent_of_those_voting_leaves_room_for_abstaining() -> None:
    case = cast(Case(voted("percent_of_voting", "100"), panel=["甲", "乙", "丙"]), "yes", "pass", "yes")
    assert result(case)["passed"] is True
    assert result(cast(Case(voted("percent_of_all", "100"), panel=["甲", "乙"]), "pass"))["passed"] is False


def test_the_rule_keeps_the_values_with_which_it_began() -> None:
    case = Case(voted("at_least", "= needed", veto="= powerful"), panel=FIVE, needed=2, powerful=["戊"])
    case.act(lambda execution: execution._machine.root.variables.update(needed=5, powerful=[]))
    cast(case, "yes", "yes", "yes", "yes")
    assert case.open == ["a"]  # decided by two, but for the veto
    assert result(cast(case, "yes"))["needed"] == 2


@pytest.mark.parametrize("value", ["= 101", "= -1", "= 66.6", '= "most"', "= null", "= {numerator: 3, denominator: 2}"])
def test_a_value_that_no_rule_can_use_stops_the_act(value: str) -> None:
    with pytest.raises(ExecutionError, match="会签规则"):
        Execution(parse(voted("percent_of_all", value)), World()).start({"panel": FIVE})


def test_an_answer_that_is_no_vote_is_refused() -> None:
    case = Case(voted("all"), panel=FIVE)
    with pytest.raises(ExecutionError, match="没有表态"):
        case.do("a", note="x")
    assert case.open == ["a"] * 5


def test_the_log_says_the_rule_and_what_was_counted() -> None:
    case = cast(Case(voted("percent_of_all", "66", veto='= ["戊", "己"]'), panel=FIVE), "no", "no")
    begun = next(h for h in case.told if h.kind == "activity_started" and "vote" in h.data)
    rule = {"rule": "percent_of_all", "numerator": 66, "denominator": 100, "total": 5, "veto": ["戊"]}
    assert begun.data["vote"] == rule
    (ended,) = [h for h in case.told if h.kind == "vote_counted"]
    assert (ended.activity_id, ended.data) == (begun.token_id, result(case))


def test_a_state_saved_before_there_were_votes_goes_on() -> None:
    case = Case(diagram(start(), user("a", multi()), user("b"), end(), flows="start > a > b > end"), panel=FIVE)
    assert case.saved is not None
    assert b"[5,5,0,[null,null,null,null,null],null]" in case.saved
    assert case.do("a", vote="yes").open == ["a"] * 4
