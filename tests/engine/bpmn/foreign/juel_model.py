"""Random JUEL out of typed pieces, and a plain evaluator of the pieces after the JUEL specification.

A piece is a tuple: its kind, then its parts. It is written with as few brackets as JUEL's precedence allows, so that
reading it back proves the parser's precedence too.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Piece = tuple[Any, ...]

_LEVEL = {"?": 0, "||": 1, "or": 1, "&&": 2, "and": 2, "==": 3, "eq": 3, "!=": 3, "ne": 3, "<": 4, "lt": 4, ">": 4}
_LEVEL |= {"gt": 4, "<=": 4, "le": 4, ">=": 4, "ge": 4, "+": 5, "-": 5, "*": 6, "/": 6, "div": 6, "%": 6, "mod": 6}
_SAME = {"||": "or", "&&": "and", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "mod": "%"}
_SAME |= {"div": "/", "not": "!"}

NUMBERS, TRUTHS, TEXTS, LISTS = ("n1", "n2"), ("b1", "b2"), ("t1", "t2"), ("l1",)
_numbers = st.integers(-20, 20) | st.sampled_from([0.5, 2.5, -1.25])
_texts = st.sampled_from(["", "a", "b", "it's", 'say "x"', "中文", "a\\b"])

values = st.fixed_dictionaries(
    {name: st.none() | _numbers for name in NUMBERS}
    | {name: st.none() | st.booleans() for name in TRUTHS}
    | {name: st.none() | _texts for name in TEXTS}
    | {name: st.none() | st.lists(_numbers, max_size=3) for name in LISTS}
    | {"m1": st.none() | st.fixed_dictionaries({"k": st.none() | _numbers})}
)


def _binary(operators: tuple[str, ...], left: Any, right: Any) -> Any:
    return st.tuples(st.just("binary"), st.sampled_from(operators), left, right)


def _pieces(depth: int) -> tuple[Any, Any, Any]:
    """Strategies for numbers, truth values and texts that are at most so deep."""
    number: Any = st.tuples(st.just("literal"), st.integers(0, 9)) | _variable(NUMBERS)
    number |= (
        st.just(("index", ("name", "l1"), 0)) | st.just(("index", ("name", "l1"), 2)) | st.just(("field", "m1", "k"))
    )
    truth: Any = st.tuples(st.just("literal"), st.booleans()) | _variable(TRUTHS)
    text: Any = st.tuples(st.just("literal"), _texts) | _variable(TEXTS)
    for _level in range(depth):
        below = number, truth, text
        anything = number | truth | text | _variable(LISTS) | st.just(("literal", None))
        number = number | _binary(("+", "-", "*"), below[0], below[0]) | st.tuples(st.just("minus"), below[0])
        number |= _binary(("/", "div", "%", "mod"), below[0], st.tuples(st.just("literal"), st.sampled_from([2, 4, 5])))
        number |= st.tuples(st.just("?"), below[1], below[0], below[0])
        truth = truth | _binary(("&&", "||", "and", "or"), below[1], below[1])
        truth |= st.tuples(st.just("not"), st.sampled_from(["!", "not"]), below[1])
        truth |= _binary(("<", "<=", ">", ">=", "lt", "le", "gt", "ge"), below[0], below[0])
        truth |= _binary(("<", "<=", ">", ">="), below[2], below[2])
        truth |= _binary(("==", "!=", "eq", "ne"), below[0], below[0] | st.just(("literal", None)))
        truth |= _binary(("==", "!="), below[2], below[2] | st.just(("literal", None)))
        truth |= _binary(("==", "!="), below[1], below[1] | st.just(("literal", None)))
        truth |= st.tuples(st.just("empty"), anything) | st.tuples(st.just("?"), below[1], below[1], below[1])
        text = text | st.tuples(st.just("?"), below[1], below[2], below[2])
    return number, truth, text


def _variable(names: tuple[str, ...]) -> Any:
    return st.tuples(st.just("name"), st.sampled_from(names))


numbers, truths, texts = _pieces(3)


# ---------------------------------------------------------------- as JUEL


def written(piece: Piece, level: int = 0) -> str:
    """The piece as JUEL, in brackets where something of that level is wanted."""
    own, text = _written(piece)
    return text if own >= level else f"({text})"


def _written(piece: Piece) -> tuple[int, str]:
    match piece:
        case ("literal", None):
            return 9, "null"
        case ("literal", bool() as value):
            return 9, str(value).lower()
        case ("literal", str() as value):
            return 9, "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        case ("literal", value) | ("name", value):
            return 9, str(value)
        case ("index", of, place):
            return 9, f"{written(of, 9)}[{place}]"
        case ("field", of, name):
            return 9, f"{of}.{name}"
        case ("binary", sign, left, right):
            level = _LEVEL[sign]
            return level, f"{written(left, level)} {sign} {written(right, level + 1)}"
        case ("?", test, then, otherwise):
            return 0, f"{written(test, 1)} ? {written(then)} : {written(otherwise)}"
        case ("not", sign, operand):
            return 8, f"{sign} {written(operand, 8)}"
        case ("minus", operand):
            return 8, f"-{written(operand, 8)}"
    return 8, f"empty {written(piece[1], 8)}"


# ---------------------------------------------------------------- as a value


def value_of(piece: Piece, known: dict[str, Any]) -> Any:
    """What JUEL gives: null counts as 0, false or "" where a number, truth value or text is needed."""
    match piece:
        case ("literal", value):
            return value
        case ("name", name):
            return known[name]
        case ("index", of, place):
            items = value_of(of, known)
            return items[place] if items and place < len(items) else None
        case ("field", of, name):
            return (known[of] or {}).get(name)
        case ("?", test, then, otherwise):
            return value_of(then if value_of(test, known) else otherwise, known)
        case ("not", _sign, operand):
            return not value_of(operand, known)
        case ("minus", operand):
            return -_number(value_of(operand, known))
        case ("empty", operand):
            found = value_of(operand, known)
            return found is None or found in ("", [], {})
    sign, left, right = piece[1:]
    return _calculated(_SAME.get(str(sign), str(sign)), value_of(left, known), value_of(right, known))


def _calculated(sign: str, left: Any, right: Any) -> Any:
    if sign == "and":
        return bool(left) and bool(right)
    if sign == "or":
        return bool(left) or bool(right)
    if sign in ("==", "!="):
        return (left == right) is (sign == "==")
    if sign in ("<", "<=", ">", ">="):
        if left is None or right is None:
            return left is right and "=" in sign
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]
    left, right = _number(left), _number(right)
    if sign == "%":
        return (abs(left) % abs(right)) * (-1 if left < 0 else 1)
    return {"+": left + right, "-": left - right, "*": left * right, "/": left / right if right else None}[sign]


def _number(value: Any) -> Fraction:
    return Fraction(value if value is not None else 0)
