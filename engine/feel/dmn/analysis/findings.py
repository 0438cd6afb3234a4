"""An analysis as findings: what the engine would refuse at run time is of the house, the rest are hints."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Finding
from engine.feel.dmn.analysis.columns import Outside
from engine.feel.dmn.analysis.judging import Analysis, Example, Meeting
from engine.feel.dmn.explain import label_and_unit, say
from engine.feel.dmn.model import Decision, HitPolicy
from engine.feel.values import Value
from engine.i18n import _

_TOLD = 5
"""Gaps told of one table, and rules named in one sentence."""


def findings_of(decision: Decision, analysis: Analysis) -> list[Finding]:
    """In the order of weight; each points to the table, a rule, a cell's rule, or an input."""
    return [
        *(_meeting(decision, one) for one in analysis.meetings),
        *_gaps(decision, analysis),
        *_never(decision, analysis),
        *_inputs(decision, analysis),
        *_skipped(decision, analysis),
    ]


def _meeting(decision: Decision, meeting: Meeting) -> Finding:
    others = _("、").join(str(one + 1) for one in meeting.others[:_TOLD])
    if len(meeting.others) > _TOLD:
        others = _("{shown}等 {n} 条", shown=others, n=len(meeting.others))
    values = _values(decision, meeting.example)
    if decision.hit_policy is HitPolicy.ANY:
        message = _(
            "{values}与规则 {others} 同时符合而结果不同，命中策略 ANY 不允许，办理会停在这里；请改条件或结果。",
            values=values,
            others=others,
        )
    else:
        message = _(
            "{values}与规则 {others} 同时符合，命中策略 UNIQUE 只允许一条，办理会停在这里；请改条件，或改用 FIRST。",
            values=values,
            others=others,
        )
    return _at_rule(decision, meeting.rule, "hint" if meeting.empty else "house", "overlap", message)


def _gaps(decision: Decision, analysis: Analysis) -> Iterator[Finding]:
    for example in analysis.gaps[:_TOLD]:
        message = _(
            "{values}没有规则符合，结果为空；请补一条规则，或在输入列写明允许的取值。",
            values=_values(decision, example),
        )
        yield _finding("hint", "gap", decision.id, decision.name, message)
    if analysis.too_large:
        message = _("这张表太大，没有判断有无缺口；请多用场景试跑。")
        yield _finding("hint", "large", decision.id, decision.name, message)


def _never(decision: Decision, analysis: Analysis) -> Iterator[Finding]:
    for rule, at in analysis.unmet[:_TOLD]:
        column = decision.inputs[at]
        message = _(
            "“{label}”一格 {cell} 没有值能符合，这条规则永远用不到；请改条件或删去。",
            label=column.label,
            cell=decision.rules[rule].inputs[at],
        )
        yield _at_rule(decision, rule, "hint", "never", message)
    for rule in analysis.covered:
        message = _("排在前面的规则已包括它的全部情况，这条规则永远用不到；请调整次序或删去。")
        yield _at_rule(decision, rule, "hint", "never", message)


def _inputs(decision: Decision, analysis: Analysis) -> Iterator[Finding]:
    for at in analysis.unused:
        column = decision.inputs[at]
        message = _("“{label}”没有用到：没有规则看它；请填条件或删去这一列。", label=column.label)
        yield _finding("hint", "unused", column.id or decision.id, column.label, message)
    if analysis.doubtful is not None:
        column = decision.inputs[analysis.doubtful]
        message = _(
            "“{label}”的条件里有算式，看不出规则有无缺口；请自己核对，或加一条其余情况的规则。", label=column.label
        )
        yield _finding("hint", "doubtful", column.id or decision.id, column.label, message)


def _skipped(decision: Decision, analysis: Analysis) -> Iterator[Finding]:
    """One for the whole table, at the first of the columns."""
    if not analysis.skipped:
        return
    why = {
        Outside.COMPUTED: _("它的算式推不回输入的值"),
        Outside.DECIDED: _("它的值由另一个决策给出"),
        Outside.SHARED: _("它和别的列看同一个变量"),
    }
    columns = _("、").join(
        _("“{label}”（{reason}）", label=decision.inputs[at].label, reason=why[reason])
        for at, reason in analysis.skipped[:_TOLD]
    )
    if len(analysis.skipped) > _TOLD:
        columns = _("{shown}等 {n} 列", shown=columns, n=len(analysis.skipped))
    first = decision.inputs[analysis.skipped[0][0]]
    message = _("规则有无缺口和重叠没有全部判断，跳过了{columns}；请自己核对，或用试算和场景试跑。", columns=columns)
    yield _finding("hint", "skipped", first.id or decision.id, first.label, message)


def _at_rule(decision: Decision, rule: int, level: str, code: str, message: str) -> Finding:
    return _finding(level, code, decision.rules[rule].id or decision.id, _("规则 {n}", n=rule + 1), message)


def _finding(level: str, code: str, element_id: str, name: str, message: str) -> Finding:
    return Finding(level, f"dmn-{code}", element_id, name, message)


def _values(decision: Decision, example: Example) -> str:
    """金额 = 1000、等级 = "II" 时"""
    if not example.values:
        return _("任何情况下")
    told = []
    for at, value in example.values:
        label, unit = label_and_unit(decision.inputs[at].label)
        told.append(f"{label} = {_said(value, unit)}")
    return _("{values} 时", values=_("、").join(told))


def _said(value: Value, unit: str) -> str:
    return f'"{value}"' if isinstance(value, str) else say(value, unit)
