"""Why a rule matched, in one sentence: 费用占比 12.6% ≥ 10%，涉及安全 = 是."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from functools import lru_cache

from engine.feel import nodes
from engine.feel.dmn.matched import JudgedCell, MatchedRule
from engine.feel.parser import parse_unary_tests
from engine.feel.rendering import render_number, render_scalar
from engine.feel.values import CONTEXT, Value
from engine.i18n import _

_UNIT = re.compile(r"(.+?)\s*[（(]([^（）()]{1,8})[）)]")
SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "=", "!=": "≠"}
_MIRRORED = {True: "≤", False: "<"}
_NAMED = 5
"""Members of a list that are named; longer lists are counted."""
_DECIMALS = Decimal("0.0001")  # enough to read; the decision itself used all digits


def explain(matched: Sequence[MatchedRule]) -> str:
    """The sentence for the rules that matched; without any it says so."""
    if not matched:
        return _("没有规则符合")
    return "；".join(_explain_rule(rule) for rule in matched)


def _explain_rule(rule: MatchedRule) -> str:
    """The tested cells; a rule that tests nothing speaks through its description."""
    phrases = [_phrase(cell) for cell in rule.inputs if parse_unary_tests(cell.test).tests]
    return "，".join(phrases) or rule.description or _("其余情况")


def _phrase(cell: JudgedCell) -> str:
    label, unit = label_and_unit(cell.label)
    value = say(cell.value, unit)
    tests = parse_unary_tests(cell.test)
    if len(tests.tests) == 1 and not tests.negated:
        told = _tell(tests.tests[0], label, value, unit)
        if told is not None:
            return told
    if not tests.negated and all(_is_plain_value(test) for test in tests.tests):
        return f"{label} = {value}"
    return _("{label} = {value}（符合 {test}）", label=label, value=value, test=cell.test)


def _tell(test: nodes.Node, label: str, value: str, unit: str) -> str | None:
    """One test in words, if it is one of the common shapes."""
    if isinstance(test, nodes.OperatorTest):
        bound = literal(test.operand)
        if bound is None:
            return None
        if test.operator == "=":
            return f"{label} = {value}"
        return f"{label} {value} {SIGNS[test.operator]} {say(bound.value, unit)}"
    if isinstance(test, nodes.ExpressionTest) and isinstance(test.expression, nodes.RangeLiteral):
        interval = test.expression
        low, high = literal(interval.start), literal(interval.end)
        if low is None or high is None:
            return None
        before, after = _MIRRORED[interval.start_included], _MIRRORED[interval.end_included]
        return f"{say(low.value, unit)} {before} {label} {value} {after} {say(high.value, unit)}"
    return None


def _is_plain_value(test: nodes.Node) -> bool:
    return isinstance(test, nodes.ExpressionTest) and literal(test.expression) is not None


def literal(node: nodes.Node | None) -> nodes.Literal | None:
    """A literal, also a negative number."""
    if isinstance(node, nodes.Literal):
        return node
    if isinstance(node, nodes.Negation) and isinstance(node.operand, nodes.Literal):
        number = node.operand.value
        return nodes.Literal(node.at, CONTEXT.minus(number)) if isinstance(number, Decimal) else None
    return None


@lru_cache(maxsize=1024)
def label_and_unit(label: str) -> tuple[str, str]:
    """`费用占比（%）` → 费用占比, %."""
    match = _UNIT.fullmatch(label)
    return (match[1], match[2]) if match else (label, "")


def say(value: Value, unit: str) -> str:
    """A value in words, with the unit of its column."""
    if value is None:
        return _("（空）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, (int, Decimal)):
        number = render_number(_readable(Decimal(value)))
        return number + ("" if not unit else unit if unit in "%％‰" else f" {unit}")
    if isinstance(value, list) and 0 < len(value) <= _NAMED and not any(isinstance(v, (list, dict)) for v in value):
        return _("、").join(say(item, unit) for item in value)
    if isinstance(value, (list, dict)):
        return _("{n} 项", n=len(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return render_scalar(value)


def _readable(number: Decimal) -> Decimal:
    """At most four decimals, none lost that a small number needs."""
    if number.adjusted() > 20 or abs(number) < _DECIMALS:
        return number
    return number.quantize(_DECIMALS, context=CONTEXT)
