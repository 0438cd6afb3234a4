"""A table on trial says cell by cell what holds, also where it has no answer."""

from __future__ import annotations

from engine.feel.dmn import parse_decisions, try_decision
from tests.engine.feel.dmn.building import GRADE_INPUTS, GRADE_OUTPUTS, table

RULES = [(">= 10", "-", '"重大"', "5"), (">= 5", "-", '"较大"', "3"), ("-", "true", '"较大"', "3")]


def grade(policy: str) -> bytes:
    return table(GRADE_INPUTS, GRADE_OUTPUTS, RULES, policy=policy)


def test_the_rule_that_counts_and_the_cells_of_the_others() -> None:
    trial = try_decision(parse_decisions(grade("FIRST"))["grade"], {"cost": 100, "cost_change": 6, "safety": True})
    assert trial.inputs is not None
    assert trial.inputs[0] == 6
    assert [rule.matched for rule in trial.rules] == [False, True, False]
    assert [rule.cells for rule in trial.rules] == [(False, True), (True, True), (True, True)]
    assert trial.decided is not None
    assert trial.decided.value == {"level": "较大", "days": 3}


def test_rules_that_match_against_the_policy_are_all_shown() -> None:
    trial = try_decision(parse_decisions(grade("UNIQUE"))["grade"], {"cost": 100, "cost_change": 6, "safety": True})
    assert trial.decided is None
    assert "UNIQUE" in trial.problem
    assert [rule.matched for rule in trial.rules] == [False, True, True]


def test_values_of_another_type_leave_the_cells_open() -> None:
    trial = try_decision(parse_decisions(grade("FIRST"))["grade"], {"cost": 100, "cost_change": 6, "safety": "是"})
    assert trial.inputs is None
    assert trial.decided is None
    assert "涉及安全" in trial.problem
    assert {cell for rule in trial.rules for cell in rule.cells} == {None}


def test_a_cell_that_eats_the_budget_does_not_hang() -> None:
    greedy = "count(for a in 1..1000, b in 1..1000 return a) > ?"
    xml = table([("数", "n", "number")], [("level", "string")], [(greedy, '"甲"')] * 200, policy="FIRST")
    trial = try_decision(parse_decisions(xml)["grade"], {"n": 1})
    assert trial.decided is None
    assert trial.rules[0].cells == (None,)
