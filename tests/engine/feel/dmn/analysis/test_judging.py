"""Gaps, meetings and rules that never come: each confirmed, none invented, none missed that a grid of values shows."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel.dmn import Decision, parse_decisions
from engine.feel.dmn.analysis import Analysis, Domain, analyse
from engine.feel.dmn.analysis.columns import Outside
from engine.feel.dmn.analysis.sweep import Work
from tests.engine.feel.dmn.building import GRADE, table

AMOUNT = ("金额", "amount", "number")
LEVEL = ("等级", "level", "string")
SAFE = ("安全", "safe", "boolean")


def decision(
    inputs: Sequence[tuple[str, str, str]], rules: Sequence[Sequence[str]], policy: str = "UNIQUE"
) -> Decision:
    rows = [(*cells, str(number)) for number, cells in enumerate(rules)]
    return parse_decisions(table(inputs, [("answer", "number")], rows, policy=policy))["grade"]


def judged(
    inputs: Sequence[tuple[str, str, str]], rules: Sequence[Sequence[str]], policy: str = "UNIQUE", **known: Domain
) -> Analysis:
    return analyse(decision(inputs, rules, policy), {(name,): domain for name, domain in known.items()})


def gaps(found: Analysis) -> list[dict[int, Any]]:
    return [dict(example.values) for example in found.gaps]


def test_a_bound_that_nobody_has_is_a_gap() -> None:
    rules = [("< 1000", '"I"'), ("> 1000", '"I"'), ("-", '"II"')]
    assert gaps(judged([AMOUNT, LEVEL], rules)) == [{0: Decimal(1000), 1: "I"}]


def test_what_is_between_two_rules_is_told_by_a_plain_number() -> None:
    assert gaps(judged([AMOUNT], [["<= 10"], [">= 12.5"]])) == [{0: Decimal(11)}]
    assert gaps(judged([AMOUNT], [["<= 0.5"], [">= 0.6"]])) == [{0: Decimal("0.51")}]
    assert gaps(judged([AMOUNT], [["<= -7.5"], [">= -7.4"]])) == [{0: Decimal("-7.49")}]


def test_a_complete_table_has_none() -> None:
    found = judged([AMOUNT, SAFE], [("< 0", "-"), ("[0..10]", "true"), ("[0..10]", "false"), ("> 10", "-")])
    assert found == Analysis()


@pytest.mark.parametrize(
    ("type_name", "cells"),
    [
        ("date", ['<= date("2024-02-29")', '>= date("2024-03-01")']),
        ("integer", ["<= 3", ">= 4"]),
        ("years and months duration", ['<= duration("P1Y")', '>= duration("P13M")']),
    ],
)
def test_days_months_and_whole_numbers_have_nothing_between(type_name: str, cells: list[str]) -> None:
    assert judged([("列", "amount", type_name)], [[cell] for cell in cells]) == Analysis()


@pytest.mark.parametrize(
    ("type_name", "cells"),
    [
        ("time", ['< time("12:00:00")', '> time("12:00:00")']),
        ("date and time", ['< date and time("2024-01-01T00:00:00")', '> date and time("2024-01-01T00:00:00")']),
        ("days and time duration", ['< duration("P1D")', '> duration("P1D")']),
        ("date", ['< date("2024-01-01")', '> date("2024-01-01")']),
        ("boolean", ["true"]),
    ],
)
def test_every_kind_with_an_order_is_looked_at(type_name: str, cells: list[str]) -> None:
    assert len(judged([("列", "amount", type_name)], [[cell] for cell in cells]).gaps) == 1


def test_texts_are_those_that_the_table_or_its_form_knows() -> None:
    rules = [['"I"'], ['"II"']]
    assert judged([LEVEL], rules).gaps == []
    assert gaps(judged([LEVEL], rules, level=Domain(("I", "II", "III")))) == [{0: "III"}]


def test_allowed_values_bound_what_is_asked() -> None:
    xml = table([AMOUNT], [("answer", "number")], [("[0..5)", "1"), ("> 5", "2")])
    allowed = xml.replace(b"</inputExpression>", b"</inputExpression><inputValues><text>[0..5)</text></inputValues>")
    found = analyse(parse_decisions(allowed)["grade"])
    assert (found.gaps, found.unmet) == ([], ((1, 0),))


def test_a_collecting_table_has_neither_gaps_nor_meetings() -> None:
    assert judged([AMOUNT], [["> 1"], ["> 2"]], "COLLECT") == Analysis()


@pytest.mark.parametrize("policy", ["RULE ORDER", "OUTPUT ORDER"])
def test_nor_has_any_table_that_lists(policy: str) -> None:
    xml = table([AMOUNT], [("answer", "number")], [("> 1", "1"), ("> 2", "2")], policy=policy, allowed="1, 2")
    assert analyse(parse_decisions(xml)["grade"]) == Analysis()


def test_a_default_answers_where_no_rule_matches() -> None:
    xml = table([AMOUNT], [("answer", "number")], [("> 1", "1")])
    assert len(analyse(parse_decisions(xml)["grade"]).gaps) == 1
    default = b"<defaultOutputEntry><text>0</text></defaultOutputEntry></output>"
    assert analyse(parse_decisions(xml.replace(b"</output>", default))["grade"]) == Analysis()


def test_an_input_that_another_decision_computes_is_not_claimed_to_take_every_value() -> None:
    need = b'<informationRequirement id="q"><requiredDecision href="#amount"/></informationRequirement><decisionTable'
    first = b'<decision id="amount" name="amount"><variable id="v" name="amount" typeRef="number"/>'
    first += b'<literalExpression id="l"><text>if level = "I" then 1 else 5</text></literalExpression></decision>'
    xml = table([AMOUNT], [("answer", "number")], [("1", "1"), ("5", "2")]).replace(b"<decisionTable", need)
    decisions = parse_decisions(xml.replace(b"</definitions>", first + b"</definitions>"))
    assert analyse(decisions["grade"]) == Analysis(skipped=((0, Outside.DECIDED),))
    assert analyse(decisions["amount"]) == Analysis()


def test_two_rules_of_a_unique_table_meet() -> None:
    (meeting,) = judged([AMOUNT, LEVEL], [("[0..10]", "-"), ("[10..20]", '"I"'), ("> 20", "-")]).meetings
    assert (meeting.rule, meeting.others, meeting.empty) == (1, (0,), False)
    assert dict(meeting.example.values) == {0: Decimal(10), 1: "I"}


def test_rules_that_meet_only_where_nothing_was_filled_in() -> None:
    meetings = judged([LEVEL], [['not("I")'], ['not("II")']], level=Domain(("I", "II"))).meetings
    assert [meeting.empty for meeting in meetings] == [True]


def test_any_lets_rules_meet_that_say_the_same() -> None:
    xml = table([AMOUNT], [("answer", "number")], [("> 1", "1"), ("> 2", "1.0"), ("> 3", "2")], policy="ANY")
    found = analyse(parse_decisions(xml)["grade"])
    assert [(meeting.rule, meeting.others) for meeting in found.meetings] == [(2, (0, 1))]


def test_under_first_a_rule_can_be_forestalled_by_several_together() -> None:
    rules = [("< 10", "-"), (">= 10", "true"), ("> 5", "true"), (">= 10", "not(true)"), ("-", "-"), ("-", "-")]
    found = judged([AMOUNT, SAFE], rules, "FIRST")
    assert found.covered == [2, 5]  # the fifth is there for an amount that is null


def test_a_cell_that_nothing_passes_and_an_input_that_nobody_asks_for() -> None:
    found = judged([AMOUNT, LEVEL, SAFE], [("[5..1]", "-", "-"), ("? > 3 and ? < 2", '"I"', "-"), ("-", "5", "-")])
    assert found.unused == (2,)
    assert (0, 0) in found.unmet
    assert (2, 1) in found.unmet


def test_cells_that_compute_are_never_claimed_to_fail_or_to_pass() -> None:
    found = judged([AMOUNT, LEVEL], [("> limit", "-"), ("<= limit", "-")])
    assert (found.gaps, found.meetings, found.doubtful) == ([], [], 0)
    assert judged([AMOUNT], [["> limit"], ["-"]], "FIRST").doubtful is None


def test_an_input_that_is_computed_from_one_variable_is_followed_back() -> None:
    assert gaps(judged([("占比", "part / whole * 100", "number")], [["< 5"], ["> 5"]])) == [{0: Decimal(5)}]
    assert gaps(judged([("项数", "count(items)", "number")], [["0"], ["> 1"]])) == [{0: Decimal(1)}]
    assert judged([("项数", "count(items)", "number")], [["0"], [">= 1"]]) == Analysis()
    assert gaps(judged([("超过", "amount > 5", "boolean")], [["true"]])) == [{0: False}]


def test_nothing_is_claimed_of_inputs_that_depend_on_each_other() -> None:
    rules = [("> 5", "true"), ("<= 5", "false")]
    shared = Analysis(skipped=((1, Outside.SHARED),))
    assert judged([AMOUNT, ("超过", "amount > 5", "boolean")], rules) == shared
    computed = Analysis(unused=(0,), skipped=((1, Outside.COMPUTED),))
    assert judged([AMOUNT, ("平方", "amount * amount", "number")], [("-", ">= 0")]) == computed


def test_inputs_that_are_not_judged_are_told_only_where_they_could_make_a_difference() -> None:
    square = ("平方", "amount * amount", "number")
    assert judged([LEVEL, square], [('"I"', "> 5"), ('"I"', "-"), ("-", "-")], "FIRST") == Analysis()
    assert judged([LEVEL, square], [('"I"', "> 5"), ('"II"', "-")], "COLLECT") == Analysis()
    apart = judged([SAFE, square], [("true", "> 5"), ("true", "<= 5"), ("false", "-")])
    assert (apart.meetings, apart.skipped) == ([], ((1, Outside.COMPUTED),)), "there may be a gap: null is neither"
    met = judged([SAFE, square], [("true", "> 5"), ("true", "-"), ("false", "-")])
    assert (met.gaps, met.meetings, met.skipped) == ([], [], ((1, Outside.COMPUTED),)), "the first two may meet"


def test_one_variable_in_two_columns_is_one_input() -> None:
    found = judged([AMOUNT, AMOUNT], [("> 5", "< 10"), ("<= 5", "-"), ("-", ">= 10")])
    assert found == Analysis()


def test_the_shared_example_speaks_of_the_last_rule_only_where_it_is_needed() -> None:
    assert analyse(parse_decisions(GRADE)["grade"]) == Analysis()


def test_a_table_too_large_to_be_swept_says_so_and_still_knows_its_meetings() -> None:
    rules = [(f"[{n}..{n + 3})", f"[{n}..{n + 2})") for n in range(20)]
    one = decision([("a", "a", "number"), ("b", "b", "number")], rules)
    found = analyse(one, work=Work(10))
    assert found.too_large
    assert found.meetings


def test_a_thousand_rules_of_eight_inputs_are_judged_while_somebody_draws() -> None:
    digits = [str(number).zfill(3) for number in range(1000)]
    rules = [[f"[{a}..{a}5)", f'"{b}"', f"{c}", *["-"] * 5] for a, b, c in digits]
    columns = [(f"列{n}", f"c{n}", "string" if n == 1 else "number") for n in range(8)]
    one = decision(columns, rules)
    began = time.process_time()
    found = analyse(one)
    assert time.process_time() - began < 5
    assert found.unused == (3, 4, 5, 6, 7)
    assert found.gaps


# ---------------------------------------------------------------- against brute force

_NUMBERS = [
    "-",
    "1",
    "< 1",
    "<= 2",
    "> 1",
    ">= 3",
    "[1..2]",
    "(1..3)",
    "[0..2)",
    "not(1)",
    "1, 3",
    "not(> 2)",
    "< 1, > 2",
]
_NUMBERS += ["null", "not(null)", "? > 1 and ? < 3", "!= 2", "[0..1), 3"]
_TEXTS = ["-", '"a"', '"b"', '"a", "b"', 'not("a")', 'not("a", "b")', "null", '["a", "b"]', '!= "a"']
_TRUTHS = ["-", "true", "false", "not(true)", "not(false)", "true, false", "null"]
_ROWS = st.lists(
    st.tuples(st.sampled_from(_NUMBERS), st.sampled_from(_TEXTS), st.sampled_from(_TRUTHS)), min_size=1, max_size=5
)


def _grid(one: Decision, *, asked: bool) -> Iterator[Mapping[str, Any]]:
    """Values of all three inputs; `asked`: only those that a table is asked to answer."""
    numbers = [Decimal(n) / 2 for n in range(-2, 9)]
    said = [text for text in ("a", "b") if any(f'"{text}"' in rule.inputs[1] for rule in one.rules)]
    texts = (said or ["c"]) if asked else [*said, "c", None]
    truths: list[bool | None] = [True, False] if asked else [True, False, None]
    for amount, level, safe in product(numbers if asked else [*numbers, None], texts, truths):
        yield {"amount": amount, "level": level, "safe": safe}


def _matching(one: Decision, context: Mapping[str, Any]) -> list[int]:
    return [at for at, row in enumerate(one.table.judge(context)[1]) if all(cell is True for cell in row)]


@settings(max_examples=150, deadline=None)
@given(_ROWS)
def test_gaps_and_meetings_are_those_of_brute_force(rules: list[tuple[str, str, str]]) -> None:
    one = decision([AMOUNT, LEVEL, SAFE], rules)
    found = analyse(one)
    assert bool(found.gaps) == any(not _matching(one, context) for context in _grid(one, asked=True))
    met = {
        (low, high)
        for context in _grid(one, asked=False)
        for matching in [_matching(one, context)]
        for high in matching
        for low in matching
        if low < high
    }
    assert {(other, meeting.rule) for meeting in found.meetings for other in meeting.others} == met


@settings(max_examples=150, deadline=None)
@given(_ROWS)
def test_rules_that_never_come_are_those_of_brute_force(rules: list[tuple[str, str, str]]) -> None:
    one = decision([AMOUNT, LEVEL, SAFE], rules, "FIRST")
    found = analyse(one)
    first = {matching[0] for context in _grid(one, asked=False) if (matching := _matching(one, context))}
    never = set(range(len(rules))) - first
    assert set(found.covered) <= never
    dead = {rule for rule, _at in found.unmet}
    assert never <= set(found.covered) | dead


def test_years_beyond_the_scale_of_dates_are_left_to_the_engine() -> None:
    day = ("日期", "day", "date")
    found = judged([day], [('< @"-2016-01-01"',), ('>= @"-2016-01-01"',)])
    assert not found.gaps
    rules = [('< @"2016-01-01"',), ('>= @"2016-01-01"',)]
    assert not [gap for gap in gaps(judged([day], rules)) if gap[0] is not None]


def test_everything_but_one_value_is_seen_through() -> None:
    assert gaps(judged([AMOUNT], [("(!= 10)",)])) == [{0: Decimal(10)}]
    assert not gaps(judged([AMOUNT], [("(!= 10)",), ("10",)]))
