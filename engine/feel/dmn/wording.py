"""The cells of a decision table as people read them: ≥ 10%, 重大 或 较大, 不限."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from engine.feel import nodes
from engine.feel.dmn.explain import SIGNS, label_and_unit, literal, say
from engine.feel.dmn.model import Decision
from engine.feel.errors import FeelError
from engine.feel.parser import parse_unary_tests
from engine.feel.values import Value
from engine.i18n import _


def label_text(label: str) -> str:
    """The label of a column without the unit in brackets, which its cells carry."""
    return label_and_unit(label)[0]


def condition_text(cell: str, label: str = "") -> str:
    """What a cell asks for; "" where it lets everything pass. What has no words of its own stays FEEL."""
    unit = label_and_unit(label)[1]
    tests = _parsed(cell)
    if tests is None:
        return cell.strip()
    words = [_test(test, unit) for test in tests.tests]
    if any(word is None for word in words):
        return cell.strip()
    told = _(" 或 ").join(word for word in words if word)
    return _("除 {values} 外", values=told) if tests.negated else told


def value_text(cell: str, label: str = "") -> str:
    """What a cell answers: a literal in words, anything else as FEEL."""
    tests = _parsed(cell)
    if tests is not None and len(tests.tests) == 1 and not tests.negated:
        test = tests.tests[0]
        found = literal(test.expression) if isinstance(test, nodes.ExpressionTest) else None
        if found is not None:
            return say(found.value, label_and_unit(label)[1])
    return cell.strip()


def answer_text(value: Any, decision: Decision | None = None) -> str:
    """What a table answered, in words: 送上级 = 平台管理部，部门审批人 = （空）. A context speaks by the labels of the
    table's outputs, a list context by context; anything else is one value."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "；".join(answer_text(item, decision) for item in value)
    if not isinstance(value, dict):
        return say(value, "")
    labels = {output.name: output.label or output.name for output in decision.outputs} if decision else {}
    columns = [(label_and_unit(labels.get(name, name)), item) for name, item in value.items()]
    return "，".join(f"{label} = {say(item, unit)}" for (label, unit), item in columns)


@lru_cache(maxsize=4096)
def _parsed(cell: str) -> nodes.UnaryTests | None:
    try:
        return parse_unary_tests(cell)
    except FeelError:
        return None


def _test(test: nodes.Node, unit: str) -> str | None:
    """One test in words, None where there are none."""
    if isinstance(test, nodes.OperatorTest):
        bound = literal(test.operand)
        if bound is None:
            return None
        told = _bound(bound.value, unit)
        return told if test.operator == "=" else f"{SIGNS[test.operator]} {told}"
    if not isinstance(test, nodes.ExpressionTest):
        return None
    if isinstance(test.expression, nodes.RangeLiteral):
        return _range(test.expression, unit)
    found = literal(test.expression)
    return None if found is None else _bound(found.value, unit)


def _range(interval: nodes.RangeLiteral, unit: str) -> str | None:
    low, high = literal(interval.start), literal(interval.end)
    least = SIGNS[">=" if interval.start_included else ">"]
    most = SIGNS["<=" if interval.end_included else "<"]
    if interval.start is None and high is not None:
        return f"{most} {_bound(high.value, unit)}"
    if interval.end is None and low is not None:
        return f"{least} {_bound(low.value, unit)}"
    if low is None or high is None:
        return None
    return _(
        "{least} {low} 且 {most} {high}",
        least=least,
        low=_bound(low.value, unit),
        most=most,
        high=_bound(high.value, unit),
    )


def _bound(value: Value, unit: str) -> str:
    """A number keeps its unit, a text stands without quotes, an empty text is said."""
    if value == "":
        return _("（空）")
    return say(value, unit if isinstance(value, Decimal) else "")
