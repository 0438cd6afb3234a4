"""Time limits in words, with the figures of the decision table that gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine import bpmn
from engine.deployments import Deployed
from engine.feel.dmn import Decision, condition_text, value_text
from engine.i18n import _
from engine.queries.library.fields import FieldName, field_names

_REFERENCE = re.compile(r"([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?")
_SPELT = re.compile(r'string\(\s*([\w.]+)\s*\)\s*\+\s*"\s*(个工作日|小时)\s*"')
_LITERAL = re.compile(r"(\d+(?:\.\d+)?)\s*(个工作日|小时)?")
_PERIOD = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_HOUR = "小时"
_CYCLE = re.compile(r"R(\d*)/(?:([^/]+)/)?([^/]+)")
_EVERY = re.compile(r"P(?:(\d+)([DWMY])|T(\d+)([HM]))")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d).*)?")


@dataclass(frozen=True)
class _Case:
    """One figure and when it holds ("" always)."""

    figure: str
    when: str


class Limits:
    """The limits of one version of a procedure."""

    def __init__(self, deployed: Deployed) -> None:
        self._fields: Mapping[str, FieldName] = field_names(deployed)
        self._results = {
            node.result_variable: (deployed.decisions[node.decision], node.decision_mapping)
            for node in deployed.process.nodes.values()
            if node.result_variable and node.decision and node.decision in deployed.decisions
        }

    def due(self, deadline: bpmn.Deadline) -> str:
        """How long a task may take: 3 个工作日, or 一般 3 个工作日，紧急 2 个工作日."""
        return self._words(deadline.due, deadline.unit) if deadline.due else ""

    def remind(self, deadline: bpmn.Deadline) -> str:
        """How long before its end a reminder comes, "" without one."""
        return self._words(deadline.remind, deadline.unit) if deadline.remind else ""

    def timer(self, timer: bpmn.TimerText) -> str:
        """How long a drawn timer waits, or until when."""
        text = timer.text.removeprefix("=").strip()
        if timer.kind == "cycle":
            return _cycle(text)
        if timer.kind == "date" and (moment := _MOMENT.fullmatch(text)):
            return f"{moment[1]} {moment[2] or '00:00'}"
        spelt = _SPELT.fullmatch(text)
        if timer.text.startswith("=") and spelt:
            return self._words(f"= {spelt[1]}", "hour" if spelt[2] == _HOUR else "workday")
        if plain := _LITERAL.fullmatch(text):
            return _amount(plain[1], "hour" if plain[2] == _HOUR else "workday")
        if period := _PERIOD.fullmatch(text.strip('"')):
            return _period(*period.groups()) or text
        return _("按案件计算")

    def _words(self, text: str, unit: str) -> str:
        if not text.startswith("="):
            return _amount(text.strip(), unit)
        inner = text.removeprefix("=").strip()
        if _LITERAL.fullmatch(inner):
            return _amount(inner, unit)
        if period := _PERIOD.fullmatch(inner.strip('"')):
            return _period(*period.groups()) or inner
        reference = _REFERENCE.fullmatch(inner)
        if reference is None:
            return _("按案件计算")
        found = self._results.get(reference[1])
        if found is not None:
            return _by_table(found[0], reference[2], unit)
        field = self._fields.get(reference[1])
        if field is not None:
            return _("由“{step}”填写的“{field}”决定", step=field.step, field=field.label)
        return _("按案件计算")


def _by_table(decision: Decision, output: str | None, unit: str) -> str:
    """The figures that a table gives; with one condition each beside its own, else their range."""
    column = next((i for i, found in enumerate(decision.outputs) if output in (None, found.name)), None)
    if column is None:
        return _("按决策表“{name}”", name=decision.name)
    label = decision.inputs[0].label if decision.inputs else ""
    cases = [
        _Case(value_text(rule.outputs[column], ""), condition_text(rule.inputs[0], label) if rule.inputs else "")
        for rule in decision.rules
    ]
    figures = list(dict.fromkeys(case.figure for case in cases))
    if len(figures) == 1:
        return _amount(figures[0], unit)
    if len(decision.inputs) == 1 and len(cases) <= 4:
        return _("，").join(f"{case.when or _('其他')} {_amount(case.figure, unit)}" for case in cases)
    numbers = sorted(float(figure) for figure in figures if _LITERAL.fullmatch(figure))
    if len(numbers) < 2:
        return _("按决策表“{name}”", name=decision.name)
    span = f"{numbers[0]:g}–{numbers[-1]:g}"
    return _("{span}，按决策表“{name}”", span=_amount(span, unit), name=decision.name)


def _cycle(text: str) -> str:
    """每 1 小时一次，共 3 次; where a formula gives it, only that it repeats."""
    found = _CYCLE.fullmatch(text)
    every = found and _EVERY.fullmatch(found[2] if found[2] and found[2].startswith("P") else found[3])
    if found is None or every is None:
        return _("反复，按案件计算")
    units = {
        "D": _("{n} 天", n=every[1]),
        "W": _("{n} 周", n=every[1]),
        "M": _("{n} 个月", n=every[1]),
        "Y": _("{n} 年", n=every[1]),
        "TH": _("{n} 小时", n=every[3]),
        "TM": _("{n} 分钟", n=every[3]),
    }
    period = units[every[2] or f"T{every[4]}"]
    if not found[1]:
        return _("每 {period}一次", period=period)
    return _("每 {period}一次，共 {n} 次", period=period, n=found[1])


def _amount(figure: str, unit: str) -> str:
    return _("{n} 小时", n=figure) if unit == "hour" else _("{n} 个工作日", n=figure)


def _period(days: str | None, hours: str | None, minutes: str | None) -> str:
    parts = [_("{n} 天", n=days) if days else "", _("{n} 小时", n=hours) if hours else ""]
    return " ".join(part for part in [*parts, _("{n} 分钟", n=minutes) if minutes else ""] if part)
