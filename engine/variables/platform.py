"""The platform's own variables: of the case, and inside a multi-instance."""

from __future__ import annotations

from engine.i18n import _
from engine.variables.model import Variable, type_name


def case_variable() -> Variable:
    """`case`, there from the start of every case."""
    return Variable(
        name="case",
        label=_("本事项"),
        type="context",
        detail=type_name("context"),
        origin=_("平台"),
        fields=(
            _text("number", _("编号")),
            _text("title", _("标题")),
            _text("starter", _("发起人账号")),
            _text("starter_department", _("发起部门代码")),
            Variable(name="started_at", label=_("发起时间"), type="date and time", detail=type_name("date and time")),
        ),
    )


def withdraw_reason() -> Variable:
    """What the message of a withdrawal brings."""
    return Variable(
        name="withdraw_reason", label=_("撤回原因"), type="string", detail=type_name("string"), origin=_("平台")
    )


def loop_counter() -> Variable:
    """Seen by one task of a multi-instance."""
    return _number("loopCounter", _("本项序号，从 0 起"))


def loop_counts() -> list[Variable]:
    """Seen by the completion condition of a multi-instance."""
    return [
        _number("nrOfInstances", _("总项数")),
        _number("nrOfCompletedInstances", _("已完成项数")),
        _number("nrOfActiveInstances", _("正在办理的项数")),
    ]


def _text(name: str, label: str) -> Variable:
    return Variable(name=name, label=label, type="string", detail=type_name("string"))


def _number(name: str, label: str) -> Variable:
    origin = _("会签")
    return Variable(name=name, label=label, type="number", detail=type_name("number"), origin=origin, own=True)
