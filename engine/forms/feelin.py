"""Where the browser's FEEL (feelin, by which form-js shows a form) answers otherwise than the server's.

The server computes every condition, formula and limit again when a form is sent, so nothing wrong gets in; but what a
person sees while filling it in may differ. `TOLD` are constructs that a hint warns of; `SILENT` are differences that
depend on the values, of which a text says nothing. A test keeps both true against both engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine.errors import Finding
from engine.feel import FeelError, nodes
from engine.feel.parser import parse_expression
from engine.feel.phrases import children
from engine.i18n import N_, _

_MISSING = N_("浏览器没有这个函数，填写时得不到值")
_ABSENT = (
    "add working days,coincides,during,duplicate values,finished by,finishes,get or else,"
    "is defined,is working day,last day of month,next working day,overlaps after,overlaps before,"
    "previous working day,range,round half even,started by,starts,trim,working days between"
)
TOLD: Mapping[str, str] = {
    **{f"{name}()": _MISSING for name in _ABSENT.split(",")},
    "date and time(text)": N_("浏览器也认没有秒的时间，服务器不认"),
    "time(text)": N_("浏览器也认没有秒的时间，服务器不认"),
    "decimal()": N_("末位是 5 时浏览器四舍五入，服务器取偶数"),
    "years and months duration()": N_("浏览器留着不足一月的天数，服务器只算整月"),
    "now()": N_("服务器核对表单时只知道今天，不知道此刻；请用 today()"),
    "sort(list)": N_("浏览器要求写明比较的函数，例如 sort(a, function(x, y) x < y)"),
    "instance of": N_("浏览器判断类型的结果不可靠"),
    "decimal =": N_("浏览器用二进制小数，0.1 + 0.2 = 0.3 在浏览器里不成立；请改用 < 或 >，或先取整"),
}
"""By construct, as `constructs` names it: what is different."""
SILENT: Mapping[str, str] = {
    "kinds": "values of different kinds, or null, are compared: false in the browser, null on the server",
    "digits": "binary fractions: 0.1 + 0.2 is 0.30000000000000004 in the browser",
    "no list": "a value that is no list, or a test that is no boolean, where a list or a boolean is meant",
    "durations": "durations that are multiplied, or given to abs",
    "numbers": "substring from 0, odd of a fraction, max of texts",
    "bounds": "a range whose end is null",
}
"""Known differences that no text shows beforehand."""

_PLACES = ("expression", "valuesExpression", "readonly", "text", "description")
_LIMITS = ("min", "max", "minLength", "maxLength")


def browser_hints(schema: Mapping[str, Any]) -> list[Finding]:
    """Hints for the expressions of a form that a browser would answer otherwise, each at its component."""
    found = []
    for component, where, text in expressions_in(schema):
        for construct in constructs(text):
            if construct in TOLD:
                message = _(
                    "{where} 用了 {construct}：{reason}。提交时以服务器的结果为准",
                    where=where,
                    construct=construct,
                    reason=_(TOLD[construct]),
                )
                identity, label = str(component.get("id") or "")[:80], str(component.get("label") or "")[:100]
                found.append(Finding("hint", "form.browser", identity, label, message))
    return found


def expressions_in(schema: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    """Every expression that the browser evaluates: its component, the name of the property, the text without `=`."""
    todo = [schema]
    while todo:
        component = todo.pop()
        conditional, validate = component.get("conditional"), component.get("validate")
        places = {name: component.get(name) for name in _PLACES}
        places["conditional.hide"] = conditional.get("hide") if isinstance(conditional, dict) else None
        places |= {name: validate.get(name) for name in _LIMITS} if isinstance(validate, dict) else {}
        for where, text in places.items():
            if isinstance(text, str) and text.startswith("="):
                yield component, where, text[1:].strip()
        inner = component.get("components")
        todo += [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []


@lru_cache(maxsize=1024)
def constructs(text: str) -> tuple[str, ...]:
    """What an expression uses, by the names of `TOLD`: functions as `name()`, and a few shapes."""
    try:
        todo = [parse_expression(text)]
    except FeelError:
        return ()
    found: dict[str, None] = {}
    while todo:
        node = todo.pop()
        found |= dict.fromkeys(_named(node))
        todo.extend(children(node))
    return tuple(sorted(found))


def _named(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Call):
        yield f"{node.name}()"
        if len(node.arguments) == 1 and node.name == "sort":
            yield "sort(list)"
        if len(node.arguments) == 1 and node.name in ("time", "date and time") and not _has_seconds(node.arguments[0]):
            yield f"{node.name}(text)"
    elif isinstance(node, nodes.InstanceOf):
        yield "instance of"
    elif isinstance(node, nodes.Comparison) and _fractional_equality(node):
        yield "decimal ="


def _has_seconds(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Literal) and str(node.value).count(":") > 1


def _fractional_equality(node: nodes.Comparison) -> bool:
    return node.operator in ("=", "!=") and (_fractional(node.left) or _fractional(node.right))


def _fractional(node: nodes.Node) -> bool:
    """Arithmetic of which the text shows that it may leave the whole numbers."""
    if not isinstance(node, nodes.Arithmetic):
        return False
    parts = (node.left, node.right)
    written = any(isinstance(part, nodes.Literal) and "." in str(part.value) for part in parts)
    return node.operator == "/" or written or any(_fractional(part) for part in parts)
