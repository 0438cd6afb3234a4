"""The one way from a text in a diagram to a value: FEEL, with errors that name the node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.bpmn.model import Node
from engine.bpmn.variables import isolate
from engine.errors import ExecutionError
from engine.feel import NOW, FeelError, compile_expression, from_feel
from engine.i18n import _

Now = Callable[[], datetime]
"""Hands in the present moment, for FEEL's `now()` and `today()`."""


def feel_of(text: str) -> str | None:
    """The FEEL behind the leading "=", or None for a literal."""
    stripped = text.strip()
    return stripped[1:].strip() if stripped.startswith("=") else None


def always_feel(text: str) -> str:
    """The FEEL of a place where the "=" is optional (flow and completion conditions, scripts)."""
    return feel_of(text) or text.strip()


def holds(condition: str, context: Mapping[str, Any], node: Node, now: Now) -> bool:
    """Whether a FEEL condition is true; null and anything else is not."""
    return _raw(condition, context, node, now) is True


def value_of(text: str, context: Mapping[str, Any], node: Node, now: Now) -> Any:
    """The value of a text that may be FEEL ("= …") or a literal; a copy, fit to be stored."""
    expression = feel_of(text)
    return text.strip() if expression is None else feel_value(expression, context, node, now)


def feel_value(expression: str, context: Mapping[str, Any], node: Node, now: Now) -> Any:
    """The value of a FEEL expression; a copy, fit to be stored."""
    return isolate(from_feel(_raw(expression, context, node, now)))


def _raw(expression: str, context: Mapping[str, Any], node: Node, now: Now) -> Any:
    try:
        return compile_expression(expression)(with_now(expression, context, now))
    except FeelError as error:
        raise ExecutionError(
            _(
                "「{name}」的表达式 {text} 无法计算：{reason}。本次操作没有保存；请流程负责人修改流程图。",
                name=node.name or node.id,
                text=expression,
                reason=error.message,
            )
        ) from error


def with_now(expression: str, context: Mapping[str, Any], now: Now) -> Mapping[str, Any]:
    """The context of an expression; the present moment only where the text may ask for it."""
    return {**context, NOW: now()} if "now" in expression or "today" in expression else context
