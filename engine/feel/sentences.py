"""One sentence for each kind of test that a condition is made of."""

from __future__ import annotations

from engine.feel.phrases import value_text
from engine.feel.values import Value
from engine.i18n import _

_RELATION = {
    ("=", True): "equal",
    ("=", False): "other",
    ("!=", True): "other",
    ("!=", False): "equal",
    ("<", True): "less",
    ("<", False): "not less",
    (">=", True): "not less",
    (">=", False): "less",
    (">", True): "more",
    (">", False): "not more",
    ("<=", True): "not more",
    ("<=", False): "more",
}
"""What is the case, by the operator and by whether it held."""


def compared(left: str, value: Value, said: str, sign: str, right: str, bound: Value, held: Value) -> str:
    """`amount > 1000`: 金额 是 800，不大于 1000. `said` is the value in words."""
    if value is None and bound is None:
        return _("{left} 没有值", left=left)
    if not isinstance(held, bool):
        if value is None:
            return _("{left} 没有值，无法与 {right} 比较", left=left, right=right)
        if bound is None:
            return _("{left} 是 {value}，{right} 没有值，无法比较", left=left, value=said, right=right)
        return _("{left} 是 {value}，与 {right} 不是同一种值，无法比较", left=left, value=said, right=right)
    if value is None:
        return _("{left} 没有值，不等于 {right}", left=left, right=right)
    if bound is None:
        return _("{left} 是 {value}，有值", left=left, value=said)
    match _RELATION[sign, held]:
        case "equal":
            return (
                _("{left} 是 {value}", left=left, value=said)
                if said == right
                else _("{left} 是 {value}，等于 {right}", left=left, value=said, right=right)
            )
        case "other":
            return _("{left} 是 {value}，不等于 {right}", left=left, value=said, right=right)
        case "less":
            return _("{left} 是 {value}，小于 {right}", left=left, value=said, right=right)
        case "not less":
            return _("{left} 是 {value}，不小于 {right}", left=left, value=said, right=right)
        case "more":
            return _("{left} 是 {value}，大于 {right}", left=left, value=said, right=right)
        case _:
            return _("{left} 是 {value}，不大于 {right}", left=left, value=said, right=right)


def between(left: str, value: Value, low: str, high: str, held: Value) -> str:
    """`n between 5 and 10`: 数 是 12，不在 5 到 10 之间."""
    if value is None:
        return _("{left} 没有值", left=left)
    said = value_text(value)
    if held is True:
        return _("{left} 是 {value}，在 {low} 到 {high} 之间", left=left, value=said, low=low, high=high)
    if held is False:
        return _("{left} 是 {value}，不在 {low} 到 {high} 之间", left=left, value=said, low=low, high=high)
    return _("{left} 是 {value}，无法与 {low} 和 {high} 比较", left=left, value=said, low=low, high=high)


def inside(left: str, value: Value, said: str, tests: str, held: Value) -> str:
    """`level in ("I", "II")`: 等级 是 “III”，不符合 “I”、“II”."""
    if value is None:
        return _("{left} 没有值", left=left)
    if held is True:
        return _("{left} 是 {value}，符合 {tests}", left=left, value=said, tests=tests)
    return _("{left} 是 {value}，不符合 {tests}", left=left, value=said, tests=tests)


def flag(name: str, value: Value) -> str:
    """A condition that is a name: 涉及安全 为“是”."""
    if value is None:
        return _("{left} 没有值", left=name)
    if isinstance(value, bool):
        return _("{name} 为“是”", name=name) if value else _("{name} 为“否”", name=name)
    return _("{name} 是 {value}，不是“是”或“否”", name=name, value=value_text(value))
