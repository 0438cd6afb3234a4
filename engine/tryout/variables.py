"""The variables of a run by scope, as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine import bpmn
from engine.clock import local
from engine.feel import Far, FarDate, FarDateTime
from engine.i18n import _
from engine.jsondata import dump

LONGEST = 4000
"""Characters of a value that are shown."""


def scopes(execution: bpmn.Execution, before: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The process, subprocesses and children of multi-instances with their variables; what differs from `before` in
    the process is marked as changed."""
    found = []
    for scope in execution.scopes:
        old = before if scope.node is None else scope.variables
        rows = [
            {
                "name": name,
                "value": text_of(value),
                "type": kind_of(value),
                "changed": name not in old or old[name] != value,
            }
            for name, value in sorted(scope.variables.items())
        ]
        found.append({"name": _name(scope), "rows": rows})
    return found


def _name(scope: bpmn.ScopeVariables) -> str:
    if scope.node is None:
        return _("流程")
    if scope.loop_counter is None:
        return scope.node.name or scope.node.id
    return _("{step} 第 {n} 个", step=scope.node.name or scope.node.id, n=scope.loop_counter + 1)


def kind_of(value: Any) -> str:
    """The kind of a value in everyday words."""
    if value is None:
        return _("空")
    for kinds, word in (
        (bool, _("是否")),
        (str, _("文字")),
        ((int, float, Decimal), _("数")),
        ((datetime, FarDateTime), _("时刻")),
        ((date, FarDate), _("日期")),
        (time, _("时间")),
        (list, _("列表")),
        (dict, _("一组值")),
    ):
        if isinstance(value, kinds):
            return word
    return _("时长")


def text_of(value: Any) -> str:
    """A value on paper: texts, dates and times as they are read, everything else as JSON has it."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, datetime):
        text = f"{local(value):%Y-%m-%d %H:%M}"
    elif isinstance(value, date | time | Far):
        text = value.isoformat()
    elif value is None:
        text = "—"
    elif isinstance(value, bool):
        text = _("是") if value else _("否")
    else:
        text = dump(value).decode()
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
