"""Methods and functions that only read, and so need no Java; all others are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Protocol

from engine.bpmn.foreign.juel.errors import NotTranslatable
from engine.bpmn.foreign.juel.nodes import Binary, Call, Literal, Name, Node, Property, Unary
from engine.bpmn.foreign.juel.written import Bind, Gives, Written, quoted
from engine.i18n import _


class Writing(Protocol):
    """The part of the writer that calls need."""

    def truth(self, node: Node) -> Written:
        """FEEL that is true exactly when the tree is."""
        ...

    def value(self, node: Node) -> Written:
        """FEEL with the value of the tree."""
        ...

    def number(self, node: Node) -> Written:
        """FEEL for one side of a calculation."""
        ...


_ENGINE = ("execution", "task", "delegateTask", "delegateExecution")
BUSINESS_KEY = "business_key"
"""The variable in which a called case gets its caller's key."""

_SIGNS = {"plus": "+", "minus": "-"}
_UNITS = {
    "Years": "P1Y",
    "Months": "P1M",
    "Weeks": "P7D",
    "Days": "P1D",
    "Hours": "PT1H",
    "Minutes": "PT1M",
    "Seconds": "PT1S",
}
# The text of FEEL by method and number of arguments: {0} is the value, {1} and {2} the arguments.
_TEMPLATES: Mapping[tuple[str, int], tuple[str, Gives]] = {
    ("size", 0): ("count({0})", Gives.NUMBER),
    ("length", 0): ("string length({0})", Gives.NUMBER),
    ("isEmpty", 0): ('list contains([null, "", [], {{}}], {0})', Gives.BOOLEAN),
    ("equalsIgnoreCase", 1): ("lower case({0}) = lower case({1})", Gives.TRUTH),
    ("startsWith", 1): ("starts with({0}, {1})", Gives.TRUTH),
    ("endsWith", 1): ("ends with({0}, {1})", Gives.TRUTH),
    ("toLowerCase", 0): ("lower case({0})", Gives.ANY),
    ("toUpperCase", 0): ("upper case({0})", Gives.ANY),
    ("trim", 0): ("trim({0})", Gives.ANY),
    ("concat", 1): ("string join([{0}, {1}])", Gives.TEXT),
    ("toString", 0): ("string({0})", Gives.ANY),
    ("booleanValue", 0): ("{0}", Gives.ANY),
    ("containsKey", 1): ("list contains(get entries({0}).key, {1})", Gives.TRUTH),
    # Spin, the JSON of Camunda: a value is its own JSON here
    ("stringValue", 0): ("{0}", Gives.ANY),
    ("numberValue", 0): ("{0}", Gives.ANY),
    ("boolValue", 0): ("{0}", Gives.ANY),
    ("value", 0): ("{0}", Gives.ANY),
    ("elements", 0): ("{0}", Gives.ANY),
}
_FLOWABLE: Mapping[str, str] = {
    "eq": "=",
    "equals": "=",
    "ne": "!=",
    "notEquals": "!=",
    "lt": "<",
    "lessThan": "<",
    "lte": "<=",
    "lessThanOrEquals": "<=",
    "gt": ">",
    "greaterThan": ">",
    "gte": ">=",
    "greaterThanOrEquals": ">=",
}


def call(writing: Writing, node: Call) -> Written:
    """FEEL for a call. Raises NotTranslatable for all that is not known to be a mere reading."""
    if node.of is None:
        return _function(writing, node)
    if isinstance(node.of, Name) and node.of.text in _ENGINE:
        return _of_engine(writing, node)
    special = _SPECIAL.get((node.method, len(node.arguments)))
    if special is not None:
        return special(writing, node.of, node.arguments)
    template = _TEMPLATES.get((node.method, len(node.arguments)))
    if template is not None:
        pieces = [writing.value(one).text for one in (node.of, *node.arguments)]
        text, gives = template
        if text == "{0}":
            return writing.value(node.of)
        bind = Bind.COMPARISON if " = " in text else Bind.WHOLE
        return Written(text.format(*pieces), bind, gives)
    moment = _moment(writing, node.of, node)
    if moment is not None:
        return moment
    raise NotTranslatable(
        _("{name}(…) 是 Java 方法，这里不运行 Java；请改用 FEEL，或交给服务任务的处理器", name=node.method), java=True
    )


def _function(writing: Writing, node: Call) -> Written:
    prefix, _colon, name = node.method.rpartition(":")
    if prefix in ("var", "vars", "variables"):
        return _flowable(writing, name, node)
    if node.method in ("now", "dateTime") and not node.arguments:
        return Written("now()", gives=Gives.MOMENT)
    if node.method in ("S", "JSON") and len(node.arguments) == 1:
        return writing.value(node.arguments[0])
    if node.method in ("currentUser", "currentUserGroups"):
        raise NotTranslatable(_("{name}() 在这里没有；发起人请用 case.starter", name=node.method))
    raise NotTranslatable(
        _("{name}(…) 是 Java 函数，这里不运行 Java；请改用 FEEL，或交给服务任务的处理器", name=node.method), java=True
    )


def _flowable(writing: Writing, name: str, node: Call) -> Written:
    """`variables:equals(status, 'open')` and the like; the first argument is the name of a variable, quoted or not."""
    first, *rest = node.arguments or (Literal(None),)
    subject: Node = Name(first.value) if isinstance(first, Literal) and isinstance(first.value, str) else first
    if name == "get" and not rest:
        return writing.value(subject)
    if name == "getOrDefault" and len(rest) == 1:
        return Written(f"get or else({writing.value(subject).text}, {writing.value(rest[0]).text})")
    if name in ("empty", "isEmpty") and not rest:
        return writing.truth(Unary("empty", subject))
    if name in ("notEmpty", "isNotEmpty") and not rest:
        return writing.truth(Unary("not", Unary("empty", subject)))
    if name in ("exist", "exists") and not rest:
        return writing.truth(Binary("!=", subject, Literal(None)))
    if name in _FLOWABLE and len(rest) == 1:
        return writing.truth(Binary(_FLOWABLE[name], subject, rest[0]))
    raise NotTranslatable(
        _("{name}(…) 是 Java 函数，这里不运行 Java；请改用 FEEL，或交给服务任务的处理器", name=node.method), java=True
    )


def _of_engine(writing: Writing, node: Call) -> Written:
    """`execution.getVariable('x')`, and the business key: the caller's, else the number of the case."""
    arguments = node.arguments
    if len(arguments) == 1 and isinstance(arguments[0], Literal) and isinstance(arguments[0].value, str):
        variable = Name(arguments[0].value)
        if node.method in ("getVariable", "getVariableLocal"):
            return writing.value(variable)
        if node.method in ("hasVariable", "hasVariableLocal"):
            return writing.truth(Binary("!=", variable, Literal(None)))
    if node.method in ("getBusinessKey", "getProcessBusinessKey", "getProcessInstanceBusinessKey") and not arguments:
        return Written(f"get or else({BUSINESS_KEY}, case.number)")
    assert isinstance(node.of, Name)
    raise NotTranslatable(
        _(
            "{name}.{method} 要 Java 才能读，这里只有流程变量；编号请用 case.number，发起人请用 case.starter",
            name=node.of.text,
            method=node.method,
        ),
        java=True,
    )


def _contains(writing: Writing, of: Node, arguments: tuple[Node, ...]) -> Written:
    it, item = writing.value(of), writing.value(arguments[0]).text
    text = f"if {it.within(Bind.SUM)} instance of string then contains({it.text}, {item})"
    return Written(f"{text} else list contains({it.text}, {item})", Bind.CHOICE, Gives.TRUTH)


def _get(writing: Writing, of: Node, arguments: tuple[Node, ...]) -> Written:
    return writing.value(Property(of, arguments[0]))


def _prop(writing: Writing, of: Node, arguments: tuple[Node, ...]) -> Written:
    key = arguments[0]
    if not isinstance(key, Literal) or not isinstance(key.value, str):
        raise NotTranslatable(_("prop(…) 里只能写属性名"))
    return writing.value(Property(of, key))


def _equals(writing: Writing, of: Node, arguments: tuple[Node, ...]) -> Written:
    return writing.truth(Binary("=", of, arguments[0]))


def _substring(writing: Writing, of: Node, arguments: tuple[Node, ...]) -> Written:
    """From `begin` on, or up to before `end`, both counted from 0."""
    text, begin = writing.value(of).text, writing.number(arguments[0])
    if len(arguments) == 1:
        return Written(f"substring({text}, {_sum(arguments[0], begin, 1)})")
    length = writing.number(Binary("-", arguments[1], arguments[0]))
    if isinstance(arguments[0], Literal) and isinstance(arguments[1], Literal):
        length = Written(str(Decimal(str(arguments[1].value)) - Decimal(str(arguments[0].value))))
    return Written(f"substring({text}, {_sum(arguments[0], begin, 1)}, {length.text})")


def _sum(node: Node, written: Written, more: int) -> str:
    if isinstance(node, Literal) and isinstance(node.value, Decimal):
        return str(node.value + more)
    return f"{written.within(Bind.SUM)} + {more}"


def _moment(writing: Writing, of: Node, node: Call) -> Written | None:
    """`now().plusDays(3)`: a moment and a duration; `toDate()` is the moment itself."""
    if node.method == "toDate" and not node.arguments:
        return writing.value(of)
    word = next((word for word in _SIGNS if node.method.startswith(word)), "")
    unit = _UNITS.get(node.method.removeprefix(word)) if word else None
    if unit is None or len(node.arguments) != 1:
        return None
    amount = node.arguments[0]
    if isinstance(amount, Literal) and isinstance(amount.value, Decimal):
        step = f"duration({quoted(_times(unit, int(amount.value)))})"
    else:
        step = f"duration({quoted(unit)}) * {writing.number(amount).within(Bind.SIGN)}"
    return Written(f"{writing.value(of).within(Bind.SUM)} {_SIGNS[word]} {step}", Bind.SUM, Gives.MOMENT)


def _times(period: str, n: int) -> str:
    """`P7D` three times is `P21D`."""
    return re.sub(r"\d+", lambda one: str(int(one[0]) * n), period)


_SPECIAL: Mapping[tuple[str, int], Callable[[Writing, Node, tuple[Node, ...]], Written]] = {
    ("contains", 1): _contains,
    ("get", 1): _get,
    ("prop", 1): _prop,
    ("equals", 1): _equals,
    ("substring", 1): _substring,
    ("substring", 2): _substring,
}
